"""签发, 发出, 答复, 撤回: each by a person, with a name and a day."""

from dataclasses import dataclass
from datetime import date

from luoshi.bureau.escalations.actions.holding import held_paper, refuse_future
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.files.actions import keep_looked, keep_scan
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.rights import answers, require
from luoshi.tracking.ladder import Step
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE = Paper.Stage
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Sent:
    """How a paper went out."""

    on: date
    signer: str = ""
    """签发人, where it was signed on paper."""
    number: str = ""
    """文号."""
    scan: tuple[str, bytes] | None = None
    """Name and bytes of the signed paper."""


def sign(actor: Actor, paper_id: int, version: int, on: date) -> Paper:
    """签发 in the house: the leader in charge signs the draft as it reads now.

    Raises:
        RefusedError: no leader, not his office, no draft any more, or changed meanwhile.
    """
    with act(actor, "escalations.sign", "paper", paper_id) as note:
        require(actor, "sign_paper")
        paper = held_paper(actor, paper_id, version, [_STAGE.DRAFT], "签发", note)
        refuse_future(actor, paper.title, on)
        refuse_other_leader(actor, paper.commitment)
        paper.signer, paper.signed_on = actor.name, on
        note.detail = {"签发": on, "正文": paper.words}
        paper.version += 1
        paper.save(update_fields=["signer", "signed_on", "version"])
    return paper


def refuse_other_leader(actor: Actor, row: Commitment) -> None:
    """A leader signs what the offices in his charge lead."""
    if not row.leader or not actor.office:
        return
    offices = Office.objects.filter(city_id=row.edition.city_id, code=actor.office)
    charge = offices.values_list("leader", flat=True).first()
    if charge and charge != row.leader:
        what, remedy = f"这一项由{row.leader}分管", f"请送{row.leader}签字"
        raise RefusedError(Finding(row.number, what, "分管局领导只签分管的事项", remedy))


def send(actor: Actor, paper_id: int, version: int, sent: Sent) -> Paper:
    """发出: entered by a person after a leader signed; days for the answer count from here.

    Raises:
        RefusedError: no right, not signed, no 文号, no scan, a day to come, sent already, or changed meanwhile.
    """
    with act(actor, "escalations.send", "paper", paper_id) as note:
        require(actor, "send_paper")
        paper = held_paper(actor, paper_id, version, [_STAGE.DRAFT], "发出", note)
        refuse_future(actor, paper.title, sent.on)
        if sent.on < paper.month:
            what = f"发出日期 {sent.on} 早于所督办的月份"
            raise RefusedError(Finding(paper.title, what, "发出在该月之后", "请检查日期"))
        _refuse_unsigned(paper, sent)
        paper.signer = paper.signer if paper.signed_on else sent.signer.strip()[:60]
        paper.document_number, paper.sent_on, paper.sent_by = sent.number.strip()[:_LONGEST], sent.on, actor.name
        paper.scan = keep_scan(actor, sent.scan[1], sent.scan[0]) if sent.scan else None
        calendar = calendar_of(paper.commitment.edition.city)
        paper.answer_by = calendar.plus_workdays(sent.on, paper.answer_days) if paper.answer_days else None
        note.detail = {
            "签发人": paper.signer,
            "文号": paper.document_number,
            "发出": sent.on,
            "答复期限": paper.answer_by,
        }
        _moved(paper, _STAGE.SENT)
    return paper


def _refuse_unsigned(paper: Paper, sent: Sent) -> None:
    """A reminder is a message and needs no more than the person who sends it; everything else is a signed document."""
    if paper.step == Step.REMINDER:
        return
    if paper.signed_on is None and (not sent.signer.strip() or sent.scan is None):
        rule = "督办单由局领导签发后才能发出：系统内签发，或填写签发人并附签发件扫描件"
        raise RefusedError(Finding(paper.title, "没有签发人或没有扫描件", rule, "请先送签，签后把扫描件传上来"))
    if paper.signed_on is not None and sent.on < paper.signed_on:
        what = f"发出日期 {sent.on} 早于签发日期 {paper.signed_on}"
        raise RefusedError(Finding(paper.title, what, "签发后才能发出", "请检查日期"))
    if not sent.number.strip():
        raise RefusedError(Finding(paper.title, "没有文号", "发出的督办单须有文号", "请向文书取号后填写"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    words: str
    on: date
    file: tuple[str, bytes] | None = None


def answer(actor: Actor, paper_id: int, version: int, told: Answer) -> Paper:
    """答复: by the lead section, the county, or entered for them.

    Raises:
        RefusedError: no right, another office's paper, nothing said, a day that cannot be, or changed meanwhile.
    """
    with act(actor, "escalations.answer", "paper", paper_id) as note:
        paper = held_paper(actor, paper_id, version, [_STAGE.SENT], "答复", note)
        require(actor, "answer_paper", lead=paper.commitment.lead)
        _refuse_other_county(actor, paper)
        refuse_future(actor, paper.title, told.on)
        if paper.sent_on and told.on < paper.sent_on:
            what = f"答复日期 {told.on} 早于发出日期 {paper.sent_on}"
            raise RefusedError(Finding(paper.title, what, "先发出，后答复", "请检查日期"))
        if not told.words.strip():
            raise RefusedError(Finding(paper.title, "没有写答复", "答复须写明进展、问题和措施", "请填写答复"))
        paper.answer, paper.answered_on, paper.answered_by = told.words.strip(), told.on, actor.name
        paper.answer_file = keep_looked(actor, told.file[1], told.file[0]) if told.file else None
        late = paper.answer_by is not None and told.on > paper.answer_by
        note.detail = {"答复": told.on, "期限": paper.answer_by, "超期": late, "代录": actor.role == "supervisor"}
        _moved(paper, _STAGE.ANSWERED)
    return paper


def _refuse_other_county(actor: Actor, paper: Paper) -> None:
    if actor.role == "county" and not answers(actor, *paper.commitment.divisions):
        what = f"{actor.name}的单位不在这一项的责任单位内"
        raise RefusedError(Finding(paper.title, what, "县（市、区）只答复本单位的督办单", "请转责任单位办理"))


def withdraw(actor: Actor, paper_id: int, version: int, reason: str) -> Paper:
    """撤回: a draft that is not to go out, or a paper that should not have; it stays with its reason.

    Raises:
        RefusedError: no right, no reason, answered or withdrawn already, or changed meanwhile.
    """
    with act(actor, "escalations.withdraw", "paper", paper_id) as note:
        require(actor, "send_paper")
        paper = held_paper(actor, paper_id, version, [_STAGE.DRAFT, _STAGE.SENT], "撤回", note)
        note.reason = reason.strip()
        if not note.reason:
            raise RefusedError(Finding(paper.title, "没有写理由", "撤回须写明理由", "请写明为什么撤回"))
        paper.withdrawn_by, paper.withdrawn_because = actor.name, note.reason
        _moved(paper, _STAGE.WITHDRAWN)
    return paper


def _moved(paper: Paper, stage: str) -> None:
    paper.stage = stage
    paper.version += 1
    paper.save()
