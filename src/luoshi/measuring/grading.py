"""A score of groups, its deductions, the grade it falls into, and the cap that a grave event sets (教育督导评价)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from luoshi.measuring.judging import Number


@dataclass(frozen=True, slots=True)
class Graded:
    """What a score comes to, before and after the cap."""

    score: Fraction
    """Groups less deductions."""
    grade: str
    """定级: after the cap."""
    before: str
    """The grade by the score alone."""


def graded(
    groups: Mapping[str, tuple[Number, Number]],
    bands: Sequence[tuple[str, Number]],
    *,
    deductions: Number = 0,
    capped: str = "",
) -> Graded:
    """Add groups, take off deductions, look up the grade.

    Args:
        groups: by name, the score and the most it can be; a score is never counted beyond that.
        bands: grades from the best down, each with its least score; the last one takes the rest.
        deductions: points taken off.
        capped: the best grade that may still be given; empty without a cap.
    """
    reached = sum((min(Fraction(score), Fraction(most)) for score, most in groups.values()), Fraction(0))
    score = reached - Fraction(deductions)
    names = [name for name, _ in bands]
    before = next((name for name, least in bands if score >= Fraction(least)), names[-1])
    best = names.index(capped) if capped else 0
    return Graded(score, names[max(best, names.index(before))], before)
