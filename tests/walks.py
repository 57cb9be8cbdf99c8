"""Random walks over a procedure: hands of every part, days that go on, whatever is permitted; and a check of each walk by itself."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from luoshi.handling.cases import Case, Did, Happening, after, follow
from luoshi.handling.courses import Asked, Course
from luoshi.handling.fields import Field, Kind
from luoshi.handling.parts import PARTS, Hand
from luoshi.handling.permitting import DECLINE, begun, opened, opening, permits, taken
from luoshi.handling.permitting import lapsing as lapsed
from luoshi.handling.reckoning import reckon
from luoshi.words.calendars import national
from luoshi.words.errors import RefusedError

HANDS = tuple(
    Hand(f"{part.key}{number}", f"{part.label}{number}", frozenset({part.key})) for part in PARTS for number in range(4)
)
BEGUN = date(2020, 3, 2)
_DAYS = (0, 0, 1, 2, 5, 14, 40, 130)


@dataclass(frozen=True)
class Walk:
    """What happened, and how the case stood after each."""

    happened: tuple[Happening, ...]
    stood: tuple[Case, ...]
    stuck: bool


def typed(field: Field, chance: random.Random, on: date) -> str:
    """Something that may be answered."""
    match field.kind:
        case Kind.CHOICE:
            return chance.choice(list(field.options))
        case Kind.DAY:
            return (on - timedelta(days=chance.choice((0, 0, 1, 3)))).isoformat()
        case Kind.NUMBER:
            least = field.least if field.least is not None else 0
            most = field.most if field.most is not None else int(least) + 9
            return str(chance.randint(int(least), int(min(most, int(least) + 50))))
        case Kind.YES:
            return "1"
        case _:
            return f"{field.label}{chance.randrange(100)}"


def answered(
    course: Course, asks: tuple[Asked, ...], chance: random.Random, on: date, held: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Answers to all that is asked, and sometimes to what may be left empty; days and sums as they have to be, nearly always."""
    fields = course.fields
    told = {
        one.key: typed(fields[one.key], chance, on) if one.key in fields else f"理由{chance.randrange(9)}"
        for one in asks
        if not one.optional or chance.random() < 0.5
    }
    for _ in course.bounds if chance.random() < 0.9 else ():  # one that is moved may move another
        told |= dict(_broken(course, told, {**(held or {}), **told}))
    return told


def _broken(course: Course, told: Mapping[str, str], known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Answers that lie before, or are over, another, and that other."""
    for one in course.bounds:
        mine, other = told.get(one.key), known.get(one.than)
        if mine and other and (mine < other if one.owed == "not_before" else float(mine) > float(other)):
            yield one.key, other


def walk(course: Course, seed: int, length: int = 40) -> Walk:
    """One walk: until it ends, or so many things have happened."""
    chance, calendar, on = random.Random(seed), national(), BEGUN
    opener = chance.choice([one for one in HANDS if opening(course, one) is None] or list(HANDS))
    first = next(one for one in (_first(course, opener, chance, on) for _ in range(60)) if one)
    case = after(course, None, first, calendar)
    happened, stood = [first], [case]
    while len(happened) < length:
        on += timedelta(days=chance.choice(_DAYS))
        by_clock = lapsed(course, case, on, calendar)
        step = by_clock or _step(course, case, chance, on)
        if step is None and _waits(course, case):
            on += timedelta(days=400)
            step = lapsed(course, case, on, calendar)
        if step is None:
            return Walk(tuple(happened), tuple(stood), stuck=not course.ended(case.state))
        case = after(course, case, step, calendar)
        happened.append(step)
        stood.append(case)
        if course.ended(case.state) and chance.random() < 0.5:
            break
    return Walk(tuple(happened), tuple(stood), stuck=False)


def _first(course: Course, opener: Hand, chance: random.Random, on: date) -> Happening | None:
    fields = course.fields
    entry = {key: typed(fields[key], chance, on) for key in course.given if fields[key].reckoned is None}
    if course.timed:
        return begun(course, on, entry)
    there = replace(course, openers=course.openers or tuple(opener.parts))
    try:
        return opened(there, opener, answered(course, course.asks, chance, on, entry), on, entry)
    except RefusedError:
        return None


def _waits(course: Course, case: Case) -> bool:
    return any(one.lapses for one in course.out_of(case.state))


def _step(course: Course, case: Case, chance: random.Random, on: date) -> Happening | None:
    """Something permitted to somebody; None where nobody may do anything."""
    calendar = national()
    open_ = [
        (permit, hand)
        for hand in HANDS
        for permit in permits(course, case, hand, on, calendar)
        if permit.why is None and (permit.act != DECLINE or chance.random() < 0.2)
    ]
    chance.shuffle(open_)
    for permit, hand in open_:
        for _ in range(6):
            try:
                return taken(
                    course, case, permit.act, hand, answered(course, permit.asks, chance, on, case.held), on, calendar
                )
            except RefusedError:
                continue
    return None


def wrongs(course: Course, told: Walk) -> Iterator[str]:
    """What is wrong with a walk, by rules that are written here once more and plainly."""
    if told.stuck:
        yield f"stuck in {course.places[told.stood[-1].state].label}"
    if follow(course, told.happened, national()) != told.stood[-1]:
        yield "what happened does not give the same case again"
    days = [one.on for one in told.happened]
    if days != sorted(days):
        yield "a day lies before the one before it"
    yield from _unpermitted(course, told)
    yield from _unsigned(course, told)
    yield from _unreckoned(course, told)
    for case, one in zip(told.stood, told.happened, strict=True):
        known = {**case.held, **one.answers}
        yield from (f"{key} against {other}" for key, other in _broken(course, one.answers, known))


def _unreckoned(course: Course, told: Walk) -> Iterator[str]:
    """What nobody types is what comes of the rest, after each thing that happened; and nothing is done after its last day."""
    for case, one in zip(told.stood, told.happened, strict=True):
        for key, field in course.fields.items():
            if field.reckoned is None or case.pending is not None:
                continue
            value = reckon(field.reckoned, case.held)
            if case.held.get(key, "") != value:
                yield f"{field.label} is {case.held.get(key)} and comes to {value}"
        way = course.ways.get(one.step)
        last = case.held.get(way.until) if way else None
        if last and one.did in {Did.TOOK, Did.ASKED} and one.on.isoformat() > last:
            yield f"{one.step} on {one.on} after {last}"


def _unpermitted(course: Course, told: Walk) -> Iterator[str]:
    parts: Mapping[str, frozenset[str]] = {hand.login: hand.parts for hand in HANDS}
    done, waiting = dict[str, set[str]](), set[str]()
    for before, now, one in zip((None, *told.stood[:-1]), told.stood, told.happened, strict=True):
        if one.did is Did.LAPSED or before is None:
            continue
        way = course.ways.get(one.step)
        if one.did in {Did.TOOK, Did.ASKED}:
            assert way is not None
            if not parts[one.login] & set(way.by):
                yield f"{way.label} by {one.name}"
            if before.state not in way.sources:
                yield f"{way.label} out of {before.state}"
            if any(one.login in done.get(key, ()) for key in way.apart):
                yield f"{way.label} by the hand it is kept apart from"
        waiting = {one.login} if one.did in {Did.TOOK, Did.ASKED} else waiting | {one.login}
        if one.did in {Did.TOOK, Did.SIGNED} and now.pending is None:  # what was sent back was not done
            done.setdefault(one.step, set()).update(waiting)
        if course.ended(before.state) and not (way and way.reopens):
            yield f"{one.did} after the end"


def _unsigned(course: Course, told: Walk) -> Iterator[str]:
    signed = list[Happening]()
    for before, now, one in zip(told.stood[:-1], told.stood[1:], told.happened[1:], strict=True):
        if one.did is Did.ASKED:
            signed = [one]
        elif one.did is Did.SIGNED:
            signed.append(one)
        moved = one.did in {Did.TOOK, Did.SIGNED} and now.pending is None and one.step
        way = course.ways[one.step] if moved else None
        if way and way.signed:
            if [each.part for each in signed[1:]] != list(way.signed):
                yield f"{way.label} without its signatures"
            if len({each.login for each in signed}) != len(signed):
                yield f"{way.label} signed twice by one hand"
        if before.pending is not None and one.did not in {Did.SIGNED, Did.DECLINED}:
            yield f"{one.did} while a signature is awaited"
