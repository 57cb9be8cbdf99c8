"""核定: the only way a judged state changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.models import Breakdown, Commitment, Judgement
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.signing import refuse_twice
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LONGEST, _NAME = 300, 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """One step of judging."""

    step: str
    """self, leader, office or back."""
    on: date
    reason: str
    state: State | None = None
    shown: str = ""
    trouble: str = ""


_ORDER = {"leader": ("self", "科室自评"), "office": ("leader", "分管领导审签")}


def judge(actor: Actor, commitment_id: int, version: int, verdict: Verdict) -> Judgement:
    """One step of 科室自评 → 分管领导审签 → 督查室核定, or a sending back, with its reason.

    Raises:
        RefusedError: no right, not this person's office, out of order, no reason, or changed meanwhile.
    """
    with act(actor, f"ledger.{verdict.step}", "commitment", commitment_id) as note:
        commitment = held(actor, verdict.step, commitment_id, version, note)
        note.reason = verdict.reason
        was = commitment.claimed, commitment.judged
        judgement = judge_within(actor, commitment, verdict)
        note.detail = {"截至": verdict.on, "佐证": verdict.shown}
        if verdict.state:
            note.detail["状态"] = judgement.state
        note.changed("自评状态", was[0], commitment.claimed)
        note.changed("核定状态", was[1], commitment.judged)
    return judgement


def judge_within(actor: Actor, commitment: Commitment, verdict: Verdict, by: str = "") -> Judgement:
    """The same step inside an act of another room that holds the commitment and has asked for the right.

    Args:
        actor: who does it, or who enters what stands on a paper.
        commitment: held until the transaction ends.
        verdict: the step.
        by: who judged, in words, where it was entered from a signed paper (代录); "" is the actor.

    Raises:
        RefusedError: out of order, no reason, another leader's item.
    """
    if not by:
        _refuse_other_leader(actor, commitment, verdict)
        _refuse_same(actor, commitment, verdict)
    _refuse_unready(commitment, verdict)
    judgement = Judgement.objects.create(
        commitment=commitment,
        step=verdict.step,
        state=verdict.state.value if verdict.state else "",
        on=verdict.on,
        reason=verdict.reason.strip(),
        shown=verdict.shown.strip(),
        trouble=verdict.trouble.strip()[:_LONGEST],
        by=(by or actor.name)[:_NAME],
        by_login=actor.login,
    )
    _carry(commitment, verdict)
    return judgement


def _taken(commitment: Commitment) -> Sequence[tuple[str, str, str]]:
    """Steps taken since the last sending back or verification, each with login and name; a new claim needs a new signature."""
    taken: list[tuple[str, str, str]] = []
    for one in commitment.judgements.order_by("id").values_list("step", "by_login", "by"):
        taken = [] if one[0] in {"back", "office"} else [one] if one[0] == "self" else [*taken, one]
    return taken


def _steps(commitment: Commitment) -> Sequence[str]:
    return [step for step, _, _ in _taken(commitment)]


def _refuse_same(actor: Actor, commitment: Commitment, verdict: Verdict) -> None:
    """Whoever signs for the leader is nobody who signed for the section or the office, in whichever of his posts."""
    if verdict.step in {"self", "back"}:
        return
    taken = _taken(commitment)
    refuse_twice(actor, commitment.number, [(login, name) for _, login, name in taken])
    for step, login, name in taken:
        if "leader" in {step, verdict.step} and login == actor.login and name == actor.name:
            raise RefusedError(
                Finding(
                    commitment.number,
                    f"{actor.name}已经办过前一步",
                    "兼任几职的，自评、审签、核定仍由不同的人办理",
                    "请由另一人办理，或委托没有办过这一项的同志",
                )
            )


def _refuse_other_leader(actor: Actor, commitment: Commitment, verdict: Verdict) -> None:
    """A leader signs what the offices in his charge lead."""
    if verdict.step != "leader" or not commitment.leader or not actor.office:
        return
    offices = Office.objects.filter(city_id=commitment.edition.city_id, code=actor.office)
    own = offices.values_list("leader", flat=True).first()
    if own and own != commitment.leader:
        raise RefusedError(
            Finding(
                commitment.number,
                f"这一项由{commitment.leader}分管",
                "分管局领导只审签分管的事项",
                f"请送{commitment.leader}审签",
            )
        )


def _refuse_unready(commitment: Commitment, verdict: Verdict) -> None:
    if commitment.breakdown.stage != Breakdown.Stage.ISSUED:
        raise RefusedError(
            Finding(
                commitment.number,
                "这一项还没有印发",
                "任务分解表印发后才算立项，才有自评和核定",
                "请先审定、印发任务分解表",
            )
        )
    if not verdict.reason.strip():
        raise RefusedError(Finding(commitment.number, "没有写理由", "自评、审签、核定、退回都须写理由", "请写明理由"))
    if verdict.on > timezone.localdate():
        raise RefusedError(
            Finding(commitment.number, f"截至日 {verdict.on} 还没有到", "只能核定到今天为止的情况", "请改截至日")
        )
    if verdict.step != "back" and verdict.state is None:
        raise RefusedError(Finding(commitment.number, "没有选状态", "自评、审签、核定须选定状态", "请选定状态"))
    needed = _ORDER.get(verdict.step)
    taken = _steps(commitment)
    if needed and needed[0] not in taken:
        raise RefusedError(
            Finding(
                commitment.number,
                f"还没有{needed[1]}",
                "顺序为科室自评、分管领导审签、督查室核定",
                f"请先办理{needed[1]}",
            )
        )
    if verdict.step == "back" and not taken:
        raise RefusedError(Finding(commitment.number, "没有可退回的", "只能退回已自评或已审签的", "无须退回"))


def _carry(commitment: Commitment, verdict: Verdict) -> None:
    """What the row shows: the claim of the office, the verified state."""
    if verdict.step == "self" and verdict.state:
        commitment.claimed, commitment.trouble = verdict.state.value, verdict.trouble.strip()[:_LONGEST]
    elif verdict.step == "office" and verdict.state:
        commitment.judged, commitment.judged_on = verdict.state.value, verdict.on
    elif verdict.step == "back":
        commitment.claimed = ""
    commitment.version += 1
    commitment.save(update_fields=["claimed", "trouble", "judged", "judged_on", "version"])
