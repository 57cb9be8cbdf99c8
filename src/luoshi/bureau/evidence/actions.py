"""Bringing evidence, withdrawing it, judging it. Nothing is changed afterwards; what follows is another link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TypeVar

from django.db import transaction
from django.utils import timezone

from luoshi.bureau.evidence import chain
from luoshi.bureau.evidence.models import Chain, Piece, Verdict, Withdrawal
from luoshi.bureau.evidence.queries import PAPER, contents, latest, withdrawn
from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content, looked
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.rights import answers, refused, require, sees
from luoshi.bureau.people.signing import same_person
from luoshi.declared import UNNAMED
from luoshi.reading.documents import refuse_marked
from luoshi.reporting.sealing import Contents, seal
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_Row = TypeVar("_Row", Piece, Withdrawal, Verdict)


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of the file he brings."""

    name: str
    shows: str
    kind: str = ""
    """Key of a declared paper; empty when he does not say."""
    document_number: str = ""
    page: str = ""


_LONGEST = {"name": 200, "shows": 300, "document_number": 100, "page": 60}


def attach(
    actor: Actor, commitment_id: int, content: bytes, name: str, shows: str, kind: str = "", page: str = ""
) -> Piece:
    """A file as evidence of an item; the same as `bring` without a 文号."""
    return bring(actor, commitment_id, content, Told(name, shows, kind, page=page))


def bring(actor: Actor, commitment_id: int, sent: bytes, told: Told) -> Piece:
    """A file as evidence of an item. The very same file with the same words, brought again by the same person, is there already.

    Raises:
        RefusedError: no right, no such item, nothing said of what it shows, or a file that is not kept.
    """
    media, refusal = _looked(actor, sent, told.name)  # takes its time, so nobody waits for it
    with act(actor, "evidence.attach", "commitment", commitment_id) as note:
        commitment = _held(actor, commitment_id, note)
        require(actor, "attach", lead=commitment.lead)
        told = _fit(commitment, told)
        if refusal:
            raise refusal
        file = keep(actor, sent, told.name, media)
        note.detail = {
            "文件": file.digest,
            "名称": told.name,
            "材料": PAPER[told.kind].label,
            "文号": told.document_number,
        }
        note.reason = told.shows
        same = Piece.objects.filter(commitment=commitment, file=file, by_login=actor.login, withdrawal=None)
        for known in same.filter(**{name: getattr(told, name) for name in (*_LONGEST, "kind")})[:1]:
            note.detail["已有"] = known.number
            return known
        piece = Piece(
            commitment=commitment,
            file=file,
            name=told.name,
            kind=told.kind,
            shows=told.shows,
            document_number=told.document_number,
            page=told.page,
            office=actor.office,
            division=actor.division if actor.role == "county" else "",
        )
        return _linked(actor, commitment, piece)


def _looked(actor: Actor, sent: bytes, name: str) -> tuple[str, RefusedError | None]:
    """What the file is served as, or why it is not kept; not looked at for somebody who may not bring it."""
    if refused(actor, "attach"):
        return "", None
    try:
        return looked(sent, name).media, None
    except RefusedError as refusal:
        return "", refusal


def _held(actor: Actor, commitment_id: int, note: Note) -> Commitment:
    """The item, locked, if this person may know of it: whoever may not is told no more than that it is not there."""
    commitment = Commitment.objects.select_for_update().filter(pk=commitment_id).first()
    if commitment is None or commitment.audience not in sees(actor):
        raise RefusedError(Finding("督查台账", "没有这一项", "只能办理台账里的事项", "请刷新页面"))
    note.title = f"{commitment.number} {commitment.title}"
    stranger = actor.division and commitment.divisions and actor.division not in commitment.divisions
    if stranger and not answers(actor, *commitment.divisions):
        raise RefusedError(
            Finding(commitment.number, f"{actor.name}的单位不承担这一项", "单位只办理本单位承担的事项", "请核对事项")
        )
    return commitment


def _fit(commitment: Commitment, told: Told) -> Told:
    """What was said, trimmed to what can be kept."""
    kind = told.kind or UNNAMED
    if kind not in PAPER:
        raise RefusedError(
            Finding(commitment.number, f"没有“{kind[:20]}”这种材料", "材料种类须从列表中选", "请重新选择")
        )
    words = {name: getattr(told, name).replace("\0", "").strip() for name in _LONGEST}
    if not words["shows"]:
        raise RefusedError(
            Finding(commitment.number, "没有写佐证内容", "每份材料须写明证明什么", "请写明材料证明什么，如：已印发办法")
        )
    refuse_marked([words["shows"], words["document_number"]])
    long = next((name for name, most in _LONGEST.items() if name != "name" and len(words[name]) > most), "")
    if long:
        what = f"写了 {len(words[long])} 个字"
        raise RefusedError(Finding(commitment.number, what, f"不超过 {_LONGEST[long]} 个字", "请写得短些"))
    words["name"] = words["name"].replace("\\", "/").rpartition("/")[2][-_LONGEST["name"] :] or "材料"
    return replace(told, kind=kind, **words)


def _linked(actor: Actor, commitment: Commitment, row: _Row) -> _Row:
    """Add a row at the end of an item's chain; the item is locked, so nobody comes between."""
    end, _ = Chain.objects.get_or_create(commitment=commitment)
    row.number, row.previous = end.number + 1, end.digest
    row.by, row.by_login, row.at = actor.name, actor.login, datetime.now(UTC)
    row.digest = chain.link(row.record())
    row.save(force_insert=True)
    end.number, end.digest = row.number, row.digest
    end.save(update_fields=["number", "digest"])
    return row


def withdraw(actor: Actor, piece_id: int, reason: str) -> Withdrawal:
    """撤回: the piece no longer counts; it stays in the house with the reason.

    Whoever brought it, his section, or the supervision office withdraws; what was accepted only the supervision office.

    Raises:
        RefusedError: no right, no reason, or withdrawn already.
    """
    found = Piece.objects.filter(pk=piece_id).first()
    with act(actor, "evidence.withdraw", "commitment", found.commitment_id if found else 0) as note:
        piece, commitment = _piece(actor, found, note)
        require(actor, "attach", lead=commitment.lead)
        _refuse_other(actor, piece)
        if not reason.strip():
            raise RefusedError(Finding(piece.name, "没有写理由", "撤回材料须写明理由", "请写明为什么撤回"))
        note.reason, note.detail = reason.strip(), {"材料": piece.name, "序号": piece.number, "文件": piece.file.digest}
        return _linked(actor, commitment, Withdrawal(piece=piece, reason=note.reason))


def _piece(actor: Actor, found: Piece | None, note: Note) -> tuple[Piece, Commitment]:
    """A piece that was not withdrawn and its item, held."""
    if found is None:
        raise RefusedError(Finding("佐证材料", "没有这份材料", "只能办理已报送的材料", "请刷新页面"))
    commitment = _held(actor, found.commitment_id, note)
    piece = Piece.objects.select_related("file", "withdrawal").prefetch_related("verdicts").get(pk=found.pk)
    if withdrawn(piece):
        raise RefusedError(Finding(piece.name, "这份材料已撤回", "撤回的材料不再办理", "请刷新页面"))
    return piece, commitment


def _refuse_other(actor: Actor, piece: Piece) -> None:
    if actor.role == "supervisor":
        return
    own = piece.by_login == actor.login or (actor.role == "section" and piece.office == actor.office)
    if not own:
        raise RefusedError(
            Finding(piece.name, f"这份材料是{piece.by}报送的", "谁报送、谁撤回", f"请由{piece.by}或督查室撤回")
        )
    verdict = latest(piece)
    if verdict and verdict.outcome == Verdict.Outcome.ACCEPTED:
        raise RefusedError(
            Finding(piece.name, "这份材料已经采信", "采信的材料由督查室撤回", "请说明情况，交督查室撤回")
        )


def judge(actor: Actor, piece_id: int, outcome: str, reason: str, seen: int) -> Verdict:
    """核验: accept a piece or send it back. A second verdict supersedes the first; both stay.

    Args:
        actor: the reviewer, who is not the one who brought it.
        piece_id: the piece.
        outcome: accepted or returned.
        reason: why; a return needs one.
        seen: how many verdicts the page showed.

    Raises:
        RefusedError: no right, his own piece, no reason for a return, or somebody judged meanwhile.
    """
    found = Piece.objects.filter(pk=piece_id).first()
    with act(actor, "evidence.judge", "commitment", found.commitment_id if found else 0) as note:
        piece, commitment = _piece(actor, found, note)
        require(actor, "verify_evidence")
        if same_person(actor, piece.by_login, piece.by):
            raise RefusedError(
                Finding(piece.name, "这份材料是您报送的", "报送人不核验自己的材料", "请督查室另一位同志核验")
            )
        if outcome not in Verdict.Outcome.values:
            raise RefusedError(Finding(piece.name, f"没有“{outcome[:20]}”这种意见", "采信或退回", "请从页面上办理"))
        if piece.verdicts.count() != seen:
            raise RefusedError(Finding(piece.name, "别人刚刚核验过这份材料", "以先办的为准", "请刷新页面，看过后再办"))
        if outcome == Verdict.Outcome.RETURNED and not reason.strip():
            raise RefusedError(Finding(piece.name, "没有写理由", "退回材料须写明理由", "请写明缺什么、怎么补"))
        note.reason = reason.strip()
        note.detail = {"材料": piece.name, "序号": piece.number, "意见": Verdict.Outcome(outcome).label}
        verdict = Verdict(piece=piece, outcome=outcome, reason=note.reason, on=timezone.localdate())
        return _linked(actor, commitment, verdict)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An archive that was written."""

    seal: str
    """To be printed, or posted where it cannot be changed."""
    items: int
    files: int


def export(
    actor: Actor,
    ids: Sequence[int],
    out: Path,
    written: Callable[[int, int], None] | None = None,
    kept: Callable[[Sealed], None] | None = None,
) -> Sealed:
    """Write the evidence of these items into a sealed archive. Nobody waits while files are copied.

    Args:
        actor: who exports.
        ids: the items.
        out: where the archive goes.
        written: told before each file is copied how many of how many are; what it raises ends the writing.
        kept: called with the archive written, in one transaction with the entry in the journal.

    Raises:
        RefusedError: no right, no item, a broken chain, a file that is gone or was changed, or a place where nothing
            can be written.
    """
    told, refusal = _sealed(actor, ids, out, written)
    with act(actor, "evidence.export", "evidence", "", out.name) as note:
        require(actor, "export_evidence")
        if refusal or told is None:
            raise refusal or RefusedError(Finding("导出", "没有办成", "导出须写成封存包", "请再试一次"))
        note.detail = {"封签": told.seal, "事项": told.items, "文件": told.files}
        if kept:
            kept(told)
    return told


def _sealed(
    actor: Actor, ids: Sequence[int], out: Path, written: Callable[[int, int], None] | None
) -> tuple[Sealed | None, RefusedError | None]:
    """The archive, or why there is none."""
    if refused(actor, "export_evidence"):
        return None, None
    if not ids:
        return None, RefusedError(Finding("导出", "没有这样的事项", "须有至少一项", "请核对计划号和事项编号"))
    try:
        with transaction.atomic():
            list(Commitment.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
            told = contents(ids)
        return Sealed(_written(told, out, written), len(told.items), len(told.digests)), None
    except RefusedError as refusal:
        return None, refusal


def _written(told: Contents, out: Path, written: Callable[[int, int], None] | None) -> str:
    """Written whole beside its place, then given its name; half an archive never bears it."""
    kept = {one.digest: one for one in File.objects.filter(digest__in=told.digests)}
    made, copied = out.with_name(out.name + ".part"), count()

    def bytes_of(digest: str) -> bytes:
        if written:
            written(next(copied), len(told.digests))
        return content(kept[digest])

    try:
        with made.open("w+b") as opened:
            printed = seal(told, bytes_of, opened)
        made.replace(out)
    except OSError as error:
        raise RefusedError(
            Finding(str(out), "写不进去", "须给出一个可写的位置", "请换一个文件夹，再运行一次")
        ) from error
    finally:
        made.unlink(missing_ok=True)
    return printed
