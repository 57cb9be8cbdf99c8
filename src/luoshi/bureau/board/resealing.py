"""Sealing anew as a job: every sealed column, then every kept file, a piece at a time; a worker that ends goes on where it was."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from luoshi.bureau.files.actions import reseal
from luoshi.bureau.files.models import File
from luoshi.bureau.jobs.actions.resealing import reseal_rows, sealed_columns
from luoshi.bureau.jobs.actions.running import Step

_ROWS, _FILES = 200, 20


def reseal_all(step: Step) -> Mapping[str, object]:
    """Seal what was kept before by the key that seals now. The checkpoint is where it stands: table or "files", and the last id.

    A piece done twice is done once: what is sealed by the key already is left.
    """
    tables = {model._meta.label: (model, names) for model, names in sealed_columns(step.actor)}  # noqa: SLF001
    order = [*tables, "files"]
    place, after, done = step.checkpoint or (order[0], 0, 0)
    total = sum(model._default_manager.count() for model, _names in tables.values()) + File.objects.count()  # noqa: SLF001
    for name in order[order.index(place) :]:
        after = after if name == place else 0
        while True:
            last, fresh = (
                _files(step, after) if name == "files" else reseal_rows(step.actor, *tables[name], after, _ROWS)
            )
            if not last:
                break
            after, done = last, done + fresh
            words = _("已重新加密 %(done)s 处") % {"done": done}
            step.reached(min(done, total), total, words, [name, after, done])
    return {"words": _("已重新加密 %(done)s 处，全部用新密钥") % {"done": done}}


def _files(step: Step, after: int) -> tuple[int, int]:
    found = list(File.objects.filter(pk__gt=after).order_by("pk")[:_FILES])
    return (found[-1].pk if found else 0), sum(reseal(step.actor, one) for one in found)
