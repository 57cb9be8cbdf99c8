"""Whoever follows the links of the pages, from any page to any other, always arrives: nothing breaks, nothing is missing."""

import re
from collections import Counter, deque
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from benchmarks import many_values
from luoshi.bureau.board.doors import DOORS, closed
from luoshi.bureau.board.frame import Ways
from luoshi.bureau.indicators.actions import add_figures, keep_measuring
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.declared.measures import MEASURES
from luoshi.words.provenance import Source
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
LOGINS = ("ducha", "jijiao", "xianqu", "fenguan", "chayue")
_LINK = re.compile(r'href="([^"#]+)')
KEYED = "api"
"""Part of the names of pages that ask for a key."""


@pytest.fixture
def lived_in(city: City, proposals) -> City:
    """A city with an issued ledger and two measured years."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, 1)
    xingzhou.issued(next(iter(proposals.values())).edition_id)
    for year in (2019, 2020):
        told = many_values.moments(year, units=8, cells=len(MEASURES))
        run = Measuring(city=city, year=year, entry=1, head="0" * 64, state=str(year))
        keep_measuring(actor("jijiao"), run, told, forms=many_values.form)
    return city


def _kind(url: str) -> tuple[str, ...] | None:
    """The page's name and the names of what is asked; None for what is no page of the house."""
    told = urlsplit(url)
    try:
        name = resolve(told.path).view_name
    except Resolver404:
        return None
    return (name, *sorted({one.partition("=")[0] for one in told.query.split("&") if one}))


def _astray(client: Client, person: Actor) -> set[tuple[str, str]]:
    """Pages that lead this person to a door that is closed to them, each with the door."""
    found = set[tuple[str, str]]()
    for url, code in _followed(client, 1).items():
        page = client.get(url)
        if code != 200 or not page["Content-Type"].startswith("text/html"):
            continue
        kinds = (_kind(urljoin(url, unescape(one))) for one in _LINK.findall(page.content.decode()))
        found |= {(url, kind[0]) for kind in kinds if kind and kind[0] in DOORS and closed(kind[0], person)}
    return found


def _followed(client: Client, many: int) -> dict[str, int]:
    """Every kind of page that links lead to, with one set of questions, so many of each: the status of each address."""
    found, todo, kinds = dict[str, int](), deque(["/"]), Counter[tuple[str, ...] | None]()
    while todo:
        url = todo.popleft()
        kind = _kind(url)
        if url in found or kinds[kind] >= many or (kind and (kind[0] in {"leave", "language"} or KEYED in kind[0])):
            continue
        kinds[kind] += 1
        answer = client.get(url)
        found[url] = answer.status_code
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            page = answer.content.decode()
            linked = (unescape(one) for one in _LINK.findall(page))
            todo += [urljoin(url, one) for one in linked if not one.startswith(("/static/", "http", "mailto:"))]
    return found


def _arrives(client: Client, many: int, least: int) -> None:
    found = _followed(client, many)
    assert len(found) >= least
    assert {url: code for url, code in found.items() if code not in {200, 302}} == {}


def test_every_link_leads_somewhere(lived_in: City, enter: Enter) -> None:
    _arrives(enter("xianqu"), 1, 50)


@pytest.mark.parametrize("login", ["xianqu", "shenji"])
def test_nobody_is_led_to_a_closed_door(lived_in: City, enter: Enter, login: str) -> None:
    assert _astray(enter(login), actor(login)) == set()


@pytest.mark.parametrize(("login", "led"), [("ducha", True), ("chayue", False), ("shenji", False), ("xianqu", True)])
def test_the_source_of_a_figure_is_a_link_for_whoever_may_open_it(
    lived_in: City, enter: Enter, login: str, *, led: bool
) -> None:
    """What the house measured names the page of its run, a figure from elsewhere an address outside: that is led to always."""
    one = xingzhou.figure("compulsory_large_class_rate", "2.02", "%", date(2021, 11, 8))
    add_figures(xingzhou.INSTALLER, lived_in, [replace(one, source=Source("本系统（演示）", "/overview/?year=2021"))])
    item = Commitment.objects.filter(targets__indicator=one.indicator)[0]
    client, seen = enter(login), 0
    for url in ("/figures/", f"/items/{item.pk}/", f"/indicators/{one.indicator}/"):
        page = client.get(url).content.decode()
        seen += "本系统（演示）" in page
        assert ('href="/overview/?year=2021"' in page) is (led and "本系统（演示）" in page), url
        assert "https://xingzhou.invalid/1" not in page or 'href="https://xingzhou.invalid/1"' in page
    assert seen >= 2


@pytest.mark.parametrize(
    ("login", "led"),
    [("ducha", [1, 1, 1, 0, 0]), ("chayue", [0, 0, 1, 0, 0]), ("xianqu", [1, 0, 1, 0, 0])],
)
def test_which_addresses_lead_whom(login: str, led: list[int]) -> None:
    """An overview, one county's line of 对数, another site, no page at all, nothing."""
    kept = ("/overview/?year=2020#x", "/agreeing/lines/7/", "https://xingzhou.invalid/1", "/nowhere/", "")
    assert [int(Ways(actor(login)).lead(url)) for url in kept] == led


@pytest.mark.prove
@pytest.mark.parametrize("login", [one.login for one in xingzhou.MEMBERS])
def test_nobody_at_all_is_led_to_a_closed_door(lived_in: City, enter: Enter, login: str) -> None:
    assert _astray(enter(login), actor(login)) == set()


@pytest.mark.prove
@pytest.mark.parametrize("login", LOGINS)
def test_every_link_leads_somewhere_for_everybody(lived_in: City, enter: Enter, login: str) -> None:
    _arrives(enter(login), 3, 60)


@pytest.mark.parametrize("login", ["jijiao", "chayue"])
def test_every_link_leads_somewhere_in_a_house_where_nothing_happened(city: City, enter: Enter, login: str) -> None:
    _arrives(enter(login), 1, 8)
