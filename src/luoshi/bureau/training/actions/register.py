"""The register of teachers and the records of what they learnt elsewhere, from the teacher system's exports; and corrections."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.bureau.files.actions import destroy, keep
from luoshi.bureau.files.models import File
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.people.rights import require
from luoshi.bureau.training.actions.crediting import Given, give, recount, take_back, tally
from luoshi.bureau.training.known import KIND_LABELS, event_key
from luoshi.bureau.training.models import TENTHS, Correction, Credit, Event, Teacher
from luoshi.bureau.training.queries import why_not_seen
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

KIND = "training.bring"
LISTS = {"people": "教师基本信息", "records": "教师培训记录"}
_MOST = 20_000
"""Tenths of hours one entry may have."""
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the register."""

    code: str
    name: str
    school: str
    subject: str = ""
    stage: str = ""
    trade: str = ""
    began: date | None = None
    login: str = ""
    rural: bool = False


@dataclass(frozen=True, slots=True)
class Learnt:
    """A line of the records."""

    code: str
    year: int
    title: str
    kind: str
    tenths: int
    practice: int = 0
    project: str = ""


def ask_bring(actor: Actor, city: City, which: str, name: str, content: bytes) -> Job:
    """A list is kept under a key of its own until the worker has read it, and is destroyed then.

    Raises:
        RefusedError: no right, no such list, or the file is empty.
    """
    with act(actor, "training.ask_bring", "training", city.pk, LISTS.get(which, "")) as note:
        require(actor, "training_register")
        if which not in LISTS or not content:
            raise RefusedError(Finding("名单", "没有选文件", f"须为{'或'.join(LISTS.values())}的导出文件", "请选文件"))
        kept = keep(actor, content, name, apart=True)
        note.detail = {"文件": name}
        return enqueue(actor, KIND, {"city": city.pk, "which": which, "file": kept.pk}, f"导入{LISTS[which]}")


def keep_people(actor: Actor, city: City, rows: Sequence[Listed], today: date) -> Counter[str]:
    """Teachers of the register: new ones, moved ones, unchanged ones. Who is not in the list stays as they are.

    Args:
        actor: who; a county for its own schools only.
        city: the city.
        rows: codes, each once.
        today: today.

    Raises:
        RefusedError: no right, or an account that is another teacher's.
    """
    with act(actor, "training.keep_people", "training", city.pk, LISTS["people"]) as note:
        require(actor, "training_register")
        counties = dict(Institution.objects.filter(city=city).order_by("begun").values_list("code", "county"))
        told, touched, left = Counter[str](), list[int](), set[str]()
        for start in range(0, len(rows), _AT_ONCE):
            touched += _keep(actor, city, rows[start : start + _AT_ONCE], _Keeping(counties, told, left))
        recount(actor, city, touched, today)
        tally(actor, city, left)
        note.detail = dict(told)
    return told


@dataclass(frozen=True, slots=True)
class _Keeping:
    counties: Mapping[str, str]
    """County by school."""
    told: Counter[str]
    left: set[str]
    """Schools that somebody left."""


def _keep(actor: Actor, city: City, rows: Sequence[Listed], of: _Keeping) -> list[int]:
    there = {one.code: one for one in Teacher.objects.filter(city=city, code__in=[one.code for one in rows])}
    accounts = set(Person.objects.filter(role="teacher", username__in=[one.login for one in rows if one.login]).values_list("username", flat=True))  # fmt: skip
    fresh, changed = list[Teacher](), list[int]()
    for one in rows:
        county = of.counties.get(one.school, "")
        known = there.get(one.code)
        mine = actor.role != "county" or county == actor.division
        if not county or not mine or (known and actor.role == "county" and known.county != actor.division):
            of.told["不是本市(县)学校的"] += 1
            continue
        row = known or Teacher(city=city, code=one.code)
        said: dict[str, Any] = {
            "school": one.school, "county": county, "subject": one.subject, "stage": one.stage, "trade": one.trade,
            "began": one.began, "rural": one.rural, "left_on": None,
        }  # fmt: skip
        if one.login in accounts:
            said["login"] = one.login
        if known and known.who == one.name and all(getattr(known, key) == value for key, value in said.items()):
            of.told["无变化"] += 1
            continue
        if known and known.school != one.school:
            of.left.add(known.school)
        row.who = one.name
        for key, value in said.items():
            setattr(row, key, value)
        of.told["更新" if known else "新增"] += 1
        if known:
            row.save()
            changed.append(row.pk)
        else:
            fresh.append(row)
    Teacher.objects.bulk_create(fresh, batch_size=_AT_ONCE)
    codes = [one.code for one in fresh]
    return changed + list(Teacher.objects.filter(city=city, code__in=codes).values_list("pk", flat=True))


def keep_records(actor: Actor, city: City, rows: Sequence[Learnt], today: date) -> Counter[str]:
    """Hours from the teacher system's records; an event of the same year, title and kind is the same and counts once.

    Raises:
        RefusedError: no right.
    """
    with act(actor, "training.keep_records", "training", city.pk, LISTS["records"]) as note:
        require(actor, "training_register")
        told, codes = Counter[str](), {one.code for one in rows}
        known = dict[str, int]()
        for start in range(0, len(codes), _AT_ONCE):
            found = Teacher.objects.filter(city=city, code__in=sorted(codes)[start : start + _AT_ONCE])
            found = found.filter(county=actor.division) if actor.role == "county" else found
            known |= dict(found.values_list("code", "pk"))
        events = defaultdict[tuple[Any, ...], list[Given]](list)
        for one in rows:
            if one.code not in known:
                told["名册上没有的"] += 1
                continue
            on = min(date(one.year, 12, 31), today)
            events[one.year, one.title, one.kind, one.project].append(
                Given(known[one.code], on, one.tenths, one.practice)
            )
        for (year, title, kind, project), given in events.items():
            fresh = give(actor, _event(city, year, title, kind, project), given, today)
            told["记入"] += fresh
            told["已有，不重复计"] += len(given) - fresh
        note.detail = dict(told)
    return told


def _event(city: City, year: int, title: str, kind: str, project: str = "") -> Event:
    """The event, made when nobody made it."""
    told = {"title": title[:100], "project": project, "kind": kind, "year": year}
    return Event.objects.get_or_create(city=city, key=event_key(year, title, kind), defaults=told)[0]


def drop_file(actor: Actor, kept: File) -> None:
    """A list that was read, or cannot be, is no more. Called by the job that read it."""
    with act(actor, "training.drop_file", "file", kept.pk, kept.name):
        destroy(actor, kept)


def leave(actor: Actor, teachers: Iterable[Teacher], today: date) -> int:
    """Teachers who are no longer on the register: retired, gone. Their records stay."""
    with act(actor, "training.leave", "training", "", "教师离册") as note:
        require(actor, "training_register")
        many = 0
        for one in teachers:
            if why := why_not_seen(actor, one):
                raise RefusedError(why)
            one.left_on = today
            one.save(update_fields=["left_on"])
            recount(actor, one.city, [one.pk], today)
            many += 1
        note.detail = {"教师": many}
    return many


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an entry should read."""

    title: str
    kind: str
    year: int
    tenths: int
    """0 takes the entry off."""
    practice: int = 0


def ask_correction(
    actor: Actor, teacher: Teacher, credit: int | None, wanted: Wanted, reason: str, today: date
) -> Correction:
    """更正申请: an entry that is wrong, or missing.

    Args:
        actor: the teacher, the school, or the county.
        teacher: whose record.
        credit: number of the entry; None where it is missing.
        wanted: how it should read.
        reason: why, with what proves it.
        today: today.

    Raises:
        RefusedError: who may not, no such entry, no reason, or it cannot read so.
    """
    with act(actor, "training.ask_correction", "teacher", teacher.pk, f"教师 {teacher.code[:8]}") as note:
        require(actor, "training_ask_correction")
        if why := why_not_seen(actor, teacher):
            raise RefusedError(why)
        row = Credit.objects.filter(teacher=teacher, pk=credit).first() if credit else None
        right = wanted.title.strip() and wanted.kind in KIND_LABELS and 1990 <= wanted.year <= today.year  # noqa: PLR2004
        if (credit and row is None) or not (right and wanted.practice <= wanted.tenths <= _MOST):
            rule = f"写明项目、类别、年度和学时；实践学时不多于学时，一项不超过 {_MOST // TENTHS} 学时"
            raise RefusedError(Finding("更正", "没有写全或写得不对", rule, "请改好再提交"))
        if not reason.strip():
            raise RefusedError(Finding("更正", "没有写理由", "更正须写明依据，如证书编号、通知文号", "请写理由"))
        told = {"title": wanted.title.strip()[:100], "kind": wanted.kind, "year": wanted.year, "tenths": wanted.tenths, "practice": wanted.practice}  # fmt: skip
        kept = Correction(teacher=teacher, credit=row, wanted=told, reason=reason.strip(), asked_by=actor.name, asked_login=actor.login, asked_on=today)  # fmt: skip
        kept.save(force_insert=True)
        note.detail = {"更正": kept.pk}
    return kept


def decide_correction(actor: Actor, number: int, *, approve: bool, why_not: str, today: date) -> Correction:
    """更正 or 不予更正; by somebody else than who asked.

    Raises:
        RefusedError: who may not, decided already, one's own, or no reason for a no.
    """
    with act(actor, "training.decide_correction", "teacher", "", "更正") as note:
        require(actor, "training_decide")
        row = (
            Correction.objects.select_for_update(of=("self",)).select_related("teacher__city").filter(pk=number).first()
        )
        if row is None or row.state != Correction.State.ASKED:
            raise RefusedError(Finding("更正", "没有这一件，或已审过", "一件更正审核一次", "请刷新页面"))
        note.id, note.title = str(row.teacher_id), f"教师 {row.teacher.code[:8]}"
        if why := why_not_seen(actor, row.teacher):
            raise RefusedError(why)
        if row.asked_login == actor.login:
            raise RefusedError(Finding("更正", "是本人提出的", "提出和审核须是两个人", "请由另一人审核"))
        if not approve and not why_not.strip():
            raise RefusedError(Finding("更正", "没有写原因", "不予更正须写明原因", "请写原因"))
        row.state = Correction.State.APPROVED if approve else Correction.State.REFUSED
        row.decided_by, row.decided_login, row.decided_on = actor.name, actor.login, today
        row.why_not = "" if approve else why_not.strip()[:200]
        row.save()
        if approve:
            _correct(actor, row, today)
        note.detail = {"更正": row.pk, "结果": row.get_state_display()}
    return row


def _correct(actor: Actor, row: Correction, today: date) -> None:
    told, teacher = row.wanted, row.teacher
    if row.credit_id is not None:
        take_back(actor, Credit.objects.select_related("teacher", "event").get(pk=row.credit_id))
    if told["tenths"]:
        event = _event(teacher.city, told["year"], told["title"], told["kind"])
        given = Given(teacher.pk, min(date(told["year"], 12, 31), today), told["tenths"], told["practice"])
        if not give(actor, event, [given], today):
            rule = "同一项目的学时只计一次"
            raise RefusedError(Finding("更正", "这一项已有记录", rule, "请改更正那一条记录"))
    else:
        recount(actor, teacher.city, [teacher.pk], today)
