"""What the counts of a procedure say of an indicator."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from luoshi.handling.terms import plus_months

DEFINITION = "办件"
"""口径 of every figure that is counted from cases."""


class Share(StrEnum):
    """Which share of a procedure's cases, from 1 January to the end of a month."""

    ON_TIME = "on_time"
    """Of those ended, the ones of which no step was late."""
    CLOSED = "closed"
    """Of those ended and those open at the end of the month, the ones ended."""
    ANSWERED = "answered"
    """Of those in which a question was answered, the ones whose last answer is one of some."""
    COVERED = "covered"
    """Of the schools there are, the ones with a case that was decided since the cycle began."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """Within what time every school of some kinds is to be reached once."""

    begun: date
    """First day of any of them."""
    months: int
    kinds: tuple[str, ...]
    """What 办学类型 of the schools begins with (GB/T 33782-2017 表4)."""

    def since(self, on: date) -> date:
        """The first day of the cycle a day lies in; of one before the first cycle the first."""
        begun = self.begun
        while (following := plus_months(begun, self.months)) <= on:
            begun = following
        return begun


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """An indicator that is a share of a procedure's cases."""

    procedure: str
    """Its key."""
    indicator: str
    """Key of a declared indicator, a rate in %."""
    share: Share = Share.ON_TIME
    question: str = ""
    """Of `ANSWERED`, key of the choice that is answered."""
    answers: tuple[str, ...] = ()
    """Of `ANSWERED`, keys of the options that count."""
    doubt: str = ""
    """What is unsure about taking one for the other."""
    cycle: Cycle | None = None
    """Of `COVERED`, whom it is to reach, and within what time."""
