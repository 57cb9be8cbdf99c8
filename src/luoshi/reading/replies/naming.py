"""Which item a stretch means: by the number it prints, else by its words."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from luoshi.reading.grammar.numerals import level, value
from luoshi.reading.replies.choosing import measures
from luoshi.reading.replies.likeness import Likeness, grams
from luoshi.reading.replies.reply import Candidate, Wanted
from luoshi.reading.replies.roles import Number

_PAPER = re.compile(r"(?<!\d)(?:19|20)\d\d-\d{1,3}-\d{1,3}(?!\d)")
_DOTTED = re.compile(
    r"(?<![\d.])\d{1,3}[.．]\d{1,3}(?![\d.%]|[万亿]?[\u4e00-\u9fff]{0,2}?(?:个百分点|[%元人所个名万亿平次月]))"
)
_SPOKEN = re.compile(
    r"第?(?P<point>\d{1,3}|[一二三四五六七八九十]{1,3})条(?:第?(?P<item>\d{1,3}|[一二三四五六七八九十]{1,3})[项款点])?"
)
_FIRST = re.compile(r"(?<=[^\s\d.])[，,。；;：:\s]")
_HEAD = 24
"""Characters at the head of a stretch in which a number names its item."""
FAIR, WEAK = 0.42, 0.24
"""Scores from which an item is taken, and from which it is at least thought of."""
MARGIN = 0.84
"""The second best must stay below this share of the best."""
_ORDINAL = re.compile(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[.．、)）]\s*(?=\S)")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NAME = 3
"""Characters from which some words name anything."""
_ALIKE = 0.34
"""Share of a task's characters that the item of its number must have."""
_NAMED = 0.5
"""So much of what is named stands in the item's title before another title with as much of it is asked about."""
_AWAY = 0.72
"""What an item of another section weighs."""
_BESIDE = 0.07
"""What it adds to stand in the same point as what was found beside it."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a stretch was found to mean."""

    at: int | None
    """Place of the item among the wanted; None for none."""
    sure: bool
    score: float
    candidates: tuple[Candidate, ...]
    why: str = ""
    """What has to be asked; empty when nothing."""


class Naming:
    """The wanted items by number and by words, for one sender."""

    def __init__(self, wanted: Sequence[Wanted], sender: str) -> None:
        self.wanted = wanted
        self.by_id = {one.id: one for one in wanted}
        self.likeness = Likeness(wanted)
        self.office = office_of(sender, {one.office for one in wanted if one.office})
        divisions = {name for one in wanted for name in one.divisions}
        self.division = next((name for name in sorted(divisions) if sender.startswith(name)), "")
        self._numbers = {_plain(one.number): at for at, one in enumerate(wanted)}
        self._papers = {_paper(one.paper_number): at for at, one in enumerate(wanted) if one.paper_number}

    def home(self, at: int) -> float:
        """What an item weighs for this sender."""
        one = self.wanted[at]
        if self.division:
            return 1.0 if not one.divisions or self.division in one.divisions else _AWAY
        return 1.0 if not self.office or not one.office or one.office == self.office else _AWAY

    def is_away(self, at: int) -> bool:
        """Whether an item belongs to another section than the one that sends."""
        return self.home(at) < 1.0

    def printed(self, number: str, words: str) -> tuple[list[int], bool]:
        """Items that a stretch names by number, and whether it is the item's own number and not only its point's."""
        for text, alone in ((number, True), (words[:_HEAD], False)):
            flat = level(text).replace("—", "-").replace("－", "-")
            found = _PAPER.search(flat)
            if found:
                at = self._papers.get(_paper(found[0]))
                return ([at] if at is not None else []), True
            spoken = _SPOKEN.search(flat)
            if spoken:
                point = str(int(value(spoken["point"])))
                if spoken["item"]:
                    at = self._numbers.get(f"{point}.{int(value(spoken['item']))}")
                    return ([at] if at is not None else []), True
                return self.of_point(point), False
            dotted = _DOTTED.search(flat)
            if dotted and (alone or dotted.start() <= 6):  # noqa: PLR2004 (第, 任务, 【)
                at = self._numbers.get(_plain(dotted[0]))
                if at is not None:
                    return [at], True
        at = self._numbers.get(_plain(number)) if "." in number else None
        return ([at] if at is not None else []), True

    def of_point(self, point: str) -> list[int]:
        """The items of a point."""
        return [at for at, one in enumerate(self.wanted) if one.number.partition(".")[0] == point]

    def scores(
        self, title: str, words: str, numbers: Iterable[Number] = (), beside: Iterable[str] = ()
    ) -> dict[int, float]:
        """By the item's place, how likely a stretch means it, 0 to 1.

        Args:
            title: the task as the reply names it; empty when only the words name it.
            words: the progress text.
            numbers: the numbers of all of it.
            beside: points of the items found next to it.
        """
        named, told = grams(title), grams(words)
        heads = named or grams(_FIRST.split(words.strip()[:60], maxsplit=1)[0]) or told
        both = named + told
        shared, mass = self.likeness.shared(both), self.likeness.mass(both)
        own, own_mass = (self.likeness.shared(named), self.likeness.mass(named)) if named else (shared, mass)
        best = sorted(shared, key=lambda at: -shared[at])[:60]
        units = list(numbers)
        points = set(beside)
        found = {}
        for at in best:
            like = 0.4 * self.likeness.coverage(at, both) + 0.35 * max(
                self.likeness.cosine(at, own.get(at, 0.0), own_mass), self.likeness.cosine(at, shared[at], mass)
            )
            like += 0.25 * self.likeness.inside(at, heads)
            like += self._by_numbers(at, units)
            like += _BESIDE * (self.wanted[at].number.partition(".")[0] in points) * (like > WEAK)
            found[at] = max(0.0, min(1.0, like)) * self.home(at)
        return found

    def _by_numbers(self, at: int, numbers: Sequence[Number]) -> float:
        """What the numbers say for an item: its target printed, or at least its unit."""
        targets = [one for one in self.wanted[at].targets if one.value is not None]
        if not targets or not numbers:
            return -0.03 if any(one.unit for one in numbers) else 0.0
        if any(one.value == target.value and one.unit == target.unit for one in numbers for target in targets[:4]):
            return 0.12
        fits = any(measures(one.unit, target.unit) >= 0.5 for one in numbers for target in targets[:4])  # noqa: PLR2004
        return 0.05 if fits else -0.06

    def decide(self, scores: Mapping[int, float], printed: Sequence[int], *, exact: bool) -> Named:
        """The item that is meant, from its number and its words."""
        order = sorted(scores, key=lambda at: (-scores[at], at))
        if printed and exact:
            return self._by_number(printed[0], scores, order)
        if printed:
            inside = [at for at in order if at in set(printed)] or list(printed)
            if len(printed) == 1 or scores.get(inside[0], 0.0) >= WEAK:
                order = inside
        return self._by_words(scores, order, limited=bool(printed))

    def _by_number(self, at: int, scores: Mapping[int, float], order: Sequence[int]) -> Named:
        own, best = scores.get(at, 0.0), order[0] if order else at
        rest = [at, *(one for one in order if one != at)]
        if best == at or scores[best] < FAIR or own >= 0.75 * scores[best]:
            return Named(at, True, max(own, 0.9), self.listed(rest, scores))
        why = (
            f"编号是 {self.wanted[at].number}，文字说的像是 {self.wanted[best].number}“{self.wanted[best].title[:24]}”"
        )
        return Named(best, False, scores[best], self.listed([best, at, *rest], scores), why)

    def _by_words(self, scores: Mapping[int, float], order: Sequence[int], *, limited: bool) -> Named:
        if not order or scores.get(order[0], 0.0) < WEAK:
            return Named(None, False, 0.0, self.listed(order, scores), "找不到对应的督查事项")
        best = scores[order[0]]
        second = scores.get(order[1], 0.0) if len(order) > 1 else 0.0
        needed = WEAK if limited else FAIR
        if best >= needed and second <= MARGIN * best:
            return Named(order[0], True, best, self.listed(order, scores))
        names = "、".join(f"{self.wanted[at].number}“{self.wanted[at].title[:16]}”" for at in order[:2])
        why = f"像是 {names}" if best < needed else f"有几项相像：{names}"
        return Named(order[0], False, best, self.listed(order, scores), why)

    def says_only(self, at: int, words: str) -> bool:
        """Whether some words are nothing but a piece of the item's own text."""
        said = _flat(_ORDINAL.sub("", words))
        return len(said) >= _NAME and any(
            said in _flat(text) for text in (self.wanted[at].title, self.wanted[at].clause)
        )

    def strange(self, at: int, title: str) -> str:
        """What to ask when a row prints the number of an item and a task that has hardly a character of it; else ""."""
        one, said = self.wanted[at], set(_HAN.findall(title))
        held = said & set(f"{one.title}{one.clause}{''.join(target.subject for target in one.targets)}")
        if len(said) < _NAME or len(held) >= _ALIKE * len(said):
            return ""
        return f"编号是 {one.number}“{one.title[:24]}”，写的任务是“{title[:24]}”"

    def told_apart(self, named: Named, head: str, numbers: Sequence[Number]) -> str:
        """What to ask when all that a stretch names stands in another item's title too; "" when one alone has it."""
        said = grams(head)
        if named.at is None or len(said) < _NAME:
            return ""
        own = self.likeness.titled(named.at, said)
        if own < _NAMED or self._target_printed(named.at, {(one.value, one.unit) for one in numbers}):
            return ""
        for at in self.likeness.shared(said):
            if at != named.at and self.likeness.titled(at, said) >= own and self.home(at) >= self.home(named.at):
                rival = self.wanted[at]
                return f"{self.wanted[named.at].number} 和 {rival.number}“{rival.title[:16]}”都有这几个字"
        return ""

    def _target_printed(self, at: int, values: Collection[tuple[object, str]]) -> bool:
        return any((target.value, target.unit) in values for target in self.wanted[at].targets)

    def listed(self, order: Sequence[int], scores: Mapping[int, float]) -> tuple[Candidate, ...]:
        """The best three as they are shown."""
        told = list(dict.fromkeys(order))[:3]
        return tuple(Candidate(self.wanted[at].id, round(scores.get(at, 0.0), 3)) for at in told)


def office_of(sender: str, offices: Iterable[str]) -> str:
    """The section a sender names, in full or shortened (学前科 for 学前教育科); "" when none or several fit."""
    said = re.sub(r"^.*?教育(?:体育)?局(?=.)|[（(].*?[）)]", "", sender).strip()
    if not said:
        return ""
    names = {re.sub(r"[（(].*?[）)]", "", one): one for one in offices}
    if said in names:
        return names[said]
    inside = [full for short, full in names.items() if short in said]
    if len(inside) == 1:
        return inside[0]
    if len(said) < 3:  # noqa: PLR2004 (科, 人事)
        return ""
    fits = [full for short, full in names.items() if short[-1:] == said[-1:] and _is_shortened(said, short)]
    return fits[0] if len(fits) == 1 else ""


def _is_shortened(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def _flat(words: str) -> str:
    return re.sub(r"[^0-9a-z\u3400-\u9fff]", "", level(words).lower())


def _plain(number: str) -> str:
    return level(number).strip().replace("．", ".").strip("、 ")


def _paper(number: str) -> str:
    return "-".join(str(int(part)) if part.isdigit() else part for part in number.split("-"))
