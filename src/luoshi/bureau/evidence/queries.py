"""Evidence read back: what was brought, what of it is accepted, what is still lacking, whether the chain is whole."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from luoshi.bureau.evidence import chain
from luoshi.bureau.evidence.models import Chain, Piece, Verdict
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.chain import GENESIS
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.models import Commitment
from luoshi.declared import ENOUGH, LEDGER_COLUMNS, PAPERS
from luoshi.reporting.sealing import Contents, Item
from luoshi.spine import Kind, Standing
from luoshi.tracking.sufficing import Held, Shown, hold
from luoshi.words.errors import RefusedError
from luoshi.words.evidence import Paper
from luoshi.words.findings import Finding

PAPER: Mapping[str, Paper] = {paper.key: paper for paper in PAPERS}
"""The declared papers by key."""
_KIND = dict(next(column.choices for column in LEDGER_COLUMNS if column.key == "kind"))
_SETTLED = (Standing.VERIFIED.value, Standing.PUBLISHED.value)


def pieces(commitment_ids: Iterable[int]) -> dict[int, list[Piece]]:
    """Every piece of these items in the order of their chains, withdrawn ones too, with file, withdrawal and verdicts.

    Two queries, however many items. An item without pieces is not in the answer.
    """
    found = Piece.objects.filter(commitment_id__in=list(commitment_ids)).select_related("file", "withdrawal")
    told: dict[int, list[Piece]] = {}
    for piece in found.order_by("commitment_id", "number").prefetch_related("verdicts"):
        told.setdefault(piece.commitment_id, []).append(piece)
    return told


def piece(number: int) -> Piece | None:
    """One piece with its item, file, withdrawal and verdicts."""
    found = Piece.objects.filter(pk=number).select_related("commitment", "file", "withdrawal")
    return found.prefetch_related("verdicts").first()


def withdrawn(one: Piece) -> bool:
    """Whether it no longer counts."""
    return hasattr(one, "withdrawal")


def latest(one: Piece) -> Verdict | None:
    """The verdict that holds; None when nobody has looked."""
    return max(one.verdicts.all(), key=lambda verdict: verdict.number, default=None)


def gap(commitment: Commitment, on: date | None = None) -> tuple[str, ...]:
    """What is still lacking before the item may be closed, in Chinese sentences, empty when it is enough: at most two queries.

    Args:
        commitment: the item.
        on: the day it is looked at; today when None.
    """
    day = on or timezone.localdate()
    needs = ENOUGH[Kind(commitment.kind)]
    known = settled(commitment, day) if any(need.figure for need in needs) else None
    judged = Verdict.objects.filter(piece=OuterRef("pk")).order_by("-number").values("outcome")[:1]
    found = Piece.objects.filter(commitment=commitment, withdrawal=None).order_by("number")
    rows = list(found.annotate(outcome=Subquery(judged), settled=Exists(known or Figure.objects.none())))
    figure = rows[0].settled if rows else known is not None and known.exists()
    shown = [_told(one, one.outcome) for one in rows]
    return tuple(one.lack for one in hold(needs, PAPER, shown, day, figure=figure) if one.lack)


def held(
    commitment: Commitment, found: Iterable[Piece], on: date, *, has_figure: bool | None = None
) -> tuple[Held, ...]:
    """Every need of an item with the piece or the figure that meets it, or what is lacking.

    Args:
        commitment: the item.
        found: what was brought.
        on: the day.
        has_figure: whether one of its figures was verified, where the page knows it already.
    """
    needs = ENOUGH[Kind(commitment.kind)]
    figure = any(need.figure for need in needs) and (_settled(commitment, on) if has_figure is None else has_figure)
    return hold(needs, PAPER, [_shown(one) for one in found if not withdrawn(one)], on, figure=figure)


def _shown(one: Piece) -> Shown:
    verdict = latest(one)
    return _told(one, verdict.outcome if verdict else None)


def _told(one: Piece, outcome: str | None) -> Shown:
    """A piece as the rules of what is enough know it; no outcome while nobody has judged it."""
    accepted = None if outcome is None else outcome == Verdict.Outcome.ACCEPTED
    brought = timezone.localdate(one.at)
    return Shown(one.pk, one.name, one.kind, bool(one.document_number), brought, accepted)


def _settled(commitment: Commitment, on: date) -> bool:
    """Whether a verified or published figure of the plan's time is known for one of its targets."""
    known = settled(commitment, on)
    return known is not None and known.exists()


def settled(commitment: Commitment, on: date) -> QuerySet[Figure] | None:
    """Figures that were verified or published for its targets in the plan's time, not asked yet; None where none can be."""
    edition = commitment.edition
    if edition.imaginary and not edition.city.imaginary:
        return None
    asked = [target.indicator for target in commitment.targets.all() if target.indicator]
    if not asked:
        return None
    known = Figure.objects.filter(
        city_id=edition.city_id, indicator__in=asked, division="", standing__in=_SETTLED, known__lte=on
    )
    if edition.begun:
        known = known.filter(on__gte=edition.begun)
    return known


def records(found: Iterable[Piece]) -> list[Mapping[str, object]]:
    """Every link of one item's chain in order: pieces, withdrawals, verdicts."""
    told: list[Mapping[str, object]] = []
    for one in found:
        told.append(one.record())
        told += [verdict.record() for verdict in one.verdicts.all()]
        if withdrawn(one):
            told.append(one.withdrawal.record())
    return sorted(told, key=lambda record: (int(str(record["number"])), str(record["digest"])))


def end(commitment: Commitment) -> tuple[int, str]:
    """Number and digest of the end of an item's chain, as kept apart from it."""
    kept = Chain.objects.filter(commitment=commitment).first()
    return (kept.number, kept.digest) if kept else (0, GENESIS)


def broken(commitment: Commitment) -> Finding | None:
    """The first broken place of an item's chain; None when it is whole."""
    found = pieces([commitment.pk]).get(commitment.pk, [])
    return chain.verify(commitment.number, records(found), *end(commitment))


def chosen(plan: int | None = None, number: str = "") -> list[int]:
    """Ids of the items of a plan, or of one item by its number, in the order of their plans."""
    found = Commitment.objects.order_by("edition_id", "place", "id")
    if plan is not None:
        found = found.filter(edition_id=plan)
    if number:
        found = found.filter(number=number)
    return list(found.values_list("pk", flat=True))


def contents(ids: Sequence[int]) -> Contents:
    """What is sealed of these items, as it stands with the newest entry of the journal that is no export itself.

    An export enters the journal too; were it part of what is sealed, no archive could be made twice.

    Raises:
        RefusedError: the chain of an item is broken. It is not sealed as if it were whole.
    """
    anchor = Entry.objects.exclude(action="evidence.export").order_by("-number").first()
    on = timezone.localdate(anchor.at) if anchor else date.min
    rows = Commitment.objects.filter(pk__in=ids).select_related("edition__city").prefetch_related("targets")
    found, ends = pieces(ids), {one.commitment_id: one for one in Chain.objects.filter(commitment__in=ids)}
    items = []
    for row in rows.order_by("edition_id", "place", "id"):
        mine, kept = found.get(row.pk, []), ends.get(row.pk, Chain())
        links = records(mine)
        if fault := chain.verify(row.number, links, kept.number, kept.digest):
            raise RefusedError(fault)
        items.append(_item(row, links, kept.digest, tuple(one.lack for one in held(row, mine, on) if one.lack)))
    titles = list(dict.fromkeys(item.plan for item in items))
    return Contents(
        title=f"佐证材料　{'、'.join(titles)}",
        items=items,
        journal=f"{anchor.number}:{anchor.digest}" if anchor else "",
        papers={paper.key: paper.label for paper in PAPERS},
        made_up=any(row.edition.imaginary for row in rows),
    )


def _item(row: Commitment, links: Sequence[Mapping[str, object]], end: str, lacking: Sequence[str]) -> Item:
    return Item(
        id=row.pk,
        number=row.number,
        title=row.title,
        plan=row.edition.title,
        kind=_KIND[row.kind],
        audience=row.get_audience_display(),
        gap=lacking,
        chain=links,
        end=end,
    )
