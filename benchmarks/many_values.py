"""Measurements of a made-up city (演示数据，虚构): so many schools, indicators and years, each value from its place alone."""

from collections.abc import Iterator

from luoshi.bureau.indicators.packing import KEPT, Form, Moment, form_of
from luoshi.declared.measures import MEASURES
from luoshi.imagining import county_names

CITY = "990100"
_RATE = Form(100, 2, "%")


def keys(cells: int) -> list[str]:
    """Declared measures first, so that pages show them; then codes of indicators that are not declared."""
    divided = [key for key, one in MEASURES.items() if form_of(one).scale != KEPT]
    return [*divided, *(f"cell_{number:03}" for number in range(max(cells - len(divided), 0)))][:cells]


def form(key: str) -> Form:
    """As it is declared; codes that are not are rates."""
    return form_of(MEASURES[key]) if key in MEASURES else _RATE


def schools(many: int) -> list[tuple[str, str]]:
    """Codes of schools and of their counties."""
    counties = list(county_names())
    return [(f"21{99_00_00_00 + number:08}", counties[number % len(counties)]) for number in range(many)]


def moments(year: int, *, units: int, cells: int) -> Iterator[Moment]:
    """All of a year: every school, its county and the city, with counts that add up.

    Args:
        year: first year of the school year.
        units: schools.
        cells: indicators.
    """
    listed = schools(units)
    for place, key in enumerate(keys(cells)):
        counts = dict[str, list[int]]()
        for at, (code, county) in enumerate(listed):
            whole = 300 + (at * 7919 + place * 104_729) % 1700
            part = (at * 31 + place * 17 + year * 13) % whole
            yield _moment(key, "school", code, county, f"{code[-4:]}号学校（虚构）", (part, whole, 1))
            for above in (county, CITY):
                total = counts.setdefault(above, [0, 0, 0])
                total[0], total[1], total[2] = total[0] + part, total[1] + whole, total[2] + 1
        for code, (part, whole, rows) in counts.items():
            city = code == CITY
            yield _moment(key, "city" if city else "county", code, "" if city else code, "", (part, whole, rows))


def _moment(key: str, level: str, code: str, county: str, name: str, counts: tuple[int, int, int]) -> Moment:
    part, whole, rows = counts
    return Moment(key, level, code, county, name, str(part), str(whole), "", "", rows, rows)
