"""县区分解: a target divided among divisions by what they are, by hand, or by a pasted column; seen before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luoshi.bureau.board import quoting
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import taken_out
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.entrance import missing
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.quota_picture import owed
from luoshi.bureau.board.quoting import Told
from luoshi.bureau.board.working_forms import SharesForm
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.agreed import portions
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.ledger.queries import as_target
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.reporting.plain_workbook import Sheet
from luoshi.spine import Measurement
from luoshi.tracking import Share, even, showing
from luoshi.tracking.shares import adds_up
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_REFUSED = 409
_FILES = frozenset({"csv", "xlsx"})


@dataclass(slots=True)
class _Page:
    """What one request is about, and what came of it so far."""

    request: HttpRequest
    row: Commitment
    on: date
    divisions: list[tuple[str, str]]
    """Code and name of the divisions that answer for the item."""
    figures: Mapping[str, Sequence[Measurement]]
    """By indicator, as they are known on the day."""
    form: SharesForm | None = None
    findings: Sequence[Finding] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    """What the fields are filled in with, by code."""
    told: Told | None = None
    """The target that was sent, split."""

    @property
    def where(self) -> str:
        return f"{self.row.number} 县区分解"

    def stood(self, target: Target) -> Mapping[str, Measurement]:
        """Where each division stands."""
        known = self.figures.get(target.indicator, ())
        return quoting.figures_of(as_target(target), known, self.divisions, self.on)


def shares(request: HttpRequest, number: int) -> HttpResponse:
    """One form a target; what is sent is split, filled in, pasted in, given out as a file, or written."""
    row = ledger.commitment(number, "targets")
    if row is None:
        raise Http404
    if row.audience not in sees(actor_of(request)):
        return missing(request, Http404())
    city = in_city(request, row.edition.city)
    on = day_of(request, city)
    today = ledger.day(city, row.edition, on, [as_target(one) for one in row.targets.all()])
    page = _Page(request, row, on, _divisions(row), today.figures)
    if request.method != "POST":
        return _shown(page)
    page.form = SharesForm(request.POST)
    try:
        return _done(page, page.form)
    except RefusedError as refusal:
        page.findings = refusal.findings
        return _shown(page)


def _done(page: _Page, form: SharesForm) -> HttpResponse:
    target = _target(page, form.target)
    if form.act in {"quota", *_FILES}:
        return _quoted(page, form, target)
    if form.act == "even":
        told = even(as_target(target), [code for code, _name in page.divisions])
        page.filled = {code: _plain(value) for code, value in told.items()}
        return _shown(page)
    if form.act == "column":
        page.filled = _pasted(page, form)
        return _shown(page)
    portions_ = form.portions(page.divisions)
    actions.share(actor_of(page.request), target.pk, form.version(), portions_, form.why)
    return redirect("item", page.row.pk)


def _quoted(page: _Page, form: SharesForm, target: Target) -> HttpResponse:
    """Split as asked, and shown; or as a file."""
    stood, plain, city = page.stood(target), as_target(target), page.row.edition.city
    fixed = form.fixed(page.divisions)
    page.told = quoting.quoted(plain, form.basis, page.divisions, stood, fixed, city=city.pk, where=page.where)
    page.filled = page.told.values
    if form.act not in _FILES:
        return _shown(page)
    name = f"{_('县区分解')}-{page.row.number}"
    rows = quoting.rows(plain, page.told, stood)
    made_up = _("演示数据（虚构）") if city.imaginary or page.row.edition.imaginary else ""
    return taken_out(page.request, name, form.act, [Sheet(_("县区分解"), made_up, rows)])


def _pasted(page: _Page, form: SharesForm) -> dict[str, str]:
    column = form.column()
    if len(column) != len(page.divisions):
        what = f"粘贴了 {len(column)} 行，共 {len(page.divisions)} 个单位"
        rule = "一行一个单位，顺序与表中相同"
        raise RefusedError(Finding(page.where, what, rule, "请整列复制，没有任务的写 0"))
    return {code: value for (code, _name), value in zip(page.divisions, column, strict=True)}


def _target(page: _Page, wanted: int) -> Target:
    for target in page.row.targets.all():
        if target.pk == wanted:
            return target
    raise RefusedError(Finding(page.where, "没有这个目标值", "只能分解这一项的目标值", "请刷新页面"))


def _divisions(row: Commitment) -> list[tuple[str, str]]:
    """Code and name of the divisions that answer for the item; all of the bureau's own where it names none."""
    every = [(one.code, one.name) for one in row.edition.city.divisions.all() if one.kind != "city"]
    mine = [(code, name) for code, name in every if code in row.divisions]
    return mine or every


def _plain(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _shown(page: _Page) -> HttpResponse:
    row = page.row
    context = {
        "id": row.pk,
        "version": row.version,
        "number": row.number,
        "title": row.title,
        "on": page.on,
        "targets": [_form(page, one) for one in row.targets.all()],
        "no_share": why_not(page.request, "share", lead=row.lead),
    }
    told = {"shares": context, "findings": page.findings, "made_up": row.edition.imaginary}
    return render(page.request, "board/shares.html", told, status=_REFUSED if page.findings else 200)


def _form(page: _Page, target: Target) -> dict[str, Any]:
    """One target with a line a division: what was sent, else what is divided already, else empty."""
    kept = {one.share.division: one.share for one in portions(page.row, target.pk)}
    sent = page.form if page.form is not None and page.form.target == target.pk else None
    plain, stood = as_target(target), page.stood(target)
    told, choices = (page.told if sent else None), quoting.choices(plain)
    newest = next(iter(stood.values()), None)
    return {
        "id": target.pk,
        "subject": target.subject,
        "amount": showing.amount(plain),
        "unit": target.unit,
        "adds_up": adds_up(plain),
        "due": target.due,
        "choices": choices,
        "basis": sent.basis if sent else (choices[0].code if choices else ""),
        "told": told,
        "picture": owed(told, target.unit) if told else None,
        "at": newest.on if newest else None,
        "definition": newest.definition if newest else "",
        "why": sent.why if sent else page.row.agreed.get("why", {}).get(str(target.pk), ""),
        "lines": [
            {
                **_line(code, name, kept.get(code), sent, page.filled if sent else {}),
                **_beside(told, code, stood.get(code)),
            }
            for code, name in page.divisions
        ],
    }


def _beside(told: Told | None, code: str, figure: Measurement | None) -> dict[str, Any]:
    """What stands beside the field: now, weight, owed."""
    now, counts = quoting.standing_of(figure)
    line = told.lines.get(code) if told else None
    return {"now": now, "counts": counts, "weight": line.weight if line else "", "owes": line.owes if line else ""}


def _line(
    code: str, name: str, kept: Share | None, sent: SharesForm | None, filled: Mapping[str, str]
) -> dict[str, Any]:
    if sent is not None:
        value, due, words = (sent.typed(one, code) for one in ("value", "due", "words"))
    elif kept is not None:
        value, due, words = _plain(kept.value), kept.due.isoformat() if kept.due else "", kept.words
    else:
        value, due, words = "", "", ""
    fix = bool(sent and sent.typed("fix", code))
    return {"code": code, "name": name, "value": filled.get(code, value), "due": due, "words": words, "fix": fix}
