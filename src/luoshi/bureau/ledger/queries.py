"""The ledger read back, every target judged on a day. Judging happens in memory: one query a table, whatever the size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi import spine
from luoshi.bureau.indicators.queries import measurements
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.declared import FOOTINGS, INDICATORS, POOLS
from luoshi.reading import binding
from luoshi.tracking import Day, ask, by_indicator, combine, stand
from luoshi.words.provenance import digest

KEYED: Mapping[str, spine.Indicator] = {indicator.key: indicator for indicator in INDICATORS}


@dataclass(frozen=True, slots=True)
class Stood:
    """One target and how it stands."""

    target: spine.Target
    status: spine.Status
    corrected: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One commitment on a day: the row as it is kept, its targets judged, and their sum."""

    row: Commitment
    stood: tuple[Stood, ...]
    data: spine.Status | None
    """None where no number can judge (非量化)."""
    beside: tuple[spine.Measurement, ...] = ()
    """What is known of the rates that a promise without a number speaks of; nothing is judged by it."""

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
        if not self.row.judged or self.data is None or self.data.state is spine.State.UNKNOWN:
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


def day(city: City, edition: Edition, on: date, targets: Sequence[spine.Target] = ()) -> Day:
    """What is known on a day for a city's plan."""
    begun = city.begun if city.begun and edition.year and city.begun.year == edition.year else edition.begun
    figures = by_indicator(measurements(city.pk))
    return ask(Day(on, begun, KEYED, figures, POOLS, FOOTINGS), targets)


def commitments(edition_id: int) -> list[Commitment]:
    """The rows of a plan's ledger with everything a line shows: three queries."""
    rows = Commitment.objects.filter(edition_id=edition_id).select_related("point")
    return list(rows.prefetch_related("targets", "quotes"))


def items(city: City, edition: Edition, on: date, rows: Sequence[Commitment] | None = None) -> list[Item]:
    """Every commitment of a plan, judged on a day."""
    found = commitments(edition.pk) if rows is None else list(rows)
    read = {row.pk: [as_target(target) for target in row.targets.all()] for row in found}
    today = day(city, edition, on, [target for targets in read.values() for target in targets])
    return [_item(row, read[row.pk], today) for row in found]


def _item(row: Commitment, targets: Sequence[spine.Target], today: Day) -> Item:
    kind = spine.Kind(row.kind)
    changed = [bool(target.read_as) for target in row.targets.all()]
    stood = tuple(
        Stood(target, stand(today, target, kind), corrected) for target, corrected in zip(targets, changed, strict=True)
    )
    latest = today.latest() if not stood else {}
    beside = tuple(latest[key] for key in spoken_of(row) if key in latest) if latest else ()
    return Item(row, stood, combine([one.status for one in stood]), beside)


def spoken_of(row: Commitment) -> tuple[str, ...]:
    """Keys of the rates that a commitment without targets speaks of, so that their figures can be looked at beside it."""
    if row.targets.all():
        return ()
    clause = "，".join(quote.text for quote in row.quotes.all())
    rates = [indicator for indicator in INDICATORS if indicator.whole]
    return binding.spoken_of(binding.Place(clause, clause, row.point.title if row.point else ""), rates)


def commitment(number: int) -> Commitment | None:
    """One row with its plan, point, targets, quotes, judgements and milestones."""
    found = Commitment.objects.filter(pk=number).select_related("point", "edition", "edition__city")
    return found.prefetch_related("targets", "quotes__proposal", "judgements", "milestones").first()


def verified(edition: Edition, start: int, end: int, words: str) -> bool:
    """Whether a quote still stands in the stored edition, to the character."""
    return digest(edition.text.encode()) == edition.digest and edition.text[start:end] == words


def neighbours(row: Commitment) -> tuple[Commitment | None, Commitment | None]:
    """The rows before and behind, in the order of the plan."""
    beside = Commitment.objects.filter(edition_id=row.edition_id).only("id", "number", "title", "place")
    return beside.filter(place__lt=row.place).last(), beside.filter(place__gt=row.place).first()


def of_sentence(row: Commitment, start: int, end: int) -> list[Commitment]:
    """Other rows that rest on the same sentence."""
    same = Commitment.objects.filter(edition_id=row.edition_id, quotes__sentence_start=start, quotes__sentence_end=end)
    return list(same.exclude(pk=row.pk).only("id", "number", "title").distinct())
