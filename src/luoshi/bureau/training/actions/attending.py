"""Attendance (签到): by a code that is shown in the room, once a day by each who has a place, or by a roster. Then hours, once."""

import secrets
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import require
from luoshi.bureau.training.actions.crediting import Given, give
from luoshi.bureau.training.known import event_key, values
from luoshi.bureau.training.models import Attendance, Credit, Event, Seat, Session, Teacher
from luoshi.bureau.training.queries import teacher_of
from luoshi.bureau.training.trying import many_tries
from luoshi.declared.training_hours import ATTENDED_LEAST
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MINUTES = 30
"""How long a shown code lets in."""
_DIGITS = 6
_WHOLE = 100


def show_code(actor: Actor, number: int, today: date) -> Session:
    """A new code for the room, of six digits; the one before lets nobody in any more.

    Raises:
        RefusedError: no right, or the session does not meet today.
    """
    with act(actor, "training.show_code", "session", number, "签到码") as note:
        row = held(actor, number)
        note.title = str(row)
        if not row.begins <= today <= row.until:
            rule = f"上课的日子（{row.begins} 至 {row.until}）显示签到码"
            raise RefusedError(Finding(str(row), "今天不上课", rule, "请在上课当天显示；事后用签到表"))
        row.code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
        row.code_until = timezone.now() + timedelta(minutes=MINUTES)
        row.save(update_fields=["code", "code_until"])
    return row


def held(actor: Actor, number: int) -> Session:
    """A session that is not closed, held until the act ends.

    Raises:
        RefusedError: no right, another county's, there is none, or it is closed.
    """
    require(actor, "training_session")
    rows = Session.objects.select_for_update(of=("self",)).select_related("course__city")
    row = rows.filter(pk=number, closed_on=None).first()
    if row is None or (actor.role == "county" and row.course.county != actor.division):
        rule = "没有结班的班次由开班的单位办理"
        raise RefusedError(Finding("班次", "没有这个班次、已结班，或不是本县(市、区)开的", rule, "请从列表中打开"))
    return row


def attend(actor: Actor, code: str, today: date) -> Attendance:
    """A teacher types the code that is shown in the room.

    Args:
        actor: the teacher.
        code: six digits.
        today: today.

    Raises:
        RefusedError: too many wrong codes, no such code, no place in that session, or attended already today.
    """
    with act(actor, "training.attend", "session", "", "签到") as note:
        require(actor, "own_training")
        if many_tries(actor.login):
            rule = "连续输错的，十分钟后再试"
            raise RefusedError(Finding("签到", "输错的次数太多", rule, "请稍后再试，或请班主任登记"))
        me, wanted = teacher_of(actor), "".join(one for one in code if one.isdecimal())
        there = Seat.objects.select_for_update(of=("self",)).select_related("session__course__city")
        found = (
            there.filter(teacher=me, gone_on=None, session__code=wanted, session__closed_on=None)
            if me and wanted
            else None
        )
        seat = next((one for one in found or () if _lets_in(one.session, today)), None)
        if seat is None:
            rule = f"教室里显示的六位数字，{MINUTES} 分钟内有效，本班学员使用"
            raise RefusedError(Finding("签到", "签到码不对、已过期，或您不在这个班", rule, "请照教室里显示的再输一次"))
        note.id, note.title = str(seat.session_id), str(seat.session)
        if Attendance.objects.filter(seat=seat, on=today).exists():
            raise RefusedError(Finding("签到", "今天已签到", "每天签到一次", "不用再签"))
        row = Attendance.objects.create(seat=seat, on=today, how="code", by=actor.name)
        give_hours(actor, seat.session, [seat], today)
    return row


def _lets_in(session: Session, today: date, now: datetime | None = None) -> bool:
    until = session.code_until
    return until is not None and (now or timezone.now()) <= until and session.begins <= today <= session.until


@dataclass(frozen=True, slots=True)
class Signed:
    """A line of a roster: who was there, on which day."""

    code: str
    on: date


def take_roster(actor: Actor, number: int, lines: Iterable[Signed], today: date) -> Counter[str]:
    """签到表: attendance of a session as a list; what is there already is not entered twice.

    Raises:
        RefusedError: as `held`.
    """
    with act(actor, "training.take_roster", "session", number, "签到表") as note:
        row = held(actor, number)
        note.title, told = str(row), Counter[str]()
        seats = {one.teacher.code: one for one in row.places.filter(gone_on=None).select_related("teacher")}
        there = set(Attendance.objects.filter(seat__session=row).values_list("seat_id", "on"))
        fresh, touched = list[Attendance](), dict[int, Seat]()
        for line in lines:
            seat = seats.get(line.code)
            if seat is None or not row.begins <= line.on <= min(row.until, today):
                told["不在班或不是上课日"] += 1
            elif (seat.pk, line.on) in there:
                told["已签到"] += 1
            else:
                there.add((seat.pk, line.on))
                fresh.append(Attendance(seat=seat, on=line.on, how="roster", by=actor.name))
                touched[seat.pk] = seat
                told["登记"] += 1
        Attendance.objects.bulk_create(fresh)
        told["记学时"] = give_hours(actor, row, list(touched.values()), today)
        note.detail = dict(told)
    return told


def give_hours(actor: Actor, session: Session, seats: list[Seat], today: date) -> int:
    """Hours to whoever was there often enough; once. Called inside the act that enters attendance."""
    days = (session.until - session.begins).days + 1
    least = values(session.course.city, today)[ATTENDED_LEAST.key]
    there = Counter(Attendance.objects.filter(seat__in=seats).values_list("seat_id", flat=True))
    enough = [one for one in seats if there[one.pk] * _WHOLE >= days * least]
    if not enough:
        return 0
    event, course = event_of(actor, session), session.course
    given = [Given(one.teacher_id, min(session.until, today), course.tenths, course.practice) for one in enough]
    return give(actor, event, given, today, certified=True)


def event_of(actor: Actor, session: Session) -> Event:  # noqa: ARG001 (as in every function that writes)
    """What the hours of a session are given for, made when nobody made it."""
    course = session.course
    told = {
        "title": course.title, "project": course.project, "kind": course.kind, "year": session.until.year, "session": session,
    }  # fmt: skip
    return Event.objects.get_or_create(city=course.city, key=event_key("session", session.pk), defaults=told)[0]


def close_session(actor: Actor, number: int, today: date) -> Counter[str]:
    """结班: nothing is entered any more.

    Raises:
        RefusedError: as `held`, or it is not over.
    """
    with act(actor, "training.close_session", "session", number, "结班") as note:
        row = held(actor, number)
        note.title = str(row)
        if today < row.until:
            raise RefusedError(Finding(str(row), f"{row.until} 才结束", "最后一天以后结班", "请等结束"))
        row.closed_on, row.code = today, ""
        row.save(update_fields=["closed_on", "code"])
        hours = Credit.objects.filter(event__session=row).count()
        told = Counter({"学员": row.places.filter(gone_on=None).count(), "记学时": hours})
        note.detail = dict(told)
    return told


def name_for(actor: Actor, number: int, teachers: Iterable[Teacher], today: date) -> int:
    """Places of a session for teachers who were confirmed by nomination; how many were given.

    Raises:
        RefusedError: as `held`, or there are not seats enough.
    """
    with act(actor, "training.name_for", "session", number, "推荐录取") as note:
        row = held(actor, number)
        note.title = str(row)
        there = set(row.places.filter(gone_on=None).values_list("teacher_id", flat=True))
        fresh = [one for one in teachers if one.pk not in there]
        if row.taken + len(fresh) > row.seats:
            what = f"还有 {row.seats - row.taken} 个名额，要录取 {len(fresh)} 人"
            raise RefusedError(Finding(str(row), what, "录取不多于名额", "请减少人数或增加名额"))
        Seat.objects.bulk_create(Seat(session=row, teacher=one, how=Seat.How.NAMED, since=today) for one in fresh)
        row.taken += len(fresh)
        row.save(update_fields=["taken"])
        note.detail = {"录取": len(fresh)}
    return len(fresh)
