"""Typed columns of a return: what stands in a cell, in which unit, under which heading."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypedDict, Unpack

from luoshi.words.returns.expressions import Expression


class Said(TypedDict, total=False):
    """What may be said of a column of any type."""

    meaning: str
    """What is counted or written, where the heading does not say it."""
    standard: str
    """Where its codes or its definition come from."""
    aliases: Sequence[str]
    """Other headings it goes by."""
    key: bool
    """Whether it tells rows apart, with the other keys."""
    needed: bool
    """Whether an empty cell is a finding; a key is always needed."""
    identifies: bool
    """Whether it tells who a person is; such a column is dropped on read unless the purpose needs it."""


class ReturnColumn(Expression):
    """One column of a return; as an expression it is its value in a row."""

    __slots__ = (
        "aliases",
        "at_least",
        "at_most",
        "identifies",
        "key",
        "label",
        "meaning",
        "name",
        "needed",
        "owner",
        "standard",
        "unit",
    )
    kind = "string"
    """Its Ibis type."""
    called = "文字"
    """What stands in it, in a word."""

    def __init__(self, label: str, **said: Unpack[Said]) -> None:
        """Say what the column is, under its heading on paper."""
        self.label = label
        self.meaning = said.get("meaning", "")
        self.standard = said.get("standard", "")
        self.aliases = tuple(said.get("aliases", ()))
        self.key = said.get("key", False)
        self.needed = self.key or said.get("needed", False)
        self.identifies = said.get("identifies", False)
        self.unit = ""
        self.at_least: int | Decimal | None = None
        self.at_most: int | Decimal | None = None
        self.name = ""
        self.owner: type | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        """Learn its name and its return."""
        if self.owner is not None:
            raise TypeError(f"{name} is a column already, of {self.owner.__name__}: a column belongs to one return")
        self.owner, self.name = owner, name

    def __repr__(self) -> str:
        """Return and name: Classes.size."""
        return f"{self.owner.__name__ if self.owner else '?'}.{self.name}"


class Words(ReturnColumn):
    """Free words."""

    __slots__ = ()


class Code(ReturnColumn):
    """A code of a fixed form; leading zeros count, so it is kept as text."""

    __slots__ = ("form", "pattern")
    called = "代码"

    def __init__(self, label: str, pattern: str = "", form: str = "", **said: Unpack[Said]) -> None:
        """Say which form it has.

        Args:
            label: its heading.
            pattern: a regular expression for the whole code; empty allows any.
            form: the same in words, for people (10位数字).
            said: what may be said of any column.
        """
        super().__init__(label, **said)
        self.pattern, self.form = pattern, form


class Key(Code):
    """A code that tells rows apart, so it is always there."""

    __slots__ = ()

    def __init__(self, label: str, pattern: str = "", form: str = "", **said: Unpack[Said]) -> None:
        """Say which form it has, as `Code`."""
        said["key"] = True
        super().__init__(label, pattern, form, **said)


class Choice(ReturnColumn):
    """One of a few: its code is kept, its word is shown; a file may hold either."""

    __slots__ = ("choices",)
    called = "选项"

    def __init__(self, label: str, choices: Mapping[str, str], **said: Unpack[Said]) -> None:
        """Say which: word by code."""
        super().__init__(label, **said)
        if not choices or len(set(choices.values())) < len(choices):
            raise TypeError(f"{label}: a choice has some words, and no word twice")
        self.choices = dict(choices)


class Count(ReturnColumn):
    """A whole number, never below 0: people, classes, rooms, books."""

    __slots__ = ()
    kind = "int64"
    called = "整数"

    def __init__(
        self, label: str, unit: str, *, at_least: int = 0, at_most: int | None = None, **said: Unpack[Said]
    ) -> None:
        """Say what is counted, and within which bounds, both counted in."""
        super().__init__(label, **said)
        self.unit, self.at_least, self.at_most = unit, at_least, at_most


class Amount(ReturnColumn):
    """A decimal with its unit: money in 元 and areas in 平方米, whatever a paper prints. Never a float."""

    __slots__ = ("places",)
    called = "数"

    def __init__(
        self,
        label: str,
        unit: str,
        *,
        places: int = 2,
        at_least: int | Decimal | None = 0,
        at_most: int | Decimal | None = None,
        **said: Unpack[Said],
    ) -> None:
        """Say what is measured, to how many digits behind the point, and within which bounds, both counted in."""
        super().__init__(label, **said)
        self.unit, self.places, self.at_least, self.at_most = unit, places, at_least, at_most

    @property
    def kind(self) -> str:  # type: ignore[override]
        """Its Ibis type: 18 digits."""
        return f"decimal(18, {self.places})"


class Day(ReturnColumn):
    """A day in UTC+8, without a time."""

    __slots__ = ()
    kind = "date"
    called = "日期"


class Flag(ReturnColumn):
    """Yes or no."""

    __slots__ = ()
    kind = "boolean"
    called = "是否"
