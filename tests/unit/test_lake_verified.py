"""Every fault of a lake is found and named; compaction changes the number of files and nothing else."""

import json
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from luoshi.keeping import Lake
from luoshi.words.chains import GENESIS, canonical, link
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.provenance import digest_of
from tests.lakes import KIND, classes, day, files, handed_in, told


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of a compacted year and one that is open."""
    lake = Lake(tmp_path_factory.mktemp("lake") / "lake")
    for number in range(4):
        handed_in(lake, classes(a=number, b=number), period="2019", division=f"99990{number}")
    handed_in(lake, classes(a=7, b=7), period="2019", division="999901", on=1)
    lake.compact(KIND, "2019", at=day(2), by="统计员")
    handed_in(lake, classes(a=8), division="999901", on=3)
    assert lake.verify() == []
    return lake.folder


@pytest.fixture
def folder(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept, tmp_path / "lake"))


def _part(folder: Path, period: str) -> Path:
    return next(iter(sorted((folder / "parts" / KIND / period).iterdir())))


def _merged(folder: Path, period: str) -> Path:
    """Of its files, the one with most rows: names are digests, and say nothing of what is inside."""
    return max((folder / "parts" / KIND / period).iterdir(), key=lambda one: pq.read_metadata(one).num_rows)


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _lines(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path = folder / "manifest.jsonl"
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


def _chained(told: Iterable[dict[str, object]]) -> list[bytes]:
    """Every digest made anew, as somebody does who knows how."""
    lines, previous = [], GENESIS
    for record in told:
        record["previous"] = previous
        record["digest"] = previous = link(record)
        lines.append(canonical(record) + b"\n")
    return lines


def _said_otherwise(lines: list[bytes]) -> list[bytes]:
    """The third entry says another row count, and everything is chained anew."""
    records = [json.loads(line) for line in lines]
    records[2]["rows"] += 1
    return _chained(records)


def _name(path: Path) -> bytes:
    return path.stem.encode()


@pytest.mark.parametrize(
    ("harm", "where", "what"),
    [
        (lambda folder: _flip(_part(folder, "2020")), "parts/class_bands/2020/", "与摘要不符"),
        (lambda folder: _flip(_part(folder, "2019")), "parts/class_bands/2019/", "与摘要不符"),
        (lambda folder: _part(folder, "2020").unlink(), "parts/class_bands/2020/", "没有了"),
        (lambda folder: _part(folder, "2019").unlink(), "parts/class_bands/2019/", "没有了"),
        (lambda folder: _flip(next((folder / "schemas").iterdir())), "schemas/", "与摘要不符"),
        (lambda folder: (folder / "parts" / "新表.parquet").write_bytes(b"x"), "parts/新表.parquet", "没有这个文件"),
        (lambda folder: (folder / "notes.txt").write_bytes(b"x"), "notes.txt", "没有这个文件"),
        (lambda folder: _lines(folder, lambda lines: lines[:2] + lines[3:]), "入库清单第 3 条", "缺这一条"),
        (lambda folder: _lines(folder, lambda lines: [lines[1], lines[0], *lines[2:]]), "入库清单第 1 条", "缺这一条"),
        (
            lambda folder: _lines(folder, lambda lines: [lines[0].replace(b'"rows":2', b'"rows":3'), *lines[1:]]),
            "入库清单第 1 条",
            "内容被改过",
        ),
        (lambda folder: _lines(folder, lambda lines: [*lines[:3], b"???\n", *lines[4:]]), "入库清单第 4 条", "读不懂"),
        (lambda folder: _lines(folder, _said_otherwise), "第 3 条入库", "有 2 行，入库时 3 行"),
    ],
)
def test_every_fault_is_found_and_named(folder: Path, harm: Callable[[Path], object], where: str, what: str) -> None:
    harm(folder)
    found = Lake(folder).verify()
    assert any(where in one.where and what in one.what and one.severity is Severity.STOPS for one in found), found
    assert all(one.rule and one.remedy for one in found)


def test_a_chain_that_was_cut_is_seen_by_an_anchor_kept_elsewhere(folder: Path) -> None:
    anchor = Lake(folder).head
    assert Lake(folder).verify([anchor]) == []
    _part(folder, "2020").unlink()
    _lines(folder, lambda lines: lines[:-1])
    assert Lake(folder).verify() == [], "nothing inside the folder shows it"
    (found,) = Lake(folder).verify([anchor])
    assert "尾部被删" in found.what
    _lines(folder, _said_otherwise)
    (found,) = (one for one in Lake(folder).verify([(6, anchor[1])]) if "清单第" in one.where)
    assert "整体重写" in found.what


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda table: table.set_column(1, "pupils", pl.Series([9] * len(table)).to_arrow()), "有的格与入库时不同"),
        (lambda table: table.slice(2), "一行也没有"),
        (lambda table: table.slice(1), "有 1 行，入库时 2 行"),
        (lambda table: pa.concat_tables([table, table.slice(0, 2)]), "分在两处"),
        (lambda table: table.drop_columns(["edition"]), "不是完好的合并文件"),
        (lambda table: table.rename_columns(["s", *table.column_names[1:]]), "列或类型与入库时不同"),
    ],
)
def test_a_merged_file_that_says_otherwise_is_found_though_every_digest_was_made_anew(
    folder: Path, change: Callable[[pa.Table], pa.Table], what: str
) -> None:
    path = _merged(folder, "2019")
    pq.write_table(change(pq.read_table(path)), path)
    renamed = path.with_name(f"{digest_of(path)}.parquet")
    path.rename(renamed)
    _lines(folder, lambda lines: _chained(json.loads(one.replace(_name(path), _name(renamed))) for one in lines))
    found = Lake(folder).verify()
    assert found
    assert any(what in one.what for one in found), found


def test_what_a_crash_left_is_told_harms_nothing_and_goes_with_the_next_deposit(folder: Path) -> None:
    before = told(Lake(folder))
    (folder / "underway" / "half.parquet").write_bytes(b"PAR1")
    orphan = f"parts/{KIND}/2020/999902-{'0' * 64}.parquet"
    (folder / orphan).write_bytes(b"PAR1")
    (folder / "intent").write_bytes(canonical([orphan, _part(folder, "2020").relative_to(folder).as_posix()]))
    with (folder / "manifest.jsonl").open("ab") as manifest:
        manifest.write(b'{"act":"deposit","number":8,"kind":')
    lake = Lake(folder)
    found = lake.verify()
    assert {one.where for one in found} == {"underway/half.parquet", orphan, "manifest.jsonl 末行"}
    assert {one.severity for one in found} == {Severity.TELLS}
    assert told(lake) == before
    handed_in(lake, classes(c=1), division="999903", on=4)
    assert lake.verify() == []
    assert not (folder / orphan).exists()


@pytest.mark.parametrize("tail", [b'{"act":', b"\0\0\0\0", b'{"act":"deposit"\0\0\0"by":"x"}\n', b"\n\0\n"])
def test_half_a_line_counts_for_nothing(folder: Path, tail: bytes) -> None:
    with (folder / "manifest.jsonl").open("ab") as manifest:
        manifest.write(tail)
    lake = Lake(folder)
    if tail != b"\n\0\n":
        assert {one.severity for one in lake.verify()} == {Severity.TELLS}
        assert handed_in(lake, classes(c=1), division="999903", on=4).number == 8
        assert lake.verify() == []
        return
    with pytest.raises(RefusedError, match="入库清单第 8 条"):
        handed_in(lake, classes(c=1), division="999903", on=4)


def test_compaction_gives_the_same_rows_for_every_entry_and_leaves_few_files(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    for number in range(30):
        division, on = f"9999{number % 12:02d}", number // 12
        rows = classes(a=number, b=0) if number % 3 else classes(a=number).with_columns(rooms=pl.lit(number))
        handed_in(lake, rows.head(0) if number == 7 else rows, division=division, on=on)
    handed_in(lake, classes(a=1), period="2019", on=3)
    before = [told(lake, known=number) for number in range(32)]
    rows = sorted(lake.rows(KIND).collect().rows(), key=str)
    done = lake.compact(KIND, "2020", at=day(4), by="统计员")
    assert done is not None
    assert len(files(tmp_path)) == len(done.merged) + 1 == 5, "two sets of columns, counting and superseded, and a year"
    assert [told(lake, known=number) for number in range(32)] == before
    assert sorted(lake.rows(KIND).collect().rows(), key=str) == rows
    assert lake.compact(KIND, "2020", at=day(4), by="统计员") is None
    assert lake.verify() == []
    handed_in(lake, classes(a=5), division="999901", on=5)
    now = told(lake)
    again = lake.compact(KIND, "2020", at=day(6), by="统计员")
    assert again is not None
    assert told(lake) == now
    assert [told(lake, known=number) for number in range(32)] == before
    assert lake.verify() == []


def test_an_edition_is_found_by_its_number_and_a_compaction_is_none(folder: Path) -> None:
    lake = Lake(folder)
    assert lake.edition(5).supersedes == 2
    for number in (0, 6, 8):
        with pytest.raises(RefusedError, match="没有这一版"):
            lake.edition(number)


def test_rows_whose_file_is_gone_are_refused_and_others_are_still_read(folder: Path) -> None:
    lost = _part(folder, "2020")
    lost.unlink()
    lake = Lake(folder)
    with pytest.raises(RefusedError, match=lost.stem):
        lake.rows(KIND)
    assert len(told(lake, period="2019")) == 8
    next((folder / "schemas").iterdir()).unlink()
    with pytest.raises(RefusedError, match="schemas/"):
        Lake(folder).rows(KIND, period="2019")


def test_a_damaged_file_is_never_merged(folder: Path) -> None:
    lake = Lake(folder)
    handed_in(lake, classes(a=1), division="999902", on=4)
    path = next(one for one in (folder / "parts" / KIND / "2020").iterdir() if one.name.startswith("999902"))
    pq.write_table(pq.read_table(path).slice(0, 0), path)
    kept = files(folder)
    with pytest.raises(RefusedError, match="与入库时不符"):
        lake.compact(KIND, "2020", at=day(5), by="统计员")
    assert files(folder) == kept


def test_a_lake_that_nobody_may_write_to_can_be_verified(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert Lake(folder).verify() == []
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
