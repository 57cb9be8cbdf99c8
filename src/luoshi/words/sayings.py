"""Sentences that were made in Chinese, told in another language: a table of templates with slots, looked up by what is fixed in them.

Engines make their findings in Chinese and know no other language; findings are kept, and are read by somebody else later. So the
sentence is not translated where it is made but where it is shown, by the template it was made from.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add

HAN = re.compile(r"[\u3400-\u9fff]")
_SLOT = re.compile(r"\{(\d*)\}")
_STRONG = 2
"""So many Chinese characters in what is fixed make a template that may be trusted with a slot it cannot tell in full."""
_DEEPEST = 3
"""A sentence may stand in a slot of a sentence; a finding on one line is the deepest that is made."""
_SPACES = re.compile(r"([ \u3000]+)")
_MARKS = {"、": ", ", "，": ", ", "；": "; ", "：": ": ", "。": ". ", "（": " (", "）": ") "}
_MARKED = re.compile("([" + "".join(_MARKS) + r" \u3000])(?![^()]*\))")
_NUMBER = re.compile("[0-9]+")
_FIRST, _STANDINS = 0xE000, 200
_STANDIN = re.compile("[\ue000-\ue0c7]")
"""Signs of nobody's alphabet that stand for the numbers of a text while it is looked up."""
_JOINED = 5
"""So many parts of a list may be one sentence with marks of its own."""
_LONGEST = 2000
"""Characters; no sentence of the house is longer, and what is longer was typed by somebody."""


def _pieces(template: str) -> list[str]:
    """What is fixed and the numbers of slots, by turns, beginning and ending with what is fixed; braces doubled stand for braces."""
    guarded = template.replace("{{", "\0").replace("}}", "\1")
    return [one.replace("\0", "{").replace("\1", "}") for one in _SLOT.split(guarded)]


def slots_of(template: str) -> list[int]:
    """The numbers of its slots in order, from 1: as written, or counted where they are not numbered."""
    return [int(number or at) for at, number in enumerate(_pieces(template)[1::2], start=1)]


def filled(template: str, values: Sequence[str]) -> str:
    """A template with values in its slots."""
    fixed = _pieces(template)[::2]
    told = [values[number - 1] for number in slots_of(template)]
    return "".join(one for pair in zip(fixed, [*told, ""], strict=True) for one in pair)


@dataclass(frozen=True, slots=True)
class Template:
    """One sentence as it is made and as it is told."""

    fixed: tuple[str, ...]
    """Between the slots of the Chinese one."""
    other: str
    """The other language's, made for `str.format` with its slots numbered from 0."""
    weight: int
    """Characters that are fixed."""
    strong: bool
    """Whether enough of it is Chinese and fixed."""

    @property
    def frames(self) -> bool:
        """Whether it is a sentence with something behind it in brackets."""
        return not self.fixed[0] and self.fixed[-1].endswith("）")

    def frames_one_of(self, values: Iterable[str]) -> bool:
        """Whether all that is fixed of it stands in one slot of another reading, which then is what it frames."""
        return self.frames and any(self.values(value) is not None for value in values)

    def values(self, text: str) -> list[str] | None:
        """What stands in its slots in a text; None when the text is not made from it.

        What is fixed is looked for from the left, each once: as long as the text at most, whatever somebody typed into a slot.
        """
        first, *middle, last = self.fixed
        at, end = len(first), len(text) - len(last)
        if at > end or not text.startswith(first) or not text.endswith(last):
            return None
        told = []
        for one in middle:
            found = text.find(one, at, end)
            if found < 0:
                return None
            told.append(text[at:found])
            at = found + len(one)
        return [*told, text[at:end]]


def _template(chinese: str, other: str) -> Template:
    fixed = tuple(_pieces(chinese)[::2])
    han = len(HAN.findall("".join(fixed)))
    counted = _SLOT.sub(lambda slot: f"{{{int(slot[1]) - 1}}}", other)
    return Template(fixed, counted, sum(map(len, fixed)), han >= _STRONG)


def _numbers(fixed: Iterable[str]) -> dict[str, set[str]]:
    """Numbers in what is fixed, each with what stands around it there: a character before and one behind, where there are."""
    told = dict[str, set[str]]()
    for words in fixed:
        for one in _NUMBER.finditer(words):
            told.setdefault(one[0], set()).add(words[max(one.start() - 1, 0) : one.end() + 1])
    return told


def _grams(fixed: Iterable[str]) -> Iterator[str]:
    for one in fixed:
        yield from (one[at : at + 2] for at in range(len(one) - 1))


class Sayings:
    """A table of sentences in two languages."""

    def __init__(self, rows: Iterable[tuple[str, str]], words: Callable[[str], str] = str) -> None:
        """Index the rows.

        Args:
            rows: Chinese template with `{}` for each slot, the other one with its slots numbered from 1.
            words: what else is known by itself, such as labels that have their own translations; what it does not know it gives back.
        """
        table = list(rows)
        self._exact = {filled(one, ()): filled(other, ()) for one, other in table if not slots_of(one)}
        self._words = words
        templates = [_template(one, other) for one, other in table if slots_of(one)]
        self._by_gram, self._by_sign = _indexed(templates)
        self._grams, self._signs = frozenset(self._by_gram), frozenset(self._by_sign)
        self._opening = {one.fixed[0][:1] for one in templates} & _MARKS.keys()
        self._named = _numbers(words for one, _ in table for words in _pieces(one)[::2])
        self._known = lru_cache(maxsize=16384)(self._look_up)
        self._shaped = lru_cache(maxsize=8192)(self._shape)
        self.told = lru_cache(maxsize=8192)(self._told)
        """A text in the other language; a text that is not made from any row is given back as it is."""

    def _told(self, text: str) -> str:
        if (found := self._exact.get(text)) is not None:
            return found
        if len(text) > _LONGEST or not HAN.search(text):
            return text
        if "\n" in text:
            return "\n".join(map(self.told, text.split("\n")))
        # Sentences about a hundred rows differ in their numbers only, and numbers that no sentence names stand in slots: one of
        # them is looked up for all.
        numbers, named = list[str](), self._named

        def sign(one: re.Match[str]) -> str:
            number = one[0]
            if number in named:
                start, end = one.span()
                around = {
                    text[max(start - 1, 0) : end + 1],
                    number + text[end : end + 1],
                    text[max(start - 1, 0) : end],
                }
                if not named[number].isdisjoint(around):
                    return number
            numbers.append(number)
            return chr(_FIRST + len(numbers) - 1)

        shape = text if _STANDIN.search(text) else _NUMBER.sub(sign, text)
        if not numbers or len(numbers) > _STANDINS:
            return self._shaped(text)
        return _STANDIN.sub(lambda one: numbers[ord(one[0]) - _FIRST], self._shaped(shape))

    def _shape(self, text: str) -> str:
        """A text, perhaps with signs that stand for numbers, as far as it is known."""
        known = self._known(text, 0)
        return known[0] if known is not None else self._placed(text) or text

    def _placed(self, text: str) -> str:
        """A name and a place in it, with a space between: the name is whose it is, the place is ours. Empty where it is none."""
        for space in _SPACES.finditer(text):
            name, place = text[: space.start()], text[space.end() :]
            known = self._known(place, 1) if len(HAN.findall(place)) >= _STRONG else None
            if known is not None and not known[1]:
                return self._slot(name, 1)[0] + space[0] + known[0]
        return ""

    def _look_up(self, text: str, depth: int) -> tuple[str, int] | None:
        """A text in the other language and how many of its characters stay Chinese; None when nothing is known of it."""
        if (found := self._exact.get(text)) is not None:
            return found, 0
        if text and (word := self._words(text)) != text:
            return word, 0
        if depth > _DEEPEST:
            return None
        best = self._made(text, depth)
        if best and not best[1]:
            return best
        listed = self._listed(text, depth)
        return listed if listed and (best is None or listed[1] < best[1]) else best

    def _made(self, text: str, depth: int) -> tuple[str, int] | None:
        """The same of a text that was made from a template: of several readings the one that leaves least Chinese."""
        best: tuple[str, int] | None = None
        held: list[str] = []
        for one in self._candidates(text):
            if best and not best[1] and not one.frames:
                continue
            values = one.values(text)
            if values is None:
                continue
            slots = [self._slot(value, depth + 1) for value in values]
            left = sum(stays for _, stays in slots)
            if not one.strong and left:
                continue
            if best is None or left < best[1] or (left == best[1] and one.frames_one_of(held)):
                best, held = (one.other.format(*(told for told, _ in slots)), left), values
        return best

    def _slot(self, value: str, depth: int) -> tuple[str, int]:
        stays = len(HAN.findall(value))
        return (stays and self._known(value, depth)) or (value, stays)

    def _listed(self, text: str, depth: int) -> tuple[str, int] | None:
        """A list or a text in brackets, where every part of it is known; None where anything else stays Chinese."""
        parts = [one for one in _MARKED.split(text) if one]
        if len(parts) == 1:
            return None
        told, at, left, labelled = list[str](), 0, 0, False
        while at < len(parts):
            words, taken = self._part(parts, at, depth)
            if not taken:
                # What stands behind a label and a space is the value of it, and whose it is.
                if not labelled:
                    return None
                left += len(HAN.findall(words))
            labelled = (
                parts[at] == " " and at > 0 and HAN.search(parts[at - 1]) is not None and not HAN.search(told[-1])
            )
            told.append(words)
            at += taken or 1
        return re.sub(r" ([,;:.)])", r"\1", re.sub(r" {2,}", " ", "".join(told))).strip(), left

    def _part(self, parts: Sequence[str], at: int, depth: int) -> tuple[str, int]:
        """What the parts from here on say, and how many of them say it; none where it is not known."""
        for end in range(min(len(parts), at + _JOINED), at + 1, -1):
            if (found := self._exact.get("".join(parts[at:end]))) is not None:
                return found, end - at
        if (mark := _MARKS.get(parts[at])) is not None:
            behind = self._made("".join(parts[at : at + 2]), depth + 1) if parts[at] in self._opening else None
            return (behind[0], 2) if behind and not behind[1] else (mark, 1)
        told, left = self._slot(parts[at], depth + 1)
        return told, int(not left)

    def _candidates(self, text: str) -> list[Template]:
        """Templates that may have made a text, those with most that is fixed first."""
        grams = {*map(add, text, text[1:])} & self._grams
        found = [one for gram in grams for one in self._by_gram[gram]]
        if signs := self._signs.intersection(text):
            found += [one for sign in signs for one in self._by_sign[sign]]
        if len(found) > 1:
            found.sort(key=_heaviest)
        return found


def _heaviest(one: Template) -> tuple[int, int, tuple[str, ...]]:
    return -one.weight, len(one.fixed), one.fixed


def _indexed(templates: Sequence[Template]) -> tuple[dict[str, list[Template]], dict[str, list[Template]]]:
    """Each template under the two characters of it that fewest others have; under one where it has no two side by side."""
    often = Counter(gram for one in templates for gram in set(_grams(one.fixed)))
    by_gram, by_sign = dict[str, list[Template]](), dict[str, list[Template]]()
    for one in templates:
        grams = list(_grams(one.fixed))
        if grams:
            by_gram.setdefault(min(grams, key=lambda gram: often[gram]), []).append(one)
        elif any(one.fixed):
            by_sign.setdefault(max(one.fixed), []).append(one)
    return by_gram, by_sign
