"""A million cases: what waits for me, what I look for and one case cost a page, and no more queries than with a few."""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.cases.actions import Bringing, open_case, set_conduct
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.models import Case, CourseText
from luoshi.bureau.people.models import City
from tests.bureau.conftest import Enter
from tests.bureau.many import analyse
from tests.bureau.paging import SLOWEST, cost
from tests.bureau.xingzhou import actor
from tests.proving import told_on

SLICE, WHOLE = 4_000, 1_000_000
BATCH = 5_000
BEGUN = date(2015, 1, 1)
PAGES = {
    "what waits for the host": ("jijiao", "/cases/"),
    "what waits for a county": ("xianqu", "/cases/"),
    "what waits for a leader": ("fenguan", "/cases/"),
    "a case": ("jijiao", "/cases/1/"),
    "the newest": ("ducha", "/cases/find/"),
    "of one procedure and county": ("ducha", "/cases/find/?procedure=petition&county=990121"),
    "in one state": ("ducha", "/cases/find/?procedure=petition&state=accepted"),
    "overdue": ("ducha", "/cases/find/?procedure=petition&how=overdue"),
    "a word that is there": ("ducha", "/cases/find/?words=退费"),
    "a word that is nowhere": ("ducha", "/cases/find/?words=从没写过"),
    "a county's own": ("xianqu", "/cases/find/?words=退费"),
    "deep down": ("ducha", "/cases/find/?before=2000"),
}


def _rows(city: City, course: CourseText, length: int) -> Iterator[Case]:
    """Cases over six years, one in fifty still open. 演示数据（虚构）."""
    chance, themes = random.Random(7), ("fees", "ethics", "safety", "pay", "other")
    for number in range(2, length + 2):
        opened = BEGUN + timedelta(days=number * 2100 // length)
        running = number % 50 == 0
        county = ("990102", "990121")[number % 2]
        yield Case(
            city=city, course=course, procedure="petition", number=f"教育信访-{opened.year}-{number:07d}",
            title=f"{'退费' if number % 7 else '师德'}（演示）第{number}件", state="accepted" if running else "settled",
            since=opened, opened_on=opened, last_on=opened, ended_on=None if running else opened + timedelta(days=30),
            decided=not running, due=opened + timedelta(days=60) if running else None, warned=None, late=not number % 9,
            turn=("handler", "host", "leader")[number // 50 % 3] if running else "", office="JJ",
            handler="990121" if number % 4 == 0 else "JJ", county=county, theme=chance.choice(themes), same=f"{number % 90000:032d}",
        )  # fmt: skip


def _fill(city: City, length: int, capsys: pytest.CaptureFixture[str]) -> None:
    if Case.objects.exists():
        course = Case.objects.select_related("course").first().course
        _write(city, course, length, capsys)
        return
    set_conduct(actor("ducha"), city, "petition", Setting("native", "演示", "JJ"))
    letter = {
        "channel": "letter", "received_on": "2020-09-16", "who": "演示家长", "reachable": "yes", "persons": "1", "topic": "fees",
        "matter": "退费（演示）", "urgent": "usual",
    }  # fmt: skip
    first = open_case(actor("jijiao"), city, "petition", Bringing(letter, county="990121"), date(2020, 9, 16)).row
    _write(city, first.course, length, capsys)


def _write(city: City, course: CourseText, length: int, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list[Case]()
    with transaction.atomic():
        for row in told_on(_rows(city, course, length), length, "cases written", capsys):
            rows.append(row)
            if len(rows) == BATCH:
                Case.objects.bulk_create(rows)
                rows.clear()
        Case.objects.bulk_create(rows)
    analyse()


def _asked(browser: Client, page: str) -> int:
    browser.get(page)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(page).status_code == 200, page
    return len(seen)


@pytest.mark.parametrize("length", [SLICE, pytest.param(WHOLE, marks=pytest.mark.prove)])
def test_cases_are_found_at_the_cost_of_a_page(
    city: City, enter: Enter, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _fill(city, SLICE // 10, capsys)
    few = {name: _asked(enter(who), page) for name, (who, page) in PAGES.items()}
    Case.objects.filter(version=1, happenings=None).delete()
    _fill(city, length, capsys)
    told, slow, more = list[str](), dict[str, float](), dict[str, tuple[int, int]]()
    for name, (who, page) in PAGES.items():
        browser = enter(who)
        asked, taken = _asked(browser, page), cost(browser, page)
        told.append(f"{name:30} {taken.usual * 1000:6.1f} ms {asked:3} queries")
        if asked > few[name]:
            more[name] = (few[name], asked)
        if taken.usual > SLOWEST:
            slow[name] = taken.usual
    with capsys.disabled():
        sys.stdout.write(f"\n{length} cases\n" + "\n".join(told) + "\n")
    assert (slow, more) == ({}, {})
