"""星州 in a database, and a browser for each of its people."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client, override_settings

from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.people.actions import add_members
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.plans.actions import open_city, store_plan
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.bureau.returns.models import Unit, Window
from luoshi.spine import Plan
from luoshi.words.provenance import digest
from tests.bureau import collected, xingzhou
from tests.bureau.remembered import build_once

Enter = Callable[[str], Client]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What says something of the other database only is left to the run on that database."""
    other = [
        item for item in items if (mark := item.get_closest_marker("only_on")) and mark.args[0] != connection.vendor
    ]
    if other:
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item not in other]


@pytest.fixture(scope="session")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One keyring for all tests of a process: what is built once is sealed once."""
    return str(tmp_path_factory.mktemp("keys"))


@pytest.fixture(autouse=True)
def _files_of_their_own(tmp_path: Path, _keys: str) -> Iterator[None]:
    """What is handed in is kept in the test's own folder; passwords cost no time that nobody measures."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    lies = {"HOME": tmp_path, "LAKE": tmp_path / "lake", "BACKUPS": tmp_path / "backups", "KEYS": _keys}
    with override_settings(**lies, PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(scope="session")
def read() -> Plan:
    """The plan, read once."""
    return xingzhou.plan()


@pytest.fixture
def city(db: None) -> City:
    """The city with its people and its one figure, no plan yet."""
    build_once("city", _open)
    return City.objects.get()


@pytest.fixture
def window(city: City) -> Window:
    """A window of bands of this year that schools of both counties owe, and the register."""
    collected.fill_lake()
    return collected.opened(city)


@pytest.fixture
def unit(window: Window) -> Unit:
    """A primary school of 角阳县."""
    found = Unit.objects.filter(window=window, county=collected.COUNTIES[1], kind="211").first()
    assert found
    return found


def _open() -> None:
    opened = open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    add_members(xingzhou.INSTALLER, xingzhou.MEMBERS, demo=True)
    add_figures(xingzhou.INSTALLER, opened, xingzhou.FIGURES)


@pytest.fixture
def edition(city: City, read: Plan) -> Edition:
    """The plan stored, nothing decided."""
    build_once("edition", lambda: store_plan(xingzhou.actor("ducha"), city, read, **_UPLOADED))
    return Edition.objects.get()


_UPLOADED = {"file_name": "要点.txt", "file_digest": digest(b"x"), "form": "txt"}


@pytest.fixture
def proposals(edition: Edition) -> dict[str, Proposal]:
    """What was read, by the reader's number: "1.1"."""
    return {one.number: one for one in Proposal.objects.filter(edition=edition)}


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser somebody is signed in with; nobody with ""."""

    def opened(login: str = "") -> Client:
        client = Client(raise_request_exception=False)
        if login:
            client.force_login(Person.objects.get(username=login))
        return client

    return opened
