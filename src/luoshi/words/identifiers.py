"""Numbers that carry their own check: of persons, of organisations, of pupils, of schools. domain §19."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PERSON_CHECKS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION = (3, 7, 9, 10, 5, 8, 4, 2)
_LONGEST_LIFE = 120
PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split()
)
"""First two digits of GB/T 2260."""
SCHOOL_CLASSES = {
    "11": "幼儿园",
    "21": "小学",
    "22": "成人小学",
    "31": "普通初中",
    "32": "职业初中",
    "33": "成人初中",
    "34": "普通高中",
    "35": "成人高中",
    "36": "中等职业学校",
    "37": "工读学校",
    "41": "普通高等学校",
    "42": "成人高等学校",
    "51": "特殊教育学校",
    "91": "其他机构",
    "92": "其他机构",
    "93": "其他机构",
}
"""First two digits of a school's code; 教育部《学校（机构）代码管理办法》."""


class RollNumber(StrEnum):
    """What a 全国学籍号 is, by its first letter. 教基一〔2013〕7号."""

    IDENTITY = "G"
    """正式，由居民身份证号生成."""
    GENERATED = "J"
    """正式，没有身份证号的."""
    TEMPORARY = "L"
    """临时."""


@dataclass(frozen=True, slots=True)
class SchoolCode:
    """A 学校（机构）标识码, taken apart; it has no check digit."""

    kind: str
    """What its first two digits say; empty when they say nothing."""
    province: str
    """Code of the province; empty when there is none such."""


def person_check(seventeen: str) -> str:
    """The 18th character of a 居民身份证 number. GB 11643-1999."""
    return _PERSON_CHECKS[_weighed(seventeen, PERSON_WEIGHTS, "0123456789") % 11]


def is_person(number: str, on: date) -> bool:
    """Whether a 居民身份证 number is whole, and its day of birth one that somebody alive on the day may have."""
    number = number.upper()
    if not _eighteen(number) or person_check(number[:17]) != number[17]:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born <= on and on.year - born.year <= _LONGEST_LIFE


def credit_check(seventeen: str) -> str:
    """The 18th character of a 统一社会信用代码. GB 32100-2015."""
    return CREDIT_ALPHABET[(31 - _weighed(seventeen, CREDIT_WEIGHTS, CREDIT_ALPHABET) % 31) % 31]


def organisation_check(eight: str) -> str:
    """The 9th character of an organisation's code, inside the 信用代码. GB 11714."""
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return "0123456789X"[(11 - _weighed(eight, _ORGANISATION, letters) % 11) % 11]


def roll_number(number: str) -> RollNumber | None:
    """What a 全国学籍号 is; None when it is none. G and J carry the check of their 18 characters, L does not."""
    kind, rest = number[:1].upper(), number[1:].upper()
    if kind not in set(RollNumber) or not _eighteen(rest):
        return None
    if kind != RollNumber.TEMPORARY and person_check(rest[:17]) != rest[17]:
        return None
    return RollNumber(kind)


def school_code(code: str) -> SchoolCode | None:
    """A school's code taken apart; None when it is not ten digits."""
    if len(code) != 10 or not code.isdecimal() or not code.isascii():  # noqa: PLR2004
        return None
    return SchoolCode(SCHOOL_CLASSES.get(code[:2], ""), code[2:4] if code[2:4] in PROVINCES else "")


def _eighteen(characters: str) -> bool:
    """Whether it is 17 digits and one more character."""
    return len(characters) == len(PERSON_WEIGHTS) + 1 and characters.isascii() and characters[:-1].isdecimal()


def _weighed(characters: str, weights: Sequence[int], alphabet: str) -> int:
    """Σ of places in the alphabet times weights.

    Raises:
        ValueError: when it is too short or too long, or a character is not in the alphabet.
    """
    return sum(alphabet.index(one) * weight for one, weight in zip(characters, weights, strict=True))
