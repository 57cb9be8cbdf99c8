"""What was done to a thing, field by field."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import shown
from luoshi.bureau.journal import queries as journal
from luoshi.bureau.journal.actions import AFTER, BEFORE
from luoshi.bureau.journal.differences import Stretch, compared
from luoshi.bureau.journal.kinds import field_said, value_said
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import Role

PAGES = {
    "commitment": "item",
    "plan": "plan",
    "notice": "notice",
    "publication": "publication",
    "bulletin": "bulletin",
    "paper": "escalation",
    "round": "agreement",
    "line": "agreed_line",
    "form": "form",
    "handback": "handback",
    "indicator": "indicator",
    "parameter": "parameter",
    "checklist": "checklist",
    "return_window": "return_window",
}
"""By kind of thing: the page that shows it."""
KIND_OF = {**{page: kind for kind, page in PAGES.items()}, "point": "plan"}
_LONG = 24
"""Characters from which on two values are compared word by word."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an act changed."""

    label: str
    before: str
    after: str
    stretches: list[Stretch] = field(default_factory=list)
    """Both texts together where they are long; empty where before and after stand side by side."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act as the history tells it."""

    entry: Entry
    said: str
    role: str
    outcome: str
    reason: list[str]
    changes: list[Change]
    facts: list[tuple[str, str]]
    """What else the act says of itself."""


def line(entry: Entry) -> Line:
    """An entry told field by field."""
    try:
        detail = json.loads(entry.detail)
    except ValueError:
        detail = {}
    told = detail if isinstance(detail, Mapping) else {}
    return Line(
        entry=entry,
        said=journal.said(entry.action),
        role=str(dict(Role.choices).get(entry.role, entry.role)),
        outcome=entry.get_outcome_display(),
        reason=entry.reason.splitlines(),
        changes=[_change(name, value) for name, value in told.items() if _changed(value)],
        facts=[(field_said(name), worded(value)) for name, value in told.items() if not _changed(value) and value],
    )


def page_of(kind: str, key: str) -> str:
    """Where a thing is shown; empty where it has no page of its own."""
    if kind not in PAGES or not key:
        return ""
    for told in (int(key) if key.isdecimal() else key, key):
        try:
            return reverse(PAGES[kind], args=[told])
        except NoReverseMatch:
            continue
    return ""


def history_of(kind: str, key: str) -> str:
    """Where all that was done to a thing is told; empty for what has no number of its own."""
    try:
        return reverse("journal_history", args=[kind, key]) if key else ""
    except NoReverseMatch:
        return ""


def worded(value: object) -> str:
    """A value of a detail in words."""
    if value is None or value == "":
        return "——"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Mapping):
        return "；".join(f"{field_said(name)} {worded(told)}" for name, told in value.items()) or "——"
    if isinstance(value, list):
        return "、".join(worded(one) for one in value) or "——"
    return value_said(shown.state(str(value)))


def _changed(value: object) -> bool:
    return isinstance(value, Mapping) and set(value) == {BEFORE, AFTER}


def _change(name: str, value: Mapping[str, object]) -> Change:
    before, after = worded(value[BEFORE]), worded(value[AFTER])
    long = value[BEFORE] and value[AFTER] and max(len(before), len(after)) > _LONG
    return Change(field_said(name), before, after, compared(before, after) if long else [])
