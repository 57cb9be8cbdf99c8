"""Keeping a bureau's approved boundaries in the folder of the house, and taking them away; nothing of them is in the program."""

import json
from dataclasses import asdict

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units.boundaries.queries import place
from luoshi.bureau.people.units.queries import names
from luoshi.reading.units.boundaries import Boundaries, read_boundaries
from luoshi.words.provenance import digest


def load_boundaries(actor: Actor, city: City, content: bytes, number: str) -> Boundaries:
    """Outlines of the counties with their 审图号, instead of those there were.

    Raises:
        RefusedError: no right, no 审图号, no GeoJSON, or an outline of nobody.
    """
    with act(actor, "people.boundaries", "city", city.pk, city.name) as note:
        require(actor, "units")
        told = read_boundaries(content, number, {name: code for code, name in names(city).items()})
        written = place().with_suffix(".new")
        written.write_text(json.dumps(asdict(told), ensure_ascii=False), encoding="utf-8")
        written.replace(place())
        note.detail = {"审图号": told.number, "面": len(told.shapes), "摘要": digest(content)}
    return told
