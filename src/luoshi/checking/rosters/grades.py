"""Grades and classes from words: 三年级, 初二, 高一(3)班, 2018级1班, 七(1)班, 小二班. What may be read two ways is not read."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

STAGES_OF = {
    **dict.fromkeys(("211", "218", "219"), ("primary",)),
    **dict.fromkeys(("311", "319", "321", "329"), ("junior",)),
    "312": ("primary", "junior"),
    "341": ("junior", "senior"),
    **dict.fromkeys(("342", "349"), ("senior",)),
    "345": ("primary", "junior", "senior"),
    **dict.fromkeys(("361", "362", "363", "364", "365", "366", "368"), ("vocational",)),
    **dict.fromkeys(("511", "512", "513", "514", "519"), ("special",)),
    **dict.fromkeys(("111", "119"), ("preschool",)),
}
"""Stages by 办学类型. GB/T 33782-2017 表4; domain §19."""
BEFORE = {"primary": 0, "junior": 6, "senior": 9, "vocational": 9, "special": 0}
"""Grades before the first of a stage."""
GRADES = {"primary": 6, "junior": 3, "senior": 3, "vocational": 3, "special": 9}
YOUNG = {
    "托": "nursery",
    "小": "junior",
    "中": "middle",
    "大": "senior",
    "混": "mixed",
    "混合": "mixed",
    "混龄": "mixed",
}
"""Classes of a kindergarten by their first character."""
_SEPTEMBER = 9
_TOP = 12
_DIGITS = {one: place for place, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_N = r"(?:十[一二]?|[一二三四五六七八九]|1[0-2]|0?[1-9])"
_STAGE_WORDS = {
    "小": "primary", "小学": "primary", "初": "junior", "初中": "junior", "高": "senior", "高中": "senior", "普高": "senior",
    "中职": "vocational", "职高": "vocational", "职": "vocational",
}  # fmt: skip
_STAGE = "(?P<stage>小学|初中|普高|高中|中职|职高|小|初|高|职)"
_YEAR = re.compile(rf"^{_STAGE}?(?P<year>20[0-9]{{2}})(?P<mark>级|届)(?:学生)?(?P<rest>.*)$")
_STAGED = re.compile(
    rf"^{_STAGE}(?P<n>{_N})(?:年级|年)?(?P<rest>(?:[^0-9一二三四五六七八九十级届].*)?|[0-9]{{1,3}}班?)$"
)
_PLAIN = re.compile(rf"^(?P<n>{_N})年级?(?P<rest>.*)$")
_BEFORE_NUMBER = re.compile(
    rf"^(?P<n>{_N})[\(\[\.\-·](?P<rest>[0-9一二三四五六七八九十]{{1,3}}[\)\]]?班?)$"
    r"|^(?P<m>[一二三四五六七八九])(?P<left>[0-9]{1,2}班?)$"
)
_ALONE = re.compile(rf"^(?P<n>{_N})$")
_NUMBER = re.compile(r"^第?\(?(?P<n>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\)?班?$")
_YOUNG = re.compile(r"^(?P<kind>托|小|中|大|混合|混龄|混)(?P<rest>[班(（0-9一二三四五六七八九十].*|)$")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a class stands."""

    stage: str | None = None
    grade: int | None = None
    """1 to 12; None where it cannot be told, and in kindergartens."""
    number: int | None = None
    name: str = ""
    """What it is called, where that is no number."""
    doubt: str = ""
    """Why the grade was not read."""


@dataclass(frozen=True, slots=True)
class _Said:
    grade: int | None
    stage: str | None
    rest: str
    doubt: str = ""


@lru_cache(maxsize=1 << 16)
def place(grade: str, klass: str, stage: str, entered: str, kind: str, on: date) -> Placed:
    """Where the words of a row put a class.

    Args:
        grade: the words of 年级, or "".
        klass: the words of 班级 or 班号, or "".
        stage: a code of 学段, or "".
        entered: year and month of entry, 201809, or "".
        kind: 办学类型 of the school, or "".
        on: the day, which tells the grade of a year of entry.
    """
    stages = (stage,) if stage in BEFORE else STAGES_OF.get(kind, ())
    told, own = _read(_plain(grade), stages, on, alone=True), _read(_plain(klass), stages, on, alone=False)
    doubt = told.doubt or own.doubt
    found = told if told.grade else own
    if told.grade and own.grade and told.grade != own.grade:
        doubt = f"年级是第{told.grade}级，班级名称是第{own.grade}级"
    if not found.grade and not doubt and entered:
        found = _entered(int(entered[:4]), stages, on, own.rest)
        doubt = found.doubt
    number, name = _number(own.rest, found.grade)
    if found.grade is None and not doubt and "preschool" not in stages:
        doubt = "没有写明年级" if not grade else "年级读不出"
    return Placed(_stage(found, stages), found.grade, number, name, doubt)


def young(words: str) -> str:
    """Which class of a kindergarten it is by its name: junior, middle, senior, mixed, nursery; "" where it does not say."""
    found = _YOUNG.match(_plain(words))
    return YOUNG[found["kind"]] if found else ""


def school_year(on: date) -> int:
    """The school year a day lies in, by its first calendar year."""
    return on.year if on.month >= _SEPTEMBER else on.year - 1


def _plain(words: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", words)).replace("〔", "(").replace("〕", ")")


def number_of(words: str) -> int:
    """十二 and 12 are 12."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return _DIGITS[words[-1]] if len(words) == 1 else int("".join(str(_DIGITS[one]) for one in words))
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def _read(words: str, stages: tuple[str, ...], on: date, *, alone: bool) -> _Said:
    """A grade at the beginning of words; what stands behind it is the class.

    Args:
        words: without spaces.
        stages: those of the school or the row; empty where unknown.
        on: the day.
        alone: whether a bare number is a grade.
    """
    if found := _YEAR.match(words):
        own = _STAGE_WORDS.get(found["stage"] or "")
        years = (own,) if own else stages
        year = int(found["year"])
        if found["mark"] == "级":
            return _entered(year, years, on, found["rest"])
        return _leaving(year, years, on, found["rest"])
    if found := _STAGED.match(words):
        own = _STAGE_WORDS[found["stage"]]
        return _within(number_of(found["n"]), own, found["rest"])
    if found := _PLAIN.match(words) or (_ALONE.match(words) if alone else None):
        return _absolute(number_of(found["n"]), stages, found.groupdict().get("rest") or "")
    if not alone and (found := _BEFORE_NUMBER.match(words)):
        return _absolute(number_of(found["n"] or found["m"]), stages, found["rest"] or found["left"])
    return _Said(None, None, words)


def _within(n: int, stage: str, rest: str) -> _Said:
    """The n-th grade of a stage."""
    if n <= GRADES[stage]:
        return _Said(BEFORE[stage] + n, stage, rest)
    return _Said(None, stage, rest, "年级超出学段")


def _absolute(n: int, stages: tuple[str, ...], rest: str) -> _Said:
    """一年级 is grade 1, and the first grade of a school that has only a higher stage."""
    known = [one for one in stages if one in BEFORE]
    fitting = [one for one in known if BEFORE[one] < n <= BEFORE[one] + GRADES[one]]
    if fitting or not known:
        return _Said(n, None, rest) if n <= _TOP else _Said(None, None, rest, "年级超过12")
    relative = [one for one in known if n <= GRADES[one]]
    if len(relative) == 1:
        return _within(n, relative[0], rest)
    return _Said(None, None, rest, "年级可以是几个学段的，没有写明学段" if relative else "年级不在学校的学段里")


def _entered(year: int, stages: tuple[str, ...], on: date, rest: str) -> _Said:
    """The grade of those who entered a stage in a year."""
    return _of_stages(school_year(on) - year + 1, stages, rest)


def _leaving(year: int, stages: tuple[str, ...], on: date, rest: str) -> _Said:
    """The grade of those who leave a stage in a year: 2024届 leaves in the summer of 2024."""
    fitting = {one: GRADES[one] - (year - school_year(on) - 1) for one in stages if one in BEFORE}
    return _one_of({one: n for one, n in fitting.items() if 1 <= n <= GRADES[one]}, rest)


def _of_stages(n: int, stages: tuple[str, ...], rest: str) -> _Said:
    return _one_of({one: n for one in stages if one in BEFORE and 1 <= n <= GRADES[one]}, rest)


def _one_of(fitting: dict[str, int], rest: str) -> _Said:
    if len(fitting) == 1:
        ((stage, n),) = fitting.items()
        return _within(n, stage, rest)
    why = "入学年份可以是几个学段的，没有写明学段" if fitting else "入学年份推不出年级"
    return _Said(None, None, rest, why)


def _stage(found: _Said, stages: tuple[str, ...]) -> str | None:
    if len(stages) == 1:
        return stages[0]
    if found.stage:
        return found.stage
    if found.grade is None:
        return None
    return next(one for one in ("primary", "junior", "senior") if found.grade <= BEFORE[one] + GRADES[one])


def _number(rest: str, grade: int | None) -> tuple[int | None, str]:
    """The number of a class, or its name; 301 is the first class of grade 3 where the grade is known."""
    found = _NUMBER.match(rest)
    if not found:
        return None, rest
    number = number_of(found["n"])
    hundred = 100
    if grade and number >= hundred and number // hundred == grade and number % hundred:
        number %= hundred
    return number, ""
