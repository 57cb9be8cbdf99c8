"""Targets with no number written: 全覆盖, 消除, 严禁, 只增不减, 不低于 without a figure, one event on a named day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from luoshi.reading.grammar.deadlines import Day
from luoshi.spine import Comparator

_CLAUSE = re.compile(r"[^，,。；;！？!?\n]+")
_PLANNED = re.compile(r"(?:规划|计划|方案|行动|工程|战略|项目|目标|任务|政策|制度|机制|专项)[^，,]{0,4}$")
_COVERED = re.compile(
    r"全(?:面|域|程|员|部)?覆盖|(?:覆盖|普及)(?:全|所有|每|全部)[^，,。；;]{1,8}|人人(?:享有|享受|拥有)|应\S{1,2}尽\S{1,2}"
)
_WHOLLY = re.compile(
    r"(?:全面|全部)(?:理顺|完成|整改|消除|建成(?!小康|社会主义|富强)|达标|关停|取缔|清退|脱贫|脱钩|到位|落实到位|纳入|取缔|符合|设立|开设|配备|使用|免除|实行|开放|开通|免费提供|实现|改造|安装)"
)
_ALL_OF = re.compile(
    r"(?:所有|每一?个|各个|全部)(?:[^，,。；;、（(]|[（(][^）)]{0,12}[）)]){1,24}?(?:成立|建立|建成|达到|达标|实现|完成|安装|配备|纳入|开设|覆盖|接入|通过)"
)
_PLACED = re.compile(r"(?:在|对)(?:所有|每一?个|全部)[^，,。；;]{2,24}$")
_STANDARD = re.compile(
    r"(?:全市|全省|全县|全区|各地|所有|全部|各)[^，,。；;]{2,24}?达到[^，,。；;]{0,6}(?:国家|省|部|市)?[^，,。；;]{0,4}标准"
)
_EACH_ONE = re.compile(
    r"“?一([校园县乡镇村户生人企班案区市])一([案策档品册卡方码表])”?(?!\S{0,8}(?:活动|展评|评选|工程|创建))"
)
_NONE_LEFT = re.compile(r"(?:消除|清零|杜绝|根除|消灭)")
_FORBIDDEN = re.compile(
    r"(?:严禁|(?<!令行)禁止(?!性|令|的|区))[^，,。；;]{2,40}|(?:不发生|不出现|杜绝发生|没有一[名个人例])[^，,。；;]{2,40}"
)
_NEVER_LESS = re.compile(r"“?[一二两三]?个?“?只增不减”?")
_NOT_BELOW = re.compile(
    r"(?:不低于|不少于|高于)(?:或高于|或者高于|或不低于)?(?!\s*[\d一二两三四五六七八九十百千每])[^，,。；;\d]{2,24}"
)
_EVENT = re.compile(r"(?:召开|举办|承办|举行|主办)[^，,。；;]{2,40}")


_LEADING = re.compile(
    r"^(?:(?:努力|切实|坚决|重点|全面|基本|力争)*(?:推动|推进|确保|实现|保证|完成|承办|举办|做到|加快|严禁|禁止)+)"
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
    for clause in _CLAUSE.finditer(sentence):
        words, at = clause[0], clause.start()
        for found in _in_clause(words):
            thing = _LEADING.sub("", found.subject or words).strip("“”") or words
            yield Implied(found.comparator, at + found.start, at + found.end, found.unit, thing, found.value)
        event = _EVENT.search(words)
        month = [
            day
            for day in days
            if clause.start() <= day.start < clause.end() and (day.day.month, day.day.day) != (12, 31)
        ]
        if event and month:
            yield Implied(Comparator.EXACTLY, at + event.start(), at + event.end(), "场", event[0], Decimal(1))


def _in_clause(words: str) -> Iterator[Implied]:
    if _NEVER_LESS.search(words):
        found = _NEVER_LESS.search(words)
        if found:
            yield Implied(Comparator.NEVER_LESS, found.start(), found.end(), "%" if "比例" in words else "", words)
        return
    none = list(_none(words))
    if none:
        yield from none
        return
    below = _NOT_BELOW.search(words)
    if below:
        yield Implied(Comparator.AT_LEAST, below.start(), below.end(), "%", words[: below.start()], Decimal(100))
        return
    yield from _all(words)


def _none(words: str) -> Iterator[Implied]:
    found = _NONE_LEFT.search(words)
    if found and not _PLANNED.search(words) and not re.match(r"在|于", words[found.end() :]):
        thing = words[found.end() :] or words[: found.start()]
        yield Implied(Comparator.NONE, found.start(), len(words) if words[found.end() :] else found.end(), "个", thing)
        return
    forbidden = _FORBIDDEN.search(words)
    if forbidden and not _PLANNED.search(words):
        yield Implied(Comparator.NONE, forbidden.start(), forbidden.end(), "起", words)


def _all(words: str) -> Iterator[Implied]:
    for pattern in (_COVERED, _WHOLLY, _STANDARD, _ALL_OF, _EACH_ONE, _PLACED):
        found = pattern.search(words)
        if not found:
            continue
        behind = words[found.end() :] if pattern is _WHOLLY else ""
        for thing in (
            [behind] if behind else _things(words[: found.start()]) if pattern in {_COVERED, _WHOLLY} else [words]
        ):
            yield Implied(Comparator.ALL, found.start(), found.end(), "%", thing)
        return


def _things(before: str) -> list[str]:
    """The things a whole-list word speaks of: A和B全面整改 promises both."""
    bare = re.sub(r"^(?:.*)(?:推进|推动|实现|完成|做到|确保|形成)", "", before)
    parts = [part for part in re.split(r"[、和及与]", bare) if len(part) > 1]
    return parts or [before]
