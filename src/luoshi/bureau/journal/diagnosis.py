"""What was done to a chain that is broken: the entries around the break say more than the first one that does not hold.

Each entry's digest covers its own number and the digest before it. So an entry that stands at another number than it was
made for is recognised, and of two neighbours that do not fit the one that still fits its other neighbour is the true one.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol

from luoshi.bureau.journal.chain import DIGESTS, GENESIS, USUAL, Break, Harm, Record, holds, link

NEAR = 64
"""So many entries at once that were taken out or put in, with those behind numbered anew, are still counted."""


class Chain(Protocol):
    """Entries looked up one by one."""

    def at(self, number: int) -> Record | None:
        """The entry that has this number."""

    def after(self, number: int, most: int) -> Sequence[Record]:
        """The next entries behind a number, at most so many."""

    def digested(self, digest: str) -> Record | None:
        """The entry that has this digest."""

    def end(self) -> str:
        """The digest the house keeps as the end of the chain."""


def diagnose(found: Break, chain: Chain) -> Break:
    """What a break is, more exactly; the same where there is nothing to add."""
    if found.harm not in {Harm.EDITED, Harm.UNMARKED}:
        return found
    record, before = chain.at(found.number), chain.at(found.number - 1)
    if record is None or not _legible(record):
        return Break(found.number, Harm.EDITED, "读不出这一条，内容被改过")
    previous = str(before["digest"]) if before else GENESIS
    if holds(record):
        return _itself_whole(found, record, chain, previous)
    return _out_of_place(record, chain, previous) or _edited(found, record, chain, previous)


def _legible(record: Record) -> bool:
    """Whether all its cells are of a kind that can be digested at all."""
    try:
        link({**record, "digested_by": USUAL})
    except (KeyError, TypeError, ValueError, OverflowError):
        return False
    return True


def _itself_whole(found: Break, record: Record, chain: Chain, previous: str) -> Break:
    """An entry that holds and does not follow: it or the one before it was given a digest that fits."""
    number = found.number
    if record["previous"] == previous:
        return found  # only its digest is another
    following = chain.at(number + 1)
    true = following["previous"] == record["digest"] if following else chain.end() == record["digest"]
    at = number - 1 if true and number > 1 else number
    return Break(at, Harm.REWRITTEN, "内容被改写，并重算了摘要，与后一条不再相连")


def _as(record: Record, number: int, previous: str | None = None) -> bool:
    """Whether an entry was made for this number, and to follow this digest."""
    return holds({**record, "number": number}) and previous in {None, record["previous"]}


def _origins(record: Record, chain: Chain, number: int) -> Iterator[int]:
    """Numbers an entry may have been made for."""
    before = chain.digested(str(record["previous"]))
    if before is not None:
        yield from (int(str(before["number"])) + 1, int(str(before["number"])))
    for away in range(1, NEAR + 1):
        yield from (number + away, number - away)


def _out_of_place(record: Record, chain: Chain, previous: str) -> Break | None:
    """An entry that was made for another number, or that pushed those behind it back."""
    number = int(str(record["number"]))
    made_for = next((at for at in _origins(record, chain, number) if at > 0 and _as(record, at)), number)
    if made_for > number:
        other = chain.at(made_for)
        if other is not None and _as(other, number, previous):
            return Break(number, Harm.SWAPPED, f"与第 {made_for} 条对调了位置", made_for)
        last = made_for - 1
        return Break(number, Harm.DELETED, f"{_from(number, last)}被删，后面各条重新编了号", last)
    if made_for < number:
        return _inserted(made_for, number - 1)
    behind = next((one for one in chain.after(number, NEAR) if _as(one, number, previous)), None)
    return _inserted(number, int(str(behind["number"])) - 1) if behind else None


def _inserted(first: int, last: int) -> Break:
    return Break(first, Harm.INSERTED, f"{_from(first, last)}是插进来的，后面各条重新编了号", last)


def _from(first: int, last: int) -> str:
    return "这一条" if first == last else f"这一条到第 {last} 条"


def _edited(found: Break, record: Record, chain: Chain, previous: str) -> Break:
    """An entry at its place whose cells were changed: which cell, where it can be known."""
    number, following = found.number, chain.at(found.number + 1)
    if holds({**record, "previous": previous}):
        return Break(number, Harm.EDITED, "“上一条摘要”一栏被改过")
    after = following["previous"] if following else chain.end()
    for by in DIGESTS:
        told = {**record, "digested_by": by}
        if record["previous"] == previous and link(told) in {after, record["digest"]}:
            cell = "摘要" if by == record["digested_by"] else "摘要算法"
            return Break(number, Harm.EDITED, f"“{cell}”一栏被改过")
    return Break(number, Harm.EDITED, "内容与摘要不符，内容被改过")
