"""Sheets go out to schools with what is held in them, and come back in one go."""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.bureau.files.actions import keep_looked
from luoshi.bureau.forms import queries
from luoshi.bureau.forms.holding import schools, values
from luoshi.bureau.forms.models import Filing, Request, Sheet
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import own_school, require
from luoshi.checking import Checked, check
from luoshi.checking.workbooks import Back, Gathered, gathered, with_findings
from luoshi.checking.workbooks.layout import shown
from luoshi.reading.deliveries import free_name
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.sheets import Sheet as Read

_NO_LONGER_ASKED = "只发出和收回已备案的报表"


@dataclass(frozen=True, slots=True)
class Brought:
    """One file that came in, opened or not."""

    name: str
    content: bytes
    opened: Sequence[Read] | RefusedError


def send(actor: Actor, request_id: int, period: str) -> int:
    """Make one sheet for each school the form reaches, with what is held of it today; how many were made.

    A school that has its sheet for the period keeps it: what went out is not changed.

    Raises:
        RefusedError: no right, not let through, or no register.
    """
    with act(actor, "forms.send", "form", request_id) as note:
        row = _approved(actor, request_id, "send_form")
        note.title = row.title
        columns = list(row.columns.all())
        there = set(row.sheets.filter(period=period).values_list("unit", flat=True))
        reached = [one for one in schools(row.kinds, row.counties) if one.code not in there]
        held = values(columns, reached)
        made = Sheet.objects.bulk_create(
            Sheet(
                request=row,
                period=period,
                unit=one.code,
                name=one.name,
                county=one.county,
                held={name: queries.record(value) for name, value in held[one.code].items()},
                by=actor.name,
            )
            for one in reached
        )
        note.detail = {"期次": period, "学校": len(made), "原有": len(there)}
    return len(made)


def gather(actor: Actor, request_id: int, period: str, files: Sequence[Brought]) -> tuple[Gathered, dict[str, bytes]]:
    """Take filled sheets back, each known by what is inside it; what was taken, and each with its findings in its cells.

    A county takes those of its own schools.

    Raises:
        RefusedError: no right, or the form is not asked any more. A file that cannot be taken is told, not raised.
    """
    with act(actor, "forms.gather", "form", request_id) as note:
        row = _approved(actor, request_id, "gather_form")
        note.title = row.title
        sheets = {one.unit: one for one in queries.sheets(row, period, queries.county_of(actor))}
        asked = queries.asked_of(row, list(sheets.values()))
        named = dict[str, Brought]()
        for one in files:
            named[free_name(one.name, named)] = one
        told = gathered(((name, one.opened) for name, one in named.items()), asked)
        marked = dict[str, bytes]()
        for unit, back in told.backs.items():
            checked = check(back.asked.of, back.taken.rows)
            _filed(actor, sheets[unit], named[told.files[unit]], back, checked)
            marked[unit] = with_findings(back, checked)
        note.detail = {"期次": period, "收到": len(told.backs), "未收": len(told.refused), "缺": len(told.missing)}
    return told, marked


def fill(actor: Actor, sheet_id: int, file: Brought) -> Filing:
    """One filled sheet from the school it went out to; what is not right in it is told with it, and it counts as its newest.

    Raises:
        RefusedError: another school's sheet, not asked any more, or not the workbook that went out.
    """
    with act(actor, "forms.fill", "form_sheet", sheet_id) as note:
        require(actor, "fill_form")
        sheet = Sheet.objects.select_for_update().filter(pk=sheet_id).first()
        if sheet is None or not own_school(actor, sheet.unit):
            what = "没有这份填报表，或是别的学校的"
            raise RefusedError(Finding("填报表", what, "学校只交回本校的填报表", "请从本校首页选本校的填报表"))
        row = _approved(actor, sheet.request_id, "fill_form")
        note.title = f"{row.title} {sheet.name}"
        asked = queries.asked_of(row, [sheet])
        told = gathered([(file.name, file.opened)], asked)
        if told.refused:
            raise RefusedError(*told.refused[0][1])
        back = told.backs[sheet.unit]
        made = _filed(actor, sheet, file, back, check(back.asked.of, back.taken.rows))
        note.detail = {"期次": sheet.period, "学校": sheet.unit, "待改": made.stops, "文件": made.file.digest}
    return made


def _filed(actor: Actor, sheet: Sheet, file: Brought, back: Back, checked: Checked) -> Filing:
    findings = queries.findings_of(back, checked)
    rows = back.taken.rows.to_dicts()
    held = back.asked.rows[0].held
    given = {
        column: str(shown(back.asked.of.columns[column], value))
        for column, value in (rows[0] if rows else {}).items()
        if column not in held and value is not None
    }
    return Filing.objects.create(
        sheet=sheet,
        file=keep_looked(actor, file.content, file.name),
        file_name=file.name[-200:],
        values=given,
        findings=[[one.where, one.what, one.rule, one.remedy, one.severity.value] for one in findings],
        stops=sum(one.severity is Severity.STOPS for one in findings),
        by=actor.name,
    )


def _approved(actor: Actor, request_id: int, right: str) -> Request:
    row = Request.objects.select_for_update().filter(pk=request_id).first()
    if row is None:
        raise RefusedError(Finding("报表", "没有这张报表", _NO_LONGER_ASKED, "请刷新页面"))
    require(actor, right, lead=row.office)
    if row.state != Request.State.APPROVED:
        what = f"“{row.title}”{row.get_state_display()}，没有备案号"
        raise RefusedError(Finding("报表", what, _NO_LONGER_ASKED, "请先报审批，取得备案号"))
    return row
