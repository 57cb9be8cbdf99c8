"""导入旧台账: a workbook is kept, its columns are shown beside the ledger's own, a person says yes; and out again."""

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.forms import ImportForm
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.pages.handing import FORMS
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.files import queries as files
from luoshi.bureau.files.models import File
from luoshi.bureau.ledger import importing
from luoshi.bureau.ledger.actions.importing import Terms, bring, import_ledger
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.plans import queries as plans
from luoshi.declared import LEDGER_COLUMNS
from luoshi.reading.sheets import Ledger, Take
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_SHOWN = 5
"""Rows shown before a person says yes."""


def _city(request: HttpRequest) -> City:
    city = city_of(request)
    if city is None:
        raise Http404
    return city


def start(request: HttpRequest) -> HttpResponse:
    """A workbook is brought; the columns come next."""
    findings: Sequence[Finding] = ()
    if request.method == "POST":
        try:
            name, content = upload(request, "file", "旧台账.xlsx") or ("旧台账", b"")
            kept = bring(actor_of(request), _city(request), name, content)
            return redirect("import_columns", kept.digest)
        except RefusedError as refusal:
            findings = refusal.findings
    context = {"import": {"may_import": why_not(request, "import")}, "findings": findings}
    return render(request, "board/import.html", context, status=422 if findings else 200)


def columns(request: HttpRequest, digest: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The columns of the workbook beside the ledger's, the first rows, and what was not taken for a task."""
    file, city = files.file(digest), _city(request)
    if file is None or why_not(request, "import"):
        raise Http404
    form = ImportForm(request.POST)
    if request.method == "POST" and not findings:
        return _import(request, city, file, form)
    try:
        ledger = importing.read_file(city, files.content(file), file.name, form.mapping() or None)
    except RefusedError as refusal:
        return render(request, "board/import.html", {"import": {}, "findings": refusal.findings}, status=422)
    context = _told(city, file, ledger, form)
    return render(
        request, "board/import_columns.html", {"import": context, "findings": findings}, status=409 if findings else 200
    )


def _import(request: HttpRequest, city: City, file: File, form: ImportForm) -> HttpResponse:
    try:
        terms = Terms(
            form.title, form.year, form.number, form.day("issued_on", "印发日期"), form.mapping() if form.sent else {}
        )
        edition = import_ledger(actor_of(request), city, file, terms)
    except RefusedError as refusal:
        return columns(request, file.digest, refusal.findings)
    return redirect(f"/?plan={edition.pk}")


def _told(city: City, file: File, ledger: Ledger, form: ImportForm) -> dict[str, Any]:
    (table, *_) = ledger.tables.values()
    by_path = {one.path: one for other in ledger.tables.values() for one in other.headings}
    rows = ledger.rows[:_SHOWN]
    left: dict[Take, int] = {}
    for one in ledger.left:
        left[one.take] = left.get(one.take, 0) + 1
    return {
        "file": file,
        "title": form.title or PurePath(file.name).stem,
        "year": form.year or (city.begun or timezone.localdate()).year - 1,
        "remembered": bool(importing.remembered(city, [table])),
        "sheets": list(ledger.tables),
        "total": len(ledger.rows),
        "columns": [
            {
                "path": path,
                "column": one.column,
                "because": one.because,
                "examples": [row.cells.get(one.column, "") if one.column else row.extra.get(path, "") for row in rows],
            }
            for path, one in by_path.items()
        ],
        "choices": [(one.key, one.label) for one in LEDGER_COLUMNS],
        "doubts": ledger.doubts,
        "left": [(_TAKES[take], count) for take, count in left.items()],
        "named": [one for one in ledger.left if one.take in {Take.SUBTOTAL, Take.BAND, Take.NOTE}][:60],
    }


_TAKES = {
    Take.TITLE: "标题",
    Take.HEADER: "表头",
    Take.SUBTOTAL: "小计",
    Take.BAND: "分组",
    Take.BLANK: "空行",
    Take.NOTE: "注",
}


def again(request: HttpRequest, number: int) -> HttpResponse:
    """An imported ledger as a workbook in its own look."""
    edition = plans.edition(number)
    if edition is None or edition.file_id is None:
        raise Http404
    in_city(request, edition.city)
    wanted = request.GET.get("paper", "")
    paper = wanted if wanted in {"A3", "A4"} else ""
    return download(f"{edition.title}.xlsx", importing.again(edition, paper), FORMS["xlsx"])
