"""What citizens do without an account: off by default, throttled, and nobody learns which numbers there are."""

import re

import pytest
from django.test import Client

from luoshi.bureau.board.doors import DOORS
from luoshi.bureau.cases import queries
from luoshi.bureau.cases.actions import Bringing, Opened, Proof, follow, open_by_citizen, switch_public
from luoshi.bureau.cases.actions.public import MOST_BROUGHT, MOST_WRONG
from luoshi.bureau.cases.models import Case
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.test_cases import ACCEPTED, PAPER, REPLIED, REPLY, brought, native, step
from tests.bureau.xingzhou import actor

__all__ = ["native"]
ANYBODY = Actor("", "未登录", "", address="10.0.0.9")
MATTER = {
    "who": "演示群众", "contact": "13900000001", "reachable": "yes", "persons": "1", "topic": "roll",
    "matter": "转学手续（演示数据，虚构）", "urgent": "usual", "county": "990121",
}  # fmt: skip


@pytest.fixture
def open_(native: City) -> City:
    """Petitions run here, and both public pages are open."""
    return switch_public(actor("ducha"), native, following=True, bringing=True)


def replied(city: City) -> tuple[Opened, Case]:
    opened = brought(city)
    row = step(opened.row, "accept", "jijiao", ACCEPTED, PAPER, handler_unit="RS")
    row = step(row, "answer", "jijiao", REPLIED, REPLY, result="explain", served_on="2020-11-20")
    return opened, step(row, "签字", "fenguan", REPLIED)


def look(client: Client, number: str, code: str, **more: str) -> tuple[int, str]:
    told = {"number": number, "code": code, **more}
    answer = client.post("/matters/?on=2020-12-01", told)
    assert answer.status_code == 404 or answer["Cache-Control"] == "no-store"
    return answer.status_code, answer.content.decode()


def test_both_pages_are_closed_until_the_bureau_opens_them(native: City, enter: Enter) -> None:
    assert DOORS["matters"].anyone
    opened = brought(native)
    for path in ("/matters/", "/matters/new/petition/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"number": opened.row.number, "code": opened.code}).status_code == 404
    with pytest.raises(RefusedError, match="没有打开"):
        follow(ANYBODY, native, Proof(opened.row.number, opened.code))
    assert enter("jijiao").post("/procedures/public/", {"following": "1"}).status_code == 403
    assert enter("ducha").post("/procedures/public/", {"following": "1"}).status_code == 302
    assert Client().get("/matters/").status_code == 200
    assert Client().get("/matters/new/petition/").status_code == 404


def test_by_number_and_code_one_reads_state_days_unit_and_what_can_be_done_next(open_: City) -> None:
    opened, row = replied(open_)
    status, page = look(Client(), f" {row.number.replace('-', '－')} ", opened.code.lower())
    assert status == 200
    for words in ("已答复", "2020-12-21", "请求复查", "评价"):
        assert words in page
    for words in ("演示家长", "13900000000", "退费", "人事科", "基教丁", "答复意见书", "/cases/"):
        assert words not in page, words


def test_an_unknown_number_a_wrong_code_and_a_matter_without_one_are_refused_alike(open_: City) -> None:
    opened = brought(open_)
    Case.objects.filter(pk=brought(open_).row.pk).update(code="")
    told = []
    for number, code in (
        ("教育信访-2020-0999", opened.code),
        (opened.row.number, "AAAAAAAA"),
        ("教育信访-2020-0002", ""),
    ):
        status, page = look(Client(REMOTE_ADDR=f"10.0.1.{len(told)}"), number, code)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(number, "N")
        told.append((status, page))
    assert told[0] == told[1] == told[2]
    assert told[0][0] == 409
    assert "编号或查询码不对" in told[0][1]
    assert opened.code not in "".join(f"{one.subject}{one.detail}{one.reason}" for one in Entry.objects.all())


def test_five_wrong_codes_wait_a_quarter_of_an_hour_at_that_address_even_with_the_right_one(open_: City) -> None:
    opened, guesser = brought(open_), Client(REMOTE_ADDR="10.0.2.1")
    for _ in range(5):
        assert "不对" in look(guesser, opened.row.number, "AAAAAAAA")[1]
    assert "已暂停查询" in look(guesser, opened.row.number, opened.code)[1]
    assert look(Client(REMOTE_ADDR="10.0.2.2"), opened.row.number, opened.code)[0] == 200


def test_whoever_tries_many_numbers_waits_whatever_number_comes_next(open_: City) -> None:
    opened, guesser = brought(open_), Client(REMOTE_ADDR="10.0.3.1")
    for number in range(MOST_WRONG):
        look(guesser, f"教育信访-2020-{number + 100:04d}", "AAAAAAAA")
    assert "已暂停查询" in look(guesser, opened.row.number, opened.code)[1]


def test_a_reply_is_rated_and_a_review_asked_for_there(open_: City) -> None:
    opened, row = replied(open_)
    told = {"act": "rate", "version": str(row.version), "satisfied": "no"}
    status, page = look(Client(), row.number, opened.code, **told)
    assert (status, "已收到" in page) == (200, True)
    row.refresh_from_db()
    assert queries.followed(row, _calendar(row)).held["satisfied"] == "no"
    told = {"act": "ask_review", "version": str(row.version), "asked_on": "2020-12-01"}
    assert look(Client(), row.number, opened.code, **told)[0] == 200
    row.refresh_from_db()
    last = row.happenings.last()
    assert (row.state, last.part, last.name, last.login) == (
        "in_review",
        "citizen",
        "来信来访人",
        f"citizen/{row.number}",
    )
    refused = look(Client(), row.number, opened.code, act="review", version=str(row.version))
    assert refused[0] == 409
    assert "主办科室" in refused[1]


def _calendar(row: Case) -> object:
    from luoshi.bureau.people.queries import calendar_of

    return calendar_of(row.city)


def test_a_step_with_a_wrong_code_changes_nothing(open_: City) -> None:
    _, row = replied(open_)
    assert look(Client(), row.number, "AAAAAAAA", act="rate", version=str(row.version), satisfied="no")[0] == 409
    assert Case.objects.get(pk=row.pk).version == row.version


def test_a_petition_comes_in_by_the_form_and_is_followed_with_its_code(open_: City) -> None:
    assert "非涉密系统" in Client().get("/matters/new/petition/").content.decode()
    page = Client().post("/matters/new/petition/?on=2020-09-16", MATTER).content.decode()
    row = Case.objects.get()
    code = re.search(r"查询码 <b>(\w{8})</b>", page)
    assert code is not None
    assert (row.number in page, row.county, row.office, row.title) == (True, "990121", "JJ", "学籍")
    first = row.happenings.get()
    assert (first.answers["channel"], first.part, first.name) == ("web", "citizen", "来信来访人")
    assert first.answers["received_on"] == row.opened_on.isoformat()
    assert look(Client(), row.number, code[1])[0] == 200
    told = "".join(f"{one.actor}{one.subject}{one.detail}{one.reason}" for one in Entry.objects.all())
    assert "演示群众" not in told
    assert "13900000001" not in told


def test_nobody_points_at_a_file_that_somebody_else_handed_in(open_: City) -> None:
    row = step(brought(open_).row, "accept", "jijiao", ACCEPTED, PAPER, handler_unit="RS")
    (paper,) = row.happenings.last().papers.all()
    Client().post("/matters/new/petition/?on=2020-09-16", {**MATTER, "accept_notice": str(paper.file_id)})
    told = open_by_citizen(
        ANYBODY,
        open_,
        "petition",
        Bringing({**MATTER, "channel": "web", "received_on": "2020-09-16", "reply": "1"}),
        ACCEPTED,
    )
    for one in Case.objects.exclude(pk=row.pk):
        assert not one.happenings.get().papers.exists()
        assert "reply" not in one.happenings.get().answers
    assert told.code


def test_what_is_missing_is_told_in_four_parts_and_the_rest_stays_typed(open_: City) -> None:
    answer = Client().post("/matters/new/petition/", {**MATTER, "persons": "0", "matter": ""})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "人数" in page
    assert "信访事项" in page
    assert 'value="演示群众"' in page
    assert not Case.objects.exists()


def test_one_address_brings_only_so_many_an_hour(open_: City) -> None:
    client = Client(REMOTE_ADDR="10.0.4.1")
    for _ in range(MOST_BROUGHT):
        assert client.post("/matters/new/petition/", MATTER).status_code == 200
    answer = client.post("/matters/new/petition/", MATTER)
    assert answer.status_code == 409
    assert "提交过于频繁" in answer.content.decode()
    assert Case.objects.count() == MOST_BROUGHT


def test_what_runs_elsewhere_cannot_be_brought_here(city: City) -> None:
    switch_public(actor("ducha"), city, following=True, bringing=True)
    assert Client().get("/matters/new/petition/").status_code == 404
    assert Client().get("/matters/new/nothing/").status_code == 404


def ticket(page: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_form_sent_twice_brings_one_matter_and_tells_its_number_and_code_again(open_: City) -> None:
    client, path = Client(REMOTE_ADDR="10.0.4.2"), "/matters/new/petition/?on=2020-09-16"
    once = ticket(client.get(path).content.decode())
    assert once != ticket(client.get(path).content.decode())
    refused = client.post(path, {**MATTER, "matter": "", "once": once}).content.decode()
    assert ticket(refused) == once, "what is put right is the same form"
    told = [
        re.findall(r"<b>([^<]+)</b>", client.post(path, {**MATTER, "once": once}).content.decode()) for _ in range(2)
    ]
    assert told[0] == told[1]
    assert Case.objects.count() == 1
    for _ in range(MOST_BROUGHT - 1):
        client.post(path, MATTER)
    assert "提交过于频繁" in client.post(path, MATTER).content.decode()
    assert Case.objects.order_by("pk")[0].number in client.post(path, {**MATTER, "once": once}).content.decode()


def test_a_step_sent_twice_by_a_citizen_is_taken_once(open_: City) -> None:
    opened, row = replied(open_)
    code = opened.code
    page = look(Client(), row.number, code)[1]
    sent = {"act": "rate", "version": str(row.version), "satisfied": "yes", "once": ticket(page)}
    for _ in range(2):
        status, said = look(Client(), row.number, code, **sent)
        assert (status, "已收到" in said) == (200, True)
    assert Case.objects.get(pk=row.pk).version == row.version + 1
