"""账号表: a template, a workbook looked at before it is carried out, and sheets of first codes."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.people.models import Division, Office
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.posts import actions, importing
from luoshi.bureau.posts.accounts import MOST_FINDINGS, Compared, compare, read_accounts, refusals
from luoshi.bureau.posts.actions.accounts import LABELS
from luoshi.bureau.posts.template import as_template
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

_SHOWN = 200
_MARKS = {"person": "done", "post": "ahead", "changed": "on_course", "ended": "paused", "same": "noted"}


def accounts(
    request: HttpRequest, findings: Sequence[Finding] = (), looked: dict[str, Any] | None = None
) -> HttpResponse:
    """The page; what was looked at stands on it until it is carried out."""
    context = {
        "looked": looked,
        "may": why_not(request, "accounts"),
        "offices": list(Office.objects.all()),
        "divisions": list(Division.objects.all()),
        "findings_of_cells": findings[:MOST_FINDINGS] if looked is not None else (),
        "more": max(len(findings) - MOST_FINDINGS, 0),
    }
    told = {"of": context, "findings": () if looked is not None else findings}
    return render(request, "board/accounts.html", told, status=409 if findings else 200)


def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the same for everybody)
    """The workbook to fill in, its drop-downs made from what the house holds."""
    content = as_template()
    form = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return download("账号表.xlsx", content, form)


def act(request: HttpRequest) -> HttpResponse:
    """Look at a workbook, carry one out, or issue first codes."""
    if request.method != "POST":
        return redirect("accounts")
    wanted = {"carry": _carry, "codes": _codes}.get(request.POST.get("act", ""), _look)
    try:
        return wanted(request)
    except RefusedError as refusal:
        return accounts(request, refusal.findings)


def _look(request: HttpRequest) -> HttpResponse:
    came = upload(request, "file", "账号表")
    if came is None:
        raise RefusedError(Finding("账号表", "没有选文件", "请选 xlsx 或 CSV 文件", "请选文件后再看"))
    name, content = came
    sheet = read_accounts(name, content)
    aside = actions.keep_sheet(actor_of(request), sheet)
    if sheet.findings:
        return accounts(request, sheet.findings, {"name": name, "rows": len(sheet.rows)})
    compared = compare(sheet.rows, timezone.localdate())
    wrong = refusals(compared, timezone.localdate())
    if wrong:
        return accounts(request, wrong, {"name": name, "rows": len(sheet.rows)})
    return accounts(request, (), _looked(name, digest(content), aside, compared))


def _looked(name: str, told: str, aside: str, compared: Compared) -> dict[str, Any]:
    """What the workbook would do, the first of it row by row."""
    rows = [one for one in compared.differences if one.kind != "same"]
    return {
        "name": name,
        "digest": told,
        "aside": aside,
        "rows": len(compared.differences),
        "counts": [(gettext(LABELS[kind]), count) for kind, count in compared.counts.items()],
        "shown": [{"of": one, "label": gettext(LABELS[one.kind]), "mark": _MARKS[one.kind]} for one in rows[:_SHOWN]],
        "hidden": max(len(rows) - _SHOWN, 0),
        "works": bool(rows),
    }


def _carry(request: HttpRequest) -> HttpResponse:
    sent = {name: request.POST.get(name, "")[:200] for name in ("aside", "name", "digest")}
    importing.kept_rows(sent["aside"][:64])
    actions.ask_for_accounts(actor_of(request), sent["aside"][:64], sent["name"], sent["digest"][:64])
    return redirect("jobs")


def _codes(request: HttpRequest) -> HttpResponse:
    sent = request.POST
    kind, _, code = sent.get("place", "").partition("/")
    place = {"office": code} if kind == "office" else {"division": code} if kind == "division" else {"login": code}
    slips = actions.issue_codes(
        actor_of(request), timezone.localdate(), **{name: one[:150] for name, one in place.items()}
    )
    site = request.build_absolute_uri("/")
    answer = render(request, "board/codes.html", {"of": {"slips": slips, "place": sent.get("said", ""), "site": site}})
    answer["Cache-Control"] = "no-store"
    return answer
