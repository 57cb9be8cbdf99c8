"""What is known of backups, drills and upgrades: by the journal."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luoshi.bureau.journal.models import Entry


@dataclass(frozen=True, slots=True)
class Entered:
    """The last entry of its kind."""

    at: datetime
    by: str
    title: str
    """Of the backup or the upgrade."""
    good: bool
    told: Mapping[str, Any]
    """The figures."""
    reason: str
    """Why it was refused."""


def last(action: str) -> Entered | None:
    """The newest entry of an action, done or refused; None before the first."""
    found = Entry.objects.filter(action=action).order_by("-number").first()
    if found is None:
        return None
    told = json.loads(found.detail)
    return Entered(found.at, found.actor_name, found.subject, found.outcome == "done", told, found.reason)
