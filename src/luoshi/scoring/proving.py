"""What no rubric may be: found when it is declared, and when a bureau changes its weights."""

from collections.abc import Iterator
from decimal import Decimal

from luoshi.scoring.nouns import TOP, Group, Item, Marking, Scheme
from luoshi.words.findings import Finding

_FIX = "请改到相符后再保存"


def wrongs(scheme: Scheme) -> Iterator[Finding]:
    """All that is wrong with a rubric."""
    yield from _of_points(scheme)
    for one in scheme.items.values():
        yield from _of_item(scheme, one)
    yield from _of_grades(scheme)
    if scheme.judges < 1 or scheme.trim < 0 or scheme.judges <= 2 * scheme.trim:
        rule = "去掉最高分、最低分后至少留一份"
        yield _no(scheme.label, f"评委{scheme.judges}人，各去{scheme.trim}份", rule)


def _of_points(scheme: Scheme) -> Iterator[Finding]:
    if not scheme.items:
        yield _no(scheme.label, "没有指标", "评价表至少有一项指标")
    both: list[Group | Item] = [*scheme.groups.values(), *scheme.items.values()]
    for one in both:
        inside = one.group if isinstance(one, Item) else one.within
        if inside != TOP and inside not in scheme.groups:
            yield _no(one.label, f"所在的组是“{inside}”", "指标在评价表的组里")
        if one.points < 0:
            yield _no(one.label, f"分值是{one.points}", "分值不小于0")
    counted = [one for one in scheme.items.values() if one.counted]
    if counted or scheme.groups:
        yield from _sums(scheme, TOP, scheme.label, scheme.full - scheme.base)
    for group in scheme.groups.values():
        yield from _sums(scheme, group.key, group.label, group.points)
    if scheme.base < 0 or scheme.base > scheme.full or scheme.over < 0:
        yield _no(scheme.label, f"基础分是{scheme.base}", f"基础分在0到{scheme.full}之间")


def _sums(scheme: Scheme, key: str, label: str, points: Decimal) -> Iterator[Finding]:
    parts = [*(one.points for one in scheme.of(key)), *(one.points for one in scheme.children(key))]
    if sum(parts) != points or not parts:
        yield _no(label, f"下级分值合计{sum(parts)}", f"下级分值合计等于{points}")


def _of_item(scheme: Scheme, one: Item) -> Iterator[Finding]:
    match one.marking:
        case Marking.RATIO if one.target == one.start:
            yield _no(one.label, f"目标和起点都是{one.target}", "目标不等于起点")
        case Marking.BANDS:
            worth = [each.points for each in one.bands]
            if len({each.least for each in one.bands}) < len(one.bands) or not worth:
                yield _no(one.label, "档次有重复或没有", "每档有不同的下限")
            if worth and (max(worth) != one.points or min(worth) < 0):
                yield _no(one.label, f"最高档{max(worth)}分", f"最高档等于分值{one.points}")
        case Marking.LEVELS:
            worth = [each.points for each in one.levels.values()]
            if not worth or max(worth) != one.points or min(worth) < 0:
                yield _no(one.label, f"最高一级{max(worth, default=0)}分", f"最高一级等于分值{one.points}")
        case Marking.DEDUCT | Marking.BONUS if one.each <= 0 or one.points < one.each:
            yield _no(one.label, f"每次{one.each}分，最多{one.points}分", "每次大于0，不大于上限")
        case Marking.FLAG:
            yield from _of_flag(scheme, one)


def _of_flag(scheme: Scheme, one: Item) -> Iterator[Finding]:
    if sum(map(bool, (one.cap, one.down, one.veto))) != 1 or one.down < 0:
        yield _no(one.label, "没有说明后果", "限档、降档、否决三者之一")
    if one.cap and one.cap not in {each.key for each in scheme.grades}:
        yield _no(one.label, f"限到“{one.cap}”", "限到等级表中的一档")


def _of_grades(scheme: Scheme) -> Iterator[Finding]:
    least = [one.least for one in scheme.grades]
    if not least or least[-1] != 0:
        yield _no(scheme.label, "等级没有到0分", "最低一档从0分起")
    if least != sorted(set(least), reverse=True) or (least and least[0] > scheme.full + scheme.over):
        yield _no(scheme.label, f"等级下限依次为{'、'.join(map(str, least))}", "等级从高到低排列，不重复，不高于满分")
    if scheme.passing and scheme.passing not in {one.key for one in scheme.grades}:
        yield _no(scheme.label, f"达标线是“{scheme.passing}”", "达标线是等级表中的一档")


def _no(where: str, what: str, rule: str) -> Finding:
    return Finding(where, what, rule, _FIX)
