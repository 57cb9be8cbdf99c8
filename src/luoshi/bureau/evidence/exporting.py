"""The sealed archive of evidence as a job: each item looked through by itself, then written, kept, and taken from 后台任务."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from luoshi.bureau.evidence import queries
from luoshi.bureau.evidence.actions import Sealed, export
from luoshi.bureau.files.actions import keep_made
from luoshi.bureau.files.queries import checked
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError

KIND = "evidence.export"


def export_evidence(step: Step) -> Mapping[str, object]:
    """The evidence of a plan, or of one item of it, as one archive.

    The arguments name "plan" and perhaps "item". The checkpoint is how many items were looked through, and in the end the
    result itself: a worker that dies after the archive was kept does not make a second one.

    Raises:
        RefusedError: no right, a broken chain, or a file that is gone or was changed.
    """
    if isinstance(step.checkpoint, dict):
        return step.checkpoint
    require(step.actor, "export_evidence")
    ids = queries.chosen(step.arguments["plan"], step.arguments.get("item", ""))
    for at in range(step.checkpoint or 0, len(ids)):
        number = _look_through(ids[at])
        words = _("已核对 %(done)s 项，共 %(total)s 项；刚核对 %(number)s") % {
            "done": at + 1, "total": len(ids), "number": number,
        }  # fmt: skip
        step.reached(at + 1, len(ids), words, at + 1)
    return _made(step, ids)


def _look_through(pk: int) -> str:
    """One item's chain and every file of it; its number."""
    row = Commitment.objects.get(pk=pk)
    if fault := queries.broken(row):
        raise RefusedError(fault)
    for piece in queries.pieces([pk]).get(pk, ()):
        checked(piece.file).close()
    return row.number


def _made(step: Step, ids: list[int]) -> Mapping[str, object]:
    """Written beside the kept files, then moved to them with its entry and the end of the job, all or nothing."""
    folder = Path(settings.HOME) / "making"
    folder.mkdir(parents=True, exist_ok=True)
    out, name = folder / f"evidence-{step.job}.zip", _("佐证封存包") + f"-{step.job}.zip"
    ending = _Ending(step, len(ids), out, name)
    try:
        export(step.actor, ids, out, ending.written, ending.kept)
    finally:
        out.unlink(missing_ok=True)
    return ending.result


@dataclass(slots=True)
class _Ending:
    """The last stretch of a job: what it says meanwhile and what it leaves."""

    step: Step
    items: int
    out: Path
    name: str
    result: Mapping[str, object] = field(default_factory=dict)

    def written(self, done: int, total: int) -> None:
        """Before each file, so that the lease holds and 停止 is heard."""
        words = _("正在写入，第 %(done)s 份，共 %(total)s 份") % {"done": done + 1, "total": total}
        self.step.reached(self.items, self.items, words, self.items)

    def kept(self, told: Sealed) -> None:
        """Within the act."""
        words = _("已封存 %(items)s 项、%(files)s 份文件；封签 %(seal)s，请抄存或公布") % {
            "items": told.items, "files": told.files, "seal": told.seal,
        }  # fmt: skip
        file = keep_made(self.step.actor, self.out, self.name, "application/zip")
        self.result = {"words": words, "file": file.digest, "name": self.name}
        self.step.reached(self.items, self.items, words, dict(self.result))
