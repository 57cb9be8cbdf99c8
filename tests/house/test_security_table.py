"""The table of controls names tests that are there."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.house import ROOT

PAGE = ROOT / "docs" / "explanation" / "security.md"
NAMED = re.compile(r"`(test_\w+\.py)(?:::(test_\w+))?`")
FILES = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}


def _tests(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)}


def test_every_test_the_table_names_is_there() -> None:
    named = NAMED.findall(PAGE.read_text("utf-8"))
    assert len(named) > 40
    assert [one for one in named if one[0] not in FILES or (one[1] and one[1] not in _tests(FILES[one[0]]))] == []


@pytest.mark.parametrize("row", [one for one in PAGE.read_text("utf-8").splitlines() if one.startswith("| ")])
def test_every_row_names_what_shows_it_or_says_that_it_is_not_here(row: str) -> None:
    what, shown = row.split(" | ")[1:3] if row.count(" | ") > 1 else ("", "")
    assert what.startswith(("what", "---")) or shown.strip(" |") or "not here" in what, row
