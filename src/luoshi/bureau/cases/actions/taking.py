"""Taking the next step of a case, by somebody or by the clock; and what a decided case does to a list."""

from dataclasses import dataclass
from datetime import date

from luoshi.bureau.cases.actions.keeping import Bringing, count, keep_files, keep_happening, keep_proofs
from luoshi.bureau.cases.actions.listing import decide
from luoshi.bureau.cases.beside import refusal
from luoshi.bureau.cases.checking import one_person, unknown_places
from luoshi.bureau.cases.models import Case, CourseText
from luoshi.bureau.cases.parts import hand, unseen
from luoshi.bureau.cases.queries import course_of, followed, happened, private, sent_before
from luoshi.bureau.cases.sheets import Stood, read
from luoshi.bureau.cases.telling import told
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import calendar_of
from luoshi.handling import cases, permitting
from luoshi.handling.courses import INTO, Course, read_back
from luoshi.handling.parts import Hand
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_DID = cases.Did


@dataclass(frozen=True, slots=True)
class Shown:
    """A case as it was looked at."""

    number: int
    """Of the row."""
    version: int


def take(actor: Actor, shown: Shown, step: str, brought: Bringing, on: date, by: Hand | None = None) -> Case:
    """Do something to a case; a form that was sent before has done it then.

    Args:
        actor: who does it.
        shown: what was looked at.
        step: key of a step, or 延期, 暂停计时, 恢复计时, 签字, 退回.
        brought: answers and files.
        on: today.
        by: the hand where it is no account's: a citizen with number and code.

    Raises:
        RefusedError: it changed meanwhile, who may not, and everything missing or wrong.
    """
    if before := sent_before(actor, brought.once, shown.number):
        return before
    try:
        return _take(actor, shown, step, brought, on, by)
    except RefusedError:
        before = sent_before(actor, brought.once, shown.number)  # it came twice at the same moment
        if before is None:
            raise
        return before


def _take(actor: Actor, shown: Shown, step: str, brought: Bringing, on: date, by: Hand | None) -> Case:
    with act(actor, "cases.take", "case", shown.number, step) as note:
        row = _held(shown)
        course, calendar = course_of(row), calendar_of(row.city)
        note.title = f"{row.number} {row.title}"
        why = None if by else unseen(actor, row, course)
        if why:
            raise RefusedError(why)
        state = row.state  # before the clock did anything by itself: the journal tells of the whole way
        stood = _lapsed(actor, row, course, followed(row, calendar), on, calendar)
        began = row.ended_on is None
        late = row.due is not None and on > row.due
        one = _taken(actor, row, stood, step, brought, by or hand(actor, row), on)
        _refuse(actor, row, course, stood, step, one, on)
        row.version += 1
        row.late = row.late or (late and one.did in {_DID.TOOK, _DID.ASKED, _DID.SIGNED})
        stands = keep_happening(actor, row, course, one, calendar, stood, brought.once)
        _consequences(actor, row, course, stands, one, on)
        row.save()
        _counted(actor, row, began=began, on=on)
        told(note, course, row, one, state)
    return row


def _taken(
    actor: Actor, row: Case, stood: cases.Case, step: str, brought: Bringing, by: Hand, on: date
) -> cases.Happening:
    """What happens by a step, its files kept and its sheets read.

    Raises:
        RefusedError: why not; everything missing or wrong at once, on its sheets too.
    """
    course, calendar = course_of(row), calendar_of(row.city)
    answers = {**brought.answers, **keep_files(actor, course, brought)}
    way = course.ways.get(step)
    if not course.rubric or way is None:
        return permitting.taken(course, stood, step, by, answers, on, calendar)
    with_proof, fresh = keep_proofs(actor, course, brought)
    stood_ = Stood(row, course, happened(row), on)
    told = read(stood_, way.asks, {**answers, **with_proof}, fresh)
    outcomes = {
        course.fields[one.key].label for one in way.asks if one.key in course.fields and course.fields[one.key].outcome
    }
    amiss = {one.where for one in told.amiss} | (outcomes if told.amiss else set())
    try:
        one = permitting.taken(course, stood, step, by, told.answers, on, calendar)
    except RefusedError as why:
        raise RefusedError(*told.amiss, *(each for each in why.findings if each.where not in amiss)) from None
    if told.amiss:
        raise RefusedError(*told.amiss)
    return one


def _refuse(
    actor: Actor, row: Case, course: Course, stood: cases.Case, step: str, one: cases.Happening, on: date
) -> None:
    """Refuse what the procedure permits and the house does not: one person for two, a unit that is none, more than a year's share.

    Raises:
        RefusedError: why not.
    """
    met = [one_person(actor, row, course, stood, step, row.happenings.all()), refusal(row, step, stood.held, on)]
    if found := [*filter(None, met), *unknown_places(row.city, course, one.answers, on)]:
        raise RefusedError(*found)


def _held(shown: Shown) -> Case:
    row = (
        Case.objects.select_for_update(of=("self",))
        .select_related("course", "city")
        .defer("course__text")
        .filter(pk=shown.number)
        .first()
    )
    if row is None:
        raise RefusedError(Finding("办件", f"没有编号 {shown.number} 的办件", "办件见“我的办件”", "请从列表中打开"))
    if row.version != shown.version:
        what = f"您看的是第 {shown.version} 步后的情况，现在已到第 {row.version} 步"
        raise RefusedError(Finding(row.number, what, "同一件事只按最新情况办", "请刷新页面，看过后再办"))
    return row


def _lapsed(actor: Actor, row: Case, course: Course, stands: cases.Case, on: date, calendar: Calendar) -> cases.Case:
    """How it stands once the clock has done what it does by itself until today."""
    one = permitting.lapsing(course, stands, on, calendar)
    if one is None:
        return stands
    row.version += 1
    after = keep_happening(actor, row, course, one, calendar, stands)
    if row.ended_on:
        count(actor, row, row.ended_on, ended=1, late=int(row.late))
    return after


def _consequences(actor: Actor, row: Case, course: Course, stands: cases.Case, one: cases.Happening, on: date) -> None:
    """What a step that took effect brings with it beside the case."""
    way = course.ways.get(one.step)
    if way is None or stands.pending is not None or one.did not in {_DID.TOOK, _DID.SIGNED}:
        return
    if way.merges:
        row.into = _other(actor, row, one.answers.get(INTO.key, "") or stands.held.get(INTO.key, ""))
    if way.enters or way.renews or way.withdraws:
        told_of = [private(each) for each in happened(row)]
        held = {key: value for each in told_of for key, value in each.items()} | dict(stands.held)
        decide(actor, row, course, way, {key: value for key, value in held.items() if value}, on)


def _other(actor: Actor, row: Case, number: str) -> Case:
    """The case that this one goes into: in hand still, and one that whoever acts may see.

    Raises:
        RefusedError: there is none.
    """
    rows = Case.objects.filter(city_id=row.city_id, procedure=row.procedure, number=number.strip())
    found = rows.exclude(pk=row.pk).select_related("course").defer("course__text").first()
    if found is None or unseen(actor, found, course_of(found)):
        rule = "并入的须是同一流程的另一件"
        raise RefusedError(Finding(INTO.label, f"没有“{number[:40]}”", rule, "请照抄那一件的编号"))
    if found.into_id is not None:
        rule = "并入的须是没有并案的一件"
        raise RefusedError(Finding(INTO.label, f"{found.number}已并入别的办件", rule, "请填最终那一件的编号"))
    if found.ended_on is not None:
        rule = "并入的须是在办的一件，办结的不再办理"
        raise RefusedError(Finding(INTO.label, f"{found.number}已办结", rule, "请单独办理这一件，或先重新办理那一件"))
    return found


def _counted(actor: Actor, row: Case, *, began: bool, on: date) -> None:
    if began and row.ended_on:
        count(actor, row, on, ended=1, late=int(row.late))
    elif not began and row.ended_on is None:
        count(actor, row, on, reopened=1)


def lapse_due(actor: Actor, city: City, on: date) -> int:
    """Whatever goes on by itself because its clock ran out; how many did."""
    found = Case.objects.filter(city=city, ended_on=None, due__lt=on).order_by("due", "id")
    rows = list(found.values_list("pk", "course", "state"))
    texts = CourseText.objects.filter(pk__in={course for _, course, _ in rows})
    goes = {
        (one.pk, state): any(way.lapses for way in course.out_of(state))
        for one in texts
        for course in (read_back(one.text),)
        for state in course.places
    }
    return sum(_lapse(actor, pk, on) for pk, course, state in rows if goes[course, state])


def _lapse(actor: Actor, pk: int, on: date) -> bool:
    row = Case.objects.select_related("course", "city").defer("course__text").get(pk=pk)
    course, calendar = course_of(row), calendar_of(row.city)
    if permitting.lapsing(course, followed(row, calendar), on, calendar) is None:
        return False
    with act(actor, "cases.lapse", "case", pk, f"{row.number} {row.title}") as note:
        row = _held(Shown(pk, row.version))
        state = row.state
        _lapsed(actor, row, course, followed(row, calendar), on, calendar)
        row.save()
        note.changed("状态", course.places[state].label, course.places[row.state].label)
    return True
