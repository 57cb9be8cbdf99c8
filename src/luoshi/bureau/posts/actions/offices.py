"""科室 and 股室: their duties, points and leaders change by dated acts with a reason; what was before stays readable."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Division, Office
from luoshi.bureau.people.rights import foreign, require
from luoshi.bureau.posts.models import CountyOffice, OfficeChange, Post
from luoshi.bureau.posts.queries import held
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

LABELS = {
    "name": gettext_noop("名称"),
    "duties": gettext_noop("职责和关键词"),
    "leads": gettext_noop("牵头条目"),
    "leader": gettext_noop("分管局领导"),
}
_LONGEST = {"name": 60, "leader": 60}
_MOST_WORDS, _WORD = 60, 30


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """What an office is to say of itself."""

    name: str
    duties: tuple[str, ...]
    """Words that route a sentence here."""
    leads: tuple[str, ...]
    """Numbers of points."""
    leader: str


def amend_office(actor: Actor, code: str, told: OfficeWords, since: date, reason: str, on: date) -> OfficeChange:
    """Change what an office says, from today on for new work; what was routed before stays where it is.

    Args:
        actor: who.
        code: of the office.
        told: what it is to say.
        since: the day of the decision, not after today.
        reason: the document or decision.
        on: today.

    Raises:
        RefusedError: no right, no such office, nothing changes, no reason, a day to come, or too long.
    """
    with act(actor, "posts.office", "office", code) as note:
        require(actor, "offices")
        office = Office.objects.select_for_update().filter(code=code).first()
        if office is None:
            raise RefusedError(Finding("科室", f"没有科室 {code[:20]}", "只能修改科室表里的科室", "请刷新页面"))
        note.title, note.reason = office.name, reason.strip()[:300]
        values: dict[str, object] = {"name": told.name.strip(), "leader": told.leader.strip()}
        values |= {"duties": list(dict.fromkeys(told.duties)), "leads": list(dict.fromkeys(told.leads))}
        before = {key: getattr(office, key) for key in LABELS}
        changed = [key for key in LABELS if values[key] != before[key]]
        _refuse_change(office, values, changed, note.reason, since, on)
        for key in changed:
            setattr(office, key, values[key])
        office.save(update_fields=changed)
        kept = OfficeChange(city_id=office.city_id, code=code, on=since, reason=note.reason, by=actor.name)
        kept.before, kept.after = ({key: told[key] for key in changed} for told in (before, values))
        kept.save()
        note.detail = {"自": since, **{LABELS[key]: [before[key], values[key]] for key in changed}}
    return kept


def _refuse_change(
    office: Office, values: dict[str, object], changed: list[str], reason: str, since: date, on: date
) -> None:
    wrong = list[Finding]()
    long = [LABELS[key] for key, most in _LONGEST.items() if len(str(values[key])) > most]
    lists = [LABELS[key] for key in ("duties", "leads") if _too_long(values[key])]
    if not values["name"]:
        wrong.append(Finding(office.name, "没有写名称", "科室须有名称", "请填写"))
    if long or lists:
        rule = f"名称、领导各不超过60个字；职责至多{_MOST_WORDS}个词，每词不超过{_WORD}个字"
        wrong.append(Finding(office.name, f"{'、'.join(long + lists)}太长", rule, "请写短些"))
    if not changed:
        wrong.append(Finding(office.name, "没有改动", "改了才登记", "无须办理"))
    if not reason:
        wrong.append(Finding(office.name, "没有写依据", "科室变动须写明依据", "请写明文件或会议"))
    if since > on:
        wrong.append(Finding(office.name, f"日期 {since} 还没有到", "到那天再登记，以免台账先变", "请改日期"))
    if wrong:
        raise RefusedError(*wrong)


def _too_long(words: object) -> bool:
    told = list(words) if isinstance(words, list) else []
    return len(told) > _MOST_WORDS or any(len(one) > _WORD for one in told)


@dataclass(frozen=True, slots=True)
class Section:
    """A 股室 as its county writes it."""

    name: str
    duties: tuple[str, ...] = ()
    head: str = ""
    phone: str = ""
    until: date | None = None
    """The last day it stands."""


def amend_county_office(
    actor: Actor, city: City, division: str, number: int, told: Section, reason: str, on: date
) -> CountyOffice:
    """Add a 股室 of a county or change one; by the county's own contact, or the administrator.

    Args:
        actor: who.
        city: of the house.
        division: code of the county.
        number: of the 股室; 0 adds one.
        told: what it is to say.
        reason: the document or decision.
        on: today.

    Raises:
        RefusedError: another county's, somebody of a 股室, no name, no reason, or the name is taken.
    """
    with act(actor, "posts.county_office", "county_office", number or "", told.name) as note:
        refuse_other_county(actor, division, on)
        note.reason = reason.strip()[:300]
        found = CountyOffice.objects.select_for_update().filter(pk=number, division=division).first()
        if number and found is None:
            raise RefusedError(Finding("股室", "没有这个股室", "只能修改本单位的股室", "请刷新页面"))
        _refuse_section(division, number, told, note.reason)
        kept = found or CountyOffice(city=city, division=division)
        before = {"名称": kept.name, "职责": kept.duties, "负责人": kept.head, "止": kept.until} if found else {}
        kept.name, kept.duties, kept.head = told.name.strip(), list(told.duties), told.head.strip()
        kept.phone, kept.until = told.phone.strip(), told.until
        kept.save()
        after = {"名称": kept.name, "职责": kept.duties, "负责人": kept.head, "止": kept.until}
        note.id, note.title, note.detail = str(kept.pk), kept.name, {"改前": before, "改后": after}
    return kept


def refuse_other_county(actor: Actor, division: str, on: date) -> None:
    """A county's 股室 are minded by the county's own contact: somebody of it who belongs to no 股室.

    Raises:
        RefusedError: no right, another county's, or somebody of a 股室.
    """
    require(actor, "county_offices")
    if not Division.objects.filter(code=division).exists():
        raise RefusedError(Finding("股室", f"没有单位 {division[:20]}", "须为单位表里的单位", "请刷新页面"))
    if foreign(actor, division):
        rule = "县(市、区)只设置本单位的股室"
        raise RefusedError(Finding("股室", "是别的县(市、区)的", rule, "请看本单位的股室"))
    mine = Post.objects.filter(held(on), person__username=actor.login, role="county", stands_for=None)
    if actor.role == "county" and mine.exists() and not mine.filter(section=None).exists():
        rule = "由本单位的联络员设置，股室人员不设置"
        raise RefusedError(Finding("股室", f"{actor.name}属于一个股室", rule, "请交本单位联络员办理"))


def _refuse_section(division: str, number: int, told: Section, reason: str) -> None:
    wrong = list[Finding]()
    name = told.name.strip()
    if not name or max(len(name), len(told.head), len(told.phone)) > _LONGEST["name"]:
        wrong.append(Finding("股室", "没有写名称，或有一格太长", "名称必填，每格不超过60个字", "请改正"))
    if _too_long(list(told.duties)):
        wrong.append(Finding(name, "职责太长", f"至多{_MOST_WORDS}个词，每词不超过{_WORD}个字", "请写短些"))
    if not reason:
        wrong.append(Finding(name, "没有写依据", "股室变动须写明依据", "请写明文件或会议"))
    if CountyOffice.objects.filter(division=division, name=name).exclude(pk=number).exists():
        wrong.append(Finding(name, "已有同名股室", "一个单位里股室不同名", "请改名称"))
    if wrong:
        raise RefusedError(*wrong)
