"""The power goes at any step of a deposit, of many at once or of a compaction: there is the old or the new, never half."""

import shutil
from pathlib import Path

import pytest

from luoshi.keeping import Lake
from luoshi.words.findings import Severity
from tests.lakes import KIND, classes, day, handed_in, handed_in_together, told
from tests.power import PowerCut, powered
from tests.proving import told_on

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="listens to calls by their file's number")

MANY = {f"9999{number}": classes(e=number) for number in range(11, 17)}
HANDED_IN = (
    {"999901": classes(a=1, b=2)},
    {"999902": classes(c=3)},
    {"999901": classes(a=1, b=9)},
    None,
    {"999903": classes(d=4)},
    {"999901": classes(a=5), "999904": classes(f=6), **MANY},
    {"999902": classes(c=30)},
    None,
)
"""Rows by division, handed in at once; None is a compaction."""


def _step(lake: Lake, number: int) -> None:
    """One of them."""
    rows = HANDED_IN[number]
    if rows is None:
        lake.compact(KIND, "2020", at=day(number), by="统计员")
    else:
        handed_in_together(lake, rows, on=number)


def _worked(lake: Lake, done: list[int]) -> None:
    """Everything in its order; what was acknowledged is written into `done`."""
    for number in range(len(HANDED_IN)):
        _step(lake, number)
        done.append(number)


def _expected(done: int) -> list[set[tuple[str, str, int]]]:
    """The rows that count after each entry, by a slow walk through what was handed in."""
    counting, all_known = dict[str, set[tuple[str, str, int]]](), []
    for rows in HANDED_IN[:done]:
        for division, one in rows.items() if rows else [("", None)]:
            if one is not None:
                counting[division] = {(division, *row) for row in one.iter_rows()}
            all_known.append(set().union(*counting.values()))
    return all_known


def _is_whole(folder: Path, done: int) -> Lake:
    """The acknowledged entries are there; one more may be, and then it is whole too."""
    lake = Lake(folder)
    assert [str(one) for one in lake.verify() if one.severity is not Severity.TELLS] == []
    for number, rows in enumerate(_expected(done), start=1):
        assert {(one[1], one[4], one[5]) for one in told(lake, known=number)} == rows
    return lake


def _goes_on(folder: Path, done: int) -> None:
    lake = _is_whole(folder, done)
    entries = lake.head[0]
    assert entries in {len(_expected(done)), len(_expected(done + 1))}, "all of a step or nothing"
    assert {(one[1], one[4], one[5]) for one in told(lake)} == [set(), *_expected(len(HANDED_IN))][entries]
    handed_in(lake, classes(z=1), division="999909", on=99)
    assert lake.verify() == [], "the next deposit clears what was left"


def test_without_a_cut_every_file_is_forced_before_it_is_named_and_named_before_an_entry_tells_of_it(
    tmp_path: Path,
) -> None:
    with powered(tmp_path) as disk:
        handed_in(Lake(tmp_path / "lake"), classes(a=1))
    steps = disk.steps
    part = next(path for name, path in steps if name == "replace" and path.startswith("lake/parts"))
    under_way = f"lake/underway/0-{Path(part).name}"

    order = [
        steps.index(("write", under_way)),
        steps.index(("fsync", under_way)),
        steps.index(("replace", part)),
        steps.index(("fsync", str(Path(part).parent))),
        steps.index(("write", "lake/manifest.jsonl")),
        steps.index(("fsync", "lake/manifest.jsonl")),
        steps.index(("fsync", "lake"), steps.index(("fsync", "lake/manifest.jsonl"))),
    ]
    assert order == sorted(order)
    assert steps.index(("fsync", "lake/intent")) < steps.index(("replace", part))


def test_old_files_go_only_when_the_entry_that_replaces_them_is_forced(tmp_path: Path) -> None:
    with powered(tmp_path) as disk:
        _worked(Lake(tmp_path / "lake"), [])
    steps = disk.steps
    gone = [at for at, (name, path) in enumerate(steps) if name == "unlink" and path.startswith("lake/parts")]
    assert len(gone) == 3 + 2 + 1 + 8 + 1
    for at in gone:
        before = [path for name, path in steps[:at] if name in {"fsync", "replace"} and "underway" not in path]
        assert before[-1] == "lake/manifest.jsonl"


@pytest.mark.parametrize("stride", [19, pytest.param(1, marks=pytest.mark.prove)])
def test_a_cut_at_any_step_leaves_every_acknowledged_edition_whole(
    tmp_path: Path, stride: int, capsys: pytest.CaptureFixture[str]
) -> None:
    with powered(tmp_path) as whole:
        _worked(Lake(tmp_path / "lake"), [])
    assert whole.done > 60
    cuts = range(1, whole.done + 1, stride)
    for cut_at in told_on(cuts, len(cuts), "cuts", capsys):
        run, done = tmp_path / f"cut-{cut_at}", list[int]()
        run.mkdir()
        with powered(run, cut_at) as disk:
            with pytest.raises(PowerCut):
                _worked(Lake(run / "lake"), done)
            disk.rebuild(tmp_path / "cut")
            disk.cut_at = 0  # from here on the same step was a kill: the machine goes on, another process asks again
            _step(Lake(run / "lake"), len(done))
            disk.rebuild(tmp_path / "again")
            later = handed_in(Lake(run / "lake"), classes(z=1), division="999909", on=99)
            disk.rebuild(tmp_path / "later")
        _goes_on(tmp_path / "cut" / "lake", len(done))
        again = _is_whole(tmp_path / "again" / "lake", len(done) + 1)
        assert again.head[0] == len(_expected(len(done) + 1)), "what was asked again is there once"
        kept = _is_whole(tmp_path / "later" / "lake", len(done) + 1)
        assert {row[4] for row in told(kept, divisions=["999909"])} == {"z"}
        assert kept.head[0] == later.number
        for folder in (tmp_path / "cut", tmp_path / "again", tmp_path / "later", run):
            shutil.rmtree(folder)
