"""Everything that is kept about one item, in one query beside its row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from luoshi.bureau.board.at_once import at_once, laid
from luoshi.bureau.escalations.models import Closing, Paper, Signature
from luoshi.bureau.evidence import queries as evidence
from luoshi.bureau.evidence.models import Piece, Verdict, Withdrawal
from luoshi.bureau.files.models import File
from luoshi.bureau.journal import queries as journal
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.models import Commitment, Judgement, Milestone, Quote
from luoshi.bureau.people.models import Office
from luoshi.bureau.plans.models import Mechanism

SHOWN = 12
"""So many of a history are shown at first; all of them on the page that is asked for with ?all=1."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What lies beside a row. Its quotes, judgements and milestones lie on the row itself."""

    offices: dict[str, Office]
    mechanisms: list[Mechanism]
    pieces: list[Piece]
    settled: bool
    """Whether a figure of one of its targets was verified."""
    signatures: list[Signature]
    papers: list[Paper]
    entries: list[Entry]
    """What was done to it, the newest first; one more than is shown, unless all of it was asked for."""


def folder(row: Commitment, *, whole: bool) -> Folder:
    """What is kept about an item, its targets apart: one query.

    Args:
        row: with its targets.
        whole: whether its whole history is asked for.
    """
    proposals = Quote.objects.filter(commitment=row)
    entries = journal.about({"commitment": [row.pk]}, ("proposal", proposals.values("proposal_id")))
    asked: dict[str, Any] = {
        "quotes": proposals,
        "judgements": Judgement.objects.filter(commitment=row),
        "milestones": Milestone.objects.filter(commitment=row),
        "offices": Office.objects.filter(city=row.edition.city_id),
        "mechanisms": Mechanism.objects.filter(city=row.edition.city_id),
        "pieces": Piece.objects.filter(commitment=row),
        "withdrawals": Withdrawal.objects.filter(piece__commitment=row),
        "verdicts": Verdict.objects.filter(piece__commitment=row),
        "files": File.objects.filter(_of(row)),
        "closings": Closing.objects.filter(commitment=row),
        "signatures": Signature.objects.filter(closing__commitment=row),
        "papers": Paper.objects.filter(commitment=row),
        "entries": entries if whole else Entry.objects.filter(pk__in=entries.values("pk")[: SHOWN + 1]),
    }
    settled = evidence.settled(row, timezone.localdate())
    if settled is not None:
        asked["settled"] = settled
    return _folded(row, at_once(Commitment.objects.filter(pk=row.pk), asked))


def _of(row: Commitment) -> Q:
    """The files of an item: its evidence, and the scans of its papers and signatures."""
    scans = (Paper.objects.filter(commitment=row), Signature.objects.filter(closing__commitment=row))
    found = Q(pk__in=Piece.objects.filter(commitment=row).order_by().values("file"))
    for listed in scans:
        found |= Q(pk__in=listed.order_by().exclude(scan=None).values("scan"))
    return found


def _folded(row: Commitment, told: dict[str, list[Any]]) -> Folder:
    laid(row, "quotes", sorted(told["quotes"], key=lambda one: one.start))
    laid(row, "judgements", told["judgements"])
    laid(row, "milestones", sorted(told["milestones"], key=_by_place))
    files = {one.pk: one for one in told["files"]}
    closings = {one.pk: one for one in told["closings"]}
    for one in (*told["papers"], *told["signatures"]):
        one.scan = files.get(one.scan_id)
    for one in told["signatures"]:
        one.closing = closings[one.closing_id]
    return Folder(
        offices={one.code: one for one in sorted(told["offices"], key=lambda one: one.place)},
        mechanisms=told["mechanisms"],
        pieces=_pieces(told, files),
        settled=bool(told.get("settled")),
        signatures=sorted(told["signatures"], key=lambda one: (one.closing_id, one.pk)),
        papers=sorted(told["papers"], key=lambda one: (one.month, one.pk)),
        entries=told["entries"][::-1],
    )


def _by_place(one: Milestone) -> tuple[int, bool, Any]:
    return one.place, one.due is not None, one.due


def _pieces(told: dict[str, list[Any]], files: dict[int, File]) -> list[Piece]:
    gone = {one.piece_id: one for one in told["withdrawals"]}
    for one in told["pieces"]:
        one.file = files[one.file_id]
        vars(one._state).setdefault("fields_cache", {})["withdrawal"] = gone.get(one.pk)  # noqa: SLF001 (as select_related leaves it)
        laid(one, "verdicts", _sorted([found for found in told["verdicts"] if found.piece_id == one.pk]))
    return list(_sorted(told["pieces"]))


def _sorted(listed: Sequence[Any]) -> list[Any]:
    return sorted(listed, key=lambda one: one.number)
