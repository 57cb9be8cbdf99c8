"""What answers for each mechanism of a plan. The page and the reference ask the same question here, so they agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from luoshi.reading.binding import Place, spoken_of
from luoshi.reading.city import Mechanism
from luoshi.spine import Commitment, Indicator, Kind, Plan


class Carried(StrEnum):
    """How far a mechanism is carried."""

    RUNS = "runs"
    """An indicator declared for it judges one of its lines, or a room of the house does its work."""
    LINE = "line"
    """Confirmed as a line of the ledger and judged by people only."""
    NOT_YET = "not_yet"
    """Nothing answers for it."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the website that does a mechanism's work by itself."""

    answers: str
    page: str
    """Name of its address."""
    label: str
    proof: str
    """The test that proves it, file::function."""
    part: str = ""
    """What the address names besides, where it leads to one of several: the key of a procedure."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger: where its clause stands in the plan's text, and what its targets are bound to."""

    key: int
    """Whatever the caller finds it again by."""
    number: str
    title: str
    start: int
    end: int
    indicators: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One mechanism with what answers for it."""

    mechanism: Mechanism
    carried: Carried
    rooms: tuple[Room, ...]
    indicators: tuple[Indicator, ...]
    """Those declared for it; empty unless one of them judges a line of it."""
    lines: tuple[Line, ...]


def enters(kind: Kind, clause: str, title: str, indicators: Iterable[Indicator]) -> bool:
    """Whether the demo's people confirm such a proposal; `title` is its point's.

    What goes on all year stays out of the ledger, but for what wants a declared rate to move (提高普惠率): no number to
    judge by, but something to look at every year.
    """
    rates = [one for one in indicators if one.whole]
    return kind is not Kind.STANDING or bool(spoken_of(Place(clause, clause, title), rates))


def lines_of(plan: Plan, indicators: Sequence[Indicator]) -> list[Line]:
    """The ledger as the demo's people open it, without a database: what `enters`, in the plan's order."""
    titles = {point.number: point.title for point in plan.points}
    return [
        Line(place, one.id, plan.text[one.start : one.end], one.start, one.end, _bound(one))
        for place, one in enumerate(plan.commitments)
        if enters(one.kind, plan.text[one.start : one.end], titles.get(one.sentence.point, ""), indicators)
    ]


def _bound(one: Commitment) -> frozenset[str]:
    return frozenset(target.indicator for target in one.targets if target.indicator)


def answer(
    mechanism: Mechanism,
    text: str,
    spans: Mapping[str, tuple[int, int]],
    lines: Sequence[Line],
    indicators: Iterable[Indicator],
    rooms: Iterable[Room] = (),
) -> Answer:
    """What answers for one mechanism.

    Args:
        mechanism: its phrases are looked for inside its own point only.
        text: the plan's text.
        spans: start and end of each point by its number, offsets into the text.
        lines: what is confirmed.
        indicators: all that are declared; those whose `answers` is the mechanism's key count.
        rooms: all that are declared.
    """
    mine = tuple(line for line in lines if _touches(line, mechanism, text, spans.get(mechanism.point, (0, 0))))
    bound = frozenset[str]().union(*(line.indicators for line in mine))
    declared = tuple(one for one in indicators if one.answers == mechanism.key)
    judging = declared if any(one.key in bound for one in declared) else ()
    homes = tuple(room for room in rooms if room.answers == mechanism.key)
    carried = Carried.RUNS if judging or homes else Carried.LINE if mine else Carried.NOT_YET
    return Answer(mechanism, carried, homes, judging, mine)


def _touches(line: Line, mechanism: Mechanism, text: str, span: tuple[int, int]) -> bool:
    """Whether the line's clause shares a character with one of the mechanism's phrases."""
    places = ((text.find(phrase, *span), len(phrase)) for phrase in mechanism.phrases)
    return any(at >= 0 and line.start < at + length and at < line.end for at, length in places)
