"""Trying a backup out: a program of its own restores it into a spare house, and upgrades it there where that is asked for.

The program prints a line of JSON for each step, and in the end what it found; it touches nothing but the spare house.
"""

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from time import monotonic
from typing import Any

from luoshi.bureau.backups.archive import Archive, Tell, unheard
from luoshi.bureau.backups.spare import spare_house
from luoshi.bureau.jobs.programs import program
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MAIN = "import django; django.setup(); from luoshi.bureau.backups.trying import main; main()"
_BEAT = 5.0
"""Seconds after which whoever asked is told the same words again: it may hold a lease."""
_GIVEN_BY_DJANGO = {"django_content_type", "auth_permission"}
"""Tables that Django itself writes after every upgrade."""


def try_out(backup: Path, *, upgrade: bool = False, tell: Tell = unheard) -> Mapping[str, Any]:
    """Restore a backup into a spare house, verify it there, and take the house away.

    Args:
        backup: the file.
        upgrade: apply the migrations this version has beyond the backup's, and look at what they changed.
        tell: told how far it has come; what it raises ends the program.

    Returns:
        What `restoring.Restored` says, and with `upgrade` "upgraded".

    Raises:
        RefusedError: what the program found.
    """
    with spare_house() as surroundings:
        words = [str(backup), "upgrade" if upgrade else "restore"]
        env = {"DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings", **surroundings}
        running = subprocess.Popen(program(_MAIN, *words), env=env, stdout=subprocess.PIPE)  # noqa: S603 (our own program)
        try:
            return _heard(running, tell)
        finally:
            running.kill()
            running.wait()


def _heard(running: "subprocess.Popen[bytes]", tell: Tell) -> Mapping[str, Any]:
    told: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_read, args=(running, told), daemon=True).start()
    last = (0, 1, "正在恢复到临时位置")
    while True:
        with suppress(queue.Empty):
            line = told.get(timeout=_BEAT)
            if not line:
                break
            said = json.loads(line)
            if "result" in said:
                return dict(said["result"])
            if "findings" in said:
                raise RefusedError(*(Finding(*one) for one in said["findings"]))
            last = (said["done"], said["total"], said["words"])
        tell(*last)
    rule, remedy = "演练须做到底", "请查看内存和磁盘空间，再办一次"
    raise RefusedError(Finding("演练", f"中途停了（退出码 {running.wait()}）", rule, remedy))


def _read(running: "subprocess.Popen[bytes]", told: "queue.Queue[bytes]") -> None:
    if running.stdout is not None:
        for line in running.stdout:
            told.put(line)
    told.put(b"")


def main() -> None:
    """In the program: FILE, and restore or upgrade."""
    from luoshi.bureau.jobs import failures  # noqa: PLC0415 -- the models are only there once Django is set up

    try:
        _say(result=_tried(Path(sys.argv[1]), upgrade=sys.argv[2] == "upgrade"))
    except Exception as error:  # noqa: BLE001 (whatever is met is told to whoever asked)
        _say(findings=failures.kept(error))


def _say(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _tried(backup: Path, *, upgrade: bool) -> Mapping[str, Any]:
    from luoshi.bureau.backups.restoring import restore  # noqa: PLC0415 -- as above

    archive = Archive(backup)
    archive.check(_tell)
    told = asdict(restore(archive, Path(os.environ["LUOSHI_HOME"]), _tell))
    return {**told, "upgraded": _upgraded(archive)} if upgrade else told


def _tell(done: int, total: int, words: str) -> None:
    _say(done=done, total=total, words=words)


def _upgraded(archive: Archive) -> dict[str, Any]:
    """Apply what is pending; which tables were changed by it, and how long it took."""
    from luoshi.bureau.backups.upgrading import migrate, pending  # noqa: PLC0415 -- as above

    steps, begun = pending(), monotonic()
    _say(done=2, total=3, words=f"演练升级 {len(steps)} 步")
    migrate()
    seconds = monotonic() - begun
    changed = _changed(archive, {one.partition(".")[0] for one in steps})
    return {"steps": steps, "seconds": round(seconds, 2), "changed": changed, "entries": _whole_journal(archive)}


def _changed(archive: Archive, rooms: set[str]) -> list[str]:
    """Tables that hold something else than before, each with its rows before and after.

    Raises:
        RefusedError: a table of a room that is not upgraded was changed, or one is gone that was not to go.
    """
    from django.apps import apps  # noqa: PLC0415 -- as above
    from django.db import connection  # noqa: PLC0415

    from luoshi.bureau.backups import tables  # noqa: PLC0415

    before, changed, astray = archive.manifest["tables"], list[str](), list[str]()
    owner = {one._meta.db_table: one._meta.app_label for one in apps.get_models(include_auto_created=True)}  # noqa: SLF001 (Django's documented way)
    after = {one.name: one for one in tables.schema(connection).tables}
    for name, table in after.items():
        rows, digest = tables.digest_of(connection, table)
        was = before.get(name)
        if was is None or (was["columns"], was["digest"]) != (table.columns, digest):
            changed.append(f"{name}（{was['rows'] if was else 0}→{rows} 行）")
            if owner.get(name) not in rooms and name not in _GIVEN_BY_DJANGO:
                astray.append(changed[-1])
    astray += [
        f"{name}（没有了）" for name in sorted(before.keys() - after.keys()) if name.split("_", 1)[0] not in rooms
    ]
    if astray:
        rule = "升级步骤只改动它所属部分的数据表"
        remedy = "请停止升级，继续使用原版本，并把这几行交系统维护人员"
        raise RefusedError(Finding(f"数据表 {astray[0]}", f"不该改动的数据表变了，共 {len(astray)} 个", rule, remedy))
    return changed


def _whole_journal(archive: Archive) -> int:
    from luoshi.bureau.journal import queries as journal  # noqa: PLC0415 -- as above
    from luoshi.bureau.journal.chain import Anchor  # noqa: PLC0415

    words = str(archive.manifest["journal"])
    broken = journal.broken(*([Anchor.parse(words)] if words else []))
    if broken:
        raise RefusedError(broken)
    end = journal.head()
    return end.number if end else 0
