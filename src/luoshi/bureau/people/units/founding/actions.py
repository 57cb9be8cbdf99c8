"""What a city's folder says of its units, kept when the city is opened; what is there already stays."""

from collections.abc import Mapping

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Division, Institution, Succession
from luoshi.reading.city import City as Folder
from luoshi.words.divisions import Division as Unit
from luoshi.words.divisions import Level


def found_units(actor: Actor, city: City, folder: Folder) -> None:  # noqa: ARG001  # inside the act that opens the city
    """Divisions of every day, schools, and the steps between them."""
    known = set(Division.ever.filter(city=city).values_list("code", "begun"))
    places = {one.code: at for at, one in enumerate(folder.divisions)}
    heirs = {one.before: one.after for one in folder.successions}
    every = (*folder.divisions, *folder.units)
    fresh = [one for one in every if (one.code, one.begun) not in known]
    for level in Level:
        rows = [_division(city, _place(one.code, places, heirs), one) for one in fresh if one.level is level]
        Division.ever.bulk_create(rows, batch_size=500)
    _found_schools(city, folder)
    levels = {one.code: one.level for one in every}
    there = set(Succession.objects.filter(city=city).values_list("before", "after", "on"))
    Succession.objects.bulk_create(
        Succession(
            city=city, of_schools=one.before not in levels, level=levels.get(one.before, Level.TOWNSHIP),
            before=one.before, after=one.after, on=one.on, how=one.how.value, doubt=one.doubt,
        )
        for one in folder.successions
        if (one.before, one.after, one.on) not in there
    )  # fmt: skip


def _place(code: str, places: Mapping[str, int], heirs: Mapping[str, str]) -> int:
    """Where it stands in protocol order: its own place, or that of what came of it."""
    met = set[str]()
    while code not in places and code in heirs and code not in met:
        met.add(code)
        code = heirs[code]
    return places.get(code, 0)


def _division(city: City, place: int, one: Unit) -> Division:
    row = Division(
        city=city, code=one.code, name=one.name, kind=one.kind, doubt=one.doubt, place=place, level=one.level
    )
    if one.level is Level.TOWNSHIP:
        row.parent = row.county = one.parent
    row.begun, row.until, row.row, row.column = one.begun, one.until, one.row, one.column
    row.longitude, row.latitude = one.longitude, one.latitude
    return row


def _found_schools(city: City, folder: Folder) -> None:
    known = set(Institution.objects.filter(city=city).values_list("code", "begun"))
    names = (
        "code",
        "name",
        "kind",
        "operator",
        "county",
        "township",
        "host",
        "begun",
        "until",
        "longitude",
        "latitude",
    )
    rows = [
        Institution(city=city, **{name: getattr(one, name) for name in names})
        for one in folder.schools
        if (one.code, one.begun) not in known
    ]
    Institution.objects.bulk_create(rows, batch_size=500)
