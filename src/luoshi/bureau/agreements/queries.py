"""对数 read back: what waits, what is disputed, what is verified, and each unit's figures for the bulletin."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Prefetch, Q

from luoshi.bureau.agreements.models import Answer, Line, Reply, Round, Sheet
from luoshi.bureau.ledger.models import Target
from luoshi.bureau.ledger.queries import KEYED, as_target
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.tracking.agreeing import Amount, difference, kept
from luoshi.tracking.units import SHARES, factor

_STATES = Line.State
OPEN = (_STATES.WAITING,)
HEARD = (_STATES.AGREED, _STATES.SILENT)
"""What a unit said or did that makes its reported figure agreed."""


def label(indicator: str) -> str:
    """What an indicator is called."""
    known = KEYED.get(indicator)
    return known.label if known else indicator


def rated(indicator: str, unit: str) -> bool:
    """Whether a figure is a rate, so that only its counts may be summed."""
    known = KEYED.get(indicator)
    return unit in SHARES or bool(known and known.whole)


def rounds(edition_id: int) -> list[Round]:
    """The rounds of a plan, the newest first, each with how many of its lines wait, are disputed, verified, published."""
    units = ~Q(lines__state=_STATES.TOTAL)
    told = (
        Round.objects.filter(edition_id=edition_id)
        .order_by("-on", "-id")
        .annotate(
            figures=Count("lines", filter=units),
            waiting=Count("lines", filter=Q(lines__state=_STATES.WAITING)),
            disputed=Count("lines", filter=Q(lines__state=_STATES.DISPUTED)),
            verified=Count("lines", filter=units & Q(lines__verified_value__isnull=False)),
            published=Count("lines", filter=units & Q(lines__published_value__isnull=False)),
        )
    )
    return list(told)


def round_of(number: int) -> Round | None:
    """One round with its plan and city."""
    return Round.objects.filter(pk=number).select_related("edition", "edition__city").first()


def lines(of: Round) -> list[Line]:
    """The lines of a round with their answers and revisions, by indicator and unit: four queries."""
    answers = Prefetch("answers", Answer.objects.select_related("proof", "reply"))
    return list(of.lines.prefetch_related(answers, "revisions"))


def line(number: int) -> Line | None:
    """One line with everything that was said of it."""
    answers = Prefetch("answers", Answer.objects.select_related("proof", "reply", "reply__file"))
    found = Line.objects.filter(pk=number).select_related("round", "round__edition", "round__edition__city", "figure")
    return found.prefetch_related(answers, "revisions").first()


def sheets(of: Round) -> list[Sheet]:
    """The sheets that went out with what came back on each."""
    return list(of.sheets.prefetch_related(Prefetch("replies", Reply.objects.select_related("file"))))


def latest(one: Line) -> Answer | None:
    """The answer that counts: the last one."""
    told = list(one.answers.all())
    return told[-1] if told else None


def by_urgency(listed: Iterable[Line]) -> list[Line]:
    """Disputes first, then who was not heard, then what is agreed; in protocol order within each."""
    order = (_STATES.DISPUTED, _STATES.WAITING, _STATES.UNHEARD, _STATES.SILENT, _STATES.AGREED, _STATES.TOTAL)
    return sorted(listed, key=lambda one: (order.index(_STATES(one.state)), one.place, one.number))


def open_disputes(edition: Edition) -> list[Line]:
    """Lines a unit disagrees with and nobody has verified yet, over all rounds of a plan."""
    answers = Prefetch("answers", Answer.objects.select_related("proof"))
    found = Line.objects.filter(round__edition=edition, state=_STATES.DISPUTED, verified_value__isnull=True)
    return list(found.select_related("round").prefetch_related(answers))


@dataclass(frozen=True, slots=True)
class Waiting:
    """One round a unit has not answered whole."""

    round: Round
    figures: int
    reply_by: date | None


def waiting(*divisions: str) -> list[Waiting]:
    """待对数 of a county and of those it took in: rounds with figures it has not answered, the most urgent first."""
    mine = Q(lines__division__in=divisions, lines__state=_STATES.WAITING)
    found = Round.objects.filter(stage=Round.Stage.SENT).annotate(mine=Count("lines", filter=mine)).filter(mine__gt=0)
    return [Waiting(one, one.mine, one.reply_by) for one in found.order_by("reply_by", "id")]


def asked_of(*divisions: str, most: int = 6) -> list[tuple[Round, list[Line]]]:
    """The latest rounds a unit, or one it took in, was asked in, with its own lines, answers and revisions: those still open first."""
    answers = Prefetch("answers", Answer.objects.select_related("proof", "reply"))
    found = Line.objects.filter(division__in=divisions).exclude(round__stage=Round.Stage.DRAFT)
    told: dict[int, tuple[Round, list[Line]]] = {}
    for one in found.select_related("round").prefetch_related(answers, "revisions").order_by("-round__on", "-round_id"):
        if one.round_id in told or len(told) < most:
            told.setdefault(one.round_id, (one.round, []))[1].append(one)
    for _, listed in told.values():
        listed.sort(key=lambda one: one.number)
    return sorted(told.values(), key=lambda pair: pair[0].stage != Round.Stage.SENT)


@dataclass(frozen=True, slots=True)
class Summary:
    """待对数 of a plan, for the first page: 3 个县区 9 个数."""

    units: int
    figures: int
    disputes: int
    """Disputed and not verified."""


def summary(edition: Edition) -> Summary:
    """How many units have how many figures to answer, and how many disputes wait for 核定: one query."""
    sent = Q(round__stage=Round.Stage.SENT, state=_STATES.WAITING)
    disputed = Q(state=_STATES.DISPUTED, verified_value__isnull=True)
    told = Line.objects.filter(round__edition=edition).aggregate(
        units=Count("division", distinct=True, filter=sent),
        figures=Count("pk", filter=sent),
        disputes=Count("pk", filter=disputed),
    )
    return Summary(**told)


def verified(edition: Edition) -> list[Line]:
    """Every verified line of a plan, city totals among them, by 时点, indicator and unit, with its revisions."""
    found = Line.objects.filter(round__edition=edition, verified_value__isnull=False)
    return list(found.select_related("round").prefetch_related("revisions").order_by("on", "number", "place"))


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One verified figure of one unit, for 县区数据表: 分子、分母、率、较上月、较年目标."""

    division: str
    """Code; empty for the whole city."""
    indicator: str
    unit: str
    definition: str
    on: date
    amount: Amount
    before: Amount | None
    """The verified figure of the latest earlier month, by the same 口径; None when there is none."""
    change: Decimal | None
    """较上月, in the unit (for a share: 个百分点)."""
    target: Decimal | None
    """The plan's own number for the indicator, in the unit; None when it sets none that can be compared."""
    distance: Decimal | None
    """较年目标: the figure less the target, in the unit."""
    published: Amount | None
    """发布数, where it was published already."""
    line: int
    """Id of the line, to click back to who reported and who verified."""


def unit_figures(edition: Edition, on: date) -> list[UnitFigure]:
    """Each unit's latest verified figures on a day, by indicator and in protocol order, the city's own behind: three queries."""
    found = [one for one in verified(edition) if one.on <= on]
    wanted = _targets(edition)
    series: dict[tuple[str, str], list[Line]] = {}
    for one in found:
        series.setdefault((one.indicator, one.division), []).append(one)
    told = [_unit_figure(listed, wanted) for listed in series.values()]
    order = {key: at for at, key in enumerate(dict.fromkeys(key for key, _ in series))}
    places = {one.division: one.place for one in found}
    return sorted(told, key=lambda one: (order[one.indicator], places[one.division]))


def _unit_figure(listed: Sequence[Line], wanted: Mapping[str, tuple[Decimal, str]]) -> UnitFigure:
    now = listed[-1]
    amount = now.amount("verified")
    assert amount is not None  # noqa: S101 (only verified lines are listed)
    month = now.on.replace(day=1)
    earlier = [one for one in listed if one.on < month and one.definition == now.definition and one.unit == now.unit]
    before = earlier[-1].amount("verified") if earlier else None
    target = _in_unit(wanted.get(now.indicator), now.unit)
    return UnitFigure(
        now.division,
        now.indicator,
        now.unit,
        now.definition,
        now.on,
        amount,
        before,
        difference(amount, before, now.unit) if before else None,
        target,
        difference(amount, Amount(target), now.unit) if target is not None else None,
        now.amount("published"),
        now.pk,
    )


def _targets(edition: Edition) -> dict[str, tuple[Decimal, str]]:
    """The plan's number and its unit by indicator; the first where there are several."""
    told: dict[str, tuple[Decimal, str]] = {}
    for row in Target.objects.filter(commitment__edition=edition).exclude(indicator="").order_by("commitment__place"):
        target = as_target(row)
        if target.value is not None and target.indicator:
            told.setdefault(target.indicator, (target.value, target.unit))
    return told


def _in_unit(target: tuple[Decimal, str] | None, unit: str) -> Decimal | None:
    by = factor(target[1], unit) if target else None
    return kept(Fraction(target[0]) * by) if target and by else None


@dataclass(frozen=True, slots=True)
class Offered:
    """An indicator a round may ask for: the plan sets a target on it."""

    key: str
    label: str
    unit: str
    definition: str
    """口径 as declared: 分子 ÷ 分母, else the document that defines it."""
    lead: str
    """Code of the section that leads the item; empty when none does."""


def offered(edition: Edition) -> list[Offered]:
    """Indicators the plan's issued items set targets on, in the order of the plan."""
    found: dict[str, Offered] = {}
    rows = Target.objects.filter(commitment__edition=edition).exclude(indicator="").select_related("commitment")
    for row in rows.order_by("commitment__place", "place"):
        one = KEYED.get(row.indicator)
        if one is not None and one.key not in found:
            found[one.key] = Offered(one.key, one.label, one.unit, declared(one.key), row.commitment.lead)
    return list(found.values())


def declared(key: str) -> str:
    """口径 of an indicator as it is declared."""
    one = KEYED[key]
    return f"{one.part} ÷ {one.whole}" if one.whole else one.part or one.source or one.label


def units_of(city: City) -> dict[str, str]:
    """Names of the units that figures are agreed with, by code in protocol order: all divisions but the city itself."""
    return {one.code: one.name for one in city.divisions.all() if one.kind != "city"}


def lacking(units: Mapping[str, str], listed: Sequence[Line], number: int) -> str:
    """Why an indicator of a round has no city total; "" when it has one or can have one.

    Args:
        units: all of the city.
        listed: the lines of the round.
        number: of the indicator in the round.
    """
    mine = [one for one in listed if one.number == number and one.division]
    absent = [name for code, name in units.items() if code not in {one.division for one in mine}]
    unverified = [units.get(one.division, one.division) for one in mine if one.verified_value is None]
    if absent:
        return f"本轮没有{'、'.join(absent)}"
    if unverified:
        return f"尚未核定：{'、'.join(unverified)}"
    if len({(one.definition, one.unit) for one in mine}) > 1:
        return "各单位口径不一，不能相加"
    without = [units.get(one.division, one.division) for one in mine if not one.verified_denominator]
    if without and rated(mine[0].indicator, mine[0].unit):
        return f"缺分子、分母：{'、'.join(without)}（率不作平均）"
    return ""
