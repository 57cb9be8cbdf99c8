"""Which masked values may be seen whole, one at a time, and whether this person may open the thing they belong to."""

from collections.abc import Callable, Mapping

from luoshi.bureau.board import register_told
from luoshi.bureau.board.case_told import private_words
from luoshi.bureau.cases import queries as cases
from luoshi.bureau.cases.listing import entry_of
from luoshi.bureau.cases.parts import unseen
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people import rights
from luoshi.bureau.plans.queries import the_city
from luoshi.bureau.reports.models import Report
from luoshi.bureau.returns import seeing
from luoshi.bureau.returns.models import Filing

PHONE = "联系电话"
LABELS = {"case": "个人信息", "register": "个人信息"}
"""By kind what the value is, where it is no telephone number."""


def _of_item(actor: Actor, number: int) -> tuple[str, str] | None:
    row = Commitment.objects.filter(pk=number, audience__in=rights.sees(actor)).first()
    return (str(row), row.phone) if row else None


def _of_report(actor: Actor, number: int) -> tuple[str, str] | None:
    seen = Report.objects.filter(pk=number, call__commitment__audience__in=rights.sees(actor))
    row = seen.select_related("call__commitment").first()
    return (str(row.call.commitment), row.phone) if row else None


def _of_filing(actor: Actor, number: int) -> tuple[str, str] | None:
    row = Filing.objects.filter(pk=number).select_related("unit__window").first()
    if row is None or not seeing.sees(actor, row.unit.window, row.unit.county, row.unit.code):
        return None
    return (row.unit.label, row.phone)


def _of_case(actor: Actor, number: int) -> tuple[str, str] | None:
    row = cases.case(number)
    if row is None or unseen(actor, row, cases.course_of(row)):
        return None
    return (str(row), private_words(row))


def _of_entry(actor: Actor, number: int) -> tuple[str, str] | None:
    city = the_city()
    row = entry_of(actor, city, number) if city else None
    return (str(row), register_told.private_words(row)) if row else None


_FOUND: Mapping[str, Callable[[Actor, int], tuple[str, str] | None]] = {
    "item": _of_item,
    "report": _of_report,
    "filing": _of_filing,
    "case": _of_case,
    "register": _of_entry,
}


def found(actor: Actor, kind: str, number: int) -> tuple[str, str] | None:
    """Title of the thing and the value; None where there is none, or this person may not open the thing."""
    told = _FOUND[kind](actor, number) if kind in _FOUND else None
    return told if told and told[1] else None
