"""What runs for each mechanism of a plan: declared indicators, a line of the ledger, or nothing yet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.plans.models import Mechanism, Point
from luoshi.declared import INDICATORS

HOUSE = {"M31.1": ("board", "督查台账")}
"""Mechanisms that a room of the house itself runs."""


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
    """Every mechanism with its indicators (by their `answers`) and the commitments whose quote shares its phrases."""
    spans = {point.number: (point.start, point.end) for point in points}
    quotes = [(quote.start, quote.end, row) for row in rows for quote in row.quotes.all()]
    return [_answer(one, text, spans.get(one.point, (0, 0)), quotes) for one in listed]


def _answer(one: Mechanism, text: str, span: tuple[int, int], quotes: Sequence[tuple[int, int, Commitment]]) -> Answer:
    declared = [indicator for indicator in INDICATORS if indicator.answers == one.key]
    found: dict[int, Commitment] = {}
    for phrase in one.phrases:
        at = text.find(phrase, *span)
        if at >= 0:
            found.update({row.pk: row for start, end, row in quotes if at < end and start < at + len(phrase)})
    bound = {target.indicator for row in found.values() for target in row.targets.all()}
    links = [Link(reverse("item", args=[pk]), f"{row.number} {row.title[:24]}") for pk, row in sorted(found.items())]
    runs = [Link(reverse("figures"), f"指标：{indicator.label}") for indicator in declared]
    if one.key in HOUSE:
        runs.insert(0, Link(reverse(HOUSE[one.key][0]), HOUSE[one.key][1]))
    if runs or bound - {""}:
        return Answer(one, "done", (*runs, *links))
    return Answer(one, "standing" if links else "unknown", tuple(links))
