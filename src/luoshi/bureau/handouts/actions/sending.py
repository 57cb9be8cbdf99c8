"""Papers out and back in: what went out is kept cell by cell, so that what comes back can be held against it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.bureau.files.actions import keep
from luoshi.bureau.handouts.models import Handback, Handout, Remark
from luoshi.bureau.handouts.queries import masked, recipient
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.amending import barred
from luoshi.bureau.ledger.cells import COLUMNS, Known, cells
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.actions import unmask
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.reading import handbacks
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest


@dataclass(frozen=True, slots=True)
class Terms:
    """How a paper goes out."""

    form: str
    """xlsx or docx."""
    purpose: str
    """consult or edit."""
    columns: tuple[str, ...]
    to: str = ""
    """For whom, in words."""
    role: str = "supervisor"
    office: str = ""
    """Whose cells may be filled on it."""
    whole: str = ""
    """What telephone numbers are needed whole for; without it they go out masked, as pages show them."""


def hand_out(
    actor: Actor,
    edition: Edition,
    rows: Sequence[Commitment],
    known: Known,
    terms: Terms,
    breakdown: Breakdown | None = None,
) -> Handout:
    """Keep what goes out, under a code that is printed on it. Numbers that go out whole are entered as seen, with the purpose.

    Raises:
        RefusedError: no right, or no row; numbers are wanted whole without the right to see them or without a purpose.
    """
    with act(actor, "handouts.send", "plan", edition.pk, edition.title) as note:
        require(actor, "handout", lead=terms.office if actor.role == "section" else "")
        if not rows:
            raise RefusedError(Finding("外发表", "没有一项", "外发表须有督查事项", "请放宽筛选条件"))
        kept = {str(row.pk): cells(row, known) for row in rows}
        columns = [key for key in terms.columns if key in COLUMNS]
        if terms.whole and "phone" in columns:
            unmask(actor, "plan", edition.pk, edition.title, f"外发表上 {len(rows)} 项的联络员电话", terms.whole)
        shown = _shown_whole if terms.whole else masked
        told = {pk: {key: shown(key, row[key]) for key in ("number", *columns)} for pk, row in kept.items()}
        seed = json.dumps([edition.pk, Handout.objects.count(), told], ensure_ascii=False, sort_keys=True)
        paper = Handout.objects.create(
            edition=edition,
            breakdown=breakdown,
            code="LS-" + digest(seed.encode())[:10].upper(),
            form=terms.form,
            purpose=terms.purpose,
            to=terms.to[:100],
            role=terms.role,
            office=terms.office,
            columns=columns,
            rows=told,
            by=actor.name,
        )
        note.detail = {"校验码": paper.code, "事项": len(rows), "形式": terms.form, "发往": terms.to}
    return paper


def _shown_whole(_key: str, words: str) -> str:
    return words


def take_back(
    actor: Actor, paper: Handout, name: str, content: bytes, told: handbacks.Handback, sender: str
) -> Handback:
    """Keep a file that came back, and every cell of it that says something else than what went out.

    Nothing of the ledger changes by it: each difference is a remark that lands or is answered later. A cell that the
    receiver may not fill is kept as such.

    Raises:
        RefusedError: no right, or the very same file was taken back already.
    """
    with act(actor, "handouts.take_back", "handout", paper.pk, f"{paper.code} {name}") as note:
        require(actor, "handback")
        kept = keep(actor, content, name)
        if paper.handbacks.filter(file=kept).exists():
            raise RefusedError(Finding(name, "这份返回表已经收过", "同一个文件只收一次", "请打开已收的那一份"))
        doubts = [[one.where, one.what, one.rule, one.remedy] for one in told.doubts]
        back = Handback.objects.create(
            handout=paper, file=kept, sender=sender.strip()[:100], doubts=doubts, by=actor.name
        )
        remarks = _remarks(paper, back, told)
        Remark.objects.bulk_create(remarks)
        note.detail = {"校验码": paper.code, "不同": len(remarks), "疑点": len(doubts), "文件": kept.digest}
    return back


def _remarks(paper: Handout, back: Handback, told: handbacks.Handback) -> list[Remark]:
    by_number = {cells["number"]: int(pk) for pk, cells in paper.rows.items()}
    rows = {row.pk: row for row in Commitment.objects.filter(pk__in=by_number.values()).select_related("breakdown")}
    whose, found = recipient(paper), list[Remark]()
    for number, typed in told.rows.items():
        row = rows.get(by_number.get(number, 0))
        if row is not None:
            found += [_remark(back, row, whose, key, *pair) for key, pair in _differing(paper, row, typed).items()]
    for number, words in told.comments.items():
        row = rows.get(by_number.get(number, 0))
        if row is not None and words.strip():
            found.append(Remark(handback=back, commitment=row, told=words.strip()))
    return found


def _differing(paper: Handout, row: Commitment, typed: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Cells that say something else than what went out, by column: what was, what is told."""
    was = paper.rows[str(row.pk)]
    return {
        key: (was[key], typed[key].strip())
        for key in paper.columns
        if key != "number" and key in typed and not handbacks.same(was[key], typed[key])
    }


def _remark(back: Handback, row: Commitment, whose: Actor, key: str, was: str, told: str) -> Remark:
    why = None if back.handout.purpose == Handout.Purpose.CONSULT else barred(whose, COLUMNS[key], row)
    return Remark(
        handback=back,
        commitment=row,
        column=key,
        was=was,
        told=told,
        decision=Remark.Decision.BARRED if why else Remark.Decision.OPEN,
        answer=f"{why.what}：{why.rule}。{why.remedy}" if why else "",
    )
