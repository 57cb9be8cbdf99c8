"""Backups, drills and rehearsals as jobs, and the part of the daily round that asks for a backup."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.utils.translation import gettext as _

from luoshi.bureau.backups import actions
from luoshi.bureau.backups.archive import Tell
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.journal.actions import Actor
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

TAKE, DRILL, REHEARSE = "backups.take", "backups.drill", "backups.rehearse"
TITLES = {TAKE: "备份", DRILL: "恢复演练", REHEARSE: "升级演练"}
_EVERY = 1.0
"""Seconds between two marks of progress: each is a write that others wait for."""


def back_up(step: Step) -> Mapping[str, object]:
    """A backup in the folder of backups; begun anew when it was broken off, because half a backup is none."""
    folder = actions.folder(step.actor)
    keep = kept() if step.arguments.get("daily") else 0
    told = actions.back_up(step.actor, folder, keep=keep, tell=_telling(step))
    words = _("已备份到 %(path)s，%(size)s MB，数据表 %(rows)s 行，文件 %(files)s 份，操作日志 %(entries)s 条")
    return {
        "words": words % {
            "path": told.path, "size": f"{told.size / (1 << 20):.2f}", "rows": told.rows,
            "files": told.files + told.lake, "entries": told.entries,
        }
    }  # fmt: skip


def drill(step: Step) -> Mapping[str, object]:
    """The newest backup restored into a spare house."""
    told = actions.drill(step.actor, tell=_telling(step))
    words = _("恢复演练通过：%(file)s，数据表 %(rows)s 行、文件 %(files)s 份、操作日志 %(entries)s 条都与备份时相同")
    return {"words": words % {**told, "file": Path(str(told["file"])).name}}


def rehearse(step: Step) -> Mapping[str, object]:
    """A backup, restored into a spare house and upgraded there."""
    told = actions.rehearse(step.actor, _telling(step))
    upgraded = told.figures["upgraded"]
    words = _("升级演练通过：%(steps)s 步，升级用时 %(seconds)s 秒，改动数据表 %(changed)s 个")
    return {
        "words": words % {
            "steps": len(told.steps), "seconds": upgraded["seconds"], "changed": len(upgraded["changed"]),
        }
    }  # fmt: skip


def ask(actor: Actor, kind: str, once: str) -> None:
    """The job, asked for once however often the button is pressed."""
    enqueue(actor, kind, {}, TITLES[kind], key=f"{kind}/{actor.login}/{once}" if once else "")


def ask_daily(actor: Actor, on: date) -> str:
    """The day's backup as a job; the round itself may not take so long."""
    enqueue(actor, TAKE, {"daily": True}, "每日备份", key=f"{TAKE}/daily/{on}")
    return "已交后台备份"


def kept() -> int:
    """How many daily backups stay.

    Raises:
        RefusedError: the setting is no number.
    """
    words = str(settings.BACKUP_KEEP).strip()
    if not words.isdecimal() or not int(words):
        rule, remedy = "须是大于 0 的整数，例如 14", "请更正环境变量 LUOSHI_BACKUP_KEEP，再启动一次"
        raise RefusedError(Finding("LUOSHI_BACKUP_KEEP", f"“{words}”不是份数", rule, remedy))
    return int(words)


def _telling(step: Step) -> Tell:
    said = monotonic()

    def tell(done: int, total: int, words: str) -> None:
        nonlocal said
        if monotonic() - said >= _EVERY:
            said = monotonic()
            step.reached(done, total, words)

    return tell
