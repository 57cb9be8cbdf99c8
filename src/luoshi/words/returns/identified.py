"""Check characters as expressions, so that a million codes are checked in one scan. The same arithmetic as `words.identifiers`."""

from functools import reduce
from operator import add

from luoshi.words.identifiers import CREDIT_ALPHABET, CREDIT_WEIGHTS, PERSON_WEIGHTS
from luoshi.words.returns.expressions import Expression

_AREA = range(2, 8)
"""Places that hold the 6 digits of a division: never a letter."""
_BITS = range(5)
"""Binary digits of a place in the alphabet of 31."""


def credit_holds(code: Expression) -> Expression:
    """统一社会信用代码: Σ weight × place in the alphabet, with the check itself once, is a multiple of 31.

    A place is put together from its binary digits, each a pattern: as fast as engines look for patterns, while a table
    of 31 letters for each character takes minutes.
    """
    weights = (*CREDIT_WEIGHTS, 1)
    parts = [_place(code, at, at in _AREA) * weight for at, weight in enumerate(weights)]
    total: Expression = reduce(add, parts)
    return total % 31 == 0


def _place(code: Expression, at: int, digit: bool) -> Expression:  # noqa: FBT001  # one place of a code
    """Where a character stands in the alphabet."""
    if digit:
        return code.substr(at, 1).try_cast("int64")
    bits = [code.re_search(f"^[0-9A-Z]{{{at}}}[{_with_bit(bit)}]").cast("int64") * 2**bit for bit in _BITS]
    place: Expression = reduce(add, bits)
    return place


def _with_bit(bit: int) -> str:
    return "".join(letter for place, letter in enumerate(CREDIT_ALPHABET) if place >> bit & 1)


def identity_holds(number: Expression) -> Expression:
    """居民身份证号: Σ weight × digit, with the check itself once (X is 10), leaves 1 over a multiple of 11."""
    last = len(PERSON_WEIGHTS)
    digits = [number.substr(at, 1).try_cast("int64") for at in range(last)]
    digits.append(number.substr(last, 1).substitute({"X": "10"}).try_cast("int64"))
    weighed = (digit * weight for digit, weight in zip(digits, (*PERSON_WEIGHTS, 1), strict=True))
    total: Expression = reduce(add, weighed)
    return total % 11 == 1
