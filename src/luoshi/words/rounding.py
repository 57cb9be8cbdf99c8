"""四舍五入, for whoever shows a number."""

from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Half up to so many places; only ever for show, never before a comparison."""
    return value.quantize(_last(places), rounding=ROUND_HALF_UP, context=_wide(max(value.adjusted(), 0) + places + 28))


@lru_cache(maxsize=64)
def _last(places: int) -> Decimal:
    """One unit of the last place; made once, for a page rounds thousands of figures to the same places."""
    return Decimal(1).scaleb(-places)


@lru_cache(maxsize=64)
def _wide(digits: int) -> Context:
    return Context(prec=digits)
