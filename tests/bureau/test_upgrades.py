"""Upgrades: nothing touches the real database before a good rehearsal of exactly that on a restored backup."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from luoshi.bureau.backups.working import ask_daily, kept
from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.jobs.worker import WORKER
from luoshi.bureau.people.models import City
from luoshi.words.errors import RefusedError
from tests.bureau.apart import ROOT, asked, house
from tests.bureau.conftest import Enter

GOOD, FAILING, STRAYING = "good", "failing", "straying"
ROUNDS = "SELECT city_id, day, by FROM reminders_round ORDER BY id"


@pytest.fixture
def surroundings(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A house of the version before."""
    (tmp_path / "home").mkdir()
    with house(tmp_path / "home", "upgraded") as told:
        made = _program(told, "-m", "tests.bureau.upgraded", "house")
        assert made.returncode == 0, made.stdout
        yield told


def _program(surroundings: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    command, told, out = [sys.executable, *words], subprocess.PIPE, subprocess.STDOUT
    return subprocess.run(command, cwd=ROOT, env=surroundings, stdout=told, stderr=out, text=True, check=False)


def _later(surroundings: dict[str, str], version: str) -> dict[str, str]:
    return {**surroundings, "DJANGO_SETTINGS_MODULE": "tests.bureau.later_settings", "LUOSHI_LATER": version}


def _luoshi(surroundings: dict[str, str], *words: str) -> "subprocess.CompletedProcess[str]":
    return _program(surroundings, "-m", "luoshi", *words)


def _applied(surroundings: dict[str, str]) -> list[tuple[object, ...]]:
    return asked(surroundings, "SELECT name FROM django_migrations WHERE app = 'reminders' ORDER BY name")


@pytest.mark.prove
def test_a_good_upgrade_is_rehearsed_on_a_copy_and_then_done(surroundings: dict[str, str]) -> None:
    before, later = asked(surroundings, ROUNDS), _later(surroundings, GOOD)
    assert before
    rehearsed = _luoshi(later, "upgrade", "--rehearse")
    assert rehearsed.returncode == 0, rehearsed.stdout
    assert "升级演练通过：0.1.0 版，1 步" in rehearsed.stdout
    assert "reminders_round（1→1 行）" in rehearsed.stdout
    assert (_applied(surroundings), asked(surroundings, ROUNDS)) == ([("0001_initial",)], before)
    done = _luoshi(later, "upgrade")
    assert "已升级 1 步：reminders.0002_place" in done.stdout, done.stdout
    assert asked(surroundings, "SELECT place, by FROM reminders_round") == [("市局", "后台")]
    entered = asked(
        surroundings, "SELECT action, outcome FROM journal_entry WHERE action LIKE 'backups.%' ORDER BY number"
    )
    assert entered == [(f"backups.{one}", "done") for one in ("take", "rehearse", "upgrade")], "it is rehearsed once"
    assert "不必升级" in _luoshi(later, "upgrade").stdout


@pytest.mark.prove
def test_one_that_fails_leaves_the_real_database_as_it_is_and_says_why(surroundings: dict[str, str]) -> None:
    before = asked(surroundings, ROUNDS)
    assert _luoshi(_later(surroundings, GOOD), "upgrade", "--rehearse").returncode == 0
    for command in (("upgrade",), ("rounds",)):
        refused = _luoshi(_later(surroundings, FAILING), *command)
        assert refused.returncode == 2, "a rehearsal of something else is none"
        assert "升级步骤 reminders.0003_fails" in refused.stdout
        assert "没有做成（ValueError）" in refused.stdout
        assert (_applied(surroundings), asked(surroundings, ROUNDS)) == ([("0001_initial",)], before)
    said = "SELECT reason FROM journal_entry WHERE action = 'backups.rehearse' AND outcome = 'refused'"
    assert "reminders.0003_fails" in str(asked(surroundings, said)[0][0])
    assert "操作日志完整" in _luoshi(surroundings, "journal", "verify").stdout


@pytest.mark.prove
def test_one_that_changes_another_rooms_table_is_refused(surroundings: dict[str, str]) -> None:
    refused = _luoshi(_later(surroundings, STRAYING), "upgrade")
    assert refused.returncode == 2
    assert "people_city（1→1 行）" in refused.stdout
    assert asked(surroundings, "SELECT name FROM people_city") == [("星州市",)]


@pytest.mark.prove
@pytest.mark.parametrize("version", [FAILING, GOOD])
def test_the_page_rehearses_as_a_job_that_can_be_stopped_and_says_what_came_of_it(
    surroundings: dict[str, str], version: str
) -> None:
    told = _program(_later(surroundings, version), "-m", "tests.bureau.upgraded", "page")
    assert told.returncode == 0, told.stdout
    stopped, done = json.loads(told.stdout)
    assert "停止" in stopped["waits"]
    assert stopped["state"] == "stopped"
    assert "升级演练通过以前，数据库不作改动。" in stopped["page"]
    if version == FAILING:
        assert done["state"] == "failed"
        assert "上次升级演练没有通过，数据库没有改动" in done["page"]
        assert "升级步骤 reminders.0003_fails" in done["page"]
    else:
        assert "升级演练通过：1 步" in done["words"]["words"]
        assert "已演练通过" in done["page"]
    assert _applied(surroundings) == [("0001_initial",)]
    assert not (Path(surroundings["LUOSHI_HOME"]) / "making" / "try").exists()


def test_the_page_is_the_administrators_and_says_what_was_never_done(city: City, enter: Enter) -> None:
    page = enter("guanli").get("/upgrading/").content.decode()
    assert page.count("还没有做过") == 3
    assert "待升级" in page
    for login in ("ducha", "xueqian", "xianqu", "chayue"):
        assert enter(login).get("/upgrading/").status_code == 403
        assert enter(login).post("/upgrading/ask/", {"kind": "backups.take"}).status_code == 403
    assert enter("").get("/upgrading/").status_code == 302
    assert "备份与升级" not in enter("ducha").get("/jobs/").content.decode()
    assert "备份与升级" in enter("guanli").get("/jobs/").content.decode()


def test_the_round_asks_for_one_backup_a_day_and_so_many_stay(city: City, settings) -> None:
    assert {"backups.take", "backups.drill", "backups.rehearse"} <= OUTFIT.handlers.keys()
    assert [one.name for one in OUTFIT.parts if one.name == "back_up"] == [], "only where a folder was named"
    for day in (1, 1, 2):
        ask_daily(WORKER, date(2021, 3, day))
    assert Job.objects.filter(kind="backups.take").count() == 2
    settings.BACKUP_KEEP = "3"
    assert kept() == 3
    settings.BACKUP_KEEP = "many"
    with pytest.raises(RefusedError, match="LUOSHI_BACKUP_KEEP"):
        kept()
