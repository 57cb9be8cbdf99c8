"""How well a reading agrees with labels: precision, recall and their harmonic mean, for numbers, comparators and days.

A target that was read stands for a labelled one when it lies inside its sentence and agrees; each counts once. White
space is left aside. What lies in a doubtful passage counts neither way.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luoshi.reading import read_text
from luoshi.spine import Target

Label = dict[str, Any]


@dataclass
class Tally:
    """Counts of one kind of agreement; they may be added up over texts."""

    hit: int = 0
    read: int = 0
    labelled: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.hit + other.hit, self.read + other.read, self.labelled + other.labelled)

    @property
    def f1(self) -> float:
        return 2 * self.hit / (self.read + self.labelled) if self.read + self.labelled else 1.0


@dataclass
class Score:
    """One text, or many added up."""

    number: Tally = field(default_factory=Tally)
    strict: Tally = field(default_factory=Tally)
    implied: Tally = field(default_factory=Tally)
    days: Tally = field(default_factory=Tally)

    def __add__(self, other: "Score") -> "Score":
        mine, theirs = vars(self), vars(other)
        return Score(**{name: mine[name] + theirs[name] for name in mine})


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text without white space, and where each old place lies in it."""
    places, kept = [], []
    for character in text:
        places.append(len(kept))
        if not character.isspace():
            kept.append(character)
    return "".join(kept), [*places, len(kept)]


def _spans(plan: str, words: str) -> list[tuple[int, int]]:
    words, found, at = squeezed(words)[0], [], -1
    while words and (at := plan.find(words, at + 1)) >= 0:
        found.append((at, at + len(words)))
    return found


def _same_number(label: Label, target: Target) -> bool:
    upper = float(target.value_max) if target.value_max is not None else None
    return (
        target.value is not None
        and float(target.value) == float(label["value"])
        and upper == label["value_max"]
        and "".join(target.unit.split()) == "".join((label["unit"] or "").split())
    )


def _same_comparator(label: Label, target: Target) -> bool:
    return bool(target.comparator.value == label["comparator"])


def _same_day(label: Label, target: Target) -> bool:
    days = {one.isoformat() if one else None for one in (target.deadline, target.due)}
    return label["deadline"] in days if label["deadline"] else target.deadline is None


def score(folder: Path, name: str) -> Score:
    """The reading of one labelled text against its labels."""
    text = (folder / f"{name}.txt").read_text("utf-8")
    told = json.loads((folder / f"{name}.json").read_text("utf-8"))
    plan, places = squeezed(text)
    doubtful = [span for words in told["doubtful"] for span in _spans(plan, words)]
    read = [target for one in read_text(text).commitments for target in one.targets]
    spans = {id(target): (places[target.start], places[target.end]) for target in read}

    def tally(*, implied: bool, agree: Callable[[Label, Target], bool]) -> tuple[Tally, list[tuple[Label, Target]]]:
        labels = [label for label in told["targets"] if bool(label["implicit"]) is implied]
        left, pairs = [target for target in read if target.implicit is implied], []
        for label in labels:
            homes = _spans(plan, label["sentence"])
            for target in left:
                start, end = spans[id(target)]
                if any(a <= start and end <= b for a, b in homes) and agree(label, target):
                    left.remove(target)
                    pairs.append((label, target))
                    break
        extra = [one for one in left if not any(a <= spans[id(one)][0] and spans[id(one)][1] <= b for a, b in doubtful)]
        return Tally(len(pairs), len(pairs) + len(extra), len(labels)), pairs

    number, pairs = tally(implied=False, agree=_same_number)
    strict, _ = tally(implied=False, agree=lambda label, one: _same_number(label, one) and _same_comparator(label, one))
    implied, _ = tally(implied=True, agree=_same_comparator)
    same = sum(_same_day(label, target) for label, target in pairs)
    return Score(number, strict, implied, Tally(same, len(pairs), len(pairs)))
