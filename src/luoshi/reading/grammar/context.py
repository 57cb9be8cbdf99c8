"""What a sentence inherits from the place it stands in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Context:
    """The year and period a plan speaks of, and what the headings above a sentence add to it."""

    year: int | None = None
    """The plan's year: 今年, 年底 and bare months fall in it. None when neither title nor text names one."""
    begun: date | None = None
    until: date | None = None
    """First and last day of the plan's period: one year for a yearly plan, five for a 五年规划."""
    heading: date | None = None
    """A deadline that the point's or section's heading sets for all its sentences."""
    review: bool = False
    """True inside a passage that tells of the past (工作回顾): its numbers are results, not targets."""
