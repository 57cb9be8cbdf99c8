"""拟公开稿, 审批, 发布, 撤下: the public reads what was approved, word for word, and nothing else."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.utils import timezone

from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.notices.queries import compose, digest_of
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.reading.documents import marks
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_STAGE = Notice.Stage
_LONGEST = 200


def draft(actor: Actor, edition: Edition, on: date, title: str) -> Notice:
    """拟稿: what may be told on a day, frozen as it stands.

    Raises:
        RefusedError: no right, no title, a day to come, or nothing that may be told.
    """
    with act(actor, "notices.draft", "plan", edition.pk, edition.title) as note:
        require(actor, "notice")
        if not title.strip() or len(title.strip()) > _LONGEST:
            raise RefusedError(Finding("公开稿", "标题没有写，或过长", f"标题为 1 至 {_LONGEST} 个字", "请填写标题"))
        if on > timezone.localdate():
            raise RefusedError(Finding("公开稿", f"截至日 {on} 还没有到", "截至日不晚于今天", "请改日期"))
        told = compose(edition.city, edition, on)
        if not told.sections:
            rule = "须已印发，知悉范围为公开，并有核定意见或公开发布的数"
            raise RefusedError(Finding("公开稿", "没有一项可以公开", rule, "请先在事项页核定，并把知悉范围改为公开"))
        kept = Notice.objects.create(
            edition=edition,
            title=title.strip(),
            on=on,
            sections=told.sections,
            left_out=told.left_out,
            digest=digest_of(title.strip(), on, told.sections),
            drafted_by=actor.name,
        )
        note.detail = {"公开稿": kept.pk, "截至": on, "未收": len(told.left_out), "摘要": kept.digest}
    return kept


def _held(notice_id: int, version: int, allowed: Sequence[str], said: str) -> Notice:
    found = Notice.objects.select_for_update().filter(pk=notice_id).first()
    if found is None:
        raise RefusedError(Finding("公开稿", "没有这份公开稿", "只能办理已拟的公开稿", "请刷新页面"))
    if found.version != version:
        raise RefusedError(Finding("公开稿", "别人刚刚办理过", "以先办的为准", "请刷新页面，看过后再办"))
    if found.stage not in allowed:
        what = f"公开稿现在是“{found.get_stage_display()}”，不能{said}"
        raise RefusedError(Finding("公开稿", what, "顺序为拟稿、审批、发布、撤下", "请先看清现在到了哪一步"))
    if digest_of(found.title, found.on, found.sections) != found.digest:
        what = "文字与拟稿时存下的不一致"
        raise RefusedError(Finding("公开稿", what, "审批和发布的须与拟稿一字不差", "请重新拟稿，并报系统管理员核查"))
    return found


def _kept(notice: Notice, stage: str) -> Notice:
    notice.stage = stage
    notice.version += 1
    notice.save()
    return notice


def approve(
    actor: Actor, notice_id: int, version: int, words: str, on: date, paper: tuple[str, bytes] | None = None
) -> Notice:
    """审批: the leader approves the text, or 督查室 enters what he signed on paper (代录).

    Args:
        actor: who.
        notice_id: which.
        version: of the text that was read.
        words: the opinion; an entered one says where the paper lies.
        on: the day of approval.
        paper: name and bytes of the scanned 审批单.

    Raises:
        RefusedError: no right, no words, a day to come, another stage, changed meanwhile, or a mark of secrecy in the text.
    """
    with act(actor, "notices.approve", "notice", notice_id) as note:
        require(actor, "approve_notice")
        notice = _held(notice_id, version, [_STAGE.DRAFT], "审批")
        note.title, note.reason = notice.title, words.strip()
        if not words.strip():
            raise RefusedError(
                Finding("审批", "没有写意见", "审批须写明意见", "例如：同意公开；代录的写明纸质件在何处")
            )
        if on > timezone.localdate():
            raise RefusedError(Finding("审批", f"日期 {on} 还没有到", "须为已经审批的日期", "请改日期"))
        borne = marks("\n".join(_words(notice)))
        if borne:
            what = f"文字带有“{borne[0]}”标志"
            raise RefusedError(Finding("审批", what, "涉密和内部文字不得公开", "请改正台账中的文字，重新拟稿"))
        notice.words, notice.approved_on, notice.approved_by = words.strip(), on, actor.name
        notice.scan = keep_scan(actor, paper[1], paper[0]) if paper else None
        note.detail = {"摘要": notice.digest, "代录": actor.role != "leader"}
        return _kept(notice, _STAGE.APPROVED)


def _words(notice: Notice) -> list[str]:
    return [notice.title, *(value for one in notice.sections for line in one["lines"] for value in line.values())]


def publish(actor: Actor, notice_id: int, version: int) -> Notice:
    """发布: the approved text goes on the public page, where that is switched on.

    Raises:
        RefusedError: no right, not approved, or changed meanwhile.
    """
    with act(actor, "notices.publish", "notice", notice_id) as note:
        require(actor, "notice")
        notice = _held(notice_id, version, [_STAGE.APPROVED], "发布")
        notice.published_at = datetime.now(UTC)
        note.title, note.detail = notice.title, {"摘要": notice.digest}
        return _kept(notice, _STAGE.PUBLISHED)


def withdraw(actor: Actor, notice_id: int, version: int, reason: str) -> Notice:
    """撤下: the public no longer sees it; it stays in the house with the reason.

    Raises:
        RefusedError: no right, withdrawn already, no reason, or changed meanwhile.
    """
    with act(actor, "notices.withdraw", "notice", notice_id) as note:
        require(actor, "notice")
        notice = _held(notice_id, version, [_STAGE.DRAFT, _STAGE.APPROVED, _STAGE.PUBLISHED], "撤下")
        note.title, note.reason = notice.title, reason.strip()
        if not reason.strip():
            raise RefusedError(Finding("撤下", "没有写理由", "撤下须写明理由", "请写明为什么撤下"))
        return _kept(notice, _STAGE.WITHDRAWN)


def switch(actor: Actor, city: City, *, public: bool) -> City:
    """开关公开页: whether anybody on the network may read what was published, without signing in.

    Raises:
        RefusedError: no right.
    """
    with act(actor, "notices.switch", "city", city.pk, city.bureau) as note:
        require(actor, "public")
        note.changed("公开页", *("开" if one else "关" for one in (city.public, public)))
        City.objects.filter(pk=city.pk).update(public=public)
        city.public = public
    return city
