"""Whom a reminder goes to: the one who is named, else up the chain 联络员 → 科室负责人 → 分管局领导 → 督查室."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.tracking.dues import Due, Member


@dataclass(frozen=True, slots=True)
class Seat:
    """One who owes a due thing: the people who are told, and those who get a copy when nobody answers."""

    told: tuple[Member, ...]
    above: tuple[Member, ...]


class Roll:
    """The members, found by what they are responsible for. Order of the members given does not matter."""

    def __init__(self, members: Iterable[Member]) -> None:
        """Sort them once; a round asks for every due thing."""
        self._by_login: dict[str, Member] = {}
        self._by_seat: dict[tuple[str, str], list[Member]] = {}
        for one in sorted(members, key=lambda member: member.login):
            self._by_login[one.login] = one
            place = {"county": one.division, "leader": one.charge, "supervisor": ""}.get(one.role, one.office)
            if place or one.role == "supervisor":
                self._by_seat.setdefault((one.role, place), []).append(one)

    def seats(self, due: Due) -> list[Seat]:
        """Everybody who owes it: the office first, then each unit that has somebody here.

        A unit without anybody is left to the office, which is told of the same thing anyway.
        """
        above = [self._at("section", due.office), self._at("leader", due.leader), self._at("supervisor", "")]
        named = [self._by_login[login] for login in due.people if login in self._by_login]
        if _seeing(due, named):
            return _seats(due, [[named, *above]])
        units = [self._at("county", code) for code in due.divisions]
        chains = [[unit, *above] for unit in units if _seeing(due, unit)]
        if due.office or due.leader or not chains:
            chains.insert(0, [self._at("contact", due.office), *above])
        return _seats(due, chains)

    def _at(self, role: str, place: str) -> Sequence[Member]:
        return self._by_seat.get((role, place), ())


def _seeing(due: Due, members: Sequence[Member]) -> list[Member]:
    return [one for one in members if not due.audience or due.audience in one.sees]


def _seats(due: Due, chains: Iterable[Sequence[Sequence[Member]]]) -> list[Seat]:
    """Of each chain the first level with anybody who may know, and the next one above it."""
    found = []
    for chain in chains:
        levels = [tuple(seeing) for level in chain if (seeing := _seeing(due, level))]
        if levels:
            found.append(Seat(levels[0], levels[1] if len(levels) > 1 else ()))
    return found


def owed_by(member: Member, dues: Iterable[Due]) -> list[Due]:
    """What a person answers for, of what he may know: his section's, his unit's, those in his charge; 督查室 all."""
    return [due for due in _seen(member, dues) if _owes(member, due)]


def _seen(member: Member, dues: Iterable[Due]) -> Iterable[Due]:
    return (due for due in dues if not due.audience or due.audience in member.sees)


def _owes(member: Member, due: Due) -> bool:
    if member.login in due.people:
        return True
    match member.role:
        case "supervisor":
            return True
        case "leader":
            return bool(member.charge) and due.leader == member.charge
        case "county":
            return bool(member.division) and member.division in due.divisions
        case "section" | "contact":
            return bool(member.office) and due.office == member.office
        case _:
            return False
