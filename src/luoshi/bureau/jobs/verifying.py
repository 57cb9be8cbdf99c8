"""Verifying the journal as a job: some thousand entries at a time, from where it was."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.journal import outside
from luoshi.bureau.journal import queries as journal
from luoshi.bureau.journal.chain import BEGINNING, Anchor, verify
from luoshi.words.errors import RefusedError

KIND = "journal.verify"
PIECE = 2000


def verify_journal(step: Step) -> Mapping[str, object]:
    """The chain from its first entry to the end it had when the job was taken up; what is entered meanwhile is not looked at.

    The arguments may name "anchors", ends kept on paper, as `number:digest`; those in the folder outside are taken by
    themselves.

    Raises:
        RefusedError: the chain is broken, with the place.
    """
    at = Anchor.parse(step.checkpoint) if step.checkpoint else BEGINNING
    end = journal.head() or BEGINNING
    anchors = [*map(Anchor.parse, step.arguments.get("anchors", ())), *_outside()]
    while records := journal.records(at.number, max(0, min(PIECE, end.number - at.number))):
        last = int(str(records[-1]["number"]))
        found = journal.named(verify(records, None, [one for one in anchors if at.number < one.number <= last], at))
        if found:
            raise RefusedError(found.finding)
        at = Anchor(last, str(records[-1]["digest"]), str(records[-1]["digested_by"]))
        words = _("已核验 %(done)s 条，共 %(total)s 条") % {"done": at.number, "total": end.number}
        step.reached(at.number, end.number, words, str(at))
    found = verify((), end, [one for one in anchors if one.number > at.number], at)
    if found:
        raise RefusedError(found.finding)
    return {"words": _("操作日志完整，共 %(number)s 条，链尾 %(end)s") % {"number": end.number, "end": end}}


def _outside() -> list[Anchor]:
    folder = Path(settings.ANCHORS)
    return [one.anchor for one in outside.found(folder)] if settings.ANCHORS and any(folder.glob("*.txt")) else []
