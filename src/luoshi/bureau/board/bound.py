"""Which indicator a target is measured by, and which others may be meant, as the desk and an item's page show it."""

from dataclasses import dataclass

from luoshi.bureau.board.shown import indicator, named
from luoshi.declared import INDICATORS
from luoshi.reading.binding import Place, bindings
from luoshi.spine import Target


@dataclass(frozen=True, slots=True)
class Offer:
    """One indicator a target may be measured by."""

    key: str
    label: str
    score: str
    """How near, in hundredths."""
    because: str


@dataclass(frozen=True, slots=True)
class Bound:
    """What a target is bound to, what is offered, and every other indicator there is."""

    key: str
    """Of the indicator; empty while none is bound."""
    label: str
    because: str
    """Why it was proposed; empty where a person chose it."""
    offers: tuple[Offer, ...]

    @property
    def others(self) -> list[tuple[str, str]]:
        """Keys and names of all indicators that are neither bound nor offered."""
        told = {self.key, *(one.key for one in self.offers)}
        return [(one.key, named(one)) for one in INDICATORS if one.key not in told]


def bound(target: Target, place: Place) -> Bound:
    """What stands for a target, with the reader's reasons."""
    told = tuple(
        Offer(one.indicator, indicator(one.indicator), f"{one.score:.2f}", one.because)
        for one in bindings(target, place, INDICATORS)
    )
    key = target.indicator or ""
    because = next((one.because for one in told if one.key == key), "")
    return Bound(key, indicator(key) if key else "", because, tuple(one for one in told if one.key != key))
