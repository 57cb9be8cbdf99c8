"""Who sees the rows of single schools: 教育部令第44号 art. 31, statistics and the section that needs them, and the county its own."""

from collections.abc import Collection

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.rights import answers, own_school, refused
from luoshi.bureau.returns.models import Unit, Window
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_INSIDE = ("supervisor", "section", "contact", "leader")


def barred(actor: Actor, window: Window, county: str = "", unit: str = "") -> Finding | None:
    """Why this person sees totals only; None when he sees the rows of this county, or of all when none is named.

    Args:
        actor: who looks.
        window: at what.
        county: code of the county.
        unit: code of the one unit that is looked at; a school sees its own and nothing where none is named.
    """
    if actor.role == "school":
        if unit and own_school(actor, unit):
            return None
        return Finding(window.title, f"{actor.name}只看本校的报表", "学校只办理本校的报表", "请从本校首页选本校的报表")
    if actor.role == "county":
        if county and answers(actor, county):
            return None
        return Finding(
            window.title, f"{actor.name}只看本县(市、区)的单位", "县(市、区)只办理本地的报表", "请选本县(市、区)"
        )
    if actor.role in _INSIDE and actor.office in {window.office, *window.readers}:
        return None
    return Finding(
        window.title,
        f"{actor.name or '未登录'}只看分县(市、区)的合计",
        "能识别单个填报单位的数据只在统计和用数科室内使用（教育部令第44号第三十一条）",
        "请用分县(市、区)合计；确需单个学校的数，请找主管统计的科室",
    )


def sees(actor: Actor, window: Window, county: str = "", unit: str = "") -> bool:
    """Whether he sees the rows of single units."""
    return barred(actor, window, county, unit) is None


def county_of(actor: Actor) -> str:
    """The county somebody is bound to; empty for the city."""
    return actor.division if actor.role == "county" else ""


def why_not(actor: Actor, act: str, window: Window, county: str = "", unit: str = "") -> Finding | None:
    """Why this person may not do it with units of this county, or with this unit; None when he may."""
    lead = window.office if actor.role in {"section", "contact"} else ""
    return refused(actor, act, lead=lead) or barred(actor, window, county, unit)


def require(actor: Actor, act: str, window: Window, units: Collection[Unit]) -> None:
    """Refuse unless the person may do it with every one of these units."""
    single = actor.role == "school"
    for county, unit in {(one.county, one.code if single else "") for one in units} or {("", "")}:
        finding = why_not(actor, act, window, county, unit)
        if finding:
            raise RefusedError(finding)
