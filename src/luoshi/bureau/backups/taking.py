"""Making a backup while others work: the database at one moment, then the files and the lake that belong to that moment.

    the lake's lock is held: nobody deposits
      the database's snapshot begins: from here on it sees this moment, whatever others commit
      each file of the lake is given a second name, and its manifest is read
    the lock is let go
    the tables are read within the snapshot, then the files they name, then the lake

The order is what keeps them together. A kept file is on the disk before its row is committed and never changes after, so every
row of the snapshot has its bytes. An edition is in the lake before the database learns of it, so every edition the snapshot names is
there; one the database has not learned of yet is what a crash would leave, and the daily round settles it.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import connections

from luoshi.bureau.backups.archive import KEY, OWN, Packing, Tell, harmless, pieces_of, unheard
from luoshi.bureau.backups.tables import Schema, Table, last_number, lines, schema
from luoshi.bureau.files.queries import place, whole
from luoshi.keeping import disk
from luoshi.keeping.holding import Still, hold
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_SNAPSHOT = "snapshot"
_FILES = "files_file"
_CITY = "people_city"
_TOLD_EVERY = 5000


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was made."""

    path: str
    seal: str
    """SHA-256 of everything in it."""
    size: int
    """Bytes."""
    seconds: float
    tables: int
    rows: int
    files: int
    lake: int
    """Files of the lake."""
    entries: int
    """Of the journal."""
    missing: tuple[str, ...]
    """Digests of kept files that were not there, or were changed, and names that no other computer could bear."""

    def figures(self) -> dict[str, object]:
        """As the journal keeps them."""
        return {**asdict(self), "seconds": round(self.seconds, 2), "missing": list(self.missing)}


def take(out: Path, *, at: datetime, with_key: bool = False, tell: Tell = unheard) -> Taken:
    """Write a backup; until it is whole it bears another name, and however this ends nothing half is left.

    Args:
        out: the file, which must not be there.
        at: now, with its zone.
        with_key: put the signing key in; whoever holds the file can then forge a signed-in visitor.
        tell: told how far it has come; whatever it raises stops the backup.

    Raises:
        RefusedError: the file is there, the disk is full, or the database cannot be read.
    """
    if out.exists():
        rule = "备份只写新文件，不覆盖已有的"
        raise RefusedError(Finding(str(out), "已有这个文件", rule, "请换一个文件名，或给一个文件夹由程序起名"))
    begun, made = monotonic(), out.with_name(f".{out.name}.{secrets.token_hex(4)}.part")
    try:
        with _workroom() as beside:
            taking = _Taking(made, beside, tell)
            try:
                told = taking.all_of_it(at, with_key=with_key)
            finally:
                taking.close()
        disk.sync(made)
        disk.rename(made, out)
    except OSError as error:
        what = f"写不成：{error.strerror or error}"
        rule = "备份须整份写成；没有写成的已清除"
        raise RefusedError(Finding(str(out), what, rule, "请检查路径、权限和磁盘空间，再运行一次")) from error
    finally:
        made.unlink(missing_ok=True)
    return Taken(str(out), size=out.stat().st_size, seconds=monotonic() - begun, **told)


@contextmanager
def _workroom() -> Iterator[Path]:
    """A folder for second names, on the disk of the lake; one backup at a time, clearing up behind one that died."""
    making = Path(settings.HOME) / "making"
    making.mkdir(parents=True, exist_ok=True)
    with disk.locked(making / "backup.lock"):
        beside = making / "backup"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir()
        try:
            yield beside
        finally:
            shutil.rmtree(beside, ignore_errors=True)


class Snapshot:
    """A connection of its own that sees one moment of the database; nobody waits for it, it waits for nobody."""

    def __init__(self) -> None:
        """Nothing is seen yet."""
        self.connection: Any = connections["default"].copy(_SNAPSHOT)
        connections[_SNAPSHOT] = self.connection  # so that Django finds it by its name
        if self.connection.vendor == "sqlite":
            self.connection.settings_dict["OPTIONS"].pop("transaction_mode", None)

    def begin(self) -> None:
        """From here on it sees this moment. The first reading fixes it, not the word BEGIN."""
        how = "BEGIN" if self.connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        with self.connection.cursor() as cursor:
            cursor.execute(how)
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
            cursor.fetchall()

    def close(self) -> None:
        """It sees nothing any more."""
        self.connection.close()
        with suppress(AttributeError):
            del connections[_SNAPSHOT]


class _Taking:
    """One backup while it is made."""

    def __init__(self, made: Path, beside: Path, tell: Tell) -> None:
        self.beside, self.tell = beside, tell
        self.packing, self.snapshot = Packing(made), Snapshot()
        self.still = Still(0, "", b"", {})
        self.files: list[str] = []
        self.missing: list[str] = []
        self.city = self.journal = ""
        self.entries = 0

    def close(self) -> None:
        self.snapshot.close()
        self.packing.give_up()

    def all_of_it(self, at: datetime, *, with_key: bool) -> dict[str, Any]:
        self.still = hold(Path(settings.LAKE), self.beside, self.snapshot.begin)
        known = schema(self.snapshot.connection)
        tables = {one.name: self._table(one, known) for one in known.tables}
        self.snapshot.close()
        self._kept_files()
        self._lake()
        self._own()
        if with_key:
            self.packing.add(KEY, [settings.SECRET_KEY.encode()])
        told = {
            "at": at.isoformat(timespec="seconds"),
            "day": at.date().isoformat(),
            "city": self.city,
            "luoshi": version("luoshi"),
            "database": self.snapshot.connection.vendor,
            "migrations": known.migrations,
            "tables": tables,
            "journal": self.journal,
            "lake": f"{self.still.number}:{self.still.head}",
            "missing": self.missing,
        }
        seal = self.packing.seal(told)
        rows = sum(int(one["rows"]) for one in tables.values())
        return {
            "seal": seal, "tables": len(tables), "rows": rows, "files": len(self.files), "lake": len(self.still.files),
            "entries": self.entries, "missing": tuple(self.missing),
        }  # fmt: skip

    def _table(self, table: Table, known: Schema) -> dict[str, Any]:
        rows, of = 0, [one.name for one in known.tables]
        at = of.index(table.name)

        def counted() -> Iterator[bytes]:
            nonlocal rows
            for line in lines(self.snapshot.connection, table):
                rows += 1
                if rows % _TOLD_EVERY == 0:
                    self._said(at, len(of), f"数据表 {at + 1}/{len(of)}，第 {rows} 行")
                yield line

        self._said(at, len(of), f"数据表 {at + 1}/{len(of)}")
        last = last_number(self.snapshot.connection, table)
        member = self.packing.add(f"tables/{table.name}.jsonl", counted(), pressed=True)
        self._look_into(table)
        return {"columns": table.columns, "rows": rows, "digest": member.digest, "last": last}

    def _said(self, done: int, total: int, words: str) -> None:
        """A third of the way is the tables', a third the files', a third the lake's."""
        self.tell(done, 3 * max(total, 1), f"备份：{words}")

    def _look_into(self, table: Table) -> None:
        """What the rest needs to know of the tables, asked within the snapshot."""
        asked = {
            _FILES: "SELECT digest FROM files_file ORDER BY digest",
            _CITY: "SELECT name FROM people_city ORDER BY id",
            "journal_head": "SELECT number, digest FROM journal_head",
        }.get(table.name)
        if asked is None:
            return
        with self.snapshot.connection.cursor() as cursor:
            cursor.execute(asked)
            found = cursor.fetchall()
        if table.name == _FILES:
            self.files = [str(digest) for (digest,) in found]
        elif table.name == _CITY:
            self.city = str(found[0][0]) if found else ""
        elif found:
            self.entries, self.journal = int(found[0][0]), f"{found[0][0]}:{found[0][1]}"

    def _kept_files(self) -> None:
        total = len(self.files)
        for done, digest in enumerate(self.files):
            self.tell(total + done, 3 * total, f"备份：文件 {done + 1}/{total}")
            path = place(digest)
            if not path.is_file():
                self.missing.append(digest)
                continue
            with path.open("rb") as opened:
                self.packing.add(f"files/{digest[:2]}/{digest}", pieces_of(opened))
            if not _holds(digest):
                self.missing.append(digest)

    def _lake(self) -> None:
        total = len(self.still.files)
        for done, (name, path) in enumerate(self.still.files.items()):
            self.tell(2 * total + done, 3 * total, f"备份：数据湖文件 {done + 1}/{total}")
            try:
                with path.open("rb") as opened:
                    self.packing.add(f"lake/{name}", pieces_of(opened))
            except FileNotFoundError:
                self.missing.append(f"lake/{name}")
        if self.still.manifest:
            self.packing.add("lake/manifest.jsonl", [self.still.manifest], pressed=True)

    def _own(self) -> None:
        """What the bureau laid beside it: each file is whole whenever it is read, for it is written aside and then named."""
        home = Path(settings.HOME)
        laid = (one for name in OWN for one in ((home / name), *sorted((home / name).rglob("*"))))
        for path in laid:
            name = path.relative_to(home).as_posix()
            if not path.is_file() or path.is_symlink():
                continue
            if harmless(name):
                self.packing.add(name, [path.read_bytes()], pressed=True)
            else:
                self.missing.append(name)  # a name that some computer could not restore


def _holds(digest: str) -> bool:
    """Whether a file still holds what was handed in. One whose key is gone cannot be asked: its bytes are kept as they lie."""
    try:
        return whole(digest)
    except RefusedError:
        return True


def named(folder: Path, city: str, at: datetime) -> Path:
    """The name a backup gets in a folder: its city's key and the moment to the second."""
    return folder / f"luoshi-{city or 'bureau'}-{at:%Y%m%d-%H%M%S}.zip"


def of_folder(folder: Path) -> list[Path]:
    """Backups of a folder that bear names of ours, the newest first."""
    return sorted(folder.glob("luoshi-*-[0-9]*-[0-9]*.zip"), key=lambda one: one.stem[-15:], reverse=True)


def thin(folder: Path, keep: int) -> list[Path]:
    """Take away all but so many of the newest; those that went."""
    old = of_folder(folder)[keep:]
    for path in old:
        path.unlink()
    if old and os.name == "posix":
        disk.sync_folder(folder)
    return old
