"""Who is there, and as whom they act."""

from datetime import date

from django.http import HttpRequest

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import ApiKey, City, Person, SpecialDay
from luoshi.words import calendars
from luoshi.words.provenance import digest


def demo_people() -> list[Person]:
    """The people a visitor of the demo may be, in the order of their creation."""
    return list(Person.objects.filter(demo=True, is_active=True).order_by("id"))


def address_of(request: HttpRequest) -> str:
    """Where a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person as an actor."""
    person = request.user
    if not isinstance(person, Person):
        return Actor("", "未登录", "", address=address_of(request))
    return acting(person, address_of(request))


def acting(person: Person, address: str = "") -> Actor:
    """A person as an actor.

    Args:
        person: who acts.
        address: of the computer; empty where no request came.
    """
    return Actor(person.username, person.name, person.role, person.office, person.division, address)


def calendar_of(city: City) -> calendars.Calendar:
    """The office calendar of the city: the national one with its own days over it."""
    own = SpecialDay.objects.filter(city=city).values_list("day", "works", "name")
    return calendars.national().over(calendars.SpecialDay(*one) for one in own)


def keys_of(login: str = "") -> list[ApiKey]:
    """The keys of a person, the newest first; everybody's with ""."""
    found = ApiKey.objects.select_related("person")
    return list(found.filter(person__username=login) if login else found)


def bearer(secret: str, on: date) -> Person | None:
    """Whose key this is; None when it opens nothing on that day."""
    found = ApiKey.objects.filter(token=digest(secret.encode()), revoked_at=None, until__gte=on, person__is_active=True)
    kept = found.select_related("person").first()
    return kept.person if kept else None
