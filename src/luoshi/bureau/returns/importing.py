"""A large file as a job: checked once, then kept in pieces of some units, each with the checkpoint."""

from collections.abc import Mapping
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.files.queries import content, file
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.returns.actions.bringing import KIND, Ready, Sent, prepare, write
from luoshi.bureau.returns.models import Window
from luoshi.bureau.returns.packing import unpacked
from luoshi.bureau.returns.taking import Opened

__all__ = ["KIND", "import_returns"]
PIECE = 200
"""Units that are kept in one transaction."""


def import_returns(step: Step) -> Mapping[str, object]:
    """Check and keep what a large file holds. The checkpoint names the units that are kept already.

    Raises:
        RefusedError: no row of it may be taken any more.
    """
    told = step.arguments
    window = Window.objects.select_related("city").get(pk=told["window"])
    done = list(step.checkpoint or ())
    step.reached(len(done), 0, _("正在核对"), done)
    parts = tuple(unpacked(one) for one in told["parts"])
    kept = None if told["persons"] else file(told["digest"])
    sent = content(kept) if kept else b""
    came = Sent(told["name"], sent, told["digest"], told["unit"])
    ready = prepare(step.actor, window, Opened(parts, persons=told["persons"]), came)
    codes = sorted(ready.held.keys() - set(done))
    total = len(codes) + len(done)
    for at in range(0, len(codes), PIECE):
        piece = codes[at : at + PIECE]
        done += piece
        write(step.actor, ready, piece, partial(_reached, step, done, total))
    return {"words": _said(ready, total), "url": reverse("return_window", args=[window.pk])}


def _reached(step: Step, done: list[str], total: int) -> None:
    words = _("已导入 %(done)s 个单位，共 %(total)s 个") % {"done": len(done), "total": total}
    step.reached(len(done), total, words, done)


def _said(ready: Ready, total: int) -> str:
    left = _("，%(left)s 个单位的行没有导入") % {"left": len(ready.left)} if ready.left else ""
    return _("已导入 %(total)s 个单位") % {"total": total} + left
