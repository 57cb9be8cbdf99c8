"""The page of one school, and the forms that were sent to it: taken, filled, brought back."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board import agreed, own_work, returned, schooled
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.pages.returns import city_or_none
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.forms import actions, queries
from luoshi.bureau.forms.actions import Brought
from luoshi.bureau.forms.models import Request, Sheet
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import own_school
from luoshi.checking.workbooks import as_workbook
from luoshi.checking.workbooks.bundles import file_name
from luoshi.reading.frames import read_sheets
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def school(request: HttpRequest, code: str, findings: Sequence[Finding] = ()) -> HttpResponse:
    """学校: 本月需填报 N 项, 已由系统代填 N 项. A school without an account has its county print or show it."""
    city, actor, today = city_or_none(request), actor_of(request), timezone.localdate()
    told = schooled.told_of(actor, city, code)
    if told is None:
        raise Http404
    try:
        filled = schooled.filled(told, today)
    except RefusedError as refusal:
        filled, findings = [], [*findings, *refusal.findings]
    context = {**schooled.context_of(actor, told, returned.names_of(city), today), "filled": filled}
    county = told.units[0].county if told.units else actor.division
    context["work"] = own_work.of_school(actor, city, county, code, agreed.today(request, city))
    shown = {"of": context, "findings": findings}
    return render(request, "board/return_school.html", shown, status=409 if findings else 200)


def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """填报表: the workbook as it went out; sent back filled, it is checked and kept."""
    actor = actor_of(request)
    found = Sheet.objects.select_related("request__city").filter(pk=number).first()
    if found is None or not own_school(actor, found.unit) or found.request.state != Request.State.APPROVED:
        raise Http404
    if request.method != "POST":
        asked = queries.asked_of(found.request, [found])[found.unit]
        return download(file_name(asked), as_workbook(asked), _XLSX)
    try:
        made = actions.fill(actor, found.pk, _brought(request, found))
    except RefusedError as refusal:
        return school(request, actor.school, refusal.findings)
    if made.stops:
        said = _("已收到“%(title)s”，有 %(number)d 处要改：下载核对结果，改好后再交一次。")
        messages.warning(request, said % {"title": found.request.title, "number": made.stops}, extra_tags="bad")
    else:
        messages.success(request, _("已收到“%(title)s”。") % {"title": found.request.title}, extra_tags="good")
    return redirect("return_school", actor.school)


def _brought(request: HttpRequest, found: Sheet) -> Brought:
    sent = upload(request, "file")
    if sent is None:
        raise RefusedError(Finding(found.request.title, "没有选文件", "须选填好的 xlsx 文件", "请选文件再交"))
    name, content = sent
    return Brought(name, content, read_sheets(content, name))
