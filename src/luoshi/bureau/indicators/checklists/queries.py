"""Checklists of counties: figures as they were measured, bounds of the year, judgements of people. Never asks the lake."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from luoshi.bureau.indicators.checklists.actions import WHOLE
from luoshi.bureau.indicators.models import Judgement, Measuring, OwnParameter
from luoshi.bureau.indicators.parameters.queries import values_of
from luoshi.bureau.indicators.series import Cell, cells_of
from luoshi.declared.measures import MEASURES
from luoshi.words.checklists import Checklist, Holds
from luoshi.words.measures import Passing

if TYPE_CHECKING:
    from luoshi.measuring.holding import ChecklistVerdict


@dataclass(frozen=True, slots=True)
class Assessed:
    """One checklist held against one county, or the whole city."""

    county: str
    """Code; "city" for the whole city."""
    verdict: "ChecklistVerdict"
    cells: Mapping[str, Cell]
    """Figures by measure."""
    judged: Mapping[str, tuple[Judgement, ...]]
    """By item, what people judged, the last first."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the assessment of a year stands on, asked for once for all lists and counties."""

    run: Measuring
    cells: Mapping[str, Mapping[str, Cell]]
    """By county and measure."""
    judgements: Mapping[tuple[str, str, str], tuple[Judgement, ...]]
    """By list, county and item, the last first."""
    values: Mapping[str, Decimal]
    """Of parameters, as they count for the year now."""


def asked(
    run: Measuring, lists: Collection[Checklist], own: Sequence[OwnParameter], counties: Collection[str]
) -> Asked:
    """Figures and judgements of some counties: three queries.

    Args:
        run: the last of its year.
        lists: which are to be held.
        own: the bureau's values of parameters.
        counties: codes; "city" among them asks for the city as a whole.
    """
    measures = dict.fromkeys(key for one in lists for key in one.measures)
    told = dict[str, dict[str, Cell]]()
    for cell in cells_of({run.year: run}, list(measures), level=("city", "county"), divisions=counties):
        told.setdefault(WHOLE if cell.level == "city" else cell.division, {})[cell.measure] = cell
    found = Judgement.objects.filter(city_id=run.city_id, year=run.year, checklist__in=[one.key for one in lists])
    judged = dict[tuple[str, str, str], tuple[Judgement, ...]]()
    for one in found.filter(county__in=counties).order_by("-pk"):
        place = one.checklist, one.county, one.item
        judged[place] = (*judged.get(place, ()), one)
    return Asked(run, told, judged, values_of(run.year, own))


def assessed(checklist: Checklist, county: str, of: Asked) -> Assessed:
    """One list held against one county. What nobody measured or judged stays unknown."""
    from luoshi.measuring.holding import hold  # noqa: PLC0415 -- only who looks at a checklist waits for the engines

    cells = of.cells.get(county, {})
    mine = {key: cells[key] for key in checklist.measures if key in cells}
    figures = {key: None if cell.value is None else Fraction(cell.value) for key, cell in mine.items()}
    some = {key for key, cell in mine.items() if isinstance(MEASURES[key], Passing) and cell.used < cell.rows}
    known = {
        item.key: told for item in checklist.items if (told := of.judgements.get((checklist.key, county, item.key)))
    }
    last = {item: Holds(told[0].verdict) for item, told in known.items()}
    judged = {item: verdict is Holds.YES for item, verdict in last.items() if verdict is not Holds.PEOPLE}
    verdict = hold(checklist, figures, of.values, judged=judged, incomplete=some)
    return Assessed(county, verdict, cells, known)
