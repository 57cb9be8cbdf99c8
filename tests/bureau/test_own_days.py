"""A day off of the city's own counts everywhere: in the answers of a month, in figures to agree, in papers and steps."""

from datetime import date

import pytest

from luoshi.bureau.escalations.actions import Sent, send
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.actions import keep_days
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports.models import Period
from luoshi.words.calendars import SpecialDay
from tests.bureau import agreed, many, witness, xingzhou
from tests.bureau.conftest import Enter

OWN = (
    SpecialDay(date(2021, 9, 6), works=False, name="建市纪念日（演示）"),
    SpecialDay(date(2021, 9, 22), works=False, name="运动会（演示）"),
)
DUCHA = xingzhou.actor("ducha")


@pytest.fixture
def marked(city: City) -> City:
    """The city with two days of its own."""
    assert keep_days(xingzhou.INSTALLER, city, OWN) == 2
    return city


def test_a_citys_own_day_moves_the_last_day_of_answering_a_month(marked: City, edition: Edition, enter: Enter) -> None:
    many.enter_all(edition)
    Commitment.objects.update(due=date(2021, 6, 30))
    page = f"/plans/{edition.pk}/month/"
    told = enter("ducha").get(page + "?on=2021-08-31").context["month"]
    assert (told["next_on"], told["next_reply"]) == (date(2021, 8, 31), date(2021, 9, 7))
    sent = {"on": "2021-08-31", "reply_by": "", "counties": ""}
    with witness.done("reports.open"):
        enter("ducha").post(page + "open/", sent)
    assert Period.objects.get().reply_by == date(2021, 9, 7), "the 5th is a Sunday, the 6th the city's own day off"


def test_it_moves_the_last_day_of_agreeing_figures(marked: City, edition: Edition, enter: Enter) -> None:
    agreed.grown(marked)
    many.enter_all(edition)
    of = agreed.opened(edition)
    with witness.done("agreements.send"):
        enter("ducha").post(f"/agreeing/{of.pk}/act/?on=2021-09-15", {"act": "send", "version": str(of.version)})
    of.refresh_from_db()
    assert date(2021, 9, 15) == agreed.SENT
    assert of.reply_by == date(2021, 9, 24), "the national calendar says the 23rd; the city is off on the 22nd"


def test_it_moves_the_last_day_of_answering_a_paper(marked: City, edition: Edition) -> None:
    many.enter_all(edition)
    Commitment.objects.filter(lead="").update(lead="XQ")
    row = Commitment.objects.filter(edition=edition).earliest("place")
    paper = Paper.objects.create(
        commitment=row, step="reminder", name="提醒", month=date(2021, 8, 1), because="欠进度", rule="演示", title="提醒",
        to="学前教育科", words="请反馈。", answer_days=5, drafted_on=date(2021, 9, 1), drafted_by="督查甲",
    )  # fmt: skip
    sent = send(DUCHA, paper.pk, paper.version, Sent(date(2021, 9, 15)))
    assert sent.answer_by == date(2021, 9, 24)
