"""Whose matter an address speaks of: the code of the county or of the school, asked of whoever comes from one."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import QuerySet

from luoshi.bureau.agreements.models import Answer, Line
from luoshi.bureau.cases.known import scored
from luoshi.bureau.cases.models import Case, Listing
from luoshi.bureau.comparisons.models import Run
from luoshi.bureau.evidence.models import Piece
from luoshi.bureau.exchanges.queries import county_of
from luoshi.bureau.forms.models import Filing as FormFiling
from luoshi.bureau.forms.models import Sheet
from luoshi.bureau.people.models import Institution
from luoshi.bureau.reports.models import Call
from luoshi.bureau.returns.models import Filing, Unit
from luoshi.bureau.training.models import Credit, Teacher

Parts = Mapping[str, Any]
Owner = Callable[[Mapping[str, Any]], str]
"""From the parts of an address: code of the county or school whose matter it is; empty where it is nobody's alone."""


def named(part: str) -> Callable[[Parts], str]:
    """The unit that the address itself names."""
    return lambda parts: str(parts[part])


def of_call(parts: Parts) -> str:
    """Whom a call of the month asks."""
    return _first(Call.objects.filter(pk=parts["number"]).values_list("division", flat=True))


def of_run(parts: Parts) -> str:
    """Which county compared its lists; nobody's alone where the whole city's were."""
    return _first(Run.objects.filter(pk=parts["number"]).values_list("county", flat=True))


def of_line(parts: Parts) -> str:
    """Whose figure is agreed on."""
    return _first(Line.objects.filter(pk=parts["number"]).values_list("division", flat=True))


def of_proof(parts: Parts) -> str:
    """Whose answer a proof came with."""
    return _first(Answer.objects.filter(pk=parts["number"]).values_list("line__division", flat=True))


def of_piece(parts: Parts) -> str:
    """Which county brought a piece of evidence."""
    return _first(Piece.objects.filter(pk=parts["number"]).values_list("division", flat=True))


def of_unit(parts: Parts) -> str:
    """The county of a unit that reports."""
    found = Unit.objects.filter(window_id=parts["number"], code=parts["code"])
    return _first(found.values_list("county", flat=True))


def of_filing(parts: Parts) -> str:
    """The county of what a unit filed."""
    return _first(Filing.objects.filter(pk=parts["number"]).values_list("unit__county", flat=True))


def of_form(parts: Parts) -> str:
    """The county of a filled form."""
    return _first(FormFiling.objects.filter(pk=parts["number"]).values_list("sheet__county", flat=True))


def of_case(parts: Parts) -> str:
    """The county of a case; nobody's alone where another county handles it, or judges come from elsewhere: the page asks who acts in it."""
    return _of_case(Case.objects.filter(pk=parts["number"]))


def of_case_paper(parts: Parts) -> str:
    """The county of the case that a paper came with."""
    return _of_case(Case.objects.filter(happenings__papers=parts["number"]))


def _of_case(found: QuerySet[Case]) -> str:
    row = found.values_list("county", "handler", "procedure").first()
    county, handler, procedure = row or ("", "", "")
    return "" if scored(procedure) or (handler.isdecimal() and handler != county) else county


def of_school(parts: Parts) -> str:
    """The county of a school, as its last return has it."""
    return _first(Unit.objects.filter(code=parts["code"]).order_by("-window_id").values_list("county", flat=True))


def of_institution(parts: Parts) -> str:
    """The county of a school, as the list of schools has it."""
    return _first(Institution.objects.filter(code=parts["code"]).order_by("-begun").values_list("county", flat=True))


def of_listing(parts: Parts) -> str:
    """The county of an entry of a list."""
    return _first(Listing.objects.filter(pk=parts["number"]).values_list("county", flat=True))


def school_of_listing(parts: Parts) -> str:
    """The school an entry of a list is about; nobody's where it is about none: the page then shows it to no school."""
    return _first(Listing.objects.filter(pk=parts["number"]).values_list("school", flat=True))


def nobody(_: Parts) -> str:
    """Everybody's own, like a password: no school's in particular."""
    return ""


def school_of_filing(parts: Parts) -> str:
    """The unit that filed."""
    return _first(Filing.objects.filter(pk=parts["number"]).values_list("unit__code", flat=True))


def school_of_case(parts: Parts) -> str:
    """The school a case is about; nobody's alone where another unit handles it: the page then asks who acts in it."""
    return _school_of_case(Case.objects.filter(pk=parts["number"]))


def school_of_case_paper(parts: Parts) -> str:
    """The school of the case that a paper came with."""
    return _school_of_case(Case.objects.filter(happenings__papers=parts["number"]))


def _school_of_case(found: QuerySet[Case]) -> str:
    school, handler = found.values_list("school", "handler").first() or ("", "")
    return "" if handler and handler != school else school


def school_of_sheet(parts: Parts) -> str:
    """The school a form went out to."""
    return _first(Sheet.objects.filter(pk=parts["number"]).values_list("unit", flat=True))


def school_of_form(parts: Parts) -> str:
    """The school that filled a form."""
    return _first(FormFiling.objects.filter(pk=parts["number"]).values_list("sheet__unit", flat=True))


def _first(found: QuerySet[Any, Any]) -> str:
    """Empty where there is no such thing: the page says so."""
    return str(found.first() or "")


def teacher_of_credit(parts: Parts) -> str:
    """The account of the teacher whose hours a certificate is of; one without an account has none to come in by."""
    return _first(Credit.objects.filter(pk=parts["number"]).values_list("teacher__login", flat=True)) or "——"


def school_of_credit(parts: Parts) -> str:
    """The school of the teacher whose hours a certificate is of."""
    return _first(Credit.objects.filter(pk=parts["number"]).values_list("teacher__school", flat=True))


def of_credit(parts: Parts) -> str:
    """The county of the teacher whose hours a certificate is of."""
    return _first(Credit.objects.filter(pk=parts["number"]).values_list("teacher__county", flat=True))


def school_of_teacher(parts: Parts) -> str:
    """The school of a teacher."""
    return _first(Teacher.objects.filter(pk=parts["number"]).values_list("school", flat=True))


def of_teacher(parts: Parts) -> str:
    """The county of a teacher."""
    return _first(Teacher.objects.filter(pk=parts["number"]).values_list("county", flat=True))


def of_package(parts: Parts) -> str:
    """The county a package was made for, or came from."""
    return county_of(int(parts["number"]))
