"""Every number of a stretch and what it is there for: how it stands, the target, last year's, this month's, a share."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from luoshi.reading.grammar.amounts import Quantity, find_quantities
from luoshi.reading.grammar.counting import counts
from luoshi.reading.grammar.counting import unit as unit_of
from luoshi.reading.grammar.measures import Sort
from luoshi.reading.grammar.numerals import level
from luoshi.reading.sentences import find_sentences


class Role(StrEnum):
    """What a number is there for."""

    TOTAL = "total"
    """累计, 共."""
    NOW = "now"
    """已建成, 达到, 降至."""
    PLAIN = "plain"
    """Nothing says what it is there for."""
    BEGUN = "begun"
    """开工, 在建: on the way, not there."""
    PERIOD = "period"
    """本月新增."""
    TARGET = "target"
    """目标, 计划; or what is meant to come."""
    PAST = "past"
    """去年, 上月, 年初; what it came down from."""
    CHANGE = "change"
    """较上年增加, 提高个百分点."""
    LEFT = "left"
    """还有, 尚未: what is missing."""
    SHARE = "share"
    """完成率, 占目标."""
    PART = "part"
    """其中, or one county's."""


_MARKS = (
    (Role.LEFT, r"还有|尚有|仍有|剩余|还剩|剩下|还差|尚差|尚余|缺口|未完成的?|尚未|距离?目标(?:还|尚)?差?|差额"),
    (
        Role.CHANGE,
        r"(?:较|比|同比|环比|比较)[^，,。；;\d]{0,14}(?:增加|增长|提高|提升|减少|下降|降低|多|少|上升|压减|高出?|低|扩大|净增|新增)了?|超(?:过|出|额)?(?:年度)?(?:目标|任务|计划)(?:任务)?",
    ),
    (
        Role.PAST,
        r"去年(?:同期|全年|底|末|年底)?|上年(?:同期|度|末|底)?|前年|上月(?:底|末)?|上期|上个月|上季度?(?:末|底)?|上次|年初|同期|原有|原来的?|此前|上学年|往年|历年",
    ),
    (
        Role.TARGET,
        r"目标(?:任务|值|数|是|为)?|任务(?:数|量|是|为|目标)?|计划(?!生育|单列)|要求|应(?=完成|建|达|培|招)|拟|力争|确保|争取(?!到|上级|中央|省|专项|资金)|预计|预期|下一?步|下阶段|下月|后续|将(?!于|近|其|原)|指标(?:为|是|值)|不少于|不低于|不超过|需(?:要)?(?=完成|新建|再)|打算|底前|年内|到年底|有望",
    ),
    (Role.PART, r"其中|另有|包括|包含|含(?!量)|分别(?:为|是)"),
    (Role.PERIOD, r"本月|当月|本季度?|本期(?!末|底)|本周|近期|当期|这个月|本旬|新近"),
    (
        Role.BEGUN,
        r"开工(?!以来)|在建|动工|启动建设|正在(?:建设|施工|装修|实施|办理)|主体(?:完工|封顶)|进入(?:装修|施工)|已?立项|进场|破土",
    ),
    (
        Role.TOTAL,
        r"累计|总计|共计|合计|总共|总数(?:为|达)?|一共|共有?(?!同|建|享|产|青|性)|截至|截止|1(?:月)?[-—–~～至到]\d{1,2}月份?|今年以来|年初以来|开年以来|加起来|拢共",
    ),
    (
        Role.NOW,
        r"已(?!于)|现(?=有|为|已|达|在|共)|目前|实际|至今|迄今|降(?:至|到|为)|下降(?:至|到|为)|减(?:至|到|为)|减少(?:至|到|为)|提(?:高|升)(?:至|到|为)|增(?:加|长)?(?:至|到|为)|上升(?:至|到|为)|压减(?:至|到|为)|稳定在|保持在?|维持在?|仍为|还是|了(?=\d)|缩小(?:至|到)|变为|到了|升(?:至|到)|涨到|落到|有了",
    ),
)
_MARK = re.compile("|".join(f"(?P<{role}>{words})" for role, words in _MARKS))
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d) ?(?:学年|年度?)")
_MONTH = re.compile(r"(?<![\d\-—–~至到截止 年])\d{1,2}月份?(?!底|末|前|\d|[一二三]?日|[上中下]旬)")
_BY = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|末)?(?:之?前|以前)")
_FINISHED = re.compile(r"已|累计|完成了|目前|共|以来")
_IS_TARGET = re.compile(r"^[^，,。；;、\d]{0,8}?的?(?:年度|全年|总|既定|工作)?(?:目标|任务|计划)(?!的?(?:完成|基本))")
_IS_LEFT = re.compile(
    r"^[^，,。；;、\d已]{0,10}(?:尚未|还未|还没有?|仍未|未(?=开|完|建|启|达|到|落)|没有?(?=开|完|建|启|达|到|落|交)|待(?=建|完|开))"
)
_IS_BEGUN = re.compile(r"^[^，,。；;、\d已]{0,8}(?:在建|正在|开工|动工|进入|主体|处于)")
_FROM = re.compile(r"(?:由|从|自)[^，,。；;]{0,16}$")
_TO = re.compile(r"^[^，,。；;\d]{0,6}(?:降|提|增|上升|下降|减|扩大|压|缩|变|到|升|涨|落)")
_FROM_TO = re.compile(r"(?:由|从|自)[^，,。；;]{0,16}\d[^，,。；;\d]{0,10}(?:至|到|为)了?[^，,。；;\d]{0,3}$")
_SHARE_WORDS = re.compile(
    r"(?:完成率|完成比例|完成度|完成进度|占(?:年度|全年|总)?(?:目标|任务|计划)[^，,。；;\d]{0,8}|进度(?:为|达)?|(?:目标|任务|计划)(?:任务|总?数|总量)?[^，,。；;\d]{0,6}的|完成|序时[^，,。；;\d]{0,6})(?:达到?|为|约|近|超|:)*$"
)
_SHARE_OF = re.compile(r"\s{0,2}(?:的?(?:进度|完成率))")
_DIVISION = re.compile(
    r"(?<![\u4e00-\u9fff各全])[\u4e00-\u9fff]{2,3}(?:县|区|市)(?![级直教属域内外（(、区]|[\u4e00-\u9fff]{0,3}(?:累计|共|合计|全))"
)
_SHORT_OF = re.compile(r"差|距|低于目标|缺")
_HELD = re.compile(r"不少于|不低于|不超过|要求|指标|应|需|确保|力争|争取")
"""Words of the plan that hold only the number right behind them: a repeated title says nothing of what follows it."""
_MONTH_END = re.compile(r"\d{1,2}月(?:底|末|\d{1,2}[日号])(?!之?前|以前|召开|印发|举办|至|到|[-—~])")
_SEPARATE = re.compile(r"[，,。；;：:！!？?\n（(）)]")
_ENDS = "。；;！!？?\n"
_COUNTED = re.compile(r"近(?=\d)|(?<=[目当日])前(?=[\d一二两三四五六七八九十])")
_COLON = re.compile(r"(?<=[^\d:]):(?=\d)")
"""近30所, 目前30所 and 论坛：1期 count; the grammar of plans takes what stands behind 近, 前 and a colon for a name."""
_CODE = re.compile(
    r"\s{0,8}(?:第|任务|【|\[|[（(])?\s{0,8}(?:(?:19|20)\d\d-\d{1,3}-\d{1,3}|\d{1,3}[.．]\d{1,3}(?![\d.]*(?:[%万亿所个名人元座项场]|\s{0,8}$)))(?!\d)|\s{0,8}(?:[（(]\d{1,2}[)）]|\d{1,2}[、.．)）](?!\d))"
)
"""The number of an item or a paragraph at its head."""
_ABOUT = re.compile(r"(?:约|大约|大概|近|将近|接近|估计|差不多|左右|逾|超过?)[^\d，,。；;]{0,2}$")
_ABOUT_AFTER = re.compile(r"^\s?(?:左右|上下|出头)")
_PAIR = re.compile(r"(?P<part>\d{1,7})\s?[/／]\s?(?P<whole>\d{1,7})(?![\d/年月日.])")


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what it is there for; offsets are into the stretch."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    role: Role
    about: bool
    near: str
    """The words before it in its clause."""
    after: str
    """The words behind it in its clause."""
    strong: bool
    """Its own clause says what it is there for."""
    division: bool = False
    """A county is named before it."""
    sort: Sort = Sort.THING


def find_numbers(words: str, on: date, divisions: Sequence[str] = ()) -> list[Number]:
    """Every number of a stretch in order, with its role.

    Args:
        words: the stretch.
        on: the day of asking: what lies in an earlier year is past.
        divisions: names of counties.
    """
    found: list[Number] = []
    coded = _CODE.match(words)
    if coded:
        words = "，" * coded.end() + words[coded.end() :]
    for start, end in find_sentences(words, 0, len(words)):
        found += _Sentence(words[start:end], start, on, divisions).numbers()
    return found


class _Sentence:
    """One sentence with its marks, asked for its numbers."""

    def __init__(self, words: str, begins: int, on: date, divisions: Sequence[str]) -> None:
        self.flat = level(words)
        self.counted = _COLON.sub("，", _COUNTED.sub("约", self.flat))
        self.begins = begins
        self.marks = sorted([*self._marks(), *self._times(on)])
        self.places = [start for start, _, _ in self.marks]
        self.commas = [found.start() for found in _SEPARATE.finditer(self.flat)]
        named = "|".join(re.escape(name) for name in divisions)
        counties = re.compile(named) if named else _DIVISION
        self.counties = [found.start() for found in counties.finditer(self.flat)]

    def _marks(self) -> list[tuple[int, int, Role]]:
        return [(found.start(), found.end(), Role(found.lastgroup or "")) for found in _MARK.finditer(self.flat)]

    def _times(self, on: date) -> list[tuple[int, int, Role]]:
        told = []
        for found in _YEAR.finditer(self.flat):
            year = int(found["year"])
            if year != on.year:
                told.append((found.start(), found.end(), Role.PAST if year < on.year else Role.TARGET))
        told += [(found.start(), found.end(), Role.PERIOD) for found in _MONTH.finditer(self.flat)]
        told += [(found.start(), found.end(), Role.TARGET) for found in _BY.finditer(self.flat)]
        told += [(found.start(), found.end(), Role.NOW) for found in _MONTH_END.finditer(self.flat)]
        return told

    def numbers(self) -> list[Number]:
        told: list[Number] = []
        for one in find_quantities(self.counted):
            start, end = self._clause(one.start, one.end)
            near, after = self.flat[start : one.start], self.flat[one.end : end]
            if self._is_none(one, near, after):
                continue
            told.append(self._number(one, start, near, after))
        return self._with_pairs(told)

    def _clause(self, begin: int, end: int) -> tuple[int, int]:
        at = bisect_right(self.commas, begin - 1)
        until = bisect_right(self.commas, end - 1)
        left = self.commas[at - 1] + 1 if at else 0
        return max(left, begin - 80), min(self.commas[until] if until < len(self.commas) else len(self.flat), end + 40)

    def _is_none(self, one: Quantity, near: str, after: str) -> bool:
        """A year, a day, an ordinal, a figure of speech."""
        if re.match(r"年(?:$|[^级])|月|日|号", after) and not one.unit:
            return True
        if one.sort is Sort.AGE or one.unit in {"日", "天", "周", "个月", "年", "时", "点"}:
            return True
        if not one.unit and re.search(r"[第:：]$", near) and not re.search(r"数[:：]$", near):
            return True
        if one.chinese and not counts(one, near, after):
            return not (
                one.unit
                and re.search(
                    r"(?:已|成|计|共|了|达|前|有|剩|余|到|为|是|数|[：:，,；;(（]|^)\s*$|已[^，]{0,6}$", near[-8:]
                )
            )
        return False

    def _number(self, one: Quantity, start: int, near: str, after: str) -> Number:
        role, strong = self._role(one, start, near, after)
        spot = bisect_right(self.counties, one.start) - 1
        county = spot >= 0 and self.counties[spot] >= start - 1
        unit = one.unit or unit_of(one, near, after)
        about = one.more or one.value_max is not None or bool(_ABOUT.search(near) or _ABOUT_AFTER.match(after))
        return Number(
            one.start + self.begins,
            one.end + self.begins,
            one.value,
            one.value_max,
            unit,
            role,
            about,
            near,
            after,
            strong,
            county,
            one.sort,
        )

    def _role(self, one: Quantity, start: int, near: str, after: str) -> tuple[Role, bool]:
        """By what follows, else by the nearest mark before it in its clause, else by the last in its sentence."""
        follows = self._by_what_follows(one, near, after)
        if follows:
            return follows, True
        at = bisect_right(self.places, one.start) - 1
        if at >= 0 and self.places[at] >= start:
            return self._nearest(at, start, near), True
        while at >= 0:
            role = self.marks[at][2]
            between = self.flat[self.marks[at][1] : start]
            if any(mark in between for mark in _ENDS):
                break
            said = self.flat[self.places[at] : self.marks[at][1]]
            if role in {Role.CHANGE, Role.LEFT, Role.BEGUN} or (role is Role.TARGET and _HELD.match(said)):
                at -= 1
                continue
            if role is Role.TARGET and self.marks[at][1] - self.marks[at][0] <= 4 and re.search(r"\d", between):  # noqa: PLR2004
                return Role.PLAIN, False
            return role, False
        return Role.PLAIN, False

    def _by_what_follows(self, one: Quantity, near: str, after: str) -> Role | None:
        if one.unit in {"%", "‰"} and (_SHARE_WORDS.search(near) or _SHARE_OF.match(after)):
            return Role.SHARE
        if _FROM.search(near) and _TO.match(after):
            return Role.PAST
        if _FROM_TO.search(near):
            return Role.NOW
        if _IS_LEFT.match(after):
            return Role.LEFT
        if _IS_TARGET.match(after) and not re.search(r"超(?:过|出)?$", near):
            return Role.TARGET
        if _IS_BEGUN.match(after):
            return Role.BEGUN
        if one.unit in {"个百分点", "百分点", "个点"}:
            return Role.LEFT if _SHORT_OF.search(near) else Role.CHANGE
        return None

    def _nearest(self, at: int, start: int, near: str) -> Role:
        """The nearest mark, with what an earlier one in the same clause adds to it."""
        role = self.marks[at][2]
        earlier = [self.marks[spot][2] for spot in range(at, -1, -1) if self.places[spot] >= start]
        if role is Role.NOW and Role.BEGUN in earlier[:2]:
            return Role.BEGUN
        if role is Role.PAST and (Role.CHANGE in earlier or re.search(r"(?:较|比)(?:去年|上年|上月|年初)", near)):
            return Role.PAST if re.search(r"(?:为|是|达|有|的)[^，,\d]{0,4}$", near) else Role.CHANGE
        if role in {Role.NOW, Role.TOTAL} and Role.PAST in earlier and not _later(earlier):
            return Role.PAST
        if role in {Role.NOW, Role.TOTAL} and earlier[1:2] == [Role.PART]:
            return Role.PART
        if role is Role.NOW and Role.PERIOD in earlier and Role.TOTAL not in earlier:
            return Role.PERIOD
        if role is Role.TOTAL and Role.TARGET in earlier and "截" not in near:
            return Role.TARGET if not _FINISHED.search(near) else role
        return Role.TOTAL if role is Role.NOW and Role.TOTAL in earlier else role

    def _with_pairs(self, told: list[Number]) -> list[Number]:
        """27/50所: the first is how it stands, the second the target."""
        for found in _PAIR.finditer(self.flat):
            start, end = found.start() + self.begins, found.end() + self.begins
            if int(found["part"]) > int(found["whole"]) * 3:
                continue
            beside = [one for one in told if start <= one.start <= end]
            if not beside:
                continue
            told = [one for one in told if one not in beside]
            model = beside[-1]
            value = Decimal(found["part"])
            told.append(
                Number(
                    start, start + len(found["part"]), value, None, model.unit, Role.NOW, False, model.near, "", True
                )
            )
        return sorted(told, key=lambda one: one.start)


def _later(earlier: Sequence[Role]) -> bool:
    """Whether 今年 or 目前 stands behind the word of the past: then the number is today's."""
    return earlier.index(Role.PAST) > 1 and earlier[0] in {Role.NOW, Role.TOTAL}
