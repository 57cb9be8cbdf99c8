"""Papers back: what went out, what came back, and how each returned cell stands against the ledger as it is now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from luoshi.bureau.handouts.models import Handback, Handout, Remark
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.cells import COLUMNS, Known, cells
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.related import with_parents, with_related
from luoshi.words.columns import Column
from luoshi.words.masking import masked_phone

CONSULTED = ("number", "title", "target", "lead", "partners", "units", "due", "milestones")
"""Columns of the 征求意见稿."""


def masked(key: str, words: str) -> str:
    """What a cell says on a paper, on a page and in the journal: a telephone number masked, anything else as it is."""
    return masked_phone(words) if key == "phone" else words


def unchanged(remark: Remark, now: str) -> bool:
    """Whether the cell of a remark still says what went out, or says already what came back; what went out may be masked."""
    return now in {remark.was, remark.told} or masked(remark.column, now) == remark.was


def rows_of(breakdown: Breakdown) -> list[Commitment]:
    """The items of a breakdown with all that their cells say."""
    return with_cells(Commitment.objects.filter(breakdown=breakdown), breakdown, breakdown.edition)


def with_cells(found: QuerySet[Commitment], *known: Model) -> list[Commitment]:
    """Rows with everything `cells` reads: seven queries, less one for what is at hand, however many rows."""
    rows = with_parents(found, "point", "edition", "breakdown", known=known)
    return with_related(rows, "targets", "milestones", "changes")


def by_leader(rows: Iterable[Commitment]) -> dict[str, list[Commitment]]:
    """Items by the leader in charge; "" for none."""
    told: dict[str, list[Commitment]] = {}
    for row in rows:
        told.setdefault(row.leader, []).append(row)
    return told


def columns_of(keys: Iterable[str]) -> list[Column]:
    """Declared columns by key, those that are not declared left out."""
    return [COLUMNS[key] for key in keys if key in COLUMNS]


def handout(number: int) -> Handout | None:
    """One paper with its plan."""
    return Handout.objects.filter(pk=number).select_related("edition", "edition__city", "breakdown").first()


def by_code(code: str) -> Handout | None:
    """The paper with this 校验码."""
    return Handout.objects.filter(code=code).select_related("edition", "edition__city").first()


def handback(number: int) -> Handback | None:
    """One file that came back, with the paper it answers."""
    found = Handback.objects.filter(pk=number).select_related("handout", "handout__edition", "handout__edition__city")
    return found.first()


def recipient(paper: Handout) -> Actor:
    """Whoever the paper went to, as an actor: what may be filled on it is his, whoever brings it back."""
    return Actor("", paper.to or "外发对象", paper.role, paper.office)


@dataclass(frozen=True, slots=True)
class Returned:
    """One remark beside the ledger as it is now."""

    remark: Remark
    label: str
    """Heading of the column; empty for a comment."""
    now: str
    """What the cell says now, masked where pages mask it."""
    conflict: bool
    """Open, and the cell was changed since it went out."""


def returned(back: Handback, known: Known) -> list[Returned]:
    """Every remark of a file, with what its cell says now."""
    remarks = list(back.remarks.select_related("commitment"))
    wanted = {remark.commitment_id for remark in remarks}
    rows = {row.pk: row for row in with_cells(Commitment.objects.filter(pk__in=wanted))}
    now = {pk: cells(row, known) for pk, row in rows.items()}
    return [_returned(remark, now[remark.commitment_id]) for remark in remarks]


def _returned(remark: Remark, now: Mapping[str, str]) -> Returned:
    if not remark.column:
        return Returned(remark, "", "", conflict=False)
    says = now[remark.column]
    still = remark.decision == Remark.Decision.OPEN
    conflict = still and not unchanged(remark, says)
    return Returned(remark, COLUMNS[remark.column].label, masked(remark.column, says), conflict=conflict)


def remarks_on(breakdown: Breakdown) -> list[Remark]:
    """All comments on the items of a breakdown, in the order of the plan."""
    found = Remark.objects.filter(commitment__breakdown=breakdown, handback__handout__purpose=Handout.Purpose.CONSULT)
    return list(found.select_related("commitment", "handback", "handback__handout"))


def unanswered(rows: Sequence[Commitment]) -> dict[int, Commitment]:
    """Items with comments nobody answered."""
    found = Remark.objects.filter(
        commitment__in=rows, decision=Remark.Decision.OPEN, handback__handout__purpose=Handout.Purpose.CONSULT
    )
    return {remark.commitment_id: remark.commitment for remark in found.select_related("commitment")}
