"""Who is there, and as whom they act."""

from dataclasses import replace

from django.http import HttpRequest

from luoshi.bureau.journal.actions import STANDS, Actor
from luoshi.bureau.people.models import ApiKey, City, Person, SpecialDay
from luoshi.words import calendars

_NAME = 28
"""Characters of each of two names: together they fit every column that keeps who signed."""


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
    hat = getattr(person, "hat", None)  # read with the person at the door
    several = hat is not None and len(getattr(person, "hats", ())) > 1
    told = Actor(
        person.username, person.name, person.role, person.office, person.division, address, school=person.school
    )
    if hat is None or not (hat.giver or several):
        return told
    if not hat.giver:
        return replace(told, post=hat.words)
    name = f"{person.name[:_NAME]}{STANDS}{hat.giver[:_NAME]}"
    return replace(told, name=name, post=hat.said, stands_for=hat.giver_login, acts=hat.acts)


def calendar_of(city: City) -> calendars.Calendar:
    """The office calendar of the city: the national one with its own days over it."""
    own = SpecialDay.objects.filter(city=city).values_list("day", "works", "name")
    return calendars.national().over(calendars.SpecialDay(*one) for one in own)


def keys_of(login: str = "") -> list[ApiKey]:
    """The keys of a person, the newest first; everybody's with ""."""
    found = ApiKey.objects.select_related("person")
    return list(found.filter(person__username=login) if login else found)
