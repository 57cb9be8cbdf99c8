"""四舍五入, for whoever shows a number."""

from decimal import ROUND_HALF_UP, Context, Decimal


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Half up to so many places; only ever for show, never before a comparison."""
    wide = Context(prec=max(value.adjusted(), 0) + places + 28)
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=wide)
