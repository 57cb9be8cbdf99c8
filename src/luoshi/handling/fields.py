"""What a step asks for: words, days, numbers, choices, papers; and what a typed value means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from typing import Literal

from luoshi.words.findings import Finding
from luoshi.words.parameters import Parameter

_LINE, _PAGE = 200, 4000
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Days beyond which a day was mistyped: 0202 for 2020."""
_UNSEEN = dict.fromkeys(
    one for one in (*range(32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A)) if one not in {9, 10, 13}
)
"""Signs nobody types: they steer a terminal, or turn what is read around."""
_DIGITS, _TYPED = 15, 40
"""How many places a number may have before or behind its point, and how long it may be written."""


class Kind(StrEnum):
    """How a field is filled and kept; every value is kept as text."""

    LINE = "line"
    """One line."""
    WORDS = "words"
    """Paragraphs."""
    DAY = "day"
    """YYYY-MM-DD."""
    NUMBER = "number"
    """A decimal without grouping."""
    CHOICE = "choice"
    """The key of an option."""
    YES = "yes"
    """“1”: said to be so."""
    PAPER = "paper"
    """A file: its number in the house."""
    PHOTO = "photo"
    """A picture taken on the spot."""
    UNIT = "unit"
    """Code of an office, county or school that something is given to."""
    SCHOOL = "school"
    """Code of an institution."""
    SHEET = "sheet"
    """Marks by the criteria of the rubric, as text; what is on it the engine of rubrics reads."""


FILES = frozenset({Kind.PAPER, Kind.PHOTO})
"""Kinds that are answered by files."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a field comes of others, so that nobody types it."""

    by: str
    """Name of a function in the table of `reckoning`."""
    of: tuple[str, ...]
    """Keys of what goes in."""
    values: dict[str, Decimal] = field(default_factory=dict)
    """The parameters that count, by key."""
    fields: "tuple[Field, ...]" = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Of:
    """Another field that one belongs to: known by its key once its class is made."""

    key: str = ""
    field: "Field | None" = field(default=None, compare=False)

    def settled(self) -> "Of":
        """With the key alone, as text can keep it."""
        return Of(self.field.key if self.field else self.key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a field comes of a score sheet, so that nobody types it."""

    tells: Literal["total", "grade", "passed"]
    """The points, the grade in words, or “1” where it is passed and “0” where not."""
    sheet: Of
    """The one filled in now, else all that judges filled in before, taken together."""


@dataclass(slots=True)
class Field:
    """One thing to be filled in. Its key is the name it is declared under."""

    label: str
    kind: Kind
    options: Mapping[str, str] = field(default_factory=dict)
    """Of a choice: label by key."""
    least: Decimal | int | None = None
    most: Decimal | int | None = None
    """Of a number its ends, with them; of words how many characters."""
    whole: bool = False
    """Whether of numbers only whole ones are right."""
    private: bool = False
    """Whether it tells of a person: sealed where it is kept, masked where it is shown."""
    future: bool = False
    """Whether a day may lie ahead."""
    schools: bool = False
    """Whether a unit may be a school as well as an office or county."""
    because: str = ""
    """Which rule sets its ends."""
    hint: str = ""
    reckoned: Reckoning | None = None
    """How it comes of other fields; None where somebody fills it in."""
    outcome: Outcome | None = None
    """How it comes of a score sheet; None where somebody fills it in."""
    against: Of | None = None
    """Of a score sheet the earlier one: where they differ it says why."""
    key: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the first name it is declared under: a title or a theme points at a field that has one."""
        self.key = self.key or name

    def is_(self, *values: str) -> "Condition":
        """Holds where this was answered by one of these."""
        return Condition(self.key, tuple(values), self)

    def read(self, typed: str, on: date) -> "str | Finding":
        """The value that is kept, or why it is none.

        Args:
            typed: what somebody wrote or chose.
            on: today; a day that has not come is refused unless it may lie ahead.
        """
        told = typed.translate(_UNSEEN).strip()
        match self.kind:
            case Kind.DAY:
                return self._day(told, on)
            case Kind.NUMBER:
                return self._number(told)
            case Kind.CHOICE:
                return told if told in self.options else self._no(told, f"可选{'、'.join(self.options.values())}")
            case Kind.YES:
                return "1" if told else ""
            case Kind.LINE | Kind.WORDS:
                told = " ".join(told.split()) if self.kind is Kind.LINE else told
                longest = int(self.most or (_LINE if self.kind is Kind.LINE else _PAGE))
                return told if len(told) <= longest else self._no(f"{len(told)}字", f"不超过{longest}字")
            case _:
                return told

    def _day(self, told: str, on: date) -> "str | Finding":
        try:
            day = date.fromisoformat(told)
        except ValueError:
            return self._no(told, "日期写作2020-09-16")
        if not _FIRST <= day <= _LAST:
            return self._no(told, f"日期在{_FIRST}至{_LAST}之间")
        return self._no(told, f"不晚于今天{on}") if day > on and not self.future else day.isoformat()

    def _number(self, told: str) -> "str | Finding":
        try:
            number = Decimal(told)
        except InvalidOperation:
            return self._no(told, "须为数字")
        if not number.is_finite() or len(told) > _TYPED or abs(number.adjusted()) > _DIGITS:
            return self._no(told, "须为数字")
        if self.least is not None and number < self.least:
            return self._no(told, self.because or f"不小于{self.least}")
        if self.most is not None and number > self.most:
            return self._no(told, self.because or f"不大于{self.most}")
        if self.whole and number != number.to_integral_value():
            return self._no(told, "须为整数")
        return str(int(number)) if self.whole else format(number, "f")

    def _no(self, told: str, rule: str) -> Finding:
        return Finding(self.label, f"填的是“{told[:60]}”", rule, f"请改正“{self.label}”")


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where a field was answered by one of some values."""

    key: str
    values: tuple[str, ...]
    field: Field | None = field(default=None, compare=False)

    def holds(self, answers: Mapping[str, str]) -> bool:
        """Whether it does, of what a case holds and what is being answered."""
        return answers.get(self.key, "") in self.values


def when(condition: Condition, *needed: Field) -> tuple[tuple[Field, Condition], ...]:
    """Fields that are needed only where a condition holds."""
    return tuple((one, condition) for one in needed)


def reckoned(
    label: str,
    kind: Kind,
    by: str,
    *inputs: Field,
    told: Sequence[Parameter] = (),
    options: Mapping[str, str] | None = None,
    hint: str = "",
) -> Field:
    """A field that comes of others: shown and kept like any, typed by nobody.

    Args:
        label: what it is called.
        kind: what its value is.
        by: name of a function in the table of `reckoning`.
        inputs: what goes in, in the order the function takes them; reckoned ones stand before it.
        told: parameters it needs.
        options: of a choice, label by key.
        hint: what is said beside it.
    """
    how = Reckoning(by, (), {one.key: one.value for one in told}, inputs)
    return Field(label, kind, options or {}, hint=hint, reckoned=how)


def outcome(label: str, sheet: Field, tells: Literal["total", "grade", "passed"]) -> Field:
    """A field that comes of a score sheet: shown and kept like any, typed by nobody."""
    kinds = {"total": Kind.NUMBER, "grade": Kind.LINE, "passed": Kind.CHOICE}
    options = {"1": "达到", "0": "未达到"} if tells == "passed" else {}
    return Field(label, kinds[tells], options, outcome=Outcome(tells, Of(field=sheet)))


line = partial(Field, kind=Kind.LINE)
"""One line of words."""
words = partial(Field, kind=Kind.WORDS)
"""Paragraphs."""
day = partial(Field, kind=Kind.DAY)
"""A day, not in the future unless it may be."""
number = partial(Field, kind=Kind.NUMBER)
"""A number between two ends, with them."""
count = partial(Field, kind=Kind.NUMBER, whole=True)
"""How many: a whole number between two ends, with them."""
choice = partial(Field, kind=Kind.CHOICE)
"""One of some options."""
yes = partial(Field, kind=Kind.YES)
"""Said to be so by a tick."""
paper = partial(Field, kind=Kind.PAPER)
"""A file."""
photo = partial(Field, kind=Kind.PHOTO)
"""A picture taken on the spot."""
unit = partial(Field, kind=Kind.UNIT)
"""An office, county or school by its code."""
school = partial(Field, kind=Kind.SCHOOL)
"""An institution by its code."""


def sheet(label: str, against: Field | None = None) -> Field:
    """Marks by the criteria of the procedure's rubric; where they differ from an earlier sheet, with the reasons."""
    return Field(label, Kind.SHEET, against=Of(field=against) if against else None)
