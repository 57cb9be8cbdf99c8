"""From the ledger to what a text is composed of: the same rows, judged by the same function, as the board shows that minute."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from luoshi.bureau.agreements import queries as agreed
from luoshi.bureau.agreements.models import Line
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.ledger.cells import paper_number
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.ledger.queries import KEYED, Item
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports.models import Amount as Reported
from luoshi.bureau.reports.queries import unit_names
from luoshi.reporting.composing import Amount, Practice, Progress, Situation, UnitFigure
from luoshi.reporting.composing import Item as Told
from luoshi.spine import Better, Comparator, Kind, Measurement, Standing, State, Strength, Target
from luoshi.tracking import showing

_AGREED = {Standing.VERIFIED, Standing.PUBLISHED}
_POINTS = {"%": "个百分点", "‰": "个千分点"}
_WHOLE_YEAR = 366
_NUMBERED = re.compile(r"^(?:第[一二三四五六七八九十]+[章节部]分?|[一二三四五六七八九十]+[、．.])\s*")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a person says about the text before it is drafted."""

    kind: str
    on: date
    issued: date
    """成文日期."""
    issue: int = 1
    whole: int = 0
    code: str = ""
    """机关代字, of a red head."""
    practices: tuple[Practice, ...] = ()
    answer_by: date | None = None
    ranked_by: str = ""
    """Who approved a ranking; empty keeps protocol order."""
    named_by: str = ""
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    """By number of the item: how much it weighs in a meeting."""
    cc: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a text is composed of, and where each figure came from."""

    progress: Progress
    sources: dict[str, dict[str, str]]


def gather(edition: Edition, items: Sequence[Item], terms: Terms) -> Gathered:
    """Everything a text of a day is composed of: about eight queries, whatever the size.

    Args:
        edition: the plan.
        items: its issued items as the ledger judged them for the day.
        terms: what the person said.
    """
    city, names = edition.city, unit_names(edition.city)
    units = agreed.unit_figures(edition, terms.on)
    progress = replace(overall(edition, items, terms, names), figures=[_unit_figure(one, names, city) for one in units])
    sources = _sources(items, _reported(edition, terms.on))
    return Gathered(progress, {**sources, **_unit_sources(units, names)})


def overall(edition: Edition, items: Sequence[Item], terms: Terms, names: Mapping[str, str]) -> Progress:
    """Everything a text of a day is composed of but the figures of units: two queries.

    Args:
        edition: the plan, its city at hand.
        items: its issued items as the ledger judged them for the day.
        terms: what the person said.
        names: of sections and divisions, by code.
    """
    city, since = edition.city, _since(edition, terms.on)
    return Progress(
        bureau=city.bureau,
        office=f"{city.bureau}办公室",
        period=_period(terms),
        on=terms.on,
        issued=terms.issued,
        items=[_item(item, names, terms, since) for item in items],
        practices=terms.practices,
        to="各县（市、区）教育局，局机关各科室、二级机构，市直各学校",
        basis=f"《{edition.title}》",
        answer_by=terms.answer_by,
        previous=_previous(edition, terms),
        cc=terms.cc,
        ranked_by=terms.ranked_by,
        named_by=terms.named_by,
        made_up=edition.imaginary,
    )


def _since(edition: Edition, on: date) -> date:
    """The day behind the last text's: what was finished after it is new."""
    last = Bulletin.objects.filter(edition=edition, stage=Bulletin.Stage.SETTLED, on__lt=on).order_by("-on").first()
    return last.on if last else on.replace(day=1) - timedelta(days=1)


def _period(terms: Terms) -> str:
    if terms.kind == Bulletin.Kind.QUARTER:
        return f"第{'一二三四'[(terms.on.month - 1) // 3]}季度"
    return f"{terms.on.month}月份"


def _previous(edition: Edition, terms: Terms) -> dict[Situation, int]:
    found = Bulletin.objects.filter(edition=edition, stage=Bulletin.Stage.SETTLED, kind=terms.kind, on__lt=terms.on)
    last = found.order_by("-on").first()
    return {Situation(word): number for word, number in last.counts.items()} if last else {}


def _item(item: Item, names: Mapping[str, str], terms: Terms, since: date) -> Told:
    row, decided = item.row, _decided(item)
    figure = item.data.measurement if item.data else None
    judged = State(row.judged) if row.judged else None
    done = judged is State.DONE and row.judged_on is not None and row.judged_on > since
    return Told(
        key=paper_number(row),
        title=row.title,
        section=_section(row),
        office=names.get(row.lead, ""),
        computed=item.data.state if item.data else None,
        judged=judged,
        target="、".join(showing.in_words(one.target) for one in item.stood),
        amount=_amount(row, figure) if figure else None,
        gap=gap(decided, figure) if decided and figure else "",
        cause=row.trouble,
        next_step=row.next_step,
        request=row.needs,
        due=row.due,
        due_words=row.due_words,
        leader=row.leader,
        units=tuple(names[code] for code in row.divisions if code in names),
        soft=row.strength == Strength.ASPIRATIONAL,
        coordination=row.kind == Kind.RECOGNITION or bool(row.coordination),
        closed=done,
        days_late=_days_late(item, terms.on),
        weight=terms.weights.get(row.number, Decimal(1)),
    )


def _section(row: Commitment) -> str:
    """板块 without the number the plan gave it: the text numbers its own."""
    told = (row.point.section_title if row.point else "") or row.source_words or "其他"
    return _NUMBERED.sub("", told)


def _decided(item: Item) -> Target | None:
    """The target whose figure decided the row's state."""
    if item.data is None:
        return None
    return next((one.target for one in item.stood if one.status.measurement == item.data.measurement), None)


def figure_key(row: Commitment) -> str:
    """What the figure of a row is bound to."""
    return f"item:{row.pk}"


def _amount(row: Commitment, figure: Measurement) -> Amount:
    return Amount(
        figure_key(row),
        figure.value,
        figure.unit,
        figure.on,
        figure.definition,
        figure.standing in _AGREED,
        figure.about,
    )


def gap(target: Target, figure: Measurement) -> str:
    """How far a figure is from its target in words: 差9所, 高0.25个百分点; "" when it is reached or cannot be said."""
    if target.value is None or target.unit != figure.unit:
        return ""
    over = figure.value - target.value
    unit = _POINTS.get(figure.unit, figure.unit)
    if target.comparator in {Comparator.AT_MOST, Comparator.NONE}:
        return f"高{showing.number(over)}{unit}" if over > 0 else ""
    if target.comparator in {Comparator.AT_LEAST, Comparator.EXACTLY, Comparator.BETWEEN, Comparator.ALL}:
        word = "低" if figure.unit in _POINTS else "差"
        return f"{word}{showing.number(-over)}{unit}" if over < 0 else ""
    return ""


def _days_late(item: Item, on: date) -> int:
    """Days past the limit; before it, the days by which completion lags behind the time that is gone."""
    due, data = item.row.due, item.data
    if due and due < on:
        return (on - due).days
    if data is None or data.pace is None or data.completion is None or due is None:
        return 0
    begun = item.row.begun
    whole = (due - begun).days if begun else _WHOLE_YEAR
    return max(int((data.pace - data.completion) * whole), 0)


def _unit_figure(one: agreed.UnitFigure, names: Mapping[str, str], city: City) -> UnitFigure:
    target, distance = one.target, one.distance
    upper = target is not None and distance is not None and _lower_is_better(one.indicator)
    missing = None if distance is None else (distance if upper else -distance)
    return UnitFigure(
        key=f"line:{one.line}",
        unit=names.get(one.division, one.division) if one.division else f"{city.name}（合计）",
        indicator=agreed.label(one.indicator),
        measure=one.unit,
        on=one.on,
        numerator=one.amount.numerator,
        denominator=one.amount.denominator,
        rate=one.amount.value,
        change=one.change,
        missing=missing,
        definition=one.definition,
        verified=True,
    )


def _lower_is_better(indicator: str) -> bool:
    known = KEYED.get(indicator)
    return known is not None and known.better is Better.LOWER


def _reported(edition: Edition, on: date) -> dict[int, list[Reported]]:
    """The verified amounts of each item up to a day, the newest first: who reported and who verified them."""
    found = Reported.objects.filter(
        report__call__commitment__edition=edition, verified__isnull=False, report__call__period__on__lte=on
    )
    told: dict[int, list[Reported]] = {}
    for one in found.select_related("report", "report__call").order_by("-id"):
        told.setdefault(one.report.call.commitment_id, []).append(one)
    return told


def _sources(items: Iterable[Item], reported: Mapping[int, Sequence[Reported]]) -> dict[str, dict[str, str]]:
    """By key of a figure: the item, what the figure is, and by whom it came."""
    told = {}
    for item in items:
        figure = item.data.measurement if item.data else None
        if figure is None:
            continue
        known = reported.get(item.row.pk, ())
        same = (one for one in known if (one.on, one.verified, one.unit) == (figure.on, figure.value, figure.unit))
        by = next(same, known[0] if known else None)  # one that was corrected may not be known on this day yet
        told[figure_key(item.row)] = {
            "item": str(item.row.pk),
            "number": item.row.number,
            "says": showing.figure(figure),
            "definition": figure.definition,
            "on": figure.on.isoformat(),
            "standing": figure.standing.value,
            "reported_by": by.report.by if by else figure.source.title,
            "verified_by": by.verified_by if by else "",
            "amount": str(by.pk) if by else "",
        }
    return told


def _unit_sources(units: Iterable[agreed.UnitFigure], names: Mapping[str, str]) -> dict[str, dict[str, str]]:
    lines = Line.objects.in_bulk([one.line for one in units])
    return {
        f"line:{one.line}": {
            "line": str(one.line),
            "number": names.get(one.division, one.division),
            "says": showing.value_with_unit(one.amount.value, one.unit),
            "definition": one.definition,
            "on": one.on.isoformat(),
            "standing": Standing.VERIFIED.value,
            "reported_by": lines[one.line].reported_by,
            "verified_by": lines[one.line].verified_by,
        }
        for one in units
    }
