"""How well replies are matched: every answer and every true item counted once."""

from collections import Counter
from dataclasses import dataclass, field

from luoshi.reading.replies import Answer
from tests.replies import Made, Truth


@dataclass
class Measured:
    """Counts over any number of replies."""

    right: int = 0
    asked: int = 0
    """Right ones that a person is asked about all the same."""
    wrong_asked: int = 0
    silent: list[str] = field(default_factory=list)
    """Wrong and not asked about: the worst fault."""
    lost: list[str] = field(default_factory=list)
    """Items of which the reply speaks and no answer does; they stay among those without a reply."""
    faults: list[str] = field(default_factory=list)
    styles: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Of everything that was said, how much was taken right."""
        return self.right / max(1, self.right + self.wrong_asked + len(self.silent) + len(self.lost))

    def add(self, made: Made) -> None:
        answers = [one for one in made.answers() if one.item is not None]
        names = {one.id: f"{one.number} {one.title}" for one in made.wanted}
        found: set[int] = set()
        for one in answers:
            truth = made.truth.get(one.item or 0)
            if truth is not None and _agrees(one, truth):
                if one.item in found:
                    continue
                found.add(one.item or 0)
                self.right += 1
                self.asked += one.asks
                continue
            told = f"{made.seed} {made.style} {names[one.item or 0]} {one.figure} {truth} ← {one.part.title}|{one.source[:120]} {[d.what for d in one.doubts]}"
            self.styles[made.style] += 1
            if one.asks:
                self.wrong_asked += 1
                self.faults.append("ASKED " + told)
            else:
                self.silent.append(told)
            if truth is not None:
                found.add(one.item or 0)
        self.lost += [
            f"{made.seed} {made.style} {names[item]} {truth}" for item, truth in made.truth.items() if item not in found
        ]


def _agrees(one: Answer, truth: Truth) -> bool:
    if truth.nothing:
        return one.nothing_new
    if truth.value is None:
        return one.figure is None or one.figure.value in {0, 100}
    return one.figure is not None and one.figure.value == truth.value
