"""How a value is held: the words just before and just behind it decide."""

import re

from luoshi.reading.grammar.amounts import Quantity
from luoshi.reading.grammar.measures import Sort
from luoshi.spine import Comparator

_TO = "(?:到|至|为|成)"
_RISE = "提高|提升|上升|增长|增加|扩大|扩展|拓展|延长|恢复|发展|加大|提|升|增|推进|上调"
_FALL = "降低|下降|减少|压减|压缩|缩短|缩小|压降|削减|降|减|压|缩|下调|回落"
_REACH = r"(?<![发到抵通直传下表送雷])达(?:标)?到?|(?:稳定|保持|维持|巩固|提高|提升)在|稳定到|突破|超过|超|大于|高于|多于|优于|快于"
_NOT_LESS = "不低于|不少于|不小于|不得低于|不得少于|不应低于|不应少于|不下于|不低|至少|最低|最少|起码|不短于"
_NOT_MORE = "不超过|不高于|不大于|不多于|不得超过|不得高于|不得多于|不突破|不超|最高|最多|至多|限制在|控制(?:在|到|为)|(?<!不)(?<!不得)(?<!不应)(?:低于|少于|小于|不到|不足)"
_BETWEEN = r"(?:(?:19|20)\d\d年的?)?(?:约|近|全[国省市](?:平均)?|[人户年生]均|平均|总数|各|在)?(?:每[\d一千万百十]{0,3}[^，,。；;\d]{1,6})?"
"""What may stand between the word and the number: 达到每人每年, 达到人均."""

_AT_MOST_BEFORE = re.compile(f"(?:{_NOT_MORE}|(?:{_FALL}){_TO}){_BETWEEN}$")
_AT_LEAST_BEFORE = re.compile(f"(?:{_NOT_LESS}|{_REACH}|(?:{_RISE}){_TO}){_BETWEEN}$")
_AT_LEAST_AFTER = re.compile(r"^(?:及|或|\(含\)|（含）)?(?:以上|之上)|^\+")
_AT_MOST_AFTER = re.compile(r"^(?:及|或|\(含\)|（含）)?(?:以内|以下|之内|之下|内)")
_FAR_AT_MOST = re.compile(r"(?:控制在|不超过|不高于|不多于)[^，,；;。\d]{0,14}$")
_FAR_AT_LEAST = re.compile(r"(?:至少|不少于|不低于)[^，,；;。\d]{0,14}$")
"""The word may stand off from its number: 至少建成一所, 不低于在园幼儿总数的10%."""
_MARGIN = re.compile(r"(?:高于|超过|快于|高出|好于)[^，,。；;\d]{2,16}$")
_SET_TO = re.compile(f"(?:{_RISE}|调整){_TO}{_BETWEEN}$")
_GUARANTEED = re.compile(r"(?:保证|确保|保障)[^，,。；;]{0,20}每[天周日][^，,。；;]{0,4}$")
_CEILING_NOUN = re.compile(
    r"(?:失业率|死亡率|发生率|辍学率|流失率|涨幅|负债率|不良率|发病率|感染率|违法率|漏登率)(?:保持|稳定|维持)在[约近]?$"
)
_STANDARD = re.compile(r"标准|补助|补贴|津贴|定额|人均|低保|养老金|学费")
_ABOUT_AFTER = re.compile(r"^左右")
_WHOLE = 100


def comparator(quantity: Quantity, before: str, after: str) -> Comparator:
    """At least, at most, between, or a bare count; bare counts are kept when they are reached.

    Args:
        quantity: the quantity.
        before: the words of its clause up to it.
        after: the words of its clause behind it.
    """
    if quantity.value_max is not None:
        return Comparator.BETWEEN
    if _AT_MOST_BEFORE.search(before) or _FAR_AT_MOST.search(before) or _CEILING_NOUN.search(before):
        return Comparator.AT_MOST
    if _AT_LEAST_AFTER.match(after):
        return Comparator.AT_LEAST
    if _AT_MOST_AFTER.match(after):
        return Comparator.AT_MOST
    if _ABOUT_AFTER.match(after):
        return Comparator.EXACTLY
    if _AT_LEAST_BEFORE.search(before):
        return Comparator.EXACTLY if _is_a_set_standard(quantity, before) else Comparator.AT_LEAST
    if _FAR_AT_LEAST.search(before) or _MARGIN.search(before) or _GUARANTEED.search(before):
        return Comparator.AT_LEAST
    return Comparator.AT_LEAST if quantity.more or _is_the_whole(quantity) else Comparator.EXACTLY


def _is_a_set_standard(quantity: Quantity, before: str) -> bool:
    """补助标准提高到80元: a sum that is set, neither more nor less."""
    standard = quantity.sort is Sort.MONEY and _SET_TO.search(before) and _STANDARD.search(before)
    return bool(standard) and not _FAR_AT_LEAST.search(before)


def _is_the_whole(quantity: Quantity) -> bool:
    """A bare 100% can only be reached from below."""
    return quantity.unit == "%" and quantity.value == _WHOLE
