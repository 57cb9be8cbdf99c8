"""How alike two clauses are, in words: shared pairs of characters, rare ones weighing more than common ones.

Clauses of work plans are made of a few dozen verbs and adverbs of emphasis (加快推进, 大力实施) that change from year to
year and mean little. They are taken out first and weigh almost nothing; what remains is cut into pairs of neighbouring
characters, because that needs no dictionary and survives words that are moved. Numbers, years and days are no words:
they are compared for what they are, elsewhere.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log

LIGHT = tuple(
    sorted(
        (
            "进一步 加快推进 大力推进 积极推进 深入推进 扎实推进 全力推进 稳步推进 稳妥推进 有序推进 持续推进 统筹推进 "
            "全面推进 协调推进 着力推进 加快推行 大力推行 推进 推动 推行 加快 大力 深入 扎实 积极 全面 持续 不断 切实 "
            "着力 认真 稳步 稳妥 有序 努力 广泛 严格 坚决 坚持 继续 深化 拓展 加大 加强 强化 开展 组织开展 组织举办 "
            "组织实施 做好 抓好 抓实 办好 搞好 落实 贯彻落实 贯彻 实施 启动 完善 健全 建立健全 建立 构建 优化 提升 "
            "提高 促进 确保 保证 保障好 力争 争取 力促 督促 指导 督导好 引导 鼓励 支持 探索 探索建立 逐步 逐渐 适时 "
            "如期 及时 充分 有效 统筹 创新 规范 巩固 扩大 增强 形成 实现 完成 按照 根据 围绕 聚焦 会同 配合 联合 "
            "有关部门 相关部门 出台 印发 制定 制订 研究制定 研究出台 编制 举办 召开 承办 组建 成立 新建 改建 扩建 "
            "改扩建 新增 增加 建成 打造 创建 培育 选拔 遴选 评选 参加 参与 进行 使 让 将 把 对 为 的 了 和 及 与 等 "
            "以及 并 要 各地 全市 我市 本市 全年 年内 相关 有关 各类 更加 较 比 在 到 达 达到 力度 水平 工作 精神 要求 "
            "不低于 不少于 不超过 控制在 以上 以下 以内 左右 至少 最多 稳定在 保持在 提高到 不得 一批"
        ).split(),
        key=len,
        reverse=True,
    )
)
"""Verbs, adverbs and particles of official prose that say how, not what."""
_LIGHT = re.compile("|".join(LIGHT))
_SAME = str.maketrans({"臺": "台", "帐": "账", "“": "「", "”": "」", "‘": "「", "’": "」"})
_SPELLINGS = (("中小学校", "中小学"), ("乡村", "农村"), ("县(市、区)", "县区"), ("县市区", "县区"))
_DAY = re.compile(
    r"(?:(?:19|20)\d\d年?度?|今年|当年|本年度?|明年)?(?:"
    r"\d{1,2}月(?:\d{1,2}[日号]|[上中下]旬|底|末|初|份)?|年底|年末|上半年|下半年|第?[一二三四]季度|季末)(?:之?前|以前|起|内)?"
    r"|(?<!\d)(?:(?:19|20)\d\d[-—–~至]+)?(?:19|20)\d\d年度?(?:底|末)?(?:之?前|以前|起|内)?"
    r"|(?<!\d)(?:20[1-4]\d[-—–~至]+)?20[1-4]\d(?![\d.])"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:[-—–~至]+\d+(?:\.\d+)?)?(?:[万亿千百]|%|‰)*")
_APART = re.compile(r"[^\w%‰]+|\x00+|_+")
_NAMES = re.compile(r"《([^《》]{2,80})》")
_FLAT = 0.3
"""What a light word weighs; a pair of characters weighs from 0.7 (in every clause) upwards."""
PART = 0.7
"""How alike two clauses at least are when one is a whole part of the other, word for word."""
_MARK = "·"
_MARKS = ",;:、。"
_BETWEEN = re.compile("[,;:。]")
_TELLING = 6
"""So many characters a clause needs for being recognised as a part of another."""


def plain(text: str) -> str:
    """One writing for what is the same: widths of characters, blanks, spellings that come and go."""
    flat = "".join(unicodedata.normalize("NFKC", text).split()).translate(_SAME)
    for one, other in _SPELLINGS:
        flat = flat.replace(one, other)
    return flat


@lru_cache(maxsize=8192)
def undated(text: str) -> str:
    """The words without their days and years, plain."""
    return _DAY.sub("", plain(text))


@lru_cache(maxsize=8192)
def features(text: str) -> Mapping[str, int]:
    """How often each pair of characters and each light word stands in a clause."""
    bare = _NUMBER.sub("\0", _DAY.sub("\0", plain(text)))
    found: Counter[str] = Counter()
    for stretch in _APART.split(bare):
        found.update(_MARK + word for word in _LIGHT.findall(stretch))
        for piece in _LIGHT.split(stretch):
            found.update(piece[at : at + 2] for at in range(max(len(piece) - 1, min(len(piece), 1))))
    return found


@lru_cache(maxsize=8192)
def names(text: str) -> tuple[str, ...]:
    """Documents named by the clause, without their years."""
    return tuple(undated(name) for name in _NAMES.findall(unicodedata.normalize("NFKC", text)))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A clause as its features, each with its weight."""

    bag: Mapping[str, float]
    total: float

    def shared(self, other: "Weighed") -> float:
        """The weight of what both hold."""
        few, many = sorted((self.bag, other.bag), key=len)
        return sum(min(weight, many[one]) for one, weight in few.items() if one in many)

    def without(self, other: "Weighed") -> "Weighed":
        """What the other does not hold."""
        left = {one: weight - other.bag.get(one, 0.0) for one, weight in self.bag.items()}
        kept = {one: weight for one, weight in left.items() if weight > 0}
        return Weighed(kept, sum(kept.values()))

    @property
    def heavy(self) -> tuple[str, ...]:
        """Its pairs of characters, without the light words."""
        return tuple(one for one in self.bag if not one.startswith(_MARK))


class Weights:
    """What each feature weighs among so many clauses: ln(1 + clauses ÷ clauses that hold it)."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count in how many of the texts each feature stands."""
        self._held: Counter[str] = Counter()
        self._count = 0
        for text in texts:
            self._held.update(features(text).keys())
            self._count += 1

    def weigh(self, text: str) -> Weighed:
        """A clause weighed."""
        bag = {one: times * self._weight(one) for one, times in features(text).items()}
        return Weighed(bag, sum(bag.values()))

    def alike(self, one: str, other: str) -> float:
        """How alike two clauses are, 0 to 1."""
        return likeness(self.weigh(one), self.weigh(other), names(one), names(other))

    def _weight(self, feature: str) -> float:
        if feature.startswith(_MARK):
            return _FLAT
        # A feature of one clause only weighs like one of two: else a word that is new would count for more than one
        # that both editions hold.
        return log(1 + self._count / max(self._held[feature], 2))


def likeness(one: Weighed, other: Weighed, names_one: tuple[str, ...] = (), names_other: tuple[str, ...] = ()) -> float:
    """How alike two weighed clauses are, 0 to 1.

    dice = 2 · shared ÷ (total + total); within = shared ÷ the smaller total; likeness = dice⁰·⁶⁵ · within⁰·³⁵: a
    clause that was only lengthened by a purpose stays alike. Two clauses that name different documents are hardly the
    same promise, however alike the rest is.
    """
    both = one.total + other.total
    if not both:
        return 0.0
    shared = one.shared(other)
    smaller = min(one.total, other.total)
    within = shared / smaller if smaller else 0.0
    told = (2 * shared / both) ** 0.65 * within**0.35
    return float(told * _named_alike(names_one, names_other))


def stands_in(one: str, other: str) -> bool:
    """Whether the shorter clause is a whole part of the longer, word for word between marks.

    A purpose set before or behind says nothing new, however many rare words it has. Very short clauses are parts of too
    much to be known by that.
    """
    short, long = sorted((_bare(one), _bare(other)), key=len)
    if len(short) < _TELLING:
        return False
    at = long.find(short)
    return at >= 0 and long[at - 1 : at] in {"", *_MARKS} and long[at + len(short) :][:1] in {"", *_MARKS}


def parts(text: str) -> frozenset[str]:
    """What stands between marks, undated, as far as it is long enough to be known again."""
    return frozenset(part for part in _BETWEEN.split(undated(text)) if len(part) >= _TELLING)


def _bare(text: str) -> str:
    return undated(text).strip(_MARKS)


def _named_alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """0.6 when both name documents and no name is like another, 1 else."""
    if not one or not other:
        return 1.0
    best = max(_dice(features(mine), features(theirs)) for mine in one for theirs in other)
    return 1.0 if best >= 0.6 else 0.6 + 0.4 * best / 0.6  # noqa: PLR2004 - the same bound on both sides of one line


def _dice(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    both = sum(one.values()) + sum(other.values())
    return 2 * sum(min(times, other.get(key, 0)) for key, times in one.items()) / both if both else 1.0
