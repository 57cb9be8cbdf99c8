"""What is asked at the entrance: who waits, what somebody owes before they go on, and where they are signed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Count, Q
from django.utils import timezone

from luoshi.bureau.entering.models import Password
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import Person

MOST_FAILURES = 5
"""Wrong tries in a row after which one waits."""
MINUTES = 15
WAIT = timedelta(minutes=MINUTES)
GUARDED = ("admin", "security", "auditor")
"""The roles that administrate (三员): a second factor is theirs first."""
RECOVERY = Authenticator.Type.RECOVERY_CODES.value


@dataclass(frozen=True, slots=True)
class Device:
    """One place where somebody is signed in."""

    number: int
    login: str
    name: str
    since: datetime
    address: str
    browser: str
    key: str
    """Of its session; never shown."""


def held_until(login: str, address: str, now: datetime) -> datetime | None:
    """Until when this account waits at this address; None when it need not.

    Only tries from the same address count, and only five within a quarter of an hour: whoever guesses shuts himself out,
    not the person whose name he guesses with. Tries made while waiting are entered as such and do not prolong it.
    """
    return _held(login, ("people.enter", "people.unlock"), now, address)


def second_held_until(login: str, now: datetime) -> datetime | None:
    """The same for the second factor, wherever the tries came from: whoever gets there knows the password already."""
    return _held(login, ("entering.second", "people.unlock"), now, None)


def proof_held_until(login: str, now: datetime) -> datetime | None:
    """The same for one's own password asked once more: an open screen is no place to guess it at."""
    return _held(login, ("entering.prove", "people.unlock"), now, None)


def guesses_held_until(kind: str, key: str, verb: str, address: str, now: datetime) -> datetime | None:
    """The same for another secret than a password: whoever guesses at one thing waits, at his own address.

    Args:
        kind: of the thing in the journal.
        key: of the thing there.
        verb: of a try.
        address: where the tries come from.
        now: the moment.
    """
    return _held(key, (verb, verb), now, address, kind)


def _held(
    login: str, verbs: tuple[str, str], now: datetime, address: str | None, kind: str = "person"
) -> datetime | None:
    tries = Entry.objects.filter(
        action__in=verbs, subject_kind=kind, subject_id=login[:60], at__gt=now - 2 * WAIT
    ).order_by("-number")
    failed: list[datetime] = []
    for action, outcome, at, origin in tries.values_list("action", "outcome", "at", "address"):
        here = address is None or origin == address
        if outcome == "done" and (here or action == verbs[1] != verbs[0]):
            break
        if outcome == "refused" and here and action == verbs[0]:
            failed.append(at)
        if len(failed) == MOST_FAILURES:
            break
    quick = len(failed) == MOST_FAILURES and failed[0] - failed[-1] < WAIT
    return failed[0] + WAIT if quick and now < failed[0] + WAIT else None


def guarded(person: Person) -> bool:
    """Whether this person needs a second factor here. A setting that is none of the three is taken for the strictest."""
    return settings.SECOND_FACTOR != "off" and (settings.SECOND_FACTOR != "admins" or person.role in GUARDED)


def factors(person: Person) -> list[Authenticator]:
    """The second factors of a person, recovery codes among them, the oldest first."""
    return list(Authenticator.objects.filter(user=person).order_by("pk"))


def has_factor(person: Person) -> bool:
    """Whether the person has a second factor; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user=person).exclude(type=RECOVERY).exists())


def newest(person: Person) -> Password | None:
    """The password that lets in now; None when none was set since passwords are kept."""
    return Password.objects.filter(person=person).first()


def stale(person: Person, now: datetime) -> bool:
    """Whether the password has to be changed before going on: set by somebody else, too old, or of unknown age."""
    if not person.has_usable_password():
        return person.must_change  # came in by the code that was printed for them
    kept = newest(person)
    return kept is None or kept.issued or kept.set_at < now - timedelta(days=settings.PASSWORD_DAYS)


def duties(person: Person, now: datetime, *, by_password: bool) -> list[str]:
    """What somebody who came in does before anything else: the names of pages, none for nothing.

    Args:
        person: who came in.
        now: the moment.
        by_password: whether they came by a password of ours; single sign-on keeps its own.
    """
    owed = ["own_password"] if by_password and stale(person, now) else []
    return [*owed, "own_second"] if guarded(person) and not has_factor(person) else owed


def devices(logins: Iterable[str]) -> list[Device]:
    """Where these people are signed in, the newest first; sessions that ended by themselves are left out."""
    found = UserSession.objects.filter(user__username__in=list(logins)).select_related("user").order_by("-created_at")
    rows = list(found)
    keys = [one.session_key for one in rows]
    alive = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    open_keys = set(alive.values_list("session_key", flat=True))
    return [
        Device(
            one.pk,
            one.user.get_username(),
            str(one.user),
            one.created_at,
            one.ip,
            browser_of(one.user_agent),
            one.session_key,
        )
        for one in rows
        if one.session_key in open_keys
    ]


_BROWSERS = (
    ("Edg", "Edge"),
    ("QIHU", "360"),
    ("360SE", "360"),
    ("QAX", "奇安信"),
    ("Firefox", "Firefox"),
    ("OPR", "Opera"),
    ("Chrom", "Chromium"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(told: str) -> str:
    """A browser and its system as a person says it, out of what the browser says of itself."""
    browser = next((name for sign, name in _BROWSERS if sign in told), "")
    system = next((name for sign, name in _SYSTEMS if sign in told), "")
    return " · ".join(part for part in (browser, system) if part) or told[:40]


def entrants(words: str = "", most: int = 200) -> list[Person]:
    """People by login or name, with `passkeys` and `codes` of theirs counted, `password_at` beside them."""
    found = Person.objects.order_by("username")
    if words:
        found = found.filter(Q(username__contains=words) | Q(name__contains=words))
    apart = Count("authenticator", filter=~Q(authenticator__type=RECOVERY), distinct=True)
    return list(found.annotate(second=apart)[:most])


def passwords_of(people: Iterable[Person]) -> dict[int, Password]:
    """The password that lets in now, by person."""
    told: dict[int, Password] = {}
    for one in Password.objects.filter(person__in=[person.pk for person in people]).order_by("id"):
        told[one.person_id] = one
    return told
