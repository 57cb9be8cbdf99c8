"""What a judgement looks at, and which of three courses a target takes.

- It *gathers* (新增50所): a count from nothing since the plan began. What is there stays; reached is finished.
- It *forbids* (严禁, 不发生): incidents of the plan's period are counted. One too many cannot be undone, and that there
  was none is certain only when the period is over.
- Else it is a *level* (大班额比例, 毛入学率, 在校生数): read on a day, free to move both ways.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from luoshi.spine import Better, Comparator, Kind, Measurement, Strength, Target
from luoshi.tracking.pausing import Pause, days_of, moved, so_far, time_gone
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.tracking.seasons import Season
from luoshi.tracking.units import POINTS, SHARES

_INCIDENTS = frozenset({"起"})
_REACHED = frozenset({Comparator.EXACTLY, Comparator.AT_LEAST, Comparator.BETWEEN})


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything a judgement looks at but the figures."""

    target: Target
    on: date
    begun: date | None
    """The day the plan's period is counted from; None when the plan does not say."""
    kind: Kind = Kind.QUANTITY
    better: Better = Better.HIGHER
    baseline: Measurement | None = None
    """The declared 基期值; never guessed from the first stored one."""
    yearly: bool = False
    """Taken once a year, on the 统计时点: that figure speaks for the year's end."""
    division: str = ""
    """Whose promise it is; empty for the whole city. Figures of other divisions do not judge it."""
    rules: Rules = DEFAULT
    coordination: str = ""
    """Why a person marked it as 协调事项: others decide, so it never turns bad for the bureau; empty when not marked."""
    pauses: tuple[Pause, ...] = ()
    """Every approved 暂缓."""
    season: Season | None = None
    """The path its indicator follows through a year; None goes straight."""
    fresh_days: int | None = None
    """How old a figure may be that is told more often than once a term; None leaves it to the rules."""

    @property
    def upper(self) -> bool:
        """Whether the bound is an upper one."""
        held = self.target.comparator
        if self.in_points:
            return self.better is Better.LOWER
        if held in {Comparator.AT_MOST, Comparator.NONE}:
            return True
        return held in {Comparator.EXACTLY, Comparator.BETWEEN} and self.better is Better.LOWER

    def upper_of(self, unit: str) -> bool:
        """Whether the bound of a figure in this unit is an upper one: 消除 told as the share that is dealt with must come to all."""
        return self.upper and not self.clears(unit)

    def clears(self, unit: str) -> bool:
        """Whether what shall be gone is told as how much of it is dealt with: 消除无证园 by 治理完成率."""
        counted = self.target.comparator is Comparator.NONE and self.target.unit not in SHARES
        return counted and self.better is Better.HIGHER and unit in SHARES

    @property
    def in_points(self) -> bool:
        """Whether the target is a change from the year before (下降0.6个百分点)."""
        return self.target.unit in POINTS

    @property
    def soft(self) -> bool:
        """Whether missing it says nothing bad by itself."""
        return self.target.strength is Strength.ASPIRATIONAL or self.coordinated

    @property
    def coordinated(self) -> bool:
        """Whether others decide about it (协调事项): by its kind, or because a person said so."""
        return self.kind is Kind.RECOGNITION or bool(self.coordination)

    @property
    def due(self) -> date | None:
        """The due day, moved by what approvals of a pause gave back."""
        due = self.target.due
        return moved(due, so_far(self.pauses, self.on), self.begun) if due and self.pauses else due

    @property
    def paused(self) -> Pause | None:
        """The pause that holds on the day; None when the clock runs."""
        return next((one for one in self.pauses if one.holds(self.on)), None)

    def stood_days(self, to: date) -> int:
        """Days since the plan's period began on which the clock stood still."""
        return days_of(so_far(self.pauses, self.on), self.begun, to) if self.begun and self.pauses else 0

    @property
    def gathers(self) -> bool:
        """Whether it counts things that stay once they are there. A declared 基期值 other than zero says it is a level."""
        target = self.target
        counted = target.comparator in _REACHED and not target.implicit and not self.upper
        rate = target.unit in SHARES | POINTS or "/" in target.unit
        return counted and not rate and (self.baseline is None or not self.baseline.value)

    @property
    def forbids(self) -> bool:
        """Whether it counts incidents that must not happen."""
        return self.upper and self.target.unit in _INCIDENTS

    @property
    def ceiling(self) -> bool:
        """Whether it is kept only if it still holds on its day: 控制在3%以内, 只增不减."""
        held = self.target.comparator
        return self.forbids or held is Comparator.NEVER_LESS or (self.upper and held is not Comparator.NONE)

    @property
    def late(self) -> bool:
        """Whether the due day has passed; the day itself still counts."""
        return self.due is not None and self.on > self.due

    def speaks_for_due(self, figure: Measurement) -> bool:
        """Whether a figure tells how things stood on the due day: taken then or later, or the year's one return."""
        due = self.due
        if due is None:
            return False
        near = timedelta(days=self.rules.final_days)
        return figure.on >= due or (self.yearly and not self.forbids and figure.on >= due - near)

    def is_stale(self, figure: Measurement) -> bool:
        """Whether a figure is too old to tell anything of today."""
        return not self.speaks_for_due(figure) and (self.on - figure.on).days > self.stale_after(figure)

    def stale_after(self, figure: Measurement) -> int:
        """How many days a figure tells of today, by the period of its indicator.

        What is taken once a year stands until the next return, but only when it tells of the plan's own period: an older one
        shows nothing of this plan.
        """
        if self.yearly and not self.forbids and self.begun and figure.on >= self.begun:
            return self.rules.yearly_days
        return self.fresh_days or self.rules.stale_days

    def stale_since(self, figure: Measurement) -> date:
        """The first day on which a figure is too old to tell anything of it."""
        return figure.on + timedelta(days=self.stale_after(figure) + 1)

    def straight(self, to: date) -> Fraction | None:
        """Share of the time gone on a day, without the days the clock stood; None without begin or due day."""
        return time_gone(self.begun, self.due, to, so_far(self.pauses, self.on))

    def expected(self, to: date) -> Fraction | None:
        """序时应达 on a day: by the season where there is one that moves, else straight."""
        seasonal = self.season.expected(self.begun, self.due, to, so_far(self.pauses, self.on)) if self.season else None
        return self.straight(to) if seasonal is None else seasonal

    @property
    def seasonal(self) -> bool:
        """Whether 序时应达 follows a season."""
        return self.season is not None and self.season.expected(self.begun, self.due, self.on) is not None
