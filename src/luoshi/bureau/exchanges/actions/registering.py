"""登记公钥: a person says, by the fingerprint that was read out, whose key a county's packages are signed by."""

from luoshi.bureau.exchanges.actions.holding import refuse_house, refuse_stranger
from luoshi.bureau.exchanges.actions.packing import known
from luoshi.bureau.exchanges.models import Package, Peer
from luoshi.bureau.exchanges.parcels import fingerprint, opened
from luoshi.bureau.exchanges.queries import key_of
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units.queries import name_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def register(actor: Actor, city: City, content: bytes, name: str, said: str) -> Peer:
    """The key of a county's first package becomes the one its packages are known by.

    Args:
        actor: who compared it by voice.
        city: whose house.
        content: a package of the county's.
        name: of the file.
        said: the fingerprint as it was read out; spaces and capitals do not matter.

    Raises:
        RefusedError: no right, no package of a county of ours, another fingerprint, or the key is known already.
    """
    with act(actor, "exchanges.register", "exchange", "", name[:200]) as note:
        require(actor, "county_key")
        refuse_house(actor, city, county=False)
        parcel = opened(content, name)
        refuse_stranger(actor, city, "", parcel, Package.Way.UP)
        county, told = parcel.label.county, fingerprint(parcel.label.key)
        known(actor, city, county)
        note.id, note.title = county, f"{name_of(city, county)} 县级版公钥"
        if "".join(said.split()).lower() != told.replace(" ", ""):
            what = f"输入的指纹与包里公钥的不同（包里的是 {told}）"
            rule = "县里念出的指纹与包里公钥的一致才登记"
            raise RefusedError(Finding(name, what, rule, "请再与县里通话核对；不一致的不要登记"))
        before = key_of(city, county)
        if before == parcel.label.key:
            raise RefusedError(Finding(name, "这把公钥已经登记", "一把公钥登记一次", "可以直接收上报包"))
        note.changed("公钥指纹", fingerprint(before) if before else None, told)
        return Peer.objects.create(city=city, county=county, key=parcel.label.key, by=actor.name)
