"""One kind of module writes: actions. So no write can escape the journal."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from tests.house.house import SOURCE, modules, name_of, tree

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "acreate",
    "asave",
    "set_password",
    "create_user",
}
ON_ROWS = {"update", "delete"}


def _is_write(node: ast.AST) -> TypeGuard[ast.Call]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return node.func.attr in WRITES or (node.func.attr in ON_ROWS and ".objects" in ast.unparse(node.func.value))


def _writes(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if _is_write(node):
            yield f"{name_of(path)}:{node.lineno} {ast.unparse(node.func)[-60:]}"


def _may_write(path: Path) -> bool:
    return path.stem == "actions" or path.parent.name == "actions"


def test_only_actions_write() -> None:
    astray = [write for path in modules(SOURCE / "bureau") if not _may_write(path) for write in _writes(path)]
    assert astray == []


def test_a_write_would_be_seen(tmp_path: Path) -> None:
    sample = tmp_path / "pages.py"
    sample.write_text("Row.objects.filter(a=1).update(a=2)\nRow(a=1).save()\n{}.update(b=1)\n", encoding="utf-8")
    found = [node.func.attr for node in ast.walk(tree(sample)) if _is_write(node)]
    assert sorted(found) == ["save", "update"]
    assert not _may_write(sample)


def test_every_action_takes_an_actor_first() -> None:
    without = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in modules(SOURCE / "bureau")
        if _may_write(path)
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and (not node.args.args or node.args.args[0].arg != "actor")
    ]
    assert without == []
