"""第二因子: verified, added, removed. How a code or a passkey is checked is allauth's; that it is on the journal is ours."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    compare_user_code,
    format_hotp_value,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as passkeys
from django.core.exceptions import ValidationError
from django.utils import timezone

from luoshi.bureau.entering.queries import (
    MINUTES,
    MOST_FAILURES,
    RECOVERY,
    factors,
    guarded,
    has_factor,
    second_held_until,
)
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

SAID = {"totp": "动态口令", "webauthn": "通行密钥", "recovery_codes": "恢复码"}
_WHERE = "第二因子"


def verify_code(actor: Actor, person: Person, code: str) -> None:
    """A code of the six digits now, or one of the recovery codes.

    Args:
        actor: the person at the door.
        person: whom the password has shown.
        code: as typed.

    Raises:
        RefusedError: it is neither, was used already, or five were wrong in a quarter of an hour.
    """
    _not_held(actor, person)
    with act(actor, "entering.second", "person", person.username, f"{person.username} {person.name}") as note:
        used = _matching(person, "".join(code.split()))
        if used is None:
            raise RefusedError(
                Finding(
                    _WHERE, "口令或恢复码不对", "每个口令30秒，只用一次", "请等下一个口令再输入；手机没带时用恢复码"
                )
            )
        note.detail = {"方式": SAID[used]}


def verify_passkey(actor: Actor, person: Person, told: Mapping[str, Any]) -> None:
    """What a passkey has signed for this moment, under this name of the site.

    Raises:
        RefusedError: it is none of the person's, or answers something else.
    """
    _not_held(actor, person)
    with act(actor, "entering.second", "person", person.username, f"{person.username} {person.name}") as note:
        try:
            used = passkeys.complete_authentication(person, dict(told))
        except (ValidationError, ValueError, TypeError, KeyError) as error:
            raise RefusedError(_UNKNOWN_KEY) from error
        used.record_usage()
        note.detail = {"方式": SAID["webauthn"], "名称": used.wrap().name}


_UNKNOWN_KEY = Finding(
    _WHERE, "通行密钥没有通过", "须用登记在本人名下的通行密钥，网址与登记时相同", "请重试，或改用动态口令"
)


def _matching(person: Person, code: str) -> str | None:
    """Which of the person's factors it is of; they are held meanwhile, so that of two who come at once with it one comes in."""
    for one in Authenticator.objects.select_for_update().filter(user=person).order_by("pk"):
        kind = str(one.type)
        if kind == "totp" and _first_time(one, code):
            one.record_usage()
            return kind
        if kind == RECOVERY and RecoveryCodes(one).validate_code(code):
            return kind
    return None


def _first_time(totp: Authenticator, code: str) -> bool:
    """Whether it is a code of now, and of a later half minute than the last one that let in.

    allauth remembers used codes in the cache, which each process has for itself; the half minute stands with the factor.
    """
    secret = decrypt(totp.data["secret"])
    for step in yield_hotp_counters_from_time():
        if step > totp.data.get("used", -1) and compare_user_code(
            actual=code, expected=format_hotp_value(hotp_value(secret, step))
        ):
            totp.data = {**totp.data, "used": step}
            totp.save(update_fields=["data"])
            return True
    return False


def _not_held(actor: Actor, person: Person) -> None:
    until = second_held_until(person.username, datetime.now(UTC))
    if until is None:
        return
    with act(actor, "entering.wait", "person", person.username, f"{person.username} {person.name}"):
        rule = f"{MINUTES}分钟内连续{MOST_FAILURES}次不对即锁定{MINUTES}分钟"
        what = f"第二因子已锁定到 {timezone.localtime(until):%H:%M}"
        raise RefusedError(Finding(_WHERE, what, rule, "请到时再试；不是本人操作的，请马上修改密码并告诉安全管理员"))


def add_totp(actor: Actor, person: Person, secret: str, code: str) -> list[str]:
    """An authenticator on a telephone, shown to work by its first code; new recovery codes if there are none yet.

    Args:
        actor: the person.
        person: the same.
        secret: what the picture on the page said.
        code: what the telephone says now.

    Raises:
        RefusedError: the code is not that of the secret, or there is one already.
    """
    with act(actor, "entering.add_factor", "person", person.username, person.name) as note:
        if any(one.type == "totp" for one in factors(person)):
            raise RefusedError(Finding(_WHERE, "已有动态口令", "每人一个动态口令", "换手机请先移除原来的"))
        if not validate_totp_code(secret, "".join(code.split())):
            remedy = "请核对手机时间，输入现在显示的六位数字"
            raise RefusedError(Finding("动态口令", "口令不对", "须输入手机上现在显示的口令", remedy))
        TOTP.activate(person, secret)
        note.detail = {"方式": SAID["totp"]}
        return _first_codes(person)


def add_passkey(actor: Actor, person: Person, name: str, told: Mapping[str, Any]) -> list[str]:
    """A passkey that the browser has just made; new recovery codes if there are none yet.

    Raises:
        RefusedError: what came is not the answer to what was asked.
    """
    with act(actor, "entering.add_factor", "person", person.username, person.name) as note:
        try:
            passkeys.complete_registration(dict(told))
        except (ValidationError, ValueError, TypeError, KeyError) as error:
            remedy = "请用本页的按钮重新登记"
            raise RefusedError(Finding("通行密钥", "没有登记成", "须在本页、由本人的设备登记", remedy)) from error
        words = name.strip()[:40] or "通行密钥"
        passkeys.WebAuthn.add(person, words, dict(told))
        note.detail = {"方式": SAID["webauthn"], "名称": words}
        return _first_codes(person)


def _first_codes(person: Person) -> list[str]:
    if any(one.type == RECOVERY for one in factors(person)):
        return []
    return list(RecoveryCodes.activate(person).get_unused_codes())


def renew_codes(actor: Actor, person: Person) -> list[str]:
    """New recovery codes; the old ones open nothing any more.

    Raises:
        RefusedError: there is no second factor they would stand in for.
    """
    with act(actor, "entering.codes", "person", person.username, person.name):
        if not has_factor(person):
            raise RefusedError(
                Finding("恢复码", "还没有第二因子", "恢复码代替的是第二因子", "请先添加动态口令或通行密钥")
            )
        Authenticator.objects.filter(user=person, type=RECOVERY).delete()
        return _first_codes(person)


def remove(actor: Actor, person: Person, number: int) -> None:
    """Take away one's own second factor; the last one stays where one is required.

    Raises:
        RefusedError: no such one, or it is the last and required.
    """
    with act(actor, "entering.remove_factor", "person", person.username, person.name) as note:
        mine = [one for one in factors(person) if one.type != RECOVERY]
        found = next((one for one in mine if one.pk == number), None)
        if found is None:
            raise RefusedError(Finding(_WHERE, "没有这一个", "只能移除列出的", "请刷新页面"))
        if len(mine) == 1 and guarded(person):
            rule = "管理员须保留至少一种第二因子"
            raise RefusedError(Finding(_WHERE, "这是最后一个", rule, "请先添加另一种，再移除这一个"))
        note.detail = {"方式": SAID[found.type]}
        found.delete()
        if len(mine) == 1:
            Authenticator.objects.filter(user=person, type=RECOVERY).delete()


def lift(actor: Actor, login: str) -> int:
    """Take all second factors from somebody who has lost them; at the next sign-in they add new ones where required.

    The security administrator does this, the system administrator issues passwords: neither alone can come in as another.

    Raises:
        RefusedError: no right, or nobody of that name.
    """
    with act(actor, "entering.lift_factors", "person", login, login) as note:
        require(actor, "lift_factors")
        person = Person.objects.filter(username=login).first()
        if person is None:
            raise RefusedError(Finding(_WHERE, f"没有账号 {login[:60]}", "只能解除已有账号的", "请核对账号"))
        taken = factors(person)
        for one in taken:
            one.delete()
        note.title = f"{login} {person.name}"
        note.detail = {"解除": [SAID[one.type] for one in taken]}
        return len(taken)
