"""How a procedure is written: a class with its fields, clocks, states and steps. What cannot be right is refused where it stands.

A class without a key is a template: others inherit its course, and say only what is their own.

class Petition(Procedure, key="petition", label="教育信访", answers="M32.8", duties=("信访",)):
    matter = words("事项", private=True)
    reply = paper("答复书")
    accepting = Clock("受理期限", days(15), warn=workdays(3))

    received = Begin("已登记", by=HOST, asks=[matter], clock=accepting)
    answered = End("已答复")

    answer = received.to(answered, "答复", by=HANDLER, needs=[reply])
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from luoshi.handling.bounds import Between
from luoshi.handling.fields import Field
from luoshi.handling.nouns import Begin, Clock, Declaration, Every, Guarded, Rubric, State, Step
from luoshi.handling.proving import DeclarationError, prove
from luoshi.handling.registers import Register

_HEAD = frozenset({"key", "label", "answers", "duties", "subject", "platform", "guarded"})


class Procedure:
    """One procedure; its class is the declaration, its docstring what it is and which documents it follows."""

    key: ClassVar[str]
    label: ClassVar[str]
    answers: ClassVar[tuple[str, ...]]
    """Mechanisms of the plan that it runs."""
    duties: ClassVar[tuple[str, ...]]
    """Words by which the office that hosts it is found among a bureau's offices."""
    subject: ClassVar[str]
    """What a case is about: “school”, “county”, or nothing."""
    platform: ClassVar[str]
    """The national or provincial system that keeps these cases by duty; empty where there is none."""
    guarded: ClassVar[Guarded]
    """“person”: it tells of whoever complains or is accused, and only those who act in it see it at all. “child”: besides, what is
    private never leaves the county without a purpose on the journal."""
    title: ClassVar[Field | None] = None
    """The field that names a case in lists."""
    theme: ClassVar[Field | None] = None
    """The choice by which cases are counted."""
    weight: ClassVar[Field | None] = None
    """The number that a case stands for: how many persons came."""
    same: ClassVar[Sequence[Field]] = ()
    """Fields by which two cases are one matter."""
    handler: ClassVar[Field | None] = None
    """The field that says whom a case was given to."""
    accuses: ClassVar[Field | None] = None
    """The field that names the unit complained of, which then sees nothing of it."""
    every: ClassVar[Every | None] = None
    rubric: ClassVar[Rubric | None] = None
    """The criteria by which its sheets are filled in."""
    names: ClassVar[type[Register] | None] = None
    """The list that steps of its template change when they name no other."""
    besides: ClassVar[Sequence[Field]] = ()
    """What is asked besides what its template asks when a case is opened."""
    bounds: ClassVar[Sequence[Between]] = ()
    """What two answers owe one another."""
    declaration: ClassVar[Declaration]

    def __init_subclass__(
        cls,
        *,
        key: str = "",
        label: str = "",
        answers: str = "",
        duties: Sequence[str] = (),
        subject: str = "",
        platform: str = "",
        guarded: Guarded = "",
    ) -> None:
        """Gather what stands in the class and its templates, and refuse what cannot be right.

        Raises:
            DeclarationError: a state nobody reaches or leaves, two beginnings, a step out of an end, a field never asked.
        """
        if lost := sorted(_HEAD & vars(cls).keys()):
            message = f"{cls.__name__}: {'、'.join(lost)} is said in the head of the class, and lost in its body"
            raise DeclarationError(message)
        cls.key, cls.label, cls.answers, cls.duties = key, label, tuple(answers.split()), tuple(duties)
        cls.subject, cls.guarded = subject, guarded
        cls.platform = platform
        if not key:
            return
        members = [member for each in reversed(cls.__mro__) for member in vars(each).values()]
        cls.declaration = _gathered(
            members, Declaration(names=cls.names, besides=tuple(cls.besides), scored=cls.rubric is not None)
        )
        told = (cls.title, cls.theme, cls.weight, cls.handler, cls.accuses, *cls.same)
        prove(cls.__name__, cls.declaration, [one for one in told if one is not None], cls.every, cls.bounds)


def _gathered(members: Iterable[object], found: Declaration) -> Declaration:
    for one in members:
        match one:
            case Field():
                if found.fields.setdefault(one.key, one) is not one:
                    message = f"two fields are called {one.key}: {one.label} and {found.fields[one.key].label}"
                    raise DeclarationError(message)
            case Clock():
                found.clocks[one.key] = one
            case State():
                found.states[one.key] = one
            case Step():
                found.steps[one.key] = one
    for listed in _lists(found):
        found.fields = {**listed.fields, **found.fields}
    return found


def _lists(found: Declaration) -> Iterator[type[Register]]:
    """The lists it is about or changes: a case holds what they ask for."""
    for state in found.states.values():
        if isinstance(state, Begin) and (about := found.named(state.of)) is not None:
            yield about
    for step in found.steps.values():
        yield from found.changed(step)
