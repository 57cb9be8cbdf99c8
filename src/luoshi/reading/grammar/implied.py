"""Targets with no number written: 全覆盖, 消除, 严禁, 只增不减, 不低于 without a figure, one event on a named day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luoshi.reading.grammar.deadlines import Day
from luoshi.spine import Comparator

_CLAUSE = re.compile(r"[^，,。；;！？!?\n]+")

_COVERED = (
    r"(?<!健)全(?:面|域|程|员|部|口径|方位)?覆盖(?!成果|机制|工程|行动)|(?:覆盖|普及)(?:到)?(?:全[市省县区国州镇乡体部]|城乡全体|所有|每)[^，,。；;]{0,8}|"
    r"(?:实现|确保|做到|基本)[^，,。；;]{0,12}(?:户户|村村|家家|人人|校校|班班|乡乡|县县|镇镇|组组|队队)[^，,。；;]{1,8}|人人(?:享有|享受|拥有)|"
    r"(?:村村|户户|校校|班班|乡乡|县县|组组)(?:通|有|建|响|亮)(?!工程)|"
    r"[应愿能可]\S{1,2}尽\S{1,2}|全(?:员|部|面)(?:参保|持证|达标|脱贫)|整体(?:脱贫|退出)|一个(?:都)?不(?:能)?少|不[落漏]一[人户村]|零(?:距离)?全覆盖"
)
_FINISHED = (
    "理顺|完成|整改|消除|达标|关停|关闭|清退|脱贫|脱钩|到位|落实到位|纳入|开放|开通|免费|实现|退出|淘汰|拆除|销号|完工|竣工|投用|投入使用|接入|"
    "上线|免除|摘帽|办结|解决|兑现|覆盖|入住|还清|停止|取消|封停|联网|并网"
)
_WHOLLY = (
    rf"全面(?:实现|予以|依法|得到|基本)?(?:{_FINISHED}|建成(?!小康|社会主义|富强|更高))|"
    r"(?:全部|悉数|一律|整体(?=脱贫|退出|达标))(?:实现|予以|依法|得到|基本)?(?!不|的|资?金|费|经费|收入|人口|工作|任务|由|用|过程|课程|内容|责任|职能|门)[\u4e00-\u9fff]{2}"
)
_WHOLE_LIST = re.compile(f"{_COVERED}|{_WHOLLY}")
_ALL_OF = re.compile(
    r"(?:所有|每一?个(?!人的)|各个|全部|凡是?)(?:[^，,。；;、（(]|[（(][^）)]{0,12}[）)]){1,24}?"
    r"(?:成立|建立|建成|建有|建设|达到|达标|实现|完成|安装|配备|配齐|纳入|开设|开展|覆盖|接入|通过|设立|拥有|享受|实行|具备|至少|都|均|通)"
)
_PLACED = re.compile(r"(?:在|对|为|给|将|把)(?:所有|每一?个|全部)[^，,。；;]{2,24}$")
_STANDARD = re.compile(
    r"(?:全[市省县区州国]|各地|所有|全部|各[县市区乡])[^，,。；;]{2,24}?(?:达到|符合)[^，,。；;]{0,6}(?:国家|省|部|市)?[^，,。；;]{0,6}标准"
)
_EACH_ONE = re.compile(
    r"(?:推动|推进|落实|实行|实施|建立|完善|督促|制定|实现|做到|按照|推行)[^，,。；;]{0,10}[“\"]?一([校园县乡镇村户生人企班案区市河湖山源])一([案策档品册卡方码表长警])[”\"]?"
    r"(?![^，,。；;]{0,8}(?:活动|展评|评选|工程|创建))"
)
_TASKS = re.compile(r"(?:全面|全部)完成[^，,。；;]{2,24}(?:任务|目标)")

_NAMED_PLAN = re.compile(
    r"(?:消除|清零|根除)[^，,。；;]{0,20}(?:规划|计划|方案|行动|工程|战略|项目|专项|政策|制度|机制|成果|歼灭战|攻坚战)[^，,]{0,6}$"
)
_CLEARED = re.compile(
    r"(?:动态)?清零|(?:全面|彻底|基本|努力|坚决|有效)?(?:消除|杜绝|根除|消灭|灭绝|取缔)|零(?:事故|死亡|发生|增长|新增|差错|上访|辍学|失学|排放|报告)(?!.{0,4}(?:制度|机制))|归零"
)
_NOT_HAPPENING = re.compile(
    r"(?:确保|坚决|坚持|力争)?(?:不发生|不出现|不再发生|无重?特?大?(?:事故|案件)|(?:没有|不让|绝不让)一[个名人户])[^，,。；;]{1,24}"
)
_INSIDE_OUT = re.compile(r"(?:在|于|的|等|后|前)")
_FORBIDS = re.compile(r"^[^，,。；;]{0,40}?(?:严禁|(?<!被)禁止)(?!类|性|开发|的|区|令|入|和|限制)[^，,。；;]{2,40}")

_NEVER_LESS = re.compile(r"[“\"]?[一二两三四五]?个?[“\"]?(?:只[增升]不[减降]|不减少|不降低|不下降)[”\"]?(?!\d)")
_AS_BEFORE = re.compile(r"不(?:得)?(?:低于|少于)(?:去年|上年|上一年|20\d\d年|现有|原有|前三年)[^，,。；;\d]{0,10}$")
_NOT_BELOW = re.compile(
    r"(?:不低于|不少于|不高于|不超过)(?:或高于|或者高于|或不低于)?(?!\s*[\d一二两三四五六七八九十百千每])[^，,。；;\d]{2,24}$"
)
_EVENT = re.compile(r"(?:召开|举办|承办|举行|主办)[^，,。；;]{2,40}")
_ENDS_A_LIST = re.compile(r"[、和及与]")
_ACTS = re.compile(
    r"^(?:.*?)(?:推进|推动|实现|完成|做到|确保|使|对|将|把|为)(?:推进|推动|实现|完成|做到|确保|形成)*|^形成$"
)


@dataclass(frozen=True, slots=True)
class Implied:
    """A target found without a number; offsets are into the sentence."""

    comparator: Comparator
    start: int
    end: int
    unit: str
    subject: str
    value: Decimal | None = None


def find_implied(sentence: str, days: list[Day]) -> Iterator[Implied]:
    """Every implied target of the sentence, clause by clause."""
    dated = [day for day in days if day.day and day.day.month != 12 and not day.compared]  # noqa: PLR2004
    at = 0
    for clause in _CLAUSE.finditer(sentence):
        words = clause[0]
        found = list(_in_clause(words))
        while at < len(dated) and dated[at].start < clause.start():
            at += 1
        if not found and at < len(dated) and dated[at].start < clause.end():
            found = list(_event(words))
        for one in found:
            yield _moved(one, clause.start())


def _moved(one: Implied, by: int) -> Implied:
    return Implied(one.comparator, one.start + by, one.end + by, one.unit, one.subject, one.value)


def _in_clause(words: str) -> list[Implied]:
    """What one clause implies; the first reading that fits is taken."""
    for reading in (_never_less, _none, _not_below, _all):
        found = list(reading(words))
        if found:
            return found
    return []


def _event(words: str) -> Iterator[Implied]:
    """One event, promised for a day of its own."""
    event = _EVENT.search(words)
    if event:
        yield Implied(Comparator.EXACTLY, event.start(), event.end(), "场", event[0], Decimal(1))


def _never_less(words: str) -> Iterator[Implied]:
    found = _NEVER_LESS.search(words) or _AS_BEFORE.search(words)
    if found:
        unit = "%" if re.search("比例|比重|占比|率", words) else ""
        yield Implied(
            Comparator.NEVER_LESS, found.start(), found.end(), unit, _bare(words[: found.start()]) or found[0]
        )


def _none(words: str) -> Iterator[Implied]:
    forbidden = _FORBIDS.match(words)
    if forbidden:
        yield Implied(Comparator.NONE, 0, forbidden.end(), "起", re.sub("^.*?(?:严禁|禁止)", "", forbidden[0]))
        return
    never = _NOT_HAPPENING.search(words)
    if never:
        yield Implied(Comparator.NONE, never.start(), never.end(), "起", never[0])
        return
    found = _CLEARED.search(words)
    if not found or _NAMED_PLAN.search(words):
        return
    behind = words[found.end() :]
    if _INSIDE_OUT.match(behind):
        return
    end = len(words) if behind else found.end()
    yield Implied(Comparator.NONE, found.start(), end, "个", behind or _bare(words[: found.start()]))


def _not_below(words: str) -> Iterator[Implied]:
    found = _NOT_BELOW.search(words)
    if found:
        held = Comparator.AT_MOST if "不高于" in found[0] or "不超过" in found[0] else Comparator.AT_LEAST
        subject = _bare(words[: found.start()])
        yield Implied(held, found.start(), found.end(), "%", subject, Decimal(100))


def _all(words: str) -> Iterator[Implied]:
    """Whole-list words: each governs the things named since the last one."""
    at = 0
    for found in _WHOLE_LIST.finditer(words):
        before = words[at : found.start()].lstrip("和及与、")
        closes = not words[found.end() :] or words[found.end()] in "和及与、"
        for thing in _things(before) if closes else [_bare(before) or words]:
            yield Implied(Comparator.ALL, found.start(), found.end(), "%", thing)
        at = found.end()
    if at:
        return
    for pattern in (_TASKS, _STANDARD, _ALL_OF, _EACH_ONE, _PLACED):
        whole = pattern.search(words)
        if whole:
            yield Implied(Comparator.ALL, whole.start(), whole.end(), "%", _bare(words[: whole.start()]) or words)
            return


def _bare(words: str) -> str:
    """A clause without the verbs that open it."""
    return _ACTS.sub("", words).strip("，,、。 ")


def _things(before: str) -> list[str]:
    """The things a whole-list word speaks of: A治理和B治理全面整改 promises both, for they begin or end alike."""
    parts = [part for part in _ENDS_A_LIST.split(_bare(before)) if len(part) > 1]
    alike = len({part[0] for part in parts}) == 1 or len({part[-1] for part in parts}) == 1
    return parts if parts and alike else [_bare(before) or before]
