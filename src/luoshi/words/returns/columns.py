"""Typed columns of a return: what stands in a cell, in which unit, under which heading."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from luoshi.words.returns.expressions import Expression


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

    def __init__(
        self,
        label: str,
        *,
        meaning: str = "",
        unit: str = "",
        standard: str = "",
        aliases: Sequence[str] = (),
        key: bool = False,
        needed: bool = False,
        identifies: bool = False,
        at_least: int | Decimal | None = None,
        at_most: int | Decimal | None = None,
    ) -> None:
        """Say what the column is.

        Args:
            label: its heading on paper.
            meaning: what is counted or written, where the heading does not say it.
            unit: of its numbers; money is kept in 元 and areas in 平方米 whatever a paper prints.
            standard: where its codes or its definition come from.
            aliases: other headings it goes by.
            key: whether it tells rows apart, with the other keys.
            needed: whether an empty cell is a finding; a key is always needed.
            identifies: whether it names a person; such a column is dropped on read unless the purpose needs it.
            at_least: the least it may be.
            at_most: the most it may be.
        """
        self.label = label
        self.meaning = meaning
        self.unit = unit
        self.standard = standard
        self.aliases = tuple(aliases)
        self.key = key
        self.needed = needed or key
        self.identifies = identifies
        self.at_least = at_least
        self.at_most = at_most
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

    def __init__(
        self,
        label: str,
        pattern: str = "",
        form: str = "",
        *,
        meaning: str = "",
        standard: str = "",
        aliases: Sequence[str] = (),
        key: bool = False,
        needed: bool = False,
        identifies: bool = False,
    ) -> None:
        """Say which form it has.

        Args:
            label: its heading.
            pattern: a regular expression for the whole code; empty allows any.
            form: the same in words, for people (10 位数字).
            meaning: as of every column; so are the rest.
            standard: where the code comes from.
            aliases: other headings.
            key: whether it tells rows apart.
            needed: whether it may not be empty.
            identifies: whether it names a person.
        """
        super().__init__(
            label,
            meaning=meaning,
            standard=standard,
            aliases=aliases,
            key=key,
            needed=needed,
            identifies=identifies,
        )
        self.pattern, self.form = pattern, form


class Key(Code):
    """A code that tells rows apart."""

    __slots__ = ()

    def __init__(
        self,
        label: str,
        pattern: str = "",
        form: str = "",
        *,
        meaning: str = "",
        standard: str = "",
        aliases: Sequence[str] = (),
    ) -> None:
        """A code that is always there; arguments as of `Code`."""
        super().__init__(label, pattern, form, meaning=meaning, standard=standard, aliases=aliases, key=True)


class Choice(ReturnColumn):
    """One of a few: its code is kept, its word is shown; a file may hold either."""

    __slots__ = ("choices",)
    called = "选项"

    def __init__(
        self,
        label: str,
        choices: Mapping[str, str],
        *,
        meaning: str = "",
        standard: str = "",
        aliases: Sequence[str] = (),
        key: bool = False,
        needed: bool = False,
    ) -> None:
        """Say which; `choices` is word by code, the rest as of every column."""
        super().__init__(label, meaning=meaning, standard=standard, aliases=aliases, key=key, needed=needed)
        if not choices or len(set(choices.values())) < len(choices):
            raise TypeError(f"{label}: a choice has some words, and no word twice")
        self.choices = dict(choices)


class Count(ReturnColumn):
    """A whole number, never below 0: people, classes, rooms, books."""

    __slots__ = ()
    kind = "int64"
    called = "整数"

    def __init__(
        self,
        label: str,
        unit: str,
        *,
        meaning: str = "",
        standard: str = "",
        aliases: Sequence[str] = (),
        key: bool = False,
        needed: bool = False,
        at_least: int = 0,
        at_most: int | None = None,
    ) -> None:
        """Say what is counted; the rest as of every column."""
        super().__init__(
            label,
            unit=unit,
            meaning=meaning,
            standard=standard,
            aliases=aliases,
            key=key,
            needed=needed,
            at_least=at_least,
            at_most=at_most,
        )


class Amount(ReturnColumn):
    """A decimal with its unit: money in 元, areas in 平方米, sight in 5 分记录. Never a float."""

    __slots__ = ("places",)
    called = "数"

    def __init__(
        self,
        label: str,
        unit: str,
        *,
        places: int = 2,
        meaning: str = "",
        standard: str = "",
        aliases: Sequence[str] = (),
        needed: bool = False,
        at_least: int | Decimal | None = 0,
        at_most: int | Decimal | None = None,
    ) -> None:
        """Say what is measured; `places` is digits behind the point, the rest as of every column."""
        super().__init__(
            label,
            unit=unit,
            meaning=meaning,
            standard=standard,
            aliases=aliases,
            needed=needed,
            at_least=at_least,
            at_most=at_most,
        )
        self.places = places

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
