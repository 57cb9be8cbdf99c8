"""数据状态: how a target stands on a day, from what was known that day. Nobody types it.

What is not known is 待核实; it never turns good by itself. A soft word (力争) and what others decide (被评定) never
turn bad by themselves: where they are not met a person has to say. A missed day is said only from a figure that speaks
for that day.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from luoshi.spine import Comparator, Measurement, State, Status
from luoshi.tracking import wording
from luoshi.tracking.choosing import Choice, choose
from luoshi.tracking.doubts import inner
from luoshi.tracking.holding import Held, decimal, hold, obstacle, told_completion
from luoshi.tracking.matter import Matter

__all__ = ["Matter", "judge"]


def judge(matter: Matter, measurements: Sequence[Measurement]) -> Status:
    """The state of one target on a day, with its arithmetic.

    Args:
        matter: target, day, begin, kind, direction, baseline, rules.
        measurements: all figures of the target's indicator, in any order; those not yet known on the day do not exist.
    """
    return put_off(matter, _judged(matter, measurements))


def put_off(matter: Matter, status: Status) -> Status:
    """暂缓（经批准）while the clock stands still: nothing turns bad, and what is reached stays reached."""
    pause = matter.paused
    if pause is None or status.state is State.DONE:
        return status
    return replace(status, state=State.PAUSED, because=wording.paused(pause), next_step="恢复后继续计时")


def _judged(matter: Matter, measurements: Sequence[Measurement]) -> Status:
    choice = choose(matter, measurements)
    figure = choice.figure
    if figure is None or not choice.spoken:
        return _unknown(matter, figure, choice.why, "须有计划期内的数" if figure else "须报指标值")
    why = obstacle(matter, figure)
    if why:
        return _unknown(matter, figure, why)
    held = hold(matter, figure, choice.before)
    if held is None:
        return _unknown(matter, figure, _no_year_before(matter, choice), "须有同口径的上年同期值")
    verdict = _Verdict(matter, choice, held)
    return verdict.met() if held.met and not verdict.unsure else verdict.not_met()


def _unknown(matter: Matter, figure: Measurement | None, why: str, next_step: str = "") -> Status:
    return Status(State.UNKNOWN, why, matter.on, figure, next_step=next_step, rules=matter.rules.version)


def _no_year_before(matter: Matter, choice: Choice) -> str:
    if choice.broken:
        return f"只有另一口径的上年同期值（{choice.broken.definition}），口径不同不能相比"
    asked = "是否只增不减" if matter.target.comparator is Comparator.NEVER_LESS else "升降多少个百分点"
    return f"没有上年同期值，不能判断{asked}"


class _Verdict:
    """One figure held against one target, on the way to a state."""

    def __init__(self, matter: Matter, choice: Choice, held: Held) -> None:
        self.matter, self.choice, self.held = matter, choice, held
        self.figure, self.due = held.figure, matter.due
        self.because = wording.arithmetic(held, choice)
        margin = abs(held.value) * Fraction(matter.rules.about)
        self.unsure = self.figure.about and abs(held.value - held.bound) <= margin
        """约 and too near the bound: it may lie on either side."""

    def _is(self, state: State, said: str = "", next_step: str = "", share: Fraction | None = None) -> Status:
        """A state with everything that was counted."""
        share = self.held.completion if share is None else share
        pace = self._gone()
        return Status(
            state,
            f"{self.because}；{said}" if said else self.because,
            self.matter.on,
            self.figure,
            told_completion(share) if share is not None else None,
            decimal(pace) if pace is not None else None,
            next_step,
            inner(self.matter, self.choice, self.held),
            self.matter.rules.version,
        )

    def _gone(self) -> Fraction | None:
        """序时应达 on the figure's own day, without the days the clock stood still."""
        return self.matter.expected(self.figure.on)

    def _ahead_from(self) -> Fraction:
        """From what completion on it is 超进度: clearly before the season, where there is one, and before the time gone."""
        paths = (self.matter.expected(self.figure.on), self.matter.straight(self.figure.on))
        return max(path or Fraction(0) for path in paths) + Fraction(self.matter.rules.ahead)

    def met(self) -> Status:
        """The bound is kept by the figure. Is it for good, and is the figure fresh?"""
        share = self._share_when_met()
        if self.matter.gathers:
            return self._is(State.DONE, share=share)
        done = self.matter.speaks_for_due(self.figure)
        if self.matter.late and not done:
            return self._is(State.UNKNOWN, f"时限{self.due}当日及以后没有新的数", "须有时限当日或以后的数")
        if self.matter.is_stale(self.figure):
            return self._is(State.UNKNOWN, self._too_old(), "须有近期的数")
        if done or not (self.matter.ceiling or self.held.began_met):
            return self._is(State.DONE, self._level_with(), wording.reopened(self.held), share)
        went = self.held.completion is not None and self._gone() is not None
        ahead = went and share >= self._ahead_from()
        until = f"须保持到{self.due}" if self.due else "须一直保持"
        return self._is(State.AHEAD if ahead else State.ON_COURSE, f"现已达到，{until}", wording.reopened(self.held))

    def _level_with(self) -> str:
        """只增不减 is read as "not less"; that equal is enough is for the bureau to confirm."""
        never_less = self.matter.target.comparator is Comparator.NEVER_LESS
        return "与上年同期持平，是否算只增不减须核" if never_less and self.held.value == self.held.bound else ""

    def _share_when_met(self) -> Fraction:
        """The whole way; more where a bound was passed, but a range asks for no more than its first bound."""
        if self.matter.target.comparator is Comparator.BETWEEN:
            return Fraction(1)
        return max(self.held.completion or Fraction(1), Fraction(1))

    def not_met(self) -> Status:
        """The bound is not kept, or not surely."""
        if self.matter.forbids and not self.unsure:
            return self._bad(State.OVERDUE if self.matter.late else State.BEHIND, "已经发生，不能挽回")
        if self.matter.late:
            return self._missed()
        if self.matter.is_stale(self.figure):
            return self._is(State.UNKNOWN, self._too_old(), "须有近期的数")
        if self.due is None:
            return self._is(State.UNKNOWN, "没有时限，不能判断进度", "须定时限")
        if self.matter.speaks_for_due(self.figure) and not self.matter.gathers:
            return self._unsure() if self.unsure else self._bad(State.BEHIND, "这已是时限时的数")
        return self._on_the_way()

    def _missed(self) -> Status:
        """After the due day."""
        spoken = self.matter.speaks_for_due(self.figure)
        if not spoken or (self.matter.gathers and self.due and self.figure.on < self.due):
            return self._is(State.UNKNOWN, "这是时限之前的数，时限当日及以后没有新的数", "须有时限当日或以后的数")
        if self.unsure:
            return self._unsure()
        if self._met_later():
            return self._is(State.UNKNOWN, "时限时未达到，其后是否补完须由人核定", "由人核定")
        return self._bad(State.OVERDUE, "", wording.reached_at(self.held, Fraction(1)))

    def _met_later(self) -> bool:
        later = self.choice.later
        yearly = self.matter.in_points or self.matter.target.comparator is Comparator.NEVER_LESS
        if later is None or yearly or obstacle(self.matter, later):
            return False
        held = hold(self.matter, later, self.choice.before)
        return held is not None and held.met

    def _unsure(self) -> Status:
        return self._is(State.UNKNOWN, "为约数，与目标值相差太近，不能判断", "须有确数")

    def _bad(self, state: State, said: str, next_step: str = "") -> Status:
        """A bad state, or a question to a person where the words are soft or others decide."""
        if self.matter.soft:
            asked = "由人核定，写明需协调解决的问题" if self.matter.coordination else "由人核定"
            return self._is(State.UNKNOWN, wording.softly(self.matter), asked)
        return self._is(state, said, next_step)

    def _on_the_way(self) -> Status:
        """Before the due day: completion against the time gone on the figure's own day."""
        held, gone = self.held, self._gone()
        if held.began_met:
            return self._unsure() if self.unsure else self._bad(State.BEHIND, self._fell_back(), self._to_mend())
        share = held.completion
        if share is None:
            return (
                self._unsure() if self.unsure else self._is(State.UNKNOWN, "没有基期值，不能判断序时进度", "须有基期值")
            )
        if gone is None:
            return self._is(State.UNKNOWN, "没有起算日，不能判断序时进度", "须定起算日")
        rules = self.matter.rules
        said = wording.way(held, share, gone, self._path()) + wording.stopped(self.matter, self.figure.on)
        if share < gone - Fraction(rules.behind):
            far = "，明显滞后" if share < gone - Fraction(rules.far_behind) else ""
            if self.unsure:
                return self._unsure()
            needed = wording.reached_at(held, gone - Fraction(rules.behind))
            return self._bad(State.BEHIND, said + far, f"按时点{self.figure.on}，不欠进度须{needed}")
        ahead = share >= self._ahead_from()
        return self._is(State.AHEAD if ahead else State.ON_COURSE, said, f"完成须{self._to_mend()}")

    def _path(self) -> str:
        """By which season 序时应达 is told, with the straight one beside it; empty where it is straight."""
        straight = self.matter.straight(self.figure.on)
        if self.matter.season is None or not self.matter.seasonal or straight is None:
            return ""
        return wording.seasonal(self.matter.season, straight)

    def _too_old(self) -> str:
        since = self.matter.stale_since(self.figure)
        return f"距今已超过{self.matter.stale_after(self.figure)}天，自{since}起没有近期的数"

    def _fell_back(self) -> str:
        if self.matter.target.comparator is Comparator.NEVER_LESS:
            return "低于上年同期"
        return "基期已达到，现已回落" if not self.held.upper else "基期已达到，现已回升"

    def _to_mend(self) -> str:
        return wording.reached_at(self.held, Fraction(1))
