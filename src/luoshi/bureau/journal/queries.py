"""Reading the journal."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext

from luoshi.bureau.journal.chain import BEGINNING, CHANGE, FIELDS, Anchor, Break, Harm, Record, renewed, verify
from luoshi.bureau.journal.diagnosis import diagnose
from luoshi.bureau.journal.models import DayEnd, Entry, Head
from luoshi.bureau.journal.said import SAID
from luoshi.words.findings import Finding


def opened() -> bool:
    """Whether there is a journal here at all; an empty folder is not a whole journal."""
    return "journal_entry" in connection.introspection.table_names()


def said(action: str) -> str:
    """What an action is called, in the language of the page."""
    return gettext(SAID[action]) if action in SAID else action


def changed() -> datetime | None:
    """When anything was done last: nothing the house tells has changed since. None before anything was done."""
    return Entry.objects.order_by("-number").values_list("at", flat=True).first()


def head() -> Anchor | None:
    """The end of the chain; None before the first entry."""
    found = Head.objects.filter(pk=1).first()
    return Anchor(found.number, found.digest, found.by) if found else None


_DAYS = 400


def day_ends() -> list[DayEnd]:
    """每日链尾, the newest first, of about a year."""
    return list(DayEnd.objects.all()[:_DAYS])


def day_end(on: date) -> DayEnd | None:
    """That of a day; None when none was taken."""
    return DayEnd.objects.filter(day=on).first()


def anchor_of(kept: DayEnd) -> Anchor:
    """As it is printed and verified."""
    return Anchor(kept.number, kept.digest, kept.by)


_CHUNK = 2000
RENEWED = "此前各条重算"
"""Under what the entry that changes to another digest says what `chain.renewed` makes of all before it."""


def _records() -> Iterator[Record]:
    """Every entry by number. One that cannot even be read comes as its number alone, so that it can be named."""
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    for at in range(0, len(numbers), _CHUNK):
        yield from _read(numbers[at : at + _CHUNK])


def records_until(last: int) -> Iterator[Record]:
    """The entries up to a number."""
    return takewhile(lambda record: int(str(record["number"])) <= last, _records())


def records(after: int, most: int) -> list[Record]:
    """The next entries after a number, at most so many, as the chain is verified on them."""
    numbers = list(Entry.objects.filter(number__gt=after).order_by("number").values_list("number", flat=True)[:most])
    return _read(numbers) if numbers else []


def _read(numbers: Sequence[int]) -> list[Record]:
    wanted = Entry.objects.filter(number__gte=numbers[0], number__lte=numbers[-1]).order_by("number")
    try:
        return list(wanted.values(*FIELDS, "digest"))
    except (ValueError, TypeError, OverflowError, DatabaseError):
        # Somebody wrote a date that is none, or bytes that are no text, under the tables: look which entry it is.
        if len(numbers) == 1:
            return [{"number": numbers[0]}]
        half = len(numbers) // 2
        return [*_read(numbers[:half]), *_read(numbers[half:])]


class _Kept:
    """The entries of this house, looked up one by one."""

    def at(self, number: int) -> Record | None:
        found = records(number - 1, 1)
        return found[0] if found and found[0]["number"] == number else None

    def after(self, number: int, most: int) -> list[Record]:
        return records(number, most)

    def digested(self, digest: str) -> Record | None:
        return Entry.objects.filter(digest=digest).values("number").first()

    def end(self) -> str:
        kept = head()
        return kept.digest if kept else ""


def named(found: Break | None) -> Break | None:
    """A break, with what was done there as exactly as the entries around it tell."""
    return diagnose(found, _Kept()) if found else None


def first_break(*anchors: Anchor) -> Break | None:
    """The first broken place of the whole chain; None when it is whole. Entries without a kept end are not."""
    end = head()
    if end is None and Entry.objects.exists():
        return Break(1, Harm.UNENDED, "有日志而没有所记的链尾，链尾被删")
    return named(verify(_records(), end or BEGINNING, anchors)) or _unrenewed()


def _unrenewed() -> Break | None:
    """Where a change of digest covers other entries than those that stand before it."""
    for change in Entry.objects.filter(action=CHANGE, outcome="done").order_by("number"):
        told = json.loads(change.detail).get(RENEWED)
        if told != renewed(records_until(change.number - 1), change.digested_by):
            said = f"与第 {change.number} 条更换算法时的重算摘要不符，此前各条在更换算法以后被整体换过"
            return Break(change.number, Harm.FORGED, said)
    return None


def broken(*anchors: Anchor) -> Finding | None:
    """The same as a finding."""
    found = first_break(*anchors)
    return found.finding if found else None


def of(things: Mapping[str, Iterable[object]]) -> list[Entry]:
    """Everything that was done to these things, by their kind and ids, newest first: one query."""
    return list(about(things))


def about(
    things: Mapping[str, Iterable[object]], *found: tuple[str, QuerySet[Any, Any]], refused: bool = False
) -> QuerySet[Entry]:
    """The same, not asked yet.

    Args:
        things: kinds with ids.
        found: kinds with queries of one column of ids.
        refused: also what was tried and refused.
    """
    any_of = Q(pk__in=())
    for kind, ids in things.items():
        any_of |= Q(subject_kind=kind, subject_id__in=[str(one) for one in ids])
    for kind, ids_of in found:
        column = next(iter(ids_of.query.values_select))
        words = ids_of.order_by().annotate(as_words=Cast(column, CharField())).values("as_words")
        any_of |= Q(subject_kind=kind, subject_id__in=words)
    entries = Entry.objects.filter(any_of).order_by("-number")
    return entries if refused else entries.filter(outcome="done")
