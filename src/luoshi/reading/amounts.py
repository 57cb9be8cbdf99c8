"""Numbers as people type them into a form or a sheet: １２, 1,234, 2.14％, 3所. What could mean two things is refused."""

import re
import unicodedata
from decimal import Decimal

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_PLACES, _LARGEST, _SAID = 6, Decimal(10) ** 15, 40
_NUMBER = re.compile(r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<rest>\D*)")
_TIMES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_EXAMPLE = "请改为一个数，如 1234 或 2.14"


def amount_of(words: str, unit: str, where: str) -> Decimal:
    """The number the words mean, in the unit.

    Args:
        words: as typed; full-width digits, separators of thousands, blanks and the unit itself behind it are no matter.
        unit: what is counted (所, 人次) or %.
        where: the cell or field, for the refusal.

    Raises:
        RefusedError: no number, a formula, only about (约), negative, another unit, too large or with too many places.
    """
    told = re.sub(r"\s", "", unicodedata.normalize("NFKC", words))
    met = _NUMBER.fullmatch(told)
    if met is None:
        raise _refused(where, words, "不是一个准确数", "须为一个不小于零的数，不带公式、“约”和正负号", _EXAMPLE)
    times, behind = 1, met["rest"]
    if behind[:1] in _TIMES and behind != unit:
        times, behind = _TIMES[behind[0]], behind[1:]
    if behind not in {"", unicodedata.normalize("NFKC", unit)}:
        raise _refused(where, words, f"单位是“{behind[:_SAID]}”", f"计量单位为“{unit}”", f"请换算成“{unit}”再填")
    value = Decimal(met["digits"].replace(",", "")) * times
    if value >= _LARGEST:
        raise _refused(where, words, "太大", "须在千万亿以内", "请检查是否多输了零")
    if value != round(value, _PLACES):
        raise _refused(where, words, "小数位太多", f"最多{_PLACES}位小数", "请四舍五入后再填")
    return value


def _refused(where: str, words: str, what: str, rule: str, remedy: str) -> RefusedError:
    return RefusedError(Finding(where, f"“{words[:_SAID]}”{what}", rule, remedy))
