"""How like a stretch of a reply is to each item of the ledger: shared pairs of characters, rare ones weighing more."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from luoshi.reading.grammar.numerals import level
from luoshi.reading.replies.reply import Wanted

_SHORT = {
    "公办园": "公办幼儿园",
    "民办园": "民办幼儿园",
    "普惠园": "普惠性幼儿园",
    "乡镇中心园": "乡镇中心幼儿园",
    "特教": "特殊教育",
    "职教": "职业教育",
    "义教": "义务教育",
    "高教": "高等教育",
    "成教": "成人教育",
    "中职": "中等职业",
    "普高": "普通高中",
    "寄宿校": "寄宿制学校",
    "特岗": "特岗教师",
    "公费师范": "公费师范生",
    "优质校": "优质学校",
    "心理室": "心理辅导室",
}
"""What offices say for longer names."""
_LONGER = re.compile("|".join(sorted(_SHORT, key=len, reverse=True)))
_COUNTED = re.compile(
    r"\d[\d,.]{0,15}(?:[万亿千百]{0,2}[余多]?(?:[%‰]|[所个人名项家次场套元座位间期课年月日]{1,2})?)|[一二三四五六七八九十]是|[（(][一二三四五六七八九十\d]{1,3}[）)]"
)
_EMPTY = re.compile(
    r"年底前|底前|月底|以上|以内|左右|不少于|不低于|不超过|达到|达|控制在|截至|目前|累计|已经|完成率?|全年|目标|任务|计划|年度|上年|去年|本月|同期|推进|开展|加强|落实|进一步|其中|零报告|无新进展|持续|继续|全市|我市|全部|全面|确保|力争|年内|各县|（市、区）|进展|情况|工作|占|比例|超额|已|[的和与及了对将]|由|降(?:至|到)|提高(?:至|到)"
)
_ACTS = re.compile(
    "新建|改建|扩建|改扩建|建设|建成|建立|完成|消除|招聘|招录|创建|打造|组织|举办|评选|遴选|认定|培训|培育|制定|出台|印发|修订|完善|健全|实施|实行|选派|选树|命名|配备|开通|启动|成立|发放|资助|改造|撤并|整合|申报|创办|召开|推广|规范|发展|提升|增设|新增|表彰|公布|编制|签约|支持|深化|强化|探索|落实|严格|严禁|聚焦|指导|鼓励|引导|争取|争创|巩固|优化|构建|依托|建好|办好|抓好|做好|用好"
)
"""Acts are words of their own, so that a changed order of act and object makes no new pairs."""
_RUN = re.compile(r"[a-z0-9+]{2,}|[\u3400-\u9fff]+")
_SKIP = 3
"""Characters that an abbreviation may leave out between two it keeps: 公办园 for 公办幼儿园."""
_ENDS = frozenset("率比数园校")
_FAR = 12
"""普惠率 for 普惠性幼儿园覆盖率: what closes a name is kept, however much before it is left out."""
_SKIPPED = 0.35
_CLAUSE = 0.6
"""What a pair that only the clause has weighs against one of the title."""
_FEW = 2.5
"""A title of fewer pairs than this is never said in full: 培训 alone names nothing."""
_MOST = 2_000
"""Characters of an item's text that are looked at."""


def bare(words: str) -> str:
    """Words without figures, days and what every reply says."""
    flat = _LONGER.sub(lambda found: _SHORT[found[0]], level(words[:_MOST]).lower())
    return _ACTS.sub(lambda found: f" {found[0]} ", _EMPTY.sub(" ", _COUNTED.sub(" ", flat)))


def grams(words: str) -> Counter[str]:
    """Neighbouring pairs of Chinese characters and whole other words."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(bare(words)):
        if run[0] > "\u3000":
            found.update(run[at : at + 2] for at in range(len(run) - 1))
        else:
            found[run] += 1
    return found


def _skipping(words: str) -> Iterator[str]:
    """Pairs with up to three characters left out between them."""
    for run in _RUN.findall(bare(words)):
        if run[0] > "\u3000":
            for gap in range(2, _SKIP + 2):
                yield from (run[at] + run[at + gap] for at in range(len(run) - gap))
            ends = [at for at, letter in enumerate(run) if letter in _ENDS]
            yield from (run[at] + run[end] for end in ends for at in range(max(0, end - _FAR), end - 1))


@dataclass(frozen=True, slots=True)
class _Entry:
    weights: Mapping[str, float]
    title: frozenset[str]
    mass: float
    title_mass: float


class Likeness:
    """All wanted items, ready to be asked."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        raw = [_weights(one) for one in wanted]
        often = Counter(gram for weights, _ in raw for gram, weight in weights.items() if weight > _SKIPPED)
        self._rare = {gram: log(1 + (len(wanted) + 4) / (times + 0.5)) for gram, times in often.items()}
        self._most = log(1 + (len(wanted) + 4) / 1.5)
        self._entries = [self._entry(weights, title) for weights, title in raw]
        self._holders: dict[str, list[int]] = {}
        for at, entry in enumerate(self._entries):
            for gram in entry.weights:
                self._holders.setdefault(gram, []).append(at)

    def _entry(self, weights: Mapping[str, float], title: frozenset[str]) -> _Entry:
        told = {gram: weight * self.rarity(gram) for gram, weight in weights.items()}
        full = sum(weight for gram, weight in told.items() if weights[gram] > _SKIPPED)
        return _Entry(told, title, full, sum(self.rarity(gram) for gram in title))

    def rarity(self, gram: str) -> float:
        """How much a pair tells: one that stands in every item tells nearly nothing."""
        return self._rare.get(gram, self._most)

    def mass(self, said: Mapping[str, int]) -> float:
        """The weight of all that some words say."""
        return sum(self.rarity(gram) for gram in said)

    def shared(self, said: Mapping[str, int]) -> dict[int, float]:
        """By the item's place: the weight of what some words share with it."""
        found: dict[int, float] = {}
        for gram in said:
            for at in self._holders.get(gram, ()):
                found[at] = found.get(at, 0.0) + self._entries[at].weights[gram]
        return found

    def cosine(self, at: int, shared: float, mass: float) -> float:
        """Likeness of some words to an item, 0 to 1."""
        whole = self._entries[at].mass * mass
        return min(1.0, shared / sqrt(whole)) if whole else 0.0

    def common(self, at: int, said: Mapping[str, int]) -> int:
        """How many pairs some words share with an item."""
        return sum(gram in self._entries[at].weights for gram in said)

    def inside(self, at: int, said: Mapping[str, int]) -> float:
        """How much of some words the item's own words hold, 0 to 1."""
        whole = max(self.mass(said), _FEW * self._most)
        return sum(self.rarity(gram) for gram in said if gram in self._entries[at].weights) / whole

    def titled(self, at: int, said: Mapping[str, int]) -> float:
        """How much of some words stands in the item's title, letter by letter, 0 to 1."""
        whole = self.mass(said)
        return sum(self.rarity(gram) for gram in said if gram in self._entries[at].title) / whole if whole else 0.0

    def coverage(self, at: int, said: Mapping[str, int]) -> float:
        """How much of the item's title some words say, 0 to 1."""
        entry = self._entries[at]
        found = sum(entry.weights[gram] for gram in said if gram in entry.title)
        return min(1.0, found / max(entry.title_mass, _FEW * self._most)) if entry.title_mass else 0.0


def _weights(one: Wanted) -> tuple[dict[str, float], frozenset[str]]:
    title = frozenset(grams(one.title)) or frozenset(grams(one.clause))
    known = grams(" ".join(phrase for target in one.targets for phrase in target.phrases))
    weights = dict.fromkeys(grams(" ".join([one.clause, *(target.subject for target in one.targets)])), _CLAUSE)
    weights |= dict.fromkeys(known, _CLAUSE)
    weights |= dict.fromkeys(title, 1.0)
    for gram in _skipping(one.title):
        weights.setdefault(gram, _SKIPPED)
    return weights, title
