"""The lake on the command line."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli import app
from luoshi.keeping import Lake
from tests.lakes import classes, handed_in


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    told = Lake(tmp_path / "lake")
    handed_in(told, classes(a=1, b=2))
    handed_in(told, classes(a=1, b=3), on=2)
    return told


def _run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["lake", *words])
    return done.exit_code, done.output


def test_a_whole_lake_says_so_with_the_end_of_its_chain(lake: Lake) -> None:
    number, head = lake.head
    code, said = _run("verify", str(lake.folder))
    assert (code, f"入库清单共 2 条。链尾 {number}:{head}" in said) == (0, True)
    assert _run("verify", str(lake.folder), "--anchor", f"{number}:{head}")[0] == 0
    code, said = _run("verify", str(lake.folder), "--anchor", f"3:{head}")
    assert (code, "尾部被删" in said) == (1, True)
    assert _run("verify", str(lake.folder), "--anchor", "x")[0] == 2


def test_leftovers_are_told_and_a_fault_ends_with_1(lake: Lake) -> None:
    (lake.folder / "underway" / "x.parquet").write_bytes(b"")
    code, said = _run("verify", str(lake.folder))
    assert (code, "下一次入库时自动清除" in said) == (0, True)
    next((lake.folder / "parts").rglob("*.parquet")).unlink()
    code, said = _run("verify", str(lake.folder))
    assert (code, "没有了" in said) == (1, True)


def test_what_is_kept_is_listed_as_known_on_a_day(lake: Lake) -> None:
    def numbers(*words: str) -> list[int]:
        return [one["number"] for one in json.loads(_run("list", str(lake.folder), "--format", "json", *words)[1])]

    assert numbers() == [2]
    assert numbers("--known", "2020-10-13") == [1]
    assert numbers("--known", "2020-10-11") == []
    assert numbers("--all") == [1, 2]
    code, said = _run("list", str(lake.folder))
    assert (code, "1 版，2 行" in said) == (0, True)


def test_where_no_lake_is_it_is_said(tmp_path: Path) -> None:
    for command in ("verify", "list"):
        code, said = _run(command, str(tmp_path / "nowhere"))
        assert (code, "没有这个文件夹" in said) == (2, True)
        assert list(tmp_path.iterdir()) == []
