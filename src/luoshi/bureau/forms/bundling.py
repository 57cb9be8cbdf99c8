"""The sheets of a large form as a job: workbooks written into one archive a piece at a time, taken from 后台任务.

A worker that ends leaves the archive whole up to the last piece, and the next goes on; one that is killed in the midst of a piece leaves
an archive that does not open, and it is made anew. Until it is done nobody can take it.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from luoshi.bureau.files.actions import keep_made
from luoshi.bureau.forms import queries
from luoshi.bureau.forms.models import Request
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn
from luoshi.bureau.people.models import Division
from luoshi.bureau.people.rights import require
from luoshi.checking.workbooks import put_books, put_list
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

KIND = "forms.bundle"
AT_ONCE = 200
"""Sheets that are made while the person waits: some 20 ms each."""
PIECE = 100
"""Sheets between two checkpoints."""


def ask_for_bundle(actor: Actor, row: Request, period: str, county: str, sheets: int) -> Job:
    """The job; the same one while no more sheets went out, whoever of this login asks again.

    Args:
        actor: who may gather the form.
        row: the form.
        period: of the sheets.
        county: code of a county; empty for all.
        sheets: how many there are.
    """
    key = f"{KIND}/{row.pk}/{period}/{county}/{sheets}/{actor.login}"
    arguments = {"form": row.pk, "period": period, "county": county}
    return enqueue(actor, KIND, arguments, f"{row.title[:80]} {period} 填报表（{sheets} 份）", key=key)


def bundle_sheets(step: Step) -> Mapping[str, object]:
    """Write the sheets of a period as one archive. The checkpoint is how many are in it, and in the end the result itself.

    Raises:
        RefusedError: no right any more, or no sheet.
    """
    if isinstance(step.checkpoint, dict):
        return step.checkpoint
    row, county = Request.objects.select_related("city").get(pk=step.arguments["form"]), step.arguments["county"]
    require(step.actor, "gather_form", lead=row.office)
    found = queries.sheets(row, step.arguments["period"], queries.county_of(step.actor))
    several = list(queries.asked_of(row, [one for one in found if county in {"", one.county}]).values())
    if not several:
        raise RefusedError(Finding(row.title, "没有填报表", "先生成每校一份", "请先生成再下载"))
    folder = _folder(row, county)
    out = Path(settings.HOME) / "making" / f"forms-{step.job}.zip"
    out.parent.mkdir(parents=True, exist_ok=True)
    for at in range(_there(out, step.checkpoint or 0), len(several), PIECE):
        with zipfile.ZipFile(out, "a" if at else "w", zipfile.ZIP_DEFLATED) as archive:
            if not at:
                put_list(archive, several, folder)
            put_books(archive, several[at : at + PIECE], folder)
        done = min(at + PIECE, len(several))
        words = _("已生成 %(done)s 份，共 %(total)s 份") % {"done": done, "total": len(several)}
        step.reached(done, len(several), words, done)
    return _kept(step, out, f"{row.title}_{folder}.zip", len(several))


def _folder(row: Request, county: str) -> str:
    name = Division.ever.filter(city=row.city, code=county).values_list("name", flat=True).first()
    return name or _("全市")


def _there(out: Path, done: int) -> int:
    """How many sheets an archive holds that an earlier worker left; none where it does not open or is another length."""
    try:
        with zipfile.ZipFile(out) as archive:
            return done if len(archive.namelist()) == done + 1 else 0
    except (OSError, zipfile.BadZipFile):
        return 0


def _kept(step: Step, out: Path, name: str, total: int) -> Mapping[str, object]:
    words = _("已生成 %(total)s 份") % {"total": total}
    with turn(), transaction.atomic():
        kept = keep_made(step.actor, out, name, "application/zip")
        result = {"words": words, "file": kept.digest, "name": name}
        step.reached(total, total, words, result)
    return result
