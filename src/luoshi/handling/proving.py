"""What no procedure may be: found when it is defined, so that no case can ever meet it."""

from collections.abc import Iterable, Iterator, Sequence

from luoshi.handling.bounds import Between
from luoshi.handling.bounds import wrong as wrong_bounds
from luoshi.handling.fields import Condition, Field, Kind
from luoshi.handling.nouns import Begin, Declaration, End, Every, Needs, Step
from luoshi.handling.reckoning import takes
from luoshi.handling.registers import Register

_YEAR = 12
_OWN = {"reason": Kind.WORDS, "into": Kind.LINE}
_UNITS = frozenset({"county", "school", "entry"})


class DeclarationError(TypeError):
    """A procedure that cannot be right."""


def prove(
    name: str,
    told: Declaration,
    pointed: Sequence[Field],
    every: Every | None = None,
    bounds: Sequence[Between] = (),
) -> None:
    """Refuse a procedure that cannot be right, with all that is wrong with it.

    Args:
        name: of its class.
        told: what stands in it.
        pointed: fields that its title, theme and the like point at.
        every: how often the clock opens one.
        bounds: what two answers owe one another.

    Raises:
        DeclarationError: what is wrong, a line each.
    """
    wrong = [*_of_states(told), *_of_ways(told), *_of_steps(told), *_of_fields(told, pointed), *_of_clocks(told)]
    wrong += [*_of_reckoning(told), *_of_every(told, every), *wrong_bounds(bounds, told.fields.values())]
    if wrong:
        raise DeclarationError("\n".join(f"{name}: {one}" for one in wrong))


def needed(needs: Needs) -> Iterator[Field]:
    """The fields of some needs, whatever they depend on."""
    for one in needs:
        if isinstance(one, Field):
            yield one
        else:
            yield from (field for field, _ in one)


def _of_states(told: Declaration) -> Iterator[str]:
    begins = [one for one in told.states.values() if isinstance(one, Begin)]
    if len(begins) != 1:
        yield f"a procedure has one beginning, this one has {len(begins)}"
    if not any(isinstance(one, End) for one in told.states.values()):
        yield "a procedure ends somewhere"
    for begin in begins:
        if any(one.kind is Kind.SHEET for one in needed(begin.wanted)):
            yield f"{begin.label}: a sheet is filled in by a step, not when a case is opened"
        if not begin.by and not begin.timed:
            yield f"nobody may open a case in {begin.label}"
    labels = [one.label for one in told.states.values()]
    yield from (f"two states are called {one}" for one in sorted({one for one in labels if labels.count(one) > 1}))


def _of_ways(told: Declaration) -> Iterator[str]:
    forward, back = dict[str, set[str]](), dict[str, set[str]]()
    for step in told.steps.values():
        for source in step.sources:
            forward.setdefault(source.key, set()).add(step.target.key)
            back.setdefault(step.target.key, set()).add(source.key)
    reached = _spread((one.key for one in told.states.values() if isinstance(one, Begin)), forward)
    ending = _spread((one.key for one in told.states.values() if isinstance(one, End)), back)
    for state in told.states.values():
        if state.key not in reached:
            yield f"nobody reaches {state.label}"
        if state.key not in ending:
            yield f"nobody who is in {state.label} comes to an end"


def _spread(seeds: Iterable[str], ways: dict[str, set[str]]) -> set[str]:
    found, waiting = set[str](), list(seeds)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(ways.get(one, ()))
    return found


def _of_steps(told: Declaration) -> Iterator[str]:
    seen = set[tuple[str, str]]()
    for step in told.steps.values():
        for source in step.sources:
            if isinstance(source, End) != step.reopens:
                yield f"{step.label}: only what is taken up again leaves an end"
            if (source.key, step.label) in seen:
                yield f"two steps out of {source.label} are called {step.label}"
            seen.add((source.key, step.label))
            if step.lapses and source.clock is None:
                yield f"{step.label}: no clock runs in {source.label} that could run out"
        if not step.by and not step.lapses:
            yield f"nobody may take {step.label}"
        yield from _of_one(step, told)
        yield from _of_answers(step, told)


def _of_answers(step: Step, told: Declaration) -> Iterator[str]:
    """What a step sets, and the day it ends with."""
    for one, value in step.sets:
        if told.fields.get(one.key) is not one or one.reckoned or (one.options and value not in one.options):
            yield f"{step.label}: sets {one.label} to what it cannot be"
    last = step.until
    if last is not None and (told.fields.get(last.key) is not last or last.kind is not Kind.DAY):
        yield f"{step.label}: {last.label} is no day of it"


def _of_one(step: Step, told: Declaration) -> Iterator[str]:
    states = set(map(id, told.states.values()))
    if any(id(one) not in states for one in (*step.sources, step.target)):
        yield f"{step.label}: leads to or from a state of another procedure"
    if len(step.signed) != len(set(step.signed)):
        yield f"{step.label}: nobody signs twice"
    if any(id(one) not in set(map(id, told.steps.values())) for one in step.apart):
        yield f"{step.label}: kept apart from a step of another procedure"
    if any(one is Register for one in (step.enters, step.renews, step.withdraws)) and told.names is None:
        yield f"{step.label}: changes its list, and the procedure has none"
    if any(id(one) not in set(map(id, told.steps.values())) for one in step.quorum) or (
        step.quorum and not told.scored
    ):
        yield f"{step.label}: waits for judges of another procedure, or there is no rubric that says how many"
    about = {id(told.named(one.of)) for one in told.states.values() if isinstance(one, Begin) and one.of}
    withdrawn = told.named(step.withdraws)
    for register in told.changed(step):
        if not isinstance(step.target, End) and not step.target.in_force and register is not withdrawn:
            yield f"{step.label}: a decided case changes a list, and {step.target.label} is no end"
        if register is withdrawn and register is not told.named(step.enters) and id(register) in about:
            continue  # the entry that the case is about goes, and nothing is written
        if missing := [one.label for one in register.fields.values() if one.reckoned is None and not _holds(told, one)]:
            yield f"{step.label}: the list {register.label} asks for {missing}, which no case here holds"


def _holds(told: Declaration, one: Field) -> bool:
    """Whether a case comes to hold a field: somebody is asked it, a step sets it, or the entry says it."""
    return told.fields.get(one.key) is one and id(one) in _told(told)


def _told(told: Declaration) -> set[int]:
    set_ = {id(one) for step in told.steps.values() for one, _ in step.sets}
    return _asked(told) | set_ | {id(one) for one in _given(told)}


def _asked(told: Declaration) -> set[int]:
    begins = (one for one in told.states.values() if isinstance(one, Begin))
    asked = {id(one) for begin in begins for one in needed(begin.wanted)} | set(map(id, told.besides))
    return asked | {id(one) for step in told.steps.values() for one in needed((*step.needs, *step.may))}


def _of_fields(told: Declaration, pointed: Sequence[Field]) -> Iterator[str]:
    asked, known, given = _asked(told), _told(told), set(map(id, _given(told)))
    listed = {
        id(one) for step in told.steps.values() for register in told.changed(step) for one in register.fields.values()
    }
    for key, one in told.fields.items():
        if one.reckoned is None and id(one) not in known | listed:
            yield f"{one.label} is never asked"
        if one.reckoned is not None and id(one) in asked:
            yield f"{one.label} is reckoned, and asked all the same"
        if one.kind is Kind.SHEET and not told.scored:
            yield f"{one.label} is a sheet, and there is no rubric"
        of = one.outcome.sheet if one.outcome else one.against
        if of and id(of.field) not in known and id(one) not in given:
            yield f"{one.label} belongs to a sheet that nobody fills in"
        if one.kind is Kind.CHOICE and not one.options:
            yield f"{one.label} has nothing to choose from"
        if not key:
            yield f"{one.label} has no name"
        if one.kind is not _OWN.get(key, one.kind):
            yield f"{one.label}: {key} is what is asked beside a step, and asked as {_OWN[key]}"
    mine = set(map(id, told.fields.values()))
    yield from (f"{one.label} is no field of it" for one in pointed if id(one) not in mine)
    for step in told.steps.values():
        groups = (one for one in step.needs if not isinstance(one, Field))
        conditions = [step.when, *(how for group in groups for _, how in group)]
        yield from (f"{step.label}: {wrong}" for one in conditions if one and (wrong := _of_condition(one, mine)))


def _of_condition(one: Condition, mine: set[int]) -> str:
    """What is wrong with it; empty when nothing is."""
    if one.field is None or id(one.field) not in mine:
        return "depends on a field of another procedure"
    if one.field.kind is Kind.CHOICE and not set(one.values) <= set(one.field.options):
        return f"depends on an answer that {one.field.label} does not have"
    return ""


def _of_clocks(told: Declaration) -> Iterator[str]:
    carried = {id(one.clock) for one in told.states.values() if one.clock is not None}
    mine = set(map(id, told.clocks.values()))
    for clock in told.clocks.values():
        if id(clock) not in carried:
            yield f"no state carries the clock {clock.label}"
        if clock.extend is not None and clock.extend.times < 1:
            yield f"{clock.label} is extended no times"
        if clock.extend is not None and clock.extend.term.counted is not clock.within.counted:
            yield f"{clock.label} counts one thing and is extended by another"
        if not clock.within.count and clock.start is None:
            yield f"{clock.label} ends on a day that no field says"
    for state in told.states.values():
        if state.clock is not None and id(state.clock) not in mine:
            yield f"{state.label} carries a clock of another procedure"
        if isinstance(state, End) and state.clock is not None:
            yield f"{state.label} is an end, and a clock runs there"


def _given(told: Declaration) -> Iterator[Field]:
    """What the entry says that a case is about."""
    for begin in told.states.values():
        if isinstance(begin, Begin) and (about := told.named(begin.of)) is not None:
            yield from about.fields.values()


def _of_reckoning(told: Declaration) -> Iterator[str]:
    for one in _given(told):
        if told.fields[one.key] is not one:
            yield f"{one.label} is what the entry says, and something else has its name"
    given, known = {id(one) for one in _given(told)}, set[int]()
    for one in told.fields.values():
        how = one.reckoned
        if how is not None and not (id(one) in given and not all(id(each) in known for each in how.fields)):
            if takes(how.by) != len(how.fields):
                yield f"{one.label}: nothing called {how.by} reckons with {len(how.fields)}"
            if not all(id(each) in known for each in how.fields):
                yield f"{one.label}: is reckoned of what does not stand before it"
        known.add(id(one))


def _of_every(told: Declaration, every: Every | None) -> Iterator[str]:
    for begin in told.states.values():
        if not isinstance(begin, Begin):
            continue
        by_hand = begin.timed and every is None and begin.unless
        if begin.timed != (every is not None) and not by_hand:
            yield f"{begin.label}: the clock opens cases where it is said how often, and nowhere else"
        if begin.timed and not by_hand and (begin.asks or told.besides):
            yield f"{begin.label}: the clock answers nothing"
        if every is not None and every.unit == "entry" and begin.of is None:
            yield f"{begin.label}: opened for each entry, and about none"
    if every is not None and (every.unit not in _UNITS or _YEAR % every.months):
        yield f"every {every.months} months for each {every.unit}: nothing comes so"
