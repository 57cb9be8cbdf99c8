"""How a bureau lets a procedure run, and the counts of those that run elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.bureau.cases.known import known
from luoshi.bureau.cases.models import Conduct, Imported
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.people.rights import require
from luoshi.bureau.people.units.queries import names
from luoshi.words.divisions import Level
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LONGEST = 3660


@dataclass(frozen=True, slots=True)
class Setting:
    """How a procedure is to run."""

    way: str
    reason: str
    office: str = ""
    terms: Mapping[str, str] | None = None
    """By key of a clock how long it takes, as typed; those left empty stay as declared."""


def set_conduct(actor: Actor, city: City, procedure: str, told: Setting) -> Conduct:
    """From now on it runs so; cases that run go on as they began.

    Raises:
        RefusedError: no right, no such procedure or office, no reason, or a term that is none.
    """
    with act(actor, "cases.conduct", "procedure", procedure, procedure) as note:
        require(actor, "conduct")
        one = known().get(procedure)
        if one is None or told.way not in set(Conduct.Way):
            raise RefusedError(Finding("办理设置", "没有这一流程或办法", "流程见流程目录", "请从页面上选"))
        note.title = one.label
        if not told.reason.strip():
            raise RefusedError(Finding(one.label, "没有写依据", "改办法和期限须写明依据", "请写文件或会议"))
        if told.office and not Office.objects.filter(city=city, code=told.office).exists():
            raise RefusedError(
                Finding(one.label, f"没有“{told.office[:20]}”这个科室", "主办科室从本局科室中选", "请重选")
            )
        before = Conduct.objects.filter(city=city, procedure=procedure).first()
        terms = _terms(one.declaration.clocks.keys(), told.terms or {})
        kept = Conduct.objects.create(
            city=city, procedure=procedure, way=told.way, office=told.office, terms=terms, reason=told.reason.strip()[:300],
            by=actor.name, by_login=actor.login,
        )  # fmt: skip
        note.changed("办法", before.get_way_display() if before else None, kept.get_way_display())
        note.changed("主办科室", before.office if before else None, kept.office)
        note.changed("期限", before.terms if before else None, kept.terms)
        note.reason = kept.reason
    return kept


def _terms(clocks: Collection[str], typed: Mapping[str, str]) -> dict[str, int]:
    told = dict[str, int]()
    for key, value in typed.items():
        if not value.strip():
            continue
        if key not in clocks or not value.strip().isdecimal() or not 1 <= int(value) <= _LONGEST:
            rule = f"期限为 1 至 {_LONGEST} 的整数"
            raise RefusedError(Finding("期限", f"填的是“{value[:20]}”", rule, "请改正，或留空按声明的期限"))
        told[key] = int(value)
    return told


@dataclass(frozen=True, slots=True)
class Counts:
    """What an outside platform counted for a county and month."""

    county: str
    month: date
    opened: int
    ended: int
    late: int
    running: int


def bring_counts(actor: Actor, city: City, procedure: str, counts: Sequence[Counts], source: str) -> int:
    """Keep the counts of a procedure that runs elsewhere; how many lines.

    Raises:
        RefusedError: no right, no source, an unknown county, a count below nothing or more late than ended.
    """
    with act(actor, "cases.import", "procedure", procedure, procedure) as note:
        require(actor, "case_counts")
        one = known().get(procedure)
        if one is None:
            raise RefusedError(Finding("导入办件数", "没有这一流程", "流程见流程目录", "请从页面上选"))
        note.title = one.label
        if not source.strip():
            rule = "外部平台的数须写明出自哪里"
            raise RefusedError(Finding("来源", "没有写来源", rule, "请写平台名称和导出日期"))
        codes = set(names(city, least=Level.COUNTY)) | {""}
        if wrong := [found for told in counts if (found := _wrong(told, codes))]:
            raise RefusedError(*wrong)
        Imported.objects.bulk_create(
            Imported(
                city=city, procedure=procedure, county=told.county, month=told.month.replace(day=1), opened=told.opened,
                ended=told.ended, late=told.late, running=told.running, source=source[:200], by=actor.name,
            )
            for told in counts
        )  # fmt: skip
        note.detail = {"条数": len(counts), "来源": source[:200]}
    return len(counts)


def _wrong(told: Counts, codes: set[str]) -> Finding | None:
    where = f"{told.county or '全市'} {told.month:%Y-%m}"
    if told.county not in codes:
        return Finding(where, f"没有“{told.county[:20]}”这个县(市、区)", "按本市的县(市、区)代码", "请改正代码")
    if min(told.opened, told.ended, told.late, told.running) < 0:
        return Finding(where, "有负数", "件数不小于0", "请改正")
    if told.late > told.ended:
        return Finding(
            where, f"逾期办结 {told.late} 件多于办结 {told.ended} 件", "逾期办结含在办结之内", "请核对平台导出的数"
        )
    return None
