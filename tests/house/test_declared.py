"""declared/ only declares: what the law says is a table, not a program."""

import ast

from tests.house.house import SOURCE, modules, name_of, tree

ACTS = (
    ast.For,
    ast.While,
    ast.If,
    ast.IfExp,
    ast.Try,
    ast.With,
    ast.Lambda,
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.comprehension,
)


def test_declarations_hold_no_loops_and_no_conditionals() -> None:
    acting = [
        f"{name_of(path)}:{node.lineno} {type(node).__name__}"
        for path in modules(SOURCE / "declared")
        for node in ast.walk(tree(path))
        if isinstance(node, ACTS) and not isinstance(node, ast.comprehension)
    ]
    assert acting == []
    comprehending = [
        name_of(path)
        for path in modules(SOURCE / "declared")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.comprehension)
    ]
    assert comprehending == []
