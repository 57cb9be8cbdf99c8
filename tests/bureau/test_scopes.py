"""Whom a promise's scope makes answer for it."""

import pytest

from luoshi.bureau.ledger.scopes import answering

KNOWN = [("1", "district"), ("2", "district"), ("3", "county"), ("4", "city_county"), ("5", "zone"), ("6", "direct")]


@pytest.mark.parametrize(
    ("scope", "codes"),
    [
        ("2县(市)", "34"), ("2个县（市）", "34"), ("县(市)", "34"), ("中心城区", "12"), ("城区", "12"), ("2个城区", "12"),
        ("市直", "6"), ("市属", "6"), ("各县(市、区)", "123456"), ("所有县（市、区）", "123456"), ("各县区", "123456"),
    ],
)  # fmt: skip
def test_a_kind_of_division_is_named(scope: str, codes: str) -> None:
    assert "".join(answering(scope, KNOWN)) == codes


@pytest.mark.parametrize("scope", ["", "全市", "各地", "全省", "3县(市)", "9个城区", "县", "市"])
def test_the_whole_city_or_what_cannot_be_told_narrows_nothing(scope: str) -> None:
    assert not answering(scope, KNOWN)
