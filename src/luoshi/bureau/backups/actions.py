"""Backups, drills and upgrades as acts.

The long work is done first, then it is entered: nobody waits for the journal while a backup is written. A backup whose entry
was lost with the power is still a whole backup.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from luoshi.bureau.backups import upgrading
from luoshi.bureau.backups.archive import Archive, Tell, unheard
from luoshi.bureau.backups.restoring import Restored
from luoshi.bureau.backups.taking import Taken, named, of_folder, take, thin
from luoshi.bureau.backups.trying import try_out
from luoshi.bureau.backups.upgrading import Rehearsal
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.queries import the_city
from luoshi.keeping import disk
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_ID = 16


def back_up(
    actor: Actor, out: Path, *, with_key: bool = False, keep: int = 0, at: datetime | None = None, tell: Tell = unheard
) -> Taken:
    """Take a backup.

    Args:
        actor: whoever asks.
        out: a file that is not there, or a folder, in which it gets a name.
        with_key: put the signing key in.
        keep: so many of the newest of the folder stay; 0 is all of them.
        at: now.
        tell: told how far it has come; what it raises stops the backup.

    Raises:
        RefusedError: no right, or `taking.take` says why.
    """
    require(actor, "upgrade")
    moment = timezone.localtime(at)
    if keep and not out.is_dir():
        rule = "只在给出文件夹时清理旧备份"
        raise RefusedError(Finding(str(out), "不是文件夹", rule, "请在 --out 后给一个已有的文件夹，或不用 --keep"))
    file = named(out, _key_of_city(), moment) if out.is_dir() else out
    taken = take(file, at=moment, with_key=with_key, tell=tell)
    gone = thin(out, keep) if keep else []
    if _journal_is_current():
        with act(actor, "backups.take", "backup", taken.seal[:_ID], file.name) as note:
            note.detail = {**taken.figures(), "key": with_key, "thinned": [one.name for one in gone]}
    return taken


def _key_of_city() -> str:
    if any(step.startswith(("people.", "plans.")) for step in upgrading.pending()):
        return ""
    city = the_city()
    return city.key if city else ""


def _journal_is_current() -> bool:
    """Whether an entry can be written: not while the journal's own tables wait to be upgraded."""
    return not any(step.startswith("journal.") for step in upgrading.pending())


def folder(actor: Actor) -> Path:
    """Where backups go that nobody named a place for, made where it is missing."""
    require(actor, "upgrade")
    kept = Path(settings.BACKUPS)
    kept.mkdir(parents=True, exist_ok=True)
    return kept


def drill(actor: Actor, backup: Path | None = None, tell: Tell = unheard) -> Mapping[str, Any]:
    """恢复演练: restore a backup into a spare house, verify everything, take the house away; the figures are entered.

    Args:
        actor: whoever asks.
        backup: the file; the newest of the folder of backups without, and where there is none one is taken first.
        tell: told how far it has come.

    Raises:
        RefusedError: no right, or the backup does not restore; that is entered too.
    """
    require(actor, "upgrade")
    kept = of_folder(folder(actor)) if backup is None else [backup]
    file = kept[0] if kept else Path(back_up(actor, folder(actor), tell=tell).path)
    found = _tried(file, tell)
    with act(actor, "backups.drill", "backup", "", file.name) as note:
        if isinstance(found, RefusedError):
            raise found
        note.id = Archive(file).seal[:_ID]
        note.detail = {**found, "file": str(file), "size": file.stat().st_size}
    return {**found, "file": str(file)}


def _tried(file: Path, tell: Tell) -> Mapping[str, Any] | RefusedError:
    """The whole trial before the entry, because an act holds the pen while it lasts."""
    try:
        return try_out(file, tell=tell)
    except RefusedError as refusal:
        return refusal


def rehearse(actor: Actor, tell: Tell = unheard) -> Rehearsal:
    """升级演练: back up, restore that into a spare house, apply what waits there, and look at what it changed.

    Raises:
        RefusedError: no right, or the upgrade failed on the copy: the real database stays as it is.
    """
    require(actor, "upgrade")
    taken = back_up(actor, folder(actor), tell=tell)
    steps, tag, at = tuple(upgrading.pending()), upgrading.mark(), timezone.localtime().isoformat(timespec="seconds")
    told: dict[str, Any] = {
        "mark": tag, "version": upgrading.software(), "at": at, "backup": taken.path, "steps": steps,
    }  # fmt: skip
    try:
        figures = try_out(Path(taken.path), upgrade=True, tell=tell)
    except RefusedError as refusal:
        findings = tuple((one.where, one.what, one.rule, one.remedy) for one in refusal.findings)
        upgrading.keep(Rehearsal(**told, good=False, figures={}, findings=findings))
        _enter_rehearsal(actor, told, refusal)
        raise
    rehearsal = Rehearsal(**told, good=True, figures=figures)
    upgrading.keep(rehearsal)
    _enter_rehearsal(actor, {**told, **figures})
    return rehearsal


def _enter_rehearsal(actor: Actor, told: Mapping[str, Any], refusal: RefusedError | None = None) -> None:
    if not _journal_is_current():
        return
    with act(actor, "backups.rehearse", "upgrade", told["mark"][:_ID], f"升级到 {told['version']}") as note:
        note.detail = dict(told)
        if refusal:
            raise refusal


def upgrade(actor: Actor, tell: Tell = unheard) -> Rehearsal | None:
    """Apply what waits to the real database, after a good rehearsal of exactly that; None where nothing waits.

    Where there is no such rehearsal it is made first. Two who begin at once wait for each other.

    Raises:
        RefusedError: no right, the rehearsal failed, or a step failed on the real database after all.
    """
    require(actor, "upgrade")
    making = Path(settings.HOME) / "making"
    making.mkdir(parents=True, exist_ok=True)
    with disk.locked(making / "upgrade.lock"):
        steps = upgrading.pending()
        if not steps:
            return None
        told = upgrading.last() if upgrading.rehearsed() else rehearse(actor, tell)
        try:
            upgrading.migrate()
        except RefusedError as refusal:
            where = f"升级前的备份在 {told.backup}" if told else ""
            raise RefusedError(
                *refusal.findings, Finding("数据库", where, "升级须整份做成", "请用它恢复到新文件夹，继续使用原版本")
            ) from refusal
        with act(
            actor, "backups.upgrade", "upgrade", told.mark[:_ID] if told else "", f"升级到 {upgrading.software()}"
        ) as note:
            note.detail = {"steps": steps, "rehearsal": asdict(told) if told else {}}
    return told


def enter_restored(actor: Actor, archive: Archive, told: Restored) -> None:
    """In the restored house, that it is one."""
    with act(actor, "backups.restore", "backup", archive.seal[:_ID], archive.path.name) as note:
        note.detail = asdict(told)
