"""A round is drafted, its missing figures are entered, it is sent out, it is closed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.agreements.actions.holding import NOBODY, held_round, refuse_stage, stepped
from luoshi.bureau.agreements.figures import typed
from luoshi.bureau.agreements.models import Line, Round, Sheet
from luoshi.bureau.agreements.printing import as_sent
from luoshi.bureau.agreements.queries import declared, label, offered, rated
from luoshi.bureau.indicators.actions import keep_figures
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.actions import Actor, Note, act
from luoshi.bureau.ledger.queries import KEYED
from luoshi.bureau.people.models import Division
from luoshi.bureau.people.rights import require
from luoshi.bureau.plans.models import Edition
from luoshi.spine import Measurement, Standing
from luoshi.tracking.agreeing import Amount
from luoshi.tracking.showing import value_with_unit
from luoshi.words.calendars import Calendar
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import Source, digest

SILENCE = "视为无异议"
"""What a notice must say for silence to count as agreement."""
MOST_DAYS = 30
_STAGE, _STATE = Round.Stage, Line.State


@dataclass(frozen=True, slots=True)
class Terms:
    """What a round is about and what the units are told."""

    title: str
    on: date
    """统计时点."""
    notice: str
    days: int
    """Working days to answer in."""
    silence: bool = False
    """逾期未反馈视为无异议: only where the notice says so in these words."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A reported figure that the house does not hold, as it was typed or pasted."""

    division: str
    indicator: str
    value: str
    numerator: str = ""
    denominator: str = ""
    reporter: str = ""
    """谁报的; empty is the unit itself."""


def open_round(
    actor: Actor, edition: Edition, terms: Terms, asked: Mapping[str, str], units: Sequence[str], opened: date
) -> Round:
    """A round in draft: a line for each figure and unit, filled with what the house holds of that 时点.

    Args:
        actor: who drafts it; a section asks only for figures it leads.
        edition: the plan.
        terms: title, 时点, notice, days.
        asked: 口径 by indicator; an empty 口径 is the declared one.
        units: codes of divisions; empty is all of them, 市直 among them.
        opened: the day.
    """
    with act(actor, "agreements.open", "plan", edition.pk, f"{edition.title} {terms.title}") as note:
        require(actor, "agree")
        leads = {one.key: one.lead for one in offered(edition)}
        _refuse_terms(terms)
        _refuse_asked(actor, asked, leads)
        listed = [one for one in edition.city.divisions.all() if one.kind != "city"]
        chosen = [one for one in listed if not units or one.code in units]
        if not chosen:
            raise RefusedError(Finding("单位", "没有选单位", "至少一个单位", "请勾选参加对数的单位"))
        told = Round.objects.create(
            edition=edition,
            title=terms.title.strip()[:200],
            on=terms.on,
            notice=terms.notice.strip(),
            silence=terms.silence,
            days=terms.days,
            opened=opened,
            by=actor.name,
        )
        _refuse_agreed(told, [*asked], [one.code for one in chosen])
        lines = list(_lines(told, asked, leads, chosen))
        Line.objects.bulk_create(lines)
        held = sum(one.figure is not None for one in lines)
        note.detail = {"指标": [label(key) for key in asked], "单位": len(chosen), "系统已有": held}
    return told


def _refuse_terms(terms: Terms) -> None:
    if not terms.title.strip() or not terms.notice.strip():
        raise RefusedError(Finding("对数", "没有写标题或通知", "标题和通知都要写", "请补上"))
    if not 1 <= terms.days <= MOST_DAYS:
        what = f"反馈期限是 {terms.days} 个工作日"
        raise RefusedError(Finding("反馈期限", what, f"1 至 {MOST_DAYS} 个工作日", "请改正"))
    if terms.silence and SILENCE not in terms.notice:
        rule = "逾期未反馈视为无异议，须在通知里写明"
        raise RefusedError(
            Finding("通知", f"通知里没有“{SILENCE}”", rule, f"请在通知里写“逾期未反馈的，{SILENCE}”，或不勾这一项")
        )
    if not terms.silence and SILENCE in terms.notice:
        rule = "通知怎么写，就怎么办"
        raise RefusedError(
            Finding("通知", f"通知里写了“{SILENCE}”，却没有勾选", rule, "请勾选这一项，或从通知里删去这句")
        )


def _refuse_asked(actor: Actor, asked: Mapping[str, str], leads: Mapping[str, str]) -> None:
    if not asked:
        raise RefusedError(Finding("指标", "没有选指标", "至少一个指标", "请勾选要核对的指标"))
    for key in asked:
        if key not in KEYED:
            raise RefusedError(Finding("指标", f"没有“{key[:40]}”这个指标", "须为已定义的指标", "请从列表中选"))
        require(actor, "agree", lead=leads.get(key) or NOBODY if actor.role == "section" else "")


def _refuse_agreed(of: Round, keys: Iterable[str], units: Iterable[str]) -> None:
    """The same figure is agreed once; what is to read otherwise afterwards is a 修订."""
    found = Line.objects.filter(
        round__edition_id=of.edition_id, on=of.on, indicator__in=keys, division__in=units
    ).exclude(round__stage=_STAGE.DRAFT)
    other = found.exclude(round=of).select_related("round").first()
    if other is not None:
        what = f"{label(other.indicator)}（时点 {of.on}）已在“{other.round.title}”对过"
        rule = "同一时点的同一个数只对一次"
        raise RefusedError(Finding("指标", what, rule, "要改请在那一轮里登记修订；或换指标、单位、时点"))


def _lines(of: Round, asked: Mapping[str, str], leads: Mapping[str, str], units: Sequence[Division]) -> Iterable[Line]:
    held = _held(of, asked, [one.code for one in units])
    for number, (key, definition) in enumerate(asked.items(), 1):
        for place, unit in enumerate(units, 1):
            line = Line(
                round=of,
                number=number,
                place=place,
                indicator=key,
                division=unit.code,
                lead=leads.get(key, ""),
                unit=KEYED[key].unit,
                definition=(definition.strip() or declared(key))[:300],
                on=of.on,
            )
            figure = held.get((key, unit.code))
            if figure is not None:
                _filled(line, figure, figure.source_title)
            yield line


def _held(of: Round, asked: Mapping[str, str], units: Sequence[str]) -> dict[tuple[str, str], Figure]:
    """What the units reported already for the 时点: by the asked 口径 where there is one, else what was known last."""
    found = Figure.objects.filter(
        city=of.edition.city, on=of.on, standing=Standing.REPORTED.value, division__in=units, indicator__in=asked
    )
    told: dict[tuple[str, str], Figure] = {}
    for one in found.order_by("known", "id"):
        key = (one.indicator, one.division)
        wanted = asked[one.indicator].strip() or declared(one.indicator)
        if key not in told or one.definition == wanted or told[key].definition != wanted:
            told[key] = one
    return told


def _filled(line: Line, figure: Figure, reporter: str) -> None:
    line.figure, line.reported_by = figure, reporter[:300]
    line.definition, line.unit = figure.definition, figure.unit
    line.reported_value = figure.value
    if rated(line.indicator, line.unit):
        line.reported_numerator, line.reported_denominator = figure.numerator, figure.denominator


def amend(actor: Actor, round_id: int, version: int, terms: Terms) -> Round:
    """Title, notice, days and silence of a draft; what was sent stays as it was sent."""
    with act(actor, "agreements.amend", "round", round_id) as note:
        found = held_round(actor, "agree", round_id, version, note)
        refuse_stage(actor, found, _STAGE.DRAFT, "改标题、通知、期限和视为无异议")
        _refuse_terms(terms)
        was = found.title, found.notice, found.days, found.silence
        found.title, found.notice = terms.title.strip()[:200], terms.notice.strip()
        found.days, found.silence = terms.days, terms.silence
        becomes = found.title, found.notice, found.days, found.silence
        for label, before, after in zip(("标题", "通知", "工作日", SILENCE), was, becomes, strict=True):
            note.changed(label, before, after)
        stepped(actor, found)
    return found


def enter(actor: Actor, round_id: int, version: int, entered: Sequence[Entered], on: date) -> int:
    """Reported figures the house does not hold yet: they enter it as 上报数, and the draft. How many.

    Nothing is kept unless all can be.

    Raises:
        RefusedError: with every finding at once, among them a figure that the house holds otherwise.
    """
    with act(actor, "agreements.enter", "round", round_id) as note:
        found = held_round(actor, "agree", round_id, version, note)
        refuse_stage(actor, found, _STAGE.DRAFT, "填上报数")
        lines = {(one.indicator, one.division): one for one in found.lines.select_for_update()}
        names = {one.code: one.name for one in found.edition.city.divisions.all()}
        findings: list[Finding] = []
        new: dict[tuple[str, str], tuple[Amount, str]] = {}
        for one in entered:
            where = f"{names.get(one.division, one.division)} {label(one.indicator)}"
            try:
                amount = _new(lines.get((one.indicator, one.division)), one, where)
            except RefusedError as refusal:
                findings += refusal.findings
                continue
            if amount is not None:
                reporter = one.reporter.strip() or names.get(one.division, "")
                _refuse_twice(new, (one.indicator, one.division), amount, where, findings)
                new[one.indicator, one.division] = (amount, reporter)
        if findings:
            raise RefusedError(*findings)
        _reported(actor, found, [(lines[key], *told) for key, told in new.items()], on)
        note.detail = {"填入": [f"{label(key)} {names[code]} {told[0].value}" for (key, code), told in new.items()]}
        stepped(actor, found)
    return len(new)


def _new(line: Line | None, one: Entered, where: str) -> Amount | None:
    """What is new in an entry; None when it is empty or says what the house holds."""
    if line is None:
        raise RefusedError(Finding(where, "本轮没有这个数", "只填本轮的单位和指标", "请核对单位和指标名称"))
    amount = typed(
        (one.value, one.numerator, one.denominator), line.unit, where, rated=rated(line.indicator, line.unit)
    )
    kept = line.amount("reported")
    if amount is None or kept is None:
        return amount
    if amount.exact(line.unit) == kept.exact(line.unit) or amount.value == kept.value:
        return None
    what = f"填的是 {value_with_unit(amount.value, line.unit)}，系统已有上报数 {value_with_unit(kept.value, line.unit)}"
    rule = f"系统已有的数不再填报（{line.reported_by}，口径：{line.definition}，时点 {line.on}）"
    raise RefusedError(Finding(where, what, rule, "请删去这一格；确需改正的，发出后由单位答“有异议”"))


def _refuse_twice(
    new: Mapping[tuple[str, str], tuple[Amount, str]],
    key: tuple[str, str],
    amount: Amount,
    where: str,
    findings: list[Finding],
) -> None:
    if key in new and new[key][0] != amount:
        findings.append(Finding(where, "填了两次，数不同", "一个单位一个指标只填一个数", "请留一行"))


def _reported(actor: Actor, of: Round, new: Sequence[tuple[Line, Amount, str]], on: date) -> None:
    told = [measurement(actor, line, amount, Standing.REPORTED, f"{who}上报", on) for line, amount, who in new]
    kept = {(one.indicator, one.division): one for one in keep_figures(actor, of.edition.city, told)}
    for line, amount, who in new:
        line.figure = kept.get((line.indicator, line.division))
        line.reported_by = who
        line.reported_value, line.reported_numerator = amount.value, amount.numerator
        line.reported_denominator = amount.denominator
        stepped(actor, line)


def measurement(actor: Actor, line: Line, amount: Amount, standing: Standing, source: str, on: date) -> Measurement:  # noqa: ARG001 (whoever writes is named in every action)
    """A figure of a line as the house keeps it.

    What was verified counts from its 时点 on: the month's board and bulletin show what was verified for that day, some
    days later.
    """
    return Measurement(
        indicator=line.indicator,
        on=line.on,
        known=on if standing is Standing.REPORTED else line.on,
        value=amount.value,
        unit=line.unit,
        definition=line.definition,
        standing=standing,
        source=Source(source[:300]),
        division=line.division,
        numerator=amount.numerator,
        denominator=amount.denominator,
    )


def send(actor: Actor, round_id: int, version: int, on: date, calendar: Calendar) -> Round:
    """Fix the notice and what each unit is asked, under a code that is printed on its sheet; the days begin to count.

    Args:
        actor: who sends; the sheets themselves go out by hand.
        round_id: which round.
        version: as it was shown.
        on: the day, which is not counted itself.
        calendar: of the city.
    """
    with act(actor, "agreements.send", "round", round_id) as note:
        found = held_round(actor, "agree", round_id, version, note)
        refuse_stage(actor, found, _STAGE.DRAFT, "发出")
        lines = list(found.lines.all())
        _refuse_agreed(found, {one.indicator for one in lines}, {one.division for one in lines})
        found.stage, found.sent = _STAGE.SENT, on
        found.reply_by = calendar.plus_workdays(on, found.days)
        stepped(actor, found)
        by_unit: dict[str, list[Line]] = {}
        for one in lines:
            by_unit.setdefault(one.division, []).append(one)
        Sheet.objects.bulk_create(_sheet(found, code, mine) for code, mine in by_unit.items())
        note.detail = {"单位": len(by_unit), "数": len(lines), "反馈截止": found.reply_by, SILENCE: found.silence}
    return found


def _sheet(of: Round, division: str, mine: Sequence[Line]) -> Sheet:
    rows = {str(one.number): as_sent(one) for one in mine}
    seed = json.dumps([of.pk, division, rows], ensure_ascii=False, sort_keys=True)
    return Sheet(round=of, division=division, code="LS-" + digest(seed.encode())[:10].upper(), rows=rows)


def close(actor: Actor, round_id: int, version: int, on: date) -> Round:
    """End the answering. Who was silent agreed only where the notice had said so; else 未反馈, which says nothing."""
    with act(actor, "agreements.close", "round", round_id) as note:
        found = held_round(actor, "agree", round_id, version, note)
        refuse_stage(actor, found, _STAGE.SENT, "截止")
        waiting = list(found.lines.select_for_update().filter(state=_STATE.WAITING))
        _refuse_early(found, waiting, on)
        for one in waiting:
            one.state = _STATE.SILENT if found.silence else _STATE.UNHEARD
            stepped(actor, one)
        found.stage, found.closed = _STAGE.CLOSED, on
        stepped(actor, found)
        _tell(note, found, waiting)
    return found


def _refuse_early(of: Round, waiting: Sequence[Line], on: date) -> None:
    if not waiting or of.reply_by is None or on > of.reply_by:
        return
    names = {one.code: one.name for one in of.edition.city.divisions.all()}
    units = "、".join(dict.fromkeys(names.get(one.division, one.division) for one in waiting))
    what = f"{units}还没有反馈，反馈截止日是 {of.reply_by}"
    raise RefusedError(Finding(of.title, what, "截止日当天还能反馈", f"请等到 {of.reply_by} 以后，或等各单位反馈齐"))


def _tell(note: Note, of: Round, waiting: Sequence[Line]) -> None:
    said = "视为无异议（通知已写明）" if of.silence else "未反馈"
    note.detail = {said: [f"{one.division} {label(one.indicator)}" for one in waiting]}
