"""脱敏: what a mask leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.words.masking import masked_email, masked_identity, masked_name, masked_phone


@pytest.mark.parametrize(
    ("plain", "shown"),
    [("张小明", "张*明"), ("张明", "张*"), ("欧阳小明", "欧**明"), ("张", "*"), ("", ""), (" 张小明 ", "张*明")],
)
def test_a_name(plain: str, shown: str) -> None:
    assert masked_name(plain) == shown


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("410399201001010010", "4103**********0010"),
        ("41039920100101001X", "4103**********001X"),
        ("410399900101001", "4103*******1001"),
        ("G410399201001010010", "***************0010"),
        ("12345678", "********"),
        ("", ""),
    ],
)
def test_an_identity_number(plain: str, shown: str) -> None:
    assert masked_identity(plain) == shown


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("+8613812345678", "+86138****5678"),
        ("王某 13812345678", "王某 138****5678"),
        ("13812345678、13912345678", "138****5678、139****5678"),
        ("0379-63112233", "****-******33"),
        ("0379-63112233转801", "****-********转*01"),
        ("见值班表", "见值班表"),
        ("", ""),
    ],
)
def test_a_telephone_number(plain: str, shown: str) -> None:
    assert masked_phone(plain) == shown


@given(st.text(alphabet="0123456789-转 、+张", max_size=40))
def test_of_a_telephone_number_no_run_of_eight_digits_is_left(words: str) -> None:
    shown = masked_phone(words)
    kept = sum(one.isdecimal() for one in shown)
    digits = sum(one.isdecimal() for one in words)
    assert kept <= max(2, digits - digits // 13 * 4)
    assert not any(shown[at : at + 8].isdecimal() and len(shown[at : at + 8]) == 8 for at in range(len(shown)))


def test_an_address() -> None:
    assert masked_email("zhang.san@xingzhou.example") == "z***@xingzhou.example"
    assert masked_email("no address") == "**********"
