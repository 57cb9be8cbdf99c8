"""Checklists of an evaluation: items that figures can hold, items that people must judge, and items that take both."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Holds(StrEnum):
    """How an item, or a whole list, stands; nothing unknown is ever counted as held."""

    YES = "yes"
    NO = "no"
    PEOPLE = "people"
    """Rows cannot tell, or not all of it: 须由人核定."""
    UNKNOWN = "unknown"
    """A figure it takes is missing: 无数据."""

    @property
    def label(self) -> str:
        """The word on page and paper."""
        return _LABELS[self]


_LABELS = dict(zip(Holds, ("达标", "未达标", "须由人核定", "无数据"), strict=True))


@dataclass(frozen=True, slots=True)
class Bound:
    """A measured figure with its bound; of several measures their mean (综合差异系数)."""

    measures: tuple[str, ...]
    """Keys of declared measures."""
    at_least: str = ""
    """Key of the parameter it must come to; empty without."""
    at_most: str = ""
    """Key of the parameter it may not exceed; empty without."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of an evaluation as its document numbers it."""

    key: str
    """G5, Q1."""
    label: str
    label_en: str
    source: str
    """The document and article."""
    bounds: tuple[Bound, ...] = ()
    """Figures that must hold; none where rows tell nothing."""
    people: str = ""
    """What people must look at, besides the figures; empty where figures decide alone."""
    doubt: str = ""
    """What is to be verified."""
    veto: bool = False
    """一票否决: where it does not hold, nothing else makes up for it."""

    @property
    def parameters(self) -> Iterator[str]:
        """Keys of the parameters it reads."""
        return (key for one in self.bounds for key in (one.at_least, one.at_most) if key)


@dataclass(frozen=True, slots=True)
class Checklist:
    """An evaluation of a county or of a city: it holds when every item holds."""

    key: str
    label: str
    label_en: str
    answers: str
    """The mechanism it serves."""
    source: str
    items: tuple[ChecklistItem, ...]
    """In the document's order."""

    @property
    def measures(self) -> tuple[str, ...]:
        """Keys of all measures it takes, each once."""
        return tuple(dict.fromkeys(key for item in self.items for one in item.bounds for key in one.measures))
