"""What a person is asked before a figure is taken over."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from luoshi.reading.replies.choosing import Choice
from luoshi.reading.replies.reply import Answer, Part, Told, Wanted
from luoshi.spine import Comparator
from luoshi.words.findings import Finding, Severity

_OLD = 100
"""Days after which a figure is old."""
_FAR = Decimal(3)
"""A count of more than so many times its target is rather a wrong unit."""
_LESS = frozenset({Comparator.AT_MOST, Comparator.NONE})


def question(place: str, what: str, rule: str, remedy: str) -> Finding:
    """A doubt."""
    return Finding(place, what, rule, remedy, Severity.ASKS)


def about_items(part: Part, item: Wanted, away: bool, sender: str) -> Iterator[Finding]:  # noqa: FBT001
    """An item of another section."""
    if away and sender:
        what = f"{item.number} 由{item.office or '、'.join(item.divisions)}牵头，报送的是{sender}"
        yield question(part.place, what, "由牵头科室报送", "请核对是否这一项")


def about_values(part: Part, item: Wanted, choices: Sequence[Choice], *, nothing_new: bool) -> Iterator[Finding]:
    """Figures that do not fit what is known."""
    for at, choice in enumerate(choices):
        if choice.told is None:
            continue
        target = item.targets[at]
        value = choice.told.value
        if at == 0 and item.last_value is not None:
            yield from _against_last(part, choice.told, item.last_value, target.comparator, nothing_new=nothing_new)
        if target.unit == "%" and value > 100 and target.value is not None and target.value <= 100:  # noqa: PLR2004
            yield question(part.place, f"比例是 {choice.told.printed}", "比例不超过 100%", "请核对")
        elif target.unit != "%" and target.value and value > _FAR * target.value and target.comparator not in _LESS:
            what = f"{choice.told.printed}，目标只有 {target.value.normalize():f}{target.unit}"
            yield question(part.place, what, "完成数远超目标时多为单位或口径有误", "请核对单位和口径")


def _against_last(
    part: Part, told: Told, last: Decimal, comparator: Comparator, *, nothing_new: bool
) -> Iterator[Finding]:
    back = told.value > last if comparator in _LESS else told.value < last
    if back:
        what = f"{told.printed}，上次是 {last.normalize():f}"
        yield question(part.place, what, "累计数不应倒退", "请问清原因，或核对是否本期数")
    elif nothing_new and told.value != last:
        what = f"说无新进展，数是 {told.printed}，上次是 {last.normalize():f}"
        yield question(part.place, what, "无新进展时数不变", "请核对")


def about_days(part: Part, day: date | None, on: date, told: bool) -> Iterator[Finding]:  # noqa: FBT001
    """A day to come, or long past."""
    if day is None or not told:
        return
    if day > on:
        yield question(part.place, f"数据截至 {day}，还没有到", "数据时点不晚于收数日", "请核对日期")
    elif (on - day).days > _OLD:
        yield question(part.place, f"数据截至 {day}，已过 {(on - day).days} 天", "须报本期的数", "请核对是否旧数")


def once_each(answers: Sequence[Answer], wanted: Sequence[Wanted]) -> tuple[Answer, ...]:
    """Answers with what they repeat joined: an item told twice alike is told once, told twice differently is asked."""
    kept: list[Answer] = []
    places: dict[int, int] = {}
    numbers = {one.id: one.number for one in wanted}
    for one in answers:
        at = places.get(one.item) if one.item is not None else None
        if at is None or one.item is None:
            if one.item is not None:
                places[one.item] = len(kept)
            kept.append(one)
            continue
        earlier = kept[at]
        if _disagree(earlier, one):
            what = f"{numbers[one.item]} 报了两次，数不同：{_printed(earlier)}（{earlier.part.place}）、{_printed(one)}（{one.part.place}）"
            asked = question(one.part.place, what, "一项只报一个数", "请问清以哪个为准")
            kept[at] = replace(earlier, doubts=(*earlier.doubts, asked))
            kept.append(replace(one, doubts=(*one.doubts, asked)))
        else:
            kept[at] = _joined(earlier, one)
    return tuple(kept)


def _values(one: Answer) -> list[Decimal | None]:
    return [told.value if told else None for told in one.figures]


def _disagree(one: Answer, other: Answer) -> bool:
    pairs = zip(_values(one), _values(other), strict=False)
    differ = any(a is not None and b is not None and a != b for a, b in pairs)
    return differ or one.nothing_new != other.nothing_new


def _printed(one: Answer) -> str:
    return one.figure.printed if one.figure else "无新进展" if one.nothing_new else "没有数"


def _joined(one: Answer, other: Answer) -> Answer:
    """Two answers for one item that do not disagree: the one with the figure, words of both.

    The doubts of the one whose figure is taken stay; where only one is sure of the item, that one is taken.
    """
    first, second = (other, one) if (bool(other.figure), other.sure) > (bool(one.figure), one.sure) else (one, other)
    words = first.words if second.words in first.words else f"{first.words}；{second.words}"
    if len(words) > 200:  # noqa: PLR2004
        words = first.words
    agree = bool(second.figure) and not second.doubts and second.sure
    return replace(
        first,
        words=words,
        sure=first.sure or agree,
        doubts=first.doubts if agree or not second.asks else (*first.doubts, *second.doubts),
        trouble=first.trouble or second.trouble,
        next_step=first.next_step or second.next_step,
    )
