"""教育督查通报 in both its forms, and the report of a quarter: the same parts under another head."""

from collections.abc import Iterable, Iterator

from luoshi.reporting.composing import sections
from luoshi.reporting.composing.attached import attachments_of
from luoshi.reporting.composing.facts import Progress, Situation, counts
from luoshi.reporting.composing.wording import count, due_of, restrained
from luoshi.reporting.official.document import Block, OfficialDocument, Part, RedHead, SerialHead
from luoshi.reporting.official.numbers import official_day

_EVERYBODY = "各县（市、区）教育局，局机关各科室、二级机构，市直各学校"


def serial_bulletin(progress: Progress, *, issue: int, whole: int = 0, name: str = "教育督查通报") -> OfficialDocument:
    """教育督查通报 第×期（总第×期）: the usual form, month by month.

    Args:
        progress: what is told.
        issue: its number within the year.
        whole: its number since the first; 0 prints none.
        name: what the serial is called.
    """
    return _bulletin(progress, SerialHead(name, issue, progress.office, whole), signer="")


def red_bulletin(progress: Progress, *, code: str, doc_no: str = "") -> OfficialDocument:
    """The 通报 as 红头文件.

    Args:
        progress: what is told.
        code: 机关代字, 星教督.
        doc_no: 发文字号; empty leaves room for it.
    """
    head = RedHead(f"{progress.bureau}文件", code)
    return _bulletin(progress, head, signer=progress.bureau, doc_no=doc_no)


def quarterly_report(progress: Progress, *, code: str, doc_no: str = "", issuer: str = "") -> OfficialDocument:
    """The report of a quarter: with what changed since the last, and what others must help with.

    Args:
        progress: what is told; its period is 第三季度.
        code: 机关代字.
        doc_no: 发文字号; empty leaves room for it.
        issuer: 签发人, when it goes upward.
    """
    head = RedHead(f"{progress.bureau}文件", code)
    title = f"关于{progress.on.year}年{progress.period}教育重点工作推进情况的报告"
    chapters = (
        ("总体情况", sections.overall(progress)),
        ("主要进展", sections.advances(progress)),
        ("推进较好的单位和做法", sections.praised(progress)),
        ("存在问题", sections.problems(progress)),
        ("需协调解决的事项", _requests(progress)),
        ("下步安排", sections.demands(progress)),
    )
    return OfficialDocument(
        title=title,
        dated=progress.issued,
        head=head,
        doc_no=doc_no,
        issuer=issuer,
        to=progress.to or _EVERYBODY,
        blocks=tuple(_chapters(progress, chapters, "报告")),
        attachments=attachments_of(progress),
        signer=progress.bureau,
        cc=progress.cc,
        printer=progress.office,
        made_up=progress.made_up,
    )


def _bulletin(progress: Progress, head: RedHead | SerialHead, *, signer: str, doc_no: str = "") -> OfficialDocument:
    chapters = (
        ("总体情况", sections.overall(progress)),
        ("主要进展", sections.advances(progress)),
        ("推进较好的单位和做法", sections.praised(progress)),
        ("存在问题", sections.problems(progress)),
        ("下步要求", sections.demands(progress)),
    )
    return OfficialDocument(
        title=f"关于{progress.period}重点工作推进情况的通报",
        dated=progress.issued,
        head=head,
        doc_no=doc_no,
        to=progress.to or _EVERYBODY,
        blocks=tuple(_chapters(progress, chapters, "通报")),
        attachments=attachments_of(progress),
        signer=signer,
        cc=progress.cc,
        printer=progress.office,
        made_up=progress.made_up,
    )


def _chapters(progress: Progress, chapters: Iterable[tuple[str, Iterable[Block]]], kind: str) -> Iterator[Part]:
    basis = f"根据{progress.basis}，" if progress.basis else ""
    day = official_day(progress.on)
    words = f"{basis}现将{progress.period}教育重点工作推进情况（截至{day}）{kind}如下。"
    yield Block("opening", (words,))
    for at, (title, blocks) in enumerate(chapters, 1):
        yield Block(f"chapter.{at}", (title,), level=1)
        yield from blocks


def _requests(progress: Progress) -> Iterator[Block]:
    """协调事项 and what sections asked for; never among the problems."""
    asked = [item for item in progress.items if item.request]
    waiting = counts(progress.items)[Situation.COORDINATED]
    if waiting:
        yield Block("requests.count", ("由有关方面决定、我局协调推进的事项", count("coordinated", waiting), "项。"))
    for at, item in enumerate(asked, 1):
        text = (
            f"{restrained(item.title)}（{item.office}，{due_of(item, progress.on.year)}）：{restrained(item.request)}。"
        )
        yield Block(f"requests.{at}", (text,), level=3)
    if not asked and not waiting:
        yield Block("requests.none", ("本期无需协调解决的事项。",))
