"""下发包: what one county is told, signed by the city, on its way as a file."""

from collections.abc import Mapping

from luoshi.bureau.exchanges.actions.holding import labelled, refuse_house
from luoshi.bureau.exchanges.gathering import snapshot
from luoshi.bureau.exchanges.models import Package
from luoshi.bureau.exchanges.parcels import Label, fingerprint, own_key, packed
from luoshi.bureau.files.actions import keep
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Division
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units.queries import name_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

ZIP = "application/zip"
_ASKED = {
    "reports.Call": "待答复的事项",
    "ledger.Commitment": "有关的督查事项",
    "agreements.Line": "对数的数",
    "returns.Window": "报表期次",
    "people.Institution": "学校（机构）",
}


def pack(actor: Actor, city: City, county: str) -> Package:
    """The next 下发包 of a county: all its house stands on, of its own subtree.

    Raises:
        RefusedError: no right, this is a county's house, or there is no such county.
    """
    with act(actor, "exchanges.pack", "exchange", county) as note:
        require(actor, "county_pack")
        refuse_house(actor, city, county=False)
        held = City.objects.select_for_update().get(pk=city.pk)  # two packages of one county get two numbers
        known(actor, held, county)
        told = snapshot(held, county)
        label = labelled(actor, held, county, Package.Way.DOWN, Package.Kind.ISSUE)
        kept = keep_package(actor, held, label, told, {})
        note.id, note.title = str(kept.pk), f"{name_of(held, county)} 第{label.number}号下发包"
        counted = {said: len(told["tables"][name]) for name, said in _ASKED.items()}
        note.detail = {"摘要": kept.digest, **counted, "公钥指纹": fingerprint(label.key)}
    return kept


def known(actor: Actor, city: City, county: str) -> None:  # noqa: ARG001 -- every function of actions is told who acts
    """Refuse what is no county of today.

    Raises:
        RefusedError: it is not there.
    """
    if not Division.objects.filter(city=city, code=county).exists():
        what = f"没有代码为“{county[:20]}”的县(市、区)"
        raise RefusedError(Finding("县(市、区)", what, "只为现有的单位生成包", "请从列表里选"))


def keep_package(
    actor: Actor, city: City, label: Label, content: Mapping[str, object], files: Mapping[str, bytes]
) -> Package:
    """Put it together, keep the file and the row; inside the act that makes it."""
    whole, digest = packed(label, content, files)
    name = f"{label.county}-{Package.Kind(label.kind).label}-{label.number:04}.zip"
    return Package.objects.create(
        city=city,
        county=label.county,
        way=label.way,
        kind=label.kind,
        number=label.number,
        digest=digest,
        file=keep(actor, whole, name, ZIP),
        state=Package.State.MADE,
        by=actor.name,
    )


def own_fingerprint(actor: Actor) -> str:  # noqa: ARG001
    """This house's own, to be read out; its key is made where there is none."""
    return fingerprint(own_key())
