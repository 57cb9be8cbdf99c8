"""上报包: what the county's people have answered since the last, signed by the county's house."""

from luoshi.bureau.exchanges.actions.holding import labelled, refuse_house
from luoshi.bureau.exchanges.actions.packing import keep_package
from luoshi.bureau.exchanges.models import Package, Part
from luoshi.bureau.exchanges.parcels import fingerprint
from luoshi.bureau.exchanges.sending import Piece, bytes_of, pieces
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.returns.models import Unit
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def send_up(actor: Actor, city: City) -> Package:
    """The next 上报包, with everything that waits.

    Raises:
        RefusedError: no right, this is the city's own house, or nothing waits.
    """
    with act(actor, "exchanges.send", "exchange", city.county) as note:
        require(actor, "county_send")
        refuse_house(actor, city, county=True)
        held = City.objects.select_for_update().get(pk=city.pk)
        listed = pieces(held)
        if not listed:
            rule = "上报包装的是上次以后新办的：答复的进展、县核过的报表、对数的反馈"
            raise RefusedError(Finding("上报包", "没有要上报的", rule, "请先办完要报的，再生成"))
        label = labelled(actor, held, held.county, Package.Way.UP, Package.Kind.ANSWERS)
        told = {"parts": [{"key": one.key, "title": one.title, **one.told} for one in listed]}
        kept = keep_package(actor, held, label, told, bytes_of(listed))
        Part.objects.bulk_create([_part(kept, one) for one in listed], batch_size=500)
        note.id, note.title = str(kept.pk), f"第{label.number}号上报包"
        note.detail = {"摘要": kept.digest, "件数": len(listed), "公钥指纹": fingerprint(label.key)}
    return kept


def _part(kept: Package, one: Piece) -> Part:
    made = 0
    if one.key.startswith("return/"):
        _, window, code, *_rest = one.key.split("/")
        made = Unit.objects.filter(window=int(window), code=code).values_list("pk", flat=True).first() or 0
    return Part(package=kept, key=one.key, title=one.title, outcome=Part.Outcome.SENT, made=made)
