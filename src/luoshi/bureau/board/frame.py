"""What every page needs: the house, its rooms, whether it is a demo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.bureau.board.doors import DOORS, closed
from luoshi.bureau.board.drafting import owner
from luoshi.bureau.board.histories import KIND_OF, history_of
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.units.queries import asked_once
from luoshi.bureau.plans.queries import the_city


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the main menu."""

    url: str
    label: str
    here: bool


@dataclass(frozen=True, slots=True)
class Ways:
    """Which doors are open to whoever looks: `{% if house.ways.journal %}` before a link that leads there."""

    actor: Actor

    def __getitem__(self, name: str) -> bool:
        """Whether the door of this name is."""
        return not closed(name, self.actor)

    def lead(self, url: str) -> bool:
        """Whether an address that is kept beside a figure opens to whoever looks: one of another site does, none does not.

        What is one county's is led to by no county: whose it is would be a question to the database for each figure.
        """
        if not url.startswith("/"):
            return bool(url)
        try:
            name = resolve(url.partition("?")[0].partition("#")[0]).view_name
            return self[name] and not (self.actor.role == "county" and DOORS[name].owner)
        except (Resolver404, KeyError):
            return False


@dataclass(frozen=True, slots=True)
class House:
    """The frame around a page."""

    city: City | None
    demo: bool
    rooms: tuple[Room, ...]
    beside: tuple[Room, ...] = ()
    """The rooms that share an entry of the main menu with the one the page is in."""
    unread: int = 0
    """Messages that wait for whoever looks."""
    ways: Ways | None = None
    """None where a request was turned away before anybody was known."""
    drafter: str = ""
    """Whose drafts a browser forgets when they sign out."""
    history: str = ""
    """Where all that was done to the thing of the page is told, for those who audit."""


def plain_words(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a NUL stands in no language and PostgreSQL keeps none; whoever sends one is told so, by 400."""

    def checked(request: HttpRequest) -> HttpResponse:
        sent = (value for query in (request.GET, request.POST) for _, values in query.lists() for value in values)
        if any("\0" in value for value in sent if isinstance(value, str)):
            raise BadRequest
        return answer(request)

    return checked


def answering(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: while one page is answered, which counties somebody stands for is asked for once."""

    def once(request: HttpRequest) -> HttpResponse:
        with asked_once():
            return answer(request)

    return once


def switched(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: Chinese unless the switch was turned. What the browser prefers is not asked: many are set to English."""

    def spoken(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with override(wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return answer(request)

    return spoken


def city_of(request: HttpRequest) -> City | None:
    """The city, asked for once a request."""
    if not hasattr(request, "luoshi_city"):
        request.luoshi_city = the_city()  # type: ignore[attr-defined]
    return request.luoshi_city  # type: ignore[attr-defined, no-any-return]


def in_city(request: HttpRequest, city: City) -> City:
    """The city of the page, when what the page shows has brought it along."""
    request.luoshi_city = city  # type: ignore[attr-defined]
    return city


_INSIDE = {
    "item": "board",
    "plan": "plans",
    "point": "plans",
    "weak": "plans",
    "breakdown": "plans",
    "quality": "plans",
    "edit": "board",
    "notices": "plans",
    "handouts": "plans",
    "handback": "plans",
    "remarks": "plans",
    "compare": "plans",
    "import": "plans",
    "import_columns": "plans",
    "notice": "plans",
    "month": "mine",
    "call": "mine",
    "bulletin": "bulletins",
    "shares": "board",
    "working": "board",
    "decisions": "plans",
    "agreement": "agreeing",
    "agreed_line": "agreeing",
    "escalation": "escalations",
    "escalation_rules": "escalations",
    "rectifications": "escalations",
    "case": "cases",
    "case_do": "cases",
    "case_new": "cases",
    "comparison": "comparisons",
    "comparison_act": "comparisons",
    "procedure": "procedures",
    "procedure_conduct": "procedures",
    "register": "procedures",
    "register_entry": "procedures",
    "risk_sheet": "procedures",
    "risk_county": "procedures",
    "reminders_round": "reminders",
    "reminders_habits": "reminders",
    "year": "reminders",
    "next_month": "reminders",
    "agreed_settle": "agreeing",
    "agreement_act": "agreeing",
    "agreement_take": "agreeing",
    "escalation_marks": "escalations",
    "agreement_agree": "agreeing",
    "agreeing_start": "agreeing",
    "lake_return": "lake",
    "return_open": "returns",
    "return_points": "returns",
    "return_school": "returns",
    "return_window": "returns",
    "return_act": "returns",
    "return_findings": "returns",
    "return_county": "returns",
    "return_unit": "returns",
    "return_unit_act": "returns",
    "overview_schools": "overview",
    "overview_measure": "overview",
    "form": "forms",
    "form_ask": "forms",
    "form_act": "forms",
    "form_take": "forms",
    "form_baseline": "forms",
    "table": "tables",
    "indicator": "indicators",
    "indicator_rows": "indicators",
    "indicator_definition": "indicators",
    "measured": "indicators",
    "measured_rows": "indicators",
    **dict.fromkeys(("publication", "publication_act", "publication_draft"), "publications"),
    "county": "overview",
    "school": "overview",
    "parameter": "parameters",
    "parameter_act": "parameters",
    "extracts": "cases_found",
    "extracts_act": "cases_found",
    "procedure_counts": "procedures",
    "cases_public": "procedures",
    "unmask": "private",
    "destroying_act": "private",
    "erasing_ask": "private",
    "checklist": "checklists",
    "checklist_judge": "checklists",
    "division": "divisions",
    "divisions_import": "divisions",
    "divisions_bring": "divisions",
    "divisions_change": "divisions",
    "divisions_boundaries": "divisions",
    "api": "figures",
    "api_keys": "figures",
    "own_second_act": "own_second",
    "own_devices_act": "own_devices",
    "entrants_act": "entrants",
    "journal_export": "journal",
    "journal_ends": "journal",
    "journal_end": "journal",
    "journal_history": "journal",
    "upgrading_ask": "upgrading",
    "person": "people",
    "person_act": "people",
    "handover": "people",
    "handover_act": "people",
    "handed_over": "people",
    "delegations_act": "delegations",
    "accounts_act": "accounts",
    "office": "offices",
    "office_act": "offices",
    "county_offices": "offices",
    "county_offices_act": "offices",
}
"""By name of a page: the room it belongs to."""
_SHARED = {
    **dict.fromkeys(("lake", "return_editions", "forms", "tables", "private"), "returns"),
    **dict.fromkeys(("overview", "pivot", "figures", "doubts", "parameters", "checklists", "divisions"), "indicators"),
    **dict.fromkeys(("leader", "publications"), "bulletins"),
    **dict.fromkeys(("cases_found", "comparisons", "procedures", "registers_ending", "registers_bars"), "cases"),
    **dict.fromkeys(("own_devices", "own_password", "own_second"), "own"),
    **dict.fromkeys(
        ("people", "accounts", "delegations", "jobs", "packages", "upgrading", "journal", "entrants"), "offices"
    ),
}
"""By room: the entry of the main menu it stands under."""


_SCHOOL_SHARED = dict.fromkeys(
    ("own_devices", "own_password", "own_second", "delegations", "delegations_act", "jobs"), "own"
) | {"messages": "messages", **dict.fromkeys(("cases", "cases_found", "procedures", "registers_ending"), "cases")}
"""The same for a school, whose menu has two entries."""


def frame(request: HttpRequest) -> dict[str, House]:
    """Context processor."""
    names = {
        "mine": _("我的事项"),
        "board": _("督查台账"),
        "plans": _("任务分解"),
        "returns": _("报表"),
        "agreeing": _("对数"),
        "escalations": _("督办"),
        "cases": _("办件"),
        "bulletins": _("通报"),
        "reminders": _("提醒"),
        "indicators": _("指标"),
        "mechanisms": _("机制对照"),
        "offices": _("管理"),
    }
    if _of_school(request):
        names = {"board": _("本校首页"), "cases": _("办件")}
    here = request.resolver_match.url_name if request.resolver_match else ""
    current = _INSIDE.get(here or "", here or "")
    entry = _SHARED.get(current, current)
    if _of_school(request):
        entry = _SCHOOL_SHARED.get(current, "board")
    person = getattr(request, "user", None)  # nobody yet where a request was turned away at the door
    waiting = getattr(person, "unread", 0)  # read with the person, see `doorway`
    beside = _rooms(_within(request, entry), current)
    ways = Ways(actor_of(request)) if person is not None else None
    rooms = _rooms(_open(request, names), entry)
    drafter = owner(actor_of(request).login) if person is not None and person.is_authenticated else ""
    return {"house": House(city_of(request), settings.DEMO, rooms, beside, waiting, ways, drafter, _history(request))}


def _history(request: HttpRequest) -> str:
    match = request.resolver_match
    kind = KIND_OF.get(match.url_name or "", "") if match else ""
    if not match or not kind or not hasattr(request, "user") or closed("journal_ends", actor_of(request)):
        return ""
    return history_of(kind, str(next(iter(match.kwargs.values()))))


def _open(request: HttpRequest, names: Mapping[str, str]) -> dict[str, str]:
    """Rooms of the menu whose doors are not closed to this person."""
    if not hasattr(request, "user"):
        return {}  # turned away at the door: no menu is drawn
    actor = actor_of(request)
    return {name: label for name, label in names.items() if not closed(name, actor)}


def _within(request: HttpRequest, entry: str) -> dict[str, str]:
    """The second menu of an entry of the first; empty where it has none, or only one page this person may see."""
    within = {
        "returns": _of_returns,
        "indicators": _of_indicators,
        "bulletins": _of_bulletins,
        "cases": _of_cases,
        "offices": _of_offices,
        "own": _of_own_school if _of_school(request) else _of_oneself,
    }
    told = _open(request, within[entry]() if entry in within else {})
    return told if len(told) > 1 else {}


def _of_returns() -> dict[str, str]:
    return {
        "returns": _("期次"),
        "lake": _("明细数据"),
        "return_editions": _("版次比较"),
        "forms": _("报表备案"),
        "tables": _("套表"),
        "private": _("个人信息清单"),
    }


def _of_indicators() -> dict[str, str]:
    return {
        "indicators": _("全部指标"),
        "overview": _("县区和学校"),
        "pivot": _("比较"),
        "figures": _("登记的指标值"),
        "doubts": _("数据存疑"),
        "parameters": _("参数"),
        "checklists": _("评估清单"),
        "divisions": _("区划与学校"),
    }


def _of_offices() -> dict[str, str]:
    return {
        "offices": _("科室与人员"),
        "people": _("人员"),
        "accounts": _("账号表"),
        "delegations": _("委托代办"),
        "entrants": _("登录管理"),
        "jobs": _("后台任务"),
        "packages": _("县级交换"),
        "upgrading": _("备份与升级"),
        "journal": _("操作日志"),
    }


def _of_bulletins() -> dict[str, str]:
    return {"bulletins": _("通报与参阅"), "publications": _("公布件"), "leader": _("领导参阅")}


def _of_cases() -> dict[str, str]:
    return {
        "cases": _("我的办件"),
        "cases_found": _("查找办件"),
        "comparisons": _("名单比对"),
        "procedures": _("流程和名单"),
        "registers_ending": _("名单到期"),
        "registers_bars": _("能否评优"),
    }


def _of_oneself() -> dict[str, str]:
    return {
        "own_devices": _("登录设备"),
        "own_password": _("修改密码"),
        "own_second": _("第二因子"),
    }


def _of_school(request: HttpRequest) -> bool:
    return hasattr(request, "user") and actor_of(request).role == "school"


def _of_own_school() -> dict[str, str]:
    return {**_of_oneself(), "delegations": _("委托代办"), "jobs": _("后台任务")}


def _rooms(names: Mapping[str, str], here: str) -> tuple[Room, ...]:
    return tuple(Room(reverse(name), label, name == here) for name, label in names.items())
