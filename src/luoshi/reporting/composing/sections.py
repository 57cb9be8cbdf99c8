"""The five parts of a bulletin, each a list of paragraphs."""

from collections.abc import Iterator, Sequence
from datetime import date

from luoshi.reporting.composing.attached import in_order
from luoshi.reporting.composing.facts import (
    Item,
    Progress,
    Situation,
    UnitFigure,
    as_situation,
    counts,
    lagging,
    situation,
)
from luoshi.reporting.composing.wording import (
    amount_of,
    between,
    count,
    day_in,
    distinct,
    due_of,
    gap_of,
    joined,
    listed,
    missing_of,
    restrained,
    share,
    unit_name,
)
from luoshi.reporting.official.document import Block, Figure, Text
from luoshi.reporting.official.numbers import official_day

_MOST_UNITS = 20
_WORDS = {Situation.BEHIND: "未达序时进度", Situation.OVERDUE: "已过完成时限，尚未完成"}
_SAID = {
    Situation.DONE: "已完成",
    Situation.AHEAD: "推进快于序时进度",
    Situation.ON_COURSE: "达到序时进度",
    Situation.ADVANCING: "正在推进",
    Situation.COORDINATED: "正在协调推进",
}


def overall(progress: Progress) -> Iterator[Block]:
    """一、总体情况: every count, which together are all items."""
    total, told = len(progress.items), counts(progress.items)
    day = official_day(progress.on)
    if not total:
        yield Block("overall.1", (f"截至{day}，未立项督查事项。",))
        return
    named = [_counted(one, told[one], total) for one in Situation if told[one]]
    opening: Text = (f"截至{day}，共立项督查事项", count("total", total), "项。其中，")
    yield Block("overall.1", joined(opening, between(named, "；"), "。"))
    if progress.previous:
        yield Block("overall.2", _compared(progress, told))
    closed = [item for item in progress.items if item.closed and situation(item) is Situation.DONE]
    if closed:
        yield Block(
            "overall.3",
            joined(("本期新完成", count("closed", len(closed)), f"项：{listed([x.title for x in closed])}。")),
        )
    else:
        yield Block("overall.3", ("本期无新完成事项。",))


def _counted(one: Situation, part: int, total: int) -> Text:
    return (f"{one}", count(one.name.lower(), part), "项，占", Figure(share(part, total), f"share:{one.name.lower()}"))


def _compared(progress: Progress, told: dict[Situation, int]) -> Text:
    named: list[Text] = []
    for one in (Situation.DONE, Situation.BEHIND, Situation.OVERDUE):
        more = told[one] - progress.previous.get(one, 0)
        word = "持平" if not more else ("增加" if more > 0 else "减少")
        amount: Text = (count(f"{one.name.lower()}:change", abs(more)), "项") if more else ()
        named.append(joined(f"{one}{word}", amount))
    return joined("与上期相比，", between(named, "，"), "。")


def advances(progress: Progress) -> Iterator[Block]:
    """二、主要进展, by 板块: figures first, then what has none; nothing of what lags."""
    told = [item for item in progress.items if situation(item) in _SAID or situation(item) is Situation.STANDING]
    if not told:
        yield Block("advances.none", ("本期无可通报的进展。",))
    for at, section in enumerate(distinct(item.section for item in told), 1):
        items = [item for item in told if item.section == section]
        yield Block(f"advances.{at}.title", (section,), level=2)
        yield Block(f"advances.{at}", joined(between(_of_section(items, progress.on.year), "；"), "。"))


def _of_section(items: Sequence[Item], year: int) -> Iterator[Text]:
    with_figures = [item for item in items if item.amount and item.amount.verified and situation(item) in _SAID]
    for item in with_figures:
        yield _with_figure(item, year)
    for one, said in _SAID.items():
        titles = [item.title for item in items if item not in with_figures and situation(item) is one]
        if titles:
            yield (f"{listed(titles)}{said}",)
    standing = [item.title for item in items if situation(item) is Situation.STANDING]
    if standing:
        yield (f"{listed(standing, 2)}常态化推进",)


def _with_figure(item: Item, year: int) -> Text:
    """大班额比例降至2.5%以内，截至9月1日为2.75%，达到序时进度."""
    day = day_in(item.amount.on, year) if item.amount else ""
    return joined(f"{restrained(item.title)}，截至{day}为", amount_of(item), f"，{_SAID[situation(item)]}")


def praised(progress: Progress) -> Iterator[Block]:
    """三、推进较好的单位和做法: offices, units that reached the year's target, practices a person wrote."""
    sentences: list[Text] = []
    good = [
        item
        for item in progress.items
        if situation(item) is Situation.AHEAD or (item.closed and situation(item) is Situation.DONE)
    ]
    offices = [_merits(office, [x for x in good if x.office == office]) for office in distinct(x.office for x in good)]
    if offices:
        sentences.append(("；".join(offices) + "。",))
    for indicator in distinct(one.indicator for one in progress.figures):
        reached = [one for one in _of(progress, indicator) if one.missing is not None and one.missing <= 0]
        if reached:
            names = distinct(unit_name(x.unit, school=x.school, named_by=progress.named_by) for x in reached)
            whole = len(reached) == len([one for one in progress.figures if one.indicator == indicator])
            who = "各单位" if whole else "、".join(names)
            sentences.append((f"{who}{indicator}已达到年度目标。",))
    for practice in progress.practices:
        name = unit_name(practice.unit, school=practice.school, named_by=progress.named_by)
        sentences.append((f"{name}：{restrained(practice.words)}。",))
    if not sentences:
        sentences.append(("本期无新增推进较好的单位和做法。",))
    for at, text in enumerate(sentences, 1):
        yield Block(f"praised.{at}", text)


def _merits(office: str, items: Sequence[Item]) -> str:
    done = [item.title for item in items if situation(item) is Situation.DONE]
    ahead = [item.title for item in items if situation(item) is Situation.AHEAD]
    said = [f"{listed(done, 2)}本期完成"] if done else []
    said += [f"{listed(ahead, 2)}推进快于序时进度"] if ahead else []
    return f"{office}牵头的{'，'.join(said)}"


def problems(progress: Progress) -> Iterator[Block]:
    """四、存在问题: one sentence an item, then the distances of units, then what is not known."""
    behind = lagging(progress.items)
    if not behind:
        yield Block("problems.none", ("本期无欠进度事项。",))
    for at, item in enumerate(behind, 1):
        yield Block(f"problems.{at}", _problem(item, progress.on.year), level=3)
    for at, indicator in enumerate(distinct(one.indicator for one in progress.figures), 1):
        short = [one for one in _of(progress, indicator) if one.missing is not None and one.missing > 0]
        if short:
            yield Block(f"problems.unit.{at}", _distances(indicator, short, progress))
    unknown = [item for item in progress.items if situation(item) is Situation.UNKNOWN]
    if unknown:
        text: Text = (
            "另有",
            count("unknown", len(unknown)),
            f"项尚无核定数据或核定结论，待核实：{listed([x.title for x in unknown])}。",
        )
        yield Block("problems.unknown", text)


def _problem(item: Item, year: int) -> Text:
    units = f"，涉及{'、'.join(item.units)}" if item.units else ""
    target = f"，目标为{restrained(item.target)}" if item.target else ""
    value = amount_of(item)
    if value and item.amount and item.amount.verified:
        value = joined(f"截至{day_in(item.amount.on, year)}为", value)
    words = _WORDS[as_situation(item, item.judged or item.computed)]
    cause = f"；{restrained(item.cause)}" if item.cause else "；原因待牵头科室说明"
    head = f"{restrained(item.title)}（{item.office}牵头{units}）{target}"
    return joined(between([(head,), value, gap_of(item), (words,)], "，"), cause, "。")


def _distances(indicator: str, short: Sequence[UnitFigure], progress: Progress) -> Text:
    named = [
        joined(unit_name(one.unit, school=one.school, named_by=progress.named_by), "（", missing_of(one), "）")
        for one in short[:_MOST_UNITS]
    ]
    return joined(f"从各单位看，{indicator}距年度目标尚有差距的：", between(named, "、"), "。")


def demands(progress: Progress) -> Iterator[Block]:
    """五、下步要求: 时限, 责任, what is due next, 回头看."""
    behind = lagging(progress.items)
    by = f"{official_day(progress.answer_by)}前" if progress.answer_by else "收到通报后"
    if behind:
        offices = "、".join(distinct(item.office for item in behind))
        what: Text = (f"{offices}对进展滞后的", count("lagging", len(behind)), f"项，{by}报送整改措施和完成时限。")
        yield Block("demands.time", joined("严格时限。", what), level=3)
    else:
        yield Block("demands.time", ("严格时限。各牵头科室按序时进度推进，如期完成。",), level=3)
    steps = [f"{item.office}{restrained(item.next_step)}{_until(item, progress)}" for item in behind if item.next_step]
    duty = f"{'；'.join(steps)}。" if steps else ""
    text = f"压实责任。牵头科室负总责，配合科室和各单位按职责分工落实。{duty}"
    yield Block("demands.duty", (text,), level=3)
    due = due_next(progress)
    if due:
        text = f"抓好下期到期事项。{listed([item.title for item in due])}下月到期，牵头科室要提前自查。"
        yield Block("demands.due", (text,), level=3)
    yield Block("demands.again", ("开展“回头看”。督查室对通报事项逐项核对，结果列入下期通报。",), level=3)


def _until(item: Item, progress: Progress) -> str:
    """The limit while it lies ahead; one that is past is no demand any more."""
    if item.due is None or item.due <= progress.on:
        return ""
    return f"（{due_of(item, progress.on.year)}前）"


def due_next(progress: Progress) -> list[Item]:
    """What is due in the month after the day of the bulletin and not done, by day."""
    year, month = divmod(progress.on.year * 12 + progress.on.month, 12)
    first = date(year, month + 1, 1)
    later = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    due = [x for x in progress.items if x.due and first <= x.due < later and situation(x) is not Situation.DONE]
    return sorted(due, key=lambda item: (item.due or first, item.key))


def _of(progress: Progress, indicator: str) -> list[UnitFigure]:
    figures = [one for one in progress.figures if one.indicator == indicator]
    return [one for one in in_order(figures, progress) if one.verified]
