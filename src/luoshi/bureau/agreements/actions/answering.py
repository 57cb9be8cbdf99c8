"""What a unit says of its figures: on the sheet that went out, or on a page with a file as proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.agreements.actions.holding import held_line, held_round, refuse_stage, stepped
from luoshi.bureau.agreements.figures import typed
from luoshi.bureau.agreements.models import Answer, Line, Reply, Round, Sheet
from luoshi.bureau.agreements.printing import (
    AGREED,
    ANSWER,
    COLUMNS,
    DISPUTED,
    FILLED,
    OWN,
    OWN_BOTTOM,
    OWN_TOP,
    WORDS,
)
from luoshi.bureau.agreements.queries import label, rated
from luoshi.bureau.files.actions import keep, keep_looked
from luoshi.bureau.files.models import File
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import answers
from luoshi.reading import handbacks
from luoshi.tracking.agreeing import Amount
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LABELS = {column.key: column.label for column in COLUMNS}
_SAID = 40
_LONGEST = 2000
_STATE = Line.State
_BLANK = {"", "——", "—", "-", "/", "无"}


@dataclass(frozen=True, slots=True)
class Told:
    """One answer as it was typed."""

    answer: str
    """无异议 or 有异议."""
    own: str = ""
    own_numerator: str = ""
    own_denominator: str = ""
    words: str = ""
    """依据说明."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that shows why, as it was handed in."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Read:
    """What an answer means."""

    state: str
    own: Amount | None
    words: str


def answer(actor: Actor, line_id: int, version: int, told: Told, proof: Proof | None, on: date) -> Answer:
    """One line answered on a page; an earlier answer stays beside it. The bureau may enter what came by paper or telephone.

    Raises:
        RefusedError: no right, another unit's line, closed or not sent, an answer that says nothing, or a proof that
            bears a mark of secrecy, is of no form that is kept, or may act by itself.
    """
    with act(actor, "agreements.answer", "line", line_id) as note:
        line = held_line(actor, "agree_answer", line_id, version, note)
        refuse_stage(actor, line.round, Round.Stage.SENT, "反馈")
        read = _read(line, told, note.title)
        kept = keep_looked(actor, proof.content, proof.name) if proof and proof.content else _last_proof(line)
        made = _entered(actor, line, read, kept, None, on)
        note.reason = read.words
        note.detail = {"反馈": line.get_state_display(), "本单位数": told.own, "佐证": kept.digest if kept else ""}
    return made


def agree_rest(actor: Actor, round_id: int, division: str, on: date) -> int:
    """无异议 to every reported figure of a unit that it has not answered yet; how many.

    Raises:
        RefusedError: no right, another unit's, not sent or closed, or nothing left to agree with.
    """
    with act(actor, "agreements.answer", "round", round_id) as note:
        of = held_round(actor, "agree_answer", round_id, None, note)
        refuse_stage(actor, of, Round.Stage.SENT, "反馈")
        if actor.role == "section" or (actor.role == "county" and not answers(actor, division)):
            what = f"{actor.name}不属于这个单位"
            raise RefusedError(Finding(of.title, what, "县（市、区）只反馈本单位的数", "请由该单位反馈"))
        mine = of.lines.select_for_update().filter(division=division, state=_STATE.WAITING)
        waiting = list(mine.filter(reported_value__isnull=False))
        if not waiting:
            what = "没有待反馈的上报数"
            raise RefusedError(Finding(of.title, what, "空缺的数须补报，不能答无异议", "请逐个填写"))
        for one in waiting:
            one.round = of
            _entered(actor, one, _Read(_STATE.AGREED, None, ""), None, None, on)
        note.detail = {"无异议": [label(one.indicator) for one in waiting]}
    return len(waiting)


def _last_proof(line: Line) -> File | None:
    """The proof of the answer before: whoever answers again without a file does not take it away."""
    last = line.answers.order_by("-id").first()
    return last.proof if last else None


def _read(line: Line, told: Told, where: str) -> _Read:
    """The answer a unit gives.

    Raises:
        RefusedError: neither 无异议 nor 有异议, a dispute without figure and reason, or agreement with another figure.
    """
    said = next((one for one in (AGREED, DISPUTED) if handbacks.same(told.answer, one)), "")
    own = typed((told.own, told.own_numerator, told.own_denominator), line.unit, where, rated=_rated(line))
    words = told.words.strip()[:_LONGEST]
    reported = line.amount("reported")
    if reported is None:
        if own is None:
            raise RefusedError(Finding(where, "上报数空缺，没有填本单位数", "空缺的数由单位补报", "请填本单位数"))
        return _Read(_STATE.DISPUTED, own, words or "补报")
    if not said:
        what = f"核对结果是“{told.answer[:_SAID]}”" if told.answer else "没有写核对结果"
        raise RefusedError(Finding(where, what, f"只答“{AGREED}”或“{DISPUTED}”", "请从下拉列表中选"))
    same = own is None or own.exact(line.unit) == reported.exact(line.unit) or own.value == reported.value
    if said == AGREED and not same:
        what = "答“无异议”，又填了不同的本单位数"
        raise RefusedError(Finding(where, what, "两者只取其一", f"请改答“{DISPUTED}”，或删去本单位数"))
    if said == DISPUTED and own is None:
        raise RefusedError(Finding(where, "有异议，没有填本单位数", "有异议须填本单位数", "请填本单位认为对的数"))
    if said == DISPUTED and same:
        raise RefusedError(
            Finding(where, "有异议，本单位数却与上报数相同", "两数不同才是异议", f"请改数，或答“{AGREED}”")
        )
    if said == DISPUTED and not words:
        raise RefusedError(Finding(where, "有异议，没有写依据", "有异议须说明依据", "请写依据，佐证文件可另附"))
    return _Read(_STATE.AGREED if said == AGREED else _STATE.DISPUTED, own if said == DISPUTED else None, words)


def _rated(line: Line) -> bool:
    return rated(line.indicator, line.unit)


def _entered(actor: Actor, line: Line, read: _Read, proof: File | None, reply: Reply | None, on: date) -> Answer:
    line.state = read.state
    stepped(actor, line)
    return Answer.objects.create(
        line=line,
        state=read.state,
        own_value=read.own.value if read.own else None,
        own_numerator=read.own.numerator if read.own else None,
        own_denominator=read.own.denominator if read.own else None,
        words=read.words,
        proof=proof,
        reply=reply,
        by=actor.name,
        on=on,
    )


def take_back(
    actor: Actor, round_id: int, name: str, content: bytes, told: handbacks.Handback, sender: str, on: date
) -> Reply:
    """A sheet that came back, known by its code: every answer that can be read is entered, everything else is told.

    A line that was answered otherwise since the sheet went out is a conflict: the earlier answer stays.

    Args:
        actor: who brings it.
        round_id: the round it is brought to.
        name: of the file.
        content: its bytes.
        told: what was read in it.
        sender: who sent it, in words.
        on: the day.

    Raises:
        RefusedError: no right, no code of ours, another round's sheet, the same file again, or the round is closed.
    """
    with act(actor, "agreements.take_back", "round", round_id, name) as note:
        of = held_round(actor, "agree", round_id, None, note)
        sheet = _sheet(of, name, told.code)
        note.title = f"{of.title} {sheet.code} {name}"
        refuse_stage(actor, of, Round.Stage.SENT, "收回核对表")
        kept = keep(actor, content, name)
        if sheet.replies.filter(file=kept).exists():
            raise RefusedError(Finding(name, "这份核对表已经收过", "同一个文件只收一次", "请看该单位已收的那一份"))
        reply = Reply.objects.create(sheet=sheet, file=kept, sender=sender.strip()[:100], by=actor.name, on=on)
        findings = list(told.doubts)
        for line in of.lines.select_for_update().filter(division=sheet.division):
            line.round = of
            typed_in = told.rows.get(str(line.number))
            if typed_in is not None:
                reply.taken += _taken(actor, reply, line, typed_in, findings)
        reply.findings = [[one.where, one.what, one.rule, one.remedy] for one in findings]
        reply.save(update_fields=["taken", "findings"])
        note.detail = {"校验码": sheet.code, "反馈": reply.taken, "未采": len(findings), "文件": kept.digest}
    return reply


def _sheet(of: Round, name: str, code: str) -> Sheet:
    found = Sheet.objects.filter(code=code).select_related("round").first()
    if found is None:
        what = f"没有发出过校验码为“{code}”的核对表" if code else "表上找不到校验码"
        raise RefusedError(Finding(name, what, "须是从这一轮导出的那一份", "请用原来导出的核对表填写后交回"))
    if found.round_id != of.pk:
        what = f"这是“{found.round.title}”的核对表（{code}）"
        raise RefusedError(Finding(name, what, f"这里只收“{of.title}”的核对表", "请到那一轮里收回"))
    return found


def _taken(actor: Actor, reply: Reply, line: Line, cells: Mapping[str, str], findings: list[Finding]) -> int:
    """One row of a sheet: 1 when its answer was entered, 0 when it says nothing, nothing new, or cannot be taken."""
    went = reply.sheet.rows[str(line.number)]
    where = f"{reply.file.name} 第{line.number}项 {label(line.indicator)}"
    findings += _forbidden(where, went, cells)
    told = Told(**{_FIELDS[key]: _plain(cells.get(key, "")) for key in FILLED})
    if not any((told.answer, told.own, told.own_numerator, told.own_denominator, told.words)):
        return 0
    try:
        read = _read(line, told, where)
    except RefusedError as refusal:
        findings += refusal.findings
        return 0
    last = line.answers.order_by("-id").first()
    if last is None or (last.reply_id and last.reply.sheet_id == reply.sheet_id):  # type: ignore[union-attr]
        if last is not None and (last.state, last.own(), last.words) == (read.state, read.own, read.words):
            return 0
        _entered(actor, line, read, last.proof if last else None, reply, reply.on)
        return 1
    if (last.state, last.own()) != (read.state, read.own):
        what = f"表上答“{_said(line, read.state, read.own)}”，{last.by}已于 {last.on} 在页面上答“{_said(line, last.state, last.own())}”"
        findings.append(Finding(where, what, "两处不一时不覆盖", "请与该单位核实；确以表上为准的，在这一行代录反馈"))
    return 0


_FIELDS = {ANSWER: "answer", OWN: "own", OWN_TOP: "own_numerator", OWN_BOTTOM: "own_denominator", WORDS: "words"}


def _plain(words: str) -> str:
    return "" if words.strip() in _BLANK else words.strip()


def _said(line: Line, state: str, own: Amount | None) -> str:
    return _STATE(state).label + (f" {own.value.normalize():f} {line.unit}" if own else "")


def _forbidden(where: str, went: Mapping[str, str], cells: Mapping[str, str]) -> list[Finding]:
    """Locked cells that came back otherwise: told, never taken."""
    return [
        Finding(
            f"{where} “{_LABELS[key]}”",
            f"发出时为“{went[key][:_SAID]}”，交回时为“{words[:_SAID]}”",
            "这一格已锁定，以发出时为准",
            f"没有采用；对数有异议的，请填在“{_LABELS[OWN]}”",
        )
        for key, words in cells.items()
        if key in went and key not in FILLED and key != "number" and not handbacks.same(went[key], words)
    ]
