"""Every target against every figure on one day, with the questions the figures ask of each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.spine import Better, Indicator, Kind, Measurement, State, Status, Target
from luoshi.tracking import showing
from luoshi.tracking.choosing import Known
from luoshi.tracking.doubts import Footing, Pool, other_footing, pooled
from luoshi.tracking.judge import judge, put_off
from luoshi.tracking.matter import Matter
from luoshi.tracking.pausing import Pause
from luoshi.tracking.rules import DEFAULT, Rules
from luoshi.tracking.seasons import Season
from luoshi.tracking.shares import Share, target_of
from luoshi.tracking.totals import Total, disagreement, total
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Paths:
    """How indicators move through a year, and how long their figures tell of today."""

    seasons: Mapping[str, Season] = field(default_factory=dict)
    """By indicator."""
    yearly: Season | None = None
    """Of those that are taken once a year, where no other is told."""
    fresh_days: Mapping[str, int] = field(default_factory=dict)
    """By indicator, where it is not what the rules say."""


STRAIGHT = Paths()
"""Everything goes straight and is old after a term."""


def paths_of(
    seasons: Mapping[str, Season], yearly: Season, stale_after: Mapping[str, str], values: Mapping[str, Decimal]
) -> Paths:
    """Declared seasons and periods with the values of parameters that count on a day.

    Args:
        seasons: by indicator.
        yearly: of what is taken once a year.
        stale_after: by indicator, the parameter that says how many days its figure tells of today.
        values: of parameters by key.
    """
    own = {one.key: one.with_values(values) for one in seasons.values()}
    return Paths(
        {key: own[one.key] for key, one in seasons.items()},
        yearly,
        {key: int(values[name]) for key, name in stale_after.items() if name in values},
    )


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
    paths: Paths = STRAIGHT
    """Seasons and periods of the indicators."""

    worked: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out of the figures already: three hundred targets ask the same."""

    def latest(self) -> dict[str, Measurement]:
        """The best known figure of each indicator, of the whole city."""
        found = {key: self._known(key, "") for key in self.figures}
        spoken = {key: [one for one in known if not one.reference] for key, known in found.items()}
        return {key: known[-1] for key, known in spoken.items() if known}

    def of(self, key: str, division: str = "") -> Sequence[Measurement]:
        """Figures of an indicator that can judge a division; where none is known all of them, so that this can be said."""
        return self._known(key, division) or self.figures.get(key, ())

    def sum_of(self, key: str, divisions: Mapping[str, str]) -> Total:
        """The newest sum of these divisions' figures of an indicator."""
        asked = (key, tuple(divisions.items()))
        if asked not in self.worked:
            self.worked[asked] = total(self.figures.get(key, ()), divisions, self.on)
        found: Total = self.worked[asked]
        return found

    def _known(self, key: str, division: str) -> Sequence[Measurement]:
        if key not in self.worked:
            apart: dict[str, list[Measurement]] = {}
            for one in self.figures.get(key, ()):
                apart.setdefault(one.division, []).append(one)
            self.worked[key] = {code: Known(listed, self.on, code) for code, listed in apart.items()}
        found: Sequence[Measurement] = self.worked[key].get(division, ())
        return found


@dataclass(frozen=True, slots=True)
class Terms:
    """What people agreed about an item, besides its target: approved pauses, and whether it is 协调事项."""

    pauses: tuple[Pause, ...] = ()
    coordination: str = ""
    """Why it is marked; empty when it is not."""


_PLAIN = Terms()


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


def stand(
    day: Day, target: Target, kind: Kind, terms: Terms = _PLAIN, divisions: Mapping[str, str] | None = None
) -> Status:
    """How one target stands on the day; 口径待核 rides along as doubts.

    Args:
        day: what is known.
        target: what is judged.
        kind: of the promise.
        terms: pauses, and whether it is 协调事项.
        divisions: names by code of the divisions that share the target. The sum of their figures then stands beside the
            whole city's, and what of both is later and further come speaks.
    """
    key, matter = target.indicator or "", matter_of(day, target, kind, terms)
    if not key:
        because = "还没有绑定指标，不能由数据判断"
        unbound = Status(State.UNKNOWN, because, day.on, next_step="须绑定指标", rules=day.rules.version)
        return put_off(matter, unbound)
    figures = day.of(key)
    if divisions:
        return _summed(day, matter, figures, day.sum_of(key, divisions))
    status = judge(matter, figures)
    asked = tuple(day.asked.get(key, ()))
    whole = next((day.latest().get(one.total) for one in day.footings if key in one.parts), None)
    if status.measurement is None and whole is not None and matter.paused is None:
        what = asked[0].what if asked else f"只有合计 {showing.figure(whole)}（时点 {whole.on}）"
        status = replace(status, because=f"{what}；未分项公布，不能判断", measurement=whole)
    return replace(status, doubts=(*status.doubts, *asked))


def _summed(day: Day, matter: Matter, figures: Sequence[Measurement], summed: Total) -> Status:
    """Judged with the sum of the divisions beside the whole city's own figures; where they differ, that is asked."""
    status = judge(matter, [*figures, summed.figure] if summed.figure else figures)
    if status.measurement is None and summed.because and matter.paused is None:
        status = replace(status, because=summed.because, next_step="须各单位报齐同一口径、同一时点的数")
    elif summed.because and matter.paused is None:
        status = replace(status, because=f"{status.because}；{summed.because}")
    asked = disagreement(summed.figure, figures, day.on)
    more = (*day.asked.get(matter.target.indicator or "", ()), *([asked] if asked else ()))
    return replace(status, doubts=(*status.doubts, *more))


def stand_of(day: Day, target: Target, kind: Kind, share: Share, terms: Terms = _PLAIN) -> Status:
    """How one division stands with its share, by its own figures and the same judge."""
    matter = matter_of(day, target_of(target, share), kind, terms)
    matter = replace(matter, division=share.division, baseline=None)  # a 基期值 is declared for the whole city
    if not target.indicator:
        because = "还没有绑定指标，不能由数据判断"
        return put_off(matter, Status(State.UNKNOWN, because, day.on, rules=day.rules.version))
    return judge(matter, day.of(target.indicator, share.division))


def matter_of(day: Day, target: Target, kind: Kind, terms: Terms = _PLAIN) -> Matter:
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
        coordination=terms.coordination,
        pauses=terms.pauses,
        season=day.paths.seasons.get(key, day.paths.yearly if indicator and indicator.yearly else None),
        fresh_days=day.paths.fresh_days.get(key),
    )
