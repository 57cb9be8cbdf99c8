"""The demo's forms: asked for by sections, one let through for four columns of eighteen, one that waits. 演示数据（虚构）."""

import pytest

from luoshi.bureau.board import asked_of_demo
from luoshi.bureau.forms import queries
from luoshi.bureau.forms.models import Request
from luoshi.bureau.people.models import City, Person
from tests.bureau.asking_forms import filled_lake


@pytest.mark.django_db
def test_a_form_is_let_through_for_what_nobody_holds_and_one_waits(city: City) -> None:
    filled_lake()
    assert not asked_of_demo.fits(city)
    for login, role, office in (("anquan", "section", "AQ"), ("guihua", "section", "GH"), ("bing", "leader", "JJ")):
        Person.objects.create(username=login, name=f"{login}（演示）", role=role, office=office, demo=True)
    assert asked_of_demo.fits(city)
    asked_of_demo.ask(city)
    assert not asked_of_demo.fits(city)
    through, waiting = (queries.listed(row) for row in Request.objects.order_by("pk"))
    assert (len(through.columns), len(through.asked)) == (18, 4)
    assert through.row.state == Request.State.APPROVED
    assert through.row.number == "表备〔2021〕1号"
    assert waiting.row.state == Request.State.ASKED
    assert waiting.asked == ()
