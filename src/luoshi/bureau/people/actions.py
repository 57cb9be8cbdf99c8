"""Making people known, and the keys of their programs."""

import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NoReturn

from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import ApiKey, City, Person, SpecialDay
from luoshi.bureau.people.rights import refused, require
from luoshi.reading.city import Member
from luoshi.words import calendars
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

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
                school=member.school,
                demo=demo,
            )
            person.set_unusable_password()
            person.save()
        added += 1
    return added


def turn_away(actor: Actor, page: str, address: str, why: Finding) -> NoReturn:
    """Enter that somebody came to a door that is closed to them.

    Args:
        actor: who came.
        page: name of the address.
        address: as it was asked for.
        why: what they are told.

    Raises:
        RefusedError: always.
    """
    with act(actor, "people.turn_away", "page", page, address):
        raise RefusedError(why)


def take_out(actor: Actor, what: str, rows: int, form: str) -> str:
    """Somebody takes a table out of the house: entered with how much it is, and the file says who took it.

    Args:
        actor: who.
        what: name of the table.
        rows: lines of data in it.
        form: csv or xlsx.

    Returns:
        The line that stands on the file.

    Raises:
        RefusedError: no right.
    """
    with act(actor, "people.take_out", "file", "", what) as note:
        require(actor, "export")
        note.detail = {"行数": rows, "格式": form}
    return f"导出：{actor.name}（{actor.login}） {timezone.localtime():%Y-%m-%d %H:%M} 共{rows}行"


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
    """A key opens nothing any more. Its row stays. One's own, or anybody's for the security administrator.

    Raises:
        RefusedError: no such key, somebody else's, or revoked already.
    """
    with act(actor, "people.key_revoke", "key", number) as note:
        found = ApiKey.objects.select_for_update().filter(pk=number).first()
        owner = Person.objects.filter(pk=found.person_id).first() if found else None
        if found is None or owner is None:
            raise RefusedError(Finding("接口密钥", "没有这个密钥", "只能停用列出的密钥", "请刷新页面"))
        if owner.username != actor.login and refused(actor, "keys_see"):
            rule = "密钥由本人或安全管理员停用"
            raise RefusedError(Finding(f"密钥 {found.begins}…", "是别人的密钥", rule, "请告诉安全管理员"))
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
