"""The course of a procedure: all it declares, with the terms that count, as it is kept with every case that runs by it.

A case goes on by the course it began with, whatever the next version of the software or of a parameter says: its text lies in
the house and is read back here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from pydantic import TypeAdapter

from luoshi.handling import bounds, nouns
from luoshi.handling.bounds import Bound
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Condition, Field, Kind, Outcome, Reckoning
from luoshi.handling.terms import Term
from luoshi.words.findings import Finding

REASON = Field("理由", Kind.WORDS, key="reason")
"""Asked of whoever lets a clock stand still or run longer, sends back what was to be signed, or takes up again what ended."""
INTO = Field("并入的办件编号", Kind.LINE, key="into")
"""Asked of whoever puts one case into another."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that a step asks for."""

    key: str
    only: Condition | None = None
    """Asked only where it holds."""
    optional: bool = False

    def applies(self, held: Mapping[str, str]) -> bool:
        """Whether it is asked at all, of a case that holds this."""
        return self.only is None or self.only.holds(held)


@dataclass(frozen=True, slots=True)
class Longer:
    """An extension: how much, who approves it, how often."""

    term: Term
    by: str
    times: int


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock with the terms that count."""

    key: str
    label: str
    within: Term
    warn: Term | None = None
    start: str = ""
    """Key of the field it counts from; empty for the day the state was entered."""
    extend: Longer | None = None
    pause: str = ""
    """Part that may let it stand still; empty for nobody."""
    source: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A state."""

    key: str
    label: str
    kind: Literal["begin", "state", "end"]
    clock: str = ""
    decided: bool = True


@dataclass(frozen=True, slots=True)
class Way:
    """A step."""

    key: str
    label: str
    sources: tuple[str, ...]
    target: str
    by: tuple[str, ...]
    asks: tuple[Asked, ...] = ()
    when: Condition | None = None
    signed: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    enters: str = ""
    renews: str = ""
    withdraws: str = ""
    merges: bool = False
    lapses: bool = False
    reopens: bool = False
    source: str = ""
    sets: tuple[tuple[str, str], ...] = ()
    """What is so by this step, by key: nobody answers it."""
    until: str = ""
    """Key of the field that says the last day on which it may be taken; empty for always."""
    quorum: tuple[str, ...] = ()
    """Keys of steps that as many different hands must have taken before as there must be judges."""


@dataclass(frozen=True, slots=True)
class Course:
    """A procedure as a case runs by it."""

    key: str
    label: str
    opens: str
    """The word on the button that opens one."""
    openers: tuple[str, ...]
    asks: tuple[Asked, ...]
    """What is asked when one is opened."""
    fields: dict[str, Field]
    clocks: dict[str, Timer]
    places: dict[str, Place]
    ways: dict[str, Way]
    begin: str
    subject: str = ""
    guarded: nouns.Guarded = ""
    title: str = ""
    theme: str = ""
    weight: str = ""
    handler: str = ""
    accuses: str = ""
    of: str = ""
    """Key of the list whose entry a case is about."""
    given: tuple[str, ...] = ()
    """Keys of what the entry says: a case about it holds it from the beginning."""
    same: tuple[str, ...] = ()
    timed: bool = False
    answers: tuple[str, ...] = field(default=())
    rubric: str = ""
    """The version of the rubric that sheets are filled in by; empty where there is none."""
    judges: int = 0
    """How many different judges it asks at least."""
    bounds: tuple[Bound, ...] = ()

    @property
    def private(self) -> frozenset[str]:
        """Keys of the fields that tell of a person."""
        return frozenset(key for key, one in self.fields.items() if one.private)

    @property
    def answerable(self) -> dict[str, Field]:
        """Its own fields, and those that acts of every procedure ask."""
        return {REASON.key: REASON, INTO.key: INTO, **self.fields}

    def out_of(self, place: str) -> Iterator[Way]:
        """The steps that lead out of a state, in the order declared."""
        return (way for way in self.ways.values() if place in way.sources)

    def ended(self, place: str) -> bool:
        """Whether a state is an end."""
        return self.places[place].kind == "end"

    def timer(self, place: str) -> Timer | None:
        """The clock that runs in a state."""
        return self.clocks.get(self.places[place].clock)


_TEXT = TypeAdapter(Course)


def written(course: Course) -> str:
    """A course as text, the same text for the same course."""
    return _TEXT.dump_json(course).decode()


def version(text: str) -> str:
    """The first sixteen digits of SHA-256 of a course's text: what a case keeps of it."""
    return sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=256)
def read_back(text: str) -> Course:
    """The course of a text.

    Raises:
        ValueError: it is no text of a course.
    """
    return _TEXT.validate_json(text)


def course(
    procedure: type[Procedure],
    own: Mapping[str, int] | None = None,
    values: Mapping[str, Decimal] | None = None,
    rubric: tuple[str, int] = ("", 0),
) -> Course:
    """What is made of a procedure.

    Args:
        procedure: the declaration.
        own: how long the bureau itself set its clocks, by key, of what each counts.
        values: the parameters that count here and now, by key; those not told are as declared.
        rubric: the version of the rubric that counts, and how many judges it asks.
    """
    told, begin = procedure.declaration, _begin(procedure)
    about = told.named(begin.of)
    return Course(
        key=procedure.key,
        label=procedure.label,
        opens=begin.opens,
        openers=tuple(part.key for part in (begin.openers if procedure.every else begin.openers or begin.instead)),
        asks=(*_asked(begin.asks), *_asked(told.besides), *_asked(begin.may, optional=True)),
        fields={key: _filled(one, values or {}) for key, one in told.fields.items()},
        clocks={key: _timer(clock, own or {}) for key, clock in told.clocks.items()},
        places={key: _place(one) for key, one in told.states.items()},
        ways={key: _way(one, told) for key, one in told.steps.items()},
        begin=begin.key,
        subject=procedure.subject,
        guarded=procedure.guarded,
        title=_key(procedure.title),
        theme=_key(procedure.theme),
        weight=_key(procedure.weight),
        handler=_key(procedure.handler),
        accuses=_key(procedure.accuses),
        of=about.key if about else "",
        given=tuple(about.fields) if about else (),
        same=tuple(one.key for one in procedure.same),
        timed=begin.timed and procedure.every is not None,
        answers=procedure.answers,
        rubric=rubric[0],
        judges=rubric[1],
        bounds=bounds.kept(procedure.bounds),
    )


def _begin(procedure: type[Procedure]) -> nouns.Begin:
    return next(one for one in procedure.declaration.states.values() if isinstance(one, nouns.Begin))


def _key(one: Field | None) -> str:
    return one.key if one else ""


def _filled(one: Field, values: Mapping[str, Decimal]) -> Field:
    """A field as text can keep it: a reckoned one by keys, with the parameters that count."""
    if one.outcome is not None:
        return replace(one, outcome=Outcome(one.outcome.tells, one.outcome.sheet.settled()))
    if one.against is not None:
        return replace(one, against=one.against.settled())
    if one.reckoned is None:
        return one
    how, told = one.reckoned, {key: values.get(key, value) for key, value in one.reckoned.values.items()}
    return replace(one, reckoned=Reckoning(how.by, tuple(each.key for each in how.fields), told))


def _asked(needs: nouns.Needs, *, optional: bool = False) -> Iterator[Asked]:
    for one in needs:
        if isinstance(one, Field):
            yield Asked(one.key, None, optional)
        else:
            yield from (Asked(field.key, _plain(only), optional) for field, only in one)


def _plain(only: Condition | None) -> Condition | None:
    """With the key alone, which a field has only after its class is made."""
    return Condition(only.field.key if only.field else only.key, only.values) if only else None


def _timer(clock: nouns.Clock, own: Mapping[str, int]) -> Timer:
    longer = clock.extend
    return Timer(
        clock.key,
        clock.label,
        replace(clock.within, count=own.get(clock.key, clock.within.count)),
        clock.warn,
        _key(clock.start),
        Longer(longer.term, longer.by.key, longer.times) if longer else None,
        clock.pause.key if clock.pause else "",
        clock.source,
        clock.doubt,
    )


def _place(state: nouns.State) -> Place:
    match state:
        case nouns.Begin():
            kind: Literal["begin", "state", "end"] = "begin"
        case nouns.End():
            kind = "end"
        case _:
            kind = "state"
    decided = state.decided if isinstance(state, nouns.End) else True
    return Place(state.key, state.label, kind, state.clock.key if state.clock else "", decided)


def _way(step: nouns.Step, told: nouns.Declaration) -> Way:
    enters, renews, withdraws = map(told.named, (step.enters, step.renews, step.withdraws))
    return Way(
        step.key,
        step.label,
        tuple(one.key for one in step.sources),
        step.target.key,
        tuple(one.key for one in step.by),
        (*_asked(step.needs), *_asked(step.may, optional=True)),
        _plain(step.when),
        tuple(one.key for one in step.signed),
        tuple(one.key for one in step.apart),
        enters.key if enters else "",
        renews.key if renews else "",
        withdraws.key if withdraws else "",
        step.merges,
        step.lapses,
        step.reopens,
        step.source,
        tuple((one.key, value) for one, value in step.sets),
        _key(step.until),
        tuple(one.key for one in step.quorum),
    )


def misses(
    asks: Iterable[Asked], fields: Mapping[str, Field], answers: Mapping[str, str], held: Mapping[str, str]
) -> list[Finding]:
    """What a step asks for and was not given.

    Args:
        asks: what it asks.
        fields: the course's.
        answers: what was given.
        held: what the case holds with it.
    """
    found = []
    for one in asks:
        if one.optional or answers.get(one.key) or not one.applies(held):
            continue
        asked = fields[one.key]
        why = (
            f"“{fields[one.only.key].label}”为{_said(fields[one.only.key], one.only)}时必填"
            if one.only
            else "这一步必填"
        )
        found.append(Finding(asked.label, "没有填", why, f"请填写“{asked.label}”后再提交"))
    return found


def _said(asked: Field, only: Condition) -> str:
    return "、".join(asked.options.get(value, value) for value in only.values)
