"""The way up: 报出, 县级审核, 退回修改, and the signed sheet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from luoshi.bureau.fields import in_bulk
from luoshi.bureau.files.actions import keep_scan
from luoshi.bureau.jobs.actions import Letter, post
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.units.queries import schools_stood_for
from luoshi.bureau.returns.actions.holding import (
    LONGEST,
    MOST_SAID,
    moved,
    refuse_others,
    refuse_same_hand,
    refuse_shut,
    said,
    units_of,
    window_of,
)
from luoshi.bureau.returns.models import Explanation, Filing, Opinion, Unit, Window
from luoshi.bureau.returns.queries import current_explanations
from luoshi.bureau.returns.seeing import require
from luoshi.checking.windows import days_late
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.masking import masked_phone


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who answers for a return: 填表人, 统计负责人, 单位负责人, 联系电话, 报出日期."""

    filler: str
    statistician: str
    head: str
    phone: str
    reported: date


_NAME = 40
_LABELS = {"filler": "填表人", "statistician": "统计负责人", "head": "单位负责人", "phone": "联系电话"}


def hand_in(actor: Actor, window_id: int, seen: Mapping[str, int], names: Signatures, on: date) -> list[Unit]:
    """报出: from now on the county has it. The first day counts for punctuality.

    Args:
        actor: the county, the section, or the school itself.
        window_id: the window.
        seen: version of each unit by its code, as the page showed them.
        names: who answers for them.
        on: today.

    Raises:
        RefusedError: a must does not hold, a should has no 填写说明, a name is missing; each unit is named.
    """
    with act(actor, "returns.hand", "return_window", window_id) as note:
        window = window_of(actor, window_id, note)
        units = units_of(actor, window, seen)
        require(actor, "return_hand", window, units)
        refuse_others(actor, units, (Unit.State.IMPORTED, Unit.State.RETURNED), "导入后报出；已报出的不必再报")
        refuse_shut(actor, window, units)
        told = _named(actor, names, on)
        _refuse_unready(units)
        for unit in units:
            unit.state = Unit.State.HANDED
            if unit.handed_on is None:
                unit.handed_on, unit.late = on, days_late(window.due_school, on)
        filings = [one.filing for one in units if one.filing]
        for filing in filings:
            for field, words in told.items():
                setattr(filing, field, words)
            filing.reported = names.reported
        with in_bulk(filings, "phone"):
            Filing.objects.bulk_update(filings, [*told, "reported"], batch_size=400)
        moved(actor, units, "hand", on)
        said_of = {_LABELS[key]: words for key, words in (told | {"phone": masked_phone(told["phone"])}).items()}
        note.detail = {"单位": [one.code for one in units], **said_of}
    return units


def _named(actor: Actor, names: Signatures, on: date) -> dict[str, str]:
    told = {key: said(actor, "报出", getattr(names, key), label) for key, label in _LABELS.items()}
    long = [label for key, label in _LABELS.items() if len(told[key]) > _NAME]
    if long:
        raise RefusedError(Finding("报出", f"{'、'.join(long)}太长", "姓名、电话各不超过40个字", "请写得短些"))
    if names.reported > on:
        raise RefusedError(
            Finding("报出", f"报出日期 {names.reported.isoformat()} 还没有到", "报出日期不晚于今天", "请改正报出日期")
        )
    return told


def _refuse_unready(units: Collection[Unit]) -> None:
    """What has to be mended or explained first; a return that was sent back is changed before it goes up again."""
    wrong = list[Finding]()
    for unit in units:
        filing = unit.filing
        if filing is None:
            wrong.append(Finding(unit.label, "还没有导入", "导入后报出", "请先导入报表"))
        elif filing.stops:
            rule, remedy = "逻辑校验须全部通过", "请按核对结果改正后重新导入"
            wrong.append(Finding(unit.label, f"有 {filing.stops} 条逻辑校验没有通过", rule, remedy))
        elif filing.unexplained:
            rule, remedy = "经验校验须有填写说明", "请改正，或逐条写明情况"
            wrong.append(Finding(unit.label, f"有 {filing.unexplained} 条经验校验没有填写说明", rule, remedy))
    if wrong:
        raise RefusedError(*wrong[:MOST_SAID])


def check_county(actor: Actor, window_id: int, seen: Mapping[str, int], on: date) -> list[Unit]:
    """县级审核通过: explanations nobody judged are accepted with it; then the city has it.

    Raises:
        RefusedError: no right, not handed in, or an explanation was not accepted: then it is sent back.
    """
    with act(actor, "returns.check", "return_window", window_id) as note:
        window = window_of(actor, window_id, note)
        units = units_of(actor, window, seen)
        require(actor, "return_county", window, units)
        refuse_others(actor, units, (Unit.State.HANDED,), "县级审核已报出的报表")
        refuse_same_hand(actor, units, ("hand",), "county")
        refuse_shut(actor, window, units)
        accept_explanations(actor, units, Opinion.Level.COUNTY)
        for unit in units:
            unit.state = Unit.State.COUNTY
        moved(actor, units, "county", on)
        note.detail = {"单位": [one.code for one in units]}
    return units


def accept_explanations(actor: Actor, units: Collection[Unit], level: Opinion.Level) -> None:
    """Say of every explanation that counts and that this level has not judged that it is accepted."""
    wrong = [one for one in units if one.filing and one.filing.unexplained]
    if wrong:
        rule, remedy = "说明不认可的报表不能通过", "请退回修改，写明缺什么"
        raise RefusedError(*(Finding(one.label, "有填写说明没有认可", rule, remedy) for one in wrong[:MOST_SAID]))
    asking = [one for one in units if one.filing and one.filing.asks]
    if not asking:
        return
    now = datetime.now(UTC)
    waiting: list[Explanation] = [
        one for one in current_explanations(asking) if not any(said.level == level for said in one.opinions.all())
    ]
    accepted = Opinion.Outcome.ACCEPTED
    Opinion.objects.bulk_create(
        [Opinion(explanation=one, level=level, outcome=accepted, by=actor.name, at=now) for one in waiting],
        batch_size=400,
    )


def send_back(actor: Actor, window_id: int, seen: Mapping[str, int], reason: str, on: date) -> list[Unit]:
    """退回修改, with the reason: by the county what was handed in, by the city what the county passed too.

    Raises:
        RefusedError: no right, no reason, or nothing to send back.
    """
    with act(actor, "returns.back", "return_window", window_id) as note:
        window = window_of(actor, window_id, note)
        units = units_of(actor, window, seen)
        require(actor, "return_back", window, units)
        note.reason = said(actor, window.title, reason, "退回的理由")
        county = actor.role == "county"
        states = (Unit.State.HANDED,) if county else (Unit.State.HANDED, Unit.State.COUNTY)
        refuse_others(
            actor, units, states, "县级退回已报出的，市级退回已报出和县核的" if not county else "县级退回已报出的"
        )
        for unit in units:
            unit.state, unit.sent_back = Unit.State.RETURNED, unit.sent_back + 1
        moved(actor, units, "back", on, note.reason)
        _tell_schools(actor, window, units, note.reason)
        note.detail = {"单位": [one.code for one in units]}
    return units


def _tell_schools(actor: Actor, window: Window, units: Collection[Unit], reason: str) -> None:
    """Whoever acts for a school that has an account hears that its return came back, and why: two queries for all."""
    counties = {one.county for one in units}
    rows = Person.objects.filter(is_active=True, role="school", division__in=counties).order_by("username")
    people = list(rows.values_list("school", "username"))
    stood = schools_stood_for({school for school, _ in people}) if people else {}
    accounts = dict[str, list[str]]()
    for school, login in people:
        for code in stood[school]:
            accounts.setdefault(code, []).append(login)
    for one in units:
        for login in accounts.get(one.code, ()):
            key = f"returns/{one.pk}/back/{one.sent_back}/{login}"
            body = f"{actor.name}退回修改：{reason}"
            link = f"/returns/{window.pk}/units/{one.code}/"
            post(actor, Letter(key, "inbox", login, f"{window.title}被退回修改", body, link=link))


def sign(
    actor: Actor, window_id: int, code: str, version: int, scan: tuple[str, bytes], printed: str, on: date
) -> Filing:
    """上传签章件: the sheet that was printed, signed and stamped. The code at its foot says which rows it shows.

    Args:
        actor: whoever brings it.
        window_id: the window.
        code: of the unit.
        version: as the page showed it.
        scan: name and content, a pdf or picture.
        printed: 校验码, typed from the foot of the sheet.
        on: today.

    Raises:
        RefusedError: the code is not that of the newest try: its rows were changed after the sheet was printed.
    """
    with act(actor, "returns.sign", "return_unit", f"{window_id}/{code}") as note:
        window = window_of(actor, window_id, note)
        (unit,) = units_of(actor, window, {code: version})
        note.title = f"{window.title} {unit.label}"
        require(actor, "return_hand", window, [unit])
        filing = unit.filing
        typed = "".join(printed.split()).replace("-", "").lower()
        if filing is None or typed != filing.code:
            what = f"校验码“{printed.strip()[:20]}”与现在的数不符"
            rule = "签章件底部的校验码与系统里的行一致，签章才算数"
            raise RefusedError(Finding(unit.label, what, rule, "请核对校验码；数改过的，请重新打印、签章"))
        if filing.scan_id:
            rule = "一次报送一份签章件，不替换"
            raise RefusedError(Finding(unit.label, "已经有签章件", rule, "数改了会有新的一次报送，再上传新的"))
        filing.scan, filing.scan_by = keep_scan(actor, scan[1], scan[0][:LONGEST]), actor.name
        filing.save(update_fields=["scan", "scan_by"])
        moved(actor, [unit], "sign", on)
        note.detail = {"校验码": filing.printed, "签章件": filing.scan.digest if filing.scan else ""}
    return filing
