"""A house for a real bureau: its people come in by password only, and one house works for one city."""

import time
from pathlib import Path

import pytest
from django.test import Client

from luoshi.bureau.board.opening import INSTALLER, open_demo, open_house
from luoshi.bureau.entering.actions.passwords import set_password
from luoshi.bureau.entering.queries import MOST_FAILURES
from luoshi.bureau.journal import queries as journal
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.words.errors import RefusedError
from tests.yardstick import usual

CITIES = Path(__file__).resolve().parents[2] / "cities"
LUOYANG = CITIES / "luoyang"
GOOD = "晴川历历汉阳树Qc7"

pytestmark = pytest.mark.django_db


def _enters(login: str, password: str) -> bool:
    return Client().post("/enter/", {"username": login, "password": password}).status_code == 302


@pytest.fixture
def house() -> None:
    """Opened as a bureau does it."""
    open_house(LUOYANG, lambda _: None)


@pytest.mark.usefixtures("house")
def test_nobody_comes_in_before_a_password_is_set_and_then_only_by_it() -> None:
    assert not _enters("ducha", "")
    assert not _enters("ducha", GOOD)
    set_password(INSTALLER, "ducha", GOOD)
    assert _enters("ducha", GOOD)
    assert not _enters("ducha", GOOD + "x")
    assert journal.broken() is None


@pytest.mark.usefixtures("house")
def test_a_new_password_unlocks_and_its_words_are_nowhere_in_the_journal() -> None:
    for _ in range(MOST_FAILURES):
        _enters("ducha", "wrong")
    set_password(INSTALLER, "ducha", GOOD)
    assert _enters("ducha", GOOD)
    assert not any(GOOD in f"{one.detail}{one.reason}{one.subject}" for one in Entry.objects.all())


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("login", "password"), [("nobody", GOOD), ("ducha", "short1"), ("ducha", "2020202020")])
def test_a_refused_password_says_why_and_changes_nothing(login: str, password: str) -> None:
    with pytest.raises(RefusedError):
        set_password(INSTALLER, login, password)
    assert not _enters(login, password)


@pytest.mark.usefixtures("house")
def test_a_second_city_is_refused_with_what_to_do_and_the_first_may_be_opened_again(tmp_path: Path) -> None:
    other = tmp_path / "xinghai"
    other.mkdir()
    (other / "city.toml").write_text('name = "星海市"\nbureau = "星海市教育局"\nimaginary = true\n', encoding="utf-8")
    (other / "plan.txt").write_text("星海市教育局2021年工作要点\n1.新建学校3所。\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="LUOSHI_HOME"):
        open_demo(other, lambda _: None)
    open_house(LUOYANG, lambda _: None)
    assert [city.key for city in City.objects.all()] == ["luoyang"]


def test_another_whole_city_opens_from_its_folder_in_less_than_a_minute() -> None:
    begun = time.monotonic()
    city = open_demo(CITIES / "xingzhou", lambda _: None)
    assert usual(time.monotonic() - begun, time.perf_counter) < 60
    assert (city.name, city.divisions.count(), city.offices.count()) == ("星州市", 16, 21)
    assert city.editions.get().points.count() == 32
    assert Commitment.objects.count() > 150
