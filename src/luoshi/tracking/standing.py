"""Every target against every figure on one day, with the questions the figures ask of each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.spine import Better, Indicator, Kind, Measurement, State, Status, Target
from luoshi.tracking import showing
from luoshi.tracking.choosing import known_by
from luoshi.tracking.doubts import Footing, Pool, other_footing, pooled
from luoshi.tracking.judge import judge
from luoshi.tracking.matter import Matter
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Day:
    """What is known on a day, and by which declarations it is judged."""

    on: date
    begun: date | None
    """The day the plan's period is counted from; None when it is not known."""
    indicators: Mapping[str, Indicator]
    figures: Mapping[str, Sequence[Measurement]]
    """All figures by indicator; those not yet known on the day do not count."""
    pools: Sequence[Pool] = ()
    footings: Sequence[Footing] = ()
    rules: Rules = DEFAULT
    asked: dict[str, list[Finding]] = field(default_factory=dict)
    """Questions found so far, by indicator."""
    baselines: Mapping[str, Measurement] = field(default_factory=dict)
    """Declared 基期值 by indicator."""

    def latest(self) -> dict[str, Measurement]:
        """The best known figure of each indicator, of the whole city."""
        found = {key: known_by(listed, self.on) for key, listed in self.figures.items()}
        return {key: known[-1] for key, known in found.items() if known}


def by_indicator(figures: Iterable[Measurement]) -> dict[str, list[Measurement]]:
    """Figures grouped by indicator."""
    grouped: dict[str, list[Measurement]] = {}
    for figure in figures:
        grouped.setdefault(figure.indicator, []).append(figure)
    return grouped


def ask(day: Day, targets: Sequence[Target]) -> Day:
    """The day with every question its figures ask: rates that do not fit, totals on another footing than their targets."""
    latest = day.latest()
    asked: dict[str, list[Finding]] = {}
    for pool in day.pools:
        finding = pooled(pool, latest)
        if finding:
            for key in (pool.first, pool.second):
                asked.setdefault(key, []).append(finding)
    for footing in day.footings:
        total = latest.get(footing.total)
        bound = [target for target in targets if target.indicator in footing.parts]
        finding = other_footing(total, bound) if total and bound else None
        if finding:
            for key in (footing.total, *footing.parts):
                asked.setdefault(key, []).append(finding)
    return replace(day, asked=asked)


def stand(day: Day, target: Target, kind: Kind) -> Status:
    """How one target stands on the day; 口径待核 rides along as doubts."""
    key = target.indicator or ""
    if not key:
        because = "还没有绑定指标，不能由数据判断"
        return Status(State.UNKNOWN, because, day.on, next_step="须绑定指标", rules=day.rules.version)
    status = judge(matter_of(day, target, kind), day.figures.get(key, ()))
    asked = tuple(day.asked.get(key, ()))
    total = next((day.latest().get(one.total) for one in day.footings if key in one.parts), None)
    if status.measurement is None and total is not None:
        what = asked[0].what if asked else f"只有合计 {showing.figure(total)}（时点 {total.on}）"
        status = replace(status, because=f"{what}；未分项公布，不能判断", measurement=total)
    return replace(status, doubts=(*status.doubts, *asked))


def matter_of(day: Day, target: Target, kind: Kind) -> Matter:
    """What the day and the declarations say about one target, its figures apart."""
    key = target.indicator or ""
    indicator = day.indicators.get(key)
    return Matter(
        target,
        day.on,
        day.begun,
        kind=kind,
        better=indicator.better if indicator else Better.HIGHER,
        baseline=day.baselines.get(key),
        yearly=indicator.yearly if indicator else False,
        rules=day.rules,
    )
