"""Which indicator a target is measured by, and which others may be meant, as the desk and an item's page show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from luoshi.declared import INDICATORS
from luoshi.reading.binding import Place, bindings
from luoshi.spine import Indicator, Target

_BY_KEY: Mapping[str, Indicator] = {one.key: one for one in INDICATORS}


@dataclass(frozen=True, slots=True)
class Offer:
    """One indicator a target may be measured by."""

    key: str
    label: str
    score: str
    """How near, in hundredths."""
    because: str
    sure: bool


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
        return [(one.key, label_of(one)) for one in INDICATORS if one.key not in told]


def label_of(one: Indicator) -> str:
    """Its name in the language of the page."""
    return one.label_en or one.label if get_language() == "en" else one.label


def name_of(key: str) -> str:
    """The name of a key; the key itself where it is no longer declared."""
    return label_of(_BY_KEY[key]) if key in _BY_KEY else key


def bound(target: Target, place: Place) -> Bound:
    """What stands for a target, with the reader's reasons."""
    told = tuple(
        Offer(one.indicator, name_of(one.indicator), f"{one.score:.2f}", one.because, one.sure)
        for one in bindings(target, place, INDICATORS)
    )
    key = target.indicator or ""
    because = next((one.because for one in told if one.key == key), "")
    return Bound(key, name_of(key) if key else "", because, tuple(one for one in told if one.key != key))
