"""Ends of the chain kept outside: one file a day in a folder that LUOSHI_ANCHORS names, on another machine or a disk one takes out.

A file is written once. It is plain text that a person can read, copy and sign, and its line 链尾 is all that is verified.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone

from luoshi.bureau.journal.chain import Anchor
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

LINE = "链尾"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the folder."""

    name: str
    anchor: Anchor


def _refused(where: str, what: str, remedy: str) -> RefusedError:
    rule = "每日链尾存证每天一个文件，内有一行“链尾 序号:摘要”，写后不改"
    return RefusedError(Finding(where, what, rule, remedy))


def read(path: Path) -> Anchor:
    """The end a file tells of: after 链尾, or a line that is nothing else.

    Raises:
        RefusedError: it cannot be read, or has no such line.
    """
    with suppress(OSError, UnicodeDecodeError):
        for line in path.read_text("utf-8-sig").splitlines():
            with suppress(ValueError):
                return Anchor.parse(line.strip().removeprefix(LINE))
    raise _refused(path.name, "读不出链尾", "请找出原件；原件丢失的，把这个文件移到别处并说明原因")


def found(folder: Path) -> list[Kept]:
    """Every file of a folder, by name.

    Raises:
        RefusedError: there is no such folder, no file in it, or one of them tells of no end.
    """
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    if not files:
        raise _refused(str(folder), "没有链尾存证文件", "请核对文件夹，文件名形如 2021-10-08.txt")
    return [Kept(path.name, read(path)) for path in files]


def write(folder: Path, on: date, end: Anchor) -> Kept:
    """Write the end of a day; where there is a file for the day already, that one.

    Args:
        folder: where; it is made if it is not there.
        on: the day.
        end: the end of the chain.

    Raises:
        RefusedError: the folder cannot be written to.
    """
    path = folder / f"{on}.txt"
    words = f"落实　操作日志每日链尾\n日期 {on}\n{LINE} {end}\n取得 {timezone.localtime():%Y-%m-%d %H:%M:%S}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _named(path, words.encode())
    except OSError as error:
        what = f"写不进去（{error.strerror or '未知原因'}）"
        raise _refused(str(path), what, "请接好存放的磁盘或共享文件夹，核对 LUOSHI_ANCHORS 和写入权限") from error
    return Kept(path.name, read(path))


def _named(path: Path, content: bytes) -> None:
    """Write it whole, then give it its name; a file that has the name already stays."""
    made = path.with_suffix(f".{os.getpid()}.part")
    with made.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(made, path)
    except FileExistsError:
        pass
    except OSError:  # a memory stick knows no links
        with suppress(FileExistsError), path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    finally:
        made.unlink()
