"""What runs came to, unpacked as far as it is asked for: two queries, whatever is asked."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from luoshi.bureau.indicators.models import Roster, Sheaf
from luoshi.bureau.indicators.packing import SCHOOL, Division, Form, Slot, divisions, places, slots

_COLUMNS = ("measuring_id", "county", "measure", "scale", "places", "unit", "body")


class Found(NamedTuple):
    """One measure of one division in one run."""

    run: int
    measure: str
    form: Form
    division: Division
    slot: Slot


def found(
    runs: Collection[int], measures: Collection[str], level: str, county: str = "", codes: Collection[str] = ()
) -> Iterator[Found]:
    """What is kept, sheaf by sheaf, divisions by their codes.

    Args:
        runs: keys of the measurings.
        measures: keys.
        level: city, county, township or school.
        county: only those that lie in it.
        codes: only these divisions; all without.
    """
    wanted = _wanted(_rosters(runs, level, county), county, codes)
    asked = Sheaf.objects.filter(measuring__in=runs, level=level, measure__in=measures)
    if level == SCHOOL:
        counties = {within for _run, within in wanted}
        if county or codes:
            asked = asked.filter(county__in=counties)
    for run, within, measure, scale, digits, unit, body in asked.values_list(*_COLUMNS):
        listed, at = wanted.get((run, within), ((), ()))
        form = Form(scale, digits, unit)
        for place, slot in slots(bytes(body), form, at):
            yield Found(run, measure, form, listed[place], slot)


def _rosters(runs: Collection[int], level: str, county: str) -> dict[tuple[int, str], bytes]:
    asked = Roster.objects.filter(measuring__in=runs, level=level)
    if county and level == SCHOOL:
        asked = asked.filter(county=county)
    return {(run, within): bytes(body) for run, within, body in asked.values_list("measuring_id", "county", "body")}


def _wanted(
    rosters: Mapping[tuple[int, str], bytes], county: str, codes: Collection[str]
) -> dict[tuple[int, str], tuple[tuple[Division, ...], list[int]]]:
    """By run and county the divisions of a roster and the places that are wanted; rosters without any are left out."""
    told = {}
    for key, body in rosters.items():
        listed = divisions(body)
        at = sorted(place for code in codes if (place := places(body).get(code)) is not None) if codes else None
        chosen = range(len(listed)) if at is None else at
        wanted = [place for place in chosen if not county or listed[place].county == county]
        if wanted:
            told[key] = (listed, wanted)
    return told


def listed(run: int, level: str, county: str = "") -> list[Division]:
    """Divisions a run came to anything for."""
    return [one for body in _rosters([run], level, county).values() for one in divisions(body)]
