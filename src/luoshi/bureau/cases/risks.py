"""风险点 and open major hazards of schools, as a four-colour sheet is made of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.cases.known import conducted
from luoshi.bureau.cases.listing import standing
from luoshi.bureau.cases.models import Case, Happening, Listing
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import foreign, own_school, refused
from luoshi.declared.procedures.hazards import Hazard
from luoshi.declared.procedures.risks import RiskListing, RiskPoint
from luoshi.handling.grading import Spot, four_colours, point_of
from luoshi.words.findings import Finding

OFFICES = (RiskListing.key, Hazard.key)
"""Procedures whose hosts see the sheet of every school."""


@dataclass(frozen=True, slots=True)
class OpenHazard:
    """A major hazard that is not gone yet."""

    row: Case
    point: str
    """Code of the point of risk; empty where none was named."""
    place: str
    matter: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the sheet with the entry it is made from."""

    spot: Spot
    entry: Listing


@dataclass(frozen=True, slots=True)
class FourColours:
    """The sheet of one school."""

    rows: list[Shown]
    """The reddest first."""
    apart: list[OpenHazard]
    """Open major hazards at no point of the list."""


def why_not(actor: Actor, city: City, county: str, school: str = "") -> Finding | None:
    """Why somebody may not see the points of risk of a school or a county; None when they may.

    Args:
        actor: who looks.
        city: whose.
        county: code of the county, of the school's where a school is looked at.
        school: its code; empty for all of the county.
    """
    if why := refused(actor, "risk_sheet"):
        return why
    said, remedy = "风险四色图", "请看本单位的；如需了解，请问安全科室"
    if actor.role == "school" and not (school and own_school(actor, school)):
        return Finding(said, "不是本校的", "学校只看本校的风险点", remedy)
    if actor.role == "county" and foreign(actor, county):
        return Finding(said, "不是本县(市、区)的", "县(市、区)只看本地的风险点", remedy)
    if actor.role == "section" and actor.office not in _offices(city):
        return Finding(said, f"{actor.name}不是安全科室", "风险点由学校、所在县(市、区)、安全科室和督查室看", remedy)
    return None


def _offices(city: City) -> set[str]:
    known = conducted(city)
    return {known[key].office for key in OFFICES}


def sheet_of(city: City, schools: Iterable[str], on: date) -> FourColours:
    """The four-colour sheet of one school: three queries.

    Args:
        city: whose.
        schools: all codes of the school.
        on: the day.
    """
    codes = sorted(schools)
    entries = _points(city, on, school__in=codes)
    hazards = open_majors(city, school__in=codes)
    return _sheet(entries, hazards)


def sheets_of(city: City, counties: Iterable[str], on: date) -> dict[str, FourColours]:
    """By code of a school the sheets of all schools of a county that have points or open major hazards: three queries.

    Args:
        city: whose.
        counties: codes the county answers for.
        on: the day.
    """
    codes = sorted(counties)
    entries, hazards = defaultdict[str, list[Listing]](list), defaultdict[str, list[OpenHazard]](list)
    for entry in _points(city, on, county__in=codes):
        entries[entry.school].append(entry)
    for one in open_majors(city, county__in=codes):
        hazards[one.row.school].append(one)
    return {code: _sheet(entries[code], hazards[code]) for code in sorted({*entries, *hazards})}


def _sheet(entries: Iterable[Listing], hazards: list[OpenHazard]) -> FourColours:
    by_code = {entry.values["code"]: entry for entry in entries}
    majors = {one.point for one in hazards}
    spots = four_colours((point_of(entry.values) for entry in by_code.values()), majors)
    return FourColours(
        [Shown(spot, by_code[spot.point.code]) for spot in spots], [one for one in hazards if one.point not in by_code]
    )


def _points(city: City, on: date, **of: list[str]) -> list[Listing]:
    rows = Listing.objects.filter(city=city, register=RiskPoint.key, **of)
    return list(standing(rows, on).order_by("pk"))


def open_majors(city: City, **of: list[str]) -> list[OpenHazard]:
    """Major hazards that are not gone yet: two queries.

    Args:
        city: whose.
        of: conditions of the cases.
    """
    rows = list(Case.objects.filter(city=city, procedure=Hazard.key, ended_on=None, **of).order_by("pk"))
    held: Mapping[int, dict[str, str]] = {row.pk: {} for row in rows}
    told = Happening.objects.filter(case__in=rows).order_by("case", "number").values_list("case", "answers")
    for number, answers in told:
        held[number].update(answers)
    return [_hazard(row, held[row.pk]) for row in rows if held[row.pk].get(Hazard.level.key) == "major"]


def _hazard(row: Case, held: Mapping[str, str]) -> OpenHazard:
    said = (held.get(field.key, "") for field in (Hazard.point, Hazard.place, Hazard.matter))
    return OpenHazard(row, *said)
