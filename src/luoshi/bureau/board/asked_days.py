"""Days, numbers and words as forms of people and offices send them; what cannot be read is told by its field."""

from datetime import date

from django.http import HttpRequest
from django.utils.dateparse import parse_date

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_DIGITS = 9
_ROW = 15
"""Digits of a row's number that both databases can look for."""


def row_in(words: str) -> int | None:
    """The number of a row that an address or a form names; None where it is none."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= _ROW else None


def day_in(request: HttpRequest, field: str, label: str) -> date | None:
    """The day of a field; None when it was left empty.

    Raises:
        RefusedError: it is no day.
    """
    words = request.POST.get(field, "").strip()
    try:
        told = parse_date(words)
    except ValueError:
        told = None
    if words and told is None:
        raise RefusedError(Finding(label, f"“{words[:20]}”不是日期", "日期须写成 2021-12-31", "请改日期"))
    return told


def needed_day(request: HttpRequest, field: str, label: str) -> date:
    """The same where one is needed.

    Raises:
        RefusedError: it is empty or no day.
    """
    told = day_in(request, field, label)
    if told is None:
        raise RefusedError(Finding(label, "没有填", "此项必填", "请填写日期"))
    return told


def number_in(request: HttpRequest, field: str) -> int:
    """The whole number of a field; 0 for none."""
    words = request.POST.get(field, "")
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= _DIGITS else 0


def words_in(request: HttpRequest, field: str) -> tuple[str, ...]:
    """Words that are separated by spaces or commas."""
    told = request.POST.get(field, "")
    return tuple(told.replace("，", " ").replace("、", " ").replace(",", " ").split())
