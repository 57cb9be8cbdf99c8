"""What a stretch says beside numbers: how it stands, what hinders, what comes next, that nothing is new."""

import re
from dataclasses import dataclass

from luoshi.reading.replies.reply import LONGEST, Claim

_LETTERS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")
_ASIDE = 4
"""Letters beside the phrase that still name nothing: 本月, 进展情况."""
_NOTHING = re.compile(
    r"(?:无|没有?|暂无|尚无|未有)(?:任何|什么|明显|实质性|大的|其他)?(?:新的?)?(?:进展|变化|变动|更新|新情况|动静|新增情况|情况更新)|零报告(?!”)|0报告|无新增(?!$|的)|"
    r"(?:与|同|和)(?:上[个]?月|上期|上次|前次|上一期|前期)(?:报送|所报|情况|数据|反馈|内容)?(?:的?(?:情况|数据|内容))?(?:保持)?(?:一致|相同|一样|持平)|(?:维持|保持)(?:上月|上期|上次|原)[^，,。；;]{0,6}|(?<!合)同上(?:月|期|次)|没啥(?:变化|进展|新)"
)
_LATER_PROGRESS = re.compile(r"(?:以来|之前|过去)[^，,。；;]{0,6}$")
_NOT_BEGUN = re.compile(
    r"(?:尚未|还未|暂未|仍未|还没有?|未)(?:正式)?(?:启动|开工|开展|实施|动工|开始|组织|召开|印发|出台|起步|举办)|没(?:有)?(?:启动|开工|开始|动工)|未启动"
)
_DONE = re.compile(
    r"(?<!未)(?<!基本)已(?:经)?(?:全部|全面|提前|如期|按期|按时|圆满|顺利|于\S{1,12})?(?:完成|建成|投入使用|办结|达标|实现|销号)|(?:任务|目标)(?:已)?(?:全部|提前|超额|圆满)?(?:完成|达成)|全部完成|已超额|圆满完成|提前完成|^完成$|^已完成$|办结"
)
_ACTS_DONE = {
    re.compile(r"已(?:经)?[^，,。；;]{0,14}(?:印发|出台|发布|公布|下发)"): re.compile(
        r"印发|出台|制定|编制|修订|公布|发布|制发"
    ),
    re.compile(r"已(?:经)?[^，,。；;]{0,14}(?:召开|举办|举行|开展)"): re.compile(r"召开|举办|举行|办好|组织"),
}
"""Acts that finish a task only where the task is that act: an issued notice builds no school."""
_PARTLY = re.compile(
    r"(?:已|累计)?(?:经)?完成(?:了)?[^，,。；;]{0,12}\d|基本完成|部分完成|完成率(?:为|达)?(?!100)|未完成|初稿|征求意见"
)
_PAUSED = re.compile(r"暂缓|暂停(?!\d)|延期|推迟|取消(?:举办|召开)")
_STANDING = re.compile(r"常态化|长期坚持|持续(?:推进|开展)|日常")
_UNDERWAY = re.compile(r"正在|推进中|进行中|有序推进|稳步推进|正常推进|按计划|按序时|序时推进|加快|在建|筹备|起草|施工")
_TROUBLE = re.compile(
    r"(?:(?:^|(?<=[。；;，,！\n（(]))(?:当前|目前)?|存在的?|主要)(?:主要)?(?:问题|困难|难点|不足)(?:和困难|及原因|及困难)?(?:是|主要是|有|为|[:：])[:：]?|因(?=资金|用地|疫情|人员|土地|审批|编制|财政)|由于|受(?=[^，,。；;]{1,14}影响)"
)
_NEXT = re.compile(
    r"(?:下一?步|下阶段|下一阶段|接下来|下月|后续)(?:工作)?(?:打算|安排|计划|措施|，|,|[:：]|将|拟|我们|我科|准备|要|主要|继续|争取)"
)
_END = re.compile(r"[。！!\n]|；(?=[^；]{0,12}(?:下一?步|问题))")
_EMPTY_CELLS = frozenset({"", "无", "/", "—", "——", "-", "暂无", "没有", "无问题", "无困难"})


@dataclass(frozen=True, slots=True)
class Claims:
    """What the words claim."""

    claim: Claim | None
    trouble: str
    next_step: str
    nothing_new: bool
    progress: str
    """The words without trouble and next step, at most 200 characters."""


def claims(words: str, trouble: str = "", next_step: str = "", state: str = "") -> Claims:
    """What a stretch claims.

    Args:
        words: the stretch.
        trouble: the cell 存在问题, if there is one.
        next_step: the cell 下步打算.
        state: the cell 状态.
    """
    hinders, comes = _stretch(words, _TROUBLE), _stretch(words, _NEXT)
    progress = words
    for span in sorted(filter(None, (hinders, comes)), reverse=True):
        progress = progress[: span[0]] + progress[span[1] :]
    progress = progress.strip(" ，,；;\n") or ("" if hinders or comes else words.strip())
    return Claims(
        claim=_claim(f"{state}。{progress}"),
        trouble=_cell(trouble) or (words[slice(*hinders)].strip() if hinders else ""),
        next_step=_cell(next_step) or (words[slice(*comes)].strip() if comes else ""),
        nothing_new=_is_nothing(progress),
        progress=_shortened(progress),
    )


def is_done_by_act(words: str, title: str) -> bool:
    """Whether a document was issued or a meeting held, where that is the task."""
    told = any(done.search(words) and task.search(title) for done, task in _ACTS_DONE.items())
    return told and not _PARTLY.search(words) and not re.search(r"通知|专题会|调度会|推进会", words)


def _cell(words: str) -> str:
    return "" if words.strip("。 ") in _EMPTY_CELLS else words.strip()[:LONGEST]


def _stretch(words: str, opens: re.Pattern[str]) -> tuple[int, int] | None:
    """From the first opening word to the end of its sentence."""
    found = opens.search(words)
    if found is None:
        return None
    end = _END.search(words, found.end())
    return found.start(), min(end.end() if end else len(words), found.start() + LONGEST)


def without_next(words: str) -> str:
    """The words with every sentence about what comes next blanked out; offsets stay."""
    told = words
    at = 0
    while found := _NEXT.search(told, at):
        end = _END.search(told, found.end())
        until = end.start() if end else len(told)
        told = told[: found.start()] + "，" * (until - found.start()) + told[until:]
        at = until
    return told


def _is_nothing(words: str) -> bool:
    found = _NOTHING.search(words)
    return found is not None and not _LATER_PROGRESS.search(words[: found.start()])


def says_nothing(words: str) -> bool:
    """Whether words say 本期无新进展."""
    return _NOTHING.search(words) is not None


def _claim(words: str) -> Claim | None:
    if _PAUSED.search(words):
        return Claim.PAUSED
    if _NOT_BEGUN.search(words):
        return Claim.NOT_BEGUN
    if _DONE.search(words) and not _PARTLY.search(words):
        return Claim.DONE
    if _UNDERWAY.search(words) or _PARTLY.search(words):
        return Claim.UNDERWAY
    return Claim.STANDING if _STANDING.search(words) else None


def _shortened(words: str) -> str:
    """At most 200 characters, cut at a mark where there is one."""
    flat = " ".join(words.split())
    if len(flat) <= LONGEST:
        return flat
    cut = max(flat.rfind(mark, 0, LONGEST - 1) for mark in "。；，")
    return flat[: cut + 1] if cut > LONGEST // 2 else flat[: LONGEST - 1] + "…"


def only_nothing(words: str) -> bool:
    """Whether words say that nothing is new and nothing else: 零报告 names no item, although an item may be called so."""
    rest, found = _NOTHING.subn("", words)
    return bool(found) and len(_LETTERS.findall(rest)) <= _ASIDE
