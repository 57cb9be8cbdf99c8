"""What follows from figures of money, pay and sight: a talk, who pays which part, whether a rate may be compared or shown."""

from enum import StrEnum
from fractions import Fraction

from luoshi.measuring.judging import Number


class Step(StrEnum):
    """What is proposed to a person when spending falls; the software never sends it."""

    NOTHING = "nothing"
    REMIND = "remind"
    """提醒函."""
    TALK = "talk"
    """约谈县(市、区)政府分管负责人, 整改报告 within 30 days."""
    REPORT = "report"
    """通报 and 督导评价扣分."""


def step_of(*, foreseen_to_fall: bool, fell: bool | None, fell_before: bool) -> Step:
    """What a fall of E or of E/N leads to; the numbers of the staircase are local and to be verified.

    Args:
        foreseen_to_fall: by the third quarter's forecast.
        fell: by the final accounts; None while they are not there.
        fell_before: by the final accounts of the year before.
    """
    if fell is None:
        return Step.REMIND if foreseen_to_fall else Step.NOTHING
    if not fell:
        return Step.NOTHING
    return Step.REPORT if fell_before else Step.TALK


def parted(due: Number, share: Number) -> tuple[Fraction, Fraction]:
    """What the centre pays of an amount and what is left to the others, in 元; `share` in %."""
    centre = Fraction(due) * Fraction(share) / 100
    return centre, Fraction(due) - centre


def lag(civil_servants: int | None, teachers: int | None) -> int | None:
    """联动: months by which an equal item of teachers came after the civil servants' new one; 0 in the same month or before.

    None where civil servants had none, or teachers have none yet.
    """
    return None if civil_servants is None or teachers is None else max(0, teachers - civil_servants)


def comparable(screened: int, enrolled: int, least: Number) -> bool:
    """Whether so many were screened that a rate may be held against others: at least `least` % of those enrolled."""
    return enrolled > 0 and Fraction(screened * 100) >= Fraction(least) * enrolled


def withheld(part: Number | None, whole: Number | None, least: Number) -> bool:
    """Whether a figure about pupils is not shown in public: someone could be told from it.

    That is so where fewer than `least` stand above, below, or between the two; nobody at all above tells of nobody.
    """
    if part is None or whole is None or not whole:
        return False
    few = Fraction(least)
    return Fraction(whole) < few or 0 < Fraction(part) < few or 0 < Fraction(whole) - Fraction(part) < few


def trained(hours: Number, least: Number) -> tuple[bool, Fraction]:
    """Whether hours of a cycle are enough, and how many are short."""
    short = max(Fraction(0), Fraction(least) - Fraction(hours))
    return short == 0, short
