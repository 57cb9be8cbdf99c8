"""The demo as a visitor meets it: the real command, a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 60
"""Seconds the demo may take to answer before the test gives up; the bar is 30 and has its own test."""


class House(NamedTuple):
    """A running demo."""

    address: str
    seconds: float
    """From the command to the first page."""
    printed: Path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address + "/enter/", timeout=2) as page:
        return bool(page.status == 200)
    return False


def _chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def _running(home: Path, *options: str, rows: bool = False) -> Iterator[House]:
    """`luoshi demo` in a folder of its own until the test is over."""
    address = f"127.0.0.1:{_free_port()}"
    printed = home / "printed.txt"
    surroundings = {**os.environ, "LUOSHI_HOME": str(home / "var"), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    surroundings["LUOSHI_DEMO_ROWS"] = "" if rows else "off"
    del surroundings["DATABASE_URL"]
    for name in ("DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        surroundings.pop(name, None)
    begun = time.monotonic()
    with printed.open("w", encoding="utf-8") as out:
        command = [sys.executable, "-m", "luoshi", "demo", "--bind", address, *options]
        running = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
        try:
            while not _answers(f"http://{address}") and time.monotonic() - begun < PATIENCE and running.poll() is None:
                time.sleep(0.1)
            assert running.poll() is None, printed.read_text("utf-8")
            yield House(f"http://{address}", time.monotonic() - begun, printed)
        finally:
            running.terminate()
            running.wait(timeout=20)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo as `make demo` opens it."""
    yield from _running(tmp_path_factory.mktemp("demo"), rows=True)


@pytest.fixture(scope="session")
def star(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """星州 without the rows of its lake: each test that brings something of its own adds it by `beside`."""
    yield from _running(tmp_path_factory.mktemp("star"), "--city", "cities/xingzhou")


def beside(house: House, program: str) -> None:
    """Run something in the house of a demo, beside its website."""
    home = str(house.printed.parent / "var")
    surroundings = {**os.environ, "LUOSHI_HOME": home, "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"}
    surroundings.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=surroundings, check=True)


@pytest.fixture
def undivided(tmp_path: Path) -> Iterator[House]:
    """The demo with its plan read and nothing decided."""
    yield from _running(tmp_path, "--undivided")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    found = _chromium()
    if found is None:
        if os.environ.get("LUOSHI_REQUIRE_ALL"):
            pytest.fail("Chromium is required here and not installed")
        pytest.skip("no Chromium on this machine; apt-get install chromium")
    # The browser's loop stays in this process, where others ask Django afterwards.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _open(browser: Browser, house: House, size: dict[str, int], **kept: object) -> Iterator[Page]:
    context = browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai", **kept)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(house.address)
    page.get_by_role("button", name=re.compile("进入")).first.click()
    page.wait_for_url(house.address + "/")
    yield page
    assert faults == []
    context.close()


@pytest.fixture
def page(browser: Browser, house: House) -> Iterator[Page]:
    """Signed in as the first of the demo people, 1440 wide."""
    yield from _open(browser, house, WIDE)


@pytest.fixture
def fresh(browser: Browser, undivided: House) -> Iterator[Page]:
    """Signed in where nothing is decided yet."""
    yield from _open(browser, undivided, WIDE)


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """A browser nobody is signed in with."""
    context = browser.new_context(viewport=WIDE, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def narrow(browser: Browser, house: House) -> Iterator[Page]:
    """The same on a telephone's width."""
    yield from _open(browser, house, NARROW)


@pytest.fixture
def plain(browser: Browser, house: House) -> Iterator[Page]:
    """The same with scripts switched off."""
    yield from _open(browser, house, WIDE, java_script_enabled=False)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """Where pictures go: the manual's folder when LUOSHI_PICTURES is set, else nowhere that lasts."""
    return ROOT / "docs" / "pictures" if os.environ.get("LUOSHI_PICTURES") else tmp_path
