"""Numbers as people read them: rounded half up for show, thousands apart, the sign in front."""

from decimal import Decimal

from luoshi.spine import Comparator, Measurement, Target
from luoshi.words.rounding import rounded

SIGNS = {
    Comparator.EXACTLY: "",
    Comparator.AT_LEAST: "≥ ",
    Comparator.AT_MOST: "≤ ",
    Comparator.BETWEEN: "",
    Comparator.ALL: "全部 ",
    Comparator.NONE: "无 ",
    Comparator.NEVER_LESS: "不低于上年",
}
_UNGROUPED = 4
"""GB/T 15835: whole numbers of up to four digits stand without a space."""
_PLACES = 2
_MOST_PLACES = 12


def number(value: Decimal, places: int = _PLACES) -> str:
    """12500 as 12 500 with a thin space, 8000 as 8000, 2.1400 as 2.14, 3.0 as 3, -0.001 as 0."""
    plain = f"{rounded(value, places):f}"
    whole, _, rest = plain.partition(".")
    digits, rest = whole.lstrip("-"), rest.rstrip("0")
    sign = "-" if whole.startswith("-") and (rest or digits.strip("0")) else ""
    grouped = f"{int(digits):,}".replace(",", "\u202f") if len(digits) > _UNGROUPED else digits
    return sign + grouped + ("." + rest if rest else "")


def apart(value: Decimal, other: Decimal | int, places: int = _PLACES) -> int:
    """How many places tell two numbers apart: 92.978 beside 93 needs two, 2.9996 beside 3 four; never "3 ＜ 3"."""
    second = Decimal(other)
    while value != second and places < _MOST_PLACES and rounded(value, places) == rounded(second, places):
        places += 1
    return places


def value_with_unit(value: Decimal, unit: str, places: int = _PLACES) -> str:
    """2.14 %, 50 所."""
    return f"{number(value, places)} {unit}".strip()


def as_printed(value: Decimal) -> str:
    """A target's number with all the places it was written with."""
    written = value.as_tuple().exponent
    return number(value, max(_PLACES, -written if isinstance(written, int) else 0))


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
        return f"{as_printed(target.value)}—{as_printed(target.value_max)} {target.unit}".strip()
    return SIGNS[target.comparator] + f"{as_printed(target.value)} {target.unit}".strip()


def in_words(target: Target) -> str:
    """A target as an official text says it: 不高于2.5%, 不少于18所, 26所; signs are for tables on a screen."""
    sign = SIGNS[target.comparator]
    more, less = ("不低于", "不高于") if target.unit in {"%", "‰", "成"} else ("不少于", "不超过")
    word = {SIGNS[Comparator.AT_LEAST]: more, SIGNS[Comparator.AT_MOST]: less}.get(sign, "")
    told = amount(target)
    return (word + told.removeprefix(sign) if word else told).replace(" ", "")


def figure(measurement: Measurement) -> str:
    """A figure as the board prints it, 约 where it is only about."""
    return ("约 " if measurement.about else "") + value_with_unit(measurement.value, measurement.unit)
