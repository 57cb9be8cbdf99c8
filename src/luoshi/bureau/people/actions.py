"""Making people known, and letting them in."""

import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NoReturn

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import ApiKey, City, Person, SpecialDay
from luoshi.bureau.people.rights import require
from luoshi.reading.city import Member
from luoshi.words import calendars
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

MOST_FAILURES = 5
"""Wrong passwords in a row at one address after which the account waits there."""
MINUTES = 15
WAIT = timedelta(minutes=MINUTES)
KEY_BEGINS = "luoshi_"
"""What every key begins with, so that one that leaked into a file is recognised as a key."""
KEY_DAYS = 366
"""The longest a key may last."""
_PURPOSE, _FEWEST = 200, 4
"""Characters of a purpose, at most and at least."""
_TOLD = len(KEY_BEGINS) + 6


def add_members(actor: Actor, members: Iterable[Member], *, demo: bool) -> int:
    """Accounts for people who have none yet; demo people enter without a password, in the demo only."""
    added = 0
    for member in members:
        if Person.objects.filter(username=member.login).exists():
            continue
        with act(actor, "people.add", "person", member.login, member.name):
            require(actor, "people")
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


def _held_until(login: str, address: str, now: datetime) -> datetime | None:
    """Until when this account waits at this address; None when it need not.

    Only tries from the same address count, and only five within a quarter of an hour: whoever guesses shuts himself out,
    not the person whose name he guesses with. Tries made while waiting are entered as such and do not prolong it.
    """
    tries = Entry.objects.filter(
        action__in=("people.enter", "people.unlock"),
        subject_kind="person",
        subject_id=login[:60],
        at__gt=now - 2 * WAIT,
    )
    failed: list[datetime] = []
    for action, outcome, at, origin in tries.order_by("-number").values_list("action", "outcome", "at", "address"):
        if outcome == "done" and (origin == address or action == "people.unlock"):
            break
        if outcome == "refused" and origin == address:
            failed.append(at)
        if len(failed) == MOST_FAILURES:
            break
    quick = len(failed) == MOST_FAILURES and failed[0] - failed[-1] < WAIT
    return failed[0] + WAIT if quick and now < failed[0] + WAIT else None


def sign_in(actor: Actor, login: str, password: str) -> Person:
    """The person behind account and password; every try is in the journal.

    Raises:
        RefusedError: the account or password is wrong, or was wrong five times in a quarter of an hour at this address.
    """
    until = _held_until(login, actor.address, datetime.now(UTC))
    if until is not None:
        _keep_waiting(actor, login, until)
    with act(actor, "people.enter", "person", login, login) as note:
        person = authenticate(username=login, password=password)
        if not isinstance(person, Person):
            raise RefusedError(
                Finding("进入", "账号或密码不对", "须用本人账号和密码进入", "请重新输入；忘记密码请找系统管理员重设")
            )
        note.title = f"{login} {person.name}"
        return person


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
    """Let a locked account try again at once, wherever it was locked."""
    with act(actor, "people.unlock", "person", login, login):
        require(actor, "people")


def keep_days(actor: Actor, city: City, days: Iterable[calendars.SpecialDay]) -> int:
    """The city's own days off and working days, those that are not known yet.

    Raises:
        RefusedError: no right.
    """
    known = set(SpecialDay.objects.filter(city=city).values_list("day", flat=True))
    fresh = [one for one in days if one.day not in known]
    if fresh:
        with act(actor, "people.days", "city", city.pk, city.name) as note:
            require(actor, "city")
            rows = [SpecialDay(city=city, day=one.day, works=one.works, name=one.name) for one in fresh]
            SpecialDay.objects.bulk_create(rows)
            note.detail = {one.day.isoformat(): f"{'上班' if one.works else '放假'} {one.name}" for one in fresh}
    return len(fresh)


def make_key(actor: Actor, purpose: str, until: date) -> str:
    """A new key for one's own programs to read by. Shown once, kept nowhere.

    Args:
        actor: whose rights it has.
        purpose: which program reads, and what for.
        until: the last day it opens anything.

    Raises:
        RefusedError: no right, no purpose, or a day that is past or too far away.
    """
    with act(actor, "people.key_make", "person", actor.login, actor.name) as note:
        require(actor, "api_key")
        words, today = purpose.strip()[:100], timezone.localdate()
        if not words:
            remedy = "请写明哪个程序用、取什么数"
            raise RefusedError(Finding("用途", "没有写", "每个密钥须写明用途", remedy))
        last = today + timedelta(days=KEY_DAYS)
        if not today <= until <= last:
            rule = f"须在今天至 {last} 之间"
            raise RefusedError(Finding("有效期", f"{until}", rule, "请改日期，到期再换一个"))
        secret = KEY_BEGINS + secrets.token_urlsafe(32)
        person = Person.objects.get(username=actor.login)
        kept = ApiKey(person=person, purpose=words, token=digest(secret.encode()), begins=secret[:_TOLD])
        kept.made_at, kept.until = timezone.now(), until
        kept.save()
        note.detail = {"密钥": kept.begins, "用途": words, "有效期至": until}
    return secret


def revoke_key(actor: Actor, number: int) -> ApiKey:
    """A key opens nothing any more. Its row stays. One's own, or anybody's for the administrator.

    Raises:
        RefusedError: no such key, somebody else's, or revoked already.
    """
    with act(actor, "people.key_revoke", "key", number) as note:
        found = ApiKey.objects.select_for_update().filter(pk=number).first()
        owner = Person.objects.filter(pk=found.person_id).first() if found else None
        if found is None or owner is None:
            raise RefusedError(Finding("接口密钥", "没有这个密钥", "只能停用列出的密钥", "请刷新页面"))
        if owner.username != actor.login and actor.role != "admin":
            rule = "密钥由本人或系统管理员停用"
            raise RefusedError(Finding(f"密钥 {found.begins}…", "是别人的密钥", rule, "请告诉系统管理员"))
        if found.revoked_at is not None:
            what = f"{found.revoked_by} 已停用"
            raise RefusedError(Finding(f"密钥 {found.begins}…", what, "停用一次即可", "请刷新页面"))
        found.revoked_at, found.revoked_by = timezone.now(), actor.name
        found.save(update_fields=["revoked_at", "revoked_by"])
        note.title = f"{owner.name} {found.begins}"
        note.detail = {"密钥": found.begins, "用途": found.purpose}
    return found


def unmask(actor: Actor, kind: str, number: int, title: str, label: str, purpose: str) -> None:
    """Enter that somebody is about to see one personal value whole, and why; the page shows it once, after this.

    Args:
        actor: who looks.
        kind: of the thing it belongs to.
        number: of that thing.
        title: of that thing.
        label: what the value is: 联系电话.
        purpose: what it is needed for.

    Raises:
        RefusedError: no right, or no purpose.
    """
    with act(actor, "people.unmask", kind, number, title) as note:
        require(actor, "unmask")
        words = purpose.replace("\0", "").strip()[:_PURPOSE]
        if len(words) < _FEWEST:
            rule = "查看完整的个人信息须写明用途（个人信息保护法第6条）"
            raise RefusedError(Finding("用途", "没有写明", rule, "请写明为什么事要用，如“核对8月进展”"))
        note.detail, note.reason = {"项目": label}, words
