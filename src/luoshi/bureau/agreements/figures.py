"""A figure as it is typed: value, 分子 and 分母, held against one another."""

from luoshi.reading.amounts import amount_of
from luoshi.tracking.agreeing import Amount, fits, kept, rate
from luoshi.tracking.showing import value_with_unit
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def typed(words: tuple[str, str, str], unit: str, where: str, *, rated: bool) -> Amount | None:
    """The figure that was typed as value, 分子 and 分母; None when all three are empty.

    Args:
        words: value, 分子 and 分母 as typed.
        unit: of the indicator.
        where: the field, for the refusal.
        rated: whether the indicator is a rate; a bare count has no counts beside it.

    Raises:
        RefusedError: no numbers, one count without the other, a denominator of nought, or a rate that its counts do not make.
    """
    value, numerator, denominator = (
        amount_of(one, of, f"{where} {name}") if one.strip() else None
        for one, of, name in zip(words, (unit, "", ""), ("数值", "分子", "分母"), strict=True)
    )
    if not rated and (numerator is not None or denominator is not None):
        raise RefusedError(Finding(where, "填了分子、分母", "这个指标是个数，不是率", "只填数值"))
    if numerator is None and denominator is None:
        return None if value is None else Amount(value)
    if numerator is None or denominator is None:
        raise RefusedError(Finding(where, "分子、分母只填了一个", "分子、分母须成对", "请补齐，或都不填"))
    if not denominator:
        raise RefusedError(Finding(where, "分母为零", "分母须大于零", "请核对分母"))
    made = kept(rate(numerator, denominator, unit))
    if value is not None and not fits(value, numerator, denominator, unit):
        what = f"填的是 {value_with_unit(value, unit)}，分子、分母算出 {value_with_unit(made, unit)}"
        raise RefusedError(Finding(where, what, "率须等于分子除以分母（四舍五入）", "请核对三个数，改正后再报"))
    return Amount(made if value is None else value, numerator, denominator)
