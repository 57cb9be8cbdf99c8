"""导入旧台账: a home-made workbook becomes issued items of the ledger, every cell kept, each with the row it came from."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import PurePath
from typing import Any

from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.cells import COLUMNS, Known, cells, known_of, meant
from luoshi.bureau.ledger.importing import read_file
from luoshi.bureau.ledger.models import Breakdown, Commitment, Layout, Quote, Target
from luoshi.bureau.ledger.words import indexed
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition, Point, Proposal
from luoshi.bureau.related import with_related
from luoshi.reading.sheets import Ledger, LedgerRow
from luoshi.spine import Comparator, Kind, Strength
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

MADE_UP = "演示数据（虚构）"
_VERBATIM = ("number", "source", "state", "filed", "current", "completion", "urging", "closing", "changes")
"""Columns that the ledger computes or judges itself: what the old one said is kept beside."""
_AMOUNT = re.compile(
    r"(?P<sign>[≥≤><]?)\s*(?P<number>\d[\d,]*(?:\.\d{1,6})?)\s*(?P<unit>%|[^\d\s，,、；;。（(]{1,10})(?P<rest>.*)",
    re.DOTALL,
)
_SIGNS = {"≥": Comparator.AT_LEAST, ">": Comparator.AT_LEAST, "≤": Comparator.AT_MOST, "<": Comparator.AT_MOST}
_STANDING = re.compile("长期|常态|全年|持续")
_LONGEST = {"title": 300, "number": 30}


@dataclass(frozen=True, slots=True)
class Terms:
    """How an old ledger enters."""

    title: str
    year: int
    document_number: str = ""
    issued_on: date | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Column keys by heading, as a person set them on the page."""


def bring(actor: Actor, city: City, name: str, sent: bytes) -> File:
    """Keep a workbook that can be read as a ledger; nothing enters the ledger yet.

    Raises:
        RefusedError: no right, or it cannot be read.
    """
    with act(actor, "ledger.bring", "city", city.pk, PurePath(name).name) as note:
        require(actor, "import")
        ledger = read_file(city, sent, name)
        kept = keep(actor, sent, name)
        note.detail = {"文件": kept.digest, "事项": len(ledger.rows)}
    return kept


def import_ledger(actor: Actor, city: City, file: File, terms: Terms) -> Edition:
    """Every task of a kept workbook as an item, issued as it was.

    A cell that cannot mean what its column asks for is kept word for word under 旧台账原文, never dropped.

    Raises:
        RefusedError: no right, no task, no title or year, or the same ledger is there already.
    """
    with act(actor, "ledger.import", "city", city.pk, terms.title) as note:
        require(actor, "import")
        if not terms.title.strip() or not 1990 < terms.year < 2100:  # noqa: PLR2004 (a year a ledger can have)
            raise RefusedError(Finding("导入旧台账", "没有写名称或年度", "旧台账须有名称和年度", "请填写后再导入"))
        ledger = read_file(city, content(file), file.name, terms.mapping)
        if not ledger.rows:
            raise RefusedError(Finding(file.name, "没有一项任务", "旧台账须有任务行", "请核对栏目对照"))
        edition = _edition(city, file, ledger, terms)
        rows = _rows(actor, edition, ledger, terms)
        _remember(actor, city, ledger)
        note.id, note.detail = (
            str(edition.pk),
            {"文件": file.digest, "事项": len(rows), "未作为事项的行": len(ledger.left)},
        )
    return edition


def _edition(city: City, file: File, ledger: Ledger, terms: Terms) -> Edition:
    made_up = any(MADE_UP in one.words for one in ledger.left)
    lines = [MADE_UP] * made_up + [terms.title.strip()] + [_line(row) for row in ledger.rows]
    text = "\n".join(lines)
    told = digest(text.encode())
    City.objects.select_for_update().get(pk=city.pk)
    kept = Edition.objects.filter(city=city, digest=told).first()
    if kept is not None:
        what = f"这份旧台账已于 {kept.stored:%Y-%m-%d} 导入"
        raise RefusedError(Finding(file.name, what, "同一份台账只导入一次", "请直接打开已导入的那一份"))
    return Edition.objects.create(
        city=city,
        title=terms.title.strip()[:200],
        year=terms.year,
        begun=date(terms.year, 1, 1),
        until=date(terms.year, 12, 31),
        text=text,
        digest=told,
        file_name=file.name,
        file_digest=file.digest,
        form=ledger.form,
        kind=Edition.Kind.LEDGER,
        document_number=terms.document_number[:100],
        file=file,
        imaginary=made_up,
    )


def _line(row: LedgerRow) -> str:
    return " ".join((row.cells.get("title") or _first(row)).split())


def _first(row: LedgerRow) -> str:
    """What a row without a task's name is called: its first words."""
    return next((words for words in [*row.cells.values(), *row.extra.values()] if words), f"第{row.row}行")


def _rows(actor: Actor, edition: Edition, ledger: Ledger, terms: Terms) -> list[Commitment]:
    breakdown = Breakdown.objects.create(
        edition=edition,
        stage=Breakdown.Stage.ISSUED,
        document_number=terms.document_number[:100],
        issued_on=terms.issued_on,
    )
    known, spans = known_of(edition.city), list(_spans(edition, ledger.rows))
    points = _points(edition, ledger.rows, spans)
    numbers = _numbers(ledger.rows)
    proposals = Proposal.objects.bulk_create(
        _proposal(actor, edition, points[at], numbers[at], at, spans[at]) for at in range(len(ledger.rows))
    )
    rows = [
        _commitment(edition, breakdown, proposal, row, known)
        for proposal, row in zip(proposals, ledger.rows, strict=True)
    ]
    Commitment.objects.bulk_create(rows)
    Quote.objects.bulk_create(
        Quote(
            commitment=row,
            proposal=one,
            sentence_start=one.start,
            sentence_end=one.end,
            start=one.start,
            end=one.end,
            text=one.clause,
        )
        for row, one in zip(rows, proposals, strict=True)
    )
    Target.objects.bulk_create(
        target for row, told in zip(rows, ledger.rows, strict=True) if (target := _target(row, told)) is not None
    )
    _as_it_came(rows, known)
    return rows


def _spans(edition: Edition, rows: Sequence[LedgerRow]) -> Iterator[tuple[int, int]]:
    at = len(edition.text) - len("\n".join(_line(row) for row in rows))
    for row in rows:
        length = len(_line(row))
        yield at, at + length
        at += length + 1


def _points(edition: Edition, rows: Sequence[LedgerRow], spans: Sequence[tuple[int, int]]) -> list[Point]:
    """One point for each run of rows under the same band or 重点工作."""
    told = list[Point]()
    keyed = groupby(enumerate(rows), key=lambda one: one[1].group or one[1].cells.get("source", "") or one[1].sheet)
    for place, (title, run) in enumerate(keyed):
        places = [at for at, _ in run]
        point = Point.objects.create(
            edition=edition,
            number=str(place + 1),
            title=" ".join(title.split())[:200],
            start=spans[places[0]][0],
            end=spans[places[-1]][1],
            place=place,
        )
        told += [point] * len(places)
    return told


def _numbers(rows: Sequence[LedgerRow]) -> list[str]:
    """Each row's own number where it has one that no other row has, else where it stands."""
    own = [row.cells.get("number", "") for row in rows]
    sheets = list(dict.fromkeys(row.sheet for row in rows))
    return [
        number if 0 < len(number) <= 20 and own.count(number) == 1 else f"{sheets.index(row.sheet) + 1}-{row.row}"  # noqa: PLR2004
        for number, row in zip(own, rows, strict=True)
    ]


def _proposal(actor: Actor, edition: Edition, point: Point, number: str, place: int, span: tuple[int, int]) -> Proposal:
    words = edition.text[span[0] : span[1]]
    return Proposal(
        edition=edition,
        point=point,
        number=number,
        place=place,
        sentence_start=span[0],
        sentence_end=span[1],
        start=span[0],
        end=span[1],
        clause=words,
        action="",
        subject=words[:300],
        kind=Kind.STANDING.value,
        strength=Strength.BINDING.value,
        decision=Proposal.Decision.CONFIRMED,
        decided_by=actor.name,
    )


def _commitment(edition: Edition, breakdown: Breakdown, proposal: Proposal, row: LedgerRow, known: Known) -> Commitment:
    made = Commitment(
        edition=edition,
        breakdown=breakdown,
        point=proposal.point,
        number=proposal.number,
        place=proposal.place,
        title=proposal.clause[:300],
        kind=_kind(row),
        strength=Strength.BINDING.value,
        sheet=row.sheet[:100],
        sheet_row=row.row,
        source_words=row.cells.get("source", "")[:300],
        words=indexed(" ".join([proposal.clause, *row.cells.values()])),
    )
    strange = {COLUMNS[key].label: row.cells[key] for key in _VERBATIM if row.cells.get(key)}
    for key, words in row.cells.items():
        if not words or key in _VERBATIM or key in {"title", "target"}:
            continue
        strange.update(_set(made, key, words, known))
    if not made.leader and made.lead:
        made.leader = known.leaders.get(made.lead, "")
    target = row.cells.get("target", "")
    if target and not _AMOUNT.fullmatch(target):
        strange[COLUMNS["target"].label] = target
    made.extra = {"more": {**strange, **{name: words for name, words in row.extra.items() if words}}}
    return made


def _kind(row: LedgerRow) -> str:
    if _AMOUNT.fullmatch(row.cells.get("target", "")):
        return Kind.QUANTITY.value
    return Kind.STANDING.value if _STANDING.search(row.cells.get("due", "")) else Kind.MILESTONE.value


def _set(made: Commitment, key: str, words: str, known: Known) -> dict[str, str]:
    """Set what a cell means; what it cannot mean is handed back word for word."""
    if key in {"lead", "leader", "milestones"}:
        code = known.office(words) if key == "lead" else None
        told: dict[str, Any] = {"lead": code} if code else {}
        if key == "leader":
            told = {"leader": words[:60]}
        elif not code and key == "lead":
            told = {"lead_words": words[:60]}
        kept = {COLUMNS[key].label: words} if key == "milestones" or len(words) > 60 else {}  # noqa: PLR2004
    else:
        try:
            told, kept = meant(key, words, made, known), {}
        except RefusedError:
            told, kept = {}, {COLUMNS[key].label: words}
    for name, value in told.items():
        if name == "due_words" and len(value) > 60:  # noqa: PLR2004 (what the column holds)
            kept[COLUMNS[key].label] = value
        setattr(made, name, value[:60] if name == "due_words" else value)
    return kept


def _target(row: Commitment, told: LedgerRow) -> Target | None:
    found = _AMOUNT.fullmatch(told.cells.get("target", ""))
    if found is None:
        return None
    return Target(
        commitment=row,
        place=0,
        comparator=_SIGNS.get(found["sign"], Comparator.EXACTLY).value,
        value=Decimal(found["number"].replace(",", "")),
        unit=found["unit"].strip()[:40],
        deadline=row.due,
        due=row.due,
        strength=Strength.BINDING.value,
        subject=row.title[:300],
        start=0,
        end=0,
    )


def _as_it_came(rows: Sequence[Commitment], known: Known) -> None:
    """Keep what each cell says now: on the way out only what differs from it is written over."""
    found = Commitment.objects.filter(pk__in=[row.pk for row in rows]).select_related("point", "edition", "breakdown")
    told = {row.pk: cells(row, known) for row in with_related(found, "targets", "milestones", "changes")}
    for row in rows:
        row.extra = {**row.extra, "came": told[row.pk]}
    Commitment.objects.bulk_update(rows, ["extra"])


def _remember(actor: Actor, city: City, ledger: Ledger) -> None:
    for table in ledger.tables.values():
        mapping = {one.path: one.column for one in table.headings}
        kept = {"mapping": mapping, "by": actor.name}
        Layout.objects.update_or_create(city=city, signature=table.signature, defaults=kept)
