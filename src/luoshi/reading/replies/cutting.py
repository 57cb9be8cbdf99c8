"""A paragraph that speaks of several items, cut where it goes over from one to the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.reading.grammar.amounts import find_quantities
from luoshi.reading.replies.choosing import measures
from luoshi.reading.replies.claims import only_nothing
from luoshi.reading.replies.likeness import grams
from luoshi.reading.replies.naming import Naming
from luoshi.reading.sentences import find_clauses, find_sentences

_STATES = 10
"""Items looked at for one paragraph."""
_SWITCH, _NEAR_SWITCH, _STOP = 0.40, 0.30, 0.10
"""What going over to another item costs: within a sentence, to one of the same point, and at the end of a sentence less by."""
_LEAST = 0.30
_MOST_CLAUSES = 400
_ENOUGH = 3
"""Pairs a clause must share with an item to count in full: 农村 alone names nothing."""
_UNFIT, _ASIDE = 0.5, 0.5
"""What likeness weighs in a clause whose numbers the item does not count, and in one that only goes on (其中, 较去年)."""
_OPENS_ASIDE = re.compile(r"(?:其中|较|比|去年|上年|另外?|占|还有|尚有|距|完成率|同比|环比|下一?步|存在|问题|由于|受)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of clauses that seem to mean one item."""

    start: int
    end: int
    at: int | None


def cut(words: str, title: str, naming: Naming) -> list[Piece]:
    """The pieces of a paragraph, in order; one piece when it speaks of one item."""
    clauses = _clauses(words)
    if len(clauses) < 2 or len(clauses) > _MOST_CLAUSES:  # noqa: PLR2004
        return [Piece(0, len(words), None)]
    emitted = [_emission(naming, words[start:end]) for start, end, _ in clauses]
    states = _states(emitted, naming, title)
    if len(states) < 2:  # noqa: PLR2004
        return [Piece(0, len(words), None)]
    path = _path(emitted, states, clauses, naming)
    return _pieces(words, clauses, path)


def _clauses(words: str) -> list[tuple[int, int, bool]]:
    """Clauses with whether each begins a sentence."""
    told = []
    for start, end in find_sentences(words, 0, len(words)):
        for order, (begun, until) in enumerate(find_clauses(words, start, end)):
            told.append((begun, until, order == 0 or words[max(0, begun - 1)] in "；;"))
    return told


def _emission(naming: Naming, clause: str) -> dict[int, float]:
    if only_nothing(clause):
        return {}
    said = grams(clause)
    mass = naming.likeness.mass(said)
    shared = naming.likeness.shared(said)
    best = sorted(shared, key=lambda at: -shared[at])[:30]
    units = {one.unit for one in find_quantities(clause) if one.unit}
    told = {}
    for at in best:
        like = 0.5 * naming.likeness.cosine(at, shared[at], mass) + 0.5 * naming.likeness.coverage(at, said)
        like *= min(1.0, naming.likeness.common(at, said) / _ENOUGH) * (_ASIDE if _OPENS_ASIDE.match(clause) else 1.0)
        told[at] = like * naming.home(at) * (1.0 if _fits(naming, at, units) else _UNFIT)
    return told


def _fits(naming: Naming, at: int, units: set[str]) -> bool:
    """Whether one of a clause's units may be the item's, where both have any."""
    wanted = [one.unit for one in naming.wanted[at].targets[:6] if one.value is not None]
    return not units or not wanted or any(measures(unit, one) >= 0.5 for unit in units for one in wanted)  # noqa: PLR2004


def _states(emitted: Sequence[dict[int, float]], naming: Naming, title: str) -> list[int]:
    """The items that some clause names well."""
    best: dict[int, float] = {}
    for one in [*emitted, _emission(naming, title)] if title else emitted:
        for at, score in sorted(one.items(), key=lambda pair: -pair[1])[:3]:
            if score >= _LEAST:
                best[at] = max(best.get(at, 0.0), score)
    return sorted(best, key=lambda at: -best[at])[: _STATES * 3]


def _path(
    emitted: Sequence[dict[int, float]], states: Sequence[int], clauses: Sequence[tuple[int, int, bool]], naming: Naming
) -> list[int]:
    """The most likely item of each clause, going over as seldom as the words allow."""
    points = {at: naming.wanted[at].number.partition(".")[0] for at in states}
    scores = {at: emitted[0].get(at, 0.0) for at in states}
    back: list[dict[int, int]] = []
    for place in range(1, len(clauses)):
        top = max(states, key=lambda at: scores[at])
        best_of: dict[str, int] = {}
        for at in states:
            if points[at] not in best_of or scores[at] > scores[best_of[points[at]]]:
                best_of[points[at]] = at
        less = _STOP if clauses[place][2] else 0.0
        came, told = {}, {}
        for at in states:
            beside = best_of[points[at]]
            ways = (
                (scores[at], at),
                (scores[beside] - _NEAR_SWITCH + less, beside),
                (scores[top] - _SWITCH + less, top),
            )
            score, came[at] = max(ways)
            told[at] = score + emitted[place].get(at, 0.0)
        back.append(came)
        scores = told
    here = max(states, key=lambda at: scores[at])
    path = [here]
    for came in reversed(back):
        here = came[here]
        path.append(here)
    return path[::-1]


def _pieces(words: str, clauses: Sequence[tuple[int, int, bool]], path: Sequence[int]) -> list[Piece]:
    pieces: list[Piece] = []
    for place, (start, end, _) in enumerate(clauses):
        if pieces and pieces[-1].at == path[place]:
            pieces[-1] = Piece(pieces[-1].start, end, path[place])
        else:
            pieces.append(Piece(start, end, path[place]))
    last = pieces[-1]
    pieces[-1] = Piece(last.start, len(words), last.at)
    return pieces
