"""Rooms small enough to be understood at one sitting."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.house import ROOT, SOURCE, modules, name_of, tree

LONGEST_MODULE = 400
LONGEST_FUNCTION = 50


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_module_is_over_400_lines() -> None:
    tall = {
        name_of(path): lines
        for path in modules(SOURCE, ROOT / "tests", ROOT / "benchmarks")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert tall == {}


def test_no_function_is_over_50_lines() -> None:
    tall = {
        f"{name_of(path)}:{node.lineno} {node.name}": lines
        for path in modules(SOURCE, ROOT / "benchmarks")
        for node in _functions(path)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert tall == {}
