"""名单比对 as its pages tell it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.queries import course_of
from luoshi.bureau.comparisons import queries
from luoshi.bureau.comparisons.models import Finding, Run
from luoshi.bureau.jobs import failures
from luoshi.bureau.people.models import City
from luoshi.bureau.people.units.queries import names
from luoshi.declared.lists import LIST_PLAN
from luoshi.handling.courses import course
from luoshi.matching.deciding import Doubt, Judged
from luoshi.words import findings as words

LABELS = {one.key: one.label for one in LIST_PLAN.lists}
COMPARISONS = {one.key: one.label for one in LIST_PLAN.comparisons}
COLUMNS = [*COMPARISONS.values(), *(one.label for one in LIST_PLAN.crossings), "待认定"]
_KEYS = [*COMPARISONS, *(one.key for one in LIST_PLAN.crossings), "doubtful"]
_MARKS = {"waiting": "unknown", "compared": "on_course", "closed": "done"}
_ASKED = {"dropout": {"cause": "other"}, "child_placing": {"kind": "", "degree": "none"}}
"""By procedure: what the form asks, and what stands there first."""
_Row = TypeVar("_Row")


def places(city: City) -> dict[str, str]:
    """Names of the counties by code: one query."""
    return names(city)


def line(run: Run, known_as: dict[str, str]) -> dict[str, Any]:
    """A run in a list."""
    total = {key: sum(one.get(key, 0) for one in run.counts) for key in _KEYS}
    return {
        "run": run,
        "mark": _MARKS[run.state],
        "place": known_as.get(run.county, run.county) or _("全市"),
        "found": sum(total[key] for key in COMPARISONS),
        "doubtful": total["doubtful"],
    }


def lines(runs: Iterable[Run], city: City) -> list[dict[str, Any]]:
    """Runs in a list."""
    known_as = places(city)
    return [line(one, known_as) for one in runs]


def job(run: Run) -> dict[str, Any] | None:
    """How the comparing goes, as long as it is not done."""
    told = run.job
    if told is None or told.state == "done":
        return None
    return {
        "words": told.words,
        "state": told.get_state_display(),
        "moves": told.state in {"waiting", "running"},
        "done": told.done,
        "total": told.total,
        "findings": failures.told(told.findings),
    }


def told(run: Run) -> list[words.Finding]:
    """What was told of the lists."""
    return [words.Finding(*one) for one in run.told]


def counts(run: Run, city: City, only: Sequence[str] | None) -> list[tuple[str, list[tuple[str, int]]]]:
    """By county label and count; the county's own alone where only it is to be told."""
    known_as = places(city)
    rows = [one for one in run.counts if only is None or one["county"] in only]
    return [
        (
            known_as.get(one["county"], one["county"]),
            [(label, one.get(key, 0)) for key, label in zip(_KEYS, COLUMNS, strict=True)],
        )
        for one in rows
    ]


@dataclass(frozen=True, slots=True)
class Page:
    """So many rows, and after which place the next page begins; 0 where there is none."""

    rows: list[dict[str, Any]]
    on: int


def page(rows: Sequence[_Row], one: Callable[[_Row], dict[str, Any]]) -> Page:
    """A page of what was asked for with one row more than it holds."""
    made = [one(each) for each in rows[: queries.PAGE]]
    return Page(made, made[-1]["place"] if len(rows) > queries.PAGE else 0)


def finding(row: Finding) -> dict[str, Any]:
    """One found."""
    case = row.case
    state = course_of(case).places[case.state].label if case else ""
    poor = {"yes": _("是"), "no": _("否"), "doubtful": _("待认定")}.get(row.poor, "")
    return {"row": row, "place": row.place, "list": LABELS[row.key], "who": queries.who(row), "poor": poor, "case": case, "state": state}  # fmt: skip


def question(asked: queries.Question) -> dict[str, Any]:
    """One doubt."""
    row, decision = asked.row, asked.decision
    said = {Judged.SAME.value: _("同一人"), Judged.DIFFERENT.value: _("不是同一人")}
    return {
        "row": row, "place": row.place, "list": LABELS[row.key], "other": LABELS.get(row.other, ""), "who": queries.who(row),
        "alone": row.doubt == Doubt.NUMBER, "decision": decision, "judged": said.get(decision.judged, "") if decision else "",
    }  # fmt: skip


def choices(procedure: str) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """What the form asks that no list says: key, label, what is chosen at first, and options of each field."""
    if procedure not in _ASKED:
        return []
    fields = course(known()[procedure], {}, {}).fields
    return [
        (key, fields[key].label, first, list(fields[key].options.items())) for key, first in _ASKED[procedure].items()
    ]
