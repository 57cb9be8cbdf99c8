"""What two answers owe one another: a day does not lie before another, a number is not over another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from luoshi.handling.fields import Field, Kind
from luoshi.words.findings import Finding

Owed = Literal["not_before", "not_over"]
_KIND: Mapping[Owed, Kind] = {"not_before": Kind.DAY, "not_over": Kind.NUMBER}


@dataclass(frozen=True, slots=True)
class Between:
    """A bound as a procedure declares it."""

    field: Field
    """The one that is held to it whenever somebody answers it."""
    than: Field
    owed: Owed
    because: str = ""
    """Which rule says so, where it is not plain."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The same as a case keeps it, by keys."""

    key: str
    than: str
    owed: Owed
    because: str = ""


def not_before(field: Field, *than: Field, because: str = "") -> tuple[Between, ...]:
    """A day does not lie before another, as far as that is known."""
    return tuple(Between(field, one, "not_before", because) for one in than)


def not_over(field: Field, *than: Field, because: str = "") -> tuple[Between, ...]:
    """A number is not over another, as far as that is known."""
    return tuple(Between(field, one, "not_over", because) for one in than)


def kept(bounds: Iterable[Between]) -> tuple[Bound, ...]:
    """By keys, as text can keep them."""
    return tuple(Bound(one.field.key, one.than.key, one.owed, one.because) for one in bounds)


def wrong(bounds: Iterable[Between], mine: Iterable[Field]) -> Iterator[str]:
    """What cannot be right about bounds where they are declared."""
    known = set(map(id, mine))
    for one in bounds:
        name = f"{one.field.label} and {one.than.label}"
        if one.field is one.than:
            yield f"{one.field.label} is held against itself"
        if not {id(one.field), id(one.than)} <= known:
            yield f"{name}: held against a field of another procedure"
        if not one.field.kind is one.than.kind is _KIND[one.owed]:
            yield f"{name}: only days lie before one another, and only numbers over one another"
        if one.field.private or one.than.private:
            yield f"{name}: what tells of a person is sealed, and nothing is held against it"
        if one.field.reckoned is not None:
            yield f"{one.field.label} is reckoned: nobody could put it right"


def breached(
    bounds: Iterable[Bound], fields: Mapping[str, Field], answers: Mapping[str, str], held: Mapping[str, str]
) -> list[Finding]:
    """Which answers do not keep to what the case holds.

    Args:
        bounds: the course's.
        fields: the course's.
        answers: what is answered now: nothing else is held to anything, since whoever answers now cannot put it right.
        held: what the case holds with it.
    """
    found = list[Finding]()
    for one in bounds:
        mine, other = answers.get(one.key, ""), held.get(one.than, "")
        if mine and other and not _keeps(one.owed, mine, other):
            label, than = fields[one.key].label, fields[one.than].label
            rule = one.because or said(one, fields)
            found.append(Finding(label, f"填的是{mine}，“{than}”是{other}", rule, f"请核对“{label}”和“{than}”"))
    return found


def said(one: Bound, fields: Mapping[str, Field]) -> str:
    """A bound in words."""
    label, than = fields[one.key].label, fields[one.than].label
    return f"“{label}”不早于“{than}”" if one.owed == "not_before" else f"“{label}”不大于“{than}”"


def _keeps(owed: Owed, mine: str, other: str) -> bool:
    return mine >= other if owed == "not_before" else Decimal(mine) <= Decimal(other)
