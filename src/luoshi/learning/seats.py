"""Places in sessions (班次) for people who rank what they want: one queue, a lot anybody can draw again, and a reason for each no.

    lot    = SHA-256(seed + ":" + code), hexadecimal, ascending             domain.md §10
    queue  = those who owe most hours of what is offered first, then by lot
    turn   = in each round everybody takes, in the order of the queue, the first of what they want that they still can

Everybody takes the best that is left, so afterwards no two would gladly swap; a seat is passed by only when nobody can take it.
Who took one stands in the queue of the next round with the hours still owed. Seats reserved for a group are given to others when
the group leaves them: all is then reckoned again with so many fewer reserved, until each one that is kept is used. Nothing
depends on the order in which people or sessions were entered.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

_ZERO = Decimal(0)


class Cause(StrEnum):
    """Why a choice came out as it did."""

    GIVEN = "given"
    FULL = "full"
    """名额已满."""
    RESERVED = "reserved"
    """只剩给别的单位或学科预留的名额，并已用完."""
    CLASH = "clash"
    """与已取得的班次时间相冲突."""
    LIMIT = "limit"
    """已取得本期至多的门数."""
    CLOSED = "closed"
    """不在招收范围."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """Seats kept for a group: a county, the countryside, a subject."""

    group: str
    seats: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One session."""

    key: str
    seats: int
    towards: frozenset[str]
    """What its hours count for, by the keys under which people owe them."""
    hours: Decimal = _ZERO
    times: tuple[tuple[datetime, datetime], ...] = ()
    """When it meets, from and to; sessions that share a moment clash."""
    only: frozenset[str] = frozenset()
    """Groups of which one must be had; empty for everybody."""
    reserves: tuple[Reserve, ...] = ()
    """Together no more than the seats."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """One person."""

    code: str
    choices: tuple[str, ...]
    """Keys of sessions, the most wanted first."""
    owes: Mapping[str, Decimal] = field(default_factory=dict)
    """Hours owed, by what they are owed for."""
    groups: frozenset[str] = frozenset()
    held: tuple[tuple[datetime, datetime], ...] = ()
    """When they sit elsewhere already."""


class Told(NamedTuple):
    """What became of one choice, in pieces a page makes a sentence of."""

    cause: Cause
    round: int = 0
    """Of the turn in which it was decided, from 1."""
    rank: int = 0
    """In the queue of that round, from 1."""
    seats: int = 0
    last: tuple[int, int] = (0, 0)
    """Round and rank of whoever took the last seat."""
    owing: int = 0
    """How many of those who got a seat owed more hours; the others stood before by lot, or took it in an earlier round."""
    other: str = ""
    """The session it clashes with; empty for what was held before."""
    waiting: int = 0
    """Place on the waiting list; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Allotment:
    """Who got what, who waits, and why."""

    places: Mapping[str, tuple[str, ...]]
    """By code the sessions, in the order they were taken."""
    waiting: Mapping[str, tuple[str, ...]]
    """By session the codes, whoever moves up first on top."""
    told: Mapping[tuple[str, str], Told]
    """By code and session, of every choice."""
    kept: Mapping[tuple[str, str], int]
    """By session and group the reserved seats that were used as such."""


def lot(seed: str, code: str) -> str:
    """A value the one who draws cannot steer: anybody makes it again from the seed.

    >>> lot("LY-2020-MBX-001/20200718/483920/717305/062844", "S00001")[:12]
    '093552515483'
    """
    return sha256(f"{seed}:{code}".encode()).hexdigest()


def allot(applicants: Iterable[Applicant], offers: Iterable[Offer], *, seed: str, most: int) -> Allotment:
    """Give the places.

    Args:
        applicants: each code once.
        offers: each key once.
        seed: as drawn before witnesses; it alone decides among those who owe alike.
        most: sessions one person gets at most.
    """
    people = sorted(applicants, key=lambda one: one.code)
    sessions = sorted(offers, key=lambda one: one.key)
    table = _Table(people, sessions, seed, most)
    keeps = {(place, one.group): one.seats for place, offer in enumerate(sessions) for one in offer.reserves}
    while True:
        draft = _Draft(table, keeps)
        draft.run()
        unused = {key: left for key, left in draft.left.items() if left}
        if not unused:
            return draft.allotment()
        keeps = {key: many - unused.get(key, 0) for key, many in keeps.items()}


class _Table:
    """What every reckoning shares: sessions by number, who clashes with whom as bits, lots, wishes."""

    def __init__(self, people: Sequence[Applicant], sessions: Sequence[Offer], seed: str, most: int) -> None:
        self.people, self.sessions, self.most = people, sessions, most
        places = {one.key: place for place, one in enumerate(sessions)}
        self.wishes = [[places[key] for key in dict.fromkeys(one.choices) if key in places] for one in people]
        self.lots = [lot(seed, one.code) for one in people]
        self.clashes = _clashes(sessions)
        self.busy = [self._busy(one) for one in people]
        offered = frozenset[str]().union(*(one.towards for one in sessions))
        self.owes = [{key: owed for key, owed in one.owes.items() if key in offered and owed > 0} for one in people]
        self.groups = [tuple(one.group for one in offer.reserves) for offer in sessions]

    def _busy(self, one: Applicant) -> int:
        if not one.held:
            return 0
        return sum(1 << place for place, offer in enumerate(self.sessions) if _meet(one.held, offer.times))


def _clashes(sessions: Sequence[Offer]) -> list[int]:
    """By number of a session those that share a moment with it, as bits: one walk along the clock."""
    moments = sorted(
        (start, end, place) for place, one in enumerate(sessions) for start, end in one.times if start < end
    )
    told, running = [0] * len(sessions), list[tuple[datetime, int]]()
    for start, end, place in moments:
        running = [one for one in running if one[0] > start]
        for _, other in running:
            if other != place:
                told[place] |= 1 << other
                told[other] |= 1 << place
        running.append((end, place))
    return told


def _meet(one: Sequence[tuple[datetime, datetime]], other: Sequence[tuple[datetime, datetime]]) -> bool:
    return any(start < until and begun < end for start, end in one for begun, until in other)


class _Draft:
    """One reckoning, with so many seats reserved."""

    def __init__(self, table: _Table, keeps: Mapping[tuple[int, str], int]) -> None:
        self.table, self.left = table, dict(keeps)
        self.keeps = keeps
        held = defaultdict[int, int](int)
        for (place, _), many in keeps.items():
            held[place] += many
        self.open = [one.seats - held[place] for place, one in enumerate(table.sessions)]
        self.owes = [dict(one) for one in table.owes]
        self.need = [sum(one.values(), _ZERO) for one in self.owes]
        self.blocked = list(table.busy)
        self.taken: list[list[int]] = [[] for _ in table.people]
        self.at = [0] * len(table.people)
        self.seated: list[list[tuple[int, int, Decimal]]] = [[] for _ in table.sessions]
        """By session: round, rank and hours owed then of whoever sits there, in the order they sat down."""
        self.needs: dict[tuple[int, int], list[Decimal]] = {}
        self.turns: list[list[tuple[int, Decimal]]] = [[] for _ in table.people]
        self.refusals: dict[tuple[int, int], tuple[Cause, int, int]] = {}

    def run(self) -> None:
        """Round after round, until nobody takes anything."""
        for turn in range(1, self.table.most + 1):
            waiting = [who for who, wishes in enumerate(self.table.wishes) if self.at[who] < len(wishes)]
            lots, need = self.table.lots, self.need
            waiting.sort(key=lambda who: (-need[who], lots[who]))
            for rank, who in enumerate(waiting, 1):
                self._take(who, turn, rank)

    def _take(self, who: int, turn: int, rank: int) -> None:
        """The first of what somebody wants that can still be had. What cannot be had now never can: seats only get fewer."""
        wishes, groups = self.table.wishes[who], self.table.people[who].groups
        self.turns[who].append((rank, self.need[who]))
        while self.at[who] < len(wishes):
            place = wishes[self.at[who]]
            self.at[who] += 1
            offer = self.table.sessions[place]
            cause = self._seat(who, place, offer, groups)
            if cause is Cause.GIVEN:
                self.seated[place].append((turn, rank, self.need[who]))
                self.taken[who].append(place)
                self.blocked[who] |= self.table.clashes[place]
                self._pay(who, offer)
                return
            self.refusals[who, place] = (cause, turn, rank)

    def _seat(self, who: int, place: int, offer: Offer, groups: frozenset[str]) -> Cause:
        if offer.only and offer.only.isdisjoint(groups):
            return Cause.CLOSED
        if self.blocked[who] >> place & 1:
            return Cause.CLASH
        for group in self.table.groups[place]:
            if group in groups and self.left[place, group]:
                self.left[place, group] -= 1
                return Cause.GIVEN
        if self.open[place]:
            self.open[place] -= 1
            return Cause.GIVEN
        return Cause.RESERVED if any(self.left[place, group] for group in self.table.groups[place]) else Cause.FULL

    def _pay(self, who: int, offer: Offer) -> None:
        """What a place gives is no longer owed in the next round."""
        mine = self.owes[who]
        for key in offer.towards & mine.keys():
            given = min(mine[key], offer.hours)
            mine[key] -= given
            self.need[who] -= given

    def allotment(self) -> Allotment:
        """Told by codes and keys."""
        keys, codes = [one.key for one in self.table.sessions], [one.code for one in self.table.people]
        queues = self._queues()
        waits = {(who, place): at for place, queue in queues.items() for at, who in enumerate(queue, 1)}
        told = {
            (codes[who], keys[place]): self._told(who, place, waits.get((who, place), 0))
            for who, wishes in enumerate(self.table.wishes)
            for place in wishes
        }
        return Allotment(
            {codes[who]: tuple(keys[place] for place in taken) for who, taken in enumerate(self.taken) if taken},
            {keys[place]: tuple(codes[who] for who in queue) for place, queue in sorted(queues.items())},
            told,
            {(keys[place], group): many for (place, group), many in self.keeps.items() if many},
        )

    def _queues(self) -> dict[int, list[int]]:
        """Who was told a session is full, in the order they came to it."""
        found = defaultdict[int, list[tuple[int, int, int]]](list)
        for (who, place), (cause, turn, rank) in self.refusals.items():
            if cause in {Cause.FULL, Cause.RESERVED}:
                found[place].append((turn, rank, who))
        return {place: [who for *_, who in sorted(rows)] for place, rows in found.items()}

    def _needs(self, place: int, turn: int) -> list[Decimal]:
        """What those owed who got a seat in a round, negative, so that it ascends."""
        held = self.needs.get((place, turn))
        if held is None:
            held = self.needs[place, turn] = [-need for at, _, need in self.seated[place] if at == turn]
        return held

    def _told(self, who: int, place: int, waiting: int) -> Told:
        seated, seats = self.seated[place], self.table.sessions[place].seats
        cause, turn, rank = self.refusals.get((who, place), (Cause.LIMIT, 0, 0))
        if place in self.taken[who]:
            turn = self.taken[who].index(place) + 1
            return Told(Cause.GIVEN, turn, self.turns[who][turn - 1][0], seats)
        if cause in {Cause.LIMIT, Cause.CLOSED}:
            return Told(cause, turn, rank, seats)
        if cause is Cause.CLASH:
            clash = self.table.clashes[place]
            held = [one for one in self.taken[who] if clash >> one & 1]
            return Told(cause, turn, rank, seats, other=self.table.sessions[held[0]].key if held else "")
        last = seated[-1][:2] if seated else (0, 0)
        more = bisect_left(self._needs(place, turn), -self.turns[who][turn - 1][1])
        return Told(cause, turn, rank, seats, last, more, waiting=waiting)
