"""What the page of one school shows: what it has to do now, what the house filled in for it, what it handed in before.

The same page for the school itself, on a telephone, and for its county, which prints it for schools that want no account.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.bureau.board import returned
from luoshi.bureau.forms import queries as forms
from luoshi.bureau.forms.models import Filing, Sheet
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Institution
from luoshi.bureau.people.rights import own_school, refused
from luoshi.bureau.people.units.queries import school_stood_for
from luoshi.bureau.returns import queries, seeing
from luoshi.bureau.returns.besides import kept, register
from luoshi.bureau.returns.models import Step, Unit
from luoshi.declared.returns import RETURNS

_TO_DO = ("owing", "imported", "returned", "reopened")
_HELD = (("class_bands", "年报"), ("kindergartens", "年报"), ("premises", "年报"), ("classes", "学籍"))
"""What is looked for: return and 口径."""


@dataclass(frozen=True, slots=True)
class ToDo:
    """One return that waits for the school."""

    row: returned.UnitRow
    back: Step | None
    """The step that sent it back; None where nobody did."""
    now: bool
    """Whether its day falls in this month, or it came back."""
    days: int
    """Until its day; negative when it is past."""


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One form that was sent to the school."""

    sheet: Sheet
    filing: Filing | None
    mark: str
    state: str
    """Key of the words of the page: owing, mend, done."""


@dataclass(frozen=True, slots=True)
class Told:
    """One school: who it is, and its units and sheets of all its codes."""

    code: str
    label: str
    county: str
    units: Sequence[Unit]
    sheets: Sequence[tuple[Sheet, Filing | None]]
    earlier: tuple[str, ...]
    """Codes it had before, or took in."""


def told_of(actor: Actor, city: City, code: str) -> Told | None:
    """A school as this person may see it; None where it is not for them or nobody knows it. Six queries, however many schools."""
    own, codes = own_school(actor, code), school_stood_for(code)
    units = [one for one in queries.of_school(city, *codes) if seeing.sees(actor, one.window, one.county, one.code)]
    if not units and not own:
        return None
    there = Institution.objects.filter(city=city, code=code).order_by("-begun").first()
    if not units and there is None:
        return None
    county = there.county if there and own else units[0].county
    label = there.name if there else units[0].label
    gathers = own or not refused(actor, "gather_form")
    sheets = forms.of_schools(codes) if gathers else []
    return Told(code, label, county, units, sheets, tuple(sorted(codes - {code})))


def to_do(units: Sequence[Unit], today: date) -> list[ToDo]:
    """Returns that wait for the school, those that came back first, then by their day."""
    open_now = [one for one in units if one.state in _TO_DO and not one.merged_into and _takes(one)]
    backs = queries.sent_back([one for one in open_now if one.state == "returned"])
    rows = [_to_do(row, backs.get(row.unit.pk), today) for row in returned.unit_rows(open_now)]
    return sorted(rows, key=lambda one: (one.back is None, one.row.unit.window.due_school))


def _takes(one: Unit) -> bool:
    """Whether the window still takes it: after the closing day only what was handed in before."""
    stage = one.window.stage
    return stage == "open" or one.accepted_id is not None or (stage == "closed" and one.handed_on is not None)


def _to_do(row: returned.UnitRow, back: Step | None, today: date) -> ToDo:
    due = row.unit.window.due_school
    now = back is not None or (due.year, due.month) == (today.year, today.month)
    return ToDo(row, back, now, (due - today).days)


def own_sheets(sheets: Sequence[tuple[Sheet, Filing | None]]) -> list[OwnSheet]:
    """Forms with how far they are, those that wait first."""
    told = [_own_sheet(sheet, filing) for sheet, filing in sheets]
    return sorted(told, key=lambda one: one.state == "done")


def _own_sheet(sheet: Sheet, filing: Filing | None) -> OwnSheet:
    state = "owing" if filing is None else "mend" if filing.stops else "done"
    return OwnSheet(sheet, filing, {"owing": "unknown", "mend": "behind", "done": "done"}[state], state)


def filled(told: Told, today: date) -> list[tuple[str, str, str, int]]:
    """What the house holds of a school already, so that nobody asks for it: return, 口径, period, rows."""
    first = told.units[0] if told.units else None
    latest = first.window.period if first else str(today.year)
    code, county = (first.code, first.county) if first else (told.code, told.county)
    found = list[tuple[str, str, str, int]]()
    known = register(latest, (county,))
    if known is not None and (known["school"] == code).any():
        found.append((RETURNS["institutions"].label, "年报", latest, 1))
    for key, definition in _HELD:
        of = RETURNS[key]
        for period in (latest, str(int(latest[:4]) - 1)):
            rows = kept(of, period, (county,), definition, {code})
            many = 0 if rows is None else rows.filter(rows["school"] == code).height
            if many:
                found.append((of.label, definition, period, many))
                break
    return found


def counts_of(told: Told, today: date) -> dict[str, int]:
    """How many returns and forms wait: this month, sent back among them; past their day; of later months."""
    return _counts(to_do(told.units, today), own_sheets(told.sheets))


def _counts(waiting: Sequence[ToDo], sheets: Sequence[OwnSheet]) -> dict[str, int]:
    owed = sum(one.state != "done" for one in sheets)
    return {
        "owed": owed,
        "number": sum(one.now for one in waiting) + owed,
        "back": sum(one.back is not None for one in waiting),
        "passed": sum(not one.now and one.days < 0 for one in waiting),
        "later": sum(not one.now and one.days >= 0 for one in waiting),
    }


def context_of(actor: Actor, told: Told, names: dict[str, str], today: date) -> dict[str, Any]:
    """Everything the page shows but what the lake holds."""
    waiting, sheets = to_do(told.units, today), own_sheets(told.sheets)
    waits = {one.row.unit.pk for one in waiting}
    return {
        "code": told.code,
        "label": told.label,
        "county": names.get(told.county, told.county),
        "own": own_school(actor, told.code),
        "earlier": told.earlier,
        "todo": waiting,
        "sheets": sheets,
        **_counts(waiting, sheets),
        "rows": [row for row in returned.unit_rows(told.units) if row.unit.pk not in waits],
        "today": today,
        "may_fill": refused(actor, "fill_form") is None,
    }
