"""Person-times (人次) and persons (人数), and who was entered more often than may be counted.

    person-times = distinct (session, person)        one person twice in one session counts once
    persons      = distinct person

Doubtful, and a person's to decide: somebody sits in two sessions at the same time; or the same money pays the same trade for the
same person twice in one calendar year. Nothing of it is taken off by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Doubt(StrEnum):
    """Why a line is doubtful."""

    TWICE = "twice"
    """同一班里一人两行：只计一次."""
    AT_ONCE = "at_once"
    """同一时间在两个班."""
    PAID_TWICE = "paid_twice"
    """同一年、同一资金、同一工种补贴两次."""


@dataclass(frozen=True, slots=True)
class Attended:
    """One line of a roll."""

    session: str
    person: str
    """Code of the person; never a number or a name."""
    begun: date
    until: date
    trade: str = ""
    funding: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sessions that one person cannot both be counted for without a look."""

    doubt: Doubt
    person: str
    session: str
    other: str
    """The same as `session` where somebody stands in it twice."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a set of rolls comes to."""

    person_times: int
    persons: int
    by_session: dict[str, int]
    doubts: tuple[Pair, ...]


def count(lines: Iterable[Attended]) -> Counted:
    """Count lines of rolls, in whatever order they come."""
    rows = Counter(lines)
    once = {
        (one.session, one.person): one for one in sorted(rows, key=lambda one: (one.session, one.person, one.begun))
    }
    by_session = Counter(session for session, _ in once)
    seen = Counter[tuple[str, str]]()
    for one, many in rows.items():
        seen[one.session, one.person] += many
    doubts = [Pair(Doubt.TWICE, person, session, session) for (session, person), many in seen.items() if many > 1]
    people = defaultdict[str, list[Attended]](list)
    for one in once.values():
        people[one.person].append(one)
    for person, sat in people.items():
        doubts += _pairs(person, sat)
    doubts.sort(key=lambda one: (one.person, one.session, one.other, one.doubt))
    return Counted(len(once), len(people), dict(sorted(by_session.items())), tuple(doubts))


def _pairs(person: str, sat: Sequence[Attended]) -> Iterator[Pair]:
    rows = sorted(sat, key=lambda one: (one.begun, one.session))
    for at, one in enumerate(rows):
        for other in rows[at + 1 :]:
            pair = (person, *sorted((one.session, other.session)))
            if other.begun <= one.until:
                yield Pair(Doubt.AT_ONCE, *pair)
            paid = one.funding and (one.funding, one.trade) == (other.funding, other.trade)
            if paid and one.begun.year == other.begun.year:
                yield Pair(Doubt.PAID_TWICE, *pair)
