"""Making people known, and letting them in."""

from collections.abc import Iterable

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import Person
from luoshi.reading.city import Member
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MOST_FAILURES = 5
"""Wrong passwords in a row after which an account waits for an administrator."""


def add_members(actor: Actor, members: Iterable[Member], *, demo: bool) -> int:
    """Accounts for people who have none yet; demo people enter without a password, in the demo only."""
    added = 0
    for member in members:
        if Person.objects.filter(username=member.login).exists():
            continue
        with act(actor, "people.add", "person", member.login, member.name):
            person = Person(
                username=member.login,
                name=member.name,
                role=member.role,
                office=member.office,
                division=member.division,
                demo=demo,
            )
            person.set_unusable_password()
            person.save()
        added += 1
    return added


def _failures(login: str) -> int:
    """Refused entries since the last time the person came in."""
    recent = Entry.objects.filter(action="people.enter", subject_id=login).order_by("-number")[:MOST_FAILURES]
    failures = 0
    for entry in recent:
        if entry.outcome == "done":
            break
        failures += 1
    return failures


def sign_in(actor: Actor, login: str, password: str) -> Person:
    """The person behind account and password; every try is in the journal."""
    with act(actor, "people.enter", "person", login, login):
        if _failures(login) >= MOST_FAILURES:
            raise RefusedError(
                Finding(
                    "进入", f"账号 {login} 已锁定", f"连续{MOST_FAILURES}次密码错误即锁定", "请系统管理员核实后解锁"
                )
            )
        person = authenticate(username=login, password=password)
        if not isinstance(person, Person):
            raise RefusedError(
                Finding("进入", "账号或密码不对", "须用本人账号和密码进入", "请重新输入；忘记密码请找系统管理员重设")
            )
        return person


def sign_in_demo(actor: Actor, login: str) -> Person:
    """One of the demo people, without a password."""
    with act(actor, "people.enter", "person", login, login):
        person = Person.objects.filter(username=login, demo=True, is_active=True).first()
        if person is None:
            raise RefusedError(Finding("进入", f"没有演示人员 {login}", "只能以列出的演示身份进入", "请从列表中选择"))
        return person


def set_password(actor: Actor, login: str, password: str) -> None:
    """A new password for an account, which also unlocks it.

    Raises:
        RefusedError: there is no such account, or the password is too easy to guess.
    """
    with act(actor, "people.password", "person", login, login):
        person = Person.objects.select_for_update().filter(username=login).first()
        if person is None:
            raise RefusedError(
                Finding(
                    "设置密码", f"没有账号 {login}", "账号来自 people.csv 的 login 列", "请核对账号，或先登记这个人"
                )
            )
        try:
            validate_password(password, person)
        except ValidationError as error:
            rule = "至少8位，不能全是数字，不能是常见密码"
            raise RefusedError(Finding("设置密码", "密码太容易猜到", rule, "请换一个密码，再设置一次")) from error
        person.set_password(password)
        person.save(update_fields=["password"])
    unlock(actor, login)


def unlock(actor: Actor, login: str) -> None:
    """Let a locked account try again."""
    with act(actor, "people.enter", "person", login, login) as note:
        note.reason = "系统管理员解锁"
