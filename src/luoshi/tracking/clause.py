"""A promise as an edition of a plan words it, and what became of it in the next: the nouns of comparing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from luoshi.spine import Kind, Plan, Strength, Target


@dataclass(frozen=True, slots=True)
class Clause:
    """One promise of one edition: its words, where it stands, and all that can be held against a value."""

    key: str
    """Names it within its edition, "15.1"; two clauses of one edition never share a key."""
    text: str
    """Verbatim."""
    point: str = ""
    """Number of its point as printed, "15"; empty outside any."""
    title: str = ""
    """Heading of its point."""
    kind: Kind = Kind.STANDING
    targets: tuple[Target, ...] = ()
    """In the order of the text."""
    due: date | None = None
    """The latest day of its targets, or the one that people set."""
    lead: str = ""
    """Code of the office that leads it; empty when none is known."""
    strength: Strength = Strength.BINDING
    year: int | None = None
    """The year its edition is for; None when it is not named."""


def clauses_of(plan: Plan, leads: Mapping[str, str] | None = None) -> tuple[Clause, ...]:
    """The clauses of a plan that was read, in the order of its text.

    Args:
        plan: the plan.
        leads: codes of lead offices by the id of the commitment, as far as they are known.
    """
    titles = {point.number: point.title for point in plan.points}
    known = leads or {}
    return tuple(
        Clause(
            key=one.id,
            text=plan.text[one.start : one.end],
            point=one.sentence.point,
            title=titles.get(one.sentence.point, ""),
            kind=one.kind,
            targets=one.targets,
            due=one.due,
            lead=known.get(one.id, ""),
            strength=one.strength,
            year=plan.year,
        )
        for one in plan.commitments
    )


class Fate(StrEnum):
    """What became of a promise from one edition to the next."""

    CONTINUED = "continued"
    """The same promise, the same numbers; days only rolled on with the year. Words may differ."""
    CHANGED = "changed"
    """The same promise; a number, comparator, unit, range, day or its strength differs."""
    DROPPED = "dropped"
    """In the earlier edition, and nothing like it in the later."""
    NEW = "new"
    """In the later edition, and nothing like it in the earlier."""

    @property
    def label(self) -> str:
        """The word on screen and paper."""
        return FATE_LABELS[self]


FATE_LABELS: Mapping[Fate, str] = {
    Fate.CONTINUED: "延续",
    Fate.CHANGED: "调整",
    Fate.DROPPED: "未再列入",
    Fate.NEW: "新增",
}

ABSENT = "未写"
"""What stands for a side that says nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, both sides as a screen shows them."""

    what: str
    """目标值, 比较方式, 计量单位, 完成时限, 完成时限随前文调整, 约束力, 数字 or 措辞; behind it, in brackets, of what."""
    before: str
    after: str

    def __str__(self) -> str:
        """目标值：50 所 → 60 所."""
        return f"{self.what}：{self.before or ABSENT} → {self.after or ABSENT}"


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one promise; both clauses for a pair, one for a single."""

    kind: Fate
    before: Clause | None
    """None for NEW."""
    after: Clause | None
    """None for DROPPED."""
    likeness: float
    """How alike the words are, 0 to 1; of a single, to the nearest clause of the other edition."""
    differences: tuple[Difference, ...] = ()
    """What makes it CHANGED; empty for every other kind."""
    wording: tuple[Difference, ...] = ()
    """Which words differ: for reading only, it decides nothing."""
    also_before: tuple[Clause, ...] = ()
    """归并: other earlier clauses that the later clause took in."""
    also_after: tuple[Clause, ...] = ()
    """拆分: other later clauses that took over a part of the earlier one."""
    nearest: Clause | None = None
    """Of a single: the clause of the other edition that comes nearest without being the same; None when none is near."""

    @property
    def because(self) -> str:
        """Why it is of this kind, in one Chinese sentence."""
        if self.kind is Fate.DROPPED:
            return f"后一年要点中没有相同的任务{self._near()}"
        if self.kind is Fate.NEW:
            return f"前一年要点中没有相同的任务{self._near()}"
        said = "；".join(str(one) for one in self.differences) or "任务、数值和时限口径不变"
        parts = [
            f"拆出 {'、'.join(one.key for one in self.also_after)}" if self.also_after else "",
            f"并入 {'、'.join(one.key for one in self.also_before)}" if self.also_before else "",
            "措辞有改动" if self.wording and not self.differences else "",
        ]
        return "；".join([said, *filter(None, parts)])

    def _near(self) -> str:
        return f"，最接近的是 {self.nearest.key}“{self.nearest.text}”" if self.nearest else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two editions beside each other: every clause of both stands in exactly one change."""

    changes: tuple[Change, ...] = field(default=())
    """In the order of the later edition; what was dropped stands behind the clause it used to follow."""

    def of(self, kind: Fate) -> tuple[Change, ...]:
        """The changes of one kind, in order."""
        return tuple(one for one in self.changes if one.kind is kind)

    @property
    def counts(self) -> Mapping[Fate, int]:
        """How many changes of each kind."""
        return {kind: len(self.of(kind)) for kind in Fate}
