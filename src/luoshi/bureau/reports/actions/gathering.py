"""月底收数: files and pasted messages come in, what was read in them lands on items, a person says yes to each or to all sure ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from luoshi.bureau.files.actions import keep
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.rights import require
from luoshi.bureau.reports.actions.filing import Filled, Sum, write
from luoshi.bureau.reports.models import Call, Found, Period, Reply, Report
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE, _OPEN = Report.Stage, Found.Decision.OPEN
_LINE = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """What the reader found in one place of a reply about one item."""

    where: str
    text: str
    commitment: int | None
    sure: bool
    words: str
    candidates: tuple[int, ...] = ()
    claimed: State | None = None
    trouble: str = ""
    next_step: str = ""
    nothing_new: bool = False
    sums: dict[int, Sum] = field(default_factory=dict)
    """By id of the target."""
    doubts: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A reply as it came: its bytes, what it is called, who it is from, and what was read in it."""

    content: bytes
    name: str
    sender: str
    office: str
    pieces: tuple[Piece, ...]


def bring(actor: Actor, period_id: int, incoming: Incoming) -> Reply:
    """A reply is kept with everything that was found in it; nothing lands yet.

    Raises:
        RefusedError: no right, the period is closed, the same file came before, or nothing was found in it.
    """
    with act(actor, "reports.bring", "period", period_id) as note:
        require(actor, "gather")
        period = Period.objects.select_for_update(of=("self",)).select_related("edition").filter(pk=period_id).first()
        if period is None or period.closed_at is not None:
            raise RefusedError(Finding(incoming.name, "这一期没有开，或已经结束", "来件收进开着的一期", "请先开期次"))
        note.title = f"{period.edition.title} 截至{period.on}"
        if not incoming.pieces:
            raise RefusedError(
                Finding(
                    incoming.name,
                    "没有读到任何事项的进展",
                    "来件须写明事项和进展",
                    "请看一看文件；仍要收的，请把内容粘贴进来",
                )
            )
        file = keep(actor, incoming.content, incoming.name)
        if Reply.objects.filter(period=period, file=file).exists():
            raise RefusedError(
                Finding(incoming.name, "这份来件已经收过", "同一份来件一期只收一次", "请在下面的清单里办理")
            )
        reply = Reply.objects.create(
            period=period, file=file, sender=incoming.sender[:100], office=incoming.office, by=actor.name
        )
        Found.objects.bulk_create(_found(reply, at, piece) for at, piece in enumerate(incoming.pieces))
        note.detail = {"来件": incoming.name, "来自": incoming.sender, "读到": len(incoming.pieces)}
    return reply


def _found(reply: Reply, place: int, piece: Piece) -> Found:
    return Found(
        reply=reply,
        place=place,
        where=piece.where[:100],
        text=piece.text,
        commitment_id=piece.commitment,
        sure=piece.sure and piece.commitment is not None and not piece.doubts,
        candidates=list(piece.candidates),
        words=piece.words,
        claimed=piece.claimed.value if piece.claimed else "",
        trouble=piece.trouble[:_LINE],
        next_step=piece.next_step[:_LINE],
        nothing_new=piece.nothing_new,
        figures=[_kept(pk, told) for pk, told in piece.sums.items()],
        doubts=[[one.where, one.what, one.rule, one.remedy] for one in piece.doubts],
    )


def _kept(target_id: int, told: Sum) -> dict[str, object]:
    return {
        "target": target_id,
        "value": str(told.value),
        "on": told.on.isoformat(),
        "definition": told.definition,
        "about": told.about,
        "numerator": None if told.numerator is None else str(told.numerator),
        "denominator": None if told.denominator is None else str(told.denominator),
    }


def sums_of(actor: Actor, found: Found) -> dict[int, Sum]:  # noqa: ARG001 (every function of this package is told who asks)
    """The figures of a piece, by id of the target."""
    return {
        int(one["target"]): Sum(
            Decimal(one["value"]),
            date.fromisoformat(one["on"]),
            one["definition"],
            one["about"],
            None if one["numerator"] is None else Decimal(one["numerator"]),
            None if one["denominator"] is None else Decimal(one["denominator"]),
        )
        for one in found.figures
    }


@dataclass(frozen=True, slots=True)
class Landing:
    """How a person lets a piece land: on which call, with which words and figures."""

    commitment: int
    filled: Filled | None
    """None: 本期无新进展."""


def land(actor: Actor, landings: Sequence[tuple[int, Landing]]) -> list[Report]:
    """Pieces land as answers, each entered for its unit and still to be reviewed: all of them or none.

    Raises:
        RefusedError: no right, decided already, the call is answered further on, or a figure that cannot be.
    """
    with act(actor, "reports.land", "reply") as note:
        require(actor, "gather")
        if not landings:
            raise RefusedError(Finding("来件", "没有选要落到事项的内容", "勾选或逐条确认", "请先勾选"))
        ordered = sorted(landings, key=lambda pair: pair[1].commitment)  # rows are always locked in one order
        reports = [_land(actor, found_id, landing) for found_id, landing in ordered]
        note.id = str(reports[0].call_id)
        note.title = f"{len(reports)} 条"
        note.detail = {"事项": [one.call.commitment.number for one in reports]}
    return reports


def _land(actor: Actor, found_id: int, landing: Landing) -> Report:
    found = Found.objects.select_related("reply", "reply__file", "reply__period").filter(pk=found_id).first()
    if found is None:
        raise RefusedError(Finding("来件", "没有这一条", "只办理读到的内容", "请刷新页面"))
    call = _call(found, landing.commitment)
    found = Found.objects.select_for_update(of=("self",)).select_related("reply", "reply__file").get(pk=found_id)
    if found.decision != _OPEN:
        what = f"已由{found.decided_by}办为“{found.get_decision_display()}”"
        raise RefusedError(Finding(found.where, what, "一条只办一次", "请刷新页面"))
    _make_way(call)
    if landing.filled is None:
        report = Report.objects.create(
            call=call, stage=_STAGE.NOTED, by=actor.name, by_login=actor.login, source=found.reply.file, proxy=True
        )
    else:
        report = write(actor, call, _fitting(call, landing.filled), found.reply.file, proxy=True)
    found.decision, found.decided_by, found.report = Found.Decision.LANDED, actor.name, report
    found.save(update_fields=["decision", "decided_by", "report"])
    return report


def _fitting(call: Call, filled: Filled) -> Filled:
    """Figures of another item's targets never land here; a day after 截至日 is refused by the form, not here."""
    own = set(call.commitment.targets.values_list("pk", flat=True))
    stray = set(filled.sums) - own
    if stray:
        raise RefusedError(
            Finding(call.commitment.number, "读到的数属于别的事项", "只落本事项目标的数", "请重新选事项后核对数")
        )
    late = [one.on for one in filled.sums.values() if one.on > call.period.on]
    if late:
        raise RefusedError(
            Finding(
                call.commitment.number, f"时点 {late[0]} 晚于截至日 {call.period.on}", "只收截至日以前的数", "请改时点"
            )
        )
    return filled


def _call(found: Found, commitment_id: int) -> Call:
    """The call the piece answers; what a section tells without being asked gets one of its own (单位主动报)."""
    period = Period.objects.select_related("edition").get(pk=found.reply.period_id)
    if period.closed_at is not None:
        raise RefusedError(Finding(found.where, "这一期已经结束", "结束后不再收", "请等下一期"))
    row = Commitment.objects.select_for_update().filter(pk=commitment_id, edition=period.edition).first()
    if row is None or not row.lead or row.breakdown.stage != "issued":
        what = "没有选事项" if row is None else f"{row.number} 没有牵头科室，或还没有印发"
        raise RefusedError(Finding(found.where, what, "来件落到已印发、有牵头科室的事项", "请从列表中选事项，或不采用"))
    call, _ = Call.objects.get_or_create(
        period=period, commitment=row, office=row.lead, division="", defaults={"why": Call.Why.OFFERED}
    )
    call.period, call.commitment = period, row
    return call


def _make_way(call: Call) -> None:
    """An unreviewed or returned answer is replaced by what came later; one further on is not."""
    last = call.reports.exclude(stage=_STAGE.REPLACED).order_by("-id").first()
    if last is None:
        return
    if last.stage not in {_STAGE.RETURNED, _STAGE.FILED, _STAGE.NOTED}:
        raise RefusedError(
            Finding(
                call.commitment.number,
                f"已有一份反馈“{last.get_stage_display()}”",
                "审核以后须先退回才能重报",
                "请先退回，或不采用这一条",
            )
        )
    last.stage, last.version = _STAGE.REPLACED, last.version + 1
    last.save(update_fields=["stage", "version"])


def drop(actor: Actor, found_id: int, reason: str) -> Found:
    """不采用, with a reason.

    Raises:
        RefusedError: no right, no reason, or decided already.
    """
    with act(actor, "reports.drop", "reply", found_id) as note:
        require(actor, "gather")
        found = Found.objects.select_for_update().filter(pk=found_id).first()
        if found is None or found.decision != _OPEN:
            raise RefusedError(Finding("来件", "没有这一条，或已经办过", "一条只办一次", "请刷新页面"))
        if not reason.strip():
            raise RefusedError(Finding(found.where, "没有写理由", "不采用须写理由", "请写明，例如重复、与本期无关"))
        found.decision, found.reason, found.decided_by = Found.Decision.DROPPED, reason.strip()[:_LINE], actor.name
        found.save(update_fields=["decision", "reason", "decided_by"])
        note.title, note.reason = f"{found.where} {found.text}", reason.strip()
    return found
