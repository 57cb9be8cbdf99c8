"""销毁: proposed when the term is over, approved by two people, carried out whatever dies in between; figures stay."""

import re
from datetime import UTC, date, datetime
from io import BytesIO

import polars as pl
import pytest
from django.db import connection
from django.utils import timezone

from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.keys import keyring
from luoshi.bureau.keys.keyring import PARTS
from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.actions import destroying
from luoshi.bureau.returns.models import Destroying
from luoshi.bureau.returns.packing import ASIDE
from luoshi.declared.private import RETENTIONS
from luoshi.declared.returns import Vision
from luoshi.keeping import Edition
from luoshi.words.errors import RefusedError
from tests.bureau import collected, witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

OLD, NEW = "2015-1", "2021-1"
ON = date(2021, 9, 1)
CODES = ("abcdef0001", "abcdef0002", "abcdef0003")
FIRST, SECOND = actor("ducha"), actor("fenguan")


def _rows(*codes: str) -> pl.DataFrame:
    many = len(codes)
    return pl.DataFrame({"pupil": codes, "school": ["9999000001"] * many, "myopic": [True] * many})


def _deposit(period: str, *codes: str, source: str = "演示数据（虚构）") -> Edition:
    return lake().deposit(
        _rows(*codes), kind=Vision.key, period=period, division="999901", definition="督导", source=source,
        key=["pupil"], at=datetime.now(UTC), by="统计员",
    )  # fmt: skip


@pytest.fixture
def due(city: City) -> Destroying:
    """An old screening whose term is over, beside a new one."""
    _deposit(OLD, *CODES)
    _deposit(NEW, *CODES)
    (made,) = actions.propose_due(actor("guanli"), ON)
    return made


def test_what_is_due_is_proposed_once_and_nothing_is_destroyed_by_it(due: Destroying) -> None:
    assert (due.of, due.period, due.state) == (Vision.key, OLD, "proposed")
    assert actions.propose_due(actor("guanli"), ON) == []
    assert RETENTIONS[Vision.key].until(OLD) == 2018
    assert lake().rows(Vision.key, period=OLD).collect().height == 3


def test_the_last_year_of_the_term_is_not_due_and_the_next_is(city: City) -> None:
    _deposit(OLD, *CODES)
    assert actions.due(actor("guanli"), date(2018, 12, 31)) == []
    assert actions.due(actor("guanli"), date(2019, 1, 1)) == [(Vision.key, OLD)]


def test_two_people_approve_and_the_rows_are_gone_while_counts_and_digests_stay(due: Destroying) -> None:
    (before,) = lake().editions(Vision.key, OLD)
    assert actions.approve(FIRST, due.pk).state == "proposed"
    with pytest.raises(RefusedError, match="已经批准过"):
        actions.approve(FIRST, due.pk)
    assert lake().rows(Vision.key, period=OLD).collect().height == 3
    done = actions.approve(SECOND, due.pk)
    assert (done.state, done.editions, done.rows) == ("done", [before.number], 3)
    with pytest.raises(RefusedError, match=f"已销毁.*{FIRST.name}、{SECOND.name}批准"):
        lake().rows(Vision.key, period=OLD).collect()
    assert not keyring().holds(PARTS, before.seal)
    (after,) = lake().editions(Vision.key, OLD)
    assert (after.total, after.rows) == (before.total, before.rows)
    assert lake().rows(Vision.key, period=NEW).collect().height == 3
    assert lake().verify() == []
    entry = Entry.objects.filter(action="returns.destroyed").latest("number")
    assert entry.outcome == "done"
    assert "批准" in entry.detail
    assert actions.propose_due(actor("guanli"), ON) == []


@pytest.mark.parametrize("login", ["jijiao", "jijiaolian", "xianqu", "chayue"])
def test_others_approve_nothing(due: Destroying, login: str) -> None:
    with witness.refused("returns.approve_destroying"):
        actions.approve(actor(login), due.pk)
    assert lake().rows(Vision.key, period=OLD).collect().height == 3


def test_what_was_declined_is_kept_and_needs_a_reason(due: Destroying) -> None:
    with pytest.raises(RefusedError, match="没有写理由"):
        actions.decline(FIRST, due.pk, " ")
    assert actions.decline(FIRST, due.pk, "审计要用").state == "declined"
    with pytest.raises(RefusedError, match="不同意"):
        actions.approve(FIRST, due.pk)
    assert lake().rows(Vision.key, period=OLD).collect().height == 3


@pytest.mark.parametrize("step", ["lake", "files"])
def test_a_death_after_the_second_approval_is_made_good_by_the_next_round(
    due: Destroying, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    actions.approve(FIRST, due.pk)
    with monkeypatch.context() as dying:
        dying.setattr(destroying, "_rows_destroyed" if step == "lake" else "_copies", dies)
        with pytest.raises(KeyboardInterrupt):
            actions.approve(SECOND, due.pk)
    assert Destroying.objects.get().state == "approved"
    assert actions.expire(actor("guanli"), ON) == (0, 1)
    done = Destroying.objects.get()
    assert (done.state, done.rows) == ("done", 3)
    with pytest.raises(RefusedError, match="已销毁"):
        lake().rows(Vision.key, period=OLD).collect()


def test_one_persons_rows_are_taken_out_of_every_period(city: City) -> None:
    _deposit("2020-1", *CODES)
    _deposit("2020-1", *CODES[:2], source="更正")
    _deposit(NEW, *CODES)
    _deposit("2019-1", CODES[2])
    made = actions.propose_erasing(actor("ducha"), Vision.key, CODES[0], "2021年8月2日申请")
    with connection.cursor() as cursor:
        cursor.execute("SELECT person FROM returns_destroying")
        assert CODES[0] not in cursor.fetchone()[0]
    actions.approve(FIRST, made.pk)
    done = actions.approve(SECOND, made.pk)
    assert (len(done.editions), done.rows, done.person) == (3, 8, "")
    left = lake().rows(Vision.key).collect()
    assert sorted(left.select("period", "pupil").iter_rows()) == [
        ("2019-1", CODES[2]), ("2020-1", CODES[1]), (NEW, CODES[1]), (NEW, CODES[2]),
    ]  # fmt: skip
    assert not any(CODES[0] in f"{one.detail}{one.subject}{one.reason}" for one in Entry.objects.all())
    assert lake().verify() == []


@pytest.mark.parametrize(("kind", "person", "why"), [("classes", "x", "y"), ("vision", " ", "y"), ("vision", "x", " ")])
def test_an_erasure_says_what_and_why(city: City, kind: str, person: str, why: str) -> None:
    with witness.refused("returns.propose_destroying"):
        actions.propose_erasing(actor("ducha"), kind, person, why)


def test_rows_put_aside_for_the_worker_have_a_key_of_their_own_and_go_after_a_month(city: City) -> None:
    out = BytesIO()
    _rows(*CODES).write_parquet(out)
    kept = keep(actor("ducha"), out.getvalue(), f"{Vision.key}{ASIDE}", apart=True)
    keys = set(keyring().names(PARTS))
    assert destroying.clear_aside(actor("guanli"), timezone.now()) == 0
    assert content(kept) == out.getvalue()
    assert destroying.clear_aside(actor("guanli"), timezone.now() + destroying.WAITS * 2) == 1
    assert len(keys - set(keyring().names(PARTS))) == 1
    with pytest.raises(RefusedError, match="销毁"):
        content(File.objects.get(pk=kept.pk))


def test_the_round_proposes_and_the_page_shows_what_waits(due: Destroying, enter: Enter) -> None:
    page = enter("ducha").get("/private/").content.decode()
    assert due.why in page
    assert enter("ducha").post(f"/private/destroying/{due.pk}/", {"act": "approve"}).status_code == 302
    assert enter("ducha").post(f"/private/destroying/{due.pk}/", {"act": "approve"}).status_code == 409
    assert enter("fenguan").post(f"/private/destroying/{due.pk}/", {"act": "approve"}).status_code == 302
    assert Destroying.objects.get().state == "done"
    shown = enter("ducha").get(f"/lake/{Vision.key}/?year=2015").content.decode()
    assert "已销毁" in shown


def test_rows_of_persons_are_counted_on_pages_and_never_told_one_by_one(city: City, enter: Enter) -> None:
    collected.fill_lake()
    window = collected.opened(city, returns=(Vision.key,), period=NEW, kinds=("211",), title="视力（演示）")
    for codes in (CODES[:2], CODES):
        lake().deposit(
            _rows(*codes), kind=Vision.key, period=NEW, division="999901", definition=window.definition,
            source=f"演示数据（虚构）{len(codes)}", key=["pupil"], at=datetime.now(UTC), by="统计员",
        )  # fmt: skip
    chosen = [one.number for one in lake().editions(Vision.key, NEW, "999901")]
    assert len(chosen) == 2
    page = enter("jijiao").get(f"/returns/editions/?window={window.pk}&of=vision&county=999901")
    shown = page.content.decode()
    assert page.status_code == 200, shown[-1500:]
    assert re.search("第 [0-9]+ 版到第 [0-9]+ 版", shown)
    assert not any(code in shown for code in CODES)
