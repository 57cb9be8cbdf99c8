"""The city takes a 上报包: each part becomes the acts it would have been on line, and is taken, there already, or refused by itself.

A package is entered first, then its parts one by one, each in a transaction with what it did. Whoever is killed in between leaves
whole parts; taking the same package again goes on with those that are left, and the receipt is made once, with the last.
"""

from collections.abc import Callable, Mapping
from typing import Any

from luoshi.bureau.exchanges.actions.holding import in_turn, labelled, refuse_house, refuse_key, refuse_stranger
from luoshi.bureau.exchanges.actions.packing import ZIP, keep_package, known
from luoshi.bureau.exchanges.actions.parts import Basket, Hands, take_part
from luoshi.bureau.exchanges.models import Package, Part
from luoshi.bureau.exchanges.parcels import Parcel, opened
from luoshi.bureau.exchanges.queries import key_of
from luoshi.bureau.files.actions import keep
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units.queries import name_of
from luoshi.words.errors import RefusedError

_UP = Package.Way.UP


def _silent() -> None:
    """Nobody listens."""


def take_up(actor: Actor, city: City, content: bytes, name: str, reached: Callable[[], None] = _silent) -> Package:
    """A county's package, whole; the same one again changes nothing.

    Args:
        actor: who brings it.
        city: whose house.
        content: the package.
        name: of the file.
        reached: called between two parts.

    Returns:
        The package with its parts; its receipt is the newest package of the other way.

    Raises:
        RefusedError: no right, altered, another city's, by a key nobody registered, or out of turn: then nothing of it is taken.
    """
    kept, parcel = _receive(actor, city, content, name)
    if kept.state == Package.State.TAKEN:
        return kept
    basket, done = Basket(), set(kept.parts.values_list("key", flat=True))
    for told in parcel.content["parts"]:
        if told["key"] not in done:
            _part(actor, kept, parcel, told, basket)
            reached()
    return _receipt(actor, city, kept)


def _receive(actor: Actor, city: City, content: bytes, name: str) -> tuple[Package, Parcel]:
    with act(actor, "exchanges.receive", "exchange", "", name[:200]) as note:
        require(actor, "county_pack")
        refuse_house(actor, city, county=False)
        held = City.objects.select_for_update().get(pk=city.pk)
        parcel = opened(content, name)
        label = parcel.label
        refuse_stranger(actor, held, "", parcel, _UP)
        known(actor, held, label.county)
        county = name_of(held, label.county)
        note.title = f"{county} 第{label.number}号上报包"
        refuse_key(actor, parcel, key_of(held, label.county), county)
        came = in_turn(actor, held, label.county, parcel)
        kept = came or Package.objects.create(
            city=held, county=label.county, way=_UP, kind=Package.Kind.ANSWERS, number=label.number,
            digest=parcel.digest, file=keep(actor, content, name, ZIP), state=Package.State.TAKING, by=actor.name,
        )  # fmt: skip
        note.id = str(kept.pk)
        note.detail = {
            "件数": len(parcel.content["parts"]),
            "摘要": parcel.digest,
            "收过": kept.get_state_display() if came else "",
        }
    return kept, parcel


def _part(actor: Actor, kept: Package, parcel: Parcel, told: Mapping[str, Any], basket: Basket) -> None:
    """One part, whole or not at all; why it was refused is kept beside those that were not."""
    title = str(told["title"])[:300]
    hands = Hands(kept.city_id, kept.county, f"上报包 第{kept.number}号")
    try:
        with act(actor, "exchanges.part", "exchange", kept.pk, title) as note:
            Package.objects.select_for_update().get(pk=kept.pk)
            if kept.parts.filter(key=told["key"]).exists():
                return  # another process was quicker
            arrived = take_part(actor, hands, told, parcel.files, basket)
            outcome = Part.Outcome.THERE if arrived.there else Part.Outcome.TAKEN
            Part.objects.create(package=kept, key=told["key"], title=title, outcome=outcome, made=arrived.made)
            note.detail = {"结果": outcome.label}
    except RefusedError as refusal:
        _refused(actor, kept, told, refusal)


def _refused(actor: Actor, kept: Package, told: Mapping[str, Any], refusal: RefusedError) -> None:
    findings = [[one.where, one.what, one.rule, one.remedy] for one in refusal.findings]
    title = str(told["title"])[:300]
    with act(actor, "exchanges.part_refused", "exchange", kept.pk, title) as note:
        Part.objects.create(package=kept, key=told["key"], title=title, outcome=Part.Outcome.REFUSED, findings=findings)
        note.reason = "\n".join(str(one) for one in refusal.findings)


def _receipt(actor: Actor, city: City, kept: Package) -> Package:
    """回执包: what became of every part, as the next package down; made once."""
    with act(actor, "exchanges.receipt", "exchange", kept.pk) as note:
        held = City.objects.select_for_update().get(pk=city.pk)
        kept.refresh_from_db()
        parts = list(kept.parts.all())
        note.title = f"{name_of(held, kept.county)} 第{kept.number}号上报包的回执"
        if kept.state == Package.State.TAKEN:
            return kept
        label = labelled(actor, held, kept.county, Package.Way.DOWN, Package.Kind.RECEIPT)
        columns = ("key", "outcome", "findings")
        told = {
            "of": kept.number,
            "digest": kept.digest,
            "parts": [{name: getattr(one, name) for name in columns} for one in parts],
        }
        keep_package(actor, held, label, told, {})
        kept.state = Package.State.TAKEN
        kept.save(update_fields=["state"])
        counted = {str(one.label): sum(part.outcome == one for part in parts) for one in Part.Outcome}
        note.detail = {"回执": label.number, **{name: many for name, many in counted.items() if many}}
    return kept
