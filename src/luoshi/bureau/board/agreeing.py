"""One round of 对数 with made-up figures, so that a visitor of the demo meets every state. 演示数据（虚构） only."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from luoshi.bureau.agreements import actions, queries
from luoshi.bureau.agreements.actions import Proof, Ruling, Told
from luoshi.bureau.agreements.models import Line, Round
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.indicators.queries import measurements
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.queries import KEYED
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.rights import HOUSE
from luoshi.bureau.plans.models import Edition
from luoshi.spine import Measurement, Standing
from luoshi.words.provenance import Source

_NOTICE = "（演示）请核对下列上报数，按期答复。逾期未反馈的，视为无异议。"
_MOST = 3
_MONTH = timedelta(days=31)
_DEFINITION = "演示口径（虚构）"


def open_examples(actor: Actor, edition: Edition, day: date) -> list[Round]:
    """Two rounds: last month's, verified, published and once revised; this month's, half answered.

    Args:
        actor: a supervisor of the demo.
        edition: its plan; nothing happens when the city is real or the plan has no figure to agree.
        day: the day the demo opens on.
    """
    known = counted(edition.city)
    offered = sorted(queries.offered(edition), key=lambda one: (one.key not in known, one.unit not in {"%", "‰"}))
    chosen = [one.key for one in offered][:_MOST]
    if not edition.city.imaginary or not chosen:
        return []
    month = day.replace(day=1) - timedelta(days=1)
    before = month.replace(day=1) - timedelta(days=1)
    return [_settled(actor, edition, chosen, before), _under_way(actor, edition, chosen, month, day)]


def counted(city: City, until: date = date.max) -> dict[str, Measurement]:
    """The city's newest rate of each indicator whose numerator and denominator are known by a day: one query."""
    told = sorted(measurements(city.pk), key=lambda one: one.on)
    whole = [one for one in told if not one.division and one.numerator is not None and one.denominator]
    return {one.indicator: one for one in whole if one.on <= until}


def _sent(actor: Actor, edition: Edition, chosen: list[str], month: date, sent: date) -> Round:
    installer = Actor("system", "系统安装", HOUSE)
    units = queries.units_of(edition.city)
    known = counted(edition.city, month)
    figures = [
        _figure(_Asked(key, known.get(key), len(units), 3 * which), code, month, at, sent - timedelta(days=1))
        for which, key in enumerate(chosen)
        for at, code in enumerate(units, 1)
    ]
    add_figures(installer, edition.city, figures)
    terms = actions.Terms(f"{month.year}年{month.month}月对数（演示）", month, _NOTICE, 5, silence=True)
    asked = {key: known[key].definition if key in known else _DEFINITION for key in chosen}
    of = actions.open_round(actor, edition, terms, asked, (), sent - timedelta(days=1))
    return actions.send(actor, of.pk, of.version, sent, calendar_of(edition.city))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What units are asked for: an indicator, the city's own rate of it where one is known, among how many units."""

    key: str
    city: Measurement | None
    units: int
    stir: int
    """What makes the counts of one indicator differ from those of another."""


def _counts(asked: _Asked, at: int, month: date) -> tuple[Decimal, Decimal]:
    """分子 and 分母 of a unit: of the city's own where those are known, a little more here and a little less there."""
    whole, stir = Decimal(400 + 37 * at), ((at + asked.stir) * 5 + month.month) % 9
    if asked.city is None or asked.city.numerator is None or not asked.city.denominator:
        return Decimal(8 + stir), whole
    weights = sum(400 + 37 * one for one in range(1, asked.units + 1))
    whole = (asked.city.denominator * whole / weights).quantize(Decimal(1))
    part = asked.city.numerator * whole / asked.city.denominator * (Decimal(1) + Decimal(stir - 4) / 40)
    return min(part.quantize(Decimal(1)), whole), whole


def _figure(asked: _Asked, code: str, month: date, at: int, known: date) -> Measurement:
    """Made-up counts that differ a little from unit to unit and from month to month."""
    indicator = KEYED[asked.key]
    rated = queries.rated(asked.key, indicator.unit)
    part, whole = _counts(asked, at, month) if rated else (Decimal((at + asked.stir) % 4 + 1), Decimal(1))
    return Measurement(
        indicator=asked.key,
        on=month,
        known=known,
        value=(part * 100 / whole).quantize(Decimal("0.01")) if rated else part,
        unit=indicator.unit,
        definition=asked.city.definition if asked.city else _DEFINITION,
        standing=Standing.REPORTED,
        source=Source("演示数据（虚构）：单位月报"),
        division=code,
        numerator=part if rated else None,
        denominator=whole if rated else None,
    )


def _told(line: Line, words: str, proof: bool, on: date) -> None:  # noqa: FBT001 (said by both callers)
    top = line.reported_numerator
    own = Told("有异议", "" if top else str(int(line.reported_value or 0) + 1), words=words)
    if top is not None:
        own = Told("有异议", "", str(int(top) - 2), str(int(line.reported_denominator or 1)), words)
    shown = Proof("演示佐证（虚构）.txt", "演示数据（虚构）".encode()) if proof else None
    who = Actor("demo", "该单位联络员（演示）", "county", division=line.division)
    actions.answer(who, line.pk, line.version, own, shown, on)


def _settled(actor: Actor, edition: Edition, chosen: list[str], month: date) -> Round:
    sent = month + timedelta(days=6)
    of = _sent(actor, edition, chosen, month, sent)
    units = list(queries.units_of(edition.city))
    _agree(of, units[:-2], sent)
    last = of.lines.get(number=1, division=units[-2])
    _told(last, "两个班已于当月拆分（演示）", proof=True, on=sent)
    after = (of.reply_by or sent) + timedelta(days=1)
    of.refresh_from_db()
    of = actions.close(actor, of.pk, of.version, after)
    actions.verify_agreed(actor, of.pk, of.version, after)
    last = of.lines.get(pk=last.pk)
    own = queries.latest(last)
    if own is not None:
        actions.verify(
            actor, last.pk, last.version, Ruling("", known=own.own(), reason="材料与学籍一致（演示）"), after
        )
    of.refresh_from_db()
    actions.publish(actor, of.pk, of.version, f"教育督查通报{month.month}月（演示）", after)
    first = of.lines.get(number=1, division=units[0])
    top = int(first.verified_numerator or first.verified_value or 0) + 1
    counts = ("", str(top), str(int(first.verified_denominator))) if first.verified_denominator else (str(top), "", "")
    actions.revise(actor, first.pk, first.version, Ruling(*counts, "复核发现漏报1个（演示）"), after + _MONTH / 2)
    return of


def _under_way(actor: Actor, edition: Edition, chosen: list[str], month: date, day: date) -> Round:
    sent = day - timedelta(days=3)
    of = _sent(actor, edition, chosen, month, sent)
    units = list(queries.units_of(edition.city))
    _agree(of, units[4:-3], sent)
    _told(of.lines.get(number=1, division=units[2]), "转出的班没有扣除（演示）", proof=True, on=sent)
    _told(of.lines.get(number=1, division=units[3]), "分母应按在用班计（演示）", proof=False, on=sent)
    return of


def _agree(of: Round, units: list[str], on: date) -> None:
    for code in units:
        who = Actor("demo", "该单位联络员（演示）", "county", division=code)
        actions.agree_rest(who, of.pk, code, on)
