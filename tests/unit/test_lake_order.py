"""Codes of one length are put in order by their first bytes as numbers: the same order as by the words themselves."""

import random

import polars as pl
import pytest

from luoshi.keeping import partitions

ALPHABETS = ("0123456789abcdef", "ab", "甲乙丙丁", "\x00\x7fé")


@pytest.mark.parametrize("letters", ALPHABETS)
@pytest.mark.parametrize("width", [4, 8, 16, 24])
def test_the_order_by_first_letters_is_the_order_of_the_words(
    letters: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "_LONG", 1)
    chance = random.Random(f"{letters} {width}")
    for many in (1, 2, 500, 3_000):
        words = pl.DataFrame({"code": ["".join(chance.choice(letters) for _ in range(width)) for _ in range(many)]})
        for keys in (words, pl.concat([words, words.head(many // 2)], rechunk=False), words.slice(many // 2)):
            expected = keys.select(pl.arg_sort_by(["code"], maintain_order=True)).to_series().to_list()
            assert partitions._order(keys).to_list() == expected


def test_long_codes_of_persons_are_told_apart_by_their_first_letters() -> None:
    chance = random.Random(5)
    codes = pl.Series("pupil", [f"{chance.getrandbits(64):016x}" for _ in range(20_000)])
    told = partitions._by_first_letters(codes)
    assert told is not None
    assert codes[told].is_sorted()
    assert partitions._by_first_letters(pl.Series(["21990001", "219900012"])) is None
    assert partitions._by_first_letters(pl.Series(["2199000101", "2199000102"])) is None
