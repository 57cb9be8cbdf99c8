"""What runs for each mechanism of a plan, with the links that lead there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.urls import reverse

import luoshi.declared.procedures
import luoshi.declared.trainings
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Mechanism, Point
from luoshi.declared import INDICATORS, ROOMS, TRAINED, WALKED
from luoshi.handling.gathering import answering
from luoshi.learning import declaring
from luoshi.reading import answering as rule
from luoshi.reading import city as folders

MARKS = {rule.Carried.RUNS: "done", rule.Carried.LINE: "standing", rule.Carried.NOT_YET: "unknown"}
"""How each is drawn: the stylesheet's name of the mark."""


class Link(NamedTuple):
    """Where something runs."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One mechanism with what runs for it."""

    mechanism: Mechanism
    mark: str
    """done: something runs; standing: a line of the ledger only; unknown: not yet."""
    links: tuple[Link, ...]


def answered(
    listed: Sequence[Mechanism], text: str, points: Iterable[Point], rows: Sequence[Commitment]
) -> list[Answer]:
    """Every mechanism with what answers for it among the confirmed commitments."""
    spans = {point.number: (point.start, point.end) for point in points}
    lines = [line for row in rows for line in _lines(row)]
    rooms = (*ROOMS, *_procedures(), *_trainings())
    return [_answer(one, rule.answer(_folded(one), text, spans, lines, INDICATORS, rooms)) for one in listed]


@cache
def _procedures() -> list[rule.Room]:
    told = answering(luoshi.declared.procedures)
    return [rule.Room(one, "procedure", label, WALKED, key) for one, key, label in told]


@cache
def _trainings() -> list[rule.Room]:
    told = declaring.answering(luoshi.declared.trainings)
    return [rule.Room(one, "training", label, TRAINED, key) for one, key, label in told]


def _lines(row: Commitment) -> list[rule.Line]:
    bound = frozenset(target.indicator for target in row.targets.all() if target.indicator)
    return [rule.Line(row.pk, row.number, row.title, one.start, one.end, bound) for one in row.quotes.all()]


def _folded(one: Mechanism) -> folders.Mechanism:
    return folders.Mechanism(one.key, one.point, one.name, one.name_en, tuple(one.phrases), one.pattern, one.also)


def _answer(mechanism: Mechanism, told: rule.Answer) -> Answer:
    rooms = [Link(reverse(room.page, args=[room.part] if room.part else None), room.label) for room in told.rooms]
    judged = [Link(reverse("figures"), f"指标：{indicator.label}") for indicator in told.indicators]
    rows = {line.key: line for line in told.lines}
    lines = [Link(reverse("item", args=[pk]), f"{row.number} {row.title[:24]}") for pk, row in sorted(rows.items())]
    return Answer(mechanism, MARKS[told.carried], (*rooms, *judged, *lines))
