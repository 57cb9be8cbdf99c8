"""县级版 is founded: the same city, one county's subtree of it, and the city's key pinned."""

from luoshi.bureau.exchanges.actions.holding import refuse_stranger
from luoshi.bureau.exchanges.actions.landing import land, stand
from luoshi.bureau.exchanges.actions.packing import ZIP
from luoshi.bureau.exchanges.models import Package, Peer
from luoshi.bureau.exchanges.parcels import Parcel, fingerprint, opened, own_key
from luoshi.bureau.files.actions import keep
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.actions import add_members
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units.queries import name_of
from luoshi.reading.city import Member
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_WAY = Package.Way


def found(actor: Actor, content: bytes, name: str, admin: tuple[str, str]) -> City:
    """A county's house from a 下发包; any number may be the first one, for a house that was lost is founded anew.

    Args:
        actor: the house itself.
        content: the package.
        name: of the file.
        admin: login and name of its system administrator.

    Raises:
        RefusedError: a city is there already, or it is no whole 下发包.
    """
    with act(actor, "exchanges.found", "exchange", "", name[:200]) as note:
        require(actor, "city")
        parcel = opened(content, name)
        label = parcel.label
        if label.kind != Package.Kind.ISSUE:
            what = "这是回执包" if label.kind == Package.Kind.RECEIPT else "这不是下发包"
            raise RefusedError(Finding(name, what, "县级版从市里的下发包建立", "请选下发包"))
        refuse_second(actor, parcel)
        changed = land(actor, None, parcel.content)
        city = City.objects.get(key=label.city)
        refuse_stranger(actor, city, label.county, parcel, _WAY.DOWN)
        city.county, city.stands = label.county, stood(actor, city, parcel)
        city.save(update_fields=["county", "stands"])
        Peer.objects.create(city=city, county=label.county, key=label.key, by=actor.name)
        kept = taken(actor, city, parcel, content, name)
        _go_on(actor, city, parcel)
        stand(actor, city, kept, parcel.content)
        _administrator(actor, admin)
        note.id, note.title = label.county, f"{city.name} {label.county} 县级版"
        note.detail = {
            "市的公钥指纹": fingerprint(label.key),
            "本县的公钥指纹": fingerprint(own_key()),
            "包号": label.number,
            **changed,
        }
    return city


def refuse_second(actor: Actor, parcel: Parcel) -> None:  # noqa: ARG001 -- every function of actions is told who acts
    """One house, one city.

    Raises:
        RefusedError: there is one.
    """
    there = City.objects.first()
    if there is not None:
        what = f"这里已经打开的是{there.name}"
        remedy = "要收新的下发包，请用“收包”；要另建，请另设数据文件夹（LUOSHI_HOME）"
        raise RefusedError(
            Finding(f"{parcel.label.city} {parcel.label.county}", what, "一个数据文件夹只放一个市", remedy)
        )


def stood(actor: Actor, city: City, parcel: Parcel) -> str:  # noqa: ARG001
    """Whose house it is and until which package it stands, for the banner."""
    county, told = name_of(city, parcel.label.county), parcel.label
    return f"{county}，依据{city.bureau}第{told.number}号下发包（{told.made[:10]}）"[:100]


def taken(actor: Actor, city: City, parcel: Parcel, content: bytes, name: str) -> Package:
    """The row of a package that came."""
    label = parcel.label
    return Package.objects.create(
        city=city,
        county=label.county,
        way=label.way,
        kind=label.kind,
        number=label.number,
        digest=parcel.digest,
        file=keep(actor, content, name, ZIP),
        state=Package.State.TAKEN,
        by=actor.name,
    )


def _go_on(actor: Actor, city: City, parcel: Parcel) -> None:
    """A house that is founded anew goes on counting where the city says the old one ended."""
    before = parcel.content["taken"]
    if before:
        told = {"number": before["number"], "digest": before["digest"], "by": actor.name, "state": Package.State.TAKEN}
        Package.objects.create(
            city=city, county=parcel.label.county, way=_WAY.UP, kind=Package.Kind.ANSWERS, file=None, **told
        )


def _administrator(actor: Actor, admin: tuple[str, str]) -> None:
    login, name = (one.strip() for one in admin)
    if not login or not name:
        raise RefusedError(Finding("系统管理员", "没有写账号或姓名", "县级版须有一位系统管理员", "请填写"))
    if Person.objects.filter(username=login).exists():
        what, rule = f"账号“{login[:40]}”是县里办事人员的", "系统管理员另用一个账号"
        raise RefusedError(Finding("系统管理员", what, rule, "请换一个账号"))
    add_members(actor, [Member(login[:150], name[:100], "admin", "", "")], demo=False)
