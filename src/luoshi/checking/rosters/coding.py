"""A pupil or a teacher becomes a code that cannot be turned back: a keyed digest of the number that stays with the person.

    code = first 24 hexadecimal digits of HMAC(key, number)        RFC 2104; 96 bits, so that a million never meet

The number is the eighteen characters inside a 全国学籍号 that begins with G, or the whole of one with J or L, or else the
identity number: so a file with one of them and a file with the other name the same child alike (domain §19).
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.identifiers import PERSON_WEIGHTS, person_check

SHORTEST_KEY = 16
"""Bytes of a key at least."""
_LENGTH = 24
_BLOCK = 64
"""Bytes of a block of SHA-256 and of SM3."""
_OLD = 15
_QUOTES = r"[\s'’‘`\"]"
_EIGHTEEN = r"^[0-9]{17}[0-9X]$"
_ROLL = r"^[GJL][0-9]{17}[0-9X]$"


@dataclass(frozen=True)
class Coder:
    """Makes codes under one key."""

    key: bytes = field(repr=False)
    hashed: str = "sha256"
    """sha256, or sm3 (GB/T 32905) where the machine has it."""

    def __post_init__(self) -> None:
        """Refuse a key that is too short and a digest that is not there."""
        if len(self.key) < SHORTEST_KEY:
            what, rule = f"密钥只有{len(self.key)}字节", f"密钥至少{SHORTEST_KEY}字节，由本单位保管"
            raise RefusedError(Finding("密钥", what, rule, "请换一个长的密钥文件；换了密钥，同一人的代号也变"))
        if self.hashed not in {"sha256", "sm3"} or self.hashed not in hashlib.algorithms_available:
            raise RefusedError(Finding("杂凑算法", f"没有“{self.hashed}”", "可用 sha256 或 sm3", "请改用 sha256"))

    def coded(self, numbers: pl.Series) -> pl.Series:
        """Codes of numbers, null where there is none."""
        code = self._keyed()
        return pl.Series(
            numbers.name, [None if one is None else code(one) for one in numbers.to_list()], dtype=pl.String
        )

    def _keyed(self) -> Callable[[str], str]:
        """HMAC with its two beginnings made once: H(k ⊕ opad ‖ H(k ⊕ ipad ‖ m))."""
        key = hashlib.new(self.hashed, self.key).digest() if len(self.key) > _BLOCK else self.key
        key = key.ljust(_BLOCK, b"\0")
        inner: Any = hashlib.new(self.hashed, bytes(one ^ 0x36 for one in key))
        outer: Any = hashlib.new(self.hashed, bytes(one ^ 0x5C for one in key))

        def code(number: str) -> str:
            within, without = inner.copy(), outer.copy()
            within.update(number.encode())
            without.update(within.digest())
            told: str = without.hexdigest()[:_LENGTH]
            return told

        return code


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of the people of a file, read; they live only while the file is read."""

    of: pl.Series
    """What the code is made of, null where there is nothing."""
    wrong: pl.Series
    """Whether the check character is wrong."""
    old: pl.Series
    """Whether it was an identity number of fifteen digits."""
    lost: pl.Series
    """Whether a spreadsheet wrote it as 4.1E+17 and its last digits are gone."""
    unlike: pl.Series
    """Whether roll number and identity number name different numbers, as after a correction."""


def cleaned(cells: pl.Series) -> pl.Series:
    """Numbers in half-width capitals without quotes and spaces: ’４103…x becomes 4103…X."""
    if cells.str.len_bytes().sum() != cells.str.len_chars().sum():
        cells = cells.str.normalize("NFKC")
    cells = cells.str.to_uppercase()
    if cells.str.contains(_QUOTES).any():
        cells = cells.str.replace_all(_QUOTES, "")
    return cells.set(cells == "", None)


def numbers(roll: pl.Series | None, identity: pl.Series | None, many: int) -> Numbers:
    """Read the columns that tell who somebody is; either may be missing."""
    nothing = pl.Series([None], dtype=pl.String).new_from_index(0, many)
    roll = cleaned(roll) if roll is not None else nothing
    identity = cleaned(identity) if identity is not None else nothing
    lost = identity.str.contains(r"^[0-9.]+E\+?[0-9]+$").fill_null(False)
    old = identity.str.contains(rf"^[0-9]{{{_OLD}}}$").fill_null(False)
    whole = _upgraded(identity.set(lost, None), old)
    formed = roll.set(~roll.str.contains(_ROLL).fill_null(False), None)
    of_roll = formed.str.replace("^G", "")
    person = pl.select(pl.coalesce(of_roll, whole)).to_series()
    eighteen = person.str.replace("^J", "")
    both = of_roll.is_not_null() & roll.str.starts_with("G") & whole.str.contains(_EIGHTEEN)
    unlike = (both & (of_roll != whole)).fill_null(False)
    return Numbers(person, _wrong(eighteen), old, lost, unlike)


def _upgraded(identity: pl.Series, old: pl.Series) -> pl.Series:
    """Fifteen digits become eighteen: the century before the year of birth, the check behind. GB 11643-1999."""
    if not old.any():
        return identity
    places = pl.arg_where(old, eager=True)
    longer = [f"{one[:6]}19{one[6:]}" for one in identity.gather(places).to_list()]
    return identity.clone().scatter(places, [one + person_check(one) for one in longer])


def _wrong(eighteen: pl.Series) -> pl.Series:
    """Whether eighteen characters carry the wrong check: Σ weight × digit + check leaves 1 over a multiple of 11."""
    of_form = eighteen.str.contains(_EIGHTEEN).fill_null(False)
    places = pl.arg_where(of_form, eager=True)
    wrong = pl.Series([False]).new_from_index(0, len(eighteen))
    if places.is_empty():
        return wrong
    width = len(PERSON_WEIGHTS) + 1
    letters = np.frombuffer("".join(eighteen.gather(places).to_list()).encode(), np.uint8).reshape(-1, width)
    digits = letters.astype(np.int64) - ord("0")
    digits[:, -1] = np.where(letters[:, -1] == ord("X"), 10, digits[:, -1])
    total = digits @ np.array((*PERSON_WEIGHTS, 1))
    return wrong.scatter(places, pl.Series(total % 11 != 1))


def lines_of(flags: pl.Series, lines: pl.Series, most: int = 5) -> tuple[int, str]:
    """How many, and the first lines of the file they stand in: 3, 第5、9、12行."""
    there: Iterable[int] = lines.filter(flags).head(most).to_list()
    many = int(flags.sum())
    return many, f"第{'、'.join(str(one) for one in there)}行" + ("等" if many > most else "")
