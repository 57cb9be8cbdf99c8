"""Courses: sent in, reviewed, listed, removed, and rated by who attended."""

from dataclasses import dataclass
from datetime import date

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.training.known import FORMS, KIND_LABELS, STAGE_LABELS, SUBJECT_LABELS, known
from luoshi.bureau.training.models import TENTHS, Course, Review, Seat
from luoshi.bureau.training.queries import teacher_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MOST, _PRICE, _WHOLE, _STARS = 5000, 100_000, 100, 5
WAYS = {
    Course.State.SENT: (Course.State.REVIEWED, Course.State.REFUSED),
    Course.State.REVIEWED: (Course.State.LISTED, Course.State.REFUSED),
    Course.State.LISTED: (Course.State.REMOVED,),
    Course.State.REMOVED: (Course.State.LISTED,),
    Course.State.REFUSED: (),
}
"""送审 → 评审 → 上架 → 下架: what a course of a state may become."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A course as it is sent in."""

    title: str
    provider: str
    kind: str
    form: str
    tenths: int
    practice: int = 0
    project: str = ""
    subject: str = ""
    stage: str = ""
    price: int = 0
    about: str = ""


def send_course(actor: Actor, city: City, offered: Offered, today: date) -> Course:
    """送审.

    Raises:
        RefusedError: no right, or what is wrong in it, all at once.
    """
    with act(actor, "training.send_course", "course", "", offered.title[:100] or "课程") as note:
        require(actor, "training_send")
        wrong = tuple(_wrong(offered))
        if wrong:
            raise RefusedError(*wrong)
        county = actor.division if actor.role in {"county", "school"} else ""
        row = Course(
            city=city, title=offered.title.strip()[:100], provider=offered.provider.strip()[:100], kind=offered.kind,
            project=offered.project, subject=offered.subject, stage=offered.stage, form=offered.form, tenths=offered.tenths,
            practice=offered.practice, price=offered.price, about=offered.about.strip()[:500], county=county, by=actor.name,
            by_login=actor.login, on=today,
        )  # fmt: skip
        row.save(force_insert=True)
        note.id = str(row.pk)
    return row


def _wrong(one: Offered) -> list[Finding]:
    told = list[Finding]()
    checks = (
        ("课程名称", bool(one.title.strip()), "没有写", "每门课程有名称"),
        ("承办机构", bool(one.provider.strip()), "没有写", "每门课程有承办机构"),
        ("学时类别", one.kind in KIND_LABELS, "没有选", f"须为 {'、'.join(KIND_LABELS.values())} 之一"),
        ("培训方式", one.form in FORMS, "没有选", f"须为 {'、'.join(FORMS.values())} 之一"),
        ("学时", 0 < one.tenths <= _MOST, "不对", f"大于0，不超过 {_MOST // TENTHS} 学时"),
        ("实践学时", one.practice <= one.tenths, "多于学时", "实践学时是学时的一部分"),
        ("价格", one.price <= _PRICE, "太高", f"每人不超过 {_PRICE} 元"),
        ("项目", not one.project or one.project in known(), "没有这个项目", "从列出的培训项目里选"),
        ("学科", not one.subject or one.subject in SUBJECT_LABELS, "没有这个学科", "从列出的学科里选"),
        ("学段", not one.stage or one.stage in STAGE_LABELS, "没有这个学段", "从列出的学段里选"),
    )
    for where, right, what, rule in checks:
        if not right:
            told.append(Finding(where, what, rule, "请改好再送审"))
    return told


def review_course(actor: Actor, number: int, state: str, words: str, today: date, score: int | None = None) -> Course:
    """评审, 上架, 下架 or 不通过, with the reason; who sent a course does not review it.

    Raises:
        RefusedError: no right, one's own, no such step, no reason, or a review without its score.
    """
    with act(actor, "training.review_course", "course", number, "课程") as note:
        require(actor, "training_review")
        row = Course.objects.select_for_update().filter(pk=number).first()
        if row is None:
            raise RefusedError(Finding("课程", f"没有第 {number} 号", "课程见课程超市", "请从列表中打开"))
        note.title = row.title
        if state not in WAYS[Course.State(row.state)]:
            rule = "送审 → 评审 → 上架 → 下架"
            raise RefusedError(Finding(row.title, f"现在是“{row.get_state_display()}”", rule, "请按页面上的按钮办理"))
        if row.by_login == actor.login and state == Course.State.REVIEWED:
            raise RefusedError(Finding(row.title, "是本人送审的", "送审和评审须是两个人", "请由另一人评审"))
        if not words.strip() or (state == Course.State.REVIEWED and not (score is not None and 0 <= score <= _WHOLE)):
            rule = "评审须打0至100分并写意见；上架、下架、不通过须写明理由"
            raise RefusedError(Finding(row.title, "没有写全", rule, "请写分数和意见"))
        Review.objects.create(course=row, state=state, score=score if state == Course.State.REVIEWED else None, words=words.strip()[:300], by=actor.name, by_login=actor.login, on=today)  # fmt: skip
        note.changed("状态", row.get_state_display(), Course.State(state).label)
        row.state, row.version = state, row.version + 1
        row.save(update_fields=["state", "version"])
    return row


def rate(actor: Actor, session: int, stars: int, opinion: str) -> Seat:
    """评价: once by each who attended, after the hours were given.

    Raises:
        RefusedError: no place, not attended, rated before, or no number from 1 to 5.
    """
    with act(actor, "training.rate", "session", session, "评价") as note:
        require(actor, "own_training")
        me = teacher_of(actor)
        found = Seat.objects.select_for_update(of=("self",)).select_related("session__course", "session__event")
        seat = found.filter(session=session, teacher=me, gone_on=None).first() if me else None
        if seat is None or not me or not me.credits.filter(event__session=seat.session).exists():
            raise RefusedError(
                Finding("评价", "没有参加这个班，或还没有记学时", "参加并记了学时的教师评价", "请在记学时后评价")
            )
        note.title = seat.session.course.title
        if seat.stars is not None or not 1 <= stars <= _STARS:
            raise RefusedError(Finding("评价", "已评价过，或没有选分", "每班评价一次，1至5分", "请选1至5分"))
        seat.stars, seat.opinion = stars, opinion.strip()
        seat.save(update_fields=["stars", "opinion"])
        course = Course.objects.select_for_update().get(pk=seat.session.course_id)
        course.stars, course.rated = course.stars + stars, course.rated + 1
        course.save(update_fields=["stars", "rated"])
    return seat
