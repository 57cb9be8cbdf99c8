"""Which lists keep somebody from something, and which offices may ask."""

from luoshi.bureau.cases.known import lists
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Office
from luoshi.handling.registers import Register

DUTIES = ("师德", "职称", "教师资格")
"""An office one of whose duties speaks of one of these may ask."""


def barring_lists() -> list[type[Register]]:
    """The lists that keep anybody from anything."""
    return [one for one in lists().values() if one.bars]


def may_ask(actor: Actor, city: City) -> bool:
    """Whether somebody's office is one that may ask: every office but a section's is."""
    if actor.role != "section":
        return True
    duties = Office.objects.filter(city=city, code=actor.office).values_list("duties", flat=True).first() or []
    return any(word in duty for duty in duties for word in DUTIES)
