"""Every target against every figure on one day, with the questions the figures ask of each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from luoshi.spine import Better, Indicator, Kind, Measurement, State, Status, Target
from luoshi.tracking import holding
from luoshi.tracking.doubts import Footing, Pool, other_footing, pooled
from luoshi.tracking.judge import Matter, judge
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Day:
    """What is known on a day, and by which declarations it is judged."""

    on: date
    begun: date
    """The day the plan's period is counted from."""
    indicators: Mapping[str, Indicator]
    figures: Mapping[str, Sequence[Measurement]]
    """All figures by indicator; those not yet known on the day do not count."""
    pools: Sequence[Pool] = ()
    footings: Sequence[Footing] = ()
    rules: Rules = DEFAULT
    asked: dict[str, list[Finding]] = field(default_factory=dict)
    """Questions found so far, by indicator."""

    def latest(self) -> dict[str, Measurement]:
        """The best known figure of each indicator."""
        found = {key: holding.known_by(listed, self.on) for key, listed in self.figures.items()}
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
    indicator = day.indicators.get(key)
    matter = Matter(
        target, day.on, day.begun, kind=kind, better=indicator.better if indicator else Better.HIGHER, rules=day.rules
    )
    status = judge(matter, day.figures.get(key, ()))
    doubts = tuple(day.asked.get(key, ()))
    if not doubts:
        return status
    total = next((day.latest().get(one.total) for one in day.footings if key in one.parts), None)
    if status.measurement is None and total is not None:
        because = f"{doubts[0].what}；未分项公布，不能判断"
        return replace(status, state=State.UNKNOWN, because=because, measurement=total, doubts=doubts)
    return replace(status, doubts=doubts)
