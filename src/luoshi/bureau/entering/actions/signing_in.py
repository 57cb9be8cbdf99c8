"""Coming in and going out."""

from datetime import UTC, datetime
from typing import NoReturn

from django.contrib.auth import authenticate
from django.utils import timezone

from luoshi.bureau.entering.models import Password
from luoshi.bureau.entering.queries import MINUTES, MOST_FAILURES, has_factor, held_until, newest
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_WRONG = Finding("进入", "账号或密码不对", "须用本人账号和密码进入", "请重新输入；忘记密码请找系统管理员重设")


def sign_in(actor: Actor, login: str, password: str) -> Person:
    """The person behind account and password; every try is in the journal.

    An unknown account, one that has left, a wrong password and a one-time password that is used up are refused in the same
    words and after the same work: nobody learns here which accounts there are.

    Raises:
        RefusedError: the account or password is wrong, or was wrong five times in a quarter of an hour at this address.
    """
    until = held_until(login, actor.address, datetime.now(UTC))
    if until is not None:
        _keep_waiting(actor, login, until)
    with act(actor, "people.enter", "person", login, login) as note:
        person = authenticate(username=login, password=password)
        if not isinstance(person, Person):
            raise RefusedError(_WRONG)
        kept = newest(person)
        if kept is not None and kept.until is not None:
            _use_up(kept)
            note.detail["一次性密码"] = "已使用"
        if has_factor(person):
            note.detail["第二因子"] = "待验证"
        note.title = f"{login} {person.name}"
        return person


def _use_up(kept: Password) -> None:
    """A one-time password lets in once, in its time."""
    now = timezone.now()
    once = Password.objects.select_for_update().get(pk=kept.pk)
    if once.used_at is not None or once.until is None or now > once.until:
        raise RefusedError(_WRONG)
    once.used_at = now
    once.save(update_fields=["used_at"])


def _keep_waiting(actor: Actor, login: str, until: datetime) -> NoReturn:
    with act(actor, "people.wait", "person", login, login):
        raise RefusedError(
            Finding(
                "进入",
                f"账号 {login[:60]} 在本机已锁定到 {timezone.localtime(until):%H:%M}",
                f"同一台电脑{MINUTES}分钟内连续{MOST_FAILURES}次密码错误即锁定{MINUTES}分钟，其他电脑不受影响",
                "请到时再试；忘记密码请找系统管理员重设",
            )
        )


def sign_in_demo(actor: Actor, login: str) -> Person:
    """One of the demo people, without a password."""
    with act(actor, "people.enter", "person", login, login) as note:
        person = Person.objects.filter(username=login, demo=True, is_active=True).first()
        if person is None:
            raise RefusedError(Finding("进入", f"没有演示人员 {login}", "只能以列出的演示身份进入", "请从列表中选择"))
        note.title = f"{login} {person.name}"
        return person


def sign_in_by_portal(actor: Actor, login: str) -> Person:
    """The person whom the single sign-on service names. It makes no account: whoever has none here stays outside.

    Raises:
        RefusedError: nobody here has this account, or they have left.
    """
    with act(actor, "entering.portal", "person", login, login) as note:
        person = Person.objects.filter(username=login, is_active=True).first() if login else None
        if person is None:
            what = f"统一身份认证给出的“{login[:40]}”在本系统没有可用的账号"
            raise RefusedError(Finding("单点登录", what, "账号由系统管理员建立", "请系统管理员核对账号后再试"))
        if has_factor(person):
            note.detail["第二因子"] = "待验证"
        note.title = f"{login} {person.name}"
        return person


def turn_away(actor: Actor, what: str) -> NoReturn:
    """Refuse what came back from the single sign-on service, and keep it in the journal.

    Args:
        actor: who stands at the door.
        what: was wrong with it.
    """
    with act(actor, "entering.portal", "person", "", "单点登录"):
        rule = "统一身份认证的答复须由它签发、在时限内、答的是本次请求"
        raise RefusedError(Finding("单点登录", what, rule, "请重新从进入页开始；反复不成请告诉系统管理员"))


def unlock(actor: Actor, login: str) -> None:
    """Let a locked account try again at once, wherever it was locked."""
    with act(actor, "people.unlock", "person", login, login):
        require(actor, "unlock")


def leave(actor: Actor) -> None:
    """Somebody signs out."""
    with act(actor, "entering.leave", "person", actor.login, f"{actor.login} {actor.name}"):
        pass


def lapse(actor: Actor, why: str) -> None:
    """A session ended by itself.

    Args:
        actor: whose it was.
        why: it ended, in words.
    """
    with act(actor, "entering.lapse", "person", actor.login, f"{actor.login} {actor.name}") as note:
        note.reason = why
