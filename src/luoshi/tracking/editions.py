"""Two editions of a plan beside each other, clause by clause: 延续, 调整, 未再列入, 新增.

Every clause is held against those it shares words with; the pairs are chosen together, so that the sum of what they gain
is the greatest possible. A sure pair gains far more than two doubtful ones (the gain grows with the fourth power of the
likeness), so that a clause that stands again word for word is never given away to save two poor likenesses. Beside the
words, the title of the point and the clauses before and behind speak for a pair; the number of the point does not,
because points are moved and renumbered every year.
"""

import heapq
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from luoshi.tracking.alikeness import PART, Weighed, Weights, likeness, names, parts, stands_in, undated
from luoshi.tracking.assigning import assign
from luoshi.tracking.clause import Change, Clause, Comparison, Fate
from luoshi.tracking.differing import differences, rolled_on
from luoshi.tracking.phrases import of_words

ALIKE = 0.52
"""From so much likeness, words and surroundings together, two clauses are the same promise."""
LEAST = 0.35
"""So much of it must come from the words: surroundings alone make no two clauses the same promise."""
TITLE = 0.07
"""What the same title of the point adds."""
BESIDE = 0.06
"""What each neighbour adds whose counterpart is the neighbour of the counterpart."""
KEPT = 0.02
"""What the same figures add, and the same day rolled on: only to choose among pairs that are alike without them."""
NEAR = 0.3
"""From so much likeness the nearest clause is named beside a single one."""
TAKEN_IN = 0.6
"""So much of a clause must stand in what its partner leaves of another, to be a part of it (拆分, 归并)."""
_SCALE = 1_000_000
_POWER = 4
_FEW = 16
"""So many candidates of a clause are looked at closely."""
_COMMON = 400
"""Of clauses that hold a pair of characters, so many are looked at: the nearest by place."""

Likenesses = list[dict[int, float]]


def compare(before: Sequence[Clause], after: Sequence[Clause], *, years: int | None = None) -> Comparison:
    """What became of every clause of an edition in the next.

    Args:
        before: the clauses of the earlier edition, in the order of its text.
        after: those of the later.
        years: how many years lie between; taken from the clauses when it is not given.

    Returns:
        Changes in the order of the later edition; each clause of both stands in exactly one.
    """
    return _Table(before, after, _years(before, after) if years is None else years).told()


def _years(before: Sequence[Clause], after: Sequence[Clause]) -> int | None:
    first, second = (next((one.year for one in side if one.year is not None), None) for side in (before, after))
    return None if first is None or second is None else second - first


class _Table:
    """Both editions weighed and held against each other."""

    def __init__(self, before: Sequence[Clause], after: Sequence[Clause], years: int | None) -> None:
        self.before, self.after, self.years = before, after, years
        weights = Weights(one.text for one in [*before, *after])
        self.old = [weights.weigh(one.text) for one in before]
        self.new = [weights.weigh(one.text) for one in after]
        self.alike = self._likenesses()
        self.titles = _Titles({one.title for one in [*before, *after]})
        first = self._assigned([None] * len(before))
        self.paired = self._assigned(first)
        self.partner = {at: place for place, at in enumerate(self.paired) if at is not None}
        self.parts_after, self.parts_before = self._parts()

    def _likenesses(self) -> Likenesses:
        """For each earlier clause the likeness to its nearest later ones."""
        holding: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.new):
            for feature in one.heavy or one.bag:
                holding[feature].append(at)
        found = []
        for place, one in enumerate(self.old):
            about = place * len(self.new) // max(len(self.old), 1)
            told = ((self._alike(place, at), -abs(at - about), -at) for at in _candidates(one, about, holding))
            # Of equally like ones those about as far on in the text are kept: else many clauses of one pattern would
            # all be held against the same few.
            found.append({-at: alike for alike, _, at in heapq.nlargest(_FEW, told)})
        return found

    def _alike(self, place: int, at: int) -> float:
        one, other = self.before[place].text, self.after[at].text
        told = likeness(self.old[place], self.new[at], names(one), names(other))
        if told < 1 and undated(one) == undated(other):
            return 1.0
        return max(told, PART) if told < PART and stands_in(one, other) else told

    def _assigned(self, known: list[int | None]) -> list[int | None]:
        """The pairs with the greatest sum of gains, given what is known of the neighbours."""
        partner = {at: place for place, at in enumerate(known) if at is not None}
        gains = []
        for place, row in enumerate(self.alike):
            told = {at: self._evidence(place, at, alike, known, partner) for at, alike in row.items()}
            gains.append(
                {
                    at: round(_SCALE * (sure + self._kept(place, at)) ** _POWER)
                    for at, sure in told.items()
                    if sure >= ALIKE and row[at] >= LEAST
                }
            )
        return assign(gains)

    def _evidence(
        self, place: int, at: int, alike: float, known: list[int | None], partner: Mapping[int, int]
    ) -> float:
        """Likeness of the words, and what the surroundings add."""
        titles = self.titles.alike(self.before[place].title, self.after[at].title)
        beside = sum(
            0 <= place + step < len(known)
            and known[place + step] is not None
            and 0 <= at + step < len(self.after)
            and partner.get(at + step) == place + step
            for step in (-1, 1)
        )
        return alike + TITLE * titles + BESIDE * beside

    def _kept(self, place: int, at: int) -> float:
        """What figures and days say for a pair; of clauses with the same words the one with the same figure is meant."""
        one, other = self.before[place], self.after[at]
        same = bool(one.targets) and _amounts(one) == _amounts(other)
        return KEPT * same + KEPT * rolled_on(one.due, other.due, self.years)

    def _parts(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """Single clauses that took over, or were taken in by, a part of a pair: by the place of the pair."""
        pairs = {place: at for place, at in enumerate(self.paired) if at is not None}
        split, merged = _Leftovers(), _Leftovers()
        for place, at in pairs.items():
            split.leave(place, self.old[place].without(self.new[at]), self.before[place].text, self.after[at].text)
            merged.leave(place, self.new[at].without(self.old[place]), self.after[at].text, self.before[place].text)
        for at, one in enumerate(self.new):
            if at not in self.partner:
                split.take(at, one, self.after[at].text, [place for place in pairs if at in self.alike[place]])
        for place, one in enumerate(self.old):
            if place not in pairs:
                homes = [self.partner[at] for at in self.alike[place] if at in self.partner]
                merged.take(place, one, self.before[place].text, homes)
        return split.taken, merged.taken

    def told(self) -> Comparison:
        """Everything in the order of the later edition."""
        placed: list[tuple[tuple[int, int, int], Change]] = []
        split_off = {at for singles in self.parts_after.values() for at in singles}
        merged = {place: home for home, singles in self.parts_before.items() for place in singles}
        for at in range(len(self.after)):
            if at in self.partner:
                placed.append(((at, 0, 0), self._pair(self.partner[at], at)))
            elif at not in split_off:
                placed.append(((at, 0, 0), self._new(at)))
        last = -1
        for place, paired in enumerate(self.paired):
            home = self.paired[merged[place]] if place in merged else paired
            if home is None:
                placed.append(((last, 1, place), self._dropped(place)))
            else:
                last = home
        return Comparison(tuple(change for _, change in sorted(placed, key=lambda one: one[0])))

    def _pair(self, place: int, at: int) -> Change:
        before, after = self.before[place], self.after[at]
        also_before = tuple(self.before[one] for one in self.parts_before.get(place, ()))
        also_after = tuple(self.after[one] for one in self.parts_after.get(place, ()))
        differ = differences([before, *also_before], [after, *also_after], self.years)
        return Change(
            Fate.CHANGED if differ else Fate.CONTINUED,
            before,
            after,
            self.alike[place][at],
            differ,
            of_words(before.text, after.text),
            also_before,
            also_after,
        )

    def _new(self, at: int) -> Change:
        place, alike = _nearest({place: row[at] for place, row in enumerate(self.alike) if at in row})
        near = self.before[place] if alike >= NEAR else None
        return Change(Fate.NEW, None, self.after[at], alike, nearest=near)

    def _dropped(self, place: int) -> Change:
        at, alike = _nearest(self.alike[place])
        near = self.after[at] if alike >= NEAR else None
        return Change(Fate.DROPPED, self.before[place], None, alike, nearest=near)


def _amounts(clause: Clause) -> list[tuple[Decimal | None, Decimal | None, str]]:
    return [(one.value, one.value_max, one.unit) for one in clause.targets]


def _nearest(told: Mapping[int, float]) -> tuple[int, float]:
    """The likest of the candidates, the first of equals, and how alike; likeness 0 when there is none."""
    return max(told.items(), key=lambda one: (one[1], -one[0]), default=(0, 0.0))


def _candidates(one: Weighed, about: int, holding: Mapping[str, list[int]]) -> set[int]:
    """Clauses of the other side that share a pair of characters; of those in very many, the nearest by place."""
    found: set[int] = set()
    for feature in one.heavy or one.bag:
        places = holding.get(feature, [])
        if len(places) > _COMMON:
            middle = bisect_left(places, about)
            first = max(0, min(middle - _COMMON // 2, len(places) - _COMMON))
            places = places[first : first + _COMMON]
        found.update(places)
    return found


class _Leftovers:
    """What each pair leaves of its longer clause, and which single clauses are found in it."""

    def __init__(self) -> None:
        self.taken: dict[int, list[int]] = defaultdict(list)
        self._words: dict[int, Weighed] = {}
        self._parts: dict[int, frozenset[str]] = {}

    def leave(self, pair: int, words: Weighed, text: str, partner: str) -> None:
        self._words[pair] = words
        self._parts[pair] = parts(text) - parts(partner)

    def take(self, single: int, one: Weighed, text: str, pairs: Sequence[int]) -> None:
        """Give a single clause to the pair whose leftover holds most of it, if any holds enough or a part of it whole."""
        told = {pair: one.shared(self._words[pair]) / one.total for pair in pairs if one.total}
        whole = [pair for pair in told if not self._parts[pair].isdisjoint(parts(text))]
        pair, share = _nearest({pair: told[pair] for pair in whole} or told)
        if whole or share >= TAKEN_IN:
            self.taken[pair].append(single)
            self._words[pair] = self._words[pair].without(one)


class _Titles:
    """How alike titles of points are; each two are compared once."""

    def __init__(self, titles: Iterable[str]) -> None:
        self._weights = Weights(titles)
        self._known: dict[tuple[str, str], float] = {}

    def alike(self, one: str, other: str) -> float:
        """0 to 1; 0 when a clause stands under no title."""
        if not one or not other:
            return 0.0
        if one == other:
            return 1.0
        if (one, other) not in self._known:
            self._known[one, other] = self._weights.alike(one, other)
        return self._known[one, other]
