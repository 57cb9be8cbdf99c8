"""Layouts are files that open in Excel, one a table: five lines about it, a line of headings, then one line a column."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from luoshi.checking.layouts.loading import text_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.layouts_rosters import Pick, RosterColumn, RosterLayout, Rosters

WORDS = "words.csv"
"""The words of cells: field, word in files, what is read."""
_ABOUT = ("版式", "系统", "始见年份", "报表", "出处")
_COLUMNS = ("列名", "别的写法", "内容", "身份信息", "必有", "多行取")


def load_rosters(folders: Iterable[Path]) -> Rosters:
    """Read all layouts of some folders; a file of a later folder stands in for one of the same name before it.

    Raises:
        RefusedError: a file is not written as a layout is; with the line.
    """
    paths = dict[str, Path]()
    words = dict[str, dict[str, str]]()
    for folder in folders:
        for path in sorted(folder.glob("*.csv")):
            if path.name == WORDS:
                for field, said, read in _lines(path)[1:]:
                    words.setdefault(field, {})[said] = read
            else:
                paths[path.stem] = path
    return Rosters(tuple(_layout(key, path) for key, path in sorted(paths.items())), words)


def _lines(path: Path) -> list[list[str]]:
    return [[cell.strip() for cell in line] for line in csv.reader(text_of(path).splitlines()) if any(line)]


def _layout(key: str, path: Path) -> RosterLayout:
    lines = [[*line, *[""] * len(_COLUMNS)][: len(_COLUMNS)] for line in _lines(path)]
    about = {line[0]: line[1] for line in lines[: len(_ABOUT)]}
    head = len(_ABOUT)
    if tuple(about) != _ABOUT or len(lines) <= head or tuple(lines[head]) != _COLUMNS:
        raise _refused(path, 1, f"前{head}行依次为{'、'.join(_ABOUT)}，再一行{'、'.join(_COLUMNS)}")
    if not about["始见年份"].isdecimal():
        raise _refused(path, 3, "始见年份是四位数字")
    columns = tuple(_columns(path, lines[head + 1 :]))
    return RosterLayout(
        key, about["版式"], about["系统"], int(about["始见年份"]), about["报表"], columns, about["出处"]
    )


def _columns(path: Path, lines: list[list[str]]) -> Iterator[RosterColumn]:
    for number, (heading, others, field, identity, groups, pick) in enumerate(lines, len(_ABOUT) + 2):
        way, _, by = pick.partition(":")
        if not heading or identity not in {"", "是"} or way not in {"", *Pick}:
            raise _refused(path, number, f"列名不空，身份信息填是或空，多行取为{'、'.join(Pick)}之一或空")
        spelled = (heading, *filter(None, others.split("|")))
        yield RosterColumn(
            spelled, field, bool(identity), frozenset(filter(None, groups.split("|"))), Pick(way or Pick.FIRST), by
        )


def _refused(path: Path, line: int, rule: str) -> RefusedError:
    return RefusedError(Finding(f"版式文件 {path.name} 第{line}行", "不是这样写的", rule, "请照随软件的版式文件改正"))
