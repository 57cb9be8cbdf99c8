"""Whether what was brought is enough: each need asks for an accepted piece of its own.

Nothing turns good by itself: a piece that nobody looked at, that was sent back, or that can show nothing (a photograph)
meets no need.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.words.evidence import Need, Paper

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece that was brought and not withdrawn, as far as the rule looks at it."""

    id: int
    name: str
    kind: str
    """Key of a declared paper."""
    numbered: bool
    """Whether its 文号 is written."""
    on: date
    """The day it was brought."""
    accepted: bool | None = None
    """What the reviewer last said; None when nobody has."""


@dataclass(frozen=True, slots=True)
class Held:
    """One need held against what was brought."""

    need: Need
    by: Shown | None = None
    """The piece that meets it; None when none does, or when a figure does."""
    figure: bool = False
    """Whether a figure meets it."""
    lack: str = ""
    """What is lacking, in one Chinese sentence; empty when it is met."""
    near: tuple[Shown, ...] = ()
    """Where it is lacking: pieces of the kind that is asked for, which do not count yet."""


def hold(
    needs: Sequence[Need], papers: Mapping[str, Paper], shown: Sequence[Shown], on: date, *, figure: bool = False
) -> tuple[Held, ...]:
    """Every need with what meets it.

    Args:
        needs: what is asked for, in order.
        papers: the declared papers by key.
        shown: what was brought, oldest first.
        on: the day it is looked at.
        figure: whether a verified figure of the item is known.

    As many needs are met as pieces allow, whichever order they came in.
    """
    by_figure = {place for place, need in enumerate(needs) if need.figure and figure}
    fits = {
        place: [at for at, one in enumerate(shown) if one.accepted and fault(need, papers, one, on) == ""]
        for place, need in enumerate(needs)
        if place not in by_figure
    }
    met = _paired(fits)
    used = set(met.values())
    rest = [one for at, one in enumerate(shown) if at not in used]
    told = []
    for place, need in enumerate(needs):
        if place in by_figure or place in met:
            told.append(Held(need, shown[met[place]] if place in met else None, figure=place in by_figure))
        else:
            near = tuple(one for one in rest if _nearly(need, papers, one, on))
            told.append(Held(need, lack=_lack(need, papers, near, on), near=near))
    return tuple(told)


def fault(need: Need, papers: Mapping[str, Paper], one: Shown, on: date) -> str:
    """Why a piece does not meet a need even if it is accepted; "" when it would."""
    paper = papers.get(one.kind)
    if paper is None or not paper.counts or one.kind not in need.papers:
        return "不是这一类材料"
    if paper.numbered and not one.numbered:
        return "没有写文号"
    if need.months and one.on < _before(on, need.months):
        return f"是 {one.on} 报送的，已超过 {need.months} 个月"
    return ""


def _before(on: date, months: int) -> date:
    """The same day so many months earlier, the last of its month where it has no such day."""
    year, month = divmod(on.year * _MONTHS + on.month - 1 - months, _MONTHS)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def _paired(fits: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """The largest pairing of needs with pieces, each used once (augmenting paths, Kuhn 1955)."""
    used: dict[int, int] = {}

    def place(need: int, tried: set[int]) -> bool:
        for piece in fits[need]:
            if piece in tried:
                continue
            tried.add(piece)
            if piece not in used or place(used[piece], tried):
                used[piece] = need
                return True
        return False

    for need in fits:
        place(need, set())
    return {need: piece for piece, need in used.items()}


def _lack(need: Need, papers: Mapping[str, Paper], near: Sequence[Shown], on: date) -> str:
    """What is lacking, with the newest that nearly meets it: that is the shortest way."""
    told = [f"“{one.name}”{_nearly(need, papers, one, on)}" for one in near[-3:]]
    return f"缺{need.label}" + (f"（{'；'.join(told)}）" if told else "")


def _nearly(need: Need, papers: Mapping[str, Paper], one: Shown, on: date) -> str:
    if one.kind not in need.papers:
        return ""
    if one.accepted is False:
        return "已退回"
    wrong = fault(need, papers, one, on)
    if one.accepted is None:
        return f"待核验{'，且' + wrong if wrong else ''}"
    return wrong
