"""对数 as its pages show it: a line in words, a round with its counts, what the city makes together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.agreements import queries
from luoshi.bureau.agreements.models import Answer, Line, Revision, Round
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.queries import Count
from luoshi.bureau.people.models import City
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import answers
from luoshi.tracking.agreeing import Amount, difference
from luoshi.tracking.showing import number, value_with_unit

MARKS = {
    "waiting": "unknown",
    "agreed": "done",
    "disputed": "behind",
    "silent": "standing",
    "unheard": "unknown",
    "total": "standing",
}
"""How each answer is drawn: the stylesheet's name of the mark."""


def today(request: HttpRequest, city: City) -> date:
    """The day an act happens on; a made-up city lives on the day its page shows."""
    return day_of(request, city) if city.imaginary else timezone.localdate()


def own(request: HttpRequest, division: str) -> bool:
    """Whether this is the figure of the signed-in person's own unit; somebody of no unit owns none."""
    actor = actor_of(request)
    return bool(division) and answers(actor, division)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words."""

    value: str
    counts: str
    """分子 / 分母; "" for none."""


def figure(amount: Amount | None, unit: str) -> Figure | None:
    """An amount as it is read."""
    if amount is None:
        return None
    counted = amount.numerator is not None and amount.denominator is not None
    counts = f"{number(amount.numerator)} / {number(amount.denominator)}" if counted else ""  # type: ignore[arg-type]
    return Figure(value_with_unit(amount.value, unit), counts)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a round, ready to print."""

    id: int
    url: str
    version: int
    rated: bool
    unit_name: str
    label: str
    unit: str
    definition: str
    on: date
    reported: Figure | None
    reported_by: str
    state: str
    mark: str
    said: str
    answer: Answer | None
    own: Figure | None
    apart: str
    """差: the unit's own figure less the reported one, with its sign; "" where there are not both."""
    verified: Figure | None
    verified_by: str
    verified_on: date | None
    reason: str
    published: Figure | None
    published_in: str
    revisions: Sequence[tuple[Revision, Figure | None, Figure | None]]


def row(line: Line, names: Mapping[str, str]) -> Row:
    """A line with its answers and revisions at hand."""
    told, reported, unit = queries.latest(line), line.amount("reported"), line.unit
    own = told.own() if told else None
    return Row(
        id=line.pk,
        url=reverse("agreed_line", args=[line.pk]),
        version=line.version,
        rated=queries.rated(line.indicator, unit),
        unit_name=names.get(line.division, line.division) if line.division else _("全市"),
        label=queries.label(line.indicator),
        unit=unit,
        definition=line.definition,
        on=line.on,
        reported=figure(reported, unit),
        reported_by=line.reported_by,
        state=line.state,
        mark=MARKS[line.state],
        said=_("补报") if line.state == Line.State.DISPUTED and reported is None else line.get_state_display(),
        answer=told,
        own=figure(own, unit),
        apart=_apart(own, reported, unit),
        verified=figure(line.amount("verified"), unit),
        verified_by=line.verified_by,
        verified_on=line.verified_on,
        reason=line.reason,
        published=figure(line.amount("published"), unit),
        published_in=line.published_in,
        revisions=[(one, figure(one.amount("was"), unit), figure(one.amount("becomes"), unit)) for one in _all(line)],
    )


def _all(line: Line) -> list[Revision]:
    return list(line.revisions.all())


def _apart(own: Amount | None, reported: Amount | None, unit: str) -> str:
    if own is None or reported is None:
        return ""
    by = difference(own, reported, unit)
    said = _("个百分点") if unit == "%" else unit
    return ("+" if by > 0 else "−" if by < 0 else "") + value_with_unit(abs(by), said)


def counts(of: Round, rows: Sequence[Row], wanted: str) -> list[Count]:
    """How many lines stand where, each a filter of the table."""
    here = reverse("agreement", args=[of.pk])
    units = [one for one in rows if one.state != "total"]
    told = [Count(here, _("全部"), len(units), not wanted)]
    for state in Line.State:
        found = sum(one.state == state.value for one in units)
        if found and state is not Line.State.TOTAL:
            told.append(Count(f"{here}?state={state.value}", str(state.label), found, wanted == state.value))
    unverified = sum(one.verified is None for one in units)
    if of.stage == Round.Stage.CLOSED and unverified:
        told.append(Count(f"{here}?state=open", _("待核定"), unverified, wanted == "open"))
    revised = sum(bool(one.revisions) for one in rows)
    if revised:
        told.append(Count(f"{here}?state=revised", _("有修订"), revised, wanted == "revised"))
    return told


def kept(rows: Sequence[Row], wanted: str) -> list[Row]:
    """The rows a filter leaves; all of them for one nobody knows."""
    units = [one for one in rows if one.state != "total"]
    if wanted == "open":
        return [one for one in units if one.verified is None]
    if wanted == "revised":
        return [one for one in rows if one.revisions]
    return [one for one in units if one.state == wanted] if wanted in MARKS else units


@dataclass(frozen=True, slots=True)
class Together:
    """One indicator over all units."""

    label: str
    row: Row | None
    """The city's own line; None while there is none."""
    lacks: str
    """Why there is none."""
    definition: str


def together(listed: Sequence[Line], rows: Mapping[int, Row], units: Mapping[str, str]) -> list[Together]:
    """全市 of each indicator, or what it lacks."""
    told = []
    for at in sorted({one.number for one in listed}):
        mine = [one for one in listed if one.number == at]
        total = next((one for one in mine if not one.division), None)
        lacks = "" if total else queries.lacking(units, listed, at)
        shown = rows[total.pk] if total else None
        told.append(Together(queries.label(mine[0].indicator), shown, lacks, mine[0].definition))
    return told
