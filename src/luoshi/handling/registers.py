"""Registers: living lists whose entries come, are renewed and go by decided cases, and by nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long an entry stands by what was decided: a sanction's months."""

    by: Field
    """A choice of the list."""
    terms: Mapping[str, Term | None]
    """By the key of each option; None for until it is withdrawn."""

    def __str__(self) -> str:
        return "、".join(f"{self.by.options[key]}{term or '长期'}" for key, term in self.terms.items())

    def term(self, answers: Mapping[str, str]) -> Term | None:
        """How long it stands for these answers.

        Raises:
            KeyError: the choice was not answered.
        """
        return self.terms[answers[self.by.key]]


@dataclass(frozen=True, slots=True)
class Span:
    """From which day until which an entry stands, both with it."""

    since: date
    until: date | None
    """None where it stands until it is withdrawn."""

    def holds(self, on: date) -> bool:
        """Whether a day lies in it."""
        return self.since <= on and (self.until is None or on <= self.until)


class Register:
    """One list; its class is the declaration, its docstring what one entry is."""

    key: ClassVar[str]
    label: ClassVar[str]
    answers: ClassVar[tuple[str, ...]]
    """Mechanisms of the plan that it serves."""
    subject: ClassVar[str]
    """Whom an entry is about: “school”, “county”, “person” or nothing."""
    valid: ClassVar[Term | None] = None
    """How long an entry stands; without, until it is withdrawn."""
    lasting: ClassVar[Lasting | None] = None
    """The same by what was decided."""
    adds: ClassVar[Term | None] = None
    """That what is left of the entries that stand is added to a new one, and how long it may come to at most."""
    since: ClassVar[Field | None] = None
    """The field that says the day it counts from: the decision's; without, the day of the step."""
    until: ClassVar[Field | None] = None
    """The field that says the last day where the entry itself does: a licence."""
    warn: ClassVar[Term | None] = None
    """So long before the last day it is told."""
    title: ClassVar[Field | None] = None
    """What its entries are called; a list about schools or counties may leave it out: then they have the unit's name."""
    public: ClassVar[Sequence[Field]] = ()
    """What everybody may read; nothing without."""
    columns: ClassVar[Sequence[Field]] = ()
    """What a table of its entries shows of each; without, what is public, else the first few."""
    same: ClassVar[Sequence[Field]] = ()
    """Fields by which two entries are one: a renewal follows the one that stands."""
    bars: ClassVar[Sequence[str]] = ()
    """What nobody in it may be given while the entry stands: 评优."""
    fields: ClassVar[dict[str, Field]]

    def __init_subclass__(cls, *, key: str = "", label: str = "", answers: str = "", subject: str = "") -> None:
        """Gather its fields and those of its template; a class without a key is one.

        Raises:
            TypeError: no title, a public field that tells of a person, or an end that cannot be told.
        """
        cls.key, cls.label, cls.answers, cls.subject = key, label, tuple(answers.split()), subject
        members = [member for each in reversed(cls.__mro__) for member in vars(each).values()]
        cls.fields = {one.key: one for one in members if isinstance(one, Field)}
        if not key:
            return
        if cls.title is None and cls.subject not in {"school", "county"}:
            message = f"{cls.__name__}: a list whose entries have no title"
            raise TypeError(message)
        if shown := [one.label for one in cls.public if one.private]:
            message = f"{cls.__name__}: what tells of a person is not public: {shown}"
            raise TypeError(message)
        if wrong := _endless(cls):
            message = f"{cls.__name__}: {wrong}"
            raise TypeError(message)


def _endless(register: type[Register]) -> str:
    """Why the end of an entry could not be told; empty when it can."""
    told, ends = register.lasting, (register.valid, register.lasting, register.until)
    if sum(one is not None for one in ends) > 1:
        return "an entry ends in one way"
    mine = set(map(id, register.fields.values()))
    pointed = (register.since, register.until, told.by if told else None)
    if lost := [one.label for one in pointed if one is not None and id(one) not in mine]:
        return f"an entry's days are told by fields of its own, not by {lost}"
    if told and set(told.terms) != set(told.by.options):
        return f"every option of {told.by.label} says how long"
    if register.adds and not (register.valid or told):
        return "only terms add up"
    return ""


def entered(register: type[Register], answers: Mapping[str, str], on: date, standing: Iterable[Span] = ()) -> Span:
    """From when until when a new entry stands.

    Args:
        register: the list.
        answers: what the case holds.
        on: the day of the step that enters it.
        standing: the same person's or unit's entries that are not withdrawn; only asked of a list whose terms add up.
    """
    since = _told(register.since, answers) or on
    if register.until is not None:
        return Span(since, _told(register.until, answers))
    term = _term(register, answers)
    if term is None:
        return Span(since, None)
    return Span(since, added(term, since, standing, register.adds) if register.adds else last_day(term, since))


def added(term: Term, since: date, standing: Iterable[Span], most: Term) -> date:
    """The last day of what is left of earlier terms and a new one together, counted from the new one.

    事业单位工作人员处分暂行规定 (人社部、监察部令第18号): 处分期内受到新的处分的, 尚未执行的期限与新处分期限相加, 最长48个月.
    """
    left = max((one.until for one in standing if one.until and one.since <= since <= one.until), default=since)
    return min(term.end(left), most.end(since))


def renewed(register: type[Register], answers: Mapping[str, str], on: date, before: Span) -> Span:
    """From when until when the renewal of an entry stands: it follows the entry that stands, else it begins anew.

    Args:
        register: the list.
        answers: what the case holds.
        on: the day of the step that renews it.
        before: the entry that is renewed.
    """
    anew = entered(register, answers, on)
    if before.until is None or before.until < anew.since:
        return anew
    term = _term(register, answers)
    return Span(before.until + timedelta(days=1), term.end(before.until) if term else anew.until)


def standing_on(
    register: type[Register], span: Span, on: date, calendar: Calendar, *, withdrawn: bool = False
) -> Standing:
    """How an entry of a list stands on a day, near its end by the list's own warning."""
    warned = warned_from(register.warn, span.until, calendar) if register.warn and span.until else None
    return stands(on, span.since, span.until, warned, withdrawn=withdrawn)


def barring(what: str, entries: Iterable[tuple[type[Register], Span]], on: date) -> Span | None:
    """The entry that longest keeps somebody from being given something on a day; None when nothing does.

    Args:
        what: one of a list's `bars`.
        entries: those of one person or unit that are not withdrawn.
        on: the day on which it would be given.
    """
    found = [span for register, span in entries if what in register.bars and span.holds(on)]
    return max(found, key=lambda one: one.until or date.max, default=None)


def _told(field: Field | None, answers: Mapping[str, str]) -> date | None:
    told = answers.get(field.key, "") if field else ""
    return date.fromisoformat(told) if told else None


def _term(register: type[Register], answers: Mapping[str, str]) -> Term | None:
    return register.lasting.term(answers) if register.lasting else register.valid


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
    """The last day of an entry that stands for a term: the corresponding day, the first not counted. No holiday moves it."""
    return term.end(since)


def warned_from(term: Term, until: date, calendar: Calendar) -> date:
    """From which day on its end is near."""
    return term.before(until, calendar)
