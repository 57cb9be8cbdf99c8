"""通行密钥 in a real browser with a virtual key: added, asked for, another's refused, a recovery code used, removed."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import ROOT, House

PASSWORD = "Luoyang-2020-演示"
_SET = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.bureau.settings"
import django
django.setup()
from luoshi.bureau.board.opening import INSTALLER
from luoshi.bureau.entering.actions.passwords import set_password
set_password(INSTALLER, sys.argv[1], sys.argv[2], issued=False)
"""


@pytest.fixture
def site(house: House) -> str:
    """The demo under a name, which passkeys need, with a password for one of its people."""
    told = {**os.environ, "LUOSHI_HOME": str(house.printed.parent / "var"), "LUOSHI_DEMO": "1"}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        told.pop(name, None)
    subprocess.run([sys.executable, "-c", _SET, "ducha", PASSWORD], env=told, cwd=ROOT, check=True)
    return house.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def key(stranger: Page) -> Iterator[CDPSession]:
    """The browser of a stranger with a key of its own plugged in."""
    plugged = stranger.context.new_cdp_session(stranger)
    plugged.send("WebAuthn.enable")
    yield plugged
    plugged.send("WebAuthn.disable")


def _plug(key: CDPSession) -> str:
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
    return str(key.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"])


def _with_password(page: Page, site: str) -> None:
    page.goto(f"{site}/enter/")
    page.get_by_label("账号", exact=True).fill("ducha")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.locator("section", has_text="用账号进入").get_by_role("button", name="进入", exact=True).click()


def _added(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/own/second/")
    form = page.locator("form[data-passkey=create]")
    form.get_by_label("名称").fill(name)
    form.get_by_label("本人密码").fill(PASSWORD)
    form.get_by_role("button", name="添加通行密钥").click()
    expect(page.locator("table")).to_contain_text(name)


def _leave(page: Page) -> None:
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/enter/")


def test_a_passkey_is_added_asked_for_and_removed(stranger: Page, key: CDPSession, site: str) -> None:
    mine = _plug(key)
    _with_password(stranger, site)
    stranger.wait_for_url(f"{site}/")
    _added(stranger, site, "蓝色密钥")
    expect(stranger.locator(".codes li")).to_have_count(10)
    code = stranger.locator(".codes code").first.inner_text()
    _leave(stranger)

    _with_password(stranger, site)
    stranger.wait_for_url("**/enter/second/")
    stranger.get_by_role("button", name="用通行密钥确认").click()
    stranger.wait_for_url(f"{site}/")
    _leave(stranger)

    key.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": mine})
    _plug(key)  # another key, which knows nothing of this person
    _with_password(stranger, site)
    stranger.wait_for_url("**/enter/second/")
    stranger.get_by_role("button", name="用通行密钥确认").click()
    expect(stranger.locator("[data-fault]")).to_have_text(
        "浏览器没有给出通行密钥，请重试，或改用动态口令。", timeout=70_000
    )
    stranger.get_by_label("手机上现在显示").fill(code)
    stranger.get_by_role("button", name="进入", exact=True).click()
    stranger.wait_for_url(f"{site}/")

    stranger.goto(f"{site}/own/second/")
    row = stranger.locator("tr", has_text="蓝色密钥")
    row.get_by_label("本人密码").fill(PASSWORD)
    row.get_by_role("button", name="移除").click()
    expect(stranger.locator("table")).to_contain_text("还没有第二因子")
    _leave(stranger)
    _with_password(stranger, site)
    stranger.wait_for_url(f"{site}/")
