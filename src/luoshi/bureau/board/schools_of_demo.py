"""Schools of the made-up city that sign in themselves: the register of all, accounts for three. 演示数据（虚构） only.

One was sent its return back, one owes it still, one handed in what the city accepted: the three first pages a school may meet.
"""

from datetime import date

import polars as pl

from luoshi.bureau.board import collected_of_demo
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.actions import add_members
from luoshi.bureau.people.models import City, Division, Institution, Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.people.units.actions import Terms, import_units
from luoshi.bureau.returns.besides import register
from luoshi.bureau.returns.models import Unit, Window
from luoshi.declared.returns.codes import KINDS
from luoshi.reading.city import Member
from luoshi.reading.units import read_register
from luoshi.words.provenance import digest

_SUPERVISOR = "ducha"
_NAME = "学校名录（演示）.csv"
_COLUMNS = {"school": "学校标识码", "name": "学校名称", "kind": "办学类型", "operator": "举办者", "county": "区划代码"}
_ACCOUNTS = (
    ("xuexiao1", collected_of_demo.RETURNED, Unit.State.RETURNED),
    ("xuexiao2", collected_of_demo.SILENT[0], Unit.State.OWING),
    ("xuexiao3", collected_of_demo.ACCEPTED[0], Unit.State.ACCEPTED),
)
"""Account, county, and how far its return is."""


def fits(city: City) -> bool:
    """Whether returns were collected of the made-up city and no school is known yet."""
    there = Person.objects.filter(username=_SUPERVISOR, demo=True).exists()
    known = Institution.objects.filter(city=city).exists()
    return city.imaginary and there and not known and Window.objects.filter(city=city).exists()


def admit(installer: Actor, city: City) -> list[str]:
    """The register out of the lake, and the accounts; the codes of the schools that have one.

    Args:
        installer: whoever makes accounts of the demo.
        city: the made-up one.
    """
    register_all(city)
    members = [member for login, county, state in _ACCOUNTS if (member := _member(login, county, state))]
    add_members(installer, members, demo=True)
    return [one.school for one in members]


def register_all(city: City) -> None:
    """Every school of the newest register, by the hand that would bring the list."""
    rows = register(str(collected_of_demo.YEAR))
    if rows is None:
        return
    counties = list(Division.objects.filter(city=city).values_list("code", flat=True))
    rows = rows.filter(pl.col("county").is_in(counties))
    content = rows.select(list(_COLUMNS)).rename(_COLUMNS).write_csv().encode()
    on = date(collected_of_demo.YEAR, 9, 1)
    told = read_register(content, _NAME, on, KINDS)
    terms = Terms(_NAME, digest(content), on, why="（演示）按年报名录登记")
    import_units(acting(Person.objects.get(username=_SUPERVISOR)), city, told, terms)


def _member(login: str, county: str, state: str) -> Member | None:
    found = Unit.objects.filter(county=county, state=state, merged_into="").order_by("code")
    stands = Institution.objects.filter(until=None).values("code")
    unit = found.filter(code__in=stands).first()
    if unit is None:
        return None
    return Member(login, f"{unit.label}（演示）"[:100], "school", "", county, unit.code)
