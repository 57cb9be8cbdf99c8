"""Targets of one sentence: what is promised, how much, by when."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from luoshi.reading.grammar.amounts import Quantity, find_quantities
from luoshi.reading.grammar.comparing import comparator
from luoshi.reading.grammar.conditions import describes
from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.counting import counts, unit
from luoshi.reading.grammar.deadlines import Day, find_days
from luoshi.reading.grammar.implied import Implied, find_implied
from luoshi.reading.grammar.past import is_past
from luoshi.reading.grammar.respectively import paired_days
from luoshi.reading.grammar.rows import find_figures
from luoshi.reading.grammar.strength import strength
from luoshi.reading.grammar.subjects import subject
from luoshi.reading.grammar.surroundings import Surroundings
from luoshi.spine import Comparator, Target

_RESPECTIVELY = "分别"
_NEXT_IN_LIST = re.compile(r"(?:以[上内下]|左右)?(?:[、和及与,，]|以及)(?:和|及)? ?")
_FINISHED = re.compile(
    r"(?:之?前|以前)?(?:全部|全面|基本|确保|建成|力争)*(?:完成|完工|建成|竣工|投入使用|投用|交付|投产|启用|开学|落实到位|到位|见效|结束|通车|开园|招生)[^，,。；;\d]{0,6}$"
)
_WIDEST = 60
"""An explicit target's span; a longer one is no number any more."""


def find_targets(text: str, start: int, end: int, context: Context) -> list[Target]:
    """The targets of text[start:end], one sentence of the whole text, with offsets into the text."""
    if context.review:
        return []
    told = _Told(text[start:end], context)
    explicit = list(told.rows()) or list(told.explicit())
    implied = list(told.implied([target.start for target in explicit]))
    found = sorted([*explicit, *implied], key=lambda target: target.start)
    return [replace(target, start=target.start + start, end=target.end + start) for target in found]


def _told_in_order(days: list[Day]) -> list[Day]:
    """The days, those that borrow their year lying in the past where the last year named does."""
    told: list[Day] = []
    for day in days:
        borrowed = day.borrowed and bool(told) and told[-1].past
        told.append(replace(day, past=True) if borrowed else day)
    return told


class _Told:
    """One sentence with its clauses and its days; offsets are into the sentence."""

    def __init__(self, sentence: str, context: Context) -> None:
        self.sentence = sentence
        self.context = context
        self.around = Surroundings(sentence)
        self.days = list(find_days(sentence, context))
        self.governing = _told_in_order([day for day in self.days if not day.compared])
        self._starts = [day.start for day in self.governing]
        self._taken = [day.start for day in self.days]
        self.paired: Mapping[int, Day] = {}

    def explicit(self) -> Iterator[Target]:
        """Targets whose number is written."""
        promised = [quantity for quantity in find_quantities(self.sentence) if self._promised(quantity)]
        self.paired = paired_days(self.around, self.governing, promised)
        for quantity, compared in zip(promised, self._compared(promised), strict=True):
            yield self._target(quantity, compared)

    def rows(self) -> Iterator[Target]:
        """Targets of a table row."""
        day = next((day for day in self.governing if not day.past), None)
        for figure in find_figures(self.sentence):
            deadline = day.day if day else None
            yield Target(
                comparator=figure.comparator,
                value=figure.value,
                unit=figure.unit,
                start=figure.start,
                end=figure.end,
                deadline=deadline,
                due=deadline or self.context.heading or self.context.until,
                subject=figure.subject,
            )

    def implied(self, taken: list[int]) -> Iterator[Target]:
        """Targets without a number, where the clause promises none already."""
        for found in find_implied(self.sentence, self.days):
            begun, until = self.around.member(found.start)
            at = bisect_left(taken, begun)
            if (at < len(taken) and taken[at] < until) or self._is_past(found.start):
                continue
            yield self._implied(found)

    def _promised(self, quantity: Quantity) -> bool:
        if quantity.end - quantity.start > _WIDEST or self._in_a_day(quantity):
            return False
        before, after = self.around.before(quantity.start), self.around.after(quantity.end)
        if not counts(quantity, before, after):
            return False
        if describes(quantity, before, after, self.around.wider(quantity.start), self.around.beyond(quantity.end)):
            return False
        return not self._is_past(quantity.start)

    def _in_a_day(self, quantity: Quantity) -> bool:
        """Whether the number is part of a date."""
        at = bisect_right(self._taken, quantity.start) - 1
        behind = at + 1
        if at >= 0 and self.days[at].end > quantity.start:
            return True
        return behind < len(self.days) and self.days[behind].start < quantity.end

    def _compared(self, promised: list[Quantity]) -> list[Comparator]:
        """Each number's own comparator; inside a list (达到90%、95%, 增长8%和9%以上) that of the first or the last."""
        flat = self.around.flat
        own = [comparator(one, self.around.before(one.start), self.around.after(one.end)) for one in promised]
        for at in range(1, len(promised)):
            if own[at] is Comparator.EXACTLY and self._goes_on(promised[at - 1], promised[at]):
                own[at] = own[at - 1]
        for at in range(len(promised) - 1, 0, -1):
            listed = _NEXT_IN_LIST.fullmatch(flat[promised[at - 1].end : promised[at].start])
            if listed and own[at - 1] is Comparator.EXACTLY and _RESPECTIVELY in self.around.before(promised[at].start):
                own[at - 1] = own[at]
        return own

    def _goes_on(self, last: Quantity, one: Quantity) -> bool:
        """Whether a number only continues the list of the one before; across a comma only after 分别."""
        between = self.around.flat[last.end : one.start]
        if not _NEXT_IN_LIST.fullmatch(between):
            return False
        return not re.search("[，,]", between) or _RESPECTIVELY in self.around.before(last.start)

    def _is_past(self, place: int) -> bool:
        """Whether the last time named before a place, however far back in the sentence, lies before the plan."""
        at = bisect_left(self._starts, place)
        day = self.governing[at - 1] if at else self._governs(place)
        return (day is not None and day.past) or is_past(self.around.words(place))

    def _governs(self, place: int) -> Day | None:
        """The last day named before a place in its segment, else the first one after it in its clause."""
        if place in self.paired:
            return self.paired[place]
        at = bisect_left(self._starts, place)
        begun, _ = self.around.segment(place)
        if at > 0 and self._starts[at - 1] >= begun:
            return self.governing[at - 1]
        _, until = self.around.clause(place)
        if at < len(self.governing) and self._starts[at] < until:
            return self.governing[at]
        return self._finished_by(at, until)

    def _finished_by(self, at: int, until: int) -> Day | None:
        """The day of the next clause, when that only says by when (…所分园,8月底前投入使用)."""
        if at >= len(self.governing) or self._starts[at] - until > 2:  # noqa: PLR2004
            return None
        day = self.governing[at]
        rest = self.around.flat[day.end : self.around.clause(day.end)[1]] if day.end < len(self.around.flat) else ""
        return day if _FINISHED.match(rest) else None

    def _due(self, place: int, deadline: date | None) -> date | None:
        """That day, else the one at the head of the sentence, the heading's, the plan's last."""
        if deadline:
            return deadline
        head = self.governing[0] if self.governing and self.governing[0].start < place else None
        inherited = head.day if head and not head.past and not self.sentence[: head.start].strip("到至在") else None
        return inherited or self.context.heading or self.context.until

    def _target(self, quantity: Quantity, compared: Comparator) -> Target:
        day = self._governs(quantity.start)
        deadline = day.day if day else None
        return Target(
            comparator=compared,
            value=quantity.value,
            value_max=quantity.value_max,
            unit=unit(quantity, self.around.before(quantity.start), self.around.after(quantity.end)),
            start=quantity.start,
            end=quantity.end,
            deadline=deadline,
            due=self._due(quantity.start, deadline),
            strength=strength(self.around.words(quantity.start)),
            subject=subject(self.sentence, quantity.start, quantity.end),
        )

    def _implied(self, found: Implied) -> Target:
        day = self._governs(found.start)
        deadline = day.day if day else None
        return Target(
            comparator=found.comparator,
            value={Comparator.ALL: Decimal(100), Comparator.NONE: Decimal(0)}.get(found.comparator, found.value),
            unit=found.unit,
            start=found.start,
            end=found.end,
            deadline=deadline,
            due=self._due(found.start, deadline),
            implicit=True,
            strength=strength(self.around.words(found.start)),
            subject=found.subject[:60],
        )
