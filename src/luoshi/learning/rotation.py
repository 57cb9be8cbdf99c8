"""Rosters over years (五年轮训): everybody once, so many a year, and no school sends too many at one time.

As many as can be placed are placed. Who has fewest recent months stands first: whoever is placed stays placed, and within a school
they go first. Placed one by one; where no year has room, others are moved along, as far as years, schools and people allow it
(augmenting paths, so nobody is left out who could be in).
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Left(StrEnum):
    """Why somebody stands in no year."""

    SCHOOL = "school"
    """本校每年可以离校的人数，各年都已用完."""
    YEARS = "years"
    """本人能去的各年，名额都已用完."""
    NEVER = "never"
    """轮训期内本人没有能去的年份."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One teacher to be sent."""

    code: str
    school: str
    months: int = 0
    """Of practice or training in the five years before."""
    last: int = 0
    """Year of the last training; 0 for never."""
    not_before: int = 0
    """First year they can go; 0 for any."""
    until: int = 0
    """Last year they can go, as before retiring; 0 for any."""

    def can(self, year: int) -> bool:
        """Whether a year is one they can go in."""
        return self.not_before <= year and (not self.until or year <= self.until)


@dataclass(frozen=True, slots=True)
class Rota:
    """The roster."""

    years: Mapping[str, int]
    """By code the year."""
    left: Mapping[str, Left]
    """By code why not."""
    most: Mapping[str, int]
    """By school how many it sends in one year at most."""


def rota(people: Iterable[Sent], capacity: Mapping[int, int], *, share: int) -> Rota:
    """Make the roster.

    Args:
        people: each code once.
        capacity: by year how many go.
        share: percent of a school's people that may be away in one year; every school may send one.
    """
    order = sorted(people, key=lambda one: (one.months, one.last, one.code))
    sizes = defaultdict[str, int](int)
    for one in order:
        sizes[one.school] += 1
    most = {school: max(1, size * share // 100) for school, size in sizes.items()}
    table = _Years(sorted(capacity), capacity, most)
    left = dict[str, Left]()
    for one in order:
        if not table.place(one):
            left[one.code] = table.why(one)
    table.tidy(order)
    return Rota(dict(sorted(table.year_of.items())), left, most)


class _Years:
    def __init__(self, years: Sequence[int], capacity: Mapping[int, int], most: Mapping[str, int]) -> None:
        self.years, self.capacity, self.most = years, capacity, most
        self.year_of: dict[str, int] = {}
        self.within: dict[int, dict[str, dict[str, Sent]]] = {year: defaultdict(dict) for year in years}
        self.many = dict.fromkeys(years, 0)
        self.dead: set[tuple[int, str]] = set()
        """Years, or years of a school, that nobody can be moved out of."""

    def place(self, one: Sent) -> bool:
        """Into the first year with room, moving others along where it must be."""
        came: dict[str, tuple[Sent, Sent, int]] = {}
        """By code of who is moved: them, who takes their year, and that year."""
        line, seen, opened = deque([one]), {one.code}, set[tuple[int, str]]()
        while line:
            who = line.popleft()
            for year in self.years:
                if not who.can(year) or self.year_of.get(who.code) == year:
                    continue
                crowded = len(self.within[year][who.school]) >= self.most[who.school]
                if not crowded and self.many[year] < self.capacity[year]:
                    self._shift(one, who, year, came)
                    return True
                place = (year, who.school if crowded else "")
                if (
                    place in opened or place in self.dead
                ):  # whoever is in the way there stands in line already, or cannot move
                    continue
                opened.add(place)
                for other in self._in_the_way(year, who.school, crowded=crowded):
                    if other.code not in seen:
                        seen.add(other.code)
                        came[other.code] = (other, who, year)
                        line.append(other)
        self.dead |= (
            opened  # no way leads from there to a free place, nor ever will: whoever is placed later stays out of it
        )
        return False

    def _in_the_way(self, year: int, school: str, *, crowded: bool) -> list[Sent]:
        if crowded:
            return list(self.within[year][school].values())
        return [one for rows in self.within[year].values() for one in rows.values()]

    def _shift(self, first: Sent, who: Sent, year: int, came: Mapping[str, tuple[Sent, Sent, int]]) -> None:
        while True:
            self._put(who, year)
            if who.code == first.code:
                return
            _, who, year = came[who.code]

    def _put(self, who: Sent, year: int) -> None:
        old = self.year_of.get(who.code)
        if old is not None:
            del self.within[old][who.school][who.code]
            self.many[old] -= 1
        self.within[year][who.school][who.code] = who
        self.many[year] += 1
        self.year_of[who.code] = year

    def why(self, one: Sent) -> Left:
        """What stands against somebody who cannot be placed."""
        can = [year for year in self.years if one.can(year)]
        if not can:
            return Left.NEVER
        full = all(len(self.within[year][one.school]) >= self.most[one.school] for year in can)
        return Left.SCHOOL if full else Left.YEARS

    def tidy(self, order: Sequence[Sent]) -> None:
        """Within a school whoever has fewer months goes first, where both can go in the other's year."""
        schools = defaultdict[str, list[Sent]](list)
        for one in order:
            if one.code in self.year_of:
                schools[one.school].append(one)
        for rows in schools.values():
            years = sorted(self.year_of[one.code] for one in rows)
            if all(one.can(year) for one, year in zip(rows, years, strict=True)):
                self.year_of.update({one.code: year for one, year in zip(rows, years, strict=True)})
