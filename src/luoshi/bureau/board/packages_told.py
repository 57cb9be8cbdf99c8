"""What the page 县级交换 shows: in the city's house every county, in a county's house its own."""

from dataclasses import dataclass, field

from django.utils import timezone

from luoshi.bureau.exchanges import queries
from luoshi.bureau.exchanges.models import Package
from luoshi.bureau.exchanges.parcels import fingerprint, known_key
from luoshi.bureau.exchanges.sending import Piece, pieces
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import answered, counties, names


@dataclass(frozen=True, slots=True)
class Line:
    """One county in the city's table."""

    code: str
    name: str
    down: Package | None
    up: Package | None
    fingerprint: str
    """Of the key its packages are known by; empty while none is registered."""


@dataclass(frozen=True, slots=True)
class Went:
    """One package with the name of its county."""

    package: Package
    county: str


@dataclass(frozen=True, slots=True)
class Told:
    """The whole page."""

    own: str
    """Fingerprint of this house's key; empty before anything was signed."""
    edition: bool
    """Whether this is a county's house."""
    theirs: str = ""
    """Of the city's key, in a county's house."""
    lines: list[Line] = field(default_factory=list)
    waiting: list[Piece] = field(default_factory=list)
    packages: list[Went] = field(default_factory=list)


def told(city: City, actor: Actor) -> Told:
    """Everything at a fixed number of queries, however many counties and packages there are."""
    named, key = names(city), known_key()
    own = fingerprint(key) if key else ""
    mine = answered(actor) if actor.role == "county" and not city.county else None
    went = [Went(one, named.get(one.county, one.county)) for one in queries.packages(city, mine)]
    if city.county:
        theirs = fingerprint(queries.key_of(city, city.county))
        return Told(own, edition=True, theirs=theirs, waiting=pieces(city), packages=went)
    newest, keys = queries.newest(city), queries.keys(city)
    lines = [
        Line(
            one.code,
            one.name,
            newest.get((one.code, "down")),
            newest.get((one.code, "up")),
            fingerprint(keys[one.code].key) if one.code in keys else "",
        )
        for one in counties(city, timezone.localdate())
        if mine is None or one.code in mine
    ]
    return Told(own, edition=False, lines=lines, packages=went)
