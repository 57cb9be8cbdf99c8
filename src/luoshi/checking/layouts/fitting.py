"""How well a file and a layout fit, in words for the person who has to mend one of them."""

from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass, field
from difflib import get_close_matches

from luoshi.checking.layouts.filling import Block
from luoshi.checking.layouts.titles import path
from luoshi.words.findings import Finding
from luoshi.words.layouts import Layout, Source

ENOUGH = 3
"""Files after which a layout that fits none of them is given up."""


@dataclass(frozen=True, slots=True)
class Missed:
    """One title a layout needs and a file lacks, or has more than once."""

    source: Source
    where: str
    """File and sheet."""
    nearest: str
    """The heading of the file that is most like it; empty where none is."""
    several: tuple[str, ...] = ()
    """Columns that all go by it."""

    def finding(self, layout: Layout) -> Finding:
        """It in four parts."""
        if self.several:
            what = f"“{self.source}”有几处：{'、'.join(self.several)}"
            return Finding(self.where, what, f"版式“{layout.name}”里它只有一处", "请删去重复的，或在版式里写全上级表头")
        near = f"；最相近的是“{self.nearest}”" if self.nearest else ""
        what = f"没有“{self.source}”{near}"
        remedy = f"请补上这一项，或把版式文件 {layout.key}.csv 里的写法改成与文件一致"
        return Finding(self.where, what, f"版式“{layout.name}”须有这一项", remedy)


@dataclass(slots=True)
class Fit:
    """One layout held against one file."""

    layout: Layout
    found: set[Hashable] = field(default_factory=set)
    """Places of the file that are known."""
    missed: list[Missed] = field(default_factory=list)
    parts: list[Callable[[], list[Block]]] = field(default_factory=list)
    """What makes its rows, asked only of the layout that is chosen."""
    told: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether the file is of this layout."""
        return not self.missed and bool(self.parts)

    def blocks(self) -> list[Block]:
        """Its rows."""
        return [block for part in self.parts for block in part()]


def nearest(asked: str, known: Collection[str]) -> str:
    """The title most like one that is missed, by its last parts."""
    titles = {"".join(path(one)[-2:]): one for one in known}
    titles |= {"".join(path(one)[-1:]): one for one in known}
    for said in ("".join(path(asked)[-2:]), "".join(path(asked)[-1:])):
        near = get_close_matches(said, titles, 1, 0.5)
        if near:
            return titles[near[0]]
    return ""
