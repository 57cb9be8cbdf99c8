"""What the pages tell people to type really runs and prints what they show; the city they describe is read and opened."""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from luoshi.bureau.board.opening import open_demo
from luoshi.bureau.indicators.models import OwnParameter
from luoshi.declared import INDICATORS, PARAMETERS
from luoshi.handling.courses import course
from luoshi.handling.gathering import of_file
from luoshi.reading.city import COUNTS, SETTINGS, TABLES, load
from luoshi.scoring.declaring import Rubric
from luoshi.scoring.nouns import Mark
from luoshi.scoring.scores import scored
from tests.house.house import ROOT
from tests.walks import walk, wrongs

CONSOLE = re.compile(r"^( *)```console\n(.*?)^\1```", re.DOTALL | re.MULTILINE)
CITY = ROOT / "docs" / "howto" / "another-city.md"
WRITTEN = {
    "uniforms.py": ROOT / "docs" / "howto" / "new-procedure.md",
    "reading_schools.py": ROOT / "docs" / "howto" / "new-rubric.md",
}
"""Files of procedures that a how-to writes, each with its page."""
PAGES = [
    page
    for page in (ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md")))
    if "console" in page.read_text("utf-8")
]
LONG = {"tutorial.md", "check-the-journal.md", "made-up-city.md", "back-up.md"}
"""Pages whose commands take a while; the long proofs run them."""
OPEN = {"check-the-journal.md", "back-up.md", "county-edition.md"}
"""Pages that speak to a house which is open already."""
PATIENCE = 30


def _sessions(page: Path) -> Iterator[tuple[str, list[str]]]:
    """Each command of a page with the lines shown under it."""
    for _, block in CONSOLE.findall(page.read_text("utf-8")):
        command, *shown = block.strip("\n").split("\n")
        assert command.startswith("$ .venv/bin/luoshi "), command
        yield command.removeprefix("$ .venv/bin/luoshi "), [line for line in shown if line.strip()]


def _sections() -> dict[str, str]:
    """The how-to's files by name, each with the text of its section."""
    parts = re.split(r"^### `(.+?)`$", CITY.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city of the how-to, its files as the page shows them."""
    folder = tmp_path_factory.mktemp("cities") / "mine"
    folder.mkdir()
    for name, section in _sections().items():
        (block,) = re.findall(r"^```\w+\n(.*?)^```", section.partition("\n## ")[0], re.DOTALL | re.MULTILINE)
        (folder / name).write_text(block, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory, mine: Path) -> Path:
    """A folder with the cities, as a newcomer's clone has them, and the how-to's city besides."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "cities", folder / "cities")
    shutil.copytree(mine, folder / "cities" / "mine")
    for name, page in WRITTEN.items():
        (folder / name).write_text(_procedure(page), encoding="utf-8")
    return folder


def _procedure(page: Path) -> str:
    """The file that a how-to writes."""
    (block,) = re.findall(r"^```python\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return str(block)


def _run(clone: Path, home: Path, arguments: str) -> str:
    """What a command prints; `demo` is watched until its page answers, then stopped."""
    surroundings = {**os.environ, "LUOSHI_HOME": str(home), "COLUMNS": "200", "PYTHONUNBUFFERED": "1"}
    surroundings["LUOSHI_DEMO_ROWS"] = "off"
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        surroundings.pop(name, None)
    command = [sys.executable, "-m", "luoshi", *shlex.split(arguments)]
    if arguments != "demo":
        done = subprocess.run(command, cwd=clone, env=surroundings, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command += ["--bind", address]
    out = home.parent / "printed.txt"
    with out.open("w") as opened:
        running = subprocess.Popen(command, cwd=clone, env=surroundings, stdout=opened, stderr=subprocess.STDOUT)
        try:
            assert _answers(f"http://{address}/enter/"), out.read_text("utf-8")
        finally:
            running.terminate()
            running.wait(timeout=PATIENCE)
    return out.read_text("utf-8").replace(address, "127.0.0.1:8000")


def _answers(address: str) -> bool:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE:
        with suppress(OSError), urllib.request.urlopen(address, timeout=2) as page:
            return bool(page.status == 200)
        time.sleep(0.1)
    return False


def _stands(line: str, printed: str) -> bool:
    pattern = ".*?".join(re.escape(part) for part in line.strip().split("…"))
    return re.search(rf"^\s*{pattern}\s*$", printed, re.MULTILINE) is not None


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[pytest.mark.prove] if page.name in LONG else [], id=page.name) for page in PAGES],
)
def test_every_command_of_a_page_runs_and_prints_what_it_shows(page: Path, clone: Path, tmp_path: Path) -> None:
    sessions = list(_sessions(page))
    assert sessions
    if page.name in OPEN:
        _run(clone, tmp_path / "var", "open cities/luoyang")
    for arguments, shown in sessions:
        printed = _run(clone, tmp_path / "var", arguments)
        assert printed.strip()
        assert [line for line in shown if not _stands(line, printed)] == [], f"luoshi {arguments}\n{printed[-2000:]}"


def test_a_folder_without_a_journal_is_not_called_whole(clone: Path, tmp_path: Path) -> None:
    for command in ("journal verify", "journal anchor"):
        printed = _run(clone, tmp_path / "nowhere", command)
        assert "这里没有操作日志" in printed
        assert "处理：" in printed


def test_a_line_that_is_not_printed_would_be_seen() -> None:
    assert _stands("共 … 条", "操作\n共 351 条\n")
    assert not _stands("共 … 条", "共 351 项\n")
    assert not _stands("共 3", "共 351 条\n")


def test_the_how_to_names_every_file_and_every_column() -> None:
    sections = _sections()
    assert set(sections) == {*TABLES, "city.toml", "plan.txt"}
    for name, columns in {**TABLES, "city.toml": tuple(SETTINGS)}.items():
        told = re.findall(r"^\| `(\w+)` \|", sections[name], re.MULTILINE)
        assert told == [*columns, *(COUNTS if name == "published.csv" else ())], name


def test_the_procedure_of_the_how_to_has_eight_states_and_every_step_of_it_is_walked(clone: Path) -> None:
    (told,) = of_file(clone / "uniforms.py")
    made = course(told)
    assert len(made.places) == 8
    walks = [walk(made, seed) for seed in range(300)]
    assert [wrong for one in walks for wrong in wrongs(made, one)] == []
    assert {one.step for each in walks for one in each.happened} - {""} == set(made.ways)


def test_the_rubric_of_the_how_to_is_scored_and_its_procedures_are_walked(clone: Path) -> None:
    naming, recheck = of_file(clone / "reading_schools.py")
    assert isinstance(naming.rubric, type)
    assert issubclass(naming.rubric, Rubric)
    scheme = naming.rubric.scheme
    best = {
        "number": Mark("30"), "opened": Mark("all"), "hours": Mark("2"), "parents": Mark(absent=True, why="寄宿"), "shown": Mark("9", why="演示"),
    }  # fmt: skip
    told = scored(scheme, best)
    assert (told.total, told.grade.label, told.passed) == (102, "书香校园", True)
    for one in (naming, recheck):
        made = course(one)
        walks = [walk(made, seed) for seed in range(200)]
        assert [wrong for each in walks for wrong in wrongs(made, each)] == []


@pytest.mark.django_db
def test_the_city_of_the_how_to_is_read_and_opened(mine: Path) -> None:
    city = load(mine, {one.key for one in INDICATORS}, PARAMETERS)
    assert len(city.offices) == 3
    assert len(city.figures) == 2
    told: list[str] = []
    open_demo(mine, told.append)
    assert any("2 个条目" in line for line in told)
    kept = OwnParameter.objects.values_list("key", "value")
    assert set(kept) == {("stock_change", 15), ("class_most", 65)}
