"""县区分解: a target divided among divisions, evenly, by hand, or by a pasted column."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.entrance import missing
from luoshi.bureau.board.working_forms import SharesForm
from luoshi.bureau.ledger import actions
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.agreed import portions
from luoshi.bureau.ledger.models import Commitment, Target
from luoshi.bureau.ledger.queries import as_target
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import sees
from luoshi.tracking import Share, even, showing
from luoshi.tracking.shares import adds_up
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def shares(request: HttpRequest, number: int) -> HttpResponse:
    """One form a target; what is sent is filled in, pasted in, or written."""
    row = ledger.commitment(number)
    if row is None:
        raise Http404
    if row.audience not in sees(actor_of(request)):
        return missing(request, Http404())
    in_city(request, row.edition.city)
    if request.method != "POST":
        return _shown(request, row)
    form = SharesForm(request.POST)
    try:
        return _done(request, row, form)
    except RefusedError as refusal:
        return _shown(request, row, form, refusal.findings)


def _done(request: HttpRequest, row: Commitment, form: SharesForm) -> HttpResponse:
    divisions, target = _divisions(row), _target(row, form.target)
    if form.act == "even":
        told = even(as_target(target), [code for code, _ in divisions])
        return _shown(request, row, form, filled={code: _plain(value) for code, value in told.items()})
    if form.act == "column":
        column = form.column()
        if len(column) != len(divisions):
            what = f"粘贴了 {len(column)} 行，共 {len(divisions)} 个单位"
            rule = "一行一个单位，顺序与表中相同"
            raise RefusedError(Finding(f"{row.number} 县区分解", what, rule, "请整列复制，没有任务的写 0"))
        codes = [code for code, _ in divisions]
        return _shown(request, row, form, filled=dict(zip(codes, column, strict=True)))
    actions.share(actor_of(request), target.pk, form.version(), form.portions(divisions), form.why)
    return redirect("item", row.pk)


def _target(row: Commitment, wanted: int) -> Target:
    for target in row.targets.all():
        if target.pk == wanted:
            return target
    raise RefusedError(Finding(f"{row.number} 县区分解", "没有这个目标值", "只能分解这一项的目标值", "请刷新页面"))


def _divisions(row: Commitment) -> list[tuple[str, str]]:
    """Code and name of the divisions that answer for the item; all of the bureau's own where it names none."""
    every = [(one.code, one.name) for one in row.edition.city.divisions.all() if one.kind != "city"]
    mine = [(code, name) for code, name in every if code in row.divisions]
    return mine or every


def _plain(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _shown(
    request: HttpRequest,
    row: Commitment,
    form: SharesForm | None = None,
    findings: Sequence[Finding] = (),
    filled: dict[str, str] | None = None,
) -> HttpResponse:
    divisions = _divisions(row)
    context = {
        "id": row.pk,
        "version": row.version,
        "number": row.number,
        "title": row.title,
        "targets": [_form(row, one, divisions, form, filled) for one in row.targets.all()],
        "no_share": why_not(request, "share", lead=row.lead),
    }
    told = {"shares": context, "findings": findings, "made_up": row.edition.imaginary}
    return render(request, "board/shares.html", told, status=409 if findings else 200)


def _form(
    row: Commitment,
    target: Target,
    divisions: Sequence[tuple[str, str]],
    form: SharesForm | None,
    filled: dict[str, str] | None,
) -> dict[str, Any]:
    """One target with a line a division: what was sent, else what is divided already, else empty."""
    kept = {one.share.division: one.share for one in portions(row, target.pk)}
    sent = form if form is not None and form.target == target.pk else None
    told = as_target(target)
    return {
        "id": target.pk,
        "subject": target.subject,
        "amount": showing.amount(told),
        "unit": target.unit,
        "adds_up": adds_up(told),
        "due": target.due,
        "why": sent.why if sent else row.agreed.get("why", {}).get(str(target.pk), ""),
        "lines": [_line(code, name, kept.get(code), sent, filled if sent else None) for code, name in divisions],
    }


def _line(
    code: str, name: str, kept: Share | None, sent: SharesForm | None, filled: dict[str, str] | None
) -> dict[str, str]:
    if sent is not None:
        value, due, words = (sent.typed(field, code) for field in ("value", "due", "words"))
    elif kept is not None:
        value, due, words = _plain(kept.value), kept.due.isoformat() if kept.due else "", kept.words
    else:
        value, due, words = "", "", ""
    return {"code": code, "name": name, "value": (filled or {}).get(code, value), "due": due, "words": words}
