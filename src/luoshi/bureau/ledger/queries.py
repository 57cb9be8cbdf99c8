"""The ledger read back, every target judged on a day. Judging happens in memory: one query a table, whatever the size."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from luoshi import spine
from luoshi.bureau.indicators.queries import Wanted, known
from luoshi.bureau.ledger.agreed import Portion, due_of, portions, terms
from luoshi.bureau.ledger.models import Breakdown, Commitment, Judgement, Quote, Target
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition, Point
from luoshi.bureau.related import with_parents, with_related
from luoshi.declared import FOOTINGS, INDICATORS, POOLS
from luoshi.declared.seasons import AUTUMN, SEASON_OF, SEASON_PARAMETERS, STALE_AFTER
from luoshi.reading import binding
from luoshi.tracking import Day, Paths, Pause, Terms, ask, by_indicator, combine, paths_of, stand, stand_of
from luoshi.tracking.pausing import moved, so_far
from luoshi.words.parameters import in_force
from luoshi.words.provenance import digest

KEYED: Mapping[str, spine.Indicator] = {indicator.key: indicator for indicator in INDICATORS}


_NO_TERMS = Terms()
_OF_PATHS = frozenset(one.key for one in SEASON_PARAMETERS)


@dataclass(frozen=True, slots=True)
class Stood:
    """One target and how it stands."""

    target: spine.Target
    status: spine.Status
    corrected: bool
    id: int = 0
    """Number of the target's row."""
    portions: tuple[Portion, ...] = ()
    """The shares of divisions; empty when it is not divided."""
    due: date | None = None
    """The target's day, later by what approved pauses gave back; None when it has none."""


@dataclass(frozen=True, slots=True)
class Item:
    """One commitment on a day: the row as it is kept, its targets judged, and their sum."""

    row: Commitment
    stood: tuple[Stood, ...]
    data: spine.Status | None
    """None where no number can judge (非量化)."""
    beside: tuple[spine.Measurement, ...] = ()
    """What is known of the rates that a promise without a number speaks of; nothing is judged by it."""
    terms: Terms = _NO_TERMS
    """Approved pauses, and whether it is 协调事项."""
    paused: Pause | None = None
    """The pause that holds on the day."""
    due: date | None = None
    """完成时限, later by what approved pauses gave back; None when it has none."""

    @property
    def doubted(self) -> bool:
        """Whether a figure of it is 口径待核."""
        return any(one.status.doubts for one in self.stood)

    @property
    def known(self) -> bool:
        """Whether any figure is known."""
        return any(one.status.measurement for one in self.stood) or bool(self.beside)

    @property
    def differs(self) -> bool:
        """Whether what is measured and what was judged disagree."""
        unsaid = (spine.State.UNKNOWN, spine.State.PAUSED)
        if not self.row.judged or self.data is None or self.data.state in unsaid:
            return False
        return self.row.judged != self.data.state.value


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize()


def as_target(row: Target) -> spine.Target:
    """A row as the spine knows it."""
    return spine.Target(
        comparator=spine.Comparator(row.comparator),
        value=_plain(row.value),
        value_max=_plain(row.value_max),
        unit=row.unit,
        start=row.start,
        end=row.end,
        deadline=row.deadline,
        due=row.due,
        implicit=row.implicit,
        strength=spine.Strength(row.strength),
        subject=row.subject,
        indicator=row.indicator or None,
    )


def begun_of(city: City, edition: Edition) -> date | None:
    """The day a plan's period is counted from: the city's own where it lies in the plan's year."""
    return city.begun if city.begun and edition.year and city.begun.year == edition.year else edition.begun


def day(
    city: City, edition: Edition, on: date, targets: Sequence[spine.Target] = (), divided: frozenset[str] | None = None
) -> Day:
    """What is known on a day for a city's plan; a real city's figures never judge a made-up plan.

    Args:
        city: whose figures.
        edition: the plan.
        on: the day.
        targets: what is to be judged.
        divided: keys of the indicators that units have shares of; None where the units' figures of all are looked at.
    """
    begun = begun_of(city, edition)
    told: Sequence[spine.Measurement] = ()
    own: Sequence[spine.Parameter] = ()
    if city.imaginary or not edition.imaginary:
        told, own = known(city.pk, _wanted(on, begun, targets, divided), _OF_PATHS)
    return ask(Day(on, begun, KEYED, by_indicator(told), POOLS, FOOTINGS, paths=paths_on(on, own)), targets)


def paths_on(on: date, own: Iterable[spine.Parameter] = ()) -> Paths:
    """The seasons and periods of all indicators, by the values that count on a day."""
    return paths_of(SEASON_OF, AUTUMN, STALE_AFTER, in_force(SEASON_PARAMETERS, on, own))


def _wanted(
    on: date, begun: date | None, targets: Sequence[spine.Target], divided: frozenset[str] | None = None
) -> Wanted:
    """Figures that can judge these targets: of the units those since the year before the plan, for 上年同期."""
    keys = frozenset(one.indicator for one in targets if one.indicator)
    since = min(begun or on, on).toordinal() - _YEAR_BEFORE
    return Wanted(on, date.fromordinal(max(since, 1)), keys, keys if divided is None else divided)


_YEAR_BEFORE = 400
"""Days: a year, and as far as 同期 may lie off."""


def commitments(edition_id: int) -> list[Commitment]:
    """The rows of a plan's ledger with everything a line shows: four queries."""
    rows = with_parents(Commitment.objects.filter(edition_id=edition_id), "point")
    return with_related(rows, "targets", "quotes")


def items(
    city: City,
    edition: Edition,
    on: date,
    audiences: Sequence[str] | None = None,
    points: Iterable[Point] | None = None,
) -> list[Item]:
    """Every commitment of a plan, judged on a day: four queries, and no object that a line does not show.

    Args:
        city: whose figures judge.
        edition: the plan.
        on: the day.
        audiences: only rows for these (知悉范围); all of them when None.
        points: the plan's points where they are at hand; then one query less.
    """
    return stood_on(city, edition, on, audiences, points)[0]


def stood_on(
    city: City,
    edition: Edition,
    on: date,
    audiences: Sequence[str] | None = None,
    points: Iterable[Point] | None = None,
) -> tuple[list[Item], Day]:
    """The same, and the day with what is known on it of every indicator that is bound."""
    found = Commitment.objects.filter(edition_id=edition.pk)
    quoted = Quote.objects.filter(commitment=OuterRef("pk")).order_by("proposal_id").values("proposal_id")[:1]
    told = found.annotate(first=Subquery(quoted), stage=F("breakdown__stage"), **_by_then(on))
    if audiences is not None:
        told = told.filter(audience__in=audiences)
    rows = _in_stages(with_parents(told, "point", "edition", known=[edition, *(points or ())]))
    read: dict[int, list[Read]] = {}
    for target in Target.objects.filter(commitment__edition_id=edition.pk).order_by("commitment_id", "place"):
        read.setdefault(target.commitment_id, []).append(_read(target))
    return _judged(city, edition, on, {row: read.get(row.pk, []) for row in rows})


def asking(
    city: City, edition: Edition, on: date, key: str, audiences: Sequence[str] | None = None, beside: str = ""
) -> tuple[list[Item], Day]:
    """The rows a target binds to one indicator, judged by those targets alone, and what is known of it: two queries.

    Args:
        city: whose figures judge.
        edition: the plan.
        on: the day.
        key: of the indicator.
        audiences: only rows for these (知悉范围); all of them when None.
        beside: key of another indicator whose figures are told too.
    """
    bound = Target.objects.filter(indicator=key, commitment__edition_id=edition.pk).select_related(
        "commitment__point", "commitment__breakdown"
    )
    if audiences is not None:
        bound = bound.filter(commitment__audience__in=audiences)
    rows, read = dict[int, Commitment](), dict[int, list[Read]]()
    for target in bound.order_by("commitment__place", "commitment_id", "place"):
        rows.setdefault(target.commitment_id, target.commitment).edition = edition
        read.setdefault(target.commitment_id, []).append(_read(target))
    targets = [one.target for listed in read.values() for one in listed]
    unbound = {key, beside or key} - {one.indicator for one in targets}
    nobody = [spine.Target(spine.Comparator.EXACTLY, None, "", 0, 0, indicator=one) for one in sorted(unbound)]
    today = day(city, edition, on, [*targets, *nobody])
    if not read:
        return [], today
    _as_verified_by(on, rows.values())
    return [_item(row, read[pk], today) for pk, row in rows.items()], today


def _in_stages(rows: list[Commitment]) -> list[Commitment]:
    """Each row with its breakdown, of which only the stage is at hand."""
    stages = {row.breakdown_id: row.stage for row in rows}  # type: ignore[attr-defined]
    drafts = [Breakdown.from_db("default", ["id", "stage"], told) for told in stages.items()]
    return with_parents(rows, "breakdown", known=drafts)


def _by_then(on: date) -> dict[str, Case]:
    """State and day of the last verification by a day, looked for only in rows that were verified for a later one."""
    made = Judgement.objects.filter(commitment=OuterRef("pk"), step="office", on__lte=on).order_by("-id")
    later = Q(judged_on__gt=on)
    return {
        "then": Case(When(later, then=Subquery(made.values("state")[:1]))),
        "then_on": Case(When(later, then=Subquery(made.values("on")[:1]))),
    }


def judged(city: City, edition: Edition, on: date, row: Commitment) -> tuple[Item, Day]:
    """One row judged on a day, and the day with what is known on it."""
    (item,), today = _judged(city, edition, on, {row: [_read(target) for target in row.targets.all()]})
    return item, today


class Read(NamedTuple):
    """A target as the spine knows it, and whether a person corrected it."""

    target: spine.Target
    corrected: bool
    id: int


def _read(row: Target) -> Read:
    return Read(as_target(row), bool(row.read_as), row.pk)


def _judged(
    city: City, edition: Edition, on: date, rows: Mapping[Commitment, Sequence[Read]]
) -> tuple[list[Item], Day]:
    targets = [one.target for read in rows.values() for one in read]
    divided = frozenset(
        one.target.indicator
        for row, read in rows.items()
        for one in read
        if one.target.indicator and str(one.id) in row.agreed.get("shares", {})
    )
    today = day(city, edition, on, targets, divided if len(rows) > 1 else None)
    _as_verified_by(on, rows)
    return [_item(row, read, today) for row, read in rows.items()], today


def _as_verified_by(on: date, rows: Iterable[Commitment]) -> None:
    """Rows verified for a later day show what was verified by this one; a query only where the rows do not bring it."""
    later = {row.pk: row for row in rows if row.judged_on and row.judged_on > on}
    asked = {pk for pk, row in later.items() if not hasattr(row, "then_on")}
    for pk in later.keys() - asked:
        row = later.pop(pk)
        row.judged, row.judged_on = row.then or "", row.then_on  # type: ignore[attr-defined]
    if not later:
        return
    known = Judgement.objects.filter(commitment__in=later, step="office", on__lte=on).order_by("id")
    by_then = {pk: (state, day) for pk, state, day in known.values_list("commitment_id", "state", "on")}
    for pk, row in later.items():
        row.judged, row.judged_on = by_then.get(pk, ("", None))


def _item(row: Commitment, read: Sequence[Read], today: Day) -> Item:
    agreed = terms(row, today.on)
    stood = tuple(_stood(row, one, today, agreed) for one in read)
    latest = today.latest() if not stood else {}
    beside = tuple(latest[key] for key in spoken_of(row) if key in latest) if latest else ()
    paused = next((one for one in agreed.pauses if one.holds(today.on)), None)
    return Item(
        row, stood, combine([one.status for one in stood]), beside, agreed, paused, due_of(row, today.on, today.begun)
    )


def _stood(row: Commitment, read: Read, today: Day, agreed: Terms) -> Stood:
    shared = portions(row, read.id)
    divisions = {one.share.division: one.name for one in shared}
    status = stand(today, read.target, spine.Kind(row.kind), agreed, divisions)
    due, stops = read.target.due, so_far(agreed.pauses, today.on)
    due = moved(due, stops, today.begun) if due and stops else due
    return Stood(read.target, status, read.corrected, read.id, shared, due)


def children(item: Item, stood: Stood, today: Day) -> list[tuple[Portion, spine.Status]]:
    """Each division of a target with its share and how it stands by its own figures: no query."""
    kind = spine.Kind(item.row.kind)
    return [(one, stand_of(today, stood.target, kind, one.share, item.terms)) for one in stood.portions]


def spoken_of(row: Commitment) -> tuple[str, ...]:
    """Keys of the rates that a commitment wants to move, so that their figures can be looked at beside it."""
    rates = [indicator for indicator in INDICATORS if indicator.whole]
    return binding.spoken_of(binding.Place(row.title, row.title, row.point.title if row.point else ""), rates)


def commitment(number: int, *related: str) -> Commitment | None:
    """One row with its plan and point, and what belongs to it.

    Args:
        number: its id.
        related: which relations; targets, quotes, judgements and milestones when none is named.
    """
    found = Commitment.objects.filter(pk=number).select_related(
        "point", "edition", "edition__city", "breakdown", "continues", "continues__edition", "continues__point"
    )
    return found.prefetch_related(*related or ("targets", "quotes", "judgements", "milestones")).first()


def verified(edition: Edition, start: int, end: int, words: str) -> bool:
    """Whether a quote still stands in the stored edition, to the character."""
    return digest(edition.text.encode()) == edition.digest and edition.text[start:end] == words


class Neighbour(NamedTuple):
    """Another row of the same ledger, enough for a link."""

    id: int
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a row: the rows before and behind in the order of the plan, and those of the same sentence."""

    before: Neighbour | None
    after: Neighbour | None
    of_sentence: Mapping[tuple[int, int], Sequence[Neighbour]]
    """By start and end of the sentence, the row itself left out."""


def beside(row: Commitment) -> Beside:
    """The neighbours of a row, in one query over the places of its plan."""
    places = Commitment.objects.filter(edition_id=row.edition_id).order_by("place", "id")
    told = places.values_list("id", "number", "title", "quotes__sentence_start", "quotes__sentence_end")
    order: dict[int, Neighbour] = {}
    of_sentence: dict[tuple[int, int], dict[int, Neighbour]] = {}
    for pk, number, title, start, end in told:
        one = order.setdefault(pk, Neighbour(pk, number, title))
        if pk != row.pk and start is not None:
            of_sentence.setdefault((start, end), {})[pk] = one
    listed = list(order.values())
    at = next((place for place, one in enumerate(listed) if one.id == row.pk), 0)
    return Beside(
        listed[at - 1] if at else None,
        listed[at + 1] if at + 1 < len(listed) else None,
        {span: list(found.values()) for span, found in of_sentence.items()},
    )
