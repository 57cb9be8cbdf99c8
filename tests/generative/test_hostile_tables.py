"""Two thousand broken, wrong or hostile workbooks and CSV files: each ends in findings or in a refusal in four parts.

They are checked the way `luoshi check` does it, by a process that gets a gigabyte beyond what it takes to start;
nothing may be left where it ran.
"""

import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.compiled import COMPILED
from tests.generative.devourer import MEMORY
from tests.generative.test_mutated_files import inside_zip, mutated
from tests.hostile import HEAD, HOSTILE, ROWS, book, csv, hostile, old_book
from tests.proving import told_on
from tests.yardstick import usual

SECONDS = 10.0
MANY, SLICE = 2_000, 100
_LIBRARY = re.compile(
    r"Error|Exception|Traceback|polars|panick|xlrd|openpyxl|zipfile|None\b|site-packages|<class|0x[0-9a-f]{6}",
    re.IGNORECASE,
)
_HAN = re.compile("[㐀-鿿]")
NASTY = [
    "",
    " ",
    "０",
    "-1",
    "1e309",
    "9" * 400,
    "NaN",
    "=1+1",
    "=cmd|'/C calc'!A0",
    "@SUM(A1)",
    "1,234",
    "12.5.6",
    "2020/13/45",
    "1900-02-29",
    "是",
    "TRUE",
    "\u202e小学",
    "小学\u200b",
    "😀",
    "𠮷",
    "\ufeff1",
    "'1",
    "#N/A",
    "x" * 40_000,
    "a\nb",
    "1\t2",
    "&amp;",
    "_x0041_",
    "_xD800_",
    "</c>",
    "]]>",
    '"',
    "'; DROP TABLE x; --",
    "二〇二〇",
    "约40",
    "40人",
    "40%",
    "４０",
    "+5",
    "0x1F",
    "1_000",
    "null",
    "None",
    "-",
    "/",
    "——",
    "∞",
    "²",
    "Ⅷ",
    "1 000",
]


class Devourer:
    """The process, and where it runs."""

    def __init__(self, home: Path) -> None:
        self.home, self.file = home / "home", home / "file"
        self.home.mkdir()
        self.noise = (home / "noise").open("w+b")
        self._begin()

    def _begin(self) -> None:
        root = Path(__file__).resolve().parents[2]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.generative.devourer"],
            cwd=self.home,
            env={
                "PYTHONPATH": f"{root / 'src'}:{root}",
                "TMPDIR": str(self.home),
                "HOME": str(self.home),
                "POLARS_MAX_THREADS": "2",
                "_RJEM_MALLOC_CONF": "retain:false",
                "PYTHONDONTWRITEBYTECODE": "1",
                "PATH": "/usr/bin:/bin",
                **COMPILED,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.noise,
        )
        self.resting = json.loads(self.process.stdout.readline())["bytes"]

    def eat(self, content: bytes, way: str = "check", key: str = "classes") -> dict:
        """How one file ended; a process that died is the file's fault."""
        self.file.write_bytes(content)
        self.process.stdin.write(f"{way}\t{key}\t{self.file}\n".encode())
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, f"died with {self.process.wait()}: {self._said()}"
        return json.loads(line)

    def _said(self) -> str:
        self.noise.seek(0)
        return self.noise.read().decode("utf-8", "replace")[-2_000:]

    def leave(self) -> None:
        """It said nothing beside its answers, and left nothing."""
        self.process.stdin.close()
        assert self.process.wait(60) == 0
        assert self._said() == ""
        assert [one for one in self.home.rglob("*") if one.is_file()] == []


@contextmanager
def devourer(home: Path) -> Iterator[Devourer]:
    made = Devourer(home)
    try:
        yield made
        made.leave()
    finally:
        made.process.kill()
        made.process.wait()
        made.noise.close()


def judged(told: dict, resting: int) -> str:
    """How it ended, once it ended well."""
    assert told["end"] in {"passed", "stopped", "refused"}, told["end"]
    for finding in told["told"]:
        assert all(one.strip() for one in finding), finding
        assert _HAN.search(finding[1]) or finding[1].startswith("“"), finding
        assert all(_HAN.search(one) for one in finding[2:]), finding
        assert not _LIBRARY.search(finding[2] + finding[3]), finding
    if told["end"] == "refused":
        assert told["told"]
        assert not any(_LIBRARY.search(one[1]) for one in told["told"]), told["told"]
    assert told["bytes"] < resting + MEMORY, f"{told['bytes'] >> 20} MB"
    assert told["seconds"] < SECONDS or usual(told["seconds"]) < SECONDS, told["seconds"]
    return told["end"]


def spoilt_cells(chance: random.Random) -> list[list[object]]:
    """Rows with some cells, rows or columns gone wrong."""
    rows = [list(row) for row in ROWS * chance.randint(1, 3)]
    for _ in range(chance.randint(1, 8)):
        row = chance.choice(rows)
        match chance.randrange(5):
            case 0 | 1 | 2:
                at = chance.randrange(len(row) or 1)
                row[at : at + 1] = [chance.choice(NASTY)]
            case 3:
                row[:] = row[: chance.randrange(len(row) + 1)]
            case _:
                rows.insert(chance.randrange(len(rows)), [])
    return rows


def spoilt_head(chance: random.Random) -> str:
    names = HEAD.split(",")
    match chance.randrange(6):
        case 0:
            chance.shuffle(names)
        case 1:
            names[chance.randrange(len(names))] = chance.choice(NASTY)
        case 2:
            names.append(chance.choice(names))
        case 3:
            del names[chance.randrange(len(names))]
        case _:
            pass
    return ",".join(names)


def _typed(value: object) -> object:
    return re.sub(r"[\x00-\x08\x0b-\x1f]", "", value)[:32_000] if isinstance(value, str) else value


def _csv(chance: random.Random) -> bytes:
    rows = [[f'"{one}"' if chance.random() < 0.2 else one for one in row] for row in spoilt_cells(chance)]
    text = csv(rows, spoilt_head(chance))
    return text.encode(chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5"]), "replace")


def _book(chance: random.Random) -> bytes:
    return book(rows=[[_typed(one) for one in row] for row in spoilt_cells(chance)])


def _old(chance: random.Random) -> bytes:
    return old_book([[_typed(one) for one in row] for row in spoilt_cells(chance)])


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "csv": _csv,
    "xlsx": _book,
    "xls": _old,
    "damaged csv": lambda chance: mutated(_csv(chance), chance, book()),
    "damaged xlsx": lambda chance: mutated(book(), chance, old_book()),
    "damaged xlsx inside": lambda chance: inside_zip(_book(chance), chance, book()),
    "damaged sheet": lambda chance: inside_zip(book(), chance, b"<c r='A1'><f/></c><row/>&#0;]]>" * 20),
    "damaged xls": lambda chance: mutated(_old(chance), chance, old_book()),
}


def _named(numbers: range) -> Iterator[tuple[str, bytes, str]]:
    """Files by their number: the same on every run."""
    names = list(MAKERS)
    for number in numbers:
        chance = random.Random(f"hostile {number}")
        name = names[number % len(names)]
        yield f"{name} {number}", MAKERS[name](chance), "sheets" if number % 7 == 0 else "check"


def _all_end_well(home: Path, given: Iterator[tuple[str, bytes, str]]) -> dict[str, int]:
    ends = dict[str, int]()
    with devourer(home) as one:
        for name, content, way in given:
            try:
                end = judged(one.eat(content, way), one.resting)
            except AssertionError as error:
                raise AssertionError(name) from error
            ends[end] = ends.get(end, 0) + 1
    return ends


_LIGHT = [
    name
    for name in HOSTILE
    if not re.search(
        "million|hundred|wide and long|MB|bomb|nested|many cells|only commas|only lines|lines$|larger|NUL bytes", name
    )
]


def test_hostile_tables_end_in_findings_or_in_a_refusal(tmp_path) -> None:
    given = [(name, hostile(name), "check") for name in _LIGHT]
    ends = _all_end_well(tmp_path, iter([*given, *_named(range(SLICE - len(_LIGHT) + 20))]))
    assert set(ends) == {"passed", "stopped", "refused"}


@pytest.mark.prove
def test_two_thousand_hostile_tables_end_in_findings_or_in_a_refusal(tmp_path, capsys) -> None:
    given = ((name, hostile(name), way) for name in HOSTILE for way in ("check", "sheets"))
    for part, many in ((given, 2 * len(HOSTILE)), (_named(range(MANY)), MANY)):
        home = tmp_path / str(many)
        home.mkdir()
        ends = _all_end_well(home, told_on(part, many, "hostile tables", capsys))
        assert sum(ends.values()) == many
