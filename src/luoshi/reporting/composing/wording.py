"""One style for numbers and lists in official texts, and the words that do not belong there."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from luoshi.reporting.composing.facts import Amount, Item, UnitFigure
from luoshi.reporting.official.document import Figure, Piece, Text, words_of
from luoshi.reporting.official.numbers import official_day
from luoshi.words.rounding import rounded

UNVERIFIED = "数据待核定"
_NAMED = 4
"""So many titles stand in a list before 等N项."""
_COLOURS = (
    (re.compile("(?:被?(?:亮|标|挂)出?)?(?:红色?灯|红牌|红色预警|红色督查单)|(?:亮|标|挂)红"), "进展滞后"),
    (
        re.compile("(?:被?(?:亮|标|挂)出?)?(?:[黄橙]色?灯|[黄橙]牌|[黄橙]色预警|[黄橙]色督查单)|(?:亮|标|挂)[黄橙]"),
        "未达序时进度",
    ),
    (re.compile("(?:亮|标|挂)?(?:绿色?灯|绿牌|蓝色?灯|蓝牌|蓝色预警|蓝色督查单)|(?:亮|标|挂)[绿蓝]"), "正常推进"),
)


def restrained(words: str) -> str:
    """Words typed elsewhere, as a bulletin may carry them: colours become what they stand for, no full stop at the end."""
    words = re.sub(r"\s+", "", words)
    for colour, plain in _COLOURS:
        words = colour.sub(plain, words)
    return words.rstrip("。；;，,.")


def number(value: Decimal, places: int = 2) -> str:
    """12800, 2.75, 3: rounded half up for show, no thousands apart, no zeros at the end."""
    shown = f"{rounded(value, places):f}"
    shown = shown.rstrip("0").rstrip(".") if "." in shown else shown
    return "0" if shown in {"-0", ""} else shown


def with_unit(value: Decimal, unit: str) -> str:
    """2.75%, 19所."""
    return f"{number(value)}{unit}"


def points(value: Decimal, unit: str) -> str:
    """A difference: of rates in 个百分点, of counts in their unit."""
    return f"{number(abs(value))}{'个百分点' if unit == '%' else unit}"


def share(part: int, whole: int) -> str:
    """23.3%, of a whole that is not 0."""
    return f"{number(Decimal(part) * 100 / whole, 1)}%"


def count(key: str, amount: int) -> Figure:
    """A count of the ledger, bound to what was counted."""
    return Figure(str(amount), f"count:{key}")


def amount_of(item: Item) -> Text:
    """The value of an item; its absence while it is not 核定."""
    if item.amount is None:
        return ()
    return printed(item.amount)


def printed(amount: Amount) -> Text:
    """A value when it is 核定, 数据待核定 when it is not."""
    if not amount.verified:
        return (UNVERIFIED,)
    return (Figure(("约" if amount.about else "") + with_unit(amount.value, amount.unit), amount.key),)


def gap_of(item: Item) -> Text:
    """How far an item is from its target, bound like the value it comes from; nothing while that is not 核定."""
    if not item.gap:
        return ()
    if item.amount is None:
        return (restrained(item.gap),)
    return (Figure(restrained(item.gap), f"{item.amount.key}:gap"),) if item.amount.verified else ()


def due_of(item: Item, year: int = 0) -> str:
    """The time limit in words; within the year the text is about, without the year."""
    if item.due_words or item.due is None:
        return item.due_words or "未定"
    return day_in(item.due, year)


def day_in(day: date, year: int) -> str:
    """8月31日 within the year the text is about, else with its year: a figure of last year must not pass for this one's."""
    return month_day(day) if day.year == year else official_day(day)


def month_day(day: date) -> str:
    """8月31日, where the year is plain from the title."""
    return f"{day.month}月{day.day}日"


def footing_of(amount: Amount, year: int) -> str:
    """口径 and 时点 of a value in brackets; within the year the text is about, without the year."""
    day = day_in(amount.on, year)
    definition = f"，{restrained(amount.definition)}" if amount.definition else ""
    return f"（时点{day}{definition}）"


def listed(titles: Sequence[str], most: int = _NAMED) -> str:
    """“甲”“乙”, and when there are more 等N项."""
    shown = "".join(f"“{restrained(title)}”" for title in titles[:most])
    return shown + (f"等{len(titles)}项" if len(titles) > most else "")


def distinct(words: Iterable[str]) -> list[str]:
    """Each once, in the order they came."""
    return list(dict.fromkeys(word for word in words if word))


def joined(*texts: Text | str) -> Text:
    """Texts after one another; plain words that meet become one piece."""
    told: list[Piece] = []
    for text in texts:
        for piece in (text,) if isinstance(text, str) else text:
            last = told[-1] if told else None
            if isinstance(piece, str) and isinstance(last, str):
                told[-1] = last + piece
            elif piece != "":
                told.append(piece)
    return tuple(told)


def between(texts: Iterable[Text], mark: str) -> Text:
    """Texts with a mark between each two; empty ones are left out."""
    told: Text = ()
    for text in texts:
        if words_of(text):
            told = joined(told, mark, text) if told else text
    return told


def unit_name(unit: str, *, school: bool, named_by: str) -> str:
    """The name of a unit; a school stays unnamed until somebody approved that it is named."""
    return "有关学校" if school and not named_by else unit


def missing_of(figure: UnitFigure) -> Text:
    """差0.25个百分点, 已达到."""
    if figure.missing is None:
        return ("——",)
    if figure.missing <= 0:
        return (Figure("已达到", f"{figure.key}:missing"),)
    return (Figure(f"差{points(figure.missing, figure.measure)}", f"{figure.key}:missing"),)
