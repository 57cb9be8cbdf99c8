"""What a class says of itself and of each of its fields: the strings that stand below them in the source."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One field or member as the source writes it."""

    name: str
    annotation: str
    """Its type; empty for a member of an enumeration."""
    default: str
    """Its value; empty when it must be given."""
    said: str
    """The string below it; empty when there is none."""


def fields(cls: type) -> tuple[Field, ...]:
    """The fields of a dataclass, or the members of an enumeration, in the order of the source."""
    (body,) = ast.parse(inspect.getsource(cls)).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101  # a class's source is a class
    return tuple(of(body))


def of(body: ast.ClassDef) -> Iterator[Field]:
    """The same from a syntax tree."""
    below = [*body.body[1:], None]
    for node, following in zip(body.body, below, strict=True):
        said = _string(following)
        if isinstance(node, ast.AnnAssign):
            yield Field(ast.unparse(node.target), ast.unparse(node.annotation), _value(node.value), said)
        elif isinstance(node, ast.Assign):
            yield Field(ast.unparse(node.targets[0]), "", _value(node.value), said)


def _value(node: ast.expr | None) -> str:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "field":
        return "()"
    return ast.unparse(node) if node else ""


def _string(node: ast.stmt | None) -> str:
    held = node.value if isinstance(node, ast.Expr) else None
    return inspect.cleandoc(held.value) if isinstance(held, ast.Constant) and isinstance(held.value, str) else ""


def first_sentence(said: str) -> str:
    """The first paragraph up to its first full stop."""
    paragraph = " ".join(said.partition("\n\n")[0].split())
    for stop in (". ", "。"):
        paragraph = paragraph.partition(stop)[0]
    return paragraph.rstrip(".")
