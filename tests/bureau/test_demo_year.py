"""The demo of the made-up city opens on a working year: once, dated within 2021, and every page answers everybody."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from luoshi.bureau.agreements.models import Round
from luoshi.bureau.board.opening import open_demo
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.escalations.models import Closing, LookBack
from luoshi.bureau.escalations.models import Paper as Slip
from luoshi.bureau.evidence.models import Piece, Verdict
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.ledger.models import Commitment, Milestone, Pause, Share
from luoshi.bureau.people.models import Person
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports.models import Call, Found, Passing, Period, Report
from luoshi.spine import State
from tests.bureau.conftest import Enter
from tests.bureau.witness import everything_else

pytestmark = pytest.mark.only_on("sqlite")  # processes of their own or a whole year: once is enough for every run

STAR = Path(__file__).parents[2] / "cities" / "xingzhou"


def _silent(_: str) -> None:
    """Nobody listens."""


def _counts() -> dict[str, int]:
    return {name: len(rows) for name, rows in everything_else().items()}


def _october_and_november() -> None:
    october, november = Period.objects.order_by("on")
    assert (october.on, november.on) == (date(2021, 10, 31), date(2021, 11, 30))
    assert october.closed_at is not None
    assert november.closed_at is None
    stages = set(Report.objects.filter(call__period=november).values_list("stage", flat=True))
    assert stages == {"filed", "reviewed", "signed", "verified", "returned", "adopted"}
    assert Call.objects.filter(period=november, reports=None).count() > 5
    assert Report.objects.filter(call__period=october, stage="verified").count() >= 12
    assert Report.objects.filter(call__period=october, stage="noted").count() >= 2
    assert Report.objects.filter(call__period=october, stage="replaced").count() == 1
    assert Passing.objects.filter(proxy=True).exclude(report__signed_paper=None).count() >= 2
    waiting = Found.objects.filter(reply__period=november, decision=Found.Decision.OPEN)
    assert set(waiting.values_list("sure", flat=True)) == {True, False}
    assert waiting.values("reply").distinct().count() == 2


def _what_was_agreed() -> None:
    assert Pause.objects.get().state == Pause.State.APPROVED
    assert Commitment.objects.exclude(coordination="").count() == 1
    shared = Share.objects.filter(void=False).values_list("value", flat=True)
    assert sum(value or 0 for value in shared) == 14
    assert Milestone.objects.filter(commitment__number="6.10").exclude(done=None).count() == 3
    assert set(Round.objects.values_list("stage", flat=True)) >= {Round.Stage.CLOSED, Round.Stage.SENT}
    assert Piece.objects.values("commitment").distinct().count() == 3
    assert set(Verdict.objects.values_list("outcome", flat=True)) == {"accepted", "returned"}


def _what_was_pressed() -> None:
    urged = Slip.objects.filter(step="urging").values_list("stage", flat=True)
    assert {"answered", "draft"} <= set(urged)
    assert LookBack.objects.get().kept
    closing = Closing.objects.get()
    assert closing.closed_on == date(2021, 12, 16)
    assert closing.signatures.values("name").distinct().count() == 3
    assert closing.commitment.judged == State.DONE
    texts = Bulletin.objects.order_by("id").values_list("kind", "stage")
    assert list(texts) == [("serial", "settled"), ("serial", "draft"), ("leaders", "draft")]


@pytest.mark.django_db
def test_a_demo_left_undivided_has_no_year() -> None:
    """任务分解 is left to the visitor, and so is everything that follows it."""
    open_demo(STAR, _silent, undivided=True)
    assert not Period.objects.exists()
    assert not Commitment.objects.exists()


class Seen(NamedTuple):
    """A page as somebody saw it."""

    login: str
    url: str
    status: int


def _everywhere() -> list[str]:
    """Every page of the menu and one of each kind within the rooms."""
    plan = Edition.objects.get().pk
    busy = [Commitment.objects.get(number=number).pk for number in ("6.1", "8.1", "9.2", "10.1", "22.9", "6.10")]
    calls = [
        Call.objects.filter(reports__stage=stage).latest("id").pk
        for stage in Report.Stage.values
        if stage != "replaced"
    ]
    told = [
        "/",
        "/mine/",
        "/plans/",
        "/mechanisms/",
        "/figures/",
        "/agreeing/",
        "/escalations/",
        "/reminders/",
        "/bulletins/",
    ]
    told += [f"/plans/{plan}/{page}/" for page in ("month", "year", "next", "rectifications", "breakdown", "quality")]
    told += ["/messages/", "/escalations/rules/", "/public/", "/journal/", "/jobs/"]
    told += [f"/items/{pk}/" for pk in busy]
    told += [f"/calls/{pk}/" for pk in calls]
    told += [f"/agreeing/{pk}/" for pk in Round.objects.values_list("pk", flat=True)]
    told += [f"/escalations/{pk}/" for pk in Slip.objects.filter(step="urging").values_list("pk", flat=True)]
    told += [f"/bulletins/{pk}/" for pk in Bulletin.objects.values_list("pk", flat=True)]
    return told


def _walk(enter: Enter, login: str, pages: slice) -> Iterator[Seen]:
    """The menu and some of all pages: each is opened by several, and all of them by 督查室."""
    client = enter(login)
    menu = re.findall(r'href="(/[^"#]*)"', client.get("/").content.decode().partition("<main")[0])
    for url in dict.fromkeys([*menu, *_everywhere()[pages]]):
        if not url.startswith(("/leave", "/static")):
            yield Seen(login, url, client.get(url).status_code)


def _walked(enter: Enter) -> None:
    by_role = {person.role: person.username for person in Person.objects.filter(demo=True).order_by("-id")}
    whole = by_role["supervisor"]
    some = {
        login: slice(None) if login == whole else slice(at % 3, None, 3) for at, login in enumerate(by_role.values())
    }
    seen = [one for login, pages in some.items() for one in _walk(enter, login, pages)]
    assert {one for one in seen if one.status not in {200, 302, 403, 404}} == set()
    assert [one for one in seen if one.login == whole and one.status != 200] == []


@pytest.mark.django_db
def test_the_year_is_played_once_within_2021_and_every_page_of_it_answers(enter: Enter) -> None:
    """With the page, or with a reason why not; opened again nothing is played twice; the journal is whole.

    One test, because the year takes seconds to play.
    """
    city = open_demo(STAR, _silent)
    _october_and_november()
    _what_was_agreed()
    _what_was_pressed()
    assert Entry.objects.exclude(outcome="done").count() == 0
    assert broken() is None
    days = Figure.objects.filter(city=city).values_list("on", "known")
    assert {day.year for pair in days for day in pair} == {2021}
    before, entries = _counts(), Entry.objects.filter(action__startswith="reports.").count()
    open_demo(STAR, _silent)
    assert _counts() == before
    assert Entry.objects.filter(action__startswith="reports.").count() == entries
    _walked(enter)
