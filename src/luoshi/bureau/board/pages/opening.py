"""开始: the first visit to an empty house. A city's folder is given, read with all its findings, and opened."""

import re
import shutil
from pathlib import Path, PurePath

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.opening import INSTALLER, open_uploaded
from luoshi.bureau.board.uploads import uploads
from luoshi.bureau.entering.actions.passwords import set_password
from luoshi.bureau.entering.policy import hold
from luoshi.bureau.exchanges.actions import found
from luoshi.bureau.exchanges.parcels import fingerprint
from luoshi.bureau.exchanges.queries import key_of
from luoshi.declared import INDICATORS
from luoshi.reading import city as folders
from luoshi.reading.documents.libreoffice import converter
from luoshi.reading.uploads import load_upload
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """Open a city from its folder and give its administrator a password. Closed for good once a city is there."""
    if city_of(request) is not None:
        raise Http404
    findings: tuple[Finding, ...] = ()
    if request.method == "POST":
        try:
            _open(request)
            return redirect("enter")
        except RefusedError as refusal:
            findings = refusal.findings
    login = request.POST.get("login", "")
    return render(request, "board/start.html", {"findings": findings, "login": login}, status=422 if findings else 200)


def _open(request: HttpRequest) -> None:
    login, words = request.POST.get("login", "").strip(), request.POST.get("password", "")
    files = dict(uploads(request, "files"))
    findings = list(_misset(login, words, request.POST.get("again", ""), files))
    if findings:
        raise RefusedError(*findings)
    if request.POST.get("edition") == "county":
        _found_county(request, files, login, words)
        return
    folder = Path(settings.HOME) / "cities" / _key(files)
    told = load_upload(files, folder, {indicator.key for indicator in INDICATORS}, office=converter())
    try:
        _refuse_stranger(told, login)
        open_uploaded(folder)
    except RefusedError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    set_password(INSTALLER, login, words, issued=False)  # who opens the house has chosen it for themselves


def _found_county(request: HttpRequest, files: dict[str, bytes], login: str, words: str) -> None:
    """县级版, from a package; the city's fingerprint is told at once, to be compared by voice."""
    (name, content), *more = files.items()
    if more:
        raise RefusedError(Finding("下发包", f"选了 {len(files)} 个文件", "只从一个下发包建立", "请只选一个 zip"))
    with transaction.atomic():
        city = found(INSTALLER, content, name, (login, request.POST.get("name", "")))
        set_password(INSTALLER, login, words, issued=False)
    told = _("已建立县级版。市公钥指纹 %s，请与市里通话核对，不一致的不要使用。")
    messages.success(request, told % fingerprint(key_of(city, city.county)))


def _key(files: dict[str, bytes]) -> str:
    """The city's key: the zip's name where it is plain."""
    stem = PurePath(next(iter(files))).stem.lower()
    return stem if len(files) == 1 and re.fullmatch(r"[a-z][a-z0-9-]{1,30}", stem) else "city"


def _misset(login: str, words: str, again: str, files: dict[str, bytes]) -> list[Finding]:
    found = []
    if not files:
        found.append(Finding("一个市的文件夹", "没有选文件", "须选一个 zip，或文件夹里的全部文件", "请选好再交"))
    if not login:
        found.append(Finding("账号", "没有写", "须为 people.csv 里一位系统管理员的 login", "请填写"))
    if words != again:
        found.append(Finding("密码", "两次输入的不同", "两次须相同", "请重新输入"))
    try:
        hold(words, login)
    except RefusedError as refusal:
        found.extend(refusal.findings)
    return found


def _refuse_stranger(told: folders.City, login: str) -> None:
    admins = [one.login for one in told.people if one.role == "admin"]
    if login not in admins:
        listed = "、".join(admins) or "一个也没有"
        what = f"people.csv 里没有系统管理员“{login[:40]}”"
        raise RefusedError(Finding("账号", what, "第一个密码给系统管理员", f"系统管理员有：{listed}"))
