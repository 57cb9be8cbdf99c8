"""Delivering: what clearly did not go is tried again, what may have gone is a person's to decide, nothing goes twice by itself."""

import hashlib
import hmac
import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import override_settings
from django.utils import timezone

from luoshi.bureau.jobs.actions import Letter, mark_read, post, resend, settle
from luoshi.bureau.jobs.actions.delivering import WAITS, deliver
from luoshi.bureau.jobs.actions.running import release
from luoshi.bureau.jobs.channels import Carrier, carriers, message_id
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.jobs.queries import inbox, unread
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Person
from luoshi.words.errors import RefusedError
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.post_office import Received, mail_server, receiver
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
WORKER = Actor("worker", "后台办理", "system")
ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
HOOK_ROW = Letter("提醒/1/hook", "hook", "群机器人", "催办：第2项", "请于9月30日前反馈。", link="/items/2/")
MAIL_ROW = Letter(
    "提醒/1/mail", "mail", "jijiao@xingzhou.invalid", "催办：第2项", "请反馈。", ics=ICS, link="/items/2/"
)


def _deliver(opened: dict[str, Carrier] | None = None) -> int:
    return deliver(WORKER, "w1", carriers() if opened is None else opened, lambda: False)


def _stands(key: str) -> tuple[str, str]:
    return Message.objects.values_list("state", "error").get(key=key)


def _later() -> None:
    Message.objects.filter(state="waiting").update(next_try=timezone.now())


@pytest.fixture
def hook() -> Iterator[Received]:
    with receiver() as received, override_settings(HOOK=f"http://127.0.0.1:{received.port}/luoshi", HOOK_SECRET="钥匙"):
        yield received


@pytest.fixture
def smtp() -> Iterator[Received]:
    with (
        mail_server() as received,
        override_settings(MAIL=f"smtp://127.0.0.1:{received.port}", MAIL_FROM="落实 <d@x.cn>"),
    ):
        yield received


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_hook_is_signed_and_names_its_key(hook: Received) -> None:
    post(WORKER, HOOK_ROW)
    with override_settings(SITE="http://10.0.0.8:8000"):
        assert _deliver() == 1
    assert _deliver() == 0
    assert _stands(HOOK_ROW.key) == ("sent", "")
    (told,), (headers,), (body,) = hook.told(), hook.headers, hook.bodies
    assert (told["subject"], told["to"], told["link"]) == ("催办：第2项", "群机器人", "http://10.0.0.8:8000/items/2/")
    assert unquote(headers["Idempotency-Key"]) == HOOK_ROW.key
    assert headers["X-Luoshi-Signature"] == "sha256=" + hmac.new("钥匙".encode(), body, hashlib.sha256).hexdigest()


def test_the_receiver_of_the_how_to_knows_a_true_signature_from_a_false_one(hook: Received) -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "howto" / "notices.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert sum(bool(line.strip()) for line in code.splitlines()) <= 20
    told: dict[str, object] = {"__name__": "example"}
    exec(compile(code.replace("the same secret", "钥匙"), "notices.md", "exec"), told)
    post(WORKER, HOOK_ROW)
    _deliver()
    genuine = told["genuine"]
    assert genuine(hook.bodies[0], hook.headers[0]["X-Luoshi-Signature"])  # type: ignore[operator]
    assert not genuine(hook.bodies[0] + b" ", hook.headers[0]["X-Luoshi-Signature"])  # type: ignore[operator]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (200, "sent"), (204, "sent"), (429, "waiting"), (503, "waiting"), (500, "unsure"), (504, "unsure"),
        ("hang up", "unsure"), (400, "failed"), (410, "failed"), (302, "failed"),
    ],
)  # fmt: skip
def test_each_answer_of_the_receiver_has_its_consequence(hook: Received, answer: object, state: str) -> None:
    hook.answer = answer
    post(WORKER, HOOK_ROW)
    _deliver()
    assert _stands(HOOK_ROW.key)[0] == state
    _later()
    hook.answer = 200
    _deliver()
    assert len(hook.bodies) == (2 if state == "waiting" else 1), "only what clearly did not go is sent again"


def test_nobody_there_is_tried_again_ever_more_seldom_and_then_told() -> None:
    post(WORKER, HOOK_ROW)
    with override_settings(HOOK=f"http://127.0.0.1:{_closed_port()}/", HOOK_SECRET="s"):
        waits = []
        for _ in WAITS:
            now = timezone.now()
            assert _deliver() == 1
            assert _deliver() == 0
            message = Message.objects.get()
            assert "连不上" in message.error
            waits.append(round((message.next_try - now) / timedelta(minutes=1)))
            _later()
        assert waits == [wait / timedelta(minutes=1) for wait in WAITS]
        _deliver()
    assert _stands(HOOK_ROW.key)[0] == "failed"


def test_a_mail_is_whole_and_the_same_however_often_it_is_sent(smtp: Received) -> None:
    post(WORKER, MAIL_ROW)
    _deliver()
    assert _stands(MAIL_ROW.key) == ("sent", "")
    mail = message_from_bytes(smtp.bodies[0], policy=policy.default)
    assert (mail["Subject"], mail["To"], mail["Message-ID"]) == ("催办：第2项", MAIL_ROW.to, message_id(MAIL_ROW.key))
    assert message_id(MAIL_ROW.key).endswith("@x.cn>")
    assert "请反馈。" in mail.get_body().get_content()
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_content()) == ("text/calendar", ICS.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("MAIL 451", "waiting"), ("RCPT 450", "waiting"), ("RCPT 550", "failed"), ("DATA 451", "waiting"),
        ("DATA hang up", "unsure"), ("end 452", "waiting"), ("end 554", "failed"), ("end hang up", "unsure"),
        ("RCPT hang up", "waiting"), ("EHLO hang up", "waiting"),
    ],
)  # fmt: skip
def test_each_answer_of_the_mail_server_has_its_consequence(smtp: Received, answer: str, state: str) -> None:
    smtp.answer = answer
    post(WORKER, MAIL_ROW)
    _deliver()
    assert _stands(MAIL_ROW.key)[0] == state, _stands(MAIL_ROW.key)


def test_a_login_is_written_to_at_its_address_or_told_to_have_none(city: City, tmp_path: Path) -> None:
    Person.objects.filter(username="jijiao").update(email="j@xingzhou.invalid")
    for login in ("jijiao", "xueqian"):
        post(WORKER, Letter(f"k/{login}", "mail", login, "催办", "……"))
    with override_settings(MAIL="folder"):
        _deliver()
    (dropped,) = (tmp_path / "mail").iterdir()
    assert dropped.suffix == ".eml"
    assert message_from_bytes(dropped.read_bytes())["To"] == "j@xingzhou.invalid"
    assert _stands("k/xueqian") == ("failed", "账号 xueqian 没有登记邮箱")


def test_what_was_being_sent_when_the_worker_died_is_unsure_until_a_person_decides(tmp_path: Path, city: City) -> None:
    for number in range(2):
        post(WORKER, Letter(f"k/{number}", "mail", "j@xingzhou.invalid", "催办", "……"))
    soon = timezone.now() + timedelta(minutes=5)
    Message.objects.update(state="sending", claimed_by="dead", claimed_until=soon)
    with override_settings(MAIL=f"folder:{tmp_path / 'drop'}"):
        assert _deliver() == 0
        assert _stands("k/0")[0] == "sending"
        release(WORKER, ["dead"])
        assert _deliver() == 0
        assert {_stands("k/0")[0], _stands("k/1")[0]} == {"unsure"}
        first, second = Message.objects.order_by("pk")
        with witness.done("jobs.resend"):
            resend(actor("ducha"), first.pk)
        with witness.done("jobs.settle"):
            settle(actor("ducha"), second.pk)
        assert _deliver() == 1
    assert (_stands("k/0")[0], _stands("k/1")[0]) == ("sent", "sent")
    assert len(list((tmp_path / "drop").iterdir())) == 1


def test_a_message_that_has_gone_is_neither_resent_nor_settled(city: City, tmp_path: Path) -> None:
    message = post(WORKER, MAIL_ROW)
    assert message is not None
    with witness.refused("jobs.settle", "待发"):
        settle(actor("ducha"), message.pk)
    with override_settings(MAIL="folder"):
        _deliver()
    with witness.refused("jobs.resend", "已发"):
        resend(actor("ducha"), message.pk)
    with witness.refused("jobs.resend", "没有这项权限"):
        resend(actor("jijiao"), message.pk)
    with witness.refused("jobs.resend", "没有这条通知"):
        resend(actor("ducha"), 424242)


def test_a_channel_that_is_not_open_sends_nothing_later_by_surprise(city: City, tmp_path: Path) -> None:
    message = post(WORKER, MAIL_ROW)
    assert message is not None
    _deliver({})
    assert _stands(MAIL_ROW.key)[0] == "shut"
    with override_settings(MAIL="folder"):
        assert _deliver() == 0
        resend(actor("ducha"), message.pk)
        assert _deliver() == 1


def test_nothing_goes_before_it_is_due(tmp_path: Path) -> None:
    soon = timezone.now() + timedelta(hours=1)
    post(WORKER, Letter("k/mail", "mail", "j@xingzhou.invalid", "催办", "……", due=soon))
    post(WORKER, Letter("k/inbox", "inbox", "ducha", "催办", "……", due=soon))
    with override_settings(MAIL="folder"):
        assert _deliver() == 0
    assert (unread("ducha"), inbox("ducha")) == (0, [])
    Message.objects.update(due=timezone.now())
    assert unread("ducha") == 1


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"MAIL": "ftp://x"}, "LUOSHI_MAIL"),
        ({"MAIL": "smtp://"}, "LUOSHI_MAIL"),
        ({"MAIL": "smtp://host:port"}, "LUOSHI_MAIL"),
        ({"HOOK": "x", "HOOK_SECRET": "s"}, "LUOSHI_HOOK"),
        ({"HOOK": "http://x:99999/", "HOOK_SECRET": "s"}, "LUOSHI_HOOK"),
        ({"HOOK": "http://x/", "HOOK_SECRET": ""}, "LUOSHI_HOOK_SECRET"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_told_before_anything_starts(changed: dict, named: str) -> None:
    with override_settings(**changed), pytest.raises(RefusedError, match=named):
        carriers()


def test_the_frame_counts_what_is_new_and_reading_it_is_no_act(city: City, enter: Enter) -> None:
    one = post(WORKER, Letter("k/1", "inbox", "jijiao", "一项到期", "……", link="/journal/"))
    post(WORKER, Letter("k/2", "inbox", "jijiao", "二项到期", "<b>……"))
    post(WORKER, Letter("k/3", "inbox", "xueqian", "别人的", "……"))
    browser = enter("jijiao")
    assert "消息 <b>2</b>" in browser.get("/journal/").content.decode()
    page = browser.get("/messages/").content.decode()
    assert "一项到期" in page
    assert "&lt;b&gt;" in page
    assert "别人的" not in page
    assert one is not None
    assert browser.post(f"/messages/{one.pk}/read/")["Location"] == "/journal/"
    assert "消息 <b>1</b>" in browser.get("/messages/").content.decode()
    browser.post("/messages/read/")
    assert unread("jijiao") == 0
    assert unread("xueqian") == 1
    assert enter("ducha").post(f"/messages/{Message.objects.get(key='k/3').pk}/read/").status_code == 302
    assert unread("xueqian") == 1
    assert mark_read(actor("xueqian")) == 1


def test_the_outbox_leads_with_what_needs_a_person(city: City, enter: Enter) -> None:
    for state in ("sent", "waiting", "failed", "unsure"):
        post(WORKER, Letter(state, "mail", "j@xingzhou.invalid", f"件{state}", "……"))
        Message.objects.filter(key=state).update(state=state)
    page = enter("ducha").get("/jobs/").content.decode()
    assert re.findall(r"件(\w+)", page) == ["unsure", "failed", "waiting", "sent"]
    assert "件sent" not in enter("jijiao").get("/jobs/").content.decode()
    unsure = Message.objects.get(key="unsure")
    assert enter("ducha").post(f"/jobs/{unsure.pk}/act/", {"act": "settle"}).status_code == 302
    assert _stands("unsure")[0] == "sent"
