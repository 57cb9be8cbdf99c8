"""Opening a case: by somebody, or by the clock each period anew."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from hashlib import sha256
from operator import or_

from django.db.models import F, Q, QuerySet
from django.utils.crypto import salted_hmac

from luoshi.bureau.cases.actions.keeping import Bringing, count, keep_files, keep_happening
from luoshi.bureau.cases.checking import unknown_places
from luoshi.bureau.cases.known import Conducted, conducted, course_on, criteria_on, lists
from luoshi.bureau.cases.listing import private_of, standing
from luoshi.bureau.cases.models import Case, CourseText, Listing, Numbering
from luoshi.bureau.cases.parts import hand, unit_of
from luoshi.bureau.cases.queries import course_of, sameness, school_of, schools_of, sent_before, unit_name
from luoshi.bureau.cases.telling import told
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.people.models import City, Division, Institution
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.rubrics.actions import keep_scheme
from luoshi.handling import permitting
from luoshi.handling.cases import Happening
from luoshi.handling.courses import Course, version, written
from luoshi.handling.fields import Kind
from luoshi.handling.parts import CITIZEN, Hand
from luoshi.handling.rhythms import opens, period
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_TITLE = 200
_CODE = 8
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that was opened."""

    row: Case
    code: str
    """By which whoever brought it follows it; empty where nobody does. It is shown this once."""


def open_case(actor: Actor, city: City, procedure: str, told_of: Bringing, on: date, by: Hand | None = None) -> Opened:
    """A new case; of a form that was sent before, the case it opened then.

    Args:
        actor: who opens it.
        city: whose.
        procedure: key.
        told_of: answers and files.
        on: today.
        by: the hand where it is no account's: a citizen without one.

    Raises:
        RefusedError: no such procedure, it does not run here, no right, and everything missing or wrong in the answers.
    """
    if before := sent_before(actor, told_of.once):
        return Opened(before, _code(course_of(before), actor, told_of.once))
    try:
        return _open(actor, city, procedure, told_of, on, by)
    except RefusedError:
        before = sent_before(actor, told_of.once)  # it came twice at the same moment
        if before is None:
            raise
        return Opened(before, _code(course_of(before), actor, told_of.once))


def _open(actor: Actor, city: City, procedure: str, told_of: Bringing, on: date, by: Hand | None) -> Opened:
    with act(actor, "cases.open", "case", "", procedure) as note:
        how = conducted(city).get(procedure)
        if how is None:
            raise RefusedError(Finding("办件", f"没有“{procedure[:40]}”这一流程", "流程见流程目录", "请从流程目录办理"))
        note.title = how.course.label
        if not how.native:
            raise RefusedError(_elsewhere(how))
        return _opened(actor, city, how, told_of, on, note, by)


def _elsewhere(how: Conducted) -> Finding:
    where = how.procedure.platform or "别处"
    rule = f"本局定为“{how.row.get_way_display() if how.row else '在外部平台办理，只导入数'}”"
    return Finding(
        how.course.label, f"不在本系统办理（{where}）", rule, "请在该平台办理；要改在本系统办理，由督查室在流程页设定"
    )


def _opened(
    actor: Actor, city: City, how: Conducted, told_of: Bringing, on: date, note: Note, by: Hand | None
) -> Opened:
    course = _course_on(actor, city, how, on)
    row = Case(city=city, procedure=course.key, office=how.office, opened_on=on, version=1)
    row.school, row.county = _where(actor, city, course, told_of, on)
    row.sponsor = unit_of(actor)
    if course.of:
        row.entry = _entry(city, course, told_of.entry, on)
        row.school, row.county = row.school or row.entry.school, row.county or row.entry.county
    row.accused = told_of.answers.get(course.accuses, "").strip() if course.accuses else ""
    answers = {**told_of.answers, **keep_files(actor, course, told_of)}
    one = permitting.opened(course, by or hand(actor, row), answers, on, _said(row.entry))
    if wrong := unknown_places(city, course, one.answers, on):
        raise RefusedError(*wrong)
    row.theme = one.answers.get(course.theme, "") if course.theme else ""
    weight = one.answers.get(course.weight, "") if course.weight else ""
    row.weight = max(1, int(weight.partition(".")[0])) if weight else 1
    row.same, row.title = sameness(course, one.answers), _title(course, one.answers, row)
    code = _code(course, actor, told_of.once)
    row.code = sha256(code.encode()).hexdigest() if code else ""
    _enter(actor, row, course, one, calendar_of(city), note, told_of.once)
    return Opened(row, code)


def _course_on(actor: Actor, city: City, how: Conducted, on: date) -> Course:
    """The course a new case runs by, with the text of its rubric kept; called inside an act."""
    scheme = criteria_on(city, how)
    if scheme:
        keep_scheme(actor, scheme)
    return course_on(city, how, on, scheme)


def _enter(
    actor: Actor, row: Case, course: Course, one: Happening, calendar: Calendar, note: Note, once: str = ""
) -> None:
    """Keep a new case with its first happening, count it, and say what was entered."""
    on = row.opened_on
    row.course, row.number = _text(course), _number(row.city, course, on)
    row.state, row.since, row.last_on = course.begin, on, on
    row.save(force_insert=True)
    keep_happening(actor, row, course, one, calendar, None, once)
    row.save()
    earlier = Case.objects.filter(city=row.city, procedure=row.procedure, same=row.same, pk__lt=row.pk)
    count(actor, row, on, opened=1, persons=row.weight, repeated=int(bool(row.same) and earlier.exists()))
    note.id, note.title = str(row.pk), f"{row.number} {row.title}"
    told(note, course, row, one, "")


def _where(actor: Actor, city: City, course: Course, told_of: Bringing, on: date) -> tuple[str, str]:
    """Codes of the school and the county a case is about.

    Raises:
        RefusedError: no such school today, or no such county.
    """
    asked = next((one.key for one in course.asks if course.fields[one.key].kind is Kind.SCHOOL), "")
    code = (told_of.answers.get(asked, "") if asked else told_of.school or actor.school).strip()
    if code:
        school = school_of(city.pk, code, on)
        if school is None:
            label = course.fields[asked].label if asked else "学校"
            raise RefusedError(
                Finding(label, f"没有“{code[:20]}”这所学校", "学校见“区划与学校”，按标识码", "请从名单中选")
            )
        return school.code, school.county
    county = told_of.county or (actor.division if actor.role == "county" else "")
    if county and not Division.objects.filter(city=city, code=county).exists():
        raise RefusedError(Finding("县(市、区)", f"没有“{county[:20]}”", "县(市、区)见“区划与学校”", "请从名单中选"))
    return "", county


def _entry(city: City, course: Course, number: int | None, on: date) -> Listing:
    """The entry of a list that a case is about.

    Raises:
        RefusedError: none was chosen, or it does not stand.
    """
    found = standing(Listing.objects.filter(city=city, register=course.of), on).filter(pk=number or 0).first()
    if found is None:
        label = lists()[course.of].label
        raise RefusedError(
            Finding(label, "没有选名单内的一条", f"“{course.label}”须针对名单内有效的一条", "请从名单中选")
        )
    return found


def _title(course: Course, answers: Mapping[str, str], row: Case) -> str:
    """What lists call it: the answer of its title, where that tells of nobody; without one the unit's name, else the procedure."""
    field_ = course.fields.get(course.title)
    if field_ is None and not course.guarded:
        return unit_name(row) or course.label
    if field_ is None or field_.private:
        return course.label
    value = answers.get(course.title, "")
    if field_.kind is Kind.SCHOOL and row.school:
        school = school_of(row.city_id, row.school, row.opened_on)
        value = school.name if school else value
    return (field_.options.get(value, value) or course.label)[:_TITLE]


def _text(course: Course) -> CourseText:
    text = written(course)
    kept, _ = CourseText.objects.get_or_create(version=version(text), defaults={"procedure": course.key, "text": text})
    return kept


def _number(city: City, course: Course, on: date) -> str:
    """The next number of the procedure in the year; its row is held until the act ends."""
    kept, _ = Numbering.objects.select_for_update().get_or_create(city=city, procedure=course.key, year=on.year)
    Numbering.objects.filter(pk=kept.pk).update(last=F("last") + 1)
    return f"{course.label}-{on.year}-{kept.last + 1:04d}"


def _code(course: Course, actor: Actor, once: str) -> str:
    """The code; of a form always the same, so that whoever sends it again because no answer came is still told it."""
    followed = CITIZEN.key in course.openers or any(CITIZEN.key in way.by for way in course.ways.values())
    if not followed:
        return ""
    chance = once or secrets.token_urlsafe(16)
    made = salted_hmac("luoshi.cases.code", f"{actor.login}/{chance}", algorithm="sha256").digest()
    number = int.from_bytes(made, "big")
    return "".join(_LETTERS[number // len(_LETTERS) ** at % len(_LETTERS)] for at in range(_CODE))


def _said(entry: Listing | None) -> dict[str, str] | None:
    """What an entry says; None where a case is about none."""
    return {**entry.values, **private_of(entry)} if entry else None


def open_timed(actor: Actor, city: City, on: date) -> int:
    """Cases that begin anew each period, for the units that have none of it yet; how many were opened.

    Only where the bureau said that the procedure runs here: nobody is asked for anything that nobody decided to ask.
    """
    known = [how for how in conducted(city).values() if how.native and how.row and how.procedure.every]
    return sum(_period(actor, city, how, on) for how in known)


def _period(actor: Actor, city: City, how: Conducted, on: date) -> int:
    every = how.procedure.every
    if every is None:
        return 0
    begun = period(every, on).begun
    if not opens(every, begun):
        return 0
    there = Case.objects.filter(city=city, procedure=how.course.key, period=begun.isoformat())
    met = set(there.values_list("county", "school", "entry"))
    waiting = [one for one in _units(city, how, on) if (one.county, one.school, one.entry and one.entry.pk) not in met]
    course, calendar = None, calendar_of(city)
    for one in waiting:
        row = Case(
            city=city, procedure=how.course.key, office=how.office, opened_on=on, version=1, period=begun.isoformat(),
            school=one.school, county=one.county, title=f"{one.name} {begun:%Y-%m}"[:_TITLE], entry=one.entry,
        )  # fmt: skip
        with act(actor, "cases.open", "case", "", f"{how.course.label} {one.name}") as note:
            course = course or _course_on(actor, city, how, on)
            _enter(actor, row, course, permitting.begun(course, on, _said(one.entry)), calendar, note)
    return len(waiting)


@dataclass(frozen=True, slots=True)
class _Unit:
    """Whom a case of a period is about."""

    county: str
    school: str
    name: str
    entry: Listing | None = None


def _units(city: City, how: Conducted, on: date) -> list[_Unit]:
    if how.course.of:
        rows = standing(Listing.objects.filter(city=city, register=how.course.of), on)
        return [_Unit(one.county, one.school, one.title, one) for one in rows]
    if how.procedure.every and how.procedure.every.unit == "county":
        return [_Unit(code, "", name) for code, name in Division.objects.filter(city=city).values_list("code", "name")]
    return [_Unit(one.county, one.code, one.name) for one in _schools(city, how, on)]


def _schools(city: City, how: Conducted, on: date) -> QuerySet[Institution]:
    """The schools that the clock opens a case for: of the kinds and the operator that the rhythm names."""
    rows, every = schools_of(city.pk, on), how.procedure.every
    if every and every.kinds:
        rows = rows.filter(reduce(or_, (Q(kind__startswith=one) for one in every.kinds)))
    return rows.filter(operator=every.operator) if every and every.operator else rows
