"""Sealed partitions: rows of persons lie under keys of their own, are read as before, and are gone when their keys are."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest

from luoshi.bureau.keys.keyring import PARTS, Keyring, PartKeys
from luoshi.keeping import Edition, Lake
from luoshi.keeping.destroying import Act, erase
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.sealing import MAGIC
from tests.lakes import KIND, classes, day, handed_in, handed_in_together, told
from tests.power import PowerCut, powered
from tests.proving import told_on

SECRET = "4103990000" * 4


def _keys(folder: Path) -> Keyring:
    return Keyring(folder / "keys")


def _lake(folder: Path) -> Lake:
    return Lake(folder / "lake", PartKeys(_keys(folder)), {KIND})


def _rows(lake: Lake) -> set[tuple[object, ...]]:
    """By DuckDB, through the keys."""
    connection = duckdb.connect()
    lake.attach(connection)
    names = "period, division, definition, edition, school, pupils"
    return set(connection.execute(f"SELECT {names} FROM ({lake.select(KIND)})").fetchall())


def _wrong(lake: Lake) -> list[str]:
    return [str(one) for one in lake.verify() if one.severity is not Severity.TELLS]


def _destroy(lake: Lake, *editions: Edition, on: int = 50) -> None:
    lake.destroy([one.number for one in editions], why="审批 3 号", at=day(on), by="批准人")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Three divisions of a year, one corrected, and another year."""
    made = _lake(tmp_path)
    handed_in(made, classes(a=1, b=2))
    handed_in(made, classes(a=1, b=9), on=1)
    handed_in_together(made, {"999902": classes(c=3), "999903": classes(d=4)}, on=2)
    handed_in(made, classes(**{SECRET: 7}), period="2019", on=3)
    return made


def test_every_partition_has_a_key_of_its_own_and_no_plain_row_lies_on_the_disk(lake: Lake, tmp_path: Path) -> None:
    lake.compact(KIND, "2020", at=day(9), by="统计员")
    assert len({one.seal for one in lake.all_editions()}) == 5
    parts = [path for path in (lake.folder / "parts").rglob("*") if path.is_file()]
    assert {path.suffix for path in parts} == {".sealed"}
    assert all(path.read_bytes().startswith(MAGIC) for path in parts)
    everything = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert SECRET.encode() not in everything
    assert b"PAR1" not in everything


@pytest.mark.parametrize("compacted", [False, True])
def test_the_rows_are_those_of_a_plain_lake_by_polars_and_by_duckdb(
    lake: Lake, tmp_path: Path, *, compacted: bool
) -> None:
    plain = Lake(tmp_path / "plain")
    handed_in(plain, classes(a=1, b=2))
    handed_in(plain, classes(a=1, b=9), on=1)
    handed_in_together(plain, {"999902": classes(c=3), "999903": classes(d=4)}, on=2)
    handed_in(plain, classes(**{SECRET: 7}), period="2019", on=3)
    if compacted:
        assert lake.compact(KIND, "2020", at=day(9), by="统计员") is not None
    assert told(lake) == told(plain) == _rows(lake)
    for number in range(1, 6):
        assert told(lake, known=number) == told(plain, known=number)
    assert _wrong(_lake(tmp_path)) == []


def test_a_compaction_has_a_new_key_and_an_old_plain_partition_is_sealed_by_it(tmp_path: Path) -> None:
    plain = Lake(tmp_path / "lake")
    handed_in(plain, classes(**{SECRET: 1}))
    sealing = _lake(tmp_path)
    with pytest.raises(RefusedError, match="没有加密"):
        _destroy(sealing, *sealing.all_editions())
    done = sealing.compact(KIND, "2020", at=day(1), by="统计员")
    assert done is not None
    assert done.merged[0].seal
    assert told(sealing) == {("2020", "999901", "年报", 1, SECRET, 1)}
    assert SECRET.encode() not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert sealing.compact(KIND, "2020", at=day(2), by="统计员") is None
    _destroy(sealing, *sealing.all_editions())
    assert _keys(tmp_path).names(PARTS) == []


def test_the_same_rows_once_more_are_the_edition_that_is_there(lake: Lake, tmp_path: Path) -> None:
    before = lake.head
    assert handed_in(_lake(tmp_path), classes(a=1, b=9), on=4).number == 2
    assert lake.head == before


def test_a_guess_at_a_row_cannot_be_held_against_the_manifest(tmp_path: Path) -> None:
    sealed, plain = _lake(tmp_path), Lake(tmp_path / "plain")
    one, other = handed_in(sealed, classes(a=1)), handed_in(plain, classes(a=1))
    assert one.total != other.total
    assert other.total not in (sealed.folder / "manifest.jsonl").read_text()


def test_without_keys_nothing_is_read_and_why_is_said_in_four_parts(lake: Lake) -> None:
    bare = Lake(lake.folder)
    with pytest.raises(RefusedError, match="没有给出密钥") as refusal:
        bare.rows(KIND).collect()
    finding = refusal.value.findings[0]
    assert all((finding.where, finding.what, finding.rule, finding.remedy))


def test_a_flipped_bit_of_a_sealed_partition_is_told(lake: Lake, tmp_path: Path) -> None:
    path = lake.folder / lake.all_editions()[-1].path
    held = bytearray(path.read_bytes())
    held[-20] ^= 1
    path.write_bytes(held)
    with pytest.raises(RefusedError, match="密文已改动"):
        lake.rows(KIND, period="2019").collect()
    assert len(_wrong(_lake(tmp_path))) == 1


def test_what_is_destroyed_is_gone_and_the_rest_stays(lake: Lake, tmp_path: Path) -> None:
    gone = lake.all_editions()[-1]
    before, entry = told(lake, period="2020"), (gone.total, gone.rows, gone.content)
    _destroy(lake, gone)
    assert not _keys(tmp_path).holds(PARTS, gone.seal)
    for reading in (lake, _lake(tmp_path)):
        for read in (
            _rows,
            lambda one: one.rows(KIND, period="2019").collect(),
            lambda one: one.rows_of(gone).collect(),
        ):
            with pytest.raises(RefusedError, match="已销毁：2020-12-01 批准人，审批 3 号"):
                read(reading)
    assert told(lake, period="2020") == before
    kept = _lake(tmp_path).edition(gone.number)
    assert (kept.total, kept.rows, kept.content) == entry
    assert _wrong(_lake(tmp_path)) == []
    number = lake.head
    _destroy(lake, gone, on=51)
    assert lake.head == number, "destroyed once"


def test_one_edition_of_a_merged_file_is_destroyed_and_the_others_are_written_anew(lake: Lake, tmp_path: Path) -> None:
    merged = lake.compact(KIND, "2020", at=day(9), by="统计员")
    before = told(lake, period="2020")
    first, second = lake.editions(KIND, "2020", "999901")[-1], lake.editions(KIND, "2020", "999902")[-1]
    assert merged is not None
    shared = [one for one in merged.merged if {first.number, second.number} <= set(one.editions)]
    assert len(shared) == 1
    _destroy(lake, second)
    with pytest.raises(RefusedError, match="已销毁"):
        lake.rows_of(second).collect()
    assert not any(_keys(tmp_path).holds(PARTS, name) for name in (second.seal, shared[0].seal))
    left = lake.rows(KIND, period="2020", divisions=["999901", "999903"]).collect()
    assert set(left["school"]) == {one[4] for one in before} - {"c"}
    assert lake.rows_of(first).collect().height == 2
    assert _wrong(_lake(tmp_path)) == []


def test_a_persons_rows_are_erased_by_an_edition_without_them(lake: Lake, tmp_path: Path) -> None:
    handed_in(lake, classes(a=1, b=9, e=5), on=4)
    lake.compact(KIND, "2020", at=day(9), by="统计员")
    done = erase(lake, KIND, "school", ["a"], Act("删除申请 1 号", day(60), "批准人"))
    assert [one.division for one in done] == ["999901", "999901", "999901"]
    assert {one[4] for one in told(lake, period="2020")} == {"b", "e", "c", "d"}
    for gone in done:
        with pytest.raises(RefusedError, match="删除申请 1 号"):
            lake.rows_of(gone).collect()
    assert erase(lake, KIND, "school", ["a"], Act("删除申请 1 号", day(61), "批准人")) == []
    assert _wrong(_lake(tmp_path)) == []


def test_a_backup_without_keys_does_not_bring_the_destroyed_back(lake: Lake, tmp_path: Path) -> None:
    shutil.copytree(lake.folder, tmp_path / "backup")
    _destroy(lake, *lake.all_editions())
    old = Lake(tmp_path / "backup", PartKeys(_keys(tmp_path)), {KIND})
    with pytest.raises(RefusedError, match="密钥不在了"):
        old.rows(KIND).collect()
    assert _keys(tmp_path).names(PARTS) == []


STEPS: tuple[Callable[[Lake], object], ...] = (
    lambda lake: handed_in(lake, classes(a=1, b=2)),
    lambda lake: handed_in_together(lake, {"999902": classes(c=3), "999903": classes(d=4)}, on=1),
    lambda lake: lake.compact(KIND, "2020", at=day(2), by="统计员"),
    lambda lake: lake.destroy([2], why="审批", at=day(3), by="批准人"),
    lambda lake: handed_in(lake, classes(e=5), period="2019", on=4),
    lambda lake: lake.destroy([7], why="审批", at=day(5), by="批准人"),
)


def _worked(folder: Path, done: list[int]) -> None:
    lake = _lake(folder)
    for number, step in enumerate(STEPS):
        step(lake)
        done.append(number)


def _as_it_should_be(folder: Path, done: int) -> None:
    """What was acknowledged is read; what was destroyed is refused, and after one more step its keys are gone."""
    lake = _lake(folder)
    assert [one for one in _wrong(lake) if "的密钥还在" not in one] == []
    found = {one.division: one for one in lake.counting() if one.period == "2020"}
    if done >= 2:
        assert {"a", "b", "d"} <= set(pl.concat(_read(lake, found[one]) for one in ("999901", "999903"))["school"])
    if done >= 1:
        assert set(_read(lake, found["999901"])["school"]) == {"a", "b"}
    lake.finish(at=day(90), by="系统")
    destroyed = [one for one in lake.all_editions() if lake.destroyed(one.number)]
    assert len(destroyed) >= (done >= 4) + (done >= 6)
    keys = _keys(folder)
    assert not any(keys.holds(PARTS, one.seal) for one in destroyed)
    assert _wrong(_lake(folder)) == []


def _read(lake: Lake, edition: Edition) -> pl.DataFrame:
    return lake.rows_of(edition).collect()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="listens to calls by their file's number")
@pytest.mark.parametrize("stride", [23, pytest.param(1, marks=pytest.mark.prove)])
def test_a_cut_or_a_kill_at_any_step_loses_no_row_and_revives_none(
    tmp_path: Path, stride: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with powered(tmp_path) as whole:
        _worked(tmp_path, [])
    cuts = range(1, whole.done + 1, stride)
    for cut_at in told_on(cuts, len(cuts), "cuts", capsys):
        run, done = tmp_path / f"cut-{cut_at}", list[int]()
        run.mkdir()
        with powered(run, cut_at) as disk:
            with pytest.raises(PowerCut):
                _worked(run, done)
            disk.rebuild(tmp_path / "cut")
        _as_it_should_be(run, len(done))
        _as_it_should_be(tmp_path / "cut", len(done))
        shutil.rmtree(tmp_path / "cut")
        shutil.rmtree(run)
