"""A paper or a line of 整改台账 held until the transaction ends, as the person has seen it."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from luoshi.bureau.escalations.models import Paper, Rectification
from luoshi.bureau.journal.actions import Actor, Note
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def held_paper(
    actor: Actor,  # noqa: ARG001 (whoever writes is named in every action)
    paper_id: int,
    version: int,
    allowed: Sequence[str],
    said: str,
    note: Note,
) -> Paper:
    """The paper, locked; its title goes into the note.

    Raises:
        RefusedError: there is none, it is at another stage, or somebody changed it since the page was shown.
    """
    found = Paper.objects.select_for_update().filter(pk=paper_id).first()
    if found is None:
        raise RefusedError(Finding("督办", "没有这份督办单", "只能办理已拟制的督办单", "请刷新页面"))
    note.title = found.title
    _refuse_stale(found.title, found.version, version)
    if found.stage not in allowed:
        what = f"这份{found.name}现在是“{found.get_stage_display()}”，不能{said}"
        raise RefusedError(Finding(found.title, what, "顺序为拟稿、发出、答复；发出只办一次", "请先看清现在到了哪一步"))
    return found


def held_rectification(actor: Actor, number: int, version: int, note: Note) -> Rectification:  # noqa: ARG001
    """A line of 整改台账, locked.

    Raises:
        RefusedError: there is none, or somebody changed it since the page was shown.
    """
    found = Rectification.objects.select_for_update().filter(pk=number).first()
    if found is None:
        raise RefusedError(Finding("整改台账", "没有这一条", "只能办理台账里的问题", "请刷新页面"))
    note.title = str(found)
    _refuse_stale(str(found), found.version, version)
    return found


def _refuse_stale(where: str, now: int, shown: int) -> None:
    if now != shown:
        raise RefusedError(Finding(where, "别人刚刚办理过", "以先办的为准", "请刷新页面，看过后再办"))


def refuse_future(actor: Actor, where: str, on: date) -> None:  # noqa: ARG001
    """Nothing happened on a day to come; called by actions and their own checks."""
    if on > timezone.localdate():
        raise RefusedError(Finding(where, f"日期 {on} 还没有到", "只登记已经发生的事", "请改日期"))
