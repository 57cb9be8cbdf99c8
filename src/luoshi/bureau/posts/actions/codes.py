"""首次进入码, issued for one office or county at a time, shown once on a sheet to be printed and cut."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.rights import require
from luoshi.bureau.posts.codes import draw, last_day, sealed
from luoshi.bureau.posts.models import FirstCode
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip of the sheet."""

    login: str
    name: str
    code: str
    until: date


def issue_codes(actor: Actor, on: date, *, office: str = "", division: str = "", login: str = "") -> list[Slip]:
    """New codes for everybody of a place who has no password yet; codes issued before open nothing any more.

    Args:
        actor: who.
        on: today.
        office: code of the office.
        division: or code of the division.
        login: or one account alone.

    Returns:
        The slips: nobody can ask for them again.

    Raises:
        RefusedError: no right, or nobody waits for one.
    """
    place = login or office or division
    with act(actor, "posts.codes", "person" if login else "office" if office else "division", place, place) as note:
        require(actor, "accounts")
        waiting = Person.objects.filter(is_active=True, must_change=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
        if login:
            waiting = waiting.filter(username=login)
        else:
            waiting = waiting.filter(office=office) if office else waiting.filter(division=division, office="")
        slips = [Slip(one.username, one.name, draw(), last_day(on)) for one in waiting.order_by("username")]
        if not slips:
            rule = "首次进入码只发给还没有设过密码的人"
            raise RefusedError(Finding("首次进入码", "这里没有人等首次进入码", rule, "已设密码的请用重设密码"))
        keys = {one.username: one.pk for one in waiting}
        FirstCode.objects.filter(person__in=keys.values()).delete()
        until, told = last_day(on), {one.login: sealed(one.login, one.code) for one in slips}
        FirstCode.objects.bulk_create(
            FirstCode(person_id=keys[login], digest=kept, until=until, by=actor.name) for login, kept in told.items()
        )
        note.detail = {"人数": len(slips), "有效期至": until}
    return slips
