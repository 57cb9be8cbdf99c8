"""Lists of persons that are held against one another, and what is asked of them: 四查三比对. domain §7."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column a list may have."""

    name: str
    label: str
    """Its heading, 身份证件号."""
    aliases: tuple[str, ...] = ()
    """Other headings it goes by."""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class PersonList:
    """A list of persons, by one number each."""

    key: str
    label: str
    """户籍适龄儿童."""
    source: str
    """Who keeps it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who stands in one list and in none of others: 疑似失学 = 户籍 − 学籍 − 外地学籍核实 − 缓学免学."""

    key: str
    label: str
    of: str
    """Key of the list whose rows are asked about; a list is asked about once."""
    against: str
    """Key of the list it is held against; without it nothing is compared."""
    less: tuple[str, ...]
    """Keys of further lists that clear a row, where they are given."""
    fulfils: tuple[str, ...]
    """Of all these lists those that show what is wanted, as being on a roll; the others only excuse."""
    reason: str
    """Said of each row that is found."""
    beside: Mapping[str, str]
    """By key of a list that clears nobody, what is said of a found row that stands in it."""
    rule: str
    """Where it comes from."""

    @property
    def clearing(self) -> tuple[str, ...]:
        """All lists that clear a row, in the order they are asked."""
        return self.against, *self.less


@dataclass(frozen=True, slots=True)
class Crossing:
    """Which of those found stand in a further list: 贫困疑似 = (疑似失学 ∪ 疑似辍学) ∩ 建档立卡."""

    key: str
    label: str
    of: tuple[str, ...]
    """Keys of the comparisons."""
    within: str
    """Key of the list."""
    rule: str


@dataclass(frozen=True, slots=True)
class ListPlan:
    """All that is compared."""

    columns: Sequence[ListColumn]
    lists: Sequence[PersonList]
    comparisons: Sequence[Comparison]
    crossings: Sequence[Crossing]

    def list_of(self, key: str) -> PersonList:
        """A list by its key."""
        return next(one for one in self.lists if one.key == key)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Lists that are held against one another: the one asked about, and the one that answers."""
        cleared = [(one.of, other) for one in self.comparisons for other in one.clearing]
        found = {one.key: one.of for one in self.comparisons}
        crossed = [(found[key], one.within) for one in self.crossings for key in one.of]
        return tuple(dict.fromkeys((*cleared, *crossed)))
