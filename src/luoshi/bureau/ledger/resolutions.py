"""议定事项 beside the ledger: what a meeting decided about items, read from typed or pasted rows, before anything is written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.ledger.cells import Known, paper_number
from luoshi.bureau.ledger.days import day_of, shown_day
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.words.findings import Finding

NEW = "新"
"""What stands for the number of a task the ledger does not hold yet."""
MOST = 60
"""Rows taken at once."""
_SHORTEST, _LONGEST = 4, 300
_YEARS = range(2000, 2101)
_APART = re.compile(r"\t|\s*[|｜]\s*")
_ISSUED_OR_DRAFT = "审定后、印发前不再改动"


@dataclass(frozen=True, slots=True)
class Decision:
    """One row as it was typed or pasted."""

    number: str
    """Of the item; 新 or empty is a new task."""
    words: str
    """What was decided; of a new task also what it is called."""
    due: str = ""
    """New day, in any words that name one; empty leaves it."""
    lead: str = ""
    """New lead section by name; empty leaves it."""
    version: int | None = None
    """Of the item as it was shown; None before it was shown."""

    @property
    def is_new(self) -> bool:
        """Whether it asks for a new task."""
        return self.number.strip() in {"", NEW}


@dataclass(frozen=True, slots=True)
class Weighed:
    """One decision beside the item as it is now."""

    decision: Decision
    row: Commitment | None
    """None for a new task, or where the number names none."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """Column, what it says, what it is to say."""
    due: date | None = None
    lead: str = ""
    """Code of the section that is to lead; empty where that does not change."""
    findings: tuple[Finding, ...] = ()


def pasted(text: str) -> list[Decision]:
    """Rows copied from a sheet or typed: 序号, 议定内容, 新时限, 新牵头科室, apart by tabs or |."""
    told = []
    for line in text.splitlines():
        if not line.strip():
            continue
        cells = [cell.strip() for cell in _APART.split(line.strip(" "))]
        number, words, due, lead, *_ = [*cells, "", "", ""]
        told.append(Decision(number, words, due, lead))
    return told


def meetings(city: City) -> list[Edition]:
    """Registered minutes and upper documents, the newest first: each may be the source of decisions."""
    kinds = (Edition.Kind.MINUTES, Edition.Kind.UPPER)
    return list(Edition.objects.filter(city=city, kind__in=kinds).defer("text").order_by("-dated", "-id"))


def named(meeting: Edition) -> str:
    """局长办公会议纪要 星教纪要〔2021〕3号: how a change names who decided."""
    return f"{meeting.title} {meeting.document_number}".strip()[:100]


def weighed(edition: Edition, rows: Iterable[Commitment], told: Sequence[Decision], known: Known) -> list[Weighed]:
    """Each decision beside its item, with everything that keeps it from being written.

    Args:
        edition: the plan whose ledger it is.
        rows: its items.
        told: what was decided.
        known: names of the city.
    """
    by_number: dict[str, Commitment] = {}
    for row in rows:
        by_number[row.number] = by_number[paper_number(row)] = row
    seen: dict[str, int] = {}
    return [_weighed(at, edition, by_number, one, known, seen) for at, one in enumerate(told, 1)]


def _weighed(
    at: int, edition: Edition, rows: Mapping[str, Commitment], one: Decision, known: Known, seen: dict[str, int]
) -> Weighed:
    where = f"第 {at} 行"
    row = None if one.is_new else rows.get(one.number.strip())
    findings = [*_of_item(where, one, row, seen, at)]
    due, wrong = _due(where, one, edition.year)
    findings += wrong
    lead = known.office(one.lead) if one.lead.strip() else ""
    if lead is None:
        rule = "牵头科室须是本局的一个科室"
        findings.append(Finding(where, f"没有“{one.lead[:20]}”这个科室", rule, "请从科室表中选一个"))
    if one.is_new:
        findings += _of_new(where, one, due)
        changes: tuple[tuple[str, str, str], ...] = ()
    else:
        changes = _changes(row, due, lead or "", known) if row else ()
        if row and not changes and not findings:
            rule = "写回的是新时限或新牵头科室"
            findings.append(Finding(where, f"{row.number} 没有变动", rule, "请填写，或删去这一行"))
    return Weighed(one, row, changes, due, lead or "", tuple(findings))


def _of_item(where: str, one: Decision, row: Commitment | None, seen: dict[str, int], at: int) -> Iterable[Finding]:
    if not one.words.strip():
        yield Finding(where, "没有写议定内容", "写回须注明会议怎么定的", "请填写议定内容")
    if len(one.words) > _LONGEST:
        yield Finding(where, f"议定内容有 {len(one.words)} 个字", f"至多 {_LONGEST} 个字", "请写短些")
    if one.is_new:
        return
    if row is None:
        what = f"台账里没有“{one.number[:20]}”这一项"
        yield Finding(where, what, "序号须与台账一致", f"请核对序号；新任务请写“{NEW}”")
        return
    if row.number in seen:
        yield Finding(where, f"{row.number} 与第 {seen[row.number]} 行重复", "一项一次写一行", "请并为一行")
    seen.setdefault(row.number, at)
    if one.version is not None and row.version != one.version:
        yield Finding(f"{where} {row.number}", "别人刚刚办理过这一项", "以先办的为准", "请看过现在的情况，再核对一次")
    if row.breakdown.stage == Breakdown.Stage.APPROVED:
        yield Finding(f"{where} {row.number}", "任务分解表已审定、待印发", _ISSUED_OR_DRAFT, "请先印发，或退回草拟")


def _due(where: str, one: Decision, year: int | None) -> tuple[date | None, list[Finding]]:
    if not one.due.strip():
        return None, []
    day, _ = day_of(one.due, year)
    if day is None or day.year not in _YEARS:
        return None, [
            Finding(where, f"“{one.due[:20]}”不是日期", "新时限须能定到哪一天", "请写成 2021-06-30 或 6月底前")
        ]
    return day, []


def _of_new(where: str, one: Decision, due: date | None) -> Iterable[Finding]:
    if 0 < len(one.words.strip()) < _SHORTEST:
        yield Finding(where, f"“{one.words}”太短", f"新任务至少 {_SHORTEST} 个字", "请写明做什么")
    if not one.lead.strip():
        yield Finding(where, "新任务没有牵头科室", "每一项须有且只有一个牵头科室", "请填写牵头科室")
    if due is None and not one.due.strip():
        yield Finding(where, "新任务没有完成时限", "会议交办的任务须有时限", "请填写完成时限")


def _changes(row: Commitment, due: date | None, lead: str, known: Known) -> tuple[tuple[str, str, str], ...]:
    told = []
    if due is not None and (due != row.due or row.due_words):
        told.append(("due", row.due_words or shown_day(row.due), shown_day(due)))
    if lead and lead != row.lead:
        told.append(("lead", known.offices.get(row.lead, "") or row.lead_words, known.offices[lead]))
    return tuple(told)
