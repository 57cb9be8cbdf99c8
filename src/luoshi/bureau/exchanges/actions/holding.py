"""What every act on packages does first: the right house, the right county, the right key, the right place in the row."""

from django.utils import timezone

from luoshi.bureau.exchanges.models import Package
from luoshi.bureau.exchanges.parcels import Label, Parcel, fingerprint, own_key
from luoshi.bureau.exchanges.queries import last
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def refuse_house(actor: Actor, city: City, *, county: bool) -> None:  # noqa: ARG001 -- every function here is told who acts
    """Refuse what is for the other kind of house."""
    if bool(city.county) is county:
        return
    what = "这里是县级版" if city.county else "这里是市本级，不是县级版"
    rule = "下发包由市本级生成，上报包由县级版生成"
    raise RefusedError(Finding("交换包", what, rule, "请在另一级的系统里办理"))


def refuse_stranger(actor: Actor, city: City, county: str, parcel: Parcel, way: str) -> None:  # noqa: ARG001
    """Refuse a package of another city or county, or of the other way."""
    label = parcel.label
    if label.way != way:
        said = Package.Way(label.way).label if label.way in Package.Way.values else label.way
        rule = f"这里收{Package.Way(way).label}的包"
        raise RefusedError(Finding("交换包", f"这个包的方向是“{said}”", rule, "请选对文件，或拿到另一级去收"))
    if label.city != city.key or (county and label.county != county):
        what = f"这个包是 {label.city} {label.county} 的"
        rule = f"这里只收 {city.key} {county} 的包"
        raise RefusedError(Finding("交换包", what, rule, "请把它交给所写的县(市、区)"))


def refuse_key(actor: Actor, parcel: Parcel, known: str, who: str) -> None:  # noqa: ARG001
    """Refuse what another key has signed."""
    if parcel.label.key == known:
        return
    came = fingerprint(parcel.label.key)
    what = f"签名的公钥指纹是 {came}"
    if not known:
        remedy = f"请与{who}通话核对指纹，一致的，登记这把公钥后再收"
        raise RefusedError(Finding("交换包", what, f"还没有登记{who}的公钥，不知道是谁签的", remedy))
    rule = f"只收{who}已核对的公钥 {fingerprint(known)} 签名的包"
    raise RefusedError(Finding("交换包", what, rule, f"请与{who}通话核对：换过密钥的重新登记，没有换过的不要收"))


def in_turn(actor: Actor, city: City, county: str, parcel: Parcel) -> Package | None:  # noqa: ARG001
    """The same package where it came before; None where it is the next one.

    Raises:
        RefusedError: another one has its number, one in between is missing, or it follows another one than the last.
    """
    label = parcel.label
    came = Package.objects.filter(city=city, county=county, way=label.way, number=label.number).first()
    where = f"第{label.number}号包"
    if came is not None:
        if came.digest == parcel.digest:
            return came
        rule = "一个号只有一个包"
        raise RefusedError(Finding(where, "这个号已经收过内容不同的包", rule, "请与对方核对是哪一个，不要收"))
    before = last(city, county, label.way)
    number, digest = (before.number, before.digest) if before else (0, "")
    if label.number != number + 1:
        what = f"上一个收的是第{number}号" if number else "还没有收过第1号"
        missing = f"缺第{number + 1}号" if label.number > number else "已经收过更新的"
        rule = "包须一个接一个按号收"
        raise RefusedError(Finding(where, f"{what}，{missing}", rule, f"请先收第{number + 1}号；对方可以再下载一次"))
    if label.previous != digest:
        rule = "每个包写明它前一个包的摘要"
        raise RefusedError(Finding(where, f"它接的不是这里的第{number}号", rule, "请与对方核对，不要收"))
    return None


def labelled(actor: Actor, city: City, county: str, way: str, kind: str) -> Label:
    """What the next package of a way is to say of itself; called with the city's row held."""
    before = last(city, county, way)
    number, previous = (before.number + 1, before.digest) if before else (1, "")
    made = timezone.localtime().isoformat(timespec="seconds")
    return Label(city.key, county, way, kind, number, previous, made, actor.name, own_key())
