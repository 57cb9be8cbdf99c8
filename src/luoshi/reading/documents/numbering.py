"""The numbers Word draws by itself: they are not in the text of a docx but in its numbering part."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_STEMS, _BRANCHES, _LEGAL = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "零壹贰叁肆伍陆柒捌玖"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
)
_MOST_COUNTED, _MOST_CIRCLED = 3_999, 20
_CHINESE = frozenset(
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand koreanCounting".split()
)
_UNDRAWN = frozenset({"bullet", "none"})


def drawn(number: int, form: str) -> str:
    """A number as Word draws it in one of its formats; plain figures for a format that is not known."""
    if number < 0 or number > _MOST_COUNTED:
        return str(number)
    if form in _CHINESE:
        return _counted(number, _DIGITS, "十百千")
    if form == "chineseLegalSimplified":
        return _counted(number, _LEGAL, "拾佰仟")
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if form in {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"} and 1 <= number <= _MOST_CIRCLED:
        return chr(0x2460 + number - 1)
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))
    return _lettered(number, form)


def _lettered(number: int, form: str) -> str:
    if number < 1:
        return str(number)
    if form in {"upperLetter", "lowerLetter"}:
        repeats, place = divmod(number - 1, 26)
        letter = chr(ord("A") + place) * (repeats + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in {"upperRoman", "lowerRoman"}:
        parts = []
        for value, sign in _ROMAN:
            times, number = divmod(number, value)
            parts.append(sign * times)
        return "".join(parts) if form == "upperRoman" else "".join(parts).lower()
    if form in {"ideographTraditional", "ideographZodiac"}:
        signs = _STEMS if form == "ideographTraditional" else _BRANCHES
        return signs[(number - 1) % len(signs)]
    return str(number)


def _counted(number: int, digits: str, places: str) -> str:
    """十五, 二十, 一百零三: ten to nineteen without a leading one."""
    if number == 0:
        return digits[0]
    figures = str(number)
    spoken = "".join(
        digits[int(figure)] + (places[power - 1] if power and figure != "0" else "")
        for figure, power in zip(figures, range(len(figures) - 1, -1, -1), strict=True)
    )
    spoken = re.sub(f"{digits[0]}+", digits[0], spoken).rstrip(digits[0])
    return spoken.removeprefix(digits[1]) if spoken.startswith(digits[1] + places[0]) else spoken


@dataclass(frozen=True, slots=True)
class _Level:
    """How one depth of a list is drawn."""

    form: str
    pattern: str
    start: int
    restarts: int
    """The number of outer levels whose step starts this one anew; 0 for never."""
    legal: bool


@dataclass(slots=True)
class _List:
    """One w:num: its levels, the list whose counting it shares, and where it starts anew."""

    shared: str
    levels: dict[int, _Level]
    starts: dict[int, int]
    begun: set[int] = field(default_factory=set)


def _value(element: Any, path: str, default: str = "") -> str:
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return str(found.get(qn("w:val"), default)) if found is not None else default


def _whole(told: str, default: int) -> int:
    return int(told) if re.fullmatch(r"\d{1,6}", told) else default


def _level(element: Any, depth: int) -> _Level:
    return _Level(
        _value(element, "w:numFmt", "decimal"),
        _value(element, "w:lvlText"),
        _whole(_value(element, "w:start", "1"), 1),
        _whole(_value(element, "w:lvlRestart", str(depth)), depth),
        element.find(qn("w:isLgl")) is not None,
    )


def _levels(element: Any) -> dict[int, _Level]:
    depths = ((_whole(level.get(qn("w:ilvl"), "0"), 0), level) for level in element.findall(qn("w:lvl")))
    return {depth: _level(level, depth) for depth, level in depths}


class Numbering:
    """Counts on while the paragraphs are walked in reading order."""

    def __init__(self, root: Any, styles: dict[str, Any]) -> None:
        """From the root of numbering.xml, or None, and the styles by id."""
        self._styles = styles
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        shapes = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
        linked = {_value(one, "w:styleLink"): one for one in shapes.values()}
        for one in root.findall(qn("w:num")):
            shared = _value(one, "w:abstractNumId")
            shape = shapes.get(shared)
            if shape is None:
                continue
            shape = linked.get(_value(shape, "w:numStyleLink", "-"), shape)
            self._lists[one.get(qn("w:numId"))] = self._list(one, shared, shape)

    @staticmethod
    def _list(one: Any, shared: str, shape: Any) -> _List:
        found = _List(shared, _levels(shape), {})
        for override in one.findall(qn("w:lvlOverride")):
            depth = _whole(override.get(qn("w:ilvl"), "0"), 0)
            found.levels.update(_levels(override))
            start = _value(override, "w:startOverride")
            if start:
                found.starts[depth] = _whole(start, 1)
        return found

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """The list and depth of a paragraph: its own, else its style's, else what that style is based on."""
        number = depth = ""
        holder = paragraph
        for _ in range(12):
            number = number or _value(holder, "w:pPr/w:numPr/w:numId")
            depth = depth or _value(holder, "w:pPr/w:numPr/w:ilvl")
            if number:
                break
            key = _value(holder, "w:pPr/w:pStyle") if holder is paragraph else _value(holder, "w:basedOn")
            holder = self._styles.get(key)
            if holder is None:
                break
        return number, _whole(depth, 0)

    def before(self, paragraph: Any) -> str:
        """What Word draws before a paragraph: "1.", "（一）", "一、"; "" for nothing or a bullet."""
        number, depth = self._place(paragraph)
        found = self._lists.get(number)
        if found is None or depth not in found.levels:
            return ""
        counts = self._counts.setdefault(found.shared, {})
        level = found.levels[depth]
        if depth in found.starts and depth not in found.begun:
            counts[depth] = found.starts[depth]
        else:
            counts[depth] = counts.get(depth, level.start - 1) + 1
        found.begun.add(depth)
        for deeper in [other for other in counts if other > depth and self._starts_anew(found, other, depth)]:
            del counts[deeper]
        return "" if level.form in _UNDRAWN else self._spelt(found, level, counts)

    @staticmethod
    def _starts_anew(found: _List, deeper: int, stepped: int) -> bool:
        level = found.levels.get(deeper)
        return level is None or stepped < level.restarts

    @staticmethod
    def _spelt(found: _List, level: _Level, counts: dict[int, int]) -> str:
        def part(sign: re.Match[str]) -> str:
            depth = int(sign[1]) - 1
            other = found.levels.get(depth)
            form = "decimal" if level.legal or other is None else other.form
            return drawn(counts.get(depth, other.start if other else 1), form)

        spelt = re.sub(r"%([1-9])", part, level.pattern)
        return spelt if not spelt or re.search(r"[.．、,，)）\]】:：\s]$", spelt) else spelt + " "
