"""Which quantities count something at all: a figure needs a unit, and Chinese figures are often figures of speech."""

import re

from luoshi.reading.grammar.amounts import Quantity
from luoshi.reading.grammar.measures import Sort

_COUNT_NOUN = re.compile(r"(?P<unit>人|户|亩|吨|件|车|家)(?:数|口|次|均数|数量|总数|总量|总规模)[^，,。；;、\d]{0,8}$")
_PEOPLE = re.compile(
    r"^(?:余|多)?名?[\u4e00-\u9fff]{0,8}?(?:学生|群众|人口|农民工?|居民|职工|老人|老年人|妇女|儿童|教师|毕业生|劳动力|患者|残疾人|干部|党员|青年|人员|民众|市民|幼儿|家长|人才|工人|退役军人|大学生|就业|参保)"
)
_JOBS = re.compile(
    r"(?:就业|从业|参保|惠及|受益|覆盖|解决|转移|培训|服务|带动|脱贫|人口|群众|农民|学生)[^，,。；;、\d]{0,8}$"
)
_INDEX = re.compile(
    r"(?:系数|指数|弹性|评分|得分|均值|当量)[^，,。；;\d]{0,6}(?:达到?|提高到|提升到|提高至|上升到|保持在|稳定在|控制在|降到|降至|不低于|不高于|不超过|缩小到|为|低于|高于|超过)$"
)
"""An index has no unit (农田灌溉水有效利用系数提高到0.53)."""
_CLOSED = re.compile(r"^(?:以[上内下]|左右|[，,。；;、）)]|$)")
_PLAINLY_MANY = 20
"""From here on a Chinese figure is no figure of speech."""
_SCALED_FROM = 10_000
_BARE_FROM = 1000
"""A bare number below this is rather a name than a count."""
_PER_DAY = re.compile(r"每(?:[人生]每)?(?P<per>天|周|日|学年|学期|年|月)[^，,。；;、每\d]{0,6}$")

_ABSTRACT = re.compile(
    r"^(?:以上的?)?(?:规定|要求|原则|纪律|制度|任务|措施|政策|工作|机制|标准|方面|重点|环节|层面|意识|自信|维护|文明|阶段|统筹|不得|严禁|结合|为主|角度|服务|大局|不变|优先|"
    r"到位|一|明确|纳入|转变|关键|体系|行动|工程|计划|战略|战役|攻坚|革命|文章|抓手|能力|支撑|领域|优势|新|主体|层次|维度|问题|清单|突出|主要|确保|坚持|着力|更|全面|维|率|"
    r"重大|基本|主攻|准则|经济|目标|产业(?!园|基地|示范)|中心任务|板块|功能|环境|群体|渠道|方式|渗透|融合|联动|轮驱动|轮|同步|步骤|步走|季度|级)"
)
_COMPOUND = re.compile(r"^[体位起一二三四五六七八九十大性]")
_COUNTED_ACT = re.compile(
    r"(?:新建|改建|扩建|改扩建|建设|建成|新增|增设|增加|开工|打造|创建|培育|培养|引进|举办|召开|组织|开展|开行|开通|提供|发放|赠送|修建|改造|设立|成立|选派|选聘|配备|配齐|"
    r"完成|实施|认定|遴选|评选|建立|聘请|安排|进行|参加|接受|享受|承办|开放|达到?|至少|不少于|不低于|不超过|突破|每[^，,。；;]{1,8}|各|再|办好|办|建|送|演|放映|推出|支持|帮助|"
    r"整合|推进|申报|争取|争创|力争|确保|为|对|将|在|有|年|月|底|前|[、和及])[^，,。；;、\d]{0,4}$"
)
_ONE_COUNTED = frozenset("次 场 张 所 座 家 小时 天 遍 堂 轮 户 名 人 套 间 条 辆 期 部 台 处 个月".split())
_ONE_OF_ITS_KIND = re.compile(r"(?:[这那某任同唯每有为新]|另|统|第|进|逐|万)$")
_EACH_ONE = re.compile(
    r"(?:至少|不少于|各|不低于|各[建办设配][设成立好备]?|每[^，,。；;]{1,14}(?:有|建|设|配备?|办|创建|打造|培育)[^，,。；;]{0,2})$"
)
_PART_OF_A_WORD = re.compile(r"(?:[这那其前后上下头统]|四|以|数)$")


def counts(quantity: Quantity, before: str, after: str) -> bool:
    """Whether the number, its unit and the noun behind them count something."""
    if not quantity.unit:
        lent = (
            quantity.value >= _BARE_FROM
            and bool(_lent(before, after))
            and (quantity.value >= _SCALED_FROM or bool(_CLOSED.match(after)))
        )
        return not quantity.chinese and (lent or bool(_CLOSED.match(after) and _INDEX.search(before)))
    if quantity.chinese:
        return _spoken(quantity, before, after)
    return True


def _lent(before: str, after: str) -> str:
    """The unit that the noun before (参保人数达到410万) or behind (200万中小学生) lends to a bare number; "" when neither does."""
    if _CLOSED.match(after):
        found = _COUNT_NOUN.search(before)
        return found["unit"] if found else "人" * bool(_JOBS.search(before))
    return "人" * bool(_PEOPLE.match(after))


def _spoken(quantity: Quantity, before: str, after: str) -> bool:
    """Numbers in Chinese characters: two schools count, two safeguards do not."""
    if quantity.sort is Sort.SHARE and quantity.unit not in {"成", "分", "番"}:
        return True
    if _COMPOUND.match(after) or quantity.chinese == "二":
        return False
    if quantity.unit in {"个", "项", "件", "条", "种", "门", "户"} and _ABSTRACT.match(after):
        return False
    if quantity.chinese == "一":
        return _one(quantity, before)
    plain = quantity.value >= _PLAINLY_MANY or _COUNTED_ACT.search(before)
    return bool(plain) and not _PART_OF_A_WORD.search(before)


def _one(quantity: Quantity, before: str) -> bool:
    """一 is an article oftener than a number: 建一所学校 counts, 一个中心 does not."""
    if _ONE_OF_ITS_KIND.search(before):
        return False
    if quantity.unit in _ONE_COUNTED:
        return bool(_COUNTED_ACT.search(before))
    return bool(_EACH_ONE.search(before))


def unit(quantity: Quantity, before: str, after: str) -> str:
    """The printed unit; 每天 before a duration makes it a rate; a count noun lends its own to a bare number."""
    if not quantity.unit:
        return _lent(before, after)
    if quantity.unit in {"小时", "分钟", "个小时"}:
        per = _PER_DAY.search(before)
        if per:
            return f"{quantity.unit}/{per['per']}"
    return quantity.unit
