"""People judge the items of a checklist that rows cannot tell. A judgement is never changed; a later one stands beside it."""

from dataclasses import dataclass

from django.utils import timezone

from luoshi.bureau.indicators.models import Judgement
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.declared.checklists import CHECKLISTS
from luoshi.words.checklists import ChecklistItem, Holds
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

WHOLE = "city"
"""Stands for the city as a whole where a county's code would stand."""
_LONGEST = 600
_YEARS = range(1990, 2101)
_MAY = (Holds.YES, Holds.NO, Holds.PEOPLE)


@dataclass(frozen=True, slots=True)
class Place:
    """Which item, of whom, when."""

    checklist: str
    item: str
    county: str
    """Code; "city" for the city as a whole."""
    year: int


def judge_item(actor: Actor, city: City, place: Place, verdict: Holds, words: str, seen: int = 0) -> Judgement:
    """Record what people judged of one item, with what they looked at.

    Args:
        actor: who judged.
        city: whose.
        place: which item, of which county, in which year.
        verdict: YES, NO, or PEOPLE to open it again.
        words: the evidence.
        seen: key of the judgement that was shown; 0 for none.

    Raises:
        RefusedError: no right; an item figures decide alone; no evidence; or somebody judged it meanwhile.
    """
    title = f"{place.checklist} {place.item} {place.county} {place.year}"
    with act(actor, "indicators.judge_item", "checklist", place.checklist, title) as note:
        require(actor, "judge_checklist")
        item = _item(city, place)
        words = _written(item, verdict, words)
        City.objects.select_for_update().get(pk=city.pk)  # two who judge come one after the other
        _refuse_stale(city, place, item, seen)
        row = Judgement(city=city, checklist=place.checklist, item=place.item, county=place.county, year=place.year)
        row.verdict, row.words, row.by, row.at = verdict.value, words, actor.name, timezone.now()
        row.save()
        note.detail = {"单位": place.county, "年份": place.year, "条目": f"{item.key} {item.label}"}
        note.detail |= {"结论": verdict.label, "依据": words}
    return row


def _item(city: City, place: Place) -> ChecklistItem:
    """The item, where people may judge it.

    Raises:
        RefusedError: no such item or division, or figures decide alone.
    """
    listed = CHECKLISTS[place.checklist].items if place.checklist in CHECKLISTS else ()
    item = next((one for one in listed if one.key == place.item), None)
    where = f"清单 {place.checklist} {place.item}"
    known = place.county == WHOLE or city.divisions.filter(code=place.county).exclude(kind="city").exists()
    if item is None or not known or place.year not in _YEARS:
        raise RefusedError(Finding(where, "没有这一条、这个单位或这一年", "只核定清单里的条目", "请从清单页进入"))
    if not item.people:
        rule = "由数据判断的条目不由人改"
        raise RefusedError(Finding(f"{item.key} {item.label}", "这一条只看数据", rule, "数有错的，请更正报表后重算"))
    return item


def _written(item: ChecklistItem, verdict: Holds, words: str) -> str:
    where, words = f"{item.key} {item.label}", words.strip()
    if verdict not in _MAY:
        raise RefusedError(Finding(where, "没有选结论", "结论为达标、未达标或重新待核", "请选一项"))
    if not words:
        raise RefusedError(Finding(where, "没有写依据", "核定须写明看了什么、说明什么", "请写佐证材料和核定意见"))
    if len(words) > _LONGEST:
        raise RefusedError(Finding(where, f"依据有{len(words)}字", f"至多{_LONGEST}字", "请写短些，材料另存佐证"))
    return words


def _refuse_stale(city: City, place: Place, item: ChecklistItem, seen: int) -> None:
    asked = {"checklist": place.checklist, "item": place.item, "county": place.county, "year": place.year}
    last = Judgement.objects.filter(city=city, **asked).order_by("-pk").first()
    if last is not None and last.pk != seen:
        what = f"{last.by}已核定为{Holds(last.verdict).label}"
        rule = "核定前须看过最近一次核定"
        raise RefusedError(Finding(f"{item.key} {item.label}", what, rule, "请看过页面上现在的核定后再办"))
