"""What must be two people stays two people, also where one stands in for another or holds several posts."""

from collections.abc import Iterable

from luoshi.bureau.journal.actions import STANDS, Actor
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def same_person(actor: Actor, login: str, name: str) -> bool:
    """Whether an earlier step was this person's, or that of somebody he stands in for, or was done in his name by a stand-in.

    Args:
        actor: who acts now.
        login: of who acted then; empty where only the name was kept.
        name: of who acted then; 乙 代 甲 of a stand-in.
    """
    if login and login in {actor.login, actor.stands_for}:
        return True
    return bool((actor.stands_for or STANDS in name) and set(name.split(STANDS)) & set(actor.name.split(STANDS)))


def by_stand_in(actor: Actor, name: str) -> bool:
    """Whether one of the two steps was done by a stand-in."""
    return bool(actor.stands_for) or STANDS in name


def refuse_twice(actor: Actor, where: str, earlier: Iterable[tuple[str, str]]) -> None:
    """Refuse where a stand-in would make one person sign twice: the one who reported does not verify, whoever's hand it is.

    Args:
        actor: who is to sign now.
        where: the thing.
        earlier: login and name of each who signed before.

    Raises:
        RefusedError: one of them is the same person, and one of the two steps is a stand-in's.
    """
    for login, name in earlier:
        if by_stand_in(actor, name) and same_person(actor, login, name):
            what = f"前一步由{name}办理，现在由{actor.name}办理，等于一个人办两步"
            remedy = "请由本人办理，或委托没有办过这一项的同志"
            raise RefusedError(Finding(where, what, "须由两个人办理的，不因委托变成一个人", remedy))
