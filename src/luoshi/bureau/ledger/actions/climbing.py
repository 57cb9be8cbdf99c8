"""阶梯节点: the steps of a declared staircase become milestones of an item, with days spread to its due day."""

from datetime import date

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.actions.holding import held
from luoshi.bureau.ledger.models import Milestone
from luoshi.declared import STAIRCASES
from luoshi.tracking import spread
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def climb(actor: Actor, commitment_id: int, version: int, key: str, start: date, calendar: Calendar) -> list[Milestone]:
    """Set the steps of a staircase as milestones.

    Args:
        actor: who sets them.
        commitment_id: the item.
        version: as it was shown.
        key: of a declared staircase.
        start: the day the time to the due day is counted from.
        calendar: working days, where the steps are put.

    Raises:
        RefusedError: no right, no such staircase, no due day or none after the start, a staircase set already, a milestone of the
            same name, or changed meanwhile.
    """
    with act(actor, "ledger.ladder", "commitment", commitment_id) as note:
        row = held(actor, "milestone", commitment_id, version, note)
        staircase = next((one for one in STAIRCASES if one.key == key), None)
        if staircase is None:
            raise RefusedError(Finding(row.number, f"没有“{key[:20]}”这种阶梯", "只用已声明的阶梯", "请从列表中选"))
        if row.due is None or row.due <= start:
            due = row.due or "没有写"
            rule = "节点日期从起算日排到完成时限"
            raise RefusedError(
                Finding(row.number, f"完成时限{due}，起算日 {start}", rule, "请先定完成时限，或逐个增设节点")
            )
        there = list(row.milestones.all())
        if any(one.percent is not None for one in there):
            raise RefusedError(Finding(row.number, "已设阶梯节点", "一项只用一种阶梯", "请在填报与更正页改节点"))
        steps = spread(staircase, start, row.due, calendar)
        same = {one.name for one in there} & {one.name for one in steps}
        if same:
            rule, remedy = "一项之内节点不重名", "请先改原有节点的名称"
            raise RefusedError(Finding(row.number, f"已有节点“{min(same)}”", rule, remedy))
        made = Milestone.objects.bulk_create(
            Milestone(commitment=row, name=one.name, due=one.due, percent=one.percent, place=len(there) + at)
            for at, one in enumerate(steps)
        )
        row.version += 1
        row.save(update_fields=["version"])
        note.detail = {"阶梯": staircase.label, "节点": {one.name: one.due for one in steps}}
    return made
