"""登录设备: sessions of a person ended by themselves or by an administrator."""

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from luoshi.bureau.entering.sessions import close, close_all
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.rights import refused
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def end(actor: Actor, number: int) -> None:
    """End one session: one's own, or anybody's for an administrator.

    Raises:
        RefusedError: no such session, or somebody else's.
    """
    with act(actor, "entering.end", "session", number) as note:
        found = UserSession.objects.select_for_update(of=("self",)).select_related("user").filter(pk=number).first()
        if found is None:
            raise RefusedError(Finding("登录设备", "这次登录已经结束", "只能结束列出的登录", "请刷新页面"))
        _own_or_right(actor, found.user.get_username())
        note.title = f"{found.user.get_username()} {found.user}"
        note.detail = {"地址": found.ip, "登录于": found.created_at}
        close([found])


def end_all(actor: Actor, login: str, keep: str = "") -> int:
    """End every session of a person, or every other one; how many there were.

    To be called when somebody is deactivated as well: what they have open ends at once, and does not come back with them.

    Args:
        actor: the person, or an administrator.
        login: whose.
        keep: key of the session that goes on.

    Raises:
        RefusedError: somebody else's without the right, or nobody of that name.
    """
    with act(actor, "entering.end_all", "person", login, login) as note:
        _own_or_right(actor, login)
        person = Person.objects.filter(username=login).first()
        if person is None:
            raise RefusedError(Finding("登录设备", f"没有账号 {login[:60]}", "只能结束已有账号的登录", "请核对账号"))
        note.title = f"{login} {person.name}"
        ended = close_all(person, keep)
        note.detail = {"结束会话": ended}
    return ended


def follow(actor: Actor, request: HttpRequest) -> None:
    """The session has another key since the password was changed: the list of devices follows it.

    Args:
        actor: whose it is.
        request: with the session.
    """
    if actor.login:
        UserSession.objects.create_from_request(request)


def _own_or_right(actor: Actor, login: str) -> None:
    if actor.login != login and refused(actor, "sessions"):
        rule = "登录由本人、系统管理员或安全管理员结束"
        raise RefusedError(Finding("登录设备", "是别人的登录", rule, "请告诉系统管理员或安全管理员"))
