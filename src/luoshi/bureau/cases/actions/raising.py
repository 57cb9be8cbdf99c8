"""What is long over is told the leader in charge: a notice in the inbox, which never leaves the house by itself."""

from collections.abc import Sequence
from datetime import date

from django.db.models import F, Q

from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.models import Case
from luoshi.bureau.cases.owing import patience, roster
from luoshi.bureau.jobs.actions import Letter, post
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import calendar_of

_MOST = 30
"""Cases one notice names."""


def raise_overdue(actor: Actor, city: City, on: date) -> int:
    """Tell each leader in charge of the cases that are so long over, of each last day once; how many cases.

    Args:
        actor: who runs it; the worker of the house.
        city: whose.
        on: today.
    """
    last = calendar_of(city).minus_workdays(on, patience(city, on))
    untold = Q(raised=None) | ~Q(raised=F("due"))
    long_over = Case.objects.filter(untold, city=city, ended_on=None, due__lte=last).exclude(turn="")
    rows = list(long_over.order_by("due", "pk"))
    people, told = roster(city), dict[str, list[Case]]()
    for row in rows:
        for login in people.of_leader(row.office):
            told.setdefault(login, []).append(row)
    if not told:
        return 0
    with act(actor, "cases.raise", "city", city.pk, "办件逾期告知分管局领导") as note:
        for login in sorted(told):
            post(actor, _letter(login, told[login], on))
        for row in rows:
            row.raised = row.due
        Case.objects.bulk_update(rows, ["raised"], batch_size=500)
        note.detail = {"件数": len(rows), "人数": len(told)}
    return len(rows)


def _letter(login: str, rows: Sequence[Case], on: date) -> Letter:
    first = rows[0]
    lines = [_line(one) for one in rows[:_MOST]]
    lines += [f"另有{len(rows) - _MOST}件，见“查找办件”。"] if len(rows) > _MOST else []
    subject = f"{on} 办件逾期 {len(rows)} 件，请领导过问"
    key = f"cases/overdue/{on}/{login}/{first.pk}-{len(rows)}"
    return Letter(key, "inbox", login, subject, "\n".join(lines), link="/cases/find/?how=overdue")


def _line(row: Case) -> str:
    procedure = known().get(row.procedure)
    guarded = procedure is None or bool(procedure.guarded)
    return f"{row.number}{'' if guarded else f' {row.title}'}（时限 {row.due}）"
