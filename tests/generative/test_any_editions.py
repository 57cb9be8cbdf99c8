"""Whatever two editions hold: the pairs are the best there are, every clause is told once, nothing breaks or takes long."""

import time
from collections.abc import Mapping, Sequence
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from luoshi.reading import read_text
from luoshi.spine import Comparator, Target
from luoshi.tracking import Clause, Fate, clauses_of, compare, recognised
from luoshi.tracking.assigning import assign
from tests.examples import some
from tests.generative.texts import texts

GAINS = st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 30), max_size=6), max_size=6)
WORDS = st.lists(
    st.sampled_from(
        ["建设", "幼儿园", "培训", "教师", "50所", "3%", "2020年底前", "力争", ",", "安全", "检查", "《办法》"]
    ),
    max_size=8,
).map("".join)


def slow(gains: Sequence[Mapping[int, int]]) -> int:
    """The greatest sum of all ways to pair, tried one by one."""
    if not gains:
        return 0
    first, *others = gains
    alone = slow(others)
    return max([alone, *(gain + slow(_without(others, right)) for right, gain in first.items())])


def _without(gains: Sequence[Mapping[int, int]], taken: int) -> list[dict[int, int]]:
    return [{right: gain for right, gain in row.items() if right != taken} for row in gains]


@given(GAINS)
def test_no_way_to_pair_gains_more(gains: list[dict[int, int]]) -> None:
    paired = assign(gains)
    chosen = [right for right in paired if right is not None]
    assert len(chosen) == len(set(chosen))
    assert sum(gains[left][right] for left, right in enumerate(paired) if right is not None) == slow(gains)


def _clauses(words: list[str], year: int | None) -> list[Clause]:
    target = Target(Comparator.EXACTLY, Decimal(50), "所", 0, 3)
    return [
        Clause(f"1.{at}", text, "1", "学前教育", targets=(target,) if "50所" in text else (), year=year)
        for at, text in enumerate(words)
    ]


@given(st.lists(WORDS, max_size=9), st.lists(WORDS, max_size=9), st.sampled_from([None, 2020]))
def test_every_clause_is_told_exactly_once(before: list[str], after: list[str], year: int | None) -> None:
    old, new = _clauses(before, year), _clauses(after, 2021)
    told = compare(old, new).changes
    of_old = [one for change in told for one in (change.before, *change.also_before) if one]
    of_new = [one for change in told for one in (change.after, *change.also_after) if one]
    assert sorted(one.key for one in of_old) == sorted(one.key for one in old)
    assert sorted(one.key for one in of_new) == sorted(one.key for one in new)
    assert [change.after.key for change in told if change.after] == sorted(
        (change.after.key for change in told if change.after), key=[one.key for one in new].index
    )
    for change in told:
        assert 0 <= change.likeness <= 1 + 1e-9
        assert bool(change.differences) == (change.kind is Fate.CHANGED)
        assert change.because


@given(texts, texts)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    before, after = clauses_of(read_text(one)), clauses_of(read_text(other))
    told = compare(before, after)
    assert sum(told.counts.values()) == len(told.changes)
    for clause in after[:5]:
        recognised(clause, before)


def test_many_clauses_of_one_pattern_take_no_longer_than_a_breath() -> None:
    many = some(1000)
    same = [Clause(f"1.{at}", f"开展第{at}期教师培训{at}人", year=2020) for at in range(many)]
    begun = time.perf_counter()
    assert len(compare(same, same).changes) == many
    assert time.perf_counter() - begun < 60 * (many / 1000) ** 2


def test_very_long_clauses_are_compared_too() -> None:
    words = "".join(chr(0x4E00 + at % 5000) for at in range(40_000))
    begun = time.perf_counter()
    (told,) = compare([Clause("1.1", words)], [Clause("1.1", words[:39_000] + "完")]).changes
    assert told.before is not None
    assert time.perf_counter() - begun < 20
