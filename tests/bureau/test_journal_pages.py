"""操作日志 for those who audit: what was tried is found, taken out with a trace, and told field by field."""

import ast
import csv
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.db.models import F
from django.test import Client

from luoshi.bureau.board.histories import PAGES, page_of
from luoshi.bureau.entering.actions.passwords import set_password
from luoshi.bureau.journal import searching
from luoshi.bureau.journal.actions import act, keep_end
from luoshi.bureau.journal.kinds import KINDS
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.searching import Asked, search
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Proposal
from luoshi.words.errors import RefusedError
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import INSTALLER, actor
from tests.house.house import SOURCE, modules, tree


def _text(client: Client, page: str, **asked: object) -> str:
    answer = client.get(page, asked)
    assert answer.status_code == 200, page
    return answer.content.decode()


def _numbers(found: searching.Found) -> list[int]:
    return [one.number for one in found.entries]


@pytest.fixture
def row(proposals: dict[str, Proposal]) -> Commitment:
    """义务教育大班额比例, in the ledger as it was read."""
    return confirm(actor("ducha"), proposals["2.1"].pk, 1)


@pytest.fixture
def acts(city: City) -> int:
    """Forty acts of two people on twenty things, every tenth refused, one an hour; the number of the first."""
    begun = Entry.objects.order_by("-number").values_list("number", flat=True)[0]
    for number in range(40):
        who = actor("ducha" if number % 10 else "chayue")
        with (
            suppress(RefusedError),
            act(who, "ledger.confirm", "proposal", number % 20, f"第{number}项 新建幼儿园") as note,
        ):
            note.changed("完成时限", "2021-06-30", f"2021-07-{number % 28 + 1:02}")
            require(who, "decide")
    for entry in Entry.objects.filter(number__gt=begun):
        at = datetime(2021, 3, 1, tzinfo=UTC) + timedelta(hours=entry.number - begun)
        Entry.objects.filter(pk=entry.pk).update(at=at)  # under the tables: what days find is asked here, not the chain
    Entry.objects.filter(number__lte=begun).update(at=datetime(2021, 2, 1, tzinfo=UTC))
    return begun + 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked(people=("chayue",)), [0, 10, 20, 30]),
        (Asked(outcome="refused", action="ledger.confirm"), [0, 10, 20, 30]),
        (Asked(kind="proposal", key="7"), [7, 27]),
        (Asked(words="幼儿园 第33项"), [33]),
        (Asked(words="没有这项权限", people=("chayue",), outcome="refused"), [0, 10, 20, 30]),
        (Asked(words="2021-07-06", deep=True), [5, 33]),
        (Asked(words="2021-07-06"), []),
        (Asked(since=date(2021, 3, 2), until=date(2021, 3, 2)), list(range(15, 39))),
        (Asked(since=date(2021, 3, 3)), [39]),
        (Asked(until=date(2021, 2, 28), kind="proposal"), []),
        (Asked(address="10.0.0.9"), []),
    ],
)
def test_entries_are_found_by_whatever_is_asked(acts: int, asked: Asked, found: list[int]) -> None:
    assert [number - acts for number in _numbers(search(asked))] == found[::-1]


def test_the_pages_of_a_search_follow_one_another_and_miss_nothing(acts: int) -> None:
    before, seen = None, list[int]()
    while True:
        page = search(Asked(kind="proposal"), before, 7)
        seen += _numbers(page)
        if page.on is None:
            break
        before = page.on
    assert seen == list(range(acts + 39, acts - 1, -1))


def test_a_rare_word_is_looked_for_a_stretch_at_a_time_and_the_page_says_how_far(
    acts: int, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "STRETCH", 10)
    client, page = enter("shenji"), "/journal/"
    told = _text(client, page, q="第3项")
    assert "更早的还没有查" in told
    assert "继续往前查" in told
    before, steps = None, 0
    while (found := search(Asked(words="第3项"), before)).on and not found.entries:
        before, steps = found.on, steps + 1
    assert steps == 3
    assert _numbers(found) == [acts + 3]


def test_what_was_tried_and_refused_is_on_the_page_with_its_reason_and_address(acts: int, enter: Enter) -> None:
    told = _text(enter("shenji"), "/journal/", outcome="refused", person="查阅庚", kind="proposal")
    assert told.count("<b>未予办理</b>") == 4
    assert "查阅庚没有这项权限" in told
    assert "10.0.0.8" in told


def test_addresses_and_what_was_changed_are_for_those_who_audit(acts: int, enter: Enter) -> None:
    told = _text(enter("anbao"), "/journal/", q="2021-07-06", address="10.9.9.9")
    assert "没有符合条件的记录" in told
    assert "10.0.0.8" not in _text(enter("anbao"), "/journal/")
    for page in ("/journal/ends/", "/journal/ends/2021-10-08/", "/journal/proposal/7/", "/journal/person/ducha/"):
        assert enter("chayue").get(page).status_code == 403, page
    assert enter("chayue").post("/journal/export/").status_code == 403
    assert Entry.objects.latest("number").action == "people.turn_away"
    assert Entry.objects.latest("number").outcome == "refused"


def test_an_export_is_an_act_with_its_terms_and_count_and_says_who_took_it(acts: int, enter: Enter) -> None:
    answer = enter("shenji").post("/journal/export/", {"person": "chayue", "outcome": "refused"})
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert "审计子（shenji）" in rows[0][0]
    assert "共 4 条" in rows[0][0]
    assert len(rows) == 2 + 4
    kept = Entry.objects.latest("number")
    assert (kept.action, kept.actor, kept.outcome) == ("journal.export", "shenji", "done")
    assert kept.detail == '{"人员": ["chayue"], "条数": 4, "结果": "refused"}'


def test_what_people_typed_is_no_formula_of_whoever_opens_the_export(city: City, enter: Enter) -> None:
    with act(actor("ducha"), "ledger.confirm", "proposal", 1, "=HYPERLINK(1)"):
        pass
    answer = enter("shenji").post("/journal/export/", {"action": "ledger.confirm"})
    assert "'=HYPERLINK(1)" in answer.content.decode()


def test_an_export_of_more_than_one_file_takes_is_refused(
    acts: int, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("luoshi.bureau.jobs.actions.exporting.MOST", 39)
    answer = enter("shenji").post("/journal/export/", {"kind": "proposal"})
    assert answer.status_code == 403
    assert "一次最多导出 39 条" in answer.content.decode()


def test_the_history_of_an_item_tells_each_field_before_and_after(row: Commitment, enter: Enter) -> None:
    client = enter("ducha")
    assert f"/journal/commitment/{row.pk}/" in _text(client, f"/items/{row.pk}/")
    with act(actor("jijiao"), "ledger.amend", "commitment", row.pk, row.title) as note:
        note.changed("完成时限", "2021-06-30", "2021-12-31")
        note.changed(
            "备注",
            "义务教育大班额比例降至2.5%以内，全面消除超大班额。",
            "义务教育大班额比例降至2.0%以内，全面消除超大班额。",
        )
        note.changed("牵头科室", "JJ", "JJ")
    with suppress(RefusedError), act(actor("chayue"), "ledger.amend", "commitment", row.pk, row.title):
        require(actor("chayue"), "decide")
    told = _text(client, f"/journal/commitment/{row.pk}/")
    assert "<del>2021-06-30</del> → <ins>2021-12-31</ins>" in told
    assert "</span>2.5%</del>" in told
    assert "</span>2.0%</ins>" in told
    assert "牵头科室" not in told, "what stayed is not told"
    assert "未予办理" in told
    assert "基教丁" in told
    assert "确认立项" in told, "what was done to the sentence it came from"
    assert enter("chayue").get(f"/journal/commitment/{row.pk}/").status_code == 403
    assert f"/journal/commitment/{row.pk}/" not in _text(enter("chayue"), f"/items/{row.pk}/")


def test_the_history_of_what_only_leaders_read_is_told_to_nobody_else(row: Commitment, enter: Enter) -> None:
    Commitment.objects.filter(pk=row.pk).update(audience="leaders", version=F("version"))
    assert enter("jijiao").get(f"/journal/commitment/{row.pk}/").status_code == 404
    assert enter("fenguan").get(f"/journal/commitment/{row.pk}/").status_code == 200


def test_a_thing_nothing_was_done_to_has_an_empty_history_and_what_is_no_thing_has_none(
    city: City, enter: Enter
) -> None:
    client = enter("shenji")
    assert "没有符合条件的记录" in _text(client, "/journal/paper/999/")
    assert client.get("/journal/nothing/1/2/").status_code == 404


def test_whoever_audits_is_led_from_a_thing_to_its_history(row: Commitment, enter: Enter) -> None:
    page, history = f"/plans/{row.edition_id}/points/1/", f"/journal/plan/{row.edition_id}/"
    assert history in _text(enter("shenji"), page)
    assert history not in _text(enter("jijiao"), page)
    assert "读入工作要点" in _text(enter("shenji"), history)


def test_the_end_of_a_day_is_listed_and_printed_to_be_signed(acts: int, enter: Enter) -> None:
    assert keep_end(actor("shenji"), date(2021, 10, 8))
    kept, client = Entry.objects.get(action="journal.anchor"), enter("shenji")
    before = Entry.objects.get(number=kept.number - 1)
    assert f"{before.number}:{before.digest}" in _text(client, "/journal/ends/")
    sheet = _text(client, "/journal/ends/2021-10-08/")
    assert "操作日志链尾存证单" in sheet
    assert "审计人签字" in sheet
    assert before.digest[:8] in sheet
    assert client.get("/journal/ends/2021-10-09/").status_code == 404
    assert client.get("/journal/ends/yesterday/").status_code == 404


def _kinds_of_acts() -> set[str]:
    """The kinds that stand in the sources, each as a plain word."""
    calls = (node for path in modules(SOURCE / "bureau") for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
    acts = (node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "act" and len(node.args) > 2)
    return {kind.value for node in acts if isinstance(kind := node.args[2], ast.Constant)}


def test_every_kind_of_thing_an_act_is_done_to_has_a_name() -> None:
    assert _kinds_of_acts() - set(KINDS) == set()
    assert set(KINDS) - _kinds_of_acts() == set()


def test_kinds_with_a_page_of_their_own_lead_there() -> None:
    assert {kind for kind in PAGES if not page_of(kind, "7")} == set()
    assert page_of("person", "ducha") == ""


def test_tv_21a_five_wrong_passwords_lock_and_each_is_on_the_journal_as_refused(city: City, enter: Enter) -> None:
    set_password(INSTALLER, "ducha", "Zhou-ri-7-Yi")
    client = Client()
    for _ in range(5):
        assert "账号或密码不对" in client.post("/enter/", {"username": "ducha", "password": "wrong"}).content.decode()
    locked = client.post("/enter/", {"username": "ducha", "password": "Zhou-ri-7-Yi"})
    assert "已锁定" in locked.content.decode()
    told = _text(enter("shenji"), "/journal/", outcome="refused", action="people.enter")
    assert told.count("<b>未予办理</b>") == 5
    assert _text(enter("shenji"), "/journal/", action="people.wait").count("<b>未予办理</b>") == 1
