"""Counties × items as one picture: a full disc, a crossed square, 人 in a ring, a dash; read without colour."""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.words.checklists import ChecklistItem, Holds

CELL, LEFT, TOP, RIGHT = 24, 112, 84, 8
"""Units of the drawing: a cell, room for names of counties, room for keys of items, what is free at the right."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One item of one county."""

    x: int
    holds: str
    """As words.checklists.Holds."""
    said: str
    """All of it, for who points at it or hears it."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One county."""

    name: str
    url: str
    y: int
    middle: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """One item."""

    x: int
    key: str
    label: str
    begins: bool
    """Whether another part of the list begins with it."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """The picture."""

    width: int
    height: int
    left: int
    top: int
    bottom: int
    heads: tuple[Head, ...]
    lanes: tuple[Lane, ...]


def matrix(
    items: Sequence[tuple[ChecklistItem, str, str]], lines: Sequence[tuple[str, str, Sequence[Holds]]]
) -> Matrix:
    """The drawing.

    Args:
        items: of the list with what each is called for short and in full, in the document's order.
        lines: name, page and verdicts of each county, in protocol order; verdicts in the order of the items.
    """
    heads, before = list[Head](), ""
    for place, (item, short, label) in enumerate(items):
        part = item.key.rstrip("0123456789")
        heads.append(Head(LEFT + CELL * place + CELL // 2, short, label, part != before and place > 0))
        before = part
    lanes = tuple(
        Lane(name, url, TOP + CELL * at, TOP + CELL * at + CELL // 2, tuple(_marks(name, heads, told)))
        for at, (name, url, told) in enumerate(lines)
    )
    bottom = TOP + CELL * len(lanes)
    return Matrix(LEFT + CELL * len(heads) + RIGHT, bottom + 6, LEFT, TOP, bottom, tuple(heads), lanes)


def _marks(name: str, heads: Sequence[Head], told: Sequence[Holds]) -> list[Mark]:
    return [
        Mark(head.x, one.value, f"{name} {head.key} {head.label}：{one.label}")
        for head, one in zip(heads, told, strict=True)
    ]
