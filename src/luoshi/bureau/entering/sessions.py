"""Sessions closed, as part of whatever act closes them."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession

from luoshi.bureau.people.models import Person


def close(sessions: Iterable[UserSession]) -> int:
    """End these; how many there were."""
    listed = list(sessions)
    for one in listed:
        one.end()
    return len(listed)


def close_all(person: Person, keep: str = "") -> int:
    """End those of a person.

    Args:
        person: whose.
        keep: key of the session that goes on.
    """
    return close(one for one in UserSession.objects.filter(user=person) if one.session_key != keep)
