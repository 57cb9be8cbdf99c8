"""A checklist held against measured figures: item by item, then as a whole; what is unknown stays unknown."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.measuring.judging import Number
from luoshi.measuring.moments import Measured
from luoshi.words.checklists import Bound, Checklist, ChecklistItem, Holds
from luoshi.words.measures import Passing


@dataclass(frozen=True, slots=True)
class Held:
    """One bound with its figure."""

    bound: Bound
    value: Fraction | None
    """Unrounded; None where it is not known, of a mean where one of them is not."""
    least: Decimal | None
    most: Decimal | None
    holds: bool | None
    """None where the figure or the bound is missing, or where some schools cannot be told and the others all hold."""


@dataclass(frozen=True, slots=True)
class ItemVerdict:
    """One item with what was held for it."""

    item: ChecklistItem
    holds: Holds
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class ChecklistVerdict:
    """The whole list."""

    checklist: Checklist
    items: tuple[ItemVerdict, ...]
    holds: Holds
    """NO when one item fails; YES only when every item holds; else what is still missing."""

    def counted(self) -> Mapping[Holds, int]:
        """How many items stand so."""
        return {one: sum(item.holds is one for item in self.items) for one in Holds}


def hold(
    checklist: Checklist,
    figures: Mapping[str, Number | None],
    values: Mapping[str, Decimal],
    *,
    judged: Mapping[str, bool] | None = None,
    incomplete: Collection[str] = (),
) -> ChecklistVerdict:
    """Hold a list against the figures of one county.

    Args:
        checklist: which.
        figures: by key of the measure, unrounded; None or absent where they are not known.
        values: of parameters that count; a bound that counts for no value yet is one nothing can be held against.
        judged: what people judged, by key of the item: whether it holds.
        incomplete: keys of measures for which some schools could not be told; such a figure may fail, but not hold.
    """
    verdicts = tuple(
        _item(
            one, tuple(_held(bound, figures, values, incomplete) for bound in one.bounds), (judged or {}).get(one.key)
        )
        for one in checklist.items
    )
    return ChecklistVerdict(checklist, verdicts, _together([one.holds for one in verdicts]))


def figures_of(rows: Iterable[Measured], division: str) -> tuple[dict[str, Number | None], frozenset[str]]:
    """Figures of a division by key of their measure, and keys of rules that some of its schools could not be held against."""
    mine = [row for row in rows if row.division == division]
    some = (row for row in mine if isinstance(row.measure, Passing) and row.moment.used < row.moment.rows)
    return {row.measure.key: row.value for row in mine}, frozenset(row.measure.key for row in some)


def _held(
    bound: Bound, figures: Mapping[str, Number | None], values: Mapping[str, Decimal], incomplete: Collection[str]
) -> Held:
    known = [Fraction(one) for key in bound.measures if (one := figures.get(key)) is not None]
    asked = [key for key in (bound.at_least, bound.at_most) if key]
    least, most = (values.get(key) if key else None for key in (bound.at_least, bound.at_most))
    if len(known) < len(bound.measures) or any(key not in values for key in asked):
        return Held(bound, None, least, most, None)
    value = sum(known, Fraction(0)) / len(known)
    within = (least is None or value >= Fraction(least)) and (most is None or value <= Fraction(most))
    open_still = within and any(key in incomplete for key in bound.measures)
    return Held(bound, value, least, most, None if open_still else within)


def _item(item: ChecklistItem, held: tuple[Held, ...], judged: bool | None) -> ItemVerdict:  # noqa: FBT001  # a verdict
    told = [Holds.UNKNOWN if one.holds is None else Holds.YES if one.holds else Holds.NO for one in held]
    if item.people:
        told.append(Holds.PEOPLE if judged is None else Holds.YES if judged else Holds.NO)
    return ItemVerdict(item, _together(told), held)


def _together(told: Collection[Holds]) -> Holds:
    """The worst that is known, then what is missing."""
    for one in (Holds.NO, Holds.UNKNOWN, Holds.PEOPLE):
        if one in told:
            return one
    return Holds.YES if told else Holds.UNKNOWN
