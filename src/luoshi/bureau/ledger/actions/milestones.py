"""时间节点: what has to be there by when, and that it is there. Six promises in seven are judged on these."""

from datetime import date

from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.models import Commitment, Milestone
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LONGEST = 200
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def set_milestone(actor: Actor, commitment_id: int, version: int, name: str, due: date | None) -> Milestone:
    """A milestone of a commitment.

    Raises:
        RefusedError: no right, no name, no day, the same name twice, or the commitment was changed meanwhile.
    """
    with act(actor, "ledger.milestone", "commitment", commitment_id) as note:
        commitment = held(actor, "milestone", commitment_id, version, note)
        name = name.strip()[:_LONGEST]
        if not name or due is None:
            raise RefusedError(
                Finding(commitment.number, "节点没有写全", "节点须有名称和日期", "请写明做到什么、哪一天前做到")
            )
        if not _EARLIEST <= due <= _LATEST:
            raise RefusedError(
                Finding(
                    commitment.number, f"节点日期 {due} 不合理", f"须在 {_EARLIEST} 至 {_LATEST} 之间", "请检查年份"
                )
            )
        if commitment.milestones.filter(name=name).exists():
            raise RefusedError(Finding(commitment.number, f"已有节点“{name}”", "一项之内节点不重名", "请换一个名称"))
        milestone = Milestone.objects.create(
            commitment=commitment, name=name, due=due, place=commitment.milestones.count()
        )
        note.detail = {"节点": name, "时限": due}
        _seen(commitment)
    return milestone


def reach_milestone(actor: Actor, milestone_id: int, version: int, done: date | None, shown: str) -> Milestone:
    """A milestone is there: since which day, and what shows it.

    Raises:
        RefusedError: no right, reached already, no day, nothing that shows it, or changed meanwhile.
    """
    found = Milestone.objects.filter(pk=milestone_id).first()
    with act(actor, "ledger.reach", "commitment", found.commitment_id if found else 0) as note:
        if found is None:
            raise RefusedError(Finding("时间节点", "没有这个节点", "只能办理台账里的节点", "请刷新页面"))
        commitment = held(actor, "milestone", found.commitment_id, version, note)
        milestone = Milestone.objects.select_for_update().get(pk=milestone_id)
        if milestone.done is not None:
            raise RefusedError(
                Finding(
                    commitment.number,
                    f"节点“{milestone.name}”已于 {milestone.done} 完成",
                    "一个节点只完成一次",
                    "无须再办",
                )
            )
        if done is None or not shown.strip():
            raise RefusedError(
                Finding(
                    commitment.number,
                    "没有写完成日期或佐证材料",
                    "完成节点须有日期和佐证",
                    "请写明日期和材料名称、文号",
                )
            )
        if done > timezone.localdate():
            raise RefusedError(
                Finding(
                    commitment.number, f"完成日期 {done} 还没有到", "只能报已经完成的节点", "请改日期，或等完成后再报"
                )
            )
        milestone.done = done
        milestone.save(update_fields=["done"])
        note.detail, note.reason = {"节点": milestone.name}, shown.strip()
        note.changed("完成", None, done)
        _seen(commitment)
    return milestone


def _seen(commitment: Commitment) -> None:
    """Whoever has the page open is told that it changed."""
    commitment.version += 1
    commitment.save(update_fields=["version"])
