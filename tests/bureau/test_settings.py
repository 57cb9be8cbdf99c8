"""What the house rests on: its key, its tables, its way of writing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SAY = "import luoshi.bureau.settings as s; print(s.SECRET_KEY, end='')"


def _started(home: Path) -> subprocess.Popen[bytes]:
    told = {**os.environ, "LUOSHI_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    told.pop("LUOSHI_SECRET", None)
    return subprocess.Popen([sys.executable, "-c", SAY], env=told, stdout=subprocess.PIPE)


def test_processes_that_start_at_once_sign_with_one_key(tmp_path: Path) -> None:
    home = tmp_path / "var"
    keys = {one.communicate()[0] for one in [_started(home) for _ in range(6)]}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert _started(home).communicate()[0].decode() == (home / "secret.key").read_text()
    assert (home / "secret.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in home.iterdir()] == ["secret.key"]


def test_the_key_that_was_named_first_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.bureau import settings as starting

    def another_process_is_quicker(_length: int) -> str:
        (tmp_path / "secret.key").write_text("the key of the other process")
        return "a second key"

    monkeypatch.setattr(starting, "HOME", tmp_path)
    monkeypatch.setattr(starting.secrets, "token_urlsafe", another_process_is_quicker)
    assert starting._kept_secret() == "the key of the other process"
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_a_memory_stick_that_knows_no_links_keeps_a_key_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.bureau import settings as starting

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(starting, "HOME", tmp_path)
    monkeypatch.setattr(starting.os, "link", no_links)
    key = starting._kept_secret()
    assert len(key) >= 50
    assert starting._kept_secret() == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


@pytest.mark.django_db
def test_the_tables_are_those_of_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("room", ["journal", "people", "plans", "indicators", "ledger"])
def test_a_room_that_was_never_deployed_has_one_migration(room: str) -> None:
    folder = ROOT / "src" / "luoshi" / "bureau" / room / "migrations"
    assert [path.name for path in sorted(folder.glob("0*.py"))] == ["0001_initial.py"]


def test_what_was_acknowledged_is_on_the_disk(tmp_path: Path) -> None:
    ask = (
        "import django; django.setup()\n"
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    print(*[cursor.execute('PRAGMA ' + name).fetchone()[0] for name in ('journal_mode', 'synchronous')])\n"
        "print(connection.transaction_mode, connection.settings_dict['ATOMIC_REQUESTS'])\n"
    )
    told = {**os.environ, "LUOSHI_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "src")}
    told |= {"DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"}
    told.pop("DATABASE_URL", None)
    said = subprocess.run([sys.executable, "-c", ask], env=told, capture_output=True, check=True).stdout.decode()
    assert said.split() == ["wal", "2", "IMMEDIATE", "False"]


def test_nothing_is_shown_to_whoever_breaks_something() -> None:
    assert settings.DEBUG is False
