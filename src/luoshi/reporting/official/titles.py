"""A title over several lines: broken between words, as a ladder or a diamond, never as a block or an hourglass.

GB/T 9704—2012, 7.3.1: 回行时要做到词意完整，排列对称，长短适宜，间距恰当，标题排列应当使用梯形或菱形.
"""

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

from luoshi.reporting.official.sizes import breadth

ROOM = 20.0
"""Characters of 二号 on a line of 156 mm."""
_LONGEST = 6
_LEXICON = frozenset(
    "关于 印发 转发 全市 全省 教育 教育系统 教育局 重点 工作 重点工作 推进 推进情况 情况 进展 进展情况 落实 落实情况 督查 督办 督导 通报 通知 报告 "
    "方案 意见 办法 要点 工作要点 任务 事项 督查事项 一览表 清单 欠进度 县区 数据 数据表 统计表 义务 义务教育 学前教育 高中阶段 职业教育 普通高中 "
    "大班额 超大班额 幼儿园 学校 中小学 公办 普惠性 教师 队伍 建设 实施 开展 加强 进一步 做好 切实 以来 上半年 下半年 季度 第一季度 第二季度 第三季度 "
    "第四季度 年度 月份 阶段性 专项 整改 问题 校园 安全 招生 考试 体育 卫生 比例 化解 消除 有关 会议 材料 领导 参阅 各县 完成 目标 目标任务 工作方案 实施方案 实施意见 专项行动 专项整治 学位 学位建设 大会 推进会".split()
)
_TOKEN = re.compile(r"[A-Za-z0-9—．.%]+(?:年度|年|月份|月|日|期|号|季度)?|《[^》]{1,12}》|.", re.DOTALL)
_NEVER_FIRST = "的了和与及、，。；：）》”〕之"
_NEVER_LAST = "（《“〔和与及第"


def lines_of(title: str, room: float = ROOM) -> list[str]:
    """The lines of a title. A line break in it is kept, and then nothing else is broken.

    Args:
        title: the words.
        room: characters that fit on a line.
    """
    if "\n" in title:
        return [line.strip() for line in title.split("\n") if line.strip()]
    if breadth(title) <= room:
        return [title]
    words = _words(title)
    for count in (2, 3, 4):
        best = _best(words, count, room)
        if best:
            return best
    return [title]


def _words(title: str) -> list[str]:
    """Words by the longest entry of the lexicon; what is in no entry stays together up to the next that is."""
    words: list[str] = []
    at, loose = 0, ""
    while at < len(title):
        known = next((title[at : at + n] for n in range(_LONGEST, 1, -1) if title[at : at + n] in _LEXICON), "")
        token = known or next(_TOKEN.finditer(title, at)).group()
        at += len(token)
        if known or len(token) > 1:
            words += [loose, token]
            loose = ""
        else:
            loose += token
    return _joined([word for word in [*words, loose] if word])


def _joined(words: Sequence[str]) -> list[str]:
    """The same, with what may not begin or end a line tied to its neighbour."""
    kept: list[str] = []
    for word in words:
        if kept and (word[0] in _NEVER_FIRST or kept[-1][-1] in _NEVER_LAST):
            kept[-1] += word
        else:
            kept.append(word)
    return kept


def _best(words: Sequence[str], count: int, room: float) -> list[str]:
    """The best of all ways to make so many lines; none when none fits."""
    ways = []
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        lines = ["".join(words[a:b]) for a, b in pairwise(edges)]
        widths = [breadth(line) for line in lines]
        if max(widths) <= room:
            ways.append((_ugliness(widths), lines))
    return min(ways)[1] if ways else []


def _ugliness(widths: Sequence[float]) -> float:
    """0 for a gentle ladder or diamond; an hourglass and a block are worst, a very short line is bad."""
    steps = [b - a for a, b in pairwise(widths)]
    block = sum(1.0 for step in steps if abs(step) < 1) * 6
    hourglass = 20.0 if any(a < 0 < b for a, b in pairwise(steps)) else 0.0
    return block + hourglass + sum(abs(abs(step) - 3) for step in steps)
