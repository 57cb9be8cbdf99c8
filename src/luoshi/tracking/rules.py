"""The numbers the judgement turns on: defaults of this product, dated and versioned, for a bureau to set."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rules:
    """One version of the rules. None of them is law; each is to be confirmed by the bureau."""

    version: str = "3"
    behind: Decimal = Decimal("0.05")
    """欠进度 when completion lies more than this share below 序时应达: the time gone, or the seasonal path."""
    far_behind: Decimal = Decimal("0.20")
    """Said as 明显滞后 from here on."""
    ahead: Decimal = Decimal("0.10")
    """超进度 when completion lies at least this share above the time gone, and above the seasonal path where there is one."""
    stale_days: int = 120
    """Before the due day a figure older than this tells nothing of today; a term of school statistics."""
    yearly_days: int = 426
    """The same for what is taken once a year within the plan's period: until the next return, and two months to make it."""
    final_days: int = 122
    """A yearly return taken this many days before the due day still speaks for it: 1 September for 31 December."""
    settling_days: int = 31
    """A level read this many days after the due day's year still tells how the year ended."""
    same_time_days: int = 31
    """How far 上年同期 may lie off the same day a year earlier."""
    about: Decimal = Decimal("0.02")
    """A figure told as 约 is taken to be uncertain by this share of itself."""
    doubt: str = "阈值为产品默认值，须由该局确认"


DEFAULT = Rules()
