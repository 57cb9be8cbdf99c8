"""提醒: one's own digests and how one is reached; for 督查室 the day's round, the ready texts and the habits."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import queries as board
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.owing import owed
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Division, Office, Person, Role
from luoshi.bureau.people.queries import actor_of, calendar_of
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.reminders import actions
from luoshi.bureau.reminders import queries as reminders
from luoshi.tracking.addressing import owed_by
from luoshi.tracking.calendar_files import as_calendar
from luoshi.tracking.dues import DEFAULT_HABITS, Habits
from luoshi.tracking.nudging import nudge, roll_call
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_DIGESTS = 10
_DIGITS = 4


def mine(request: HttpRequest, findings: Sequence[Finding] = (), secret: str = "") -> HttpResponse:
    """What I was told, newest first, and how I am reached."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    on, actor = day_of(request, city), actor_of(request)
    digests, kept = reminders.digests_of(actor.login, _DIGESTS, on), reminders.preference_of(actor.login)
    edition = board.chosen(plans.editions(city), request.GET.get("plan", ""))
    context = {
        "on": on,
        "today": next((one for one in digests if one.day == on), None),
        "earlier": [one for one in digests if one.day < on],
        "edition": edition,
        "supervises": not why_not(request, "remind"),
        "email": kept.email if kept else "",
        "subscribed": kept.token_at if kept else None,
        "address": request.build_absolute_uri(reverse("calendar", args=[secret])) if secret else "",
    }
    told = {"reminders": context, "findings": findings}
    answer = render(request, "board/reminders.html", told, status=409 if findings else 200)
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer


def reach(request: HttpRequest) -> HttpResponse:
    """How I am reached: mail address, calendar address."""
    if request.method != "POST":
        return redirect("reminders")
    actor = actor_of(request)
    try:
        secret = _reached(request, actor)
    except RefusedError as refusal:
        return mine(request, refusal.findings)
    return mine(request, secret=secret) if secret else redirect("reminders")


def _reached(request: HttpRequest, actor: Actor) -> str:
    """Do what the button says; the secret of a new calendar address, else nothing."""
    match request.POST.get("act", ""):
        case "mail":
            actions.set_address(actor, request.POST.get("email", ""))
        case "subscribe":
            return actions.make_token(actor)
        case "stop":
            actions.drop_token(actor)
        case other:
            what = f"没有“{other[:20]}”这种办理"
            raise RefusedError(Finding("提醒", what, "邮箱、订阅或停用", "请从页面上办理"))
    return ""


def _names(city: City) -> tuple[list[Office], list[Division]]:
    return list(Office.objects.filter(city=city)), list(Division.objects.filter(city=city))


def round_page(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """The day's round: who was told how much, and the texts to copy for those who have not answered."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    refusal = why_not(request, "remind")
    on, actor = day_of(request, city), actor_of(request)
    offices, divisions = _names(city)
    calendar = calendar_of(city)
    context: dict[str, object] = {"on": on, "refused": refusal, "worked": calendar.is_workday(on)}
    if not refusal:
        every = reminders.open_dues(city, {one.code: one.leader for one in offices}, on)
        dues = [due for due in every if due.on <= on]
        by_office = {one.name: [due for due in dues if due.office == one.code] for one in offices}
        by_unit = {one.name: [due for due in dues if one.code in due.divisions] for one in divisions}
        contact = _("督查室 %(name)s") % {"name": actor.name}
        context |= {
            "ran": reminders.round_on(city, on),
            "served": _served(city, on, _places(offices, divisions)),
            "roll": roll_call(by_office | by_unit, on),
            "texts": [
                {"name": name, "number": len(owed), "words": nudge(name, owed, on, calendar, contact)}
                for name, owed in (by_office | by_unit).items()
                if owed
            ],
            "total": len(dues),
        }
    told = {"round": context, "findings": findings}
    return render(request, "board/round.html", told, status=409 if findings else 200)


def _places(offices: Sequence[Office], divisions: Sequence[Division]) -> dict[str, str]:
    """By code what sections and units are called."""
    return {one.code: one.name for one in offices} | {one.code: one.name for one in divisions}


def _served(city: City, on: date, places: dict[str, str]) -> list[dict[str, object]]:
    """Who was told how much on a day, in the order of the roles."""
    labels = dict(Role.choices)
    return [
        {
            "name": one.name,
            "role": labels.get(one.role, one.role),
            "place": places.get(one.division or one.office, ""),
            "subject": one.subject.partition("：")[2],
            "lines": one.lines,  # type: ignore[attr-defined]
        }
        for one in reminders.digests_on(city, on)
    ]


def run(request: HttpRequest) -> HttpResponse:
    """Run the round of a day."""
    city = city_of(request)
    if request.method != "POST" or city is None:
        return redirect("reminders_round")
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        on = day_of(request, city)
    try:
        actions.run_round(actor_of(request), city, on, owed(city, on))
    except RefusedError as refusal:
        return round_page(request, refusal.findings)
    return redirect(f"{reverse('reminders_round')}?on={on}")


def habits(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """提醒规则, its versions, and the form for a new one."""
    city = city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    versions = reminders.versions(city)
    context = {
        "now": reminders.habits_of(city),
        "versions": versions,
        "defaults": DEFAULT_HABITS,
        "refused": why_not(request, "habits"),
    }
    told = {"habits": context, "findings": findings}
    return render(request, "board/habits.html", told, status=409 if findings else 200)


def set_habits(request: HttpRequest) -> HttpResponse:
    """A new version of the habits."""
    city = city_of(request)
    if request.method != "POST" or city is None:
        return redirect("reminders_habits")
    try:
        actions.set_habits(actor_of(request), city, _habits_of(request), request.POST.get("reason", ""))
    except RefusedError as refusal:
        return habits(request, refusal.findings)
    return redirect("reminders_habits")


def _habits_of(request: HttpRequest) -> Habits:
    """The form as habits; what is no number is a finding that names its field."""
    findings: list[Finding] = []

    def number(name: str, label: str) -> int:
        words = request.POST.get(name, "").strip()
        if words.isdecimal() and len(words) <= _DIGITS:
            return int(words)
        findings.append(Finding(label, f"“{words[:20]}”不是整数", "须为不小于0的整数", "请改为数字，如 5"))
        return 0

    words = request.POST.get("before", "")
    for sign in "，、；;　 ":
        words = words.replace(sign, ",")
    parts = [part for part in words.split(",") if part]
    wrong = [part for part in parts if not part.isdecimal() or len(part) > _DIGITS]
    if wrong:
        what = f"“{'、'.join(wrong)[:20]}”不是整数"
        findings.append(Finding("提前几个工作日", what, "几个数用逗号隔开", "请改正，例如 10，5，1"))
    told = Habits(
        number("version", "版本"),
        tuple(int(part) for part in parts if part not in wrong),
        bool(request.POST.get("on_day")),
        number("every", "到期后每几个工作日"),
        number("most", "到期后至多几次"),
        number("patience", "几次未反馈抄送上一级"),
        number("apart", "两次至少相隔几个工作日"),
    )
    if findings:
        raise RefusedError(*findings)
    return told


def _file(request: HttpRequest, city: City, person: Person) -> HttpResponse:
    """What a person answers for and may know, as an iCalendar file."""
    leaders = reminders.leaders_of(city)
    member = reminders.member_of(person, leaders)
    on = day_of(request, city)
    mine = owed_by(member, reminders.open_dues(city, leaders, on))
    name = _("%(bureau)s到期事项（%(person)s）") % {"bureau": city.bureau, "person": person.name}
    site = request.build_absolute_uri("/").rstrip("/")
    answer = HttpResponse(as_calendar(mine, name, on, city.key, site), "text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = 'inline; filename="luoshi.ics"'
    return answer


@login_not_required
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A person's calendar, for a program that knows its secret address and cannot sign in."""
    city, person = city_of(request), reminders.subscriber(secret)
    if city is None or person is None:
        raise Http404
    return _file(request, city, person)


def download(request: HttpRequest) -> HttpResponse:
    """One's own calendar as a file, once."""
    city, person = city_of(request), request.user
    if city is None or not isinstance(person, Person):
        raise Http404
    answer = _file(request, city, person)
    answer["Content-Disposition"] = 'attachment; filename="luoshi.ics"'
    return answer
