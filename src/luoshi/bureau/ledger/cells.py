"""The ledger as cells: what each declared column of a row says, and what a typed cell means for the row.

Pages, workbooks, Word tables and imports all read and write rows through these two functions, so that a column means the
same on every paper.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Value

from luoshi.bureau.ledger.days import day_of, shown_day
from luoshi.bureau.ledger.models import Breakdown, Commitment, Target
from luoshi.bureau.ledger.queries import as_target
from luoshi.bureau.people.models import City
from luoshi.declared import LEDGER_COLUMNS
from luoshi.spine import Comparator
from luoshi.tracking import showing
from luoshi.words.columns import Column, Fill
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

COLUMNS: Mapping[str, Column] = {column.key: column for column in LEDGER_COLUMNS}
EVERY_UNIT = "各县（市、区）"
_APART = re.compile(r"[、，,；;\n]+")
_EVERY = re.compile(r"(?:各|全市各?|所有)县[(（]?(?:市)?[、,，]?区?[)）]?(?:教育局|教体局|\(教体\)局|（教体）局)?|全市")
_PLAIN = (
    "person",
    "contact",
    "phone",
    "progress",
    "trouble",
    "needs",
    "next_step",
    "evidence_wanted",
    "evidence",
    "note",
)
_AMOUNT = re.compile(r"(?P<sign>[≥≤＞＜>=<]{0,2})\s*(?P<number>-?[\d,\s\u202f]+(?:\.\d+)?)\s*(?P<unit>\D*)")
_SIGNS = {"≥": Comparator.AT_LEAST, ">=": Comparator.AT_LEAST, "≤": Comparator.AT_MOST, "<=": Comparator.AT_MOST}


@dataclass(frozen=True, slots=True)
class Known:
    """What codes are called in one city: asked once for all rows."""

    offices: Mapping[str, str]
    """Names by code."""
    leaders: Mapping[str, str]
    """分管局领导 by code of the office."""
    divisions: Mapping[str, tuple[str, str]]
    """Name and kind by code."""

    def every_unit(self) -> list[str]:
        """Codes of all divisions that 各县（市、区） means: the bureau's own list, 市直 included."""
        return [code for code, (_, kind) in self.divisions.items() if kind != "city"]

    def office(self, name: str) -> str | None:
        """The code of a section by its name or the name without what stands in brackets; None when there is none."""
        wanted = name.strip()
        for code, known in self.offices.items():
            if wanted in {known, code, re.sub(r"[（(].*?[）)]", "", known)}:
                return code
        return None

    def unit(self, name: str) -> str | None:
        """The code of a division by its name, also with 教育局 behind it or without 县, 市, 区; None when there is none."""
        wanted = re.sub(r"(?:教育|教体|教育体育|教科体)局$", "", name.strip())
        for code, (known, _) in self.divisions.items():
            if wanted == known or (len(wanted) > 1 and wanted == known.rstrip("县市区")):
                return code
        return None


def known_of(city: City) -> Known:
    """Offices and divisions of a city, in protocol order: one query."""
    told = ("place", "code", "name")
    sections = city.offices.order_by().values_list(Value(0), *told, "leader")
    units = city.divisions.order_by().values_list(Value(1), *told, "kind")
    offices, leaders, divisions = dict[str, str](), dict[str, str](), dict[str, tuple[str, str]]()
    for which, _, code, name, more in sorted(sections.union(units, all=True)):
        if which:
            divisions[code] = (name, more)
        else:
            offices[code], leaders[code] = name, more
    return Known(offices, leaders, divisions)


def cells(row: Commitment, known: Known, computed: Mapping[str, str] | None = None) -> dict[str, str]:
    """Every declared column of a row as words.

    Args:
        row: with its point, targets, milestones, changes and edition at hand.
        known: names of the city.
        computed: what is measured, not kept: current, completion.
    """
    told = {name: getattr(row, name) for name in _PLAIN}
    due = row.due_words or shown_day(row.due)
    told.update(
        number=paper_number(row),
        source=row.source_words or (f"{row.point.number}．{row.point.title}" if row.point else row.edition.title),
        source_number=row.source_number or row.edition.document_number,
        title=row.title,
        kind=_word("kind", row.kind),
        strength=_word("strength", row.strength),
        target=targets_in_words(list(row.targets.all())),
        leader=row.leader,
        lead=known.offices.get(row.lead, "") or row.lead_words,
        partners="、".join(
            [known.offices[code] for code in row.partners if code in known.offices] + _rest(row.partners_words)
        ),
        units=row.units_words or _units(row, known),
        begun=shown_day(row.begun),
        milestones="；".join(_milestone(one) for one in row.milestones.all()),
        due=due,
        expected=shown_day(row.expected),
        state=_word("state", row.judged),
        filed="是" if row.breakdown.stage == Breakdown.Stage.ISSUED else "否",
        audience=_word("audience", row.audience),
        urging="",
        closing="",
        changes="；".join(_change(one) for one in row.changes.all() if one.state == "approved"),
        current="",
        completion="",
    )
    return {**told, **(computed or {})}


def paper_number(row: Commitment) -> str:
    """2020-15-01: year, point, item, as a paper ledger counts; an imported row keeps the number it had."""
    if row.sheet:
        return row.number
    parts = [part.zfill(2) if part.isdecimal() else part for part in row.number.split(".")]
    return "-".join([str(row.edition.year or row.edition_id), *parts])


def _word(key: str, code: str) -> str:
    return dict(COLUMNS[key].choices).get(code, "")


def _rest(words: str) -> list[str]:
    return [words] if words else []


def _units(row: Commitment, known: Known) -> str:
    every = known.every_unit()
    if row.divisions and len(row.divisions) == len(every) > 1:
        return EVERY_UNIT
    return "、".join(known.divisions[code][0] for code in row.divisions if code in known.divisions)


def _milestone(one: Any) -> str:
    done = f"（{one.done:%Y-%m-%d}已完成）" if one.done else ""
    return f"{shown_day(one.due)} {one.name}{done}".strip()


def _change(one: Any) -> str:
    return f"{COLUMNS[one.column].label}：{one.was or '空'}→{one.becomes or '空'}（{one.decided_by} {shown_day(one.decided_on)}）"


def targets_in_words(targets: list[Target]) -> str:
    """All targets; what is counted stands before each where there are several."""
    several = len(targets) > 1
    return "；".join(f"{one.subject} {amount(one)}".strip() if several else amount(one) for one in targets)


def amount(target: Target) -> str:
    """One target in plain characters, so that it can be typed again: ≥ 50 %."""
    return showing.amount(as_target(target)).replace("\u202f", "")


def meant(key: str, told: str, row: Commitment, known: Known) -> dict[str, Any]:
    """Which fields of the row a typed cell sets. Milestones and targets are rows of their own: `steps`, `amount_of`.

    Raises:
        RefusedError: the cell cannot mean anything there.
    """
    column, words = COLUMNS[key], told.strip()
    if len(words) > column.longest:
        raise refused(row, column, f"有 {len(words)} 个字", f"至多 {column.longest} 个字", "请写短些")
    if column.fill is Fill.CHOICE:
        return {key: _chosen(row, column, words)}
    return _MEANT.get(key, _plain)(row, column, words, known)


def refused(row: Commitment, column: Column, what: str, rule: str, remedy: str) -> RefusedError:
    """A refusal of one cell."""
    return RefusedError(Finding(f"{row.number} {column.label}", what, rule, remedy))


def _chosen(row: Commitment, column: Column, words: str) -> str:
    for code, label in column.choices:
        if words in {code, label}:
            return code
    labels = "、".join(label for _, label in column.choices)
    raise refused(row, column, f"“{words[:20]}”不在可选之列", f"须为 {labels} 之一", "请从中选一个")


def _plain(_row: Commitment, column: Column, words: str, _known: Known) -> dict[str, Any]:
    return {column.key: words}


def _title(row: Commitment, column: Column, words: str, _known: Known) -> dict[str, Any]:
    if not words:
        raise refused(row, column, "是空的", "每一项须写明做什么", "请填写督查事项")
    return {"title": words}


def _lead(row: Commitment, column: Column, words: str, known: Known) -> dict[str, Any]:
    if not words:
        return {"lead": "", "lead_words": ""}
    code = known.office(words)
    if code is None:
        raise refused(row, column, f"没有“{words[:20]}”这个科室", "牵头科室须是本局的一个科室", "请从科室表中选一个")
    own = row.leader in {"", known.leaders.get(row.lead, "")}
    return {"lead": code, "lead_words": "", **({"leader": known.leaders.get(code, "")} if own else {})}


def _partners(_row: Commitment, _column: Column, words: str, known: Known) -> dict[str, Any]:
    named = [part.strip() for part in _APART.split(words) if part.strip()]
    codes = [(part, known.office(part)) for part in named]
    return {
        "partners": list(dict.fromkeys(code for _, code in codes if code)),
        "partners_words": "、".join(part for part, code in codes if code is None)[:300],
    }


def _units_meant(_row: Commitment, _column: Column, words: str, known: Known) -> dict[str, Any]:
    codes, strange = list[str](), list[str]()
    for part in _APART.split(re.sub(r"县[(（]市[、,，]区[)）]", "县（市·区）", words)):
        name = part.strip().replace("市·区", "市、区")
        if _EVERY.fullmatch(name):
            codes += known.every_unit()
        elif name:
            code = known.unit(name)
            codes += [code] if code else []
            strange += [] if code else [name]
    return {"divisions": list(dict.fromkeys(codes)), "units_words": words if strange else ""}


def _day_meant(row: Commitment, column: Column, words: str, _known: Known) -> dict[str, Any]:
    day, vague = day_of(words, row.edition.year)
    if column.key == "due":
        return {"due": day, "due_words": vague}
    if words and day is None:
        raise refused(row, column, f"“{words[:20]}”不是日期", "须写成 2020-12-31", "请改正")
    return {column.key: day}


_MEANT: Mapping[str, Callable[[Commitment, Column, str, Known], dict[str, Any]]] = {
    "title": _title,
    "lead": _lead,
    "partners": _partners,
    "units": _units_meant,
    "due": _day_meant,
    "begun": _day_meant,
    "expected": _day_meant,
}


def steps(row: Commitment, words: str) -> list[tuple[date, str]]:
    """Milestones as typed, “2021-06-30 完成招标；2021-09-01 投用”: each piece a day, then what is there by then."""
    told = []
    for piece in re.split(r"[；;\n]+", words):
        if not piece.strip():
            continue
        found = re.match(
            r"\s*(?P<day>\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|[^\s：:]+前|\d{1,2}月(?:底|\d{1,2}日)?)[\s：:]*(?P<name>.+)",
            piece,
        )
        day = day_of(found["day"], row.edition.year)[0] if found else None
        if found is None or day is None:
            rule = "每个节点先写日期，再写做到什么，各节点用分号隔开"
            raise refused(
                row, COLUMNS["milestones"], f"“{piece.strip()[:30]}”读不出日期", rule, "例如：2021-06-30 完成招标"
            )
        told.append((day, re.sub(r"（[\d-]+已完成）$", "", found["name"].strip())[:200]))
    return told


def amount_of(row: Commitment, target: Target, words: str) -> dict[str, Any]:
    """What a typed amount sets on a target: sign, number, and the same unit."""
    column = COLUMNS["target"]
    found = _AMOUNT.fullmatch(words.strip())
    try:
        value = Decimal(re.sub(r"[,\s\u202f]", "", found["number"])) if found else None
    except InvalidOperation:
        value = None
    if found is None or value is None or abs(value) >= Decimal(10) ** 15 or value != round(value, 6):
        raise refused(row, column, f"“{words[:20]}”读不出数", "须为 符号、数字、单位", f"例如：{amount(target)}")
    unit = found["unit"].strip()
    if unit and unit != target.unit:
        raise refused(
            row, column, f"单位“{unit[:10]}”与原来的“{target.unit}”不同", "更正目标值不改单位", f"请用{target.unit}"
        )
    kept = Comparator(target.comparator)
    kept = kept if kept in _SIGNS.values() else Comparator.EXACTLY
    comparator = _SIGNS.get(found["sign"], Comparator.EXACTLY) if found["sign"] else kept
    return {"comparator": comparator.value, "value": value, "value_max": None}
