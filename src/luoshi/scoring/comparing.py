"""Several sheets of one case: what changed from one to the next, what a panel says together, how far one's own marks could be believed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luoshi.scoring.nouns import Item, Mark, Scheme, Sheet
from luoshi.scoring.scores import Graded, Score, grading, raised, scored, told

APART = Fraction(1, 4)
"""From what part of its points on the judges' marks of a criterion are told to lie apart; a product default."""


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion that came to something else on a later sheet."""

    item: Item
    before: Fraction
    after: Fraction
    why: str


def changes(scheme: Scheme, before: Sheet, after: Sheet) -> Iterator[Change]:
    """What a later sheet says differently, criterion by criterion, in the order of the rubric."""
    was, is_ = scored(scheme, before).parts, scored(scheme, after).parts
    for key, item in scheme.items.items():
        if key in was and was[key].points != is_[key].points:
            yield Change(item, was[key].points, is_[key].points, after.get(key, Mark()).why)


@dataclass(frozen=True, slots=True)
class Belief:
    """How far somebody's own marks agree with what was found."""

    share: Fraction
    """1 where every criterion agrees: 1 − Σ|own − found| ÷ full."""
    above: Fraction
    """Points by which own marks lie above what was found."""
    below: Fraction


def belief(scheme: Scheme, own: Sheet, found: Sheet) -> Belief:
    """The credibility of a self-score (自评可信度)."""
    was, is_ = scored(scheme, own).parts, scored(scheme, found).parts
    apart = [was[key].points - is_[key].points for key in scheme.items if key in was]
    above = sum((one for one in apart if one > 0), Fraction(0))
    below = sum((-one for one in apart if one < 0), Fraction(0))
    share = max(Fraction(0), 1 - (above + below) / Fraction(scheme.full))
    return Belief(share, above, below)


@dataclass(frozen=True, slots=True)
class Spread:
    """How a criterion was marked by several judges."""

    mean: Fraction
    least: Fraction
    most: Fraction
    apart: bool
    """Whether they lie so far apart that somebody should look."""


@dataclass(frozen=True, slots=True)
class Joint(Graded):
    """What several judges say together; the grade is that of the mean, with every flag that any of them raised."""

    scores: Mapping[str, Score]
    """Of each judge."""
    total: Fraction
    """The mean of the totals, without the highest and lowest that are left out."""
    left_out: tuple[str, ...]
    """Whose totals are left out."""
    items: Mapping[str, Spread]
    vetoes: Mapping[str, tuple[str, ...]]
    """By key of a flag that passes nothing the judges who raised it: one is enough, and no mean takes it away."""

    @property
    def spread(self) -> Fraction:
        """How far the totals lie apart."""
        totals = [one.total for one in self.scores.values()]
        return max(totals) - min(totals)


def panel(scheme: Scheme, sheets: Mapping[str, Sheet]) -> Joint:
    """What judges say together, by their logins.

    Raises:
        ValueError: too few to leave the highest and lowest out.
    """
    if len(sheets) <= 2 * scheme.trim or not sheets:
        message = f"{len(sheets)} sheets, and {scheme.trim} of each end are left out"
        raise ValueError(message)
    scores = {login: scored(scheme, sheet) for login, sheet in sorted(sheets.items())}
    ranked = sorted(scores, key=lambda login: (scores[login].total, login))
    out = (*ranked[: scheme.trim], *ranked[len(ranked) - scheme.trim :])
    counting = [scores[login].total for login in ranked if login not in out]
    flags = {one.key: one for sheet in sheets.values() for one in raised(scheme, sheet) if one.veto}
    total = sum(counting, Fraction(0)) / len(counting)
    all_flags = {one.key: one for sheet in sheets.values() for one in raised(scheme, sheet)}
    return Joint(
        *told(grading(scheme, total, list(all_flags.values()))),
        scores,
        total,
        out,
        {key: _spread([one.parts[key].points for one in scores.values()], _full(scores, key)) for key in _keys(scores)},
        {key: tuple(login for login, sheet in sorted(sheets.items()) if sheet.get(key, Mark()).value) for key in flags},
    )


def _keys(scores: Mapping[str, Score]) -> list[str]:
    return list(next(iter(scores.values())).parts)


def _full(scores: Mapping[str, Score], key: str) -> Fraction:
    return max(one.parts[key].full for one in scores.values())


def _spread(points: Sequence[Fraction], full: Fraction) -> Spread:
    least, most = min(points), max(points)
    return Spread(sum(points, Fraction(0)) / len(points), least, most, bool(full) and most - least > APART * full)


def together(scheme: Scheme, sheets: Mapping[str, Sheet]) -> Sheet:
    """A sheet to begin the last one with: what all judges say alike, with their reasons; the rest is left open.

    A flag that any of them raised stays raised.
    """
    found = dict[str, Mark]()
    for key, one in scheme.items.items():
        said = [sheet.get(key, Mark()) for _, sheet in sorted(sheets.items())]
        alike = {(mark.value, mark.absent) for mark in said}
        flagged = next((mark for mark in said if mark.value), None) if not one.counted else None
        if len(alike) == 1 or flagged:
            first = flagged or said[0]
            why = "；".join(dict.fromkeys(mark.why for mark in said if mark.why))
            proof = tuple(dict.fromkeys(number for mark in said for number in mark.proof))
            found[key] = Mark(first.value, first.absent, why, proof, first.held)
    return found
