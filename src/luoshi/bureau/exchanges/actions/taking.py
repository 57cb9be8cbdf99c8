"""A county's house takes what comes from the city: a newer 下发包, or the 回执包 of what it sent."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from luoshi.bureau.agreements.models import Answer, Line
from luoshi.bureau.exchanges.actions.founding import stood, taken
from luoshi.bureau.exchanges.actions.holding import in_turn, refuse_house, refuse_key, refuse_stranger
from luoshi.bureau.exchanges.actions.landing import land, stand
from luoshi.bureau.exchanges.models import Package, Part
from luoshi.bureau.exchanges.parcels import Parcel, opened
from luoshi.bureau.exchanges.queries import key_of
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.reports.models import Passing, Report
from luoshi.bureau.returns.models import Step, Unit
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_REFUSED = Part.Outcome.REFUSED
_BY = "市回执"


def take(actor: Actor, city: City, content: bytes, name: str) -> Package:
    """A package of the city's. The same one again changes nothing.

    Args:
        actor: who brings it.
        city: of this house.
        content: the package.
        name: of the file.

    Raises:
        RefusedError: no right, altered, another county's, by another key, out of turn; nothing of it is taken then.
    """
    with act(actor, "exchanges.take", "exchange", city.county, name[:200]) as note:
        require(actor, "county_take")
        refuse_house(actor, city, county=True)
        held = City.objects.select_for_update().get(pk=city.pk)
        parcel = opened(content, name)
        refuse_stranger(actor, held, held.county, parcel, Package.Way.DOWN)
        refuse_key(actor, parcel, key_of(held, held.county), "市里")
        kind = Package.Kind(parcel.label.kind)
        note.title = f"第{parcel.label.number}号{kind.label}"
        came = in_turn(actor, held, held.county, parcel)
        if came is not None:
            note.detail = {"已收过": came.at}
            return came
        kept = taken(actor, held, parcel, content, name)
        note.id = str(kept.pk)
        if kind is Package.Kind.RECEIPT:
            _settle(actor, held, parcel.content, note)
        else:
            _land(actor, held, kept, parcel, note)
    return kept


def _land(actor: Actor, city: City, kept: Package, parcel: Parcel, note: Note) -> None:
    note.detail = dict(land(actor, city, parcel.content))
    city.refresh_from_db()
    note.detail["returns.Unit"] = stand(actor, city, kept, parcel.content)
    city.stands = stood(actor, city, parcel)
    city.save(update_fields=["stands"])


def _settle(actor: Actor, city: City, content: Mapping[str, Any], note: Note) -> None:
    """What became of each part; what was refused is open again here, with the reason."""
    of = Package.objects.filter(city=city, county=city.county, way=Package.Way.UP, number=content["of"]).first()
    if of is None or (of.file_id and of.digest != content["digest"]):
        what = f"这里没有它所回的第{content['of']}号上报包"
        raise RefusedError(Finding("回执包", what, "回执写明它回的是哪一个上报包", "请与市里核对，不要收"))
    parts = {one.key: one for one in of.parts.all()}
    settled = []
    for told in content["parts"]:
        part = parts.get(told["key"])
        if part is None:
            continue  # a house that was founded anew: what the old one sent is not in it
        part.outcome, part.findings = told["outcome"], told["findings"]
        settled.append(part)
        if told["outcome"] == _REFUSED:
            _open_again(actor, part)
    Part.objects.bulk_update(settled, ["outcome", "findings"], batch_size=500)
    of.state = Package.State.TAKEN
    of.save(update_fields=["state"])
    refused = [one.title for one in settled if one.outcome == _REFUSED]
    note.detail = {"上报包": of.number, "已收": len(settled) - len(refused), "未收": refused}


def _open_again(actor: Actor, part: Part) -> None:
    kind, _, rest = part.key.partition("/")
    why = "；".join(f"{what}（{rule}）。{remedy}" for _, what, rule, remedy in part.findings)[:500]
    if kind == "report":
        _open_report(actor, int(rest), why)
    elif kind == "return":
        _open_unit(actor, part.made, why)
    else:
        last = Answer.objects.filter(pk=int(rest)).values_list("line", flat=True)
        Line.objects.filter(pk__in=last, state__in=("agreed", "disputed")).update(state=Line.State.WAITING)


def _open_report(actor: Actor, number: int, why: str) -> None:  # noqa: ARG001
    found = Report.objects.filter(pk=number, stage__in=(Report.Stage.FILED, Report.Stage.NOTED)).first()
    if found is not None:
        Passing.objects.create(report=found, step=Passing.Step.BACK, words=why, by=_BY, by_login="")
        found.stage, found.version = Report.Stage.RETURNED, found.version + 1
        found.save(update_fields=["stage", "version"])


def _open_unit(actor: Actor, number: int, why: str) -> None:  # noqa: ARG001
    unit = Unit.objects.filter(pk=number, state=Unit.State.COUNTY).first()
    if unit is not None:
        unit.state, unit.version = Unit.State.RETURNED, unit.version + 1
        unit.save(update_fields=["state", "version"])
        Step.objects.create(
            unit=unit,
            filing_id=unit.filing_id,
            act="back",
            on=timezone.localdate(),
            by=_BY,
            reason=why,
            at=datetime.now(UTC),
        )
