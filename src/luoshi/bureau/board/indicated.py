"""Every indicator that is measured from rows or judged by published figures, as pages name it: one question, one key."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils.translation import get_language

from luoshi import spine
from luoshi.bureau.indicators.explaining import explained
from luoshi.bureau.ledger.queries import KEYED
from luoshi.declared.measures import MEASURES, THEMES
from luoshi.words.measures import Measure, Theme, basis_of

_OTHERS = THEMES[-1]
_KEY = "any_indicator"


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator: measured, judged, or both."""

    key: str
    measure: Measure | None
    """What is counted of rows; None where only published figures are known."""
    indicator: spine.Indicator | None
    """What plans bind their targets to; None for support."""
    theme: Theme

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        said = self._said
        return (said.label_en or said.label) if get_language() == "en" else said.label

    @property
    def words(self) -> str:
        """What a search looks through."""
        phrases = self.indicator.phrases if self.indicator else ()
        return " ".join((self.key, self._said.label, self._said.label_en, *phrases)).lower()

    @property
    def unit(self) -> str:
        """%, 个, 人."""
        return self._said.unit

    @property
    def better(self) -> str:
        """higher, lower, or nothing."""
        return str(self._said.better)

    @property
    def source(self) -> str:
        """The document that defines it."""
        return self._said.source

    @property
    def basis(self) -> str:
        """口径 of what is measured: 年报, 学籍."""
        return basis_of(self.measure) if self.measure else ""

    @property
    def has_rows(self) -> bool:
        """Whether the rows behind a county's figure are kept."""
        return self.measure is not None and bool(explained([self.measure]))

    @property
    def _said(self) -> Measure | spine.Indicator:
        told = self.measure or self.indicator
        if told is None:  # pragma: no cover  # a question is one of both
            raise LookupError(self.key)
        return told


@cache
def questions() -> dict[str, Question]:
    """All of them by key, theme by theme."""
    keys = dict.fromkeys((*MEASURES, *KEYED))
    told = [Question(key, MEASURES.get(key), KEYED.get(key), theme_of(_answers(key))) for key in keys]
    place = {theme.key: at for at, theme in enumerate(THEMES)}
    return {one.key: one for one in sorted(told, key=lambda one: place[one.theme.key])}


def _answers(key: str) -> str:
    measure, indicator = MEASURES.get(key), KEYED.get(key)
    return (measure.answers if measure else "") or (indicator.answers if indicator else "")


def theme_of(answers: str) -> Theme:
    """The theme whose mechanisms fit best; the last one where none does."""
    fits = [(len(one), theme) for theme in THEMES for one in theme.mechanisms if answers.startswith(one)]
    return max(fits, key=lambda pair: pair[0])[1] if fits else _OTHERS


def label_of(theme: Theme) -> str:
    """Its name in the language of the page."""
    return theme.label_en if get_language() == "en" else theme.label


def siblings(question: Question) -> list[Question]:
    """The same question in another 口径."""
    mine = question.measure.indicator if question.measure and question.measure.indicator else question.key
    told = [one for one in questions().values() if one.measure and mine in {one.key, one.measure.indicator}]
    return [one for one in told if one.key != question.key]


def doors(page: str, *rest: str) -> Callable[[str], str]:
    """Addresses of a page by the key of its indicator: for a table of hundreds the pattern is looked up once.

    Args:
        page: name of the page.
        rest: what stands in its address after the key.
    """
    before, _mark, after = reverse(page, args=[_KEY, *rest]).partition(_KEY)
    return lambda key: f"{before}{key}{after}"


def found(listed: Iterable[Question], words: str) -> list[Question]:
    """Those that hold every word that is looked for."""
    wanted = words.lower().split()
    return [one for one in listed if all(word in one.words for word in wanted)]
