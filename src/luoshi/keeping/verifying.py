"""Whether a lake is whole: the chain, every file with its digest, rows and columns, and nothing else beside them."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from luoshi.keeping import disk
from luoshi.keeping.compacting import runs
from luoshi.keeping.entries import Edition, Merged, schema_path
from luoshi.keeping.manifest import Manifest, whole_lines
from luoshi.keeping.partitions import EDITION, described, total_of
from luoshi.keeping.staging import Staging
from luoshi.keeping.vaults import Opener
from luoshi.words.chains import Break, first_break
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.provenance import digest, digest_of

PLAIN = Opener()
"""Who has no keys."""
_BESIDE = {"manifest.jsonl", "lock", "intent"}
_RESTORE = "请停止入库，从备份恢复这个文件，再核验一次"


def verify(folder: Path, anchors: Iterable[tuple[int, str]] = (), opener: Opener = PLAIN) -> list[Finding]:
    """Every fault, in the order chain, files, strangers; others who write wait until it is done."""
    try:
        turn = disk.locked(folder / "lock") if folder.is_dir() else nullcontext()
        with turn:
            return list(_found(folder, anchors, opener))
    except (PermissionError, OSError) as error:
        if isinstance(error, PermissionError) or error.errno == disk.READ_ONLY:
            return list(_found(folder, anchors, opener))  # nobody can write here, so nobody has to wait
        raise


def _found(folder: Path, anchors: Iterable[tuple[int, str]], opener: Opener) -> Iterator[Finding]:
    path = folder / "manifest.jsonl"
    content = path.read_bytes() if path.is_file() else b""
    lines = whole_lines(content)
    broken = _broken(lines, anchors)
    if broken is not None:
        yield _of_chain(broken)
    if len(content) > sum(len(line) + 1 for line in lines):
        yield _leftover("manifest.jsonl 末行", "最后一行没有写完，是写入时断电或中止留下的")
    manifest = Manifest(path)
    try:
        for _ in manifest.refresh().editions():
            pass
    except RefusedError as error:
        if broken is None:
            yield from error.findings
        return
    yield from _files(folder, manifest, opener)
    yield from _strangers(folder, manifest)


def _broken(lines: list[bytes], anchors: Iterable[tuple[int, str]]) -> Break | None:
    records: list[Mapping[str, object]] = []
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:
            told = None
        some = told if isinstance(told, list) else [told]
        if not all(isinstance(record, dict) for record in some):
            return first_break(records) or Break(len(records) + 1, "读不懂")
        records += some
    broken = first_break(records)
    if broken is not None:
        return broken
    for number, head in sorted(anchors):
        if number > len(records):
            return Break(len(records) + 1, f"另存的链尾为第 {number} 条，实有 {len(records)} 条，尾部被删")
        if number and records[number - 1]["digest"] != head:
            return Break(number, "与另存的链尾不符，清单被整体重写过")
    return None


def _of_chain(broken: Break) -> Finding:
    return Finding(
        f"入库清单第 {broken.number} 条",
        broken.what,
        "每条入库的摘要须由本条内容和上一条摘要算出，序号逐一相连",
        "请立即停止入库并备份，由系统管理员会同审计人员核查此条及以后各条",
    )


def _files(folder: Path, manifest: Manifest, opener: Opener) -> Iterator[Finding]:
    """Every file of rows that is needed, and every description of columns."""
    merged: dict[str, Merged] = {}
    lying: dict[str, list[Edition]] = defaultdict(list)
    own: dict[str, Edition] = {}
    schemas: dict[str, int] = {}
    for edition in manifest.editions():
        schemas.setdefault(edition.schema, edition.number)
        there = manifest.merged(edition.number)
        if there is None:
            own.setdefault(edition.path, edition)
        else:
            merged[there.path] = there
            lying[there.path].append(edition)
    for schema, number in schemas.items():
        yield from _content(folder, schema_path(schema), schema, f"列的说明（第 {number} 条）")
    for one in own.values():
        yield from _own(folder, one, None if manifest.destroyed(one.number) else opener)
    for path, there in merged.items():
        left = [one for one in lying[path] if not manifest.destroyed(one.number)]
        yield from _merged(folder, there, left, opener if left else None)
    for number, editions in _kept_keys(manifest, opener).items():
        yield _undead(number, editions)


def _content(folder: Path, path: str, told: str, what: str) -> list[Finding]:
    """What is wrong with a file that is named by its digest; nothing when it is whole."""
    if not (folder / path).is_file():
        return [Finding(path, f"{what}的文件没有了", "入库的文件一个也不能少", _RESTORE)]
    if digest_of(folder / path) != told:
        return [Finding(path, f"{what}的文件内容与摘要不符，被改过或已损坏", "文件名就是内容的摘要", _RESTORE)]
    return []


def _own(folder: Path, edition: Edition, opener: Opener | None) -> Iterator[Finding]:
    """A file of its own; of one that was destroyed only the digest, which stays true without the key."""
    wrong = _content(folder, edition.path, edition.content, f"第 {edition.number} 条入库")
    if wrong or opener is None:
        yield from wrong
        return
    try:
        table = _table(folder / edition.path, opener)
    except RefusedError as error:
        yield from error.findings
        return
    if table is None:
        yield _unlike(edition.path, edition, "文件不是完好的 Parquet")
        return
    yield from _held(edition.path, edition, table, opener)


def _merged(folder: Path, merged: Merged, editions: list[Edition], opener: Opener | None) -> Iterator[Finding]:
    wrong = _content(folder, merged.path, merged.content, "合并后")
    if wrong or opener is None:
        yield from wrong
        return
    wanted = {one.number: one for one in editions}
    gone = set(merged.editions) - wanted.keys()  # destroyed: they are told by their keys
    try:
        yield from _every_run(folder / merged.path, merged, wanted, gone, opener)
    except RefusedError as error:
        yield from error.findings
        return
    except (pa.ArrowException, KeyError, OSError):
        yield Finding(merged.path, "不是完好的合并文件", "合并文件每行须带版次", _RESTORE)
        return
    for edition in wanted.values():
        if edition.rows:
            yield _unlike(merged.path, edition, "一行也没有")


def _every_run(
    path: Path, merged: Merged, wanted: dict[int, Edition], gone: Collection[int], opener: Opener
) -> Iterator[Finding]:
    """What is wrong with the editions of a merged file that have rows; they are taken out of `wanted`."""
    for number, rows in runs(path, opener):
        edition = wanted.pop(number, None)
        if edition is not None:
            yield from _held(merged.path, edition, rows, opener)
        elif number not in gone:
            rule = "合并文件只装清单所列的入库，每条的行连在一起"
            yield Finding(merged.path, f"有第 {number} 条入库的行，清单没有说，或分在两处", rule, _RESTORE)


def _table(path: Path, opener: Opener) -> pa.Table | None:
    try:
        with opener.opened(path) as opened:
            return pq.read_table(opened)
    except (pa.ArrowException, OSError):
        return None


def _held(path: str, edition: Edition, table: pa.Table, opener: Opener) -> Iterator[Finding]:
    """Rows against what the entry says of them."""
    kept = table.drop_columns([EDITION]) if EDITION in table.column_names else table
    if len(kept) != edition.rows:
        yield _unlike(path, edition, f"有 {len(kept)} 行，入库时 {edition.rows} 行")
    elif digest(described(kept.schema).encode()) != edition.schema:
        yield _unlike(path, edition, "列或类型与入库时不同")
    elif opener.total(edition, total_of(kept)) != edition.total:
        yield _unlike(path, edition, "有的格与入库时不同")


def _kept_keys(manifest: Manifest, opener: Opener) -> dict[int, tuple[int, ...]]:
    """Destructions some key of which is still there, with their editions."""
    if opener.vault is None:
        return {}
    left = {seal for seal in manifest.dead_seals() if opener.vault.holds(seal)}
    told = dict[int, tuple[int, ...]]()
    for edition in manifest.editions() if left else ():
        destruction = manifest.destroyed(edition.number)
        if destruction is not None and edition.seal in left:
            told[destruction.number] = destruction.editions
    return told


def _undead(number: int, editions: tuple[int, ...]) -> Finding:
    where = f"第 {number} 条销毁"
    what = f"第 {'、'.join(map(str, editions))} 版的密钥还在"
    return Finding(where, what, "销毁须连密钥一起", "请运行 luoshi lake expire 办完", Severity.ASKS)


def _unlike(path: str, edition: Edition, what: str) -> Finding:
    where = f"{path}（第 {edition.number} 条入库）"
    return Finding(where, what, "行数、列和每一格须与入库清单所记相符", _RESTORE)


def _strangers(folder: Path, manifest: Manifest) -> Iterator[Finding]:
    """Files that no entry needs: what a crash left, and what somebody put there."""
    left = Staging(folder, manifest.path).leftovers(manifest.needs)
    for leftover in left:
        yield _leftover(leftover, "写入时断电或中止留下的文件，不算入库")
    known = manifest.needed() | set(left) | _BESIDE
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in known:
            rule = "数据湖里只有入库清单所列的文件"
            yield Finding(name, "清单里没有这个文件", rule, "请查明来历后移走；不要改动其他文件")


def _leftover(where: str, what: str) -> Finding:
    return Finding(
        where, what, "没有写进清单的不算入库，也不影响已入库的", "不必处理，下一次入库时自动清除", Severity.TELLS
    )
