"""Files that a page hands out to be kept: their name in any language, their bytes as they are."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content as content_of
from luoshi.words.errors import RefusedError

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


def download_table(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Rows as CSV; the mark at the beginning makes WPS and Excel read it as UTF-8."""
    out = StringIO()
    csv.writer(out).writerows(rows)
    return download(name, "\ufeff" + out.getvalue(), "text/csv; charset=utf-8")
