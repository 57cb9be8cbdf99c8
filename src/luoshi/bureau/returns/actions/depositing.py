"""入库: what was accepted goes into the lake, and the database learns its edition afterwards.

    the acceptance with a deposit that has no edition yet  ── commit
    the rows into the lake                                 ── forced to the disk
    the edition into the deposit, the units accepted       ── commit

A crash leaves a deposit without an edition. Whoever comes next does the last two steps once more: an edition from the same
listing that is in the lake is taken as it is, else the rows are handed in. Nothing is deposited twice, nothing is forgotten.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime

from django.utils import timezone

from luoshi.bureau.files.queries import content
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.lakes import lake
from luoshi.bureau.returns.actions.asking_again import ask_again
from luoshi.bureau.returns.actions.holding import moved
from luoshi.bureau.returns.besides import composed
from luoshi.bureau.returns.models import Deposit, Filing, Unit
from luoshi.declared.returns import RETURNS


def settle(actor: Actor, window_id: int | None = None, passed: Callable[[str], None] = lambda _: None) -> list[Deposit]:
    """Finish every deposit that has no edition yet, in the order they were asked for; also after a crash.

    Args:
        actor: whoever finishes them.
        window_id: those of one window; all without.
        passed: told after each step; a proof dies in it.
    """
    waiting = Deposit.objects.filter(edition=None).order_by("pk")
    if window_id is not None:
        waiting = waiting.filter(window=window_id)
    settled = [settle_one(actor, pk, passed) for pk in waiting.values_list("pk", flat=True)]
    for pk in Deposit.objects.filter(asked_again=False, edition__isnull=False).values_list("pk", flat=True):
        ask_again(actor, pk)
    return settled


def settle_one(actor: Actor, number: int, passed: Callable[[str], None] = lambda _: None) -> Deposit:
    """The rows into the lake, then the edition into the deposit."""
    deposit = Deposit.objects.select_related("window", "listing").get(pk=number)
    listed = json.loads(content(deposit.listing))["filings"]
    edition, rows = _edition(deposit, [int(one["filing"]) for one in listed])
    passed("lake")
    with act(actor, "returns.deposit", "return_window", deposit.window_id, deposit.window.title) as note:
        held = Deposit.objects.select_for_update(of=("self",)).select_related("window").get(pk=number)
        note.detail = {"报表": RETURNS[held.of].label, "县区": held.county, "版次": edition, "行数": rows}
        if held.edition is None:
            held.edition, held.rows = edition, rows
            held.save(update_fields=["edition", "rows"])
            _accept_units(actor, held)
    passed("database")
    return held


def _edition(deposit: Deposit, filings: list[int]) -> tuple[int, int]:
    """The number of the edition, there already or made now, and how many rows it has."""
    window = deposit.window
    of = RETURNS[deposit.of]
    same = (deposit.listing.digest, window.definition)
    for known in lake().editions(of.key, window.period, deposit.county):
        if (known.source, known.definition) == same:
            return known.number, known.rows
    frame = composed(window, of.key, list(Filing.objects.filter(pk__in=filings).select_related("unit")))
    made = lake().deposit(
        frame,
        kind=of.key,
        period=window.period,
        division=deposit.county,
        definition=window.definition,
        source=deposit.listing.digest,
        key=of.keys,
        at=datetime.now(UTC),
        by=deposit.by,
    )
    return made.number, made.rows


def _accept_units(actor: Actor, deposit: Deposit) -> None:
    """With its last deposit a county's units are accepted."""
    others = Deposit.objects.filter(window=deposit.window, county=deposit.county, edition=None)
    if others.exists():
        return
    held = Unit.objects.select_for_update().filter(window=deposit.window, county=deposit.county).order_by("pk")
    units = list(held.filter(state=Unit.State.DEPOSITING))
    for unit in units:
        unit.state = Unit.State.ACCEPTED
    moved(actor, units, "deposit", timezone.localdate())
