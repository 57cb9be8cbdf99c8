"""What a procedure is written with: clocks, states and the steps between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from luoshi.handling.fields import Condition, Field
from luoshi.handling.parts import Part
from luoshi.handling.registers import Register
from luoshi.handling.terms import Term

Guarded = Literal["", "person", "child"]
"""Of whom a case tells, so that not everybody may see it."""
Needs = Sequence[Field | tuple[tuple[Field, Condition], ...]]
"""Fields, and groups that are needed only where something holds (`when`)."""


class _Named:
    """Something that is called by the name it is declared under."""

    key: str

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name."""
        self.key = self.key or name


@dataclass(frozen=True, slots=True)
class Extension:
    """How much longer, how often, and who approves it."""

    term: Term
    by: Part
    times: int = 1


def once(term: Term, by: Part) -> Extension:
    """One extension, approved before the last day."""
    return Extension(term, by)


@dataclass(slots=True, eq=False)
class Clock(_Named):
    """A term that runs while a case is in the states that carry it: going from one of them to another does not set it anew."""

    label: str
    within: Term
    warn: Term | None = None
    """So long before the last day it is told that the day comes near."""
    start: Field | None = None
    """The day it counts from; without, the day the case came into the state."""
    extend: Extension | None = None
    pause: Part | None = None
    """Who may let it stand still, in writing and with a reason."""
    source: str = ""
    doubt: str = ""
    key: str = ""


@dataclass(slots=True, eq=False)
class State(_Named):
    """Where a case can be."""

    label: str
    clock: Clock | None = None
    key: str = ""
    in_force: bool = False
    """Whether what was decided takes effect here already, though it may still be reviewed: 复核、申诉期间不停止执行."""

    def to(self, target: "State", label: str, *, by: Part | Sequence[Part], **told: object) -> "Step":
        """A step to another state, or to the same one: `Step` says what else can be asked of it."""
        return Step(label, (self,), target, _parts(by), **told)  # type: ignore[arg-type]  # as Step has them

    def lapses(self, target: "State", label: str) -> "Step":
        """Where the case goes by itself when the state's clock has run out."""
        return Step(label, (self,), target, (), lapses=True)


@dataclass(slots=True, eq=False)
class Begin(State):
    """Where a case begins, who may open one, and what is asked then."""

    by: Part | Sequence[Part] = ()
    """Who may open one, beside the clock where that does."""
    asks: Needs = ()
    may: Needs = ()
    """Fields that may be left empty."""
    opens: str = "登记"
    """The word on the button that opens one."""
    of: type[Register] | None = None
    """The list whose entry a case is about, where it is about one."""
    timed: bool = False
    """Whether the clock opens cases, each period anew."""
    unless: Part | Sequence[Part] = ()
    """Of a template whose cases the clock opens: who opens one where the procedure says no rhythm."""

    @property
    def wanted(self) -> Needs:
        """All that is asked when a case is opened."""
        return (*self.asks, *self.may)

    @property
    def openers(self) -> tuple[Part, ...]:
        """Who may open a case."""
        return _parts(self.by)

    @property
    def instead(self) -> tuple[Part, ...]:
        """Who may open one where the clock does not."""
        return _parts(self.unless)


@dataclass(slots=True, eq=False)
class End(State):
    """Where a case ends."""

    decided: bool = True
    """Whether it ended by a decision; else it was ended without one: merged, withdrawn, passed on."""

    def reopens(
        self, target: State, label: str, *, by: Part | Sequence[Part], needs: Needs, until: Field | None = None
    ) -> "Step":
        """The one way out of an end: taken up again, with the reason; no later than the day a field says."""
        return Step(label, (self,), target, _parts(by), needs=needs, reopens=True, until=until)


@dataclass(slots=True, eq=False)
class Step(_Named):
    """One step. `after` is who takes it when it is allowed."""

    label: str
    sources: tuple[State, ...]
    target: State
    by: tuple[Part, ...]
    needs: Needs = ()
    may: Needs = ()
    """Fields that may be left empty."""
    when: Condition | None = None
    """Only where it holds for what the case says."""
    signed: Sequence[Part] = ()
    """Who signs, in this order, before it takes effect."""
    apart: Sequence["Step"] = ()
    """Steps whose hand may not take this one: whoever mended it does not check it."""
    enters: type[Register] | None = None
    """The register that gets an entry by this decision."""
    renews: type[Register] | None = None
    withdraws: type[Register] | None = None
    merges: bool = False
    """Whether the case goes into another one of the same matter."""
    lapses: bool = False
    reopens: bool = False
    sets: Sequence[tuple[Field, str]] = ()
    """What is so by this step, and needs no answer: raised to a major hazard, it is one."""
    until: Field | None = None
    """The field that says the last day on which it may be taken."""
    quorum: "Sequence[Step]" = ()
    """Steps that as many different hands must have taken before as the rubric asks judges."""
    source: str = ""
    """Which rule it comes from."""
    key: str = ""

    def also(self, *states: State) -> "Step":
        """The same step from further states."""
        self.sources = (*self.sources, *states)
        return self


def _parts(by: Part | Sequence[Part]) -> tuple[Part, ...]:
    return (by,) if isinstance(by, Part) else tuple(by)


@dataclass(frozen=True, slots=True)
class Every:
    """A case that begins anew each period for each unit; `rhythms` says on which day."""

    months: int
    """1 every month, 6 every term, 12 every year."""
    unit: str
    """“county”, “school”, or “entry”: each that stands on the list the case is about."""
    begins: int = 1
    """Day of the first month."""
    month: int = 1
    """A month in which a period begins: 3 with 6 months is March and September."""
    rests: tuple[int, ...] = ()
    """Months in which none begins: holidays; but where pupils board it goes on."""
    kinds: tuple[str, ...] = ()
    """Of schools only those whose 办学类型 begins so (GB/T 33782-2017 表4): 11 kindergartens, 21 primary; all without."""
    operator: str = ""
    """Of schools only the public or the private ones; all without."""


class Rubric(Protocol):
    """Criteria that sheets are filled in by: what a procedure knows of them."""

    key: str
    label: str


@dataclass(slots=True)
class Declaration:
    """What stands in the class: by kind, in the order written."""

    names: type[Register] | None = None
    """The list that a step means which changes “the list”."""
    besides: tuple[Field, ...] = ()
    """What is asked when a case is opened, besides what the template asks."""
    scored: bool = False
    """Whether sheets have criteria."""

    fields: dict[str, Field] = field(default_factory=dict)
    clocks: dict[str, Clock] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    steps: dict[str, Step] = field(default_factory=dict)

    def named(self, register: type[Register] | None) -> type[Register] | None:
        """A list: what a template calls `Register` is the list of the procedure itself."""
        return self.names if register is Register else register

    def changed(self, step: Step) -> Iterator[type[Register]]:
        """The lists that a step changes."""
        for one in (step.enters, step.renews, step.withdraws):
            if (register := self.named(one)) is not None:
                yield register
