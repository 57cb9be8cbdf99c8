"""Rubrics and rounds as their pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict

from luoshi.bureau.cases.models import Case
from luoshi.bureau.cases.queries import course_of, school_names
from luoshi.bureau.cases.rounds import Member, Members, members, progress
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.rights import roles_of
from luoshi.bureau.rubrics.models import Panel
from luoshi.scoring.nouns import Group, Item, Marking, Scheme
from luoshi.scoring.wording import effect, grade_rule, panel_rule, rule

_ACCOUNTS = 500


@dataclass(frozen=True, slots=True)
class Input:
    """One number or label that a bureau may change."""

    name: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class RubricLine:
    """One line of a rubric."""

    depth: int
    one: Group | Item
    group: bool
    rule: str
    inputs: list[Input]


def lines(scheme: Scheme, sent: QueryDict | None = None) -> list[RubricLine]:
    """Every line with what may be changed of it; after a refusal as it was sent."""
    rows = [*scheme.walk(), *((0, one) for one in scheme.beside())]
    return [_line(scheme, depth, one, sent) for depth, one in rows]


def _line(scheme: Scheme, depth: int, one: Group | Item, sent: QueryDict | None) -> RubricLine:
    group = isinstance(one, Group)
    told = [("label", one.label, "名称"), ("points", _number(one.points), "分值")]
    if isinstance(one, Item):
        told = [each for each in told if each[0] == "label" or one.marking is not Marking.FLAG] + _more(one)
    inputs = [Input(f"{one.key}.{what}", _sent(sent, f"{one.key}.{what}", value), said) for what, value, said in told]
    return RubricLine(depth, one, group, "" if isinstance(one, Group) else rule(one) or effect(scheme, one), inputs)


def _more(one: Item) -> list[tuple[str, str, str]]:
    match one.marking:
        case Marking.RATIO:
            return [("start", _number(one.start), "得0分"), ("target", _number(one.target), "得满分")]
        case Marking.BANDS:
            return [
                (f"bands.{at}", _number(each.points), f"满{_number(each.least)}") for at, each in enumerate(one.bands)
            ]
        case Marking.LEVELS:
            return [(f"levels.{key}", _number(each.points), each.label) for key, each in one.levels.items()]
        case Marking.DEDUCT | Marking.BONUS:
            return [("each", _number(one.each), "每次")]
        case _:
            return []


def grade_lines(scheme: Scheme, sent: QueryDict | None = None) -> list[Input]:
    """From how many points on each grade."""
    return [
        Input(f"grades.{one.key}", _sent(sent, f"grades.{one.key}", _number(one.least)), one.label)
        for one in scheme.grades
    ]


def _sent(sent: QueryDict | None, name: str, value: str) -> str:
    return str(sent.get(name, value)) if sent else value


def _number(value: Decimal) -> str:
    return format(value.normalize(), "f") if value else "0"


def said(scheme: Scheme) -> dict[str, str]:
    """Its grades and its panel in words."""
    return {"grades": grade_rule(scheme), "panel": panel_rule(scheme)}


def accounts() -> list[tuple[str, str]]:
    """Login and name of whoever may judge: those who may work on cases, which tens of thousands of teachers do not."""
    rows = Person.objects.filter(is_active=True, role__in=roles_of("cases"))
    return list(rows.order_by("name").values_list("username", "name")[:_ACCOUNTS])


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of a round."""

    row: Case
    name: str
    county: str
    state: str
    marked: int
    visit: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One total in the picture."""

    x: float
    y: int
    said: str


@dataclass(frozen=True, slots=True)
class Strip:
    """All totals of a round on a line, with where the grades begin: nobody is named."""

    dots: list[Dot]
    ticks: list[tuple[float, str]]
    height: int


_LEFT, _LONG, _STEP = 20, 680, 9


def round_told(
    city: City, key: str, year: int, page: int, panel: Panel | None, names: Mapping[str, str]
) -> dict[str, Any]:
    """How far a round is, and a page of its units: eight queries."""
    told, rows = progress(city, key, year), members(city, key, year, page)
    schools = school_names(city.pk, {one.row.school for one in rows.rows if one.row.school})
    visits = set(panel.visits) if panel else set()
    return {
        "progress": told,
        "members": rows,
        "units": [_unit(one, names, schools, visits) for one in rows.rows],
        "of_schools": bool(schools),
        "visits": [(code, names.get(code, code)) for code in panel.visits] if panel else [],
        "pages": _pages(rows),
    }


def _pages(rows: Members) -> dict[str, int]:
    return {"before": rows.page - 1, "after": rows.page + 1 if rows.page < rows.pages else 0}


def _unit(one: Member, names: Mapping[str, str], schools: Mapping[str, str], visits: set[str]) -> UnitLine:
    row = one.row
    return UnitLine(
        row,
        schools.get(row.school, "")
        or (names.get(row.county, "") if not row.school and row.county else "")
        or row.title,
        names.get(row.county, "") if row.school else "",
        course_of(row).places[row.state].label,
        one.marked,
        (row.school or row.county) in visits,
        "done" if row.ended_on and row.decided else "standing" if row.ended_on else "on_course",
    )


def strip(scheme: Scheme, scores: list[Decimal]) -> Strip | None:
    """A picture of all totals; None where fewer than three are settled."""
    if len(scores) < 3:  # noqa: PLR2004  # two dots are no distribution
        return None
    full, piled, dots = float(scheme.full + scheme.over), dict[int, int](), list[Dot]()
    for one in scores:
        x = _LEFT + float(one) / full * _LONG
        lane = piled[round(x / _STEP)] = piled.get(round(x / _STEP), -1) + 1
        dots.append(Dot(round(x, 1), lane, format(one.normalize(), "f")))
    most = max(one.y for one in dots)
    placed = [Dot(one.x, 12 + (most - one.y) * _STEP, one.said) for one in dots]
    ticks = [
        (round(_LEFT + float(one.least) / full * _LONG, 1), f"{one.label} {_number(one.least)}")
        for one in scheme.grades
    ]
    return Strip(placed, ticks, 12 + most * _STEP)
