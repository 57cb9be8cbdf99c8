"""Coming in and going out."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import cast

from allauth.account.stages import LoginStageController
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from luoshi.bureau.board.api import refusing
from luoshi.bureau.board.passkeys import passkey_asked, passkey_told
from luoshi.bureau.entering.actions import factors, signing_in
from luoshi.bureau.entering.stages import SecondFactor, let_in
from luoshi.bureau.entering.watching import TOLD
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people import queries
from luoshi.bureau.people.models import Person
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _wanted(request: HttpRequest) -> str:
    """The page that was asked for before the entrance; the board when none or when it leads elsewhere."""
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else reverse("board")


def _person(request: HttpRequest) -> HttpResponse:
    """Who comes in: one of the demo people by name, or an account by password and, where they have one, second factor."""
    visitor = queries.actor_of(request)
    if "person" in request.POST and settings.DEMO:
        person = signing_in.sign_in_demo(visitor, request.POST["person"])
        return let_in(request, person, _wanted(request), second=False)
    person = signing_in.sign_in(visitor, request.POST.get("username", ""), request.POST.get("password", ""))
    return let_in(request, person, _wanted(request))


@sensitive_post_parameters("password")
@login_not_required
def enter(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Sign in with an account or through the bureau's own service; in the demo also by choosing one of the demo people."""
    if request.method == "POST" and not findings:
        try:
            return _person(request)
        except RefusedError as refusal:
            findings = refusal.findings
    context = {
        "people": queries.demo_people() if settings.DEMO else (),
        "findings": findings,
        "portal": settings.OIDC["name"] if settings.OIDC["issuer"] else "",
        "why": request.session.pop(TOLD, "") if TOLD in request.session else "",
    }
    return render(request, "board/enter.html", context, status=403 if findings else 200)


@login_not_required
def enter_second(request: HttpRequest) -> HttpResponse:
    """The second factor: a code, a recovery code or a passkey of whoever has shown the password just now."""
    stage = LoginStageController.enter(request, SecondFactor.key)
    if stage is None:
        return redirect("enter")
    person, visitor = stage.login.user, queries.actor_of(request)
    findings: Sequence[Finding] = ()
    if request.method == "POST":
        try:
            _show(visitor, person, request.POST)
            return cast("HttpResponse", stage.exit())
        except RefusedError as refusal:
            findings = refusal.findings
    context = {"person": person, "findings": findings, "asked": passkey_asked(person)}
    return render(request, "board/enter_second.html", context, status=403 if findings else 200)


def _show(visitor: Actor, person: Person, told: QueryDict) -> None:
    if "passkey" in told:
        factors.verify_passkey(visitor, person, passkey_told(told.get("passkey", "")))
    else:
        factors.verify_code(visitor, person, told.get("code", ""))


@require_POST
@login_not_required
def portal(request: HttpRequest) -> HttpResponse:
    """On to the bureau's single sign-on service."""
    return _by_portal(request, lambda served: served.ask(request, _wanted(request)))


@login_not_required
def portal_back(request: HttpRequest) -> HttpResponse:
    """Back from there, with an answer."""
    return _by_portal(request, lambda served: served.answered(request))


def _by_portal(request: HttpRequest, step: Callable[[ModuleType], HttpResponse]) -> HttpResponse:
    if not settings.OIDC["issuer"]:
        raise Http404
    from luoshi.bureau.entering import portal as served  # noqa: PLC0415 -- an HTTP client, where there is a service only

    try:
        return step(served)
    except RefusedError as refusal:
        return enter(request, refusal.findings)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    signing_in.leave(queries.actor_of(request))
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
