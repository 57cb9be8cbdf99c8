"""Numbers as people read them: rounded half up for show, thousands apart, the sign in front."""

from decimal import ROUND_HALF_UP, Decimal

from luoshi.spine import Comparator, Measurement, Target

SIGNS = {
    Comparator.EXACTLY: "",
    Comparator.AT_LEAST: "≥ ",
    Comparator.AT_MOST: "≤ ",
    Comparator.BETWEEN: "",
    Comparator.ALL: "全部 ",
    Comparator.NONE: "无 ",
    Comparator.NEVER_LESS: "不低于上年",
}


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """四舍五入 to so many places; only ever for show, never before a comparison."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: Decimal, places: int = 2) -> str:
    """8000 as 8 000, 2.1400 as 2.14, 3.0 as 3."""
    shown = rounded(value, places).normalize()
    plain = f"{shown:f}"
    whole, _, rest = plain.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", "\u202f") if len(digits) > 4 else digits  # noqa: PLR2004
    return sign + grouped + ("." + rest if rest else "")


def value_with_unit(value: Decimal, unit: str) -> str:
    """2.14 %, 50 所."""
    return f"{number(value)} {unit}".strip()


def amount(target: Target) -> str:
    """A target as the board prints it: ≤ 3 %, 50 所, 3—5 个, 全部, 无, 不低于上年."""
    if target.comparator is Comparator.NEVER_LESS:
        return SIGNS[Comparator.NEVER_LESS]
    if target.comparator is Comparator.ALL:
        return "全部（100 %）"
    if target.comparator is Comparator.NONE:
        return f"0 {target.unit}".strip()
    if target.value is None:
        return "——"
    if target.value_max is not None:
        return f"{number(target.value)}—{value_with_unit(target.value_max, target.unit)}"
    return SIGNS[target.comparator] + value_with_unit(target.value, target.unit)


def figure(measurement: Measurement) -> str:
    """A figure as the board prints it, 约 where it is only about."""
    return ("约 " if measurement.about else "") + value_with_unit(measurement.value, measurement.unit)
