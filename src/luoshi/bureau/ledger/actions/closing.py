"""销号 as the row shows it. Signatures and reasons are kept by the room that closes; it calls this inside its own act."""

from datetime import date

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Commitment


def set_closed(actor: Actor, commitment: Commitment, on: date | None) -> None:  # noqa: ARG001 (the calling act names them)
    """Since when the item is 已销号; None opens it again. The row is held by the caller."""
    commitment.closed_on = on
    commitment.version += 1
    commitment.save(update_fields=["closed_on", "version"])
