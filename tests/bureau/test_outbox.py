"""The outbox: no notice is lost, none goes twice by itself, none is there without its cause."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from luoshi.bureau.jobs.actions import Letter, post
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.actions import Actor, act
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

pytestmark = pytest.mark.django_db
ACTOR = Actor("ducha", "督查甲", "supervisor")
LETTER = Letter("提醒/2021-09-28/1/jijiao", "inbox", "jijiao", "今日待办　2项", "一、……")


@contextmanager
def _act() -> Iterator[None]:
    with act(ACTOR, "ledger.amend", "commitment", 1, "试"):
        yield


def test_a_letter_is_posted_once_however_often_it_is_asked() -> None:
    message = post(ACTOR, LETTER)
    assert message is not None
    assert (message.state, message.subject) == ("sent", "今日待办　2项")
    assert post(ACTOR, LETTER) is None
    with _act():
        assert post(ACTOR, LETTER) is None
    assert Message.objects.count() == 1


def test_a_letter_of_an_act_that_is_undone_was_never_there() -> None:
    def refused() -> None:
        with _act():
            post(ACTOR, LETTER)
            raise RefusedError(Finding("此处", "不行", "规则", "改"))

    with pytest.raises(RefusedError):
        refused()
    assert Message.objects.count() == 0
    with _act():
        post(ACTOR, LETTER)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"key": ""}, "key"),
        ({"key": "长" * 201}, "key"),
        ({"channel": "wechat"}, "channel"),
        ({"to": "a@b\r\nBcc: c@d"}, "to"),
        ({"subject": "一\n二"}, "subject"),
        ({"link": "/items/1/\0"}, "link"),
    ],
)
def test_what_fits_no_envelope_is_refused(changed: dict[str, str], named: str) -> None:
    told = {name: getattr(LETTER, name) for name in ("key", "channel", "to", "subject", "body")}
    with pytest.raises(RefusedError, match=named):
        post(ACTOR, Letter(**{**told, **changed}))
    assert Message.objects.count() == 0
