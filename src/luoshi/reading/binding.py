"""Targets matched to declared indicators by the phrases plans use for them and by meaning, with a score and a reason.

A sure match is proposed: one of the indicator's phrases names what the target counts, unit, stage, rank and direction fit,
and no word of the target narrows it (托班学位 are not 幼儿园学位). What is only near is offered, and a person
chooses. Values are never looked at: two targets of 93 % are two targets.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log

from luoshi.spine import Better, Comparator, Indicator, Target
from luoshi.words.counting import MEASURE_WORDS

SURE = 0.8
"""From so much on a match is proposed, when nothing speaks against it."""
OFFERED = 0.4
"""From so much on a match is offered."""
MOST = 3
"""So many are offered at most."""
_MOVES = re.compile("提高|提升|扩大|增加|降低|减少|下降|稳定|巩固|缩小")
_STAGES: Mapping[str, str] = {
    "托班": "托育", "托育": "托育", "托幼": "托育",
    "学前": "学前", "幼儿": "学前", "入园": "学前",
    "小学": "小学", "初中": "初中",
    "普通高中": "高中", "高中阶段": "高中", "高中": "高中",
    "中等职业": "中职", "中职": "中职", "职业学校": "中职", "职业院校": "职业", "技工": "中职",
    "高校": "高校", "高等": "高校", "大学": "高校",
}  # fmt: skip
_STAGED = re.compile("|".join(sorted(_STAGES, key=len, reverse=True)))
_CLASH: Mapping[str, frozenset[str]] = {
    "托育": frozenset({"学前", "小学", "初中", "高中", "中职", "高校"}),
    "学前": frozenset({"托育", "小学", "初中", "高中", "中职", "高校"}),
    "小学": frozenset({"托育", "学前", "高中", "中职", "高校"}),
    "初中": frozenset({"托育", "学前", "高中", "中职", "高校"}),
    "高中": frozenset({"托育", "学前", "小学", "初中", "高校"}),
    "中职": frozenset({"托育", "学前", "小学", "初中", "高校"}),
}
_RANKS = re.compile("国家级|省级|市级|县级|校级")
_NARROW = re.compile("中心城区|城镇|城区|城市|农村|乡村|乡镇|县镇|公办|民办|普惠|寄宿|起始年级|随迁|留守|残疾|贫困")
"""Words that narrow what is counted: one that the indicator does not say makes another quantity."""
_PLAIN = re.compile(
    "[\\s\\d“”\"'‘’「」《》（）()、，,；;：:。.·—\\-%‰]|全市|全省|全县|全国|各地|各县区|我市|本市|所有|全部|全体|所在|相关|有关|"
    "[\\u4e00-\\u9fff]{1,3}(?:省|自治区)|推动|推进|实现|完成|达到|落实|保持|稳定|巩固|提高|提升|降低|控制|确保|建设|建成|新增|增加|"
    "组建|打造|创建|培育|培养|遴选|评选|评定|认定|申报|争创|成为|成立|组织|开展|实施|形成|力争|努力|工作|任务|目标|项目|工程|要求|水平|"
    "总体|整体|基本|全面|不断|进一步|义务教育阶段|义务教育|国家级|省级|市级|县级|校级|示范性|示范|高水平|高质量|优质|特色|重点|"
    "专业化|标准化|多样化|规范化|普通|适龄|或者|以及|[的地得或和与及等为在到至使将被把以内上下均各]"
)
"""What says nothing about which quantity is meant."""
_PEOPLE = frozenset("名 人 位".split())
_TIMES = frozenset("场 次 期 人次".split())
_SHORT = 2
"""A phrase of so few characters (新建) says nothing without its limits."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target stands: what may name its indicator."""

    clause: str
    sentence: str
    title: str
    """Of the point."""
    alone: bool = True
    """The clause has no other target, so that a phrase anywhere in it can only mean this one."""

    @property
    def around(self) -> str:
        """All of it."""
        return f"{self.clause}\n{self.sentence}\n{self.title}"


@dataclass(frozen=True, slots=True)
class Binding:
    """One indicator that may be what a target is measured by."""

    indicator: str
    """Its key."""
    score: float
    """How near, 0 to 1; only for order and bounds, never for a figure."""
    sure: bool
    """Whether it is proposed; else it is only offered."""
    because: str
    """Why, in Chinese."""


@dataclass(frozen=True, slots=True)
class _Match:
    """How one indicator lies to a target, before it is compared with the others."""

    indicator: Indicator
    phrase: str
    """The longest phrase that was found; empty where only the meaning is near."""
    said: bool
    """Whether it stands in the target's own subject."""
    near: float
    """Share of the subject's words that the indicator has too, rare words counting more."""
    doubts: tuple[str, ...]

    @property
    def score(self) -> float:
        """A phrase in the subject 0.9 and more, elsewhere in the clause 0.8; a likeness at most 0.7; each doubt takes a quarter."""
        told = (0.9 if self.said else 0.8) + 0.1 * self.near if self.phrase else 0.7 * self.near
        return round(told * 0.75 ** len(self.doubts), 2)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Pairs of characters of a text with what each weighs."""

    pairs: Mapping[str, float]
    whole: float


@dataclass(frozen=True, slots=True)
class _Weights:
    """What the pairs of characters in the names of some indicators weigh."""

    rare: Mapping[str, float]
    """By pair: ln(1 + indicators ÷ those that have it in a name)."""
    names: Mapping[str, tuple[_Weighed, ...]]
    """By key of an indicator: its label and phrases."""

    def of(self, text: str) -> _Weighed:
        """A text's pairs; one that no indicator has weighs half of what the rarest could."""
        unknown = log(1 + 2 * max(len(self.rare), 1)) / 2
        return _weighed({pair: self.rare.get(pair, unknown) for pair in _pairs(_PLAIN.sub("", text)) if len(pair) > 1})


def _weighed(pairs: Mapping[str, float]) -> _Weighed:
    return _Weighed(pairs, sum(pairs.values()))


def bind(target: Target, place: Place, indicators: Sequence[Indicator]) -> Target:
    """The target with the key of its indicator, where one is sure; else unbound."""
    best = next(iter(bindings(target, place, indicators)), None)
    return replace(target, indicator=best.indicator) if best and best.sure else target


def bindings(target: Target, place: Place, indicators: Sequence[Indicator]) -> tuple[Binding, ...]:
    """The sure match, or those that are offered, the nearest first; nothing where nothing is near.

    The longest phrase wins; one in the target's subject outweighs one elsewhere in the clause. Stage and other limits
    (`within`, `without`) are looked for in the clause, then the sentence, then the point's title.
    """
    weights = _weights(tuple(indicators))
    mine = weights.of(target.subject or place.clause)
    found = [match for one in indicators if (match := _match(one, target, place, mine, weights.names[one.key]))]
    found.sort(key=lambda one: (not one.doubts, one.said, len(one.phrase), one.score), reverse=True)
    first = found[0] if found else None
    if first and first.phrase and not first.doubts and first.score >= SURE:
        return (_told(first, sure=True),)
    near = sorted((one for one in found if one.score >= OFFERED), key=lambda one: -one.score)
    return tuple(_told(one, sure=False) for one in near[:MOST])


def spoken_of(place: Place, indicators: Sequence[Indicator]) -> tuple[str, ...]:
    """Keys of the indicators a clause without a target wants to move (提高普惠率): nothing to judge by, something to look at.

    A phrase inside a longer one that is spoken of too says nothing of its own.
    """
    if not _MOVES.search(place.clause):
        return ()
    said = {
        phrase: indicator.key
        for indicator in indicators
        if _fits(indicator, place)
        for phrase in indicator.phrases
        if phrase in place.clause
    }
    whole = [phrase for phrase in said if not any(phrase in other and phrase != other for other in said)]
    return tuple(dict.fromkeys(said[phrase] for phrase in whole))


def _match(one: Indicator, target: Target, place: Place, mine: _Weighed, names: Sequence[_Weighed]) -> _Match | None:
    """None where it cannot be meant: another unit, another stage, a word that shuts it out; `mine` are the target's words weighed."""
    if not _measures(one, target) or any(word in place.around for word in one.without):
        return None
    subject = target.subject
    said = [phrase for phrase in one.phrases if phrase in subject]
    told = said or [phrase for phrase in one.phrases if place.alone and phrase in place.clause]
    phrase = max(told, key=len, default="")
    near = _nearness(mine, names)
    if not (phrase or near * 0.7 >= OFFERED) or (0 < len(phrase) <= _SHORT and not _within(one, place)):
        return None
    if _stages_clash(one, subject or place.clause):
        return None
    return _Match(one, phrase, bool(said), near, tuple(_doubts(one, target, place, phrase)))


def _doubts(one: Indicator, target: Target, place: Place, phrase: str) -> Iterator[str]:
    """What speaks against it, each in a few Chinese words."""
    vocabulary = _vocabulary(one)
    if not _within(one, place):
        yield f"原文和条目标题中未见“{'、'.join(one.within)}”"
    falls = target.comparator in {Comparator.AT_MOST, Comparator.NONE}
    rises = target.comparator in {Comparator.AT_LEAST, Comparator.ALL, Comparator.NEVER_LESS}
    if (falls and one.better is Better.HIGHER and not _ends(one, target)) or (rises and one.better is Better.LOWER):
        yield "要求的方向与指标相反"
    if also := _stages(target.subject) - _stages(vocabulary) if _stages(one.label) else ():
        yield f"原文还说到{'、'.join(sorted(also))}"
    if apart := _beyond(_RANKS, target.subject, vocabulary) if _RANKS.search(one.label) else ():
        yield f"原文说的是{'、'.join(apart)}"
    if lacks := (*_beyond(_RANKS, one.label, place.around), *_beyond(_NARROW, one.label, place.around)):
        yield f"指标只计{'、'.join(lacks)}，原文未写"
    if phrase and phrase in target.subject:
        rest = target.subject.replace(phrase, "，")
        if narrow := _beyond(_NARROW, rest, vocabulary) or _unexplained(rest, vocabulary):
            yield f"原文另有限定“{'、'.join(narrow)}”"


def _ends(one: Indicator, target: Target) -> bool:
    """消除 of what should be dealt with (消除无证园) is told as how much of it is done: a share that comes to all."""
    return target.implicit and target.comparator is Comparator.NONE and one.unit in {"%", "‰"}


def _beyond(words: re.Pattern[str], text: str, known: str) -> tuple[str, ...]:
    """Words of a kind that a text has and another has not."""
    return tuple(word for word in dict.fromkeys(words.findall(text)) if word not in known)


def _within(one: Indicator, place: Place) -> bool:
    return not one.within or any(word in place.around for word in one.within)


def _unexplained(rest: str, vocabulary: str) -> tuple[str, ...]:
    """Words left of a subject that the indicator does not say, and that are neither plain nor a stage."""
    bare = _STAGED.sub("，", _PLAIN.sub("，", rest))
    pieces = [piece for piece in re.split("[，\\s]+", bare) if len(piece) > 1]
    return tuple(piece for piece in pieces if not _covered(piece, vocabulary))


def _covered(piece: str, known: str) -> bool:
    """Whether most pairs of its characters stand in what is known."""
    pairs = _pairs(piece)
    return sum(pair in known for pair in pairs) * 2 > len(pairs)


def _told(match: _Match, *, sure: bool) -> Binding:
    where = "指标所指的对象" if match.said else "分句"
    why = f"{where}写有“{match.phrase}”" if match.phrase else f"与“{match.indicator.label}”用语相近"
    told = "；".join([why, *match.doubts, *(() if sure else ("请核对后选定",))])
    return Binding(match.indicator.key, match.score, sure, told)


def _measures(indicator: Indicator, target: Target) -> bool:
    """A rate is not bound to a count, persons not to schools; an implied target (全覆盖, 消除) may be either."""
    if target.implicit or target.comparator is Comparator.NEVER_LESS:
        return True
    mine, theirs = indicator.unit, target.unit
    if mine in {"%", "‰"} or theirs in {"%", "‰"}:
        return mine == theirs
    if mine == theirs:
        return True
    if not {mine, theirs} <= MEASURE_WORDS:
        return False
    return not any((mine in some) != (theirs in some) for some in (_TIMES, _PEOPLE)) or "学位" in target.subject


def _fits(indicator: Indicator, place: Place) -> bool:
    return _within(indicator, place) and not any(word in place.around for word in indicator.without)


def _stages(text: str) -> set[str]:
    return {stage for word, stage in _STAGES.items() if word in text}


def _stages_clash(one: Indicator, subject: str) -> bool:
    """Whether the target names stages, the indicator names others, and none in common."""
    mine, theirs = _stages(subject), _stages(f"{one.label}{''.join(one.within)}")
    if not mine or not theirs or mine & theirs:
        return False
    return all(stage in _CLASH.get(other, frozenset()) for stage in theirs for other in mine)


def _vocabulary(one: Indicator) -> str:
    return "\n".join((one.label, *one.phrases, *one.within, one.part, one.whole, one.source))


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(max(len(text) - 1, 1))]


@lru_cache(maxsize=8)
def _weights(indicators: tuple[Indicator, ...]) -> _Weights:
    """Of these indicators; kept, for every target of a plan is held against all of them."""
    held: Counter[str] = Counter()
    for one in indicators:
        held.update({pair for name in (one.label, *one.phrases) for pair in _pairs(name)})
    rare = {pair: log(1 + len(indicators) / count) for pair, count in held.items()}
    names = {
        one.key: tuple(
            _weighed({pair: rare[pair] for pair in _pairs(_PLAIN.sub("", name)) if pair in rare})
            for name in (one.label, *one.phrases)
        )
        for one in indicators
    }
    return _Weights(rare, names)


def _nearness(mine: _Weighed, names: Sequence[_Weighed]) -> float:
    """Shared weight ÷ the greater of both weights, over the indicator's nearest name."""
    return max((_share(mine, theirs) for theirs in names), default=0.0)


def _share(mine: _Weighed, theirs: _Weighed) -> float:
    if mine.pairs.keys().isdisjoint(theirs.pairs):
        return 0.0
    both = sum(weight for pair, weight in theirs.pairs.items() if pair in mine.pairs)
    return both / max(mine.whole, theirs.whole, 1e-9)
