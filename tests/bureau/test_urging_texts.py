"""催办文字 of a period: who has not answered, and for each what it still owes, ready to paste."""

import re
from datetime import date

import pytest

from luoshi.bureau.board import incoming
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.plans.models import Proposal
from luoshi.bureau.reports import actions, queries
from luoshi.bureau.reports.actions import Filled
from luoshi.bureau.reports.models import Period
from luoshi.spine import State
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor, issued

ON = date(2021, 9, 30)


@pytest.fixture
def period(proposals: dict[str, Proposal]) -> Period:
    """September of everything, to be answered by 8 October."""
    for proposal in proposals.values():
        confirm(actor("ducha"), proposal.pk, 1)
    edition = next(iter(proposals.values())).edition
    issued(edition.pk)
    items = ledger.items(edition.city, edition, ON)
    return actions.open_period(actor("ducha"), edition, ON, items, calendar_of(edition.city))


def test_each_unit_has_a_paragraph_with_all_it_owes(period: Period) -> None:
    lacking = queries.unanswered(period)
    text = incoming.nudge(period, lacking, date(2021, 10, 7), calendar_of(period.edition.city))
    roll, *paragraphs = text.split("\n\n")
    assert roll.startswith(f"截至10月7日，尚未反馈的共{len(lacking)}个单位：")
    assert [one.splitlines()[0] for one in paragraphs] == [f"{unit.name}：" for unit in lacking]
    for unit, words in zip(lacking, paragraphs, strict=True):
        assert len(re.findall(r"(?m)^\d+\. ", words)) == len(unit.owed)
        assert all(f"{one.call.commitment.number} {one.call.commitment.title}" in words for one in unit.owed)
        assert "请于10月8日下班前反馈" in words
        assert "您好" in words
        assert "谢谢" in words


def test_past_its_last_day_the_answer_is_asked_for_within_two_working_days(period: Period) -> None:
    assert period.reply_by == date(2021, 10, 8)
    text = incoming.nudge(period, queries.unanswered(period), date(2021, 10, 15), calendar_of(period.edition.city))
    assert "请于10月19日下班前反馈" in text
    assert "请于10月8日" not in text


def test_who_has_answered_is_not_in_it_and_when_all_have_there_is_none(period: Period, enter: Enter) -> None:
    page = f"/plans/{period.edition_id}/month/?on=2021-10-07"
    assert "学前教育科：" in enter("ducha").get(page).context["month"]["nudge"]
    for one in queries.asked(period):
        if one.call.office == "XQ":
            actions.file(actor("ducha"), one.call.pk, Filled("已办。", State.ON_COURSE))
    text = enter("ducha").get(page).context["month"]["nudge"]
    assert "学前教育科" not in text
    assert "基础教育科：" in text
    for one in queries.asked(period):
        if not one.answered:
            actions.file(actor("ducha"), one.call.pk, Filled("已办。", State.ON_COURSE))
    assert enter("ducha").get(page).context["month"]["nudge"] == ""
