"""销号 and the 督办 of one item, ready for its page."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi import spine
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.escalations import queries
from luoshi.bureau.escalations.models import Paper, Signature
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.queries import actor_of

_STEPS = (Signature.Step.SECTION, Signature.Step.LEADER, Signature.Step.OFFICE)


def papers_of(request: HttpRequest, row: Commitment, found: Sequence[Paper]) -> list[Paper]:
    """Of the 督办 papers of an item those that the person sees."""
    actor = actor_of(request)
    return queries.papers_of(actor, row, found) if queries.sees_item(actor, row) else []


def closing_of(
    request: HttpRequest, row: Commitment, signed: Sequence[Signature], missing: tuple[str, ...]
) -> dict[str, Any] | None:
    """What the section 销号 shows; None before the item is issued.

    Args:
        request: whose page it is.
        row: the item.
        signed: every signature of its closings, by round.
        missing: the gap in its evidence.
    """
    if row.breakdown.stage != Breakdown.Stage.ISSUED:
        return None
    rounds = queries.rounds_of(signed)
    current = next((one for one in rounds if not one.closing.ended), None)
    taken = current.signatures if current else ()
    opened = max((one.closing.reopened_on for one in rounds if one.closing.reopened_on), default=None)
    anew = opened is not None and (row.judged_on is None or row.judged_on < opened)
    done = row.judged == spine.State.DONE and not anew
    asks = done and row.closed_on is None
    missing = missing if asks else ()
    on = min(day_of(request, row.edition.city), timezone.localdate())
    return {
        "closed_on": row.closed_on,
        "judged_done": done,
        "anew": anew and row.closed_on is None,
        "gap": missing,
        "shown": current.closing.shown if current else "",
        "lines": _lines(request, row, taken, ready=asks and not missing),
        "open": bool(taken) and row.closed_on is None,
        "may_back": why_not(request, "close_back"),
        "may_reopen": why_not(request, "reopen_closed"),
        "leader": row.leader,
        "leads": actor_of(request).role == "leader",
        "rounds": [one for one in rounds if one.closing.ended or one.closing.closed_on],
        "today": on,
    }


def _lines(request: HttpRequest, row: Commitment, taken: Sequence[Signature], *, ready: bool) -> list[dict[str, Any]]:
    """The three lines; the one whose turn it is carries a form, the others say why they do not."""
    told = []
    for place, step in enumerate(_STEPS):
        signed = taken[place] if place < len(taken) else None
        why = why_not(request, f"close_{step.value}", lead=row.lead)
        if place > len(taken):
            why = _("先由%(step)s签字") % {"step": _STEPS[place - 1].label}
        told.append(
            {
                "step": step.value,
                "label": step.label,
                "signed": signed,
                "why_not": why,
                "here": signed is None and place == len(taken) and ready,
            }
        )
    return told
