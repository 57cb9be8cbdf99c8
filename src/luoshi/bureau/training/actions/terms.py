"""Terms of choosing (选课期): sessions are offered, teachers rank what they want, places are given, those who wait move up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from hashlib import sha256

from django.utils import timezone

from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.actions.posting import Letter, post
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.training.models import Choice, Course, Seat, Session, Teacher, Term
from luoshi.bureau.training.placing import clashes, closed_to
from luoshi.bureau.training.queries import teacher_of, why_not_seen
from luoshi.learning import Allotment, Cause
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

ALLOT = "training.allot"
_SEATS, _CHUNK, _RANKED = 5000, 1000, 20
_FEWEST_SEED = 6


@dataclass(frozen=True, slots=True)
class Opening:
    """A term as it is opened."""

    title: str
    opens: date
    closes: date
    most: int
    ranked: int


@dataclass(frozen=True, slots=True)
class Held:
    """A session as it is offered."""

    begins: date
    until: date
    opens_at: time
    closes_at: time
    place: str
    seats: int
    only: Sequence[str] = ()
    reserves: Mapping[str, int] = field(default_factory=dict)


def open_term(actor: Actor, city: City, told: Opening) -> Term:
    """开选课期.

    Raises:
        RefusedError: no right, or days and numbers that cannot be.
    """
    with act(actor, "training.open_term", "term", "", told.title[:100] or "选课期") as note:
        require(actor, "training_term")
        if not told.title.strip() or told.closes < told.opens or not 1 <= told.most <= told.ranked <= _RANKED:
            rule = f"有名称；截止不早于开始；每人至多取得的门数不多于志愿数，志愿不超过 {_RANKED} 个"
            raise RefusedError(Finding("选课期", "没有写全或写得不对", rule, "请改好再开"))
        row = Term(
            city=city, title=told.title.strip()[:100], opens=told.opens, closes=told.closes, most=told.most,
            ranked=told.ranked, by=actor.name, by_login=actor.login,
        )  # fmt: skip
        row.save(force_insert=True)
        note.id = str(row.pk)
    return row


def hold(actor: Actor, course: int, term: int | None, told: Held) -> Session:
    """开班: a session of a listed course, in a term of choosing or by nomination alone.

    Raises:
        RefusedError: no right, the course is not listed, places were given, or days, seats and reserves that cannot be.
    """
    with act(actor, "training.hold", "session", "", "开班") as note:
        require(actor, "training_session")
        row = Course.objects.select_for_update().filter(pk=course, state=Course.State.LISTED).first()
        if row is None:
            raise RefusedError(Finding("开班", "课程没有上架", "上架的课程才能开班", "请先评审、上架"))
        if actor.role == "county" and row.county != actor.division:
            raise RefusedError(
                Finding(row.title, "不是本县(市、区)送审的课程", "县(市、区)给自己的课程开班", "请交市里开班")
            )
        of = Term.objects.filter(pk=term, state=Term.State.OPEN).first() if term else None
        right = told.begins <= told.until and told.opens_at < told.closes_at and told.place.strip()
        kept = sum(told.reserves.values())
        if (term and of is None) or not right or not 0 < told.seats <= _SEATS or kept > told.seats:
            rule = f"有地点；开始不晚于结束；名额1至{_SEATS}，预留之和不多于名额；选课期还没有派位"
            raise RefusedError(Finding(row.title, "没有写全或写得不对", rule, "请改好再开"))
        number = f"{told.begins:%Y}-{row.pk:04d}-{row.sessions.count() + 1:02d}"
        held = Session(
            course=row, term=of, number=number, begins=told.begins, until=told.until, opens_at=told.opens_at,
            closes_at=told.closes_at, place=told.place.strip()[:100], seats=told.seats, only=list(told.only),
            reserves=[[group, many] for group, many in sorted(told.reserves.items()) if many],
        )  # fmt: skip
        held.save(force_insert=True)
        note.id, note.title = str(held.pk), f"{row.title} {number}"
    return held


def choose(
    actor: Actor, term: int, sessions: Sequence[int], today: date, teacher: Teacher | None = None
) -> list[Choice]:
    """自主选学: a teacher's choices in their order, in place of those made before.

    Args:
        actor: the teacher; or their school, county or the bureau, which enters what a teacher without a line handed in.
        term: number of the term.
        sessions: numbers, the most wanted first.
        today: today.
        teacher: whose, where somebody else enters them.

    Raises:
        RefusedError: not a teacher on the register, outside the term, too many, twice the same, or not open to them.
    """
    with act(actor, "training.choose", "term", term, "选课") as note:
        require(actor, "training_choose_for" if teacher else "own_training")
        if teacher and (unseen := why_not_seen(actor, teacher)):
            raise RefusedError(unseen)
        of = Term.objects.select_for_update().filter(pk=term).first()
        me = teacher or teacher_of(actor)
        if of is None or me is None or me.left_on is not None:
            raise RefusedError(
                Finding("选课", "没有这个选课期，或不在教师名册上", "在册教师在选课期内选课", "请联系学校核对名册")
            )
        note.title = of.title
        if of.state != Term.State.OPEN or not of.opens <= today <= of.closes:
            rule = f"{of.opens} 至 {of.closes} 选课"
            raise RefusedError(Finding(of.title, "不在选课时间内", rule, "请在选课时间内选"))
        if len(sessions) > of.ranked or len(set(sessions)) != len(sessions):
            raise RefusedError(Finding(of.title, "志愿太多或重复", f"至多 {of.ranked} 个，各不相同", "请去掉多的"))
        rows = {one.pk: one for one in Session.objects.filter(term=of, pk__in=sessions).select_related("course")}
        wrong = [why for one in sessions if (why := _not_open(rows.get(one), me))]
        if wrong:
            raise RefusedError(*wrong)
        Choice.objects.filter(term=of, teacher=me).delete()
        made = [Choice(term=of, teacher=me, session=rows[one], rank=rank) for rank, one in enumerate(sessions, 1)]
        Choice.objects.bulk_create(made)
        note.detail = {
            "志愿": [rows[one].number for one in sessions],
            **({"代录": teacher.code[:8]} if teacher else {}),
        }
    return made


def _not_open(row: Session | None, me: Teacher) -> Finding | None:
    if row is None or row.course.state != Course.State.LISTED:
        return Finding("选课", "有的班次不在这个选课期里，或已下架", "从列出的班次里选", "请刷新页面后重选")
    if closed_to(row, me):
        return Finding(row.course.title, "不招收您所在的学段、学科或单位", "班次写明了招收范围", "请选别的班次")
    return None


def ask_allot(actor: Actor, number: int, seed: str, witnesses: str, today: date) -> Job:
    """派位 as a job, by a seed drawn before witnesses.

    Raises:
        RefusedError: no right, the term still runs or is done, it is being done, or no seed.
    """
    with act(actor, "training.ask_allot", "term", number, "派位") as note:
        require(actor, "training_term")
        row = Term.objects.select_for_update(of=("self",)).select_related("job").filter(pk=number).first()
        if row is None or row.state != Term.State.OPEN:
            raise RefusedError(Finding("派位", "没有这个选课期，或已派位", "一个选课期派位一次", "请刷新页面"))
        note.title = row.title
        if today <= row.closes:
            raise RefusedError(Finding(row.title, f"{row.closes} 才截止", "截止后派位", "请等截止的第二天"))
        if row.job is not None and row.job.state in {Job.State.WAITING, Job.State.RUNNING}:
            raise RefusedError(Finding(row.title, "正在派位", "一次只办一遍", "请等它办完"))
        if len(seed.strip()) < _FEWEST_SEED or not witnesses.strip():
            rule = f"种子由见证人当场抽取，不少于{_FEWEST_SEED}个字符，并写明见证人"
            raise RefusedError(Finding(row.title, "没有写种子或见证人", rule, "请写全"))
        row.seed, row.witnesses = seed.strip()[:120], witnesses.strip()[:200]
        row.job = enqueue(actor, ALLOT, {"term": row.pk, "on": today.isoformat()}, f"{row.title} 派位")
        row.save(update_fields=["seed", "witnesses", "job"])
        note.detail = {"种子": row.seed, "见证人": row.witnesses}
    return row.job


def settle_allotment(actor: Actor, number: int, told: Allotment, on: date) -> int:
    """Write what came of it, whole or not at all; how many places were given.

    Args:
        actor: who asked.
        number: of the term.
        told: by code of the teacher and number of the session as text.
        on: the day.

    Raises:
        RefusedError: it was done meanwhile.
    """
    with act(actor, "training.allot", "term", number, "派位") as note:
        row = Term.objects.select_for_update().get(pk=number)
        note.title = row.title
        if row.state != Term.State.OPEN:
            raise RefusedError(Finding(row.title, "已派位", "一个选课期派位一次", "请刷新页面"))
        choices = list(Choice.objects.filter(term=row).select_related("teacher").defer("teacher__who"))
        people = {one.teacher.code: one.teacher_id for one in choices}
        for one in choices:
            said = told.told[one.teacher.code, str(one.session_id)]
            one.cause, one.waiting = said.cause.value, said.waiting or None
            one.told = {"round": said.round, "rank": said.rank, "seats": said.seats, "last": list(said.last), "owing": said.owing, "other": said.other}  # fmt: skip
        Choice.objects.bulk_update(choices, ["cause", "waiting", "told"], batch_size=_CHUNK)
        given = [(int(key), people[code]) for code, keys in told.places.items() for key in keys]
        rows = (Seat(session_id=key, teacher_id=who, how=Seat.How.DRAWN, since=on) for key, who in given)
        Seat.objects.bulk_create(rows, batch_size=_CHUNK)
        many: dict[int, int] = {}
        for key, _ in given:
            many[key] = many.get(key, 0) + 1
        sessions = list(Session.objects.filter(term=row))
        for session in sessions:
            session.taken = many.get(session.pk, 0)
        Session.objects.bulk_update(sessions, ["taken"], batch_size=_CHUNK)
        codes = "".join(f"{one}\n" for one in sorted(people))
        row.state, row.given_at, row.listed = Term.State.GIVEN, timezone.now(), sha256(codes.encode()).hexdigest()
        row.save(update_fields=["state", "given_at", "listed"])
        note.detail = {"教师": len(people), "志愿": len(choices), "录取": len(given), "名单摘要": row.listed}
    return len(given)


def give_up(actor: Actor, seat: int, why: str, today: date) -> Seat:
    """退班: a place is given up before the session begins; the first who waits and can come moves up and is told.

    Raises:
        RefusedError: who may not, no such place, it has begun, or no reason.
    """
    with act(actor, "training.give_up", "session", "", "退班") as note:
        held = Seat.objects.select_for_update(of=("self",)).select_related(
            "session__course", "session__term", "teacher__city"
        )
        row = held.filter(pk=seat, gone_on=None).first()
        if row is None:
            raise RefusedError(Finding("退班", "没有这个名额，或已退", "一个名额退一次", "请刷新页面"))
        note.id, note.title = str(row.session_id), f"{row.session.course.title} {row.session.number}"
        require(actor, "training_give_up")
        if seen := why_not_seen(actor, row.teacher):
            raise RefusedError(seen)
        if today >= row.session.begins or not why.strip():
            rule = f"开班（{row.session.begins}）以前退，写明原因"
            raise RefusedError(Finding(note.title, "已开班，或没有写原因", rule, "请写原因；已开班的按缺勤办"))
        row.gone_on, row.gone_why = today, why.strip()[:200]
        row.save(update_fields=["gone_on", "gone_why"])
        heir = _move_up(actor, row.session, today)
        note.detail = {"原因": row.gone_why, "递补": heir.code[:8] if heir else "没有候补"}
    return row


def _move_up(actor: Actor, session: Session, today: date) -> Teacher | None:
    """The first on the waiting list who can still come; who cannot stays on it, told why."""
    held = Session.objects.select_for_update().get(pk=session.pk)
    waiting = (
        Choice.objects.filter(session=session, waiting__isnull=False)
        .order_by("waiting")
        .select_related("teacher", "term")
    )
    for choice in waiting[:_CHUNK]:
        mine = Seat.objects.filter(teacher=choice.teacher, gone_on=None).select_related("session")
        there = [one.session for one in mine if one.session.until >= today]
        here = [one for one in there if one.term_id == choice.term_id]
        if choice.teacher.left_on or len(here) >= choice.term.most or any(clashes(session, one) for one in there):
            continue
        Seat.objects.create(session=session, teacher=choice.teacher, how=Seat.How.MOVED, since=today)
        choice.cause, choice.waiting = Cause.GIVEN, None
        choice.told = {**choice.told, "moved": today.isoformat()}
        choice.save(update_fields=["cause", "waiting", "told"])
        if choice.teacher.login:
            subject = f"候补递补：{session.course.title} {session.number}"
            body = f"有人退班，您已递补。{session.begins} 起，{session.place}。不能参加的请在开班前退班。"
            post(
                actor,
                Letter(f"training/moved/{choice.pk}", "inbox", choice.teacher.login, subject, body, link="/choices/"),
            )
        return choice.teacher
    held.taken -= 1
    held.save(update_fields=["taken"])
    return None
