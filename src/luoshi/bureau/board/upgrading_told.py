"""What the page 备份与升级 says of the last backup, drill and rehearsal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from luoshi.bureau.backups import queries, upgrading
from luoshi.bureau.backups.working import DRILL, REHEARSE, TAKE
from luoshi.bureau.jobs import failures
from luoshi.bureau.jobs import queries as jobs
from luoshi.bureau.jobs.models import Job
from luoshi.words.findings import Finding

_MEGABYTE = 1 << 20
_DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_MOVES = ("waiting", "running")


def told() -> dict[str, Any]:
    """Everything on the page that is the same for everybody."""
    waiting, rehearsal = upgrading.pending(), upgrading.last()
    rows = [_row(TAKE, _take), _row(DRILL, _drill), _row(REHEARSE, _rehearsed)]
    return {
        "version": upgrading.software(),
        "database": _DATABASES.get(connection.vendor, connection.vendor),
        "pending": waiting,
        "ready": bool(waiting) and upgrading.rehearsed(),
        "failed": _why_not(rehearsal) if rehearsal and not rehearsal.good else [],
        "rows": rows,
        "moves": any(one["job"] and one["job"].state in _MOVES for one in rows),
        "once": jobs.ticket(),
    }


def _why_not(rehearsal: upgrading.Rehearsal) -> list[Finding]:
    return [Finding(*one) for one in rehearsal.findings]


def _row(kind: str, say: Any) -> dict[str, Any]:
    """One line: what was last entered of it, and the job that is at it now or came to nothing since."""
    entered, job = queries.last(kind), Job.objects.filter(kind=kind).first()
    moves = job is not None and job.state in _MOVES
    failed = job is not None and job.state == "failed" and (entered is None or (job.ended or job.asked) > entered.at)
    return {
        "kind": kind,
        "label": {TAKE: _("备份"), DRILL: _("恢复演练"), REHEARSE: _("升级演练")}[kind],
        "entered": entered,
        "state": _state(entered),
        "mark": "unknown" if entered is None else "done" if entered.good else "overdue",
        "words": say(entered.told) if entered is not None and entered.good else entered.reason if entered else "",
        "job": job if moves or failed else None,
        "moves": moves,
        "findings": failures.told(job.findings) if job is not None and failed else [],
    }


def _state(entered: queries.Entered | None) -> str:
    if entered is None:
        return _("还没有做过")
    return _("通过") if entered.good else _("未通过")


def _take(figures: Mapping[str, Any]) -> str:
    words = _(
        "%(name)s，%(size)s MB，%(seconds)s 秒；数据表 %(rows)s 行，文件 %(files)s 份，操作日志 %(entries)s 条"
    ) % {
        **figures,
        "name": Path(str(figures["path"])).name,
        "size": f"{int(figures['size']) / _MEGABYTE:.2f}",
        "files": int(figures["files"]) + int(figures["lake"]),
    }
    missing = len(figures.get("missing", ()))
    return words + (_("；缺失或已改动的文件 %(missing)s 份") % {"missing": missing} if missing else "")


def _drill(figures: Mapping[str, Any]) -> str:
    return _("%(seconds)s 秒恢复，数据表 %(rows)s 行、文件 %(files)s 份、操作日志 %(entries)s 条都与备份时相同") % {
        **figures,
        "seconds": f"{float(figures['seconds']):.1f}",
    }


def _rehearsed(figures: Mapping[str, Any]) -> str:
    upgraded = figures["upgraded"]
    return _("%(version)s 版，%(steps)s 步，升级用时 %(seconds)s 秒，改动数据表 %(changed)s 个") % {
        "version": figures["version"],
        "steps": len(upgraded["steps"]),
        "seconds": upgraded["seconds"],
        "changed": len(upgraded["changed"]),
    }
