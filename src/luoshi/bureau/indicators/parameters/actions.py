"""The bureau sets its own value of a parameter, or verifies a doubt. Nothing is overwritten: a later finding is another row."""

from datetime import date

from django.utils import timezone

from luoshi.bureau.indicators.models import Confirmation, OwnParameter
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.spine import Parameter
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.parameters import out_of_range, shown

_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
_LONGEST = 300


def set_own(actor: Actor, city: City, own: Parameter, reason: str) -> OwnParameter:
    """Set the bureau's own value of a declared parameter from a day on.

    Args:
        actor: who sets it.
        city: whose.
        own: the declared parameter with the bureau's value, first day and document.
        reason: why the bureau departs from the declared value.

    Raises:
        RefusedError: no right; a value out of its unit's range; a day nobody means; no document or reason; or a value was set
            from this day on already.
    """
    with act(actor, "indicators.parameter", "parameter", own.key, own.label) as note:
        require(actor, "parameter")
        _refuse_odd(own)
        source, reason = _written(own, "依据", own.source), _written(own, "理由", reason)
        City.objects.select_for_update().get(pk=city.pk)  # two who set a value come one after the other
        kept = OwnParameter.objects.filter(city=city, key=own.key, begun=own.begun).first()
        if kept is not None:
            _refuse_again(own, kept)
        row = OwnParameter(city=city, key=own.key, value=own.value, begun=own.begun, source=source, reason=reason)
        row.by, row.at = actor.name, timezone.now()
        row.save()
        note.detail = {"值": shown(own.value, own.unit), "起用日": own.begun, "依据": source, "理由": reason}
    return row


def confirm(actor: Actor, city: City, declared: Parameter, source: str, words: str = "") -> Confirmation:
    """Note that the doubt of a declared value was verified on a document.

    Args:
        actor: who verified it.
        city: whose.
        declared: the declared value with its doubt.
        source: the document it was verified on.
        words: what was found; may be empty.

    Raises:
        RefusedError: no right, no doubt to verify, or no document.
    """
    with act(actor, "indicators.confirm", "parameter", declared.key, declared.label) as note:
        require(actor, "parameter")
        if not declared.doubt:
            what, rule = "这个值没有存疑", "只核实写明了存疑的值"
            raise RefusedError(Finding(f"参数 {declared.label}", what, rule, "无须办理"))
        source = _written(declared, "核实依据", source)
        row = Confirmation(
            city=city, key=declared.key, begun=declared.begun, region=declared.region, doubt=declared.doubt
        )
        row.source, row.words, row.by, row.at = source, words.strip()[:_LONGEST], actor.name, timezone.now()
        row.save()
        value = shown(declared.value, declared.unit)
        note.detail = {
            "值": f"{value}，{declared.begun} 起",
            "存疑": declared.doubt,
            "核实依据": source,
            "说明": row.words,
        }
    return row


def _refuse_odd(own: Parameter) -> None:
    where = f"参数 {own.label}"
    if rule := out_of_range(own.value, own.unit):
        raise RefusedError(Finding(where, f"值是 {own.value}", rule, f"请改正，单位是{own.unit or '无'}"))
    if not _FIRST <= own.begun <= _LAST:
        raise RefusedError(Finding(where, f"起用日是 {own.begun}", f"起用日为{_FIRST}至{_LAST}", "请写有效的日期"))


def _written(one: Parameter, what: str, told: str) -> str:
    told = told.strip()
    if not told:
        raise RefusedError(
            Finding(f"参数 {one.label}", f"没有写{what}", "参数凭文件和理由设定，凭文件核实", f"请写明{what}")
        )
    if len(told) > _LONGEST:
        raise RefusedError(Finding(f"参数 {one.label}", f"{what}太长", f"至多{_LONGEST}字", f"请把{what}写短"))
    return told


def _refuse_again(own: Parameter, kept: OwnParameter) -> None:
    what = f"{own.begun} 起已设为 {shown(kept.value, own.unit)}（{kept.by or '建市时登记'}）"
    rule = "登记过的值不改，只由以后日期的值接替"
    raise RefusedError(Finding(f"参数 {own.label}", what, rule, "请另写一个更晚的起用日"))
