"""Keeping a list of divisions or schools as it came, so that what is carried out is what was looked at."""

from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.models import File
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import require


def bring_units(actor: Actor, content: bytes, name: str) -> File:
    """A list is kept; no unit is written yet.

    Raises:
        RefusedError: no right, or too large.
    """
    with act(actor, "files.units", "file", "", name) as note:
        require(actor, "units")
        kept = keep(actor, content, name)
        note.id, note.detail = kept.digest[:16], {"摘要": kept.digest, "字节": kept.size}
    return kept
