"""拟稿, 审批, 公布, 更正, 撤回: what was approved is published as it was frozen; nothing is ever changed or silently taken away."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone

from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.signing import same_person
from luoshi.bureau.plans.models import AUDIENCES
from luoshi.bureau.publications import queries
from luoshi.bureau.publications.gathering import Before, Gathered, gather
from luoshi.bureau.publications.known import known, offices_of
from luoshi.bureau.publications.models import Publication, Told
from luoshi.publishing.declaring import Kind, period_of, span_of
from luoshi.publishing.differing import changes
from luoshi.publishing.nouns import content_of, digest_of, plain
from luoshi.publishing.safe_tables import withheld_in
from luoshi.reading.documents import marks
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE = Publication.Stage
_OPEN = (_STAGE.DRAFT, _STAGE.APPROVED)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """Which edition somebody acts on, as it stood when it was shown."""

    publication: int
    version: int


def draft(actor: Actor, city: City, key: str, on: date, *, period: str = "", audience: str = "public") -> Publication:
    """拟稿: a publication of a sort as it would be, frozen.

    Args:
        actor: who.
        city: whose.
        key: of the sort.
        on: 截至日.
        period: 2020, 2020-Q3; the last that is over without one.
        audience: 知悉范围.

    Raises:
        RefusedError: no right, no such sort or period, a day to come, nothing held, or the same is under way.
    """
    with act(actor, "publications.draft", "publication", key, key) as note:
        kind = _kind(key)
        require(actor, "publication", lead=offices_of(city)[key])
        told = period or period_of(kind.every, on)
        note.title = kind.label
        _refuse_days(kind, told, on, audience)
        rows = Publication.objects.filter(city=city, kind=key, period=told)
        if (there := rows.filter(stage__in=[*_OPEN, _STAGE.PUBLISHED]).first()) and kind.every != "day":
            what = f"{told}的已经有了：{there.get_stage_display()}"
            raise RefusedError(Finding(kind.label, what, "同一时期只公布一次，改动用更正", "请打开已有的一份"))
        made = gather(city, kind, told, on)
        return _kept(actor, note, Publication(city=city, kind=key, period=told, on=on, audience=audience), made)


def _kind(key: str) -> Kind:
    kind = known().get(key)
    if kind is None:
        what = f"没有“{key[:40]}”这一类"
        raise RefusedError(Finding("公布件", what, "公布的种类都已声明", "请从页面上的种类里选"))
    return kind


def _refuse_days(kind: Kind, period: str, on: date, audience: str) -> None:
    if on > timezone.localdate():
        raise RefusedError(Finding(kind.label, f"截至日 {on} 还没有到", "截至日不晚于今天", "请改日期"))
    if audience not in dict(AUDIENCES):
        raise RefusedError(Finding(kind.label, "没有这种知悉范围", "公开、系统内、局内、领导参阅", "请从页面上选"))
    try:
        _, last = span_of(kind.every, period)
    except (ValueError, IndexError) as error:
        what = f"“{period[:12]}”不是时期"
        raise RefusedError(Finding(kind.label, what, "年写 2020，季度写 2020-Q3", "请改时期")) from error
    if last > on:
        rule = "只公布已经结束的时期"
        raise RefusedError(Finding(kind.label, f"{period} 到 {last} 才结束", rule, "请改时期或截至日"))


def _kept(actor: Actor, note: Note, row: Publication, made: Gathered) -> Publication:
    row.title, row.content = made.content.title, plain(made.content)
    row.digest, row.left_out = made.content.digest, list(made.left_out)
    row.drafted_by, row.drafted_login = actor.name, actor.login
    row.save(force_insert=True)
    Told.objects.bulk_create(Told(publication=row, case_id=case) for case in made.cases)
    note.id, note.title = str(row.pk), row.title
    note.detail = {"截至": row.on, "知悉范围": row.get_audience_display(), "摘要": row.digest, "条数": _lines(made)}
    return row


def _lines(made: Gathered) -> int:
    return sum(len(one.rows) for one in made.content.tables)


def correct(actor: Actor, shown: Shown, reason: str, on: date) -> Publication:
    """更正: the same made anew from what is held now, to stand beside the edition it corrects with every difference.

    Raises:
        RefusedError: no right, not out, no reason, nothing differs, or a correction is under way.
    """
    with act(actor, "publications.correct", "publication", shown.publication) as note:
        before = _held(shown, [_STAGE.PUBLISHED], "更正")
        kind = _kind(before.kind)
        require(actor, "publication", lead=offices_of(before.city)[kind.key])
        note.title, note.reason = before.title, _reason("更正", reason)
        if before.corrections.filter(stage__in=[*_OPEN, _STAGE.PUBLISHED]).exists():
            what = "已经有一份更正"
            raise RefusedError(
                Finding("更正", what, "一版只更正一次，再改的更正最后一版", "请打开最后一版或正在办的更正")
            )
        if on > timezone.localdate() or on < before.on:
            raise RefusedError(Finding("更正", f"截至日 {on} 不对", f"{before.on}至今天", "请改日期"))
        period = on.isoformat() if kind.every == "day" else before.period
        made = gather(before.city, kind, period, on, _before(before))
        said = changes(content_of(before.content), made.content)
        if not said:
            raise RefusedError(Finding("更正", "与已公布的没有差别", "更正须有不同", "请先更正报表、办件或名单"))
        row = Publication(city=before.city, kind=kind.key, period=period, on=on, audience=before.audience)
        row.corrects, row.edition, row.year, row.serial = before, before.edition + 1, before.year, before.serial
        row.changes, row.reason = [asdict(one) for one in said], note.reason
        return _kept(actor, note, row, made)


def _before(row: Publication) -> Before:
    """What every edition up to this one withheld, and the cases this one told."""
    withheld = dict[str, set[tuple[str, str]]]()
    one: Publication | None = row
    while one is not None:
        for table in content_of(one.content).tables:
            withheld.setdefault(table.key, set()).update(withheld_in(table))
        one = one.corrects
    return Before(withheld, frozenset(row.told.values_list("case_id", flat=True)))


def approve(actor: Actor, shown: Shown, words: str, on: date, paper: tuple[str, bytes] | None = None) -> Publication:
    """审批: another than who drafted it agrees, or 督查室 enters what was signed on paper (代录).

    Raises:
        RefusedError: no right, the drafter's own hand, no words, a day to come, or a mark of secrecy in what is published.
    """
    with act(actor, "publications.approve", "publication", shown.publication) as note:
        require(actor, "approve_publication")
        row = _held(shown, [_STAGE.DRAFT], "审批")
        note.title, note.reason = row.title, _reason("审批", words)
        if same_person(actor, row.drafted_login, row.drafted_by):
            what = f"{actor.name}是拟稿人"
            raise RefusedError(Finding("审批", what, "拟稿和审批须为两个人", "请交分管局领导或督查室另一人审批"))
        if on > timezone.localdate():
            raise RefusedError(Finding("审批", f"日期 {on} 还没有到", "须为已经审批的日期", "请改日期"))
        if borne := marks("\n".join(queries.words_of(row))):
            what = f"文字带有“{borne[0]}”标志"
            raise RefusedError(Finding("审批", what, "涉密和内部文字不得公开", "请改正来源，重新拟稿"))
        row.words, row.approved_on = note.reason, on
        row.approved_by, row.approved_login = actor.name, actor.login
        row.scan = keep_scan(actor, paper[1], paper[0]) if paper else None
        note.detail = {"摘要": row.digest, "代录": actor.role != "leader"}
        return _moved(row, _STAGE.APPROVED)


def publish(actor: Actor, shown: Shown, on: date, doc_no: str = "") -> Publication:
    """公布: numbered, and where its 知悉范围 is 公开, on the public pages from now on.

    Args:
        actor: who.
        shown: the approved edition.
        on: the day it is out.
        doc_no: 发文字号, where there is one.

    Raises:
        RefusedError: no right, not approved, changed meanwhile, or a day that is to come or before the approval.
    """
    with act(actor, "publications.publish", "publication", shown.publication) as note:
        row = _held(shown, [_STAGE.APPROVED], "公布")
        require(actor, "publication", lead=offices_of(row.city)[row.kind])
        if on > timezone.localdate() or (row.approved_on and on < row.approved_on):
            rule = f"须在审批（{row.approved_on}）以后，不晚于今天"
            raise RefusedError(Finding("公布", f"日期 {on} 不对", rule, "请改日期"))
        if row.serial is None:
            City.objects.select_for_update().get(pk=row.city_id)  # two that are published at once follow one another
            same = Publication.objects.filter(city=row.city, year=on.year, audience=row.audience)
            last = same.aggregate(last=Max("serial"))["last"]
            row.year, row.serial = on.year, (last or 0) + 1
        row.published_on, row.published_by, row.doc_no = on, actor.name, doc_no.strip()[:100]
        note.title = row.title
        note.detail = {"编号": queries.number_of(row), "版": row.edition, "摘要": row.digest}
        return _moved(row, _STAGE.PUBLISHED)


def withdraw(actor: Actor, shown: Shown, reason: str) -> Publication:
    """撤回: number, title, day and reason stay where it was read; its figures go. All its editions go with it.

    Raises:
        RefusedError: no right, not out, no reason, a correction is under way, or it is not the last edition.
    """
    with act(actor, "publications.withdraw", "publication", shown.publication) as note:
        row = _held(shown, [_STAGE.PUBLISHED], "撤回")
        require(actor, "publication", lead=offices_of(row.city)[row.kind])
        note.title, note.reason = row.title, _reason("撤回", reason)
        if row.corrections.filter(stage__in=[*_OPEN, _STAGE.PUBLISHED]).exists():
            what = "它有更正"
            raise RefusedError(Finding("撤回", what, "撤回的是最后一版，连同以前各版", "请先办完更正，再撤回最后一版"))
        today, earlier = timezone.localdate(), row.corrects
        told = {
            "stage": _STAGE.WITHDRAWN,
            "withdrawn_on": today,
            "withdrawn_by": actor.name,
            "why_withdrawn": note.reason,
        }
        while earlier is not None:
            Publication.objects.filter(pk=earlier.pk).update(**told, version=earlier.version + 1)
            earlier = earlier.corrects
        row.withdrawn_on, row.withdrawn_by, row.why_withdrawn = today, actor.name, note.reason
        return _moved(row, _STAGE.WITHDRAWN)


def drop(actor: Actor, shown: Shown, reason: str) -> Publication:
    """作废: a draft that will not be published; it stays in the house with the reason.

    Raises:
        RefusedError: no right, out already, or no reason.
    """
    with act(actor, "publications.drop", "publication", shown.publication) as note:
        row = _held(shown, _OPEN, "作废")
        require(actor, "publication", lead=offices_of(row.city)[row.kind])
        note.title, note.reason = row.title, _reason("作废", reason)
        row.why_withdrawn = note.reason
        return _moved(row, _STAGE.DROPPED)


def note_site(actor: Actor, city: City, files: int, digest: str) -> None:
    """导出公开网站: what leaves as a site is entered, with the digest of its list of digests."""
    with act(actor, "publications.site", "city", city.pk, city.bureau) as note:
        note.detail = {"文件": files, "摘要": digest}


def _held(shown: Shown, allowed: Sequence[str], said: str) -> Publication:
    row = (
        Publication.objects.select_for_update(of=("self",)).select_related("city").filter(pk=shown.publication).first()
    )
    if row is None:
        raise RefusedError(Finding("公布件", "没有这一份", "只能办理已拟的公布件", "请刷新页面"))
    if row.version != shown.version:
        raise RefusedError(Finding("公布件", "别人刚刚办理过", "以先办的为准", "请刷新页面，看过后再办"))
    if row.stage not in allowed:
        what = f"现在是“{row.get_stage_display()}”，不能{said}"
        raise RefusedError(Finding("公布件", what, "顺序为拟稿、审批、公布，再有更正或撤回", "请先看清现在到了哪一步"))
    if digest_of(row.content) != row.digest:
        what = "内容与拟稿时存下的不一致"
        raise RefusedError(Finding("公布件", what, "审批和公布的须与拟稿一字不差", "请重新拟稿，并报系统管理员核查"))
    return row


def _reason(where: str, words: str) -> str:
    told = words.strip()
    if not told or len(told) > _LONGEST:
        what = "没有写，或过长"
        raise RefusedError(Finding(where, f"理由或意见{what}", f"1 至 {_LONGEST} 个字", "请写明"))
    return told


def _moved(row: Publication, stage: str) -> Publication:
    row.stage = stage
    row.version += 1
    row.save()
    return row
