"""县级交换: packages between the city's house and a county's; what is done with them has one button each."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board.downloads import download_kept
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.packages_told import told
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.exchanges import actions, queries
from luoshi.bureau.exchanges.models import Package
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_RIGHTS = ("county_pack", "county_key", "county_take", "county_send")


def packages(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The whole page."""
    city, actor = city_of(request), actor_of(request)
    if city is None:
        raise Http404
    may = {one: refused(actor, one) is None for one in _RIGHTS}
    page = {"exchange": told(city, actor), "may": may, "findings": findings}
    return render(request, "board/packages.html", page, status=409 if findings else 200)


def act(request: HttpRequest) -> HttpResponse:
    """生成下发包、收包、登记公钥、生成上报包."""
    city, wanted = city_of(request), _ACTS.get(request.POST.get("act", ""))
    if city is None or wanted is None:
        return redirect("packages")
    try:
        wanted(request, city)
    except RefusedError as refusal:
        return packages(request, refusal.findings)
    return redirect("packages")


def _pack(request: HttpRequest, city: City) -> None:
    kept = actions.pack(actor_of(request), city, request.POST.get("county", "")[:20])
    messages.success(request, _("已生成第%s号下发包，请下载后交给县里。") % kept.number)


def _take(request: HttpRequest, city: City) -> None:
    name, content = _brought(request)
    kept = (actions.take if city.county else actions.take_up)(actor_of(request), city, content, name)
    said = {"number": kept.number, "kind": kept.get_kind_display()}
    messages.success(request, _("第%(number)s号%(kind)s已收，各件结果见下表。") % said)


def _register(request: HttpRequest, city: City) -> None:
    name, content = _brought(request)
    actions.register(actor_of(request), city, content, name, request.POST.get("fingerprint", ""))
    messages.success(request, _("公钥已登记，现在可以收这个县(市、区)的上报包。"))


def _send(request: HttpRequest, city: City) -> None:
    kept = actions.send_up(actor_of(request), city)
    messages.success(request, _("已生成第%s号上报包，请下载后交给市里。") % kept.number)


_ACTS: dict[str, Callable[[HttpRequest, City], None]] = {
    "pack": _pack,
    "take": _take,
    "register": _register,
    "send": _send,
}


def _brought(request: HttpRequest) -> tuple[str, bytes]:
    sent = upload(request, "package")
    if sent is None:
        raise RefusedError(Finding("交换包", "没有选文件", "须选一个 zip", "请选好再交"))
    return sent


def file(request: HttpRequest, number: int) -> HttpResponse:
    """The file of a package, to be carried."""
    kept = queries.package(number)
    if kept is None or kept.file is None or kept.city_id != getattr(city_of(request), "pk", 0):
        raise Http404
    return download_kept(request, kept.file, "/packages/", _name(kept))


def _name(kept: Package) -> str:
    return f"{kept.county}-{kept.get_kind_display()}-{kept.number:04}.zip"
