"""Files that a page hands out to be kept: their name in any language, their bytes as they are."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content as content_of
from luoshi.bureau.people import actions as people
from luoshi.bureau.people.queries import actor_of
from luoshi.reporting.plain_workbook import Sheet, as_plain_workbook
from luoshi.words.errors import RefusedError

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNTOLD = "application/octet-stream"
"""What a browser never shows by itself."""


def download(name: str, content: bytes | str, form: str = UNTOLD) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(content, content_type=form)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def download_kept(request: HttpRequest, file: File, back: str, name: str = "") -> HttpResponse:
    """A kept file as it was handed in, whatever it is; a refusal where it is gone or was changed.

    Args:
        request: of the page.
        file: the file.
        back: where the refusal leads back to.
        name: what it is called, where that is not its own name.
    """
    try:
        return download(name or file.name, content_of(file))
    except RefusedError as refusal:
        return render(request, "board/refused.html", {"findings": refusal.findings, "back": back}, status=409)


def taken_out(request: HttpRequest, name: str, form: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """Data that leaves the house as a table: who may not is told so; what leaves is entered, and the file says who took it.

    Args:
        request: of the page.
        name: of the file, without its ending.
        form: csv, of the last sheet alone, or xlsx.
        sheets: with their heads and rows.
    """
    rows = list(sheets[-1].rows)
    try:
        mark = people.take_out(actor_of(request), name, max(len(rows) - 1, 0), form)
    except RefusedError as refusal:
        return render(
            request, "board/refused.html", {"findings": refusal.findings, "back": reverse("board")}, status=403
        )
    if form == "csv":  # a line more would be no data: who took it stands in the name
        return download_table(f"{name}_{mark.partition(' 共')[0].replace('：', '').replace(':', '')}.csv", rows)
    return download(f"{name}.xlsx", as_plain_workbook(sheets, mark), _XLSX)


def download_table(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as CSV; the mark at the beginning makes WPS and Excel read it as UTF-8."""
    out = StringIO()
    csv.writer(out).writerows(rows)
    return download(name, "\ufeff" + out.getvalue(), "text/csv; charset=utf-8")
