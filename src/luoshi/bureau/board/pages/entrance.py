"""Coming in and going out."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from luoshi.bureau.board.api import refusing
from luoshi.bureau.people import actions as people
from luoshi.bureau.people import queries
from luoshi.bureau.people.models import Person
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _wanted(request: HttpRequest) -> str:
    """The page that was asked for before the entrance; the board when none or when it leads elsewhere."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else reverse("board")


def _person(request: HttpRequest) -> Person:
    """Who comes in: one of the demo people by name, or an account by password."""
    visitor = queries.actor_of(request)
    if "person" in request.POST and settings.DEMO:
        return people.sign_in_demo(visitor, request.POST["person"])
    return people.sign_in(visitor, request.POST.get("username", ""), request.POST.get("password", ""))


@login_not_required
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in with an account; in the demo also by choosing one of the demo people."""
    listed = queries.demo_people() if settings.DEMO else ()
    findings: tuple[object, ...] = ()
    if request.method == "POST":
        try:
            person = _person(request)
        except RefusedError as refusal:
            findings = refusal.findings
        else:
            login(request, person)
            return redirect(_wanted(request))
    status = 403 if findings else 200
    return render(request, "board/enter.html", {"people": listed, "findings": findings}, status=status)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("enter")


language = login_not_required(set_language)


def _calm(request: HttpRequest, finding: Finding, status: int) -> HttpResponse:
    return render(request, "board/refused.html", {"findings": [finding], "back": reverse("board")}, status=status)


@login_not_required
def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """没有这一页, in four parts."""
    finding = Finding(request.path[:100], "没有这一页", "网址须来自页面上的链接", "请从督查台账重新进入")
    return _calm(request, finding, 404)


@login_not_required
def unclear(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """What was sent cannot be understood, or is more than a form may hold."""
    if request.path.startswith(refusing.ROOT):
        return refusing.unclear(request)
    finding = Finding(
        request.path[:100], "收到的内容读不懂或太大", "须由本系统的页面发送", "请返回页面，改短后重新填写"
    )
    return _calm(request, finding, 400)


@login_not_required
def unsure(request: HttpRequest, reason: object = "", exception: object = None) -> HttpResponse:  # noqa: ARG001
    """Not surely sent from one of our pages: the page stood open too long, or the browser keeps no cookies."""
    finding = Finding(
        request.path[:100],
        "不能确认是从本系统的页面发出的，没有办理",
        "每次办理须带页面上的校验码",
        "请返回页面，刷新后再办；浏览器须允许本站的 Cookie",
    )
    return _calm(request, finding, 403)


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed: said in four parts, nothing of it kept, no traceback shown.

    The page asks neither the database nor the session: they may be what failed.
    """
    finding = Finding(
        request.path[:100],
        "系统出错，本次没有办成，也没有留下任何改动",
        "办理与操作日志同时成立或同时不成立",
        "请重试一次；再不成，请把时间和网址告诉系统管理员",
    )
    page = render_to_string("board/broken.html", {"findings": [finding], "back": reverse("board")})
    return HttpResponse(page, status=500)
