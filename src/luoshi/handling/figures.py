"""What the counts of a procedure say of an indicator."""

from dataclasses import dataclass

DEFINITION = "办件"
"""口径 of every figure that is counted from cases."""


@dataclass(frozen=True, slots=True)
class CaseFigure:
    """An indicator that is the share of ended cases without a late step, from 1 January on."""

    indicator: str
    """Key of a declared indicator, a rate in %."""
    doubt: str = ""
    """What is unsure about taking one for the other."""
