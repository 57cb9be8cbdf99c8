"""外发表 and 返回表: any filter of the ledger out as a workbook or a Word table, and back in with a preview cell by cell."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import queries
from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.forms import HandoutForm
from luoshi.bureau.board.frame import in_city
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.files import queries as files
from luoshi.bureau.handouts import actions
from luoshi.bureau.handouts import queries as papers
from luoshi.bureau.handouts.models import Handback, Handout, Remark
from luoshi.bureau.handouts.printing import printed
from luoshi.bureau.ledger.cells import COLUMNS, known_of
from luoshi.bureau.ledger.models import Breakdown, Commitment
from luoshi.bureau.people.models import Office
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused, sees
from luoshi.bureau.plans.models import Edition
from luoshi.reading.documents.libreoffice import converter
from luoshi.reading.handbacks import read_handback
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

FORMS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FILLED = (
    "number",
    "title",
    "target",
    "lead",
    "due",
    "progress",
    "trouble",
    "needs",
    "next_step",
    "contact",
)
"""Columns of a paper that goes out to be filled."""


def handouts(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """What went out of a plan's ledger and what came back; a new paper goes out from here, of what the filter leaves."""
    edition = plan_of(request, number)
    asked = queries.Asked(request.GET, day_of(request, edition.city))
    rows = _filtered(request, edition, asked)
    context = {
        "title": edition.title,
        "edition_id": edition.pk,
        "rows": [(one, list(one.handbacks.all())) for one in _sent(edition)],
        "total": len(rows),
        "filtered": asked.filtered,
        "query": request.GET.urlencode(),
        "offices": list(Office.objects.filter(city=edition.city)),
        "may_send": why_not(request, "handout"),
        "may_take": why_not(request, "handback"),
        "may_unmask": why_not(request, "unmask"),
        "columns": [(one.key, one.label, one.key in FILLED) for one in COLUMNS.values() if one.key != "number"],
    }
    told = {"handouts": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/handouts.html", told, status=409 if findings else 200)


def _sent(edition: Edition) -> list[Handout]:
    return list(Handout.objects.filter(edition=edition).defer("rows").prefetch_related("handbacks")[:100])


def _filtered(request: HttpRequest, edition: Edition, asked: queries.Asked) -> list[int]:
    items = queries.items(edition.city, edition, asked.on, sees(actor_of(request)))
    return [item.row.pk for item in queries.kept(items, asked)]


def send(request: HttpRequest, number: int) -> HttpResponse:
    """The paper as a file; what went out is kept."""
    if request.method != "POST":
        return redirect("handouts", number)
    edition, form = plan_of(request, number), HandoutForm(request.POST)
    try:
        paper = _send(request, edition, form)
    except RefusedError as refusal:
        return handouts(request, number, refusal.findings)
    return _file(paper, form.reply_by())


def _send(request: HttpRequest, edition: Edition, form: HandoutForm) -> Handout:
    actor, asked = actor_of(request), queries.Asked(request.GET, day_of(request, edition.city))
    consult = form.purpose == Handout.Purpose.CONSULT
    here = Breakdown.objects.filter(edition=edition).order_by("-place").first() if consult else None
    wanted = _filtered(request, edition, asked)
    found = Commitment.objects.filter(pk__in=wanted)
    rows = papers.with_cells(found.filter(breakdown=here) if here else found)
    if form.office and not consult:
        rows = [row for row in rows if row.lead == form.office]
    columns = papers.CONSULTED if consult else ("number", *form.columns())
    role = "section" if form.office else actor.role
    terms = actions.Terms(form.form, form.purpose, columns, form.to, role, form.office, form.whole)
    return actions.hand_out(actor, edition, rows, known_of(edition.city), terms, here)


def _file(paper: Handout, reply_by: date | None = None) -> HttpResponse:
    name = f"{paper.edition.title}-{paper.get_purpose_display()}-{paper.code}.{paper.form}"
    return download(name, printed(paper, reply_by), FORMS[paper.form])


def again(request: HttpRequest, number: int) -> HttpResponse:
    """The same paper once more, word for word as it went out."""
    paper = papers.handout(number)
    if paper is None:
        raise Http404
    in_city(request, paper.edition.city)
    return _file(paper)


def take(request: HttpRequest, number: int) -> HttpResponse:
    """A file comes back: read, held against what went out, kept; the preview follows."""
    if request.method != "POST":
        return redirect("handouts", number)
    edition = plan_of(request, number)
    try:
        back = _take(request, edition)
    except RefusedError as refusal:
        return handouts(request, number, refusal.findings)
    return redirect("handback", back.pk)


def _take(request: HttpRequest, edition: Edition) -> Handback:
    actor = actor_of(request)
    why = refused(actor, "handback")
    if why:
        raise RefusedError(why)
    sent = upload(request, "file", "返回表")
    if sent is None:
        raise RefusedError(Finding("返回表", "没有选文件", "返回表为 Excel 或 Word 文件", "请选文件后再交"))
    name, content = sent
    told = read_handback(content, name, list(COLUMNS.values()), office=converter())
    paper = papers.by_code(told.code)
    if paper is None or paper.edition_id != edition.pk:
        what = f"没有发出过校验码为“{told.code}”的表" if told.code else "表上找不到校验码"
        rule = "返回表须是从这里导出的那一份"
        raise RefusedError(Finding(name, what, rule, "请用原来导出的文件填写；手工另做的表请走“导入旧台账”"))
    return actions.take_back(actor, paper, name, content, told, request.POST.get("sender", ""))


def handback(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One returned file: every cell that says something else, beside what went out and what the ledger says now."""
    back = papers.handback(number)
    if back is None:
        raise Http404
    edition = back.handout.edition
    in_city(request, edition.city)
    told = papers.returned(back, known_of(edition.city))
    seen = sees(actor_of(request))
    told = [one for one in told if one.remark.commitment.audience in seen]
    waiting = [one for one in told if one.remark.decision == Remark.Decision.OPEN]
    consult = back.handout.purpose == Handout.Purpose.CONSULT
    context = {
        "id": back.pk,
        "title": edition.title,
        "edition_id": edition.pk,
        "code": back.handout.code,
        "sender": back.sender,
        "by": back.by,
        "at": back.at,
        "consult": consult,
        "total": len(told),
        "open": len(waiting),
        "conflicts": sum(one.conflict for one in told),
        "barred": sum(one.remark.decision == Remark.Decision.BARRED for one in told),
        "rows": told,
        "doubts": [Finding(*words) for words in back.doubts],
        "landable": 0 if consult else sum(not one.conflict and bool(one.label) for one in waiting),
        "may_land": why_not(request, "handback"),
        "may_answer": why_not(request, "answer"),
    }
    page: dict[str, Any] = {"handback": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/handback.html", page, status=409 if findings else 200)


def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Everything undisputed lands, or one remark is answered."""
    if request.method != "POST":
        return redirect("handback", number)
    back, form, actor = papers.handback(number), HandoutForm(request.POST), actor_of(request)
    if back is None:
        raise Http404
    try:
        if form.act == "land":
            actions.land(actor, back)
            return redirect("handback", number)
        actions.answer(actor, form.remark, form.act, form.words, form.value)
    except RefusedError as refusal:
        return handback(request, number, refusal.findings)
    return redirect(reverse("handback", args=[number]) + f"#r-{form.remark}")


def original(request: HttpRequest, number: int) -> HttpResponse:
    """The returned file as it was handed in."""
    back = papers.handback(number)
    if back is None:
        raise Http404
    try:
        content = files.content(back.file)
    except RefusedError as refusal:
        return handback(request, number, refusal.findings)
    return download(back.file.name, content)


def remarks(request: HttpRequest, number: int) -> HttpResponse:
    """意见采纳情况: every comment on a breakdown with its answer, printable."""
    found = Breakdown.objects.select_related("edition", "edition__city").filter(pk=number).first()
    if found is None:
        raise Http404
    in_city(request, found.edition.city)
    seen = sees(actor_of(request))
    told = [one for one in papers.remarks_on(found) if one.commitment.audience in seen]
    context = {
        "title": found.edition.title,
        "edition_id": found.edition_id,
        "rows": [(one, COLUMNS[one.column].label if one.column in COLUMNS else _("意见")) for one in told],
        "open": sum(one.decision == Remark.Decision.OPEN for one in told),
    }
    return render(request, "board/remarks.html", {"remarks": context, "made_up": found.edition.imaginary})
