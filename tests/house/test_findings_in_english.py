"""Every sentence that says what is wrong has an English one, and no English one is left over."""

import re
from collections import Counter

import pytest

from luoshi.bureau.board.english import rows
from luoshi.words.sayings import slots_of
from tests.house.sayings import said

HAN = re.compile(r"[\u3400-\u9fff]+")
ROWS = list(rows())


@pytest.fixture(scope="module")
def asked() -> dict[str, str]:
    """What the source can say, with where."""
    return said()


def test_every_sentence_of_a_finding_has_an_english_one(asked: dict[str, str]) -> None:
    assert len(asked) > 4000
    told = {chinese for chinese, _ in ROWS}
    assert {words: where for words, where in asked.items() if words not in told} == {}


def test_no_english_sentence_is_left_over(asked: dict[str, str]) -> None:
    assert {chinese for chinese, _ in ROWS if chinese not in asked} == set()


def test_each_sentence_stands_once_and_in_order() -> None:
    told = [chinese for chinese, _ in ROWS]
    assert [words for words, often in Counter(told).items() if often > 1] == []
    assert told == sorted(told)


def test_both_languages_name_the_same_values() -> None:
    assert {one: other for one, other in ROWS if set(slots_of(one)) != set(slots_of(other))} == {}
    assert {one: other for one, other in ROWS if slots_of(one) != list(range(1, len(slots_of(one)) + 1))} == {}
    assert {one: other for one, other in ROWS if slots_of(other) and "{}" in other} == {}


def test_english_has_no_chinese_but_what_it_quotes() -> None:
    """What an officer has to look for or to write stands in Chinese on both sides."""
    assert {one: other for one, other in ROWS if any(words not in one for words in HAN.findall(other))} == {}


def test_nothing_is_told_by_silence() -> None:
    assert {one: other for one, other in ROWS if not other.strip() or not HAN.search(one)} == {}
