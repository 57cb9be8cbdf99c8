"""A clause of a new plan recognised as a promise of an earlier one, to propose its lead office, indicator and mechanism.

Other than in comparing two editions, no clause has to be given a partner here: what is proposed wrongly is worse than
what is not proposed. So the nearest earlier clause counts only when it is near, and clearly nearer than every other.
"""

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.tracking.alikeness import PART, Weighed, Weights, likeness, names, stands_in, undated
from luoshi.tracking.clause import Clause

SURE = 0.62
"""From so much likeness, words and title together, a clause is surely the same promise."""
APART = 0.06
"""By so much the nearest must be ahead of every other clause of its edition."""
TITLE = 0.05
"""What the same title of the point adds."""
LEAD = 0.03
"""What the same lead office adds, where both are known."""


@dataclass(frozen=True, slots=True)
class Match:
    """The earlier clause that a clause takes up."""

    clause: Clause
    """The earlier one: its lead office and the indicators of its targets can be proposed."""
    score: float
    """How alike the words are, 0 to 1."""
    because: str
    """Why it is the same promise, in one Chinese sentence."""


class Earlier:
    """Clauses of earlier editions, weighed once so that many clauses can be held against them."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        """Weigh them; clauses of several years may stand together."""
        self._clauses = clauses
        self._weights = Weights(one.text for one in clauses)
        self._weighed = [self._weights.weigh(one.text) for one in clauses]
        self._holding: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._weighed):
            for feature in one.heavy or one.bag:
                self._holding[feature].append(at)

    def recognised(self, clause: Clause) -> Match | None:
        """The earlier clause that is surely the same promise, of the latest year; None when none is sure."""
        alike = self._likenesses(clause)
        sure = {at: told + _beside(clause, self._clauses[at]) for at, told in alike.items()}
        found = [at for at, told in sure.items() if told >= SURE and self._is_ahead(at, sure)]
        if not found:
            return None
        at = max(found, key=lambda one: (self._clauses[one].year or 0, sure[one], -one))
        return Match(self._clauses[at], alike[at], self._because(clause, at, alike))

    def _likenesses(self, clause: Clause) -> dict[int, float]:
        """To every earlier clause that shares a pair of characters."""
        one = self._weights.weigh(clause.text)
        near = {at for feature in one.heavy or one.bag for at in self._holding.get(feature, ())}
        return {at: self._alike(clause.text, one, at) for at in sorted(near)}

    def _alike(self, text: str, weighed: Weighed, at: int) -> float:
        other = self._clauses[at].text
        if undated(text) == undated(other):
            return 1.0
        told = likeness(weighed, self._weighed[at], names(text), names(other))
        return max(told, PART) if told < PART and stands_in(text, other) else told

    def _is_ahead(self, at: int, sure: Mapping[int, float]) -> bool:
        """Whether no other clause of the same edition comes close."""
        year = self._clauses[at].year
        others = (told for one, told in sure.items() if one != at and self._clauses[one].year == year)
        return sure[at] - max(others, default=0.0) >= APART

    def _because(self, clause: Clause, at: int, alike: Mapping[int, float]) -> str:
        one = self._clauses[at]
        near = heapq.nlargest(2, (told for key, told in alike.items() if self._clauses[key].year == one.year))
        year = f"{one.year}年" if one.year is not None else "往年"
        parts = [
            "除年份外文字相同" if undated(one.text) == undated(clause.text) else f"措辞相近度 {alike[at]:.2f}",
            f"条目同为“{one.title}”" if one.title and one.title == clause.title else "",
            "牵头科室相同" if one.lead and one.lead == clause.lead else "",
            f"同年其他条款最高 {near[1]:.2f}" if len(near) > 1 else "同年没有相近的其他条款",
        ]
        return f"与{year}要点 {one.key}“{one.text}”为同一任务：" + "，".join(filter(None, parts))


def recognised(clause: Clause, earlier: Sequence[Clause]) -> Match | None:
    """The earlier clause that is surely the same promise; None when none is sure.

    For many clauses make one `Earlier` and ask it.

    Args:
        clause: of the new plan.
        earlier: clauses of one or more earlier plans.
    """
    return Earlier(earlier).recognised(clause)


def _beside(one: Clause, other: Clause) -> float:
    """What the title of the point and the lead office add."""
    title = TITLE if one.title and undated(one.title) == undated(other.title) else 0.0
    lead = LEAD if one.lead and one.lead == other.lead else 0.0
    return title + lead
