"""Where the rooms are; shared by the house tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "luoshi"


def modules(*folders: Path) -> Iterator[Path]:
    """Every module under the folders, migrations left out: Django writes those."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def tree(path: Path) -> ast.Module:
    """The module as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    """The path as a person says it."""
    return str(path.relative_to(ROOT))
