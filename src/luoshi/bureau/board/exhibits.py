"""佐证与缺口 of one item: what was brought, what a reviewer said of it, what is still lacking."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.shown import Word, named
from luoshi.bureau.evidence import queries
from luoshi.bureau.evidence.models import Piece, Verdict
from luoshi.bureau.files.thumbnails import PICTURED
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import foreign
from luoshi.declared import FORMS, PAPERS
from luoshi.tracking.sufficing import Held

_MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One line of the table."""

    piece: Piece
    state: Word
    verdict: Verdict | None
    earlier: int
    """How many verdicts it superseded."""
    seen: int
    kind: str
    pictured: bool
    own: bool
    """Whether the person looking brought it: he does not judge it."""
    judgeable: bool
    withdrawable: bool


@dataclass(frozen=True, slots=True)
class Vault:
    """What the section shows."""

    exhibits: tuple[Exhibit, ...]
    needs: tuple[tuple[str, Held], ...]
    """What is asked for, in words, and what meets it or is lacking."""
    open: int
    """How many needs are not met."""
    url: str
    papers: tuple[Word, ...]
    forms: str
    accepted: str
    """What the file chooser offers."""
    no_attach: str
    no_judge: str

    @property
    def gap(self) -> tuple[str, ...]:
        """What is still lacking, in Chinese sentences."""
        return tuple(one.lack for _, one in self.needs if one.lack)


def exhibits(request: HttpRequest, row: Commitment, found: Sequence[Piece], *, has_figure: bool) -> Vault:
    """The evidence of an item for whoever looks.

    Args:
        request: who looks.
        row: the item.
        found: what was brought.
        has_figure: whether one of its figures was verified.
    """
    actor = actor_of(request)
    seen = [one for one in found if not (one.division and foreign(actor, one.division))]
    no_attach, no_judge = why_not(request, "attach", lead=row.lead), why_not(request, "verify_evidence")
    needs = queries.held(row, found, timezone.localdate(), has_figure=has_figure)
    return Vault(
        exhibits=tuple(_exhibit(actor, one, may_judge=not no_judge, may_attach=not no_attach) for one in seen),
        needs=tuple((named(one.need), one) for one in needs),
        open=sum(bool(one.lack) for one in needs),
        url=reverse("evidence_attach", args=[row.pk]),
        papers=tuple(Word(paper.key, named(paper)) for paper in PAPERS),
        forms="、".join(f"{form.label} {form.largest // _MB} MB" for form in FORMS),
        accepted=".pdf,.png,.jpg,.jpeg,.ofd,.docx,.xlsx,.doc,.xls,.wps,.et,.txt",
        no_attach=no_attach,
        no_judge=no_judge,
    )


def _exhibit(actor: Actor, one: Piece, *, may_judge: bool, may_attach: bool) -> Exhibit:
    gone, verdict, own = queries.withdrawn(one), queries.latest(one), one.by_login == actor.login
    accepted = verdict is not None and verdict.outcome == Verdict.Outcome.ACCEPTED
    seen = len(one.verdicts.all())
    mine = own or (actor.role == "section" and one.office == actor.office)
    return Exhibit(
        piece=one,
        state=_state(verdict, gone=gone),
        verdict=verdict,
        earlier=max(seen - 1, 0),
        seen=seen,
        kind=named(queries.PAPER[one.kind]),
        pictured=one.file.form in PICTURED,
        own=own,
        judgeable=may_judge and not own and not gone,
        withdrawable=may_attach and not gone and (actor.role == "supervisor" or (mine and not accepted)),
    )


def _state(verdict: Verdict | None, *, gone: bool) -> Word:
    if gone:
        return Word("paused", _("已撤回"))
    if verdict is None:
        return Word("unknown", _("待核验"))
    return Word("done" if verdict.outcome == Verdict.Outcome.ACCEPTED else "behind", verdict.get_outcome_display())
