"""What the tables of shares, pauses and decisions say now, carried to the row that is shown: inside the act that changed them."""

from django.utils import timezone

from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Change, Commitment, Pause, Share
from luoshi.bureau.people.units.queries import names as unit_names
from luoshi.declared import LEDGER_COLUMNS

_LABELS = {column.key: column.label for column in LEDGER_COLUMNS}


def carry_agreed(actor: Actor, row: Commitment, *fields: str) -> None:  # noqa: ARG001 (named in every action)
    """The row says what its tables say, and whoever has its page open is told that it changed.

    Args:
        actor: who changed them.
        row: held by the act.
        fields: other fields of the row that were set and are to be kept.
    """
    row.agreed = {"shares": _shares(row), "why": _whys(row), "pauses": _pauses(row), "decisions": _decisions(row)}
    row.agreed = {name: told for name, told in row.agreed.items() if told}
    row.version += 1
    row.save(update_fields=["agreed", "version", *fields])


def _shares(row: Commitment) -> dict[str, list[dict[str, str | None]]]:
    names = unit_names(row.edition.city_id)
    told: dict[str, list[dict[str, str | None]]] = {}
    for one in Share.objects.filter(target__commitment=row, void=False):
        told.setdefault(str(one.target_id), []).append(
            {
                "division": one.division,
                "name": names.get(one.division, one.division),
                "value": None if one.value is None else format(one.value.normalize(), "f"),
                "due": _said(one.due),
                "words": one.words,
            }
        )
    return told


def _whys(row: Commitment) -> dict[str, str]:
    """Of each divided target why its shares do not add up, where somebody said so."""
    found = Share.objects.filter(target__commitment=row, void=False).exclude(why="")
    return {str(target): why for target, why in found.values_list("target_id", "why")}


def _pauses(row: Commitment) -> list[dict[str, object]]:
    return [
        {
            "id": one.pk,
            "begun": _said(one.begun),
            "until": _said(one.until),
            "extends": one.extends,
            "reason": one.reason,
            "state": one.state,
            "asked_by": one.asked_by,
            "asked_on": _said(timezone.localdate(one.asked_at)),
            "decided_by": one.decided_by,
            "decided_on": _said(one.decided_on),
            "words": one.words,
            "scan": one.scan.digest if one.scan else "",
            "resumed_on": _said(one.resumed_on),
            "resumed_by": one.resumed_by,
            "resumed_words": one.resumed_words,
        }
        for one in Pause.objects.filter(commitment=row).select_related("scan")
    ]


def _decisions(row: Commitment) -> list[dict[str, str]]:
    found = Change.objects.filter(commitment=row, meeting__isnull=False).select_related("meeting")
    return [
        {
            "on": _said(one.decided_on) or "",
            "meeting": one.decided_by,
            "what": f"{_LABELS.get(one.column, one.column)}：{one.was or '空'} → {one.becomes or '空'}",
            "words": one.words,
            "audience": one.meeting.audience if one.meeting else "bureau",
        }
        for one in found
    ]


def _said(day: object) -> str | None:
    return str(day) if day else None
