"""Packages read back: which are there, what became of their parts, by whose key they are known."""

from collections.abc import Collection

from django.db.models import Count, Prefetch, Q

from luoshi.bureau.exchanges.models import Package, Part, Peer
from luoshi.bureau.people.models import City

WAY = Package.Way


def last(city: City, county: str, way: str) -> Package | None:
    """The newest package of a way; None before the first."""
    return Package.objects.filter(city=city, county=county, way=way).order_by("-number").first()


def key_of(city: City, county: str) -> str:
    """The public key the other house is known by; empty where none is."""
    found = Peer.objects.filter(city=city, county=county).order_by("-pk").values_list("key", flat=True)
    return found.first() or ""


def keys(city: City) -> dict[str, Peer]:
    """By county the key it is known by: one query."""
    return {one.county: one for one in Peer.objects.filter(city=city).order_by("pk")}


def newest(city: City) -> dict[tuple[str, str], Package]:
    """By county and way the newest package: one query."""
    found = Package.objects.filter(city=city).order_by("number")
    return {(one.county, one.way): one for one in found}


def packages(city: City, counties: Collection[str] | None = None, most: int = 40) -> list[Package]:
    """The newest packages, each with how many of its parts ended how, and those that were refused: two queries.

    Args:
        city: whose house.
        counties: codes of those whose packages are wanted; all with None.
        most: how many.
    """
    found = Package.objects.filter(city=city).select_related("file")
    found = found if counties is None else found.filter(county__in=counties)
    counted = {f"many_{one.value}": Count("parts", filter=Q(parts__outcome=one)) for one in Part.Outcome}
    refused = Prefetch("parts", Part.objects.filter(outcome=Part.Outcome.REFUSED), to_attr="refused")
    return list(found.annotate(**counted).order_by("-pk").prefetch_related(refused)[:most])


def county_of(number: int) -> str:
    """The county of a package; empty for none."""
    return Package.objects.filter(pk=number).values_list("county", flat=True).first() or ""


def package(number: int) -> Package | None:
    """One with its file."""
    return Package.objects.select_related("file").filter(pk=number).first()


def gone_up(city: City, kind: str) -> set[str]:
    """Keys of what went up and was sent, whatever became of it: nothing of it goes a second time."""
    found = Part.objects.filter(package__city=city, package__way=WAY.UP, key__startswith=kind)
    return set(found.values_list("key", flat=True))


def waiting(city: City, kind: str) -> set[str]:
    """Keys of what went up and no receipt has come for."""
    found = Part.objects.filter(package__city=city, key__startswith=kind, outcome=Part.Outcome.SENT)
    return set(found.values_list("key", flat=True))
