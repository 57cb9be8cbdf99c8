"""A backup back into an empty house, every digest verified on the way.

Rows are written as the manifest's migrations left their tables, then read again and held against the manifest; files are held
against it while they are written; then the journal's chain and the lake are verified as anywhere else. The house may stand on
another database than the one the backup was taken from.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from luoshi.bureau.backups import tables
from luoshi.bureau.backups.archive import KEY, OWN, Archive, Tell, unheard
from luoshi.bureau.backups.founding import found
from luoshi.bureau.journal import queries as journal
from luoshi.bureau.journal.chain import Anchor
from luoshi.keeping import Lake
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity

_REMEDY = "请换一份备份；若这份核对无误（luoshi restore --check），请把这几行交系统维护人员"


@dataclass(frozen=True, slots=True)
class Restored:
    """A house that was made from a backup."""

    day: str
    """When the backup was taken, ISO."""
    city: str
    tables: int
    rows: int
    files: int
    """Kept files, files of the lake, and what the bureau laid beside them."""
    entries: int
    """Of the journal, verified from the first to the last; -1 where a newer version has to upgrade it first."""
    pending: tuple[str, ...]
    missing: tuple[str, ...]
    seconds: float


def restore(archive: Archive, home: Path, tell: Tell = unheard) -> Restored:
    """Fill the empty database and the empty folder of this process with what a backup holds.

    Args:
        archive: opened.
        home: the folder of the house.
        tell: told how far it has come.

    Raises:
        RefusedError: something is damaged, or another version's; what was written so far is of no use then.
    """
    begun = monotonic()
    _make_tables(archive)
    known = tables.schema(connection)
    _compare(archive, known)
    _fill(archive, known, tell)
    files = _files(archive, home, tell)
    entries = _verified(archive, home, known)
    told = archive.manifest
    rows = sum(int(one["rows"]) for one in told["tables"].values())
    return Restored(
        told["at"], told["city"], len(known.tables), rows, files, entries,
        tuple(known.pending), tuple(told["missing"]), monotonic() - begun,
    )  # fmt: skip


def refuse_newer(archive: Archive) -> None:
    """Refuse a backup that a newer version's migrations have worked on.

    Raises:
        RefusedError: it is one.
    """
    known = {tables.named(one) for one in MigrationLoader(None, ignore_no_migrations=True).disk_migrations or ()}
    strange = sorted(set(archive.manifest["migrations"]) - known)
    if strange:
        what = f"是更新版本（{archive.manifest['luoshi']}）的备份，有本版本不认识的升级步骤 {strange[0]}"
        rule, remedy = "旧版本的程序不能读写新版本的数据", "请用做这份备份的版本或更新的版本来恢复"
        raise RefusedError(Finding(str(archive.path), what, rule, remedy))


def _make_tables(archive: Archive) -> None:
    """The tables as they were when the backup was taken."""
    refuse_newer(archive)
    wanted = set(archive.manifest["migrations"])
    loader = MigrationLoader(connection)
    nodes = {one for one in loader.graph.nodes if tables.named(one) in wanted}
    if nodes == set(loader.graph.nodes):
        found()
        return
    last = [one for one in nodes if not any(child in nodes for child in _next_of_room(loader, one))]
    MigrationExecutor(connection).migrate(sorted(last))


def _next_of_room(loader: MigrationLoader, node: tuple[str, str]) -> Iterable[Any]:
    return [child.key for child in loader.graph.node_map[node].children if child.key[0] == node[0]]


def _compare(archive: Archive, known: tables.Schema) -> None:
    """Refuse where the tables of the backup are others than those that were made."""
    told = archive.manifest["tables"]
    made = {one.name: one.columns for one in known.tables}
    other = sorted(name for name in told.keys() | made.keys() if made.get(name) != told.get(name, {}).get("columns"))
    if other:
        what = f"数据表 {other[0]} 等 {len(other)} 个与本版本同一步骤建的不同"
        rule = "备份须由按同样步骤升级过的版本做成"
        remedy = f"请用做这份备份的版本 {archive.manifest['luoshi']} 来恢复"
        raise RefusedError(Finding(str(archive.path), what, rule, remedy))


def _fill(archive: Archive, known: tables.Schema, tell: Tell) -> None:
    told, total = archive.manifest["tables"], len(known.tables)
    try:
        with transaction.atomic():
            for table in known.tables:
                tables.empty(connection, table)
            for done, table in enumerate(known.tables):
                tell(done, 3 * total, f"恢复：数据表 {done + 1}/{total}")
                tables.fill(connection, table, archive.lines(f"tables/{table.name}.jsonl"))
                tables.go_on_from(connection, table, int(told[table.name]["last"]))
    except (DatabaseError, ValueError, KeyError) as error:
        what = f"有一行写不进数据库（{type(error).__name__}）"
        raise RefusedError(Finding(str(archive.path), what, "备份的每一行须合于它的数据表", _REMEDY)) from error
    for done, table in enumerate(known.tables):
        tell(total + done, 3 * total, f"恢复：核对数据表 {done + 1}/{total}")
        rows, digest = tables.digest_of(connection, table)
        if (rows, digest) != (told[table.name]["rows"], told[table.name]["digest"]):
            what = f"恢复后 {rows} 行，备份时 {told[table.name]['rows']} 行，或有的格不同"
            raise RefusedError(Finding(f"数据表 {table.name}", what, "恢复后的每一行须与备份时相同", _REMEDY))


def _files(archive: Archive, home: Path, tell: Tell) -> int:
    names = [name for name in archive.members if name.split("/", 1)[0] in {"files", "lake", *OWN}]
    for done, name in enumerate(names):
        tell(2 * len(names) + done, 3 * len(names), f"恢复：文件 {done + 1}/{len(names)}")
        _write(archive, name, home / name)
    if KEY in archive.members:
        _write(archive, KEY, home / KEY)
        (home / KEY).chmod(0o600)
    if hasattr(os, "sync"):
        os.sync()  # once for all of them: nobody is told before
    return len(names)


def _write(archive: Archive, name: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as opened:
        for piece in archive.pieces(name):
            opened.write(piece)


def _verified(archive: Archive, home: Path, known: tables.Schema) -> int:
    """The journal from its first entry to the end the backup names, and the lake; how many entries."""
    number, _, head = str(archive.manifest["lake"]).partition(":")
    if int(number):
        stops = [one for one in Lake(home / "lake").verify([(int(number), head)]) if one.severity is Severity.STOPS]
        if stops:
            raise RefusedError(*stops)
    if known.pending:
        return -1
    words = str(archive.manifest["journal"])
    broken = journal.broken(*([Anchor.parse(words)] if words else []))
    if broken:
        raise RefusedError(broken)
    end = journal.head()
    return end.number if end else 0
