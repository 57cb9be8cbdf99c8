"""Every page for every person: it works, it stays calm, and it says what it will not do."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client, override_settings
from django.urls import resolve

from luoshi.bureau.board.doors import closed
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import Verdict, confirm, dismiss, judge
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.ledger.queries import day, items
from luoshi.bureau.notices.actions import draft
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Proposal
from luoshi.spine import State
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import FOLDER, MEMBERS, actor, issued

HUGE = "9" * 5000


@pytest.fixture
def house(proposals: dict[str, Proposal]) -> dict[str, Proposal]:
    """Some confirmed, one dismissed, one judged, the rest undecided."""
    for number in ("1.1", "2.1", "2.2", "3.1"):
        confirm(actor("ducha"), proposals[number].pk, 1)
    dismiss(actor("ducha"), proposals["3.3"].pk, 1, "常态化工作")
    row = Commitment.objects.get(number="2.1")
    issued(row.edition_id)
    judge(actor("jijiao"), row.pk, 1, Verdict("self", FOLDER.opens, "已核", State.DONE, "表", "缺教室"))
    row.refresh_from_db()
    Commitment.objects.filter(pk=row.pk).update(audience="public")
    draft(actor("ducha"), row.edition, FOLDER.opens, "进展情况")
    return proposals


def _pages() -> Iterator[str]:
    edition = Commitment.objects.first().edition_id
    yield from (
        "/",
        "/?on=2021-06-30",
        "/?data=doubted&kind=quantity&office=JJ&section=一&weak=date&q=班额",
        "/?paper=A4",
    )
    yield from ("/plans/", f"/plans/{edition}/points/1/", f"/plans/{edition}/points/-/", f"/plans/{edition}/weak/")
    yield from (f"/plans/{edition}/breakdown/", f"/plans/{edition}/quality/", f"/plans/{edition}/notices/")
    yield from (f"/notices/{one.pk}/" for one in Notice.objects.all())
    yield from (f"/items/{row.pk}/edit/" for row in Commitment.objects.all()[:2])
    yield from (f"/items/{row.pk}/?on=2021-10-09" for row in Commitment.objects.all())
    yield from ("/mechanisms/", "/mechanisms/?state=done", "/figures/", "/figures/?on=2021-01-01")
    yield from ("/journal/", "/journal/?q=确认&before=5", "/jobs/", "/messages/", "/enter/")


@pytest.mark.parametrize("login", [member.login for member in MEMBERS])
def test_every_page_opens_for_everybody_it_is_for(house: dict[str, Proposal], enter: Enter, login: str) -> None:
    client, entries = enter(login), Entry.objects.count()
    for page in (one for one in _pages() if not closed(str(resolve(one.partition("?")[0]).url_name), actor(login))):
        answer = client.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        assert '<html lang="zh-CN">' in text
        assert "演示数据（虚构）" in text, page
        assert "督查台账" in text
    assert Entry.objects.count() == entries, "looking is no act"


def test_a_plan_opens_at_its_first_undecided_point(house: dict[str, Proposal], enter: Enter) -> None:
    edition = house["1.1"].edition_id
    assert enter("ducha").get(f"/plans/{edition}/")["Location"] == f"/plans/{edition}/points/1/"


def test_nobody_sees_anything_without_entering(house: dict[str, Proposal], enter: Enter) -> None:
    client = enter()
    for page in _pages():
        answer = client.get(page)
        if page == "/enter/":
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/enter/"), page
    one = house["1.2"]
    with witness.done("ledger.confirm"):
        client.post(f"/proposals/{one.pk}/decide/", {"act": "confirm", "version": 1})
        enter("ducha").post(f"/proposals/{one.pk}/decide/", {"act": "confirm", "version": 1})


@pytest.mark.parametrize("built", ["nothing", "city"])
def test_every_page_opens_in_an_empty_house(built: str, enter: Enter, request: pytest.FixtureRequest) -> None:
    if built == "city":
        request.getfixturevalue("city")
        client = enter("ducha")
    else:
        from luoshi.bureau.people.models import Person

        client = Client(raise_request_exception=False)
        client.force_login(Person.objects.create(username="first", name="头一个", role="supervisor"))
    for page in ("/", "/plans/", "/mechanisms/", "/figures/", "/journal/", "/?plan=1", "/?q=x", "/journal/?before=1"):
        assert client.get(page).status_code == 200, page
    for page in ("/items/1/", "/plans/1/", "/plans/1/weak/", "/plans/1/points/1/"):
        assert client.get(page).status_code == 404, page


@pytest.mark.parametrize(
    "page",
    [
        "/nowhere/", "/items/0/", f"/items/{HUGE}/", "/items/99999999999999999999/", "/plans/424242/", "/plans/424242/weak/",
        f"/plans/{'9' * 30}/", "/plans/1/points/%00/", "/items/-1/", "/items/x/", "/proposals/424242/decide/",
        "/" + "长" * 300,
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_calmly(city: City, enter: Enter, page: str) -> None:
    for client in (enter("ducha"), enter()):
        answer = client.get(page)
        if answer.status_code == 302:
            assert answer["Location"].startswith("/enter/")
            continue
        assert answer.status_code == 404
        _calm(answer.content.decode())


def _calm(text: str) -> None:
    assert "未予办理" in text
    assert all(part in text for part in ("位置", "情况", "规则", "处理"))
    assert "Traceback" not in text
    assert "Error" not in text


PLANS = ["", "x", "0", HUGE, "9999999999999999999999", "-1", "１"]


@pytest.mark.parametrize("on", ["", "x", "0001-01-01", "9999-12-31", "2021-13-01", "20210630", HUGE])
def test_the_board_takes_any_question(house: dict[str, Proposal], enter: Enter, on: str) -> None:
    client = enter("ducha")
    row = Commitment.objects.first()
    assert client.get(f"/items/{row.pk}/", {"on": on}).status_code == 200
    assert client.get("/figures/", {"on": on}).status_code == 200
    for plan in PLANS:
        _ask_the_board(client, plan, on)


def _ask_the_board(client: Client, plan: str, on: str) -> None:
    query = {
        "plan": plan,
        "on": on,
        "data": "x",
        "judged": "x",
        "point": HUGE,
        "kind": "<b>",
        "weak": "x",
        "q": "'\"%_\\",
    }
    assert client.get("/", query).status_code == 200
    assert client.get("/", {"plan": plan, "on": on}).status_code == 200
    assert client.get("/journal/", {"before": plan, "q": on}).status_code == 200


def _decide(client: Client, one: Proposal, **sent: str) -> object:
    return client.post(f"/proposals/{one.pk}/decide/", {"version": one.version, **sent})


def test_the_desk_confirms_corrects_dismisses_and_undoes(proposals: dict[str, Proposal], enter: Enter) -> None:
    client = enter("ducha")
    confirmed, corrected, dismissed = proposals["1.1"], proposals["2.1"], proposals["3.3"]
    target = corrected.targets.get()
    with witness.done("ledger.confirm"):
        assert _decide(client, confirmed, act="confirm").status_code == 302
    with witness.done("ledger.correct"):
        sent = {f"value-{target.pk}": "1,000.5", f"comparator-{target.pk}": "le", "title": " 改过 ", "lead": "RS"}
        assert _decide(client, corrected, act="correct", due="2021-09-01", **sent).status_code == 302
    row = Commitment.objects.get(number="2.1")
    assert (row.title, row.lead, str(row.due), str(row.targets.get().value.normalize())) == (
        "改过", "RS", "2021-09-01", "1000.5",
    )  # fmt: skip
    with witness.done("ledger.dismiss"):
        assert _decide(client, dismissed, act="dismiss", reason="常态化").status_code == 302
    for one in (confirmed, corrected, dismissed):
        one.refresh_from_db()
        with witness.done("ledger.undo"):
            assert _decide(client, one, act="undo").status_code == 302


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "explode"},
        {"act": ""},
        {"act": "x" * 5000},
        {"act": "confirm", "version": "7"},
        {"act": "confirm", "version": HUGE},
        {"act": "confirm", "version": "一"},
        {"act": "confirm", "version": ""},
        {"act": "dismiss", "reason": ""},
        {"act": "dismiss", "reason": "   "},
        {"act": "undo"},
        {"act": "correct", "value": "abc"},
        {"act": "correct", "value": "1e400"},
        {"act": "correct", "value": "NaN"},
        {"act": "correct", "value": "sNaN"},
        {"act": "correct", "value": "-Infinity"},
        {"act": "correct", "value": "1" * 40},
        {"act": "correct", "value": "0.12345678"},
        {"act": "correct", "value": "1e-400"},
        {"act": "correct", "value": ""},
        {"act": "correct", "value": "3", "comparator": "gt"},
        {"act": "correct", "due": "昨天"},
        {"act": "correct", "due": "2021-02-30"},
        {"act": "correct", "lead": "没有的科室"},
        {"act": "correct", "value-424242": "3", "comparator-424242": "le"},
    ],
)
def test_the_desk_refuses_what_makes_no_sense(
    proposals: dict[str, Proposal], enter: Enter, sent: dict[str, str]
) -> None:
    one = proposals["2.1"]
    target = one.targets.get()
    told = {"version": one.version, **sent}
    if "value" in sent:
        told[f"value-{target.pk}"] = told.pop("value")
        told[f"comparator-{target.pk}"] = told.pop("comparator", "le")
    rest = witness.everything_else()
    answer = enter("ducha").post(f"/proposals/{one.pk}/decide/", told)
    assert answer.status_code == 409
    (finding,) = answer.context["findings"]
    assert all((finding.where, finding.what, finding.rule, finding.remedy))
    assert len(finding.what) < 120
    assert witness.everything_else() == rest


def test_a_value_of_a_key_too_long_to_be_one_is_no_value(proposals: dict[str, Proposal], enter: Enter) -> None:
    one = proposals["2.1"]
    sent = urlencode({"act": "correct", "version": 1, f"value-{HUGE}": "3"})
    form = "application/x-www-form-urlencoded"
    assert enter("ducha").post(f"/proposals/{one.pk}/decide/", sent, content_type=form).status_code == 302


def test_an_item_is_judged_on_the_day_its_page_shows(house: dict[str, Proposal], enter: Enter) -> None:
    row, client = Commitment.objects.get(number="1.1"), enter("xueqian")
    page = client.get(f"/items/{row.pk}/?on=2021-10-09").content.decode()
    assert 'name="on" value="2021-10-09"' in page
    sent = {"step": "self", "version": row.version, "state": "done", "reason": "已建成", "on": "2021-10-09"}
    with witness.done("ledger.self"):
        answer = client.post(f"/items/{row.pk}/judge/", sent)
    assert answer["Location"] == f"/items/{row.pk}/?on=2021-10-09"
    assert str(row.judgements.get().on) == "2021-10-09"
    shown = client.get(answer["Location"]).content.decode()
    assert "已建成" in shown


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "x"},
        {"step": "self", "state": "wonderful", "reason": "x"},
        {"step": "self", "state": "", "reason": "x"},
        {"step": "self", "state": "done", "reason": ""},
        {"step": "self", "state": "done", "reason": "x", "version": "99"},
        {"step": "self", "state": "done", "reason": "x", "version": HUGE},
        {"step": "self", "state": "done", "reason": "x", "on": "某日"},
        {"step": "office", "state": "done", "reason": "x"},
    ],
)
def test_judging_refuses_what_makes_no_sense(house: dict[str, Proposal], enter: Enter, sent: dict[str, str]) -> None:
    row, rest = Commitment.objects.get(number="1.1"), witness.everything_else()
    answer = enter("xueqian").post(f"/items/{row.pk}/judge/", {"version": row.version, **sent})
    assert answer.status_code == 409
    assert answer.context["findings"]
    assert witness.everything_else() == rest


def test_a_disabled_button_says_why(house: dict[str, Proposal], enter: Enter) -> None:
    row = Commitment.objects.get(number="2.1")
    page = enter("xueqian").get(f"/items/{row.pk}/").content.decode()
    assert "科室只办理本科室牵头的事项" in page
    assert "由督查室办理" in page
    desk = enter("chayue").get(f"/plans/{row.edition_id}/points/1/").content.decode()
    assert "由督查室办理" in desk
    assert not re.search(r'<button name="act" value="confirm"(?![^>]* disabled)', desk)


def test_after_a_decision_the_next_open_one_of_the_point_is_at_hand(house: dict[str, Proposal], enter: Enter) -> None:
    client = enter("ducha")
    waiting = list(Proposal.objects.filter(point=house["1.2"].point_id, decision="open").order_by("place"))
    assert waiting
    for one, onward in zip(waiting, [*waiting[1:], waiting[-1]], strict=True):
        sent = {"act": "dismiss", "version": one.version, "reason": "（演示）常态化"}
        assert client.post(f"/proposals/{one.pk}/decide/", sent)["Location"].endswith(f"#p-{onward.pk}")


def test_a_real_city_s_figures_never_judge_a_made_up_plan(house: dict[str, Proposal]) -> None:
    row = Commitment.objects.select_related("edition__city").get(number="2.1")
    edition, city = row.edition, row.edition.city
    edition.imaginary = True
    city.imaginary = True
    assert day(city, edition, date(2021, 12, 31)).figures
    city.imaginary = False
    assert not day(city, edition, date(2021, 12, 31)).figures
    edition.imaginary = False
    assert day(city, edition, date(2021, 12, 31)).figures


def test_an_earlier_day_shows_what_was_verified_by_then(house: dict[str, Proposal], enter: Enter) -> None:
    row = Commitment.objects.select_related("edition__city").get(number="2.1")
    for month, state in ((5, State.BEHIND), (10, State.DONE)):
        for login, step in (("jijiao", "self"), ("fenguan", "leader"), ("ducha", "office")):
            row.refresh_from_db()
            judge(actor(login), row.pk, row.version, Verdict(step, date(2021, month, 31), "核过", state, "表"))
    for on, shown in (("2021-12-31", "done"), ("2021-06-30", "behind"), ("2021-05-30", "")):
        (item,) = [one for one in items(row.edition.city, row.edition, date.fromisoformat(on)) if one.row.pk == row.pk]
        assert item.row.judged == shown
        page = enter("chayue").get(f"/items/{row.pk}/", {"on": on}).context["item"]
        assert (page["judged"].code if page["judged"] else "") == shown


def test_a_point_s_targets_are_counted_beside_its_proposals(house: dict[str, Proposal], enter: Enter) -> None:
    edition, client = house["2.1"].edition_id, enter("chayue")
    for number in ("1", "2"):
        counted = sum(one.targets.count() for one in house.values() if one.number.startswith(f"{number}."))
        heading = (
            client.get(f"/plans/{edition}/points/{number}/").content.decode().split("<h2", 2)[-1].split("</h2>")[0]
        )
        assert heading.endswith(f"目标 {counted}</small>")


def test_who_comes_back_from_the_entrance_to_a_form_sees_its_page(house: dict[str, Proposal], enter: Enter) -> None:
    row, one, client = Commitment.objects.first(), house["1.2"], enter("ducha")
    assert client.get(f"/items/{row.pk}/judge/")["Location"] == f"/items/{row.pk}/"
    assert client.get(f"/proposals/{one.pk}/decide/")["Location"].endswith(f"/points/1/#p-{one.pk}")


def test_a_form_without_its_token_is_refused_calmly_and_changes_nothing(house: dict[str, Proposal]) -> None:
    from luoshi.bureau.people.models import Person

    client = Client(enforce_csrf_checks=True)
    client.force_login(Person.objects.get(username="ducha"))
    row, rest, entries = Commitment.objects.first(), witness.everything_else(), Entry.objects.count()
    for page in (f"/proposals/{house['1.2'].pk}/decide/", f"/items/{row.pk}/judge/", "/plans/", "/leave/", "/enter/"):
        answer = client.post(page, {"act": "confirm", "version": 1})
        assert answer.status_code == 403, page
        _calm(answer.content.decode())
    assert witness.everything_else() == rest
    assert Entry.objects.count() == entries


@pytest.mark.parametrize("page", ["/?q=a%00b", "/journal/?q=%00", "/enter/?next=%00"])
def test_a_nul_is_told_to_be_unreadable(city: City, enter: Enter, page: str) -> None:
    answer = enter("ducha").get(page)
    assert answer.status_code == 400
    _calm(answer.content.decode())


def test_more_words_than_a_form_may_hold_are_refused_calmly(house: dict[str, Proposal], enter: Enter) -> None:
    answer = _decide(enter("ducha"), house["1.2"], act="dismiss", reason="长" * 2_000_000)
    assert answer.status_code == 400
    _calm(answer.content.decode())


def test_a_fault_of_ours_shows_no_traceback_and_asks_no_database(
    house: dict[str, Proposal], enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    from luoshi.bureau.board.pages import journaling

    def fails(*_args: object) -> None:
        raise RuntimeError("密钥在这里")

    client = enter("ducha")
    monkeypatch.setattr(journaling.logs, "head", fails)
    answer = client.get("/journal/")
    assert answer.status_code == 500
    text = answer.content.decode()
    _calm(text)
    assert "密钥" not in text


def test_a_page_says_whether_its_city_is_real(city: City, enter: Enter) -> None:
    City.objects.update(imaginary=False)
    with override_settings(DEMO=True):
        text = enter("ducha").get("/plans/").content.decode()
    assert "演示数据（虚构）" not in text
    assert "公开报道数（口径未核）" in text


def test_what_people_type_is_shown_as_text(proposals: dict[str, Proposal], enter: Enter) -> None:
    client, one = enter("ducha"), proposals["1.1"]
    nasty = '<script>alert("1")</script>'
    _decide(client, one, act="correct", title=nasty)
    row = Commitment.objects.get()
    for page in ("/", f"/items/{row.pk}/", "/?q=" + nasty, "/journal/?q=" + nasty):
        assert "<script>alert" not in client.get(page).content.decode(), page
