"""When a window closes and when it is locked, the small files its counties brought into the lake become few: as a job, seen in 后台任务.

A job that is killed leaves the lake as it was or merged, never half (see `keeping.compacting`), and merging again finds nothing to do.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.lakes import lake
from luoshi.bureau.returns.models import Window
from luoshi.declared.returns import RETURNS

KIND = "returns.compact"


def ask_for_compaction(actor: Actor, window: Window) -> Job | None:
    """The job, once a version of the window; None where nothing of it is in the lake."""
    if not window.deposits.filter(edition__isnull=False).exists():
        return None
    key = f"{KIND}/{window.pk}/{window.version}"
    return enqueue(actor, KIND, {"window": window.pk}, f"合并“{window.title[:80]}”入库的文件", key=key)


def compact_window(step: Step) -> Mapping[str, object]:
    """Merge what the lake has of each return of the window. The checkpoint is how many returns are done.

    Raises:
        RefusedError: a file of the lake is damaged; then nothing of that return is merged.
    """
    window = Window.objects.get(pk=step.arguments["window"])
    files = 0
    for at in range(step.checkpoint or 0, len(window.returns)):
        key = window.returns[at]
        told = lake().compact(key, window.period, at=datetime.now(UTC), by=step.actor.name)
        files += sum(len(one.editions) for one in told.merged) if told else 0
        step.reached(at + 1, len(window.returns), _("已合并“%(of)s”") % {"of": RETURNS[key].label}, at + 1)
    words = _("已合并 %(files)s 版") % {"files": files} if files else _("没有要合并的")
    return {"words": words, "url": reverse("return_window", args=[window.pk])}
