"""Hours are given once, and how far each teacher has come is kept up in the same act."""

import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.training.known import asked, values
from luoshi.bureau.training.models import TENTHS, Credit, Event, Standing, Tally, Teacher, Turnout
from luoshi.declared.training_hours import CYCLE_FIRST
from luoshi.learning.declaring import Requirement, Whom
from luoshi.learning.hours import Asked, Done, held_against, spell

_AT_ONCE = 400
"""Teachers asked for in one query: SQLite takes 999 values."""
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE = 12
_Sums = dict[int, list[tuple[str, date, int, int]]]


@dataclass(frozen=True, slots=True)
class Given:
    """Hours for one teacher."""

    teacher: int
    on: date
    tenths: int
    practice: int = 0


def give(actor: Actor, event: Event, rows: Iterable[Given], today: date, *, certified: bool = False) -> int:
    """Hours from an event, to whoever has none from it yet; how many got some. Called inside the act that causes it.

    Args:
        actor: who.
        event: what for.
        rows: to whom.
        today: today.
        certified: whether each gets a certificate with a check code.
    """
    wanted = {one.teacher: one for one in rows}
    there = set[int]()
    for part in _parts(wanted):
        there |= set(Credit.objects.filter(event=event, teacher__in=part).values_list("teacher_id", flat=True))
    fresh = [one for one in wanted.values() if one.teacher not in there]
    Credit.objects.bulk_create(
        (
            Credit(
                teacher_id=one.teacher, event=event, on=one.on, tenths=one.tenths, practice=min(one.practice, one.tenths),
                certificate=_check_code() if certified else None,
            )
            for one in fresh
        ),
        batch_size=_AT_ONCE,
    )  # fmt: skip
    _turn_out(actor, event, fresh)
    recount(actor, event.city, [one.teacher for one in fresh], today)
    return len(fresh)


def _turn_out(actor: Actor, event: Event, fresh: Collection[Given]) -> None:  # noqa: ARG001 (as in every function that writes)
    counties, people, tenths = dict[int, str](), Counter[str](), Counter[str]()
    for part in _parts([one.teacher for one in fresh]):
        counties |= dict(Teacher.objects.filter(pk__in=part).values_list("pk", "county"))
    for one in fresh:
        people[counties[one.teacher]] += 1
        tenths[counties[one.teacher]] += one.tenths
    for county, many in sorted(people.items()):
        row, _ = Turnout.objects.select_for_update().get_or_create(event=event, county=county)
        row.people, row.tenths = row.people + many, row.tenths + tenths[county]
        row.save(update_fields=["people", "tenths"])


def take_back(actor: Actor, credit: Credit) -> None:  # noqa: ARG001 (as in every function that writes)
    """Hours that were wrong are no longer on the record. Called inside the act that decides it; whoever calls counts anew."""
    row = (
        Turnout.objects.select_for_update()
        .filter(event=credit.event, county=credit.teacher.county, people__gt=0)
        .first()
    )
    if row is not None:
        row.people, row.tenths = row.people - 1, max(0, row.tenths - credit.tenths)
        row.save(update_fields=["people", "tenths"])
    credit.delete()


def _check_code() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(_CODE))


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    listed = list(ids)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def recount(actor: Actor, city: City, teachers: Collection[int], today: date) -> None:
    """How far these teachers have come, and how many of their schools, written anew. Called inside an act."""
    schools, told = set[str](), values(city, today)
    needs = {key: (one, one.asked(told)) for key, one in asked().items()}
    first = int(told[CYCLE_FIRST.key])
    for part in _parts(teachers):
        people = list(Teacher.objects.filter(pk__in=part).defer("who"))
        schools |= {one.school for one in people}
        rows = [row for one in people for row in _spans(one, needs, today, first)]
        sums = _sums(part, rows)
        gone = Standing.objects.filter(teacher__in=part)
        gone.delete()
        Standing.objects.bulk_create((_standing(row, sums) for row in rows), batch_size=_AT_ONCE)
    tally(actor, city, schools)


_Row = tuple[Teacher, str, Asked, date, date]


def _spans(one: Teacher, needs: dict[str, tuple[Requirement, Asked]], today: date, first: int) -> Iterator[_Row]:
    """What is asked of a teacher today, and over which days."""
    if one.left_on is not None:
        return
    for key, (need, told) in needs.items():
        if need.whom is Whom.TRADE and not one.trade:
            continue
        span = spell(told.span, today, one.began, first)
        if span is not None:
            yield one, key, told, *span


def _sums(part: list[int], rows: list[_Row]) -> _Sums:
    """By teacher the kind, day and tenths of each credit of the days that are asked about: one query."""
    if not rows:
        return {}
    since, until = min(row[3] for row in rows), max(row[4] for row in rows)
    found = Credit.objects.filter(teacher__in=part, on__gte=since, on__lte=until)
    told: _Sums = defaultdict(list)
    for who, *row in found.values_list("teacher_id", "event__kind", "on", "tenths", "practice"):
        told[who].append(tuple(row))  # type: ignore[arg-type]
    return told


def _standing(row: _Row, sums: _Sums) -> Standing:
    one, key, told, since, until = row
    done = _done(sums.get(one.pk, ()), told, since, until)
    kinds = [[each.kind, int(each.earned * TENTHS), int(each.counted * TENTHS)] for each in done.kinds]
    return Standing(
        teacher=one, requirement=key, since=since, until=until, asked=int(done.asked * TENTHS),
        counted=int(done.counted * TENTHS), practice=int(done.practice * TENTHS), short=int(done.short * TENTHS), kinds=kinds,
    )  # fmt: skip


def _done(rows: Iterable[tuple[str, date, int, int]], told: Asked, since: date, until: date) -> Done:
    hours, practice = defaultdict[str, int](int), defaultdict[str, int](int)
    for kind, on, tenths, practised in rows:
        if since <= on <= until:
            hours[kind] += tenths
            practice[kind] += practised
    return held_against(_hours(hours), _hours(practice), told, since, until)


def _hours(tenths: dict[str, int]) -> dict[str, Decimal]:
    return {kind: Decimal(many) / TENTHS for kind, many in tenths.items()}


def tally(actor: Actor, city: City, schools: Collection[str]) -> None:  # noqa: ARG001 (as in every function that writes)
    """How many teachers of these schools have done what is asked, by subject. Called inside an act."""
    listed = sorted(schools)
    for start in range(0, len(listed), _AT_ONCE):
        part = listed[start : start + _AT_ONCE]
        Tally.objects.filter(city=city, school__in=part).delete()
        rows = Standing.objects.filter(teacher__city=city, teacher__school__in=part, teacher__left_on=None).order_by()
        told = rows.values_list("teacher__county", "teacher__school", "teacher__subject", "requirement").annotate(
            many=Count("pk"), met=Count("pk", filter=Q(short=0)), idle=Count("pk", filter=Q(counted=0)), short_=Sum("short")
        )  # fmt: skip
        merged: dict[tuple[str, ...], Tally] = {}
        for county, school, subject, requirement, many, met, idle, short in told:
            row = merged.setdefault(
                (school, requirement, subject),
                Tally(city=city, county=county, school=school, subject=subject, requirement=requirement, teachers=0, met=0,
                      idle=0, short=0),
            )  # fmt: skip
            row.teachers, row.met, row.idle, row.short = (
                row.teachers + many,
                row.met + met,
                row.idle + idle,
                row.short + short,
            )
        Tally.objects.bulk_create(merged.values(), batch_size=_AT_ONCE)


def recount_due(actor: Actor, city: City, today: date, most: int = 20_000) -> int:
    """Those whose span is over, or moves with the days, counted anew; how many. Part of the daily round."""
    rows = Standing.objects.filter(teacher__city=city, until__lt=today).order_by("teacher__school", "teacher_id")
    due = list(dict.fromkeys(rows.values_list("teacher_id", flat=True)[:most]))
    for start in range(0, len(due), 10 * _AT_ONCE):
        part = due[start : start + 10 * _AT_ONCE]
        with act(actor, "training.recount", "training", city.pk, "教师学时") as note:
            recount(actor, city, part, today)
            note.detail = {"教师": len(part)}
    return len(due)
