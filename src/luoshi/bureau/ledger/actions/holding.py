"""A commitment held until the transaction ends, for somebody who may work on it and has seen it as it is."""

from luoshi.bureau.journal.actions import Actor, Note
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def held(actor: Actor, right: str, commitment_id: int, version: int, note: Note) -> Commitment:
    """The commitment, locked; its name goes into the note.

    Raises:
        RefusedError: there is none, the person may not, or somebody changed it since the page was shown.
    """
    commitment = Commitment.objects.select_for_update().filter(pk=commitment_id).first()
    if commitment is None:
        raise RefusedError(Finding("督查台账", "没有这一项", "只能办理台账里的事项", "请刷新页面"))
    note.title = f"{commitment.number} {commitment.title}"
    require(actor, right, lead=commitment.lead)
    if commitment.version != version:
        raise RefusedError(Finding(commitment.number, "别人刚刚办理过这一项", "以先办的为准", "请刷新页面，看过后再办"))
    return commitment
