"""What the counts of a procedure say of an indicator."""

from dataclasses import dataclass
from enum import StrEnum

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
