"""What places are given by: groups of teachers, when sessions meet, and the giving itself as a job."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.jobs.actions.running import Step
from luoshi.bureau.training.known import asked
from luoshi.bureau.training.models import TENTHS, Choice, Seat, Session, Standing, Teacher, Term
from luoshi.learning import Applicant, Offer, Reserve, allot

Times = tuple[tuple[datetime, datetime], ...]


def groups_of(one: Teacher) -> frozenset[str]:
    """What a teacher belongs to, as sessions name it."""
    told = {f"county:{one.county}", f"subject:{one.subject}", f"stage:{one.stage}", "trade" if one.trade else ""}
    return frozenset((told | ({"rural"} if one.rural else set())) - {""})


def closed_to(session: Session, one: Teacher) -> bool:
    """Whether a session does not take this teacher."""
    return bool(session.only) and groups_of(one).isdisjoint(session.only)


def times_of(session: Session) -> Times:
    """From and to of each day it meets."""
    days = (session.until - session.begins).days + 1
    each = (session.begins + timedelta(days=one) for one in range(days))
    return tuple((datetime.combine(day, session.opens_at), datetime.combine(day, session.closes_at)) for day in each)


def clashes(one: Session, other: Session) -> bool:
    """Whether two sessions share a moment."""
    days = one.begins <= other.until and other.begins <= one.until
    return days and one.opens_at < other.closes_at and other.opens_at < one.closes_at


def allot_term(step: Step) -> Mapping[str, object]:
    """Give the places of a term. Whole or not at all; killed before the end nothing of it is written.

    Raises:
        RefusedError: as `settle_allotment`.
    """
    from luoshi.bureau.training.actions.terms import settle_allotment  # noqa: PLC0415 (it reads this module)

    term, on = Term.objects.get(pk=step.arguments["term"]), date.fromisoformat(step.arguments["on"])
    step.reached(0, 3, _("正在读志愿"))
    offers = [_offer(one) for one in Session.objects.filter(term=term).select_related("course")]
    people = _applicants(term)
    step.reached(1, 3, _("正在派位"))
    told = allot(people, offers, seed=term.seed, most=term.most)
    step.reached(2, 3, _("正在写入结果"))
    given = settle_allotment(step.actor, term.pk, told, on)
    said = _("%(people)s 人选课，录取 %(given)s 人次") % {"people": len(people), "given": given}
    return {"words": said, "url": reverse("term", args=[term.pk])}


def _offer(one: Session) -> Offer:
    reserves = tuple(Reserve(group, many) for group, many in one.reserves)
    hours = Decimal(one.course.tenths) / TENTHS
    kind = one.course.kind
    towards = frozenset(
        key for key, need in asked().items() if not need.kinds or kind in {each.key for each in need.kinds}
    )
    return Offer(str(one.pk), one.seats, towards, hours, times_of(one), frozenset(one.only), reserves)


def _applicants(term: Term) -> list[Applicant]:
    """Everybody who chose, with what they owe: four queries."""
    wanted, people = defaultdict[int, list[str]](list), dict[int, Teacher]()
    rows = (
        Choice.objects.filter(term=term).order_by("teacher_id", "rank").select_related("teacher").defer("teacher__who")
    )
    for one in rows:
        wanted[one.teacher_id].append(str(one.session_id))
        people[one.teacher_id] = one.teacher
    owes, busy = _owed(term), _busy(term)
    return [
        Applicant(people[who].code, tuple(keys), owes.get(who, {}), groups_of(people[who]), tuple(busy.get(who, ())))
        for who, keys in wanted.items()
    ]


def _owed(term: Term) -> dict[int, dict[str, Decimal]]:
    """Hours owed by requirement: one query."""
    told: dict[int, dict[str, Decimal]] = {}
    rows = Standing.objects.filter(teacher__choices__term=term, short__gt=0).distinct()
    for who, requirement, short in rows.values_list("teacher_id", "requirement", "short"):
        told.setdefault(who, {})[requirement] = Decimal(short) / TENTHS
    return told


def _busy(term: Term) -> dict[int, list[tuple[datetime, datetime]]]:
    """When somebody who chose sits elsewhere already."""
    told = defaultdict[int, list[tuple[datetime, datetime]]](list)
    rows = Seat.objects.filter(teacher__choices__term=term, gone_on=None, session__until__gte=term.closes).distinct()
    for one in rows.select_related("session"):
        told[one.teacher_id] += times_of(one.session)
    return told
