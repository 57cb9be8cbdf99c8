"""What every page needs: the house, its rooms, whether it is a demo."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.bureau.board import menus
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
        "trainings": _("培训"),
        "reminders": _("提醒"),
        "indicators": _("指标"),
        "mechanisms": _("机制对照"),
        "offices": _("管理"),
    }
    if _of_school(request):
        names = {"board": _("本校首页"), "cases": _("办件"), "trainings": _("培训")}
    if _of_teacher(request):
        names = menus.of_own_training()
    here = request.resolver_match.url_name if request.resolver_match else ""
    current = menus.INSIDE.get(here or "", here or "")
    entry = menus.SHARED.get(current, current)
    if _of_school(request):
        entry = menus.SCHOOL_SHARED.get(current, "board")
    if _of_teacher(request):
        entry = "own" if current in menus.OWN else current
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
        "returns": menus.of_returns,
        "indicators": menus.of_indicators,
        "bulletins": menus.of_bulletins,
        "cases": menus.of_cases,
        "offices": menus.of_offices,
        "trainings": menus.of_trainings,
        "own": menus.of_own_school if _of_school(request) else menus.of_oneself,
    }
    told = _open(request, within[entry]() if entry in within else {})
    return told if len(told) > 1 else {}


def _of_school(request: HttpRequest) -> bool:
    return hasattr(request, "user") and actor_of(request).role == "school"


def _of_teacher(request: HttpRequest) -> bool:
    return hasattr(request, "user") and actor_of(request).role == "teacher"


def _rooms(names: Mapping[str, str], here: str) -> tuple[Room, ...]:
    return tuple(Room(reverse(name), label, name == here) for name, label in names.items())
