"""Registers: living lists whose entries come, are renewed and go by decided cases, and by nothing else."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import ClassVar

from luoshi.handling.fields import Field
from luoshi.handling.terms import Term
from luoshi.words.calendars import Calendar


class Standing(StrEnum):
    """How an entry stands on a day."""

    AHEAD = "ahead"
    """Its first day has not come."""
    VALID = "valid"
    NEAR = "near"
    """Valid, and its last day comes near."""
    LAPSED = "lapsed"
    """Its last day is over."""
    WITHDRAWN = "withdrawn"
    """Taken off by a decision."""


class Register:
    """One list; its class is the declaration, its docstring what one entry is."""

    key: ClassVar[str]
    label: ClassVar[str]
    answers: ClassVar[tuple[str, ...]]
    subject: ClassVar[str]
    """Whom an entry is about: “school”, “county”, “person” or nothing."""
    valid: ClassVar[Term | None] = None
    """How long an entry stands; without, until it is withdrawn."""
    until: ClassVar[Field | None] = None
    """The field that says the last day where the entry itself does: a licence."""
    warn: ClassVar[Term | None] = None
    """So long before the last day it is told."""
    title: ClassVar[Field]
    public: ClassVar[Sequence[Field]] = ()
    """What everybody may read; nothing without."""
    same: ClassVar[Sequence[Field]] = ()
    """Fields by which two entries are one: a renewal follows the one that stands."""
    fields: ClassVar[dict[str, Field]]

    def __init_subclass__(cls, *, key: str, label: str, answers: str = "", subject: str = "") -> None:
        """Gather its fields.

        Raises:
            TypeError: no title, or a public field that tells of a person.
        """
        cls.key, cls.label, cls.answers, cls.subject = key, label, tuple(answers.split()), subject
        cls.fields = {one.key: one for one in vars(cls).values() if isinstance(one, Field)}
        if not hasattr(cls, "title"):
            message = f"{cls.__name__}: a list whose entries have no title"
            raise TypeError(message)
        if shown := [one.label for one in cls.public if one.private]:
            message = f"{cls.__name__}: what tells of a person is not public: {shown}"
            raise TypeError(message)


def stands(on: date, since: date, until: date | None, warned: date | None, *, withdrawn: bool) -> Standing:
    """How an entry stands on a day.

    Args:
        on: the day.
        since: its first day.
        until: its last day; None where it has none.
        warned: from which day on its end is near; None where nobody is told.
        withdrawn: whether a decision took it off.
    """
    if withdrawn:
        return Standing.WITHDRAWN
    if on < since:
        return Standing.AHEAD
    if until is not None and on > until:
        return Standing.LAPSED
    return Standing.NEAR if warned is not None and on >= warned else Standing.VALID


def last_day(term: Term, since: date) -> date:
    """The last day of an entry that stands for a term: the corresponding day is no longer in it. No holiday moves it."""
    return term.end(since)


def warned_from(term: Term, until: date, calendar: Calendar) -> date:
    """From which day on its end is near."""
    return term.before(until, calendar)
