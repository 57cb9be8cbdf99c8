"""Whether a quantity is promised, and how it is held: the words before and after it decide."""

import re

from luoshi.reading.grammar.amounts import Quantity
from luoshi.reading.grammar.measures import CONDITION_UNITS, DURATIONS
from luoshi.spine import Comparator

STOPS = "，,。；;！？!?：:、（）() \n\t"
_AT_LEAST_BEFORE = re.compile(
    r"(?:不低于|不少于|不小于|不得低于|不得少于|至少\S{0,4}|不下于|超过|突破|大于|高于|多于|超|达到|达|稳定在|保持在|维持在|稳定到|保证\S{0,12}每天|"
    r"提高到|提高至|提升到|提升至|上升到|上升至|增长到|增长至|提高为)\s*(?:约|近|每[人生户]每[年月天]|每[年月天周]|\S{0,2}人均)?\s*$"
)
_AT_MOST_BEFORE = re.compile(
    r"(?:不超过|不高于|不大于|不多于|不得超过|不得高于|控制在|(?<!不)(?<!不得)低于|(?<!不)(?<!不得)少于|(?<!不)小于|降到|降至|降为|降低到|降低至|下降到|下降至|下降为|"
    r"压减到|压减至|减少到|减少至|压缩到|压缩至|压缩为|缩短到|缩短至|缩小到|缩小至|限制在|控制到)\s*(?:约|近)?\s*$"
)
_AT_LEAST_AFTER = re.compile(r"^(?:及|或)?(?:以上|之上)")
_AT_MOST_AFTER = re.compile(r"^(?:及|或)?(?:以内|以下|之内|之下|内)")
_CONTROLLED = re.compile(r"控制在[^，,；;。]{0,6}$")
_OF_A_WHOLE = re.compile(
    r"(?:(?P<up>不低于|不少于|不得低于|达到?|超过|占到?)|(?P<down>不超过|不高于|控制在))[^，,。；;\d]{1,16}的\s*$"
)
_RATE = re.compile(r"%|‰|/")
_RAISED = re.compile(r"(?:提高|提升|上升|增长)(?:到|至|为)\s*(?:每[人生户]每[年月天]|每[年月天周])?\s*$")

_BASELINE_AFTER = re.compile(
    r"^[^，,。；;、]{0,14}?(?:提高|增加|增长|提升|上升|扩大|扩展|调整|增至|降低|降至|降为|下降|减少|减至|压减|压缩|缩短|缩小|恢复)(?:到|至|为)?"
)
_BASELINE_BEFORE = re.compile(r"(?:^|[^自理])(?:由|从|自)[^，,。；;、到至]{0,20}$")
_PAST_CLAUSE = re.compile(
    r"去年|上年(?!.{0,6}(?:基础|水平|下降|增长|提高|减少|压减|末))|"
    r"已经?(?:累计)?(?:建成|完成|实现|达到|开工|投入|达|有|认定|发放|覆盖|培训|创建)|"
    r"(?:完成|建成|实现|达到|新增|新建|改造|创建|投入|发放|获得|荣获|引进|培育|举办|增长|下降)了"
)
_SUMMED_UP = re.compile(r"(?:累计|共计|先后)(?:完成|建成|实现|投入|发放|新建|改造|培训|帮助|争取)")
_AHEAD = re.compile(r"到(?:20)?\d\d年|年底|计划|力争|确保|将|争取|至(?:20)\d\d年|[三五]年")
_EXISTING = re.compile(
    r"(?:现有|尚有|仍有|原有|只有|仅有|仅为|仅|欠债?共?|拖欠|存量|涉及|对照|按照|依据|围绕|符合|针对)\s*$"
)
_WITHIN = re.compile(r"^(?:个)?(?:以内|之内|内)")
_LIMIT = re.compile(r"(?:控制在|压缩|不超过|缩短)\S{0,6}$")
_CIRCLE = re.compile(
    r"^(?:通达|直达|经济|生活|通勤|交通|出行|服务|就医|健身|文化|阅读|养老|便民|急救|办结|上网|开放|营业|值班|运转|自助|不间断|热线|在线|服务制)"
)
_MODIFIES = re.compile(
    r"^(?:及|或)?(?:以上|以下|以内|之内)(?:的|[^，,。；;、）)\s或和及])|^[^，,。；;、\d]{1,4}(?:以上|以下)的"
)
_PROMISE_NEAR = re.compile(
    r"(?:新建|改建|扩建|建设|建成|新增|培育|打造|完成|创建|引进|培养|选派|实施|认定|评选|遴选|争取|力争|确保|开展|举办|招聘|招录|发展)\S{0,4}$"
)
_SUM = re.compile(r"(?:等|这|上述|以上)\s*$")
_INVESTED = re.compile(
    r"(?:总投资|投资额|占地|总建筑面积|注册资本|总面积|总长|全长|营业?收|产值|年收入|销售收入|营业收入)(?:超|约|达|过|超过)?\s*$"
)
_ABSTRACT = re.compile(
    r"^(?:规定|要求|原则|纪律|制度|任务|措施|政策|工作|机制|标准|方面|重点|环节|层面|意识|自信|维护|文明|阶段|统筹|不得|严禁|结合|为主|角度|服务对象|大局|不变|优先|到位|一|明确|纳入|转变|关键)"
)


_ACT_BEFORE_TIMES = re.compile(
    r"(?:提供|开展|组织|举办|召开|进行|安排|实施|完成|参加|接受|享受|不少于|至少|不低于|不超过|达到?|每[^，,。；;]{0,6})\s*$"
)


_MANY = 1000
_INDEX = re.compile(
    r"(?:系数|指数|比值|生育率|之比|收入比|性别比|职普比|生师比|师生比|倍差)[^，,。；;]{0,4}"
    r"(?:达到|达|提高到|提高至|控制在|降到|降至|缩小到|缩小至|稳定在|保持在|不低于|不高于|不超过)\s*$"
)
_ACT_NEAR = re.compile(
    r"(?:建|修|办|购|置|装|派|送|选|评|扶持|救助|帮扶|解决|搬迁|关闭|淘汰|增|设|培育|培养|打造|完成|创|引进|选派|选树|实施|认定|评选|遴选|争取|力争|确保|开展|举办|招聘|招录|发展|提供|组织|安排|办好|抓好|推出|"
    r"改造|整治|达到?|少于|至少|低于|超过|各|每\S{0,6}|约|近|、|和|开工|竣工|新|发放|补助|提高|增加|减少|下降|压减)\S{0,2}$"
)


def is_past(clause: str) -> bool:
    """Whether a clause tells what was done."""
    return bool(_PAST_CLAUSE.search(clause)) or bool(_SUMMED_UP.search(clause) and not _AHEAD.search(clause))


def _describes(quantity: Quantity, before: str, after: str) -> bool:
    """Whether the quantity limits a noun (50人以上企业, 15分钟生活圈, 总投资3亿元的项目) and promises nothing itself."""
    if _EXISTING.search(before):
        return True
    if (
        _MODIFIES.match(after)
        and quantity.unit.partition("/")[0] in CONDITION_UNITS
        and not _PROMISE_NEAR.search(before)
    ):
        return not (_AT_LEAST_BEFORE.search(before) or _AT_MOST_BEFORE.search(before))
    if quantity.unit in DURATIONS and _CIRCLE.match(after):
        return True
    if quantity.unit in DURATIONS and _WITHIN.match(after) and not _LIMIT.search(before):
        return True
    return bool(_INVESTED.search(before) and re.match(r"^(?:以上)?的", after))


def is_promised(quantity: Quantity, before: str, after: str) -> bool:
    """Whether the quantity is what the clause promises.

    Args:
        quantity: the quantity.
        before: the sentence up to it.
        after: the sentence behind it.
    """
    if not quantity.unit and not (_unit_of_count(before) if quantity.value >= _MANY else _INDEX.search(before)):
        return False
    near = re.split(r"[，,。；;]", before)[-1]
    if _BASELINE_BEFORE.search(near) and _BASELINE_AFTER.match(after):
        return False
    if _describes(quantity, near, after):
        return False
    if quantity.in_chinese and not _chinese_counts(quantity, near, after):
        return False
    return not (
        quantity.unit in {"县", "市", "区"} or (re.match(r"^(?:县|市|区|乡|镇|省)", after) and not quantity.unit)
    )


def _chinese_counts(quantity: Quantity, before: str, after: str) -> bool:
    """Numbers in Chinese characters are often figures of speech; these count something."""
    if quantity.unit in {"%", "‰"}:
        return True
    if _ABSTRACT.match(after) or re.match(r"^(?:体|位|[一二三四五六七八九十])", after):
        return False
    if quantity.unit in {"次", "轮", "遍"} and not _ACT_BEFORE_TIMES.search(before):
        return False
    if quantity.value == 1:
        plain = quantity.unit in {"次", "场", "张", "所", "座", "家", "小时", "天", "遍", "堂", "轮"}
        if plain:
            return not re.search(r"(?:[这那某任同唯]|另)$", before)
        return bool(re.search(r"(?:至少|不少于|各|不低于|各建[设成]?)\s*$", before))
    return not re.search(r"(?:[这那其前后上下头]|四|以)$", before) and (not before or bool(_ACT_NEAR.search(before)))


def _unit_of_count(before: str) -> str:
    """人 for 参保人数达到410万: a noun that names its own unit."""
    found = re.search(r"(人|户|亩|吨|件|车)(?:数|口|次|均数|数量)\S{0,6}$", before)
    return found[1] if found else ""


def unit(quantity: Quantity, before: str) -> str:
    """The printed unit; 每天 before a duration makes it a rate; a count noun lends its own."""
    if not quantity.unit:
        return _unit_of_count(before)
    if quantity.unit in {"小时", "分钟"}:
        per = re.search(r"每(?:[人生]每)?(天|周|日|学年|学期|年)[^，,。；;、每]{0,4}$", before)
        if per:
            return f"{quantity.unit}/{per[1]}"
    return quantity.unit


def comparator(quantity: Quantity, before: str, after: str) -> Comparator:
    """How the value is held: bare counts and shares are kept when reached."""
    if quantity.value_max is not None:
        return Comparator.BETWEEN
    if _AT_MOST_BEFORE.search(before) or _CONTROLLED.search(before):
        return Comparator.AT_MOST
    if _AT_LEAST_AFTER.match(after):
        return Comparator.AT_LEAST
    if _AT_MOST_AFTER.match(after):
        return Comparator.AT_MOST
    if _AT_LEAST_BEFORE.search(before):
        money = quantity.unit.startswith("元") and _RAISED.search(before)
        return Comparator.EXACTLY if money else Comparator.AT_LEAST
    of = _OF_A_WHOLE.search(before)
    if of:
        return Comparator.AT_LEAST if of["up"] else Comparator.AT_MOST
    if quantity.more or (quantity.unit == "%" and quantity.value == 100):  # noqa: PLR2004
        return Comparator.AT_LEAST
    if _RATE.search(quantity.unit) is None and re.search(
        r"(?:保证|确保|保障)[^，,。；;]{0,20}每(?:天|周)[^，,。；;]{0,4}$", before
    ):
        return Comparator.AT_LEAST
    return Comparator.EXACTLY
