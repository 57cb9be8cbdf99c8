"""What may be told the public of a plan on a day, and the public texts kept so far."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.bureau.indicators.queries import least_told
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.queries import Item
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.spine import Measurement
from luoshi.tracking import showing
from luoshi.words.provenance import digest

_WHY = {
    "draft": "任务分解表尚未印发",
    "audience": "知悉范围不是公开",
    "unverified": "没有核定意见，也没有公开发布的数",
}


@dataclass(frozen=True, slots=True)
class Composed:
    """A public text before it is kept."""

    sections: list[dict[str, object]]
    """Heading and lines; a line holds number, title, target, state, figure and source, and nothing else."""
    left_out: list[list[str]]
    """Number, title and why, of every item that is not told."""


def compose(city: City, edition: Edition, on: date) -> Composed:
    """What is issued, public and verified, or has a published figure. No note, no contact, no school's own line enters."""
    least = least_told(city.pk, on)
    sections: dict[str, list[dict[str, str]]] = {}
    left_out: list[list[str]] = []
    for item in ledger.items(city, edition, on):
        why = _why_not(item)
        if why:
            left_out.append([item.row.number, item.row.title, _WHY[why]])
            continue
        heading = (item.row.point.section_title if item.row.point else "") or edition.title
        sections.setdefault(heading, []).append(_line(item, least))
    return Composed([{"heading": heading, "lines": lines} for heading, lines in sections.items()], left_out)


def _why_not(item: Item) -> str:
    if item.row.breakdown.stage != "issued":
        return "draft"
    if item.row.audience != "public":
        return "audience"
    return "" if item.row.judged or any(one.status.measurement for one in item.stood) else "unverified"


_PERSONS = frozenset({"人", "名", "人次"})


def _told(one: Measurement, least: Decimal) -> str:
    """A figure as the public reads it: a count of so few people that they might be known is not told."""
    from luoshi.declared.measures.sensitive import SENSITIVE  # noqa: PLC0415 -- only who drafts waits for the engines
    from luoshi.measuring.guaranteeing import withheld  # noqa: PLC0415
    from luoshi.publishing.opening.withholding import WITHHELD  # noqa: PLC0415

    few = one.unit in _PERSONS and 0 < one.value < least
    if one.indicator in SENSITIVE and withheld(one.numerator, one.denominator, least):
        return WITHHELD  # a rate of so few tells of them as well as their count
    return f"不足 {showing.value_with_unit(least, one.unit)}" if few else showing.figure(one)


def _line(item: Item, least: Decimal) -> dict[str, str]:
    figures = [one.status.measurement for one in item.stood if one.status.measurement]
    told = dict.fromkeys(f"{one.on} {_told(one, least)}" for one in figures)
    return {
        "number": item.row.number,
        "title": item.row.title,
        "target": "、".join(showing.amount(one.target) for one in item.stood),
        "state": item.row.judged,
        "figure": "；".join(told),
        "source": "；".join(dict.fromkeys(one.source.title for one in figures)),
    }


def digest_of(title: str, on: date, sections: Sequence[Mapping[str, object]]) -> str:
    """SHA-256 of everything the public reads."""
    told = [title, on.isoformat(), list(sections)]
    return digest(json.dumps(told, ensure_ascii=False, sort_keys=True).encode())


def of_plan(edition_id: int) -> list[Notice]:
    """The public texts of a plan, the newest first."""
    return list(Notice.objects.filter(edition_id=edition_id))


def notice(number: int) -> Notice | None:
    """One public text with its plan and city."""
    return Notice.objects.filter(pk=number).select_related("edition", "edition__city", "scan").first()


def shown(city: City) -> list[Notice]:
    """What the public page shows: published, exactly as approved, the newest first."""
    found = Notice.objects.filter(edition__city=city, stage=Notice.Stage.PUBLISHED).select_related("edition")
    return [one for one in found if digest_of(one.title, one.on, one.sections) == one.digest]
