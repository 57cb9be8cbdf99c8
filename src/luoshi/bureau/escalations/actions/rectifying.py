"""整改台账 and 回头看."""

from dataclasses import dataclass
from datetime import date

from luoshi.bureau.escalations.actions.holding import held_rectification, refuse_future
from luoshi.bureau.escalations.models import LookBack, Paper, Rectification
from luoshi.bureau.files.actions import keep_looked
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STATE = Rectification.State


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as it is entered."""

    problem: str
    source: str
    due: date | None
    lead: str = ""
    measure: str = ""
    commitment: int | None = None
    paper: int | None = None


def add(actor: Actor, edition: Edition, told: Problem) -> Rectification:
    """A new line of 整改台账, from a paper or by hand.

    Raises:
        RefusedError: no right, no problem, no day, an unknown source or office, or an item of another plan.
    """
    with act(actor, "escalations.rectify", "plan", edition.pk, told.problem.strip()[:60]) as note:
        require(actor, "add_rectification")
        paper = Paper.objects.filter(pk=told.paper, commitment__edition=edition).first() if told.paper else None
        row = paper.commitment if paper else _item(edition, told.commitment)
        due = _refuse_problem(edition, told, row)
        kept = Rectification.objects.create(
            edition=edition,
            commitment=row,
            paper=paper,
            problem=told.problem.strip(),
            source=told.source,
            measure=told.measure.strip(),
            lead=told.lead or (row.lead if row else ""),
            due=due,
            by=actor.name,
        )
        note.detail = {"整改": kept.pk, "来源": kept.source, "时限": kept.due, "牵头": kept.lead}
    return kept


def _item(edition: Edition, number: int | None) -> Commitment | None:
    return Commitment.objects.filter(pk=number or 0, edition=edition).first()


def _refuse_problem(edition: Edition, told: Problem, row: Commitment | None) -> date:
    """The day it is due, once everything else is as it has to be."""
    where = "整改台账"
    if not told.problem.strip():
        raise RefusedError(Finding(where, "没有写问题", "每条写一个问题", "请填写问题"))
    if told.due is None:
        raise RefusedError(Finding(where, "没有写整改时限", "整改须有时限", "请填写时限"))
    if told.source not in set(Rectification.Source):
        raise RefusedError(Finding(where, f"没有“{told.source[:20]}”这一来源", "督查、督导、巡察、审计", "请选定来源"))
    if told.lead and not Office.objects.filter(city=edition.city, code=told.lead).exists():
        raise RefusedError(Finding(where, f"没有“{told.lead[:20]}”这个科室", "牵头科室从本局科室中选", "请重新选择"))
    if (told.commitment or told.paper) and row is None:
        raise RefusedError(Finding(where, "没有这一督查事项", "只能关联本台账的事项", "请重新选择"))
    return told.due


@dataclass(frozen=True, slots=True)
class Mending:
    """What the lead section reports."""

    measure: str
    evidence: str = ""
    claimed: bool = False
    """Whether it says that the problem is mended."""
    file: tuple[str, bytes] | None = None


def mend(actor: Actor, number: int, version: int, told: Mending) -> Rectification:
    """填报整改: measure and evidence by the lead section; a claim waits for somebody to go and look.

    Raises:
        RefusedError: no right, another section's, no measure, a claim without evidence, or changed meanwhile.
    """
    with act(actor, "escalations.rectify", "rectification", number) as note:
        kept = held_rectification(actor, number, version, note)
        require(actor, "rectify", lead=kept.lead)
        if not told.measure.strip():
            raise RefusedError(Finding(str(kept), "没有写整改措施", "整改须写明措施", "请填写措施"))
        if told.claimed and not (told.evidence.strip() or kept.evidence):
            raise RefusedError(
                Finding(str(kept), "没有佐证材料", "报整改完成须有佐证", "请写明材料名称、文号，或上传文件")
            )
        note.changed("措施", kept.measure, told.measure.strip())
        note.changed("佐证", kept.evidence, told.evidence.strip() or kept.evidence)
        note.detail |= {"报完成": told.claimed}
        kept.measure, kept.evidence = told.measure.strip(), told.evidence.strip() or kept.evidence
        kept.scan = keep_looked(actor, told.file[1], told.file[0]) if told.file else kept.scan
        kept.state = _STATE.CLAIMED if told.claimed else kept.state
        _seen(kept)
    return kept


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found on the spot."""

    on: date
    who: str
    found: str
    kept: bool


def look_back(actor: Actor, number: int, version: int, looked: Looked) -> LookBack:
    """回头看: mended when it holds, open again when it does not.

    Raises:
        RefusedError: no right, nobody named, nothing found, a day to come, or changed meanwhile.
    """
    with act(actor, "escalations.look_back", "rectification", number) as note:
        require(actor, "look_back")
        kept = held_rectification(actor, number, version, note)
        refuse_future(actor, str(kept), looked.on)
        if not looked.who.strip() or not looked.found.strip():
            raise RefusedError(Finding(str(kept), "没有写谁去看的，或看到了什么", "回头看须有人、有情况", "请填写完整"))
        entry = LookBack.objects.create(
            rectification=kept,
            on=looked.on,
            who=looked.who.strip()[:100],
            found=looked.found.strip(),
            kept=looked.kept,
            by=actor.name,
        )
        note.reason, note.detail = entry.found, {"日期": looked.on, "何人": entry.who, "保持": looked.kept}
        kept.state = _STATE.MENDED if looked.kept else _STATE.OPEN
        kept.mended_on = (kept.mended_on or looked.on) if looked.kept else None
        _seen(kept)
    return entry


def _seen(kept: Rectification) -> None:
    kept.version += 1
    kept.save()
