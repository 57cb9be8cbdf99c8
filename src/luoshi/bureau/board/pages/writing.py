"""通报、领导参阅、会议材料: drafted from the ledger, edited on the page or in Word, settled with its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from luoshi.bureau.board import queries, rows, shown, typefaces
from luoshi.bureau.board.asking import plan_of, why_not
from luoshi.bureau.board.bulletin_forms import BulletinForm
from luoshi.bureau.board.downloads import download
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.pages.front import day_of
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.bulletins import actions
from luoshi.bureau.bulletins import queries as texts
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import refused, sees
from luoshi.bureau.plans import queries as plans
from luoshi.reading.documents.libreoffice import printer
from luoshi.reporting.official import Block, Grid, OfficialDocument, as_word_and_pdf, figures_of, official_day, words_of
from luoshi.reporting.official.numbers import level_marks
from luoshi.spine import Standing
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
_LEADERS = (Bulletin.Kind.LEADERS, Bulletin.Kind.MEETING)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One part of the text as the page shows it: words to edit, or a table to look at."""

    id: str
    level: int
    mark: str
    """一、 （一） 1.: printed before the words and no part of them."""
    words: str
    rows: int
    grid: Grid | None
    body: SafeString = SafeString()  # noqa: RUF009 (as immutable as any text)
    """The rows of the table, drawn."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number of the text came from."""

    printed: str
    number: str
    url: str
    definition: str
    on: str
    standing: str
    reported_by: str
    verified_by: str
    unit: bool
    """Whether it is one unit's figure of the table of units."""


def _seen(request: HttpRequest, one: Bulletin) -> bool:
    """A leaders' page is for leaders; drafts for the bureau; what was settled and sent for the system."""
    audience = "leaders" if one.kind in _LEADERS else "system" if one.stage == Bulletin.Stage.SETTLED else "bureau"
    return audience in sees(actor_of(request))


def bulletins(request: HttpRequest, findings: Sequence[Finding] = ()) -> HttpResponse:
    """Every text of a plan, and the form that drafts the next."""
    city = city_of(request)
    edition = queries.chosen(plans.editions(city), request.GET.get("plan", "")) if city else None
    if city is None or edition is None:
        return render(request, "board/empty.html")
    edition.city = city
    on = min(day_of(request, city), timezone.localdate())
    context = {
        "title": edition.title,
        "edition_id": edition.pk,
        "rows": [one for one in texts.bulletins(edition) if _seen(request, one)],
        "kinds": Bulletin.Kind.choices,
        "on": on,
        "issued": timezone.localdate() if not edition.imaginary else on,
        "issue": texts.next_issue(edition),
        "may_draft": why_not(request, "bulletin"),
    }
    told = {"bulletins": context, "findings": findings, "made_up": edition.imaginary}
    return render(request, "board/bulletins.html", told, status=409 if findings else 200)


def draft(request: HttpRequest, number: int) -> HttpResponse:
    """A new 送审稿."""
    if request.method != "POST":
        return redirect("bulletins")
    edition, form = plan_of(request, number), BulletinForm(request.POST)
    try:
        terms = form.terms(timezone.localdate(), texts.next_issue(edition))
        items = ledger.items(edition.city, edition, terms.on)
        made = actions.draft(actor_of(request), edition, items, terms)
    except RefusedError as refusal:
        return bulletins(request, refusal.findings)
    return redirect("bulletin", made.pk)


def _bulletin(request: HttpRequest, number: int) -> Bulletin:
    found = texts.bulletin(number)
    if found is None or not _seen(request, found):
        raise Http404
    in_city(request, found.edition.city)
    return found


def bulletin(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One text: its words, its tables, and where each number comes from."""
    found = _bulletin(request, number)
    document = texts.document_of(found)
    sources = _sources(found, document)
    open_still = found.stage == Bulletin.Stage.DRAFT
    context = {
        "one": found,
        "title": found.title,
        "kind": found.get_kind_display(),
        "stage": found.get_stage_display(),
        "draft": open_still,
        "to": document.to,
        "dated": official_day(document.dated),
        "signer": document.signer,
        "parts": _paragraphs(document.blocks),
        "attachments": [(one.title, _paragraphs(one.parts)) for one in document.attachments],
        "sources": [one for one in sources if not one.unit],
        "units": [one for one in sources if one.unit],
        "numbered": found.kind in {Bulletin.Kind.RED_HEAD, Bulletin.Kind.QUARTER},
        "outside": found.kind not in _LEADERS,
        "may_edit": why_not(request, "bulletin"),
        "may_settle": why_not(request, "settle_bulletin"),
        "pdf": printer() is not None,
        "lacking": typefaces.lacking(),
        "on": timezone.localdate() if not found.edition.imaginary else document.dated,
    }
    told = {"bulletin": context, "findings": findings, "made_up": found.edition.imaginary}
    return render(request, "board/bulletin.html", told, status=409 if findings else 200)


def _paragraphs(parts: Sequence[Block | Grid]) -> list[Paragraph]:
    marks = iter(level_marks([part.level for part in parts if isinstance(part, Block)]))
    return [_paragraph(part, next(marks)) if isinstance(part, Block) else _table(part) for part in parts]


def _paragraph(part: Block, mark: str) -> Paragraph:
    words = words_of(part.text)
    return Paragraph(part.id, part.level, mark, words, max(1, -(-len(words) // 42)), None)


def _table(part: Grid) -> Paragraph:
    return Paragraph(part.id, 0, "", "", 0, part, rows.grid(part))


def _sources(found: Bulletin, document: OfficialDocument) -> list[Source]:
    """Each bound figure that was measured, once, in the order of the text."""
    told = dict.fromkeys((figure.key, figure.words) for figure in figures_of(document))
    keyed = [(key.removesuffix(":gap"), words) for key, words in told]
    return [_source(found.sources[key], words) for key, words in keyed if key in found.sources]


def _source(one: dict[str, str], words: str) -> Source:
    url = reverse("item", args=[one["item"]]) if "item" in one else reverse("agreed_line", args=[one["line"]])
    return Source(
        words,
        one["number"],
        url,
        one["definition"],
        one["on"],
        shown.standing(Standing(one["standing"])),
        one["reported_by"],
        one["verified_by"],
        "line" in one,
    )


def act(request: HttpRequest, number: int) -> HttpResponse:
    """Edit, settle or drop."""
    if request.method != "POST":
        return redirect("bulletin", number)
    _bulletin(request, number)
    form, actor = BulletinForm(request.POST), actor_of(request)
    try:
        match form.act:
            case "edit":
                actions.edit(actor, number, form.version(), form.edited())
            case "settle":
                name, scan = upload(request, "scan") or ("", b"")
                actions.settle(actor, number, form.version(), form.issued(timezone.localdate(), scan, name))
            case "drop":
                actions.drop(actor, number, form.version(), form.words)
            case other:
                _refuse_act(other)
    except RefusedError as refusal:
        return bulletin(request, number, refusal.findings)
    return redirect("bulletin", number)


def _refuse_act(name: str) -> None:
    raise RefusedError(Finding("通报", f"没有“{name[:20]}”这种办理", "保存、定稿或作废", "请从页面上办理"))


def file(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The text as docx, its attachments as xlsx, the whole as pdf where LibreOffice is there."""
    found = _bulletin(request, number)
    if form not in FORMS:
        raise Http404
    try:
        content = _file(request, found, form)
    except RefusedError as refusal:
        return bulletin(request, number, refusal.findings)
    label = _("送审稿") if found.stage == Bulletin.Stage.DRAFT else _("定稿")
    return download(f"{found.title}（{label}）.{form}", content, FORMS[form])


def _file(request: HttpRequest, found: Bulletin, form: str) -> bytes:
    why = refused(actor_of(request), "handout")
    if why is not None and found.stage == Bulletin.Stage.DRAFT:
        raise RefusedError(why)
    if form == "xlsx":
        return texts.workbook_of(found)
    office, document = printer(), texts.document_of(found)
    if form == "pdf" and office is None:
        raise RefusedError(Finding("PDF", "这台机器没有 LibreOffice", "PDF 由它转换", "请下载 docx，用 WPS 另存为 PDF"))
    if office is None or (form == "docx" and not document.printer):
        return texts.word_of(found)
    # Where pages can be counted, 版记 stands on an even last page, in both files alike.
    word, pdf = as_word_and_pdf(document, draft=found.stage != Bulletin.Stage.SETTLED, printer=office)
    return pdf if form == "pdf" else texts.unbound(found, word)
