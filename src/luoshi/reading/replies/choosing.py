"""Which number of a stretch is the figure of a target; what is not plain is asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from luoshi.reading.grammar.measures import Sort, sort_of
from luoshi.reading.grammar.numerals import level
from luoshi.reading.replies.cell import read_cell
from luoshi.reading.replies.likeness import grams
from luoshi.reading.replies.reply import Claim, Part, Told, Wanted, WantedTarget
from luoshi.reading.replies.roles import Number, Role, find_numbers
from luoshi.spine import Comparator

_ALIKE = (
    frozenset("所 家 个 座 处 间 园".split()),
    frozenset("人 名 位 个人".split()),
    frozenset("场 次 期 场次 轮 遍".split()),
    frozenset("人次 人 名".split()),
    frozenset("项 个 件 条 份".split()),
    frozenset("套 间".split()),
    frozenset("辆 台".split()),
    frozenset("对 个".split()),
    frozenset("节 堂 个 门".split()),
    frozenset("% 成".split()),
)
_ANY = 0.25
_TAIL = 4
"""Characters before a number that show whether it is quoted from the plan."""
_COUNTED_TWICE = frozenset({"人", "人次", "名"})
_RANK = {Role.TOTAL: 5.0, Role.NOW: 4.0, Role.PLAIN: 2.5, Role.BEGUN: 1.0, Role.PERIOD: 0.5}
_LESS = frozenset({Comparator.NONE, Comparator.AT_MOST})
_CLOSE = 0.8
"""Two numbers whose ranks lie this near are both possible."""
_ALL_SAID = re.compile(r"全覆盖|全部|百分之百|均已|应\S尽\S|全员|每[所校县]均|所有\S{1,10}(?:均|都|已)")
_NONE_SAID = re.compile(
    r"清零|(?:已|全部|全面|均|彻底)[^，,。；;\d]{0,6}(?:消除|化解|取缔|清理完)|没有(?:发现|出现|发生)|未发生|未发现|无\S{0,8}(?:发生|问题|空白)"
)
_OPEN = re.compile(r"未|没有(?!出现|发生|发现)|还有|正在|推进中|力争|确保|争取|部分|基本|将|继续")
_VERB = re.compile(
    r"开工|动工|建成|完工|竣工|投入使用|投用|到岗|招聘|签约|录用|认定|评选|申报|培训|立项|主体|封顶|验收|交付|命名|公示|启用|遴选|新增|创建"
)
_CONTENT = re.compile(r"[\u4e00-\u9fff]{2,}")
_PLAIN_WORDS = re.compile(
    r"已经?|累计|也就是|就是|我们|这边|一共|又|还|有|共计?|完成|建成|目前|截至|达到?|实现|全市|我[县区市科]|合计|总数|现有|实际|新增|新建|了|为|其中|全部|今年|以来|本月|底|月份?|约|近|日|年|任务|目标|提高|降|提升|至|到|由|从|左右|,"
)
_MOST_PAIRS = 12


@dataclass(slots=True)
class Choice:
    """The figure of one target, and what has to be asked about it."""

    told: Told | None = None
    number: Number | None = None
    asks: list[tuple[str, str, str]] = field(default_factory=list)
    """What was met, which rule, what to do."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The words figures are looked for in, and what is known about them."""

    words: str
    numbers: Sequence[Number]
    on: date
    """The day of asking."""
    day: date | None
    claim: Claim | None
    cells: Mapping[str, str]


def stretch(
    words: str, part: Part, on: date, day: date | None, claim: Claim | None, divisions: Sequence[str]
) -> Stretch:
    """A stretch with its numbers found."""
    return Stretch(words, find_numbers(words, on, divisions), on, day, claim, part.cells)


def choose(here: Stretch, item: Wanted) -> list[Choice]:
    """The figure of each target of an item; of an item without targets none."""
    ranked = [_ranked(here, item, target, alone=len(item.targets) == 1) for target in item.targets]
    return [_one(here, item, at, told) for at, told in enumerate(_shared_out(ranked))]


def _shared_out(ranked: Sequence[list[tuple[float, Number]]]) -> list[list[tuple[float, Number]]]:
    """Each number for the one target it fits best: 骨干教师165名、名师工作室9个 are two figures of two targets."""
    if len(ranked) < 2:  # noqa: PLR2004
        return list(ranked)
    ways = sorted(
        ((rank, at, one.start) for at, told in enumerate(ranked) for rank, one in told), key=lambda way: -way[0]
    )
    owner: dict[int, int] = {}
    held: set[int] = set()
    for _, at, start in ways:
        if start not in owner and at not in held:
            owner[start] = at
            held.add(at)
    return [[pair for pair in told if owner.get(pair[1].start, at) == at] for at, told in enumerate(ranked)]


def _one(here: Stretch, item: Wanted, at: int, ranked: list[tuple[float, Number]]) -> Choice:
    target = item.targets[at]
    choice = Choice()
    cell = _of_cell(here, item, target, at)
    if cell is not None:
        choice.told = cell
        _compare_with_words(choice, ranked, cell)
        return choice
    if not ranked:
        choice.told = _implied(here, item, target)
        if choice.told is None:
            _why_none(choice, here, item, target)
        return choice
    best = ranked[0][1]
    choice.number = best
    choice.told = _told(here, best)
    _doubt(choice, here, item, target, ranked)
    return choice


def measures(unit: str, wanted: str) -> float:
    """How well a unit fits a target's: 1 the same, 0.5 another word for it, 0.25 none or only 个 printed, 0 another measure."""
    if unit == wanted:
        return 1.0
    if any(unit in alike and wanted in alike for alike in _ALIKE):
        return 0.5
    if not unit or (unit == "个" and sort_of(wanted) is Sort.THING):
        return 0.0 if wanted in {"%", "‰"} else _ANY
    return 0.0


def _ranked(here: Stretch, item: Wanted, target: WantedTarget, *, alone: bool) -> list[tuple[float, Number]]:
    """Numbers that may be the target's, best first."""
    own = set(grams(f"{item.title} {item.clause} {target.subject} {' '.join(target.phrases)}"))
    said = set(grams(target.subject)) or own
    words = f"{item.title} {target.subject}"
    told = []
    fits = {one.start: measures(one.unit, target.unit) for one in here.numbers}
    best = max(
        (fit for one in here.numbers if (fit := fits[one.start]) and one.role in {*_RANK, Role.LEFT}), default=0.0
    )
    for one in here.numbers:
        rank = None if _repeats(one, here, item) else _rank(one, target, words)
        if fits[one.start] and rank is not None and fits[one.start] >= min(best, 0.5):
            near = grams(f"{one.near}，{one.after[:12]}")
            like = sum(gram in said for gram in near) / max(1, min(len(near), len(said)))
            rank += like * (1.2 if alone else 2.5) + fits[one.start] + 0.4 * one.strong
            rank -= (
                2.5 * _foreign(one, own)
                + 3.0 * one.division
                + 1.5 * (one.value == target.value and one.role is Role.PLAIN)
            )
            rank += _by_verb(one, words)
            told.append((rank, one))
    return sorted(told, key=lambda pair: (-pair[0], pair[1].start))


def _repeats(one: Number, here: Stretch, item: Wanted) -> bool:
    """Whether a number is a target in the plan's own words: nobody knows whether it was reached, unless it says so."""
    if here.claim is Claim.DONE or one.role is Role.SHARE:
        return False
    return any(_is_quoted(one, here, item, target) for target in item.targets)


def _is_quoted(one: Number, here: Stretch, item: Wanted, target: WantedTarget) -> bool:
    """Whether a number and the words before it stand so in the plan."""
    if one.value != target.value:
        return False
    printed = level(f"{one.near[-_TAIL:]}{here.words[one.start : one.end]}").strip()
    return len(one.near.strip()) > 1 and printed in level(f"{item.clause} {item.title}")


def _rank(one: Number, target: WantedTarget, words: str) -> float | None:
    """How likely a number of this role is the figure; None for never."""
    compared = re.search(r"较上年|比上年|同比|比去年|较去年|压减|下降\d?", words)
    if one.role is Role.LEFT:
        return 4.5 if target.comparator in _LESS or target.comparator is Comparator.NONE else None
    if one.role is Role.CHANGE:
        return 3.5 if compared and one.unit == target.unit else None
    if one.role is Role.SHARE:
        return (
            3.5
            if one.unit == target.unit
            and re.search(r"完成率|治理率|整改率|完成比例|办结率|达标率|支出进度|进度", words)
            else None
        )
    if one.role is Role.PART:
        return 2.0 if "其中" in words else None
    return _RANK.get(one.role)


def _by_verb(one: Number, words: str) -> float:
    """建成 for what is to be built, 到岗 for who is to be in place: the act beside the number against the item's."""
    acts = set(_VERB.findall(one.near + one.after[:6])) - {"新增"}
    return 0.5 if acts & set(_VERB.findall(words)) else 0.0


def _foreign(one: Number, own: set[str]) -> bool:
    """Whether the words around a number name something the item does not speak of."""
    around = _PLAIN_WORDS.sub(" ", f"{one.near} {re.split('[、，,。；;]', one.after)[0][:10]}")
    said = [run for run in _CONTENT.findall(around) if len(run) > 1]
    pairs = {run[at : at + 2] for run in said for at in range(len(run) - 1)}
    letters = {letter for gram in own for letter in gram}
    return (
        len(pairs) > 1
        and not pairs & own
        and sum(letter in letters for run in said for letter in run) * 2 < sum(map(len, said))
    )


def _of_cell(here: Stretch, item: Wanted, target: WantedTarget, at: int) -> Told | None:
    """The figure of a row's own column."""
    found = read_cell(here.cells.get("value", ""), here.cells.get("value:name", ""), here.cells.get("unit", ""))
    if found is None:
        return None
    value, unit, about, printed = found
    fit = measures(unit, target.unit) if unit else 1.0
    others = [measures(unit, one.unit) for one in item.targets[:at]]
    if not fit or (at and (not unit or max(others) >= fit)):
        return None
    part, whole = _counts(here.numbers, value) if target.unit == "%" else (None, None)
    return Told(value, unit or target.unit, about, here.day, part, whole, 0, 0, printed)


def _told(here: Stretch, one: Number) -> Told:
    part, whole = _counts(here.numbers, one.value) if one.unit == "%" else (None, None)
    return Told(
        one.value, one.unit, one.about, here.day, part, whole, one.start, one.end, here.words[one.start : one.end]
    )


def _counts(numbers: Sequence[Number], rate: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The two counts of the stretch whose quotient the rate is."""
    told = [one for one in numbers if one.unit not in {"%", "‰", "个百分点"} and one.value > 0][:_MOST_PAIRS]
    places = Decimal(1).scaleb(min(0, int(rate.as_tuple().exponent)))
    for part in told:
        for whole in told:
            if part.value < whole.value and part.unit == whole.unit:
                found = (part.value * 100 / whole.value).quantize(places, rounding=ROUND_HALF_UP)
                if found == rate:
                    return part.value, whole.value
    return None, None


def _implied(here: Stretch, item: Wanted, target: WantedTarget) -> Told | None:
    """What words say without a number: 已全覆盖 is all, 已清零 none, 尚未开工 nothing yet."""
    if target.comparator is Comparator.ALL and here.claim is not Claim.NOT_BEGUN:
        found = _claimed(_ALL_SAID, here.words, item)
        return _said(here, Decimal(100), target, found) if found and not _OPEN.search(here.words) else None
    if target.comparator is Comparator.NONE:
        found = _claimed(_NONE_SAID, here.words, item)
        return _said(here, Decimal(0), target, found) if found and not _OPEN.search(here.words) else None
    counted = target.comparator not in _LESS and target.unit not in {"%", "‰"}
    if counted and here.claim is Claim.NOT_BEGUN and not here.numbers:
        found = re.search(r"未|没", here.words)
        return _said(here, Decimal(0), target, found) if found else None
    return None


def _claimed(pattern: re.Pattern[str], words: str, item: Wanted) -> re.Match[str] | None:
    """A saying that claims something: 已 stands before it, or the plan's own sentence does not have it."""
    for found in pattern.finditer(words):
        around = words[max(0, found.start() - 10) : found.end() + 2]
        if re.search(r"已|均|都|了|现", around) or found[0] not in f"{item.clause}\n{item.title}":
            return found
    return None


def _said(here: Stretch, value: Decimal, target: WantedTarget, found: re.Match[str]) -> Told:
    return Told(value, target.unit, False, here.day, None, None, found.start(), found.end(), found[0])


def _compare_with_words(choice: Choice, ranked: Sequence[tuple[float, Number]], cell: Told) -> None:
    """A row says its figure twice: both must agree."""
    strong = [one for rank, one in ranked if one.role in {Role.TOTAL, Role.NOW} and one.strong and rank > 4]  # noqa: PLR2004
    if strong and all(one.value != cell.value for one in strong):
        choice.asks.append(
            (
                f"数据栏是 {cell.printed}，文字里是 {_shown(strong[0].value)}{strong[0].unit}",
                "同一项的数须前后一致",
                "请问清以哪个为准",
            )
        )


def _why_none(choice: Choice, here: Stretch, item: Wanted, target: WantedTarget) -> None:
    """No figure, although numbers of its measure stand there."""
    held = [one for one in here.numbers if measures(one.unit, target.unit)]
    if all(one.role is Role.CHANGE for one in held) and (printed := _unread(here, item, target.unit)):
        choice.asks.append((f"“{printed}”没有采用", "须报完成数", "请核对是不是完成数"))
    if any(one.role is Role.PAST for one in held):
        choice.asks.append(("只有去年或上期的数", "须报本期的数", "请补报截至本期的数"))
    elif any(one.value == target.value for one in held):
        choice.asks.append(("只重复了目标，没有完成数", "须报完成数", "请补报截至本期的数"))
    elif any(one.division for one in held):
        choice.asks.append(("只有各县（市、区）的数，没有合计", "须报合计", "请核对并填合计数"))
    elif held and any(one.role in {Role.TARGET, Role.LEFT, Role.PART} for one in held):
        printed = here.words[held[0].start : held[0].end]
        choice.asks.append((f"“{held[0].near[-10:]}{printed}”不像完成数，没有采用", "须报完成数", "请核对"))
    elif not held and (other := next((one for one in here.numbers if _is_of_another_measure(one, item)), None)):
        printed = here.words[other.start : other.end]
        choice.asks.append((f"“{printed}”单位与目标（{target.unit}）不同，没有采用", "须按目标的单位报数", "请核对"))


def _is_of_another_measure(one: Number, item: Wanted) -> bool:
    """Whether a count of how it stands is in a measure that no target of the item has."""
    told = one.strong if one.role is Role.TOTAL else one.role is Role.NOW and one.unit in {"%", "‰"}
    return told and not any(measures(one.unit, target.unit) for target in item.targets)


def _unread(here: Stretch, item: Wanted, unit: str) -> str:
    """A number with the target's unit that stands in the words and was not taken for one; "" for none."""
    if not unit or unit in {"%", "‰", "个百分点"}:
        return ""
    pattern = re.compile(rf"(?:\d[\d.,]{{0,10}}|[一二两三四五六七八九十百千]{{1,6}})[万余多来]?{re.escape(unit)}")
    held = f"{level(item.clause)}{level(item.title)}"
    return next((found[0] for found in pattern.finditer(level(here.words)) if found[0] not in held), "")


def _doubt(
    choice: Choice, here: Stretch, item: Wanted, target: WantedTarget, ranked: Sequence[tuple[float, Number]]
) -> None:
    """What is not plain about the number that was chosen."""
    rank, best = ranked[0]
    others = [
        one
        for score, one in ranked[1:]
        if one.value != best.value and (score > rank - _CLOSE or _says_as_much(one, target))
    ]
    if others:
        listed = "、".join(f"{_shown(one.value)}{one.unit}" for one in [best, *others][:4])
        choice.asks.append((f"有几个数：{listed}", "一个目标只取一个数", "请选定一个"))
    if best.division:
        choice.asks.append((f"“{choice.told and choice.told.printed}”像是一个县（市、区）的数", "须报合计", "请核对"))
    if best.role is Role.PERIOD:
        choice.asks.append(
            (f"“{best.near[-10:]}{here.words[best.start : best.end]}”像是本期新增数", "须报累计数", "请核对是否累计")
        )
    if best.role is Role.BEGUN:
        choice.asks.append((f"“{here.words[best.start : best.end]}”说的是开工或在建", "开工不等于完成", "请核对完成数"))
    if best.value == target.value and (best.role is Role.PLAIN or _is_quoted(best, here, item, target)):
        choice.asks.append(
            (f"“{here.words[best.start : best.end]}”与目标值相同", "目标不当作完成数", "请核对是否已经完成")
        )
    if best.role is Role.PLAIN and target.value and best.value > target.value and _like_the_plan(best, here):
        printed = here.words[best.start : best.end]
        choice.asks.append((f"“{best.near[-12:]}{printed}”没有说已经完成", "须报完成数", "请核对是完成数还是任务数"))
    if best.value_max is not None:
        choice.asks.append((f"“{here.words[best.start : best.end]}”是一个范围", "须报一个数", "请问清实数"))
    if _foreign(best, set(grams(f"{item.title} {item.clause} {target.subject}"))) or not _is_same_measure(
        best.unit, target.unit
    ):
        choice.asks.append(
            (
                f"“{best.near[-12:]}{here.words[best.start : best.end]}{best.after[:6]}”说的也许不是这一项",
                f"目标是{target.subject or item.title[:20]}，单位“{target.unit}”",
                "请核对",
            )
        )


def _says_as_much(one: Number, target: WantedTarget) -> bool:
    """Whether a number is told as how it stands (累计, 目前为): beside another one, it may be the one that is meant."""
    return one.role in {Role.TOTAL, Role.NOW} and one.strong and one.unit == target.unit and not one.division


def _like_the_plan(best: Number, here: Stretch) -> bool:
    """Whether a number stands in a clause that may as well be the plan's: an act, its object, a number, and no more."""
    if here.claim is Claim.DONE or not _CONTENT.search(best.near):
        return False
    return not re.search(r"[为是有达了:：]\s*$|\s$", best.near) and len(best.near.strip()) > 1


def _is_same_measure(unit: str, wanted: str) -> bool:
    if unit == wanted:
        return True
    fit = measures(unit, wanted)
    return (fit >= 0.5 or not unit) and not ({unit, wanted} <= _COUNTED_TWICE and "人次" in {unit, wanted})  # noqa: PLR2004


def _shown(value: Decimal) -> str:
    return f"{value.normalize():f}"
