"""Texts are drafted, edited, settled and dropped here. What was settled never changes; a correction is another text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from luoshi.bureau.agreements.actions import publish
from luoshi.bureau.agreements.models import Round
from luoshi.bureau.bulletins.gathering import Gathered, Terms, gather
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.files.actions import keep, keep_scan
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.queries import Item
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports.models import Amount
from luoshi.reporting import composing
from luoshi.reporting.official import OfficialDocument, RedHead, as_word, figures_of, normal_number, settled
from luoshi.reporting.official.editing import TITLE, paragraph, with_words
from luoshi.reporting.official.keeping import as_plain, from_plain
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_KIND, _STAGE = Bulletin.Kind, Bulletin.Stage
_COMPOSE: Mapping[str, Callable[[Gathered, Terms], OfficialDocument]] = {
    _KIND.SERIAL: lambda told, terms: composing.serial_bulletin(told.progress, issue=terms.issue, whole=terms.whole),
    _KIND.RED_HEAD: lambda told, terms: composing.red_bulletin(told.progress, code=terms.code),
    _KIND.QUARTER: lambda told, terms: composing.quarterly_report(told.progress, code=terms.code),
    _KIND.LEADERS: lambda told, _: composing.leaders_page(told.progress),
    _KIND.MEETING: lambda told, _: composing.meeting_pack(told.progress),
}
_LINE = 300


def draft(actor: Actor, edition: Edition, items: Sequence[Item], terms: Terms) -> Bulletin:
    """A text of the day, composed by rules from the issued items as the ledger judged them.

    Args:
        actor: who drafts.
        edition: the plan.
        items: the ledger judged for the day of the text.
        terms: kind, day, issue and what else a person says.

    Raises:
        RefusedError: no right, a day to come, no issued item, an issue that was used, a ranking nobody approved.
    """
    with act(actor, "bulletins.draft", "plan", edition.pk, edition.title) as note:
        require(actor, "bulletin")
        issued = [item for item in items if item.row.breakdown.stage == "issued"]
        _refuse_terms(edition, terms, issued)
        told = gather(edition, issued, terms)
        document = _COMPOSE[terms.kind](told, terms)
        bound = {one.key for one in figures_of(document)}
        made = Bulletin.objects.create(
            edition=edition,
            kind=terms.kind,
            on=terms.on,
            title=document.title.replace("\n", ""),
            issue=terms.issue if terms.kind == _KIND.SERIAL else None,
            document=as_plain(document),
            sources={key: one for key, one in told.sources.items() if _named(key, bound)},
            counts={one.value: number for one, number in composing.counts(told.progress.items).items()},
            drafted_by=actor.name,
        )
        note.detail = {"文种": made.get_kind_display(), "截至": terms.on, "期": made.issue}
    return made


def _named(key: str, bound: set[str]) -> bool:
    """Whether a figure or something derived from it (its gap) stands in the text."""
    return key in bound or any(one.startswith(f"{key}:") for one in bound)


def _refuse_terms(edition: Edition, terms: Terms, issued: Sequence[Item]) -> None:
    if terms.kind not in _COMPOSE:
        raise RefusedError(Finding("文种", f"没有“{terms.kind[:20]}”这种文种", "文种须从列表中选", "请重新选择"))
    if terms.on > timezone.localdate():
        raise RefusedError(Finding("截至日", f"{terms.on} 还没有到", "只写到今天为止的情况", "请改截至日"))
    if terms.issued < terms.on:
        raise RefusedError(
            Finding("成文日期", f"{terms.issued} 早于截至日 {terms.on}", "先截至，后成文", "请改成文日期")
        )
    if not issued:
        raise RefusedError(Finding(edition.title, "没有已印发的事项", "只写已立项、已印发的", "请先印发任务分解表"))
    if terms.kind == _KIND.SERIAL and _used(edition, terms.issue, 0):
        raise RefusedError(Finding("期号", f"第{terms.issue}期已经定稿", "期号不重复使用", "请用下一期的期号"))


def _used(edition: Edition, issue: int | None, but: int) -> bool:
    found = Bulletin.objects.filter(edition=edition, issue=issue, stage=_STAGE.SETTLED).exclude(pk=but)
    return issue is not None and found.exists()


def edit(actor: Actor, bulletin_id: int, version: int, words: Mapping[str, str]) -> Bulletin:
    """A person's words by block; a figure stays bound where its number still stands.

    Raises:
        RefusedError: no right, settled or dropped, or edited meanwhile.
    """
    with act(actor, "bulletins.edit", "bulletin", bulletin_id) as note:
        require(actor, "bulletin")
        bulletin = _held(bulletin_id, version)
        note.title = bulletin.title
        before: OfficialDocument = from_plain(bulletin.document)
        after = with_words(before, words)
        bulletin.document, bulletin.version = as_plain(after), bulletin.version + 1
        bulletin.save(update_fields=["document", "version"])
        was, now = {one.key for one in figures_of(before)}, {one.key for one in figures_of(after)}
        note.detail = {"不再与数据相连": sorted(was - now)}
        for key in sorted(words):
            note.changed("标题" if key == TITLE else f"段落 {key}", paragraph(before, key), paragraph(after, key))
    return bulletin


@dataclass(frozen=True, slots=True)
class Issued:
    """How a text was issued: its number as the document office gave it, the day, and the signed paper."""

    doc_no: str
    on: date
    scan: bytes = b""
    scan_name: str = ""


def settle(actor: Actor, bulletin_id: int, version: int, issued: Issued) -> Bulletin:
    """定稿: number and scan are entered, bindings go from the file, and what it printed becomes 发布数.

    Raises:
        RefusedError: no right, settled already, no number where one is owed, a day before the draft's, no scan.
    """
    with act(actor, "bulletins.settle", "bulletin", bulletin_id) as note:
        require(actor, "settle_bulletin")
        bulletin = _held(bulletin_id, version)
        note.title = bulletin.title
        _refuse_issue(bulletin, issued)
        document: OfficialDocument = from_plain(bulletin.document)
        if isinstance(document.head, RedHead):
            document = replace(document, doc_no=normal_number(issued.doc_no))
        bulletin.document = as_plain(document)
        content = settled(as_word(document, draft=False))
        bulletin.file = keep(actor, content, f"{bulletin.title}.docx")
        bulletin.scan = keep_scan(actor, issued.scan, issued.scan_name) if issued.scan else None
        bulletin.doc_no = document.doc_no
        bulletin.stage, bulletin.settled_on, bulletin.settled_by = _STAGE.SETTLED, issued.on, actor.name
        bulletin.version += 1
        bulletin.save()
        note.detail = {
            "文号": bulletin.doc_no,
            "期": bulletin.issue,
            "定稿": issued.on,
            "发布数": _publish(actor, bulletin, issued.on),
        }
    return bulletin


_OUTSIDE = (_KIND.SERIAL, _KIND.RED_HEAD, _KIND.QUARTER)
"""What leaves the house: its figures are 发布数 from then on. A leaders' page and a meeting's papers publish nothing."""


def _refuse_issue(bulletin: Bulletin, issued: Issued) -> None:
    if issued.on < bulletin.on or issued.on > timezone.localdate():
        raise RefusedError(
            Finding(
                "定稿日期",
                f"{issued.on} 不在截至日 {bulletin.on} 与今天之间",
                "先截至，后定稿，不写将来的日期",
                "请改日期",
            )
        )
    if bulletin.kind in {_KIND.RED_HEAD, _KIND.QUARTER} and not issued.doc_no.strip():
        raise RefusedError(
            Finding("发文字号", "没有填发文字号", "红头文件定稿须有文书给的文号", "请填文号，如 ×教督〔2020〕7号")
        )
    if bulletin.kind in _OUTSIDE and not issued.scan:
        raise RefusedError(Finding("签发件", "没有上传签发件扫描", "对外的通报定稿须附签发件", "请上传 PDF 或图片"))
    if _used(bulletin.edition, bulletin.issue, bulletin.pk):
        raise RefusedError(Finding("期号", f"第{bulletin.issue}期已经定稿", "期号不重复使用", "请作废后按下一期重拟"))


def _publish(actor: Actor, bulletin: Bulletin, issued_on: date) -> int:
    """The verified figures the text prints become 发布数, with the text as their place; how many."""
    if bulletin.kind not in _OUTSIDE:
        return 0
    place = bulletin.doc_no or f"{bulletin.title}（第{bulletin.issue}期）"
    bound = {one.key.removesuffix(":gap") for one in figures_of(from_plain(bulletin.document))}
    printed = [one for key, one in bulletin.sources.items() if key in bound]
    ids = [int(one["amount"]) for one in printed if one.get("amount")]
    for amount in Amount.objects.select_for_update().filter(pk__in=ids, published=None).order_by("id"):
        amount.published, amount.published_in = amount.verified, place[:200]
        amount.save(update_fields=["published", "published_in"])
    lines = [int(one["line"]) for one in printed if one.get("line")]
    rounds = Round.objects.filter(lines__in=lines, lines__published_value=None).distinct().order_by("pk")
    for one in rounds:
        publish(actor, one.pk, one.version, place, issued_on)
    return len(ids) + len(lines)


def drop(actor: Actor, bulletin_id: int, version: int, reason: str) -> Bulletin:
    """作废 of a draft, with a reason; its issue can be used again.

    Raises:
        RefusedError: no right, settled, no reason, or edited meanwhile.
    """
    with act(actor, "bulletins.drop", "bulletin", bulletin_id) as note:
        require(actor, "bulletin")
        bulletin = _held(bulletin_id, version)
        note.title, note.reason = bulletin.title, reason.strip()
        if not reason.strip():
            raise RefusedError(Finding(bulletin.title, "没有写理由", "作废须写理由", "请写明理由"))
        bulletin.stage, bulletin.reason = _STAGE.DROPPED, reason.strip()[:_LINE]
        bulletin.version += 1
        bulletin.save(update_fields=["stage", "reason", "version"])
    return bulletin


def _held(bulletin_id: int, version: int) -> Bulletin:
    found = Bulletin.objects.select_for_update(of=("self",)).select_related("edition", "edition__city")
    bulletin = found.filter(pk=bulletin_id).first()
    if bulletin is None:
        raise RefusedError(Finding("官文", "没有这一份", "只办理已拟的", "请刷新页面"))
    if bulletin.stage != _STAGE.DRAFT:
        what = f"这一份已“{bulletin.get_stage_display()}”"
        raise RefusedError(Finding(bulletin.title, what, "定稿、作废以后不再改，改错另行更正", "请另拟一份"))
    if bulletin.version != version:
        raise RefusedError(Finding(bulletin.title, "别人刚刚改过这一份", "以先改的为准", "请刷新页面，看过后再改"))
    return bulletin
