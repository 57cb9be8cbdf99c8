"""Passwords: set, changed, issued for one time."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from luoshi.bureau.entering.actions.signing_in import unlock
from luoshi.bureau.entering.models import Password
from luoshi.bureau.entering.policy import hold
from luoshi.bureau.entering.queries import MINUTES, MOST_FAILURES, proof_held_until
from luoshi.bureau.entering.sessions import close_all
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_READABLE = ("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnpqrstuvwxyz", "23456789")
"""Capitals, small letters and digits that nobody mistakes for one another when they are read aloud."""
_PARTS, _PART = 4, 4


def set_password(actor: Actor, login: str, password: str, *, issued: bool = True) -> None:
    """A new password for an account, which also unlocks it and ends every session of it.

    Args:
        actor: who sets it.
        login: whose.
        password: the new one.
        issued: whether it was chosen by somebody else and has to be changed at the first sign-in.

    Raises:
        RefusedError: there is no such account, or the password is too easy to guess.
    """
    with act(actor, "people.password", "person", login, login) as note:
        require(actor, "reset")
        person = _locked(login)
        hold(password, login, _earlier(person))
        _keep(actor, person, password, issued=issued)
        note.detail = {"结束会话": close_all(person)}
    unlock(actor, login)


def issue(actor: Actor, login: str) -> str:
    """A one-time password for somebody who cannot come in: shown once, lets in once within a day, changed at once.

    Raises:
        RefusedError: no right, or no such account.
    """
    with act(actor, "entering.issue", "person", login, login) as note:
        require(actor, "reset")
        person = _locked(login)
        words = _drawn()
        until = timezone.now() + timedelta(hours=settings.ONE_TIME_HOURS)
        kept = _keep(actor, person, words, issued=True)
        kept.until = until
        kept.save(update_fields=["until"])
        note.title = f"{login} {person.name}"
        note.detail = {"有效至": until, "结束会话": close_all(person)}
    unlock(actor, login)
    return words


def change(actor: Actor, old: str, new: str, keep: str = "") -> Person:
    """One's own password, changed by whoever knows the old one; every other session of theirs ends.

    Args:
        actor: whose.
        old: the password until now.
        new: from now on.
        keep: key of the session it is done in.

    Raises:
        RefusedError: the old one is wrong, or the new one too easy to guess.
    """
    prove(actor, old)
    with act(actor, "entering.change", "person", actor.login, actor.name) as note:
        person = _locked(actor.login)
        hold(new, person.username, [*_earlier(person), person.password])
        _keep(actor, person, new, issued=False)
        note.detail = {"结束其他会话": close_all(person, keep)}
    return person


def prove(actor: Actor, password: str) -> None:
    """Whoever changes how they sign in shows the password once more: a screen left open is not enough.

    Args:
        actor: who is signed in.
        password: as typed; not asked of somebody who has none and comes by single sign-on.

    Raises:
        RefusedError: it is wrong, or was wrong five times in a quarter of an hour.
    """
    person = Person.objects.get(username=actor.login)
    held = proof_held_until(actor.login, timezone.now())
    if held is None and (not person.has_usable_password() or person.check_password(password)):
        return
    with act(actor, "entering.wait" if held else "entering.prove", "person", actor.login, actor.name):
        what = f"连续不对，锁定到 {timezone.localtime(held):%H:%M}" if held else "不对"
        rule = f"改动登录方式须先输入本人现在的密码，连续{MOST_FAILURES}次不对即锁定{MINUTES}分钟"
        raise RefusedError(Finding("原密码", what, rule, "请重新输入；忘记了请找系统管理员重设"))


def _locked(login: str) -> Person:
    person = Person.objects.select_for_update().filter(username=login).first()
    if person is None:
        rule = "账号来自 people.csv 的 login 列"
        raise RefusedError(Finding("设置密码", f"没有账号 {login[:60]}", rule, "请核对账号，或先登记这个人"))
    return person


def _earlier(person: Person) -> list[str]:
    last = Password.objects.filter(person=person, until=None).values_list("hash", flat=True)
    return list(last[: settings.PASSWORD_KEPT])


def _keep(actor: Actor, person: Person, words: str, *, issued: bool) -> Password:
    person.set_password(words)
    person.must_change = False  # what has to be changed now is this password, and its own row says so
    person.save(update_fields=["password", "must_change"])
    kept = Password(person=person, hash=person.password, set_at=timezone.now(), by=actor.login, issued=issued)
    kept.save()
    return kept


def _drawn() -> str:
    """Sixteen characters of all three classes, in fours: 92 bits, and read over the telephone without mistakes."""
    parts = []
    for _ in range(_PARTS):
        letters = [secrets.choice(known) for known in _READABLE]
        letters += [secrets.choice("".join(_READABLE)) for _ in range(_PART - len(letters))]
        secrets.SystemRandom().shuffle(letters)
        parts.append("".join(letters))
    return "-".join(parts)
