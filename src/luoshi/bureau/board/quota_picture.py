"""What each unit owes as bars: of a count what is there, full, and what is still to come, hollow; of a rate what is owed alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from luoshi.bureau.board.overview_picture import LANE, LEFT, RIGHT, TOP, WIDE
from luoshi.bureau.board.quoting import Told
from luoshi.tracking.quotas import Quota


@dataclass(frozen=True, slots=True)
class Lane:
    """One unit."""

    name: str
    y: int
    middle: int
    full: float
    """Length of what is there; 0 for a rate."""
    hollow: float
    """Length of what is owed, behind the full one."""
    said: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Owed:
    """The picture."""

    width: int
    height: int
    left: int
    said_at: int
    lanes: tuple[Lane, ...]
    stands: bool
    """Whether what is there is drawn."""


def owed(told: Told, unit: str) -> Owed | None:
    """The drawing; None with fewer than two units, or where nothing is known.

    Args:
        told: the target split.
        unit: of the target, for what is said beside a bar.
    """
    stands = not told.split.rated and not told.split.upper
    ends = {one.division: _ends(one, stands=stands) for one in told.split.quotas}
    most = max((full + hollow for full, hollow in ends.values()), default=Fraction(0))
    if len(ends) < 2 or not most:  # noqa: PLR2004  # one bar says nothing
        return None
    lanes = tuple(_lane(one, at, ends, most, told, unit) for at, one in enumerate(told.split.quotas))
    return Owed(LEFT + WIDE + RIGHT, TOP * 2 + len(lanes) * LANE, LEFT, LEFT + WIDE + 12, lanes, stands)


def _ends(one: Quota, *, stands: bool) -> tuple[Fraction, Fraction]:
    owes = Fraction(one.owes if one.owes is not None else one.value or Decimal(0))
    return (one.now or Fraction(0) if stands else Fraction(0)), owes


def _lane(  # a unit, and what all of them share: each by its name
    one: Quota, at: int, ends: Mapping[str, tuple[Fraction, Fraction]], most: Fraction, told: Told, unit: str
) -> Lane:
    full, hollow = (round(float(part / most) * WIDE, 1) for part in ends[one.division])
    line = told.lines[one.division]
    said = f"{line.owes or '——'}　→ {told.values[one.division] or '——'} {unit}"
    return Lane(one.name, TOP + at * LANE, TOP + at * LANE + LANE // 2, full, hollow, said, one.by_hand)
