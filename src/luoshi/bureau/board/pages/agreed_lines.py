"""One figure that is agreed: answered, verified, revised; and everything a county has to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.agreements import actions, queries
from luoshi.bureau.agreements.models import Answer, Line, Round
from luoshi.bureau.board import agreed
from luoshi.bureau.board.agreement_forms import LineForm
from luoshi.bureau.board.asking import why_not
from luoshi.bureau.board.downloads import download_kept
from luoshi.bureau.board.frame import city_of, in_city
from luoshi.bureau.board.uploads import upload
from luoshi.bureau.ledger.cells import known_of
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.units.queries import answered
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def _line(request: HttpRequest, number: int) -> Line:
    found = queries.line(number)
    if found is None:
        raise Http404
    in_city(request, found.round.edition.city)
    return found


def line(request: HttpRequest, number: int, findings: Sequence[Finding] = ()) -> HttpResponse:
    """One figure with everything that was said of it: 谁报、谁核、口径、时点, answers, 修订; what may be done next."""
    found = _line(request, number)
    own = agreed.own(request, found.division)
    units = queries.units_of(found.round.edition.city)
    lead = found.lead or "-"
    answers = [(one, agreed.figure(one.own(), found.unit)) for one in found.answers.all()]
    context = {
        "row": agreed.row(found, units),
        "round": found.round,
        "answers": answers,
        "lead": known_of(found.round.edition.city).offices.get(found.lead, ""),
        "line": found,
        "own": own,
        "sent": request.POST if findings else {},
        "may_answer": "" if own else why_not(request, "agree_answer", lead=lead),
        "may_verify": why_not(request, "agree_verify", lead=lead),
    }
    told = {"agreed": context, "findings": findings, "made_up": found.round.edition.imaginary}
    return render(request, "board/agreed_line.html", told, status=409 if findings else 200)


def settle(request: HttpRequest, number: int) -> HttpResponse:
    """A line is answered, verified or revised."""
    found = _line(request, number)
    if request.method != "POST":
        return redirect("agreed_line", number)
    form, actor, on = LineForm(request.POST), actor_of(request), agreed.today(request, found.round.edition.city)
    county = actor.role == "county"
    try:
        _step(request, number, form, on)
    except RefusedError as refusal:
        return mine(request, refusal.findings, number) if county else line(request, number, refusal.findings)
    messages.success(request, _("已记入。"), extra_tags="good")
    return redirect(reverse("agreeing") + f"#l-{number}") if county else redirect("agreed_line", number)


def _step(request: HttpRequest, number: int, form: LineForm, on: date) -> None:
    actor = actor_of(request)
    match form.act:
        case "answer":
            actions.answer(actor, number, form.version(), form.told(), _proof(request), on)
        case "verify":
            actions.verify(actor, number, form.version(), form.ruling(), on)
        case "verify_reported" | "verify_own":
            actions.verify(actor, number, form.version(), _as_known(number, form), on)
        case "revise":
            actions.revise(actor, number, form.version(), form.ruling(), on)
        case other:
            what = f"没有“{other[:20]}”这种办理"
            raise RefusedError(Finding("对数", what, "反馈、核定或修订", "请从页面上办理"))


def _as_known(number: int, form: LineForm) -> actions.Ruling:
    """The reported figure or the unit's own one, which nobody types again."""
    found = queries.line(number)
    told = queries.latest(found) if found else None
    own = told.own() if told else None
    amount = (own if form.act == "verify_own" else found.amount("reported")) if found else None
    if amount is None:
        raise RefusedError(Finding("核定", "没有这个数", "照已有的数核定，须有这个数", "请另填核定数"))
    return actions.Ruling("", reason=form.ruling().reason, known=amount)


def _proof(request: HttpRequest) -> actions.Proof | None:
    sent = upload(request, "proof", "佐证")
    return actions.Proof(*sent) if sent else None


def proof(request: HttpRequest, number: int) -> HttpResponse:
    """The file a unit put beside its answer, as it was handed in."""
    told = Answer.objects.filter(pk=number).select_related("proof", "line").first()
    if told is None or told.proof is None:
        raise Http404
    return download_kept(request, told.proof, "/")


def mine(request: HttpRequest, findings: Sequence[Finding] = (), wrong: int = 0) -> HttpResponse:
    """待对数 of a county: each figure with its 口径 and 时点, one form each; what it answered stays to be read."""
    actor, city = actor_of(request), city_of(request)
    if city is None:
        return render(request, "board/empty.html")
    units = queries.units_of(city)
    told = [_asked(of, listed, units) for of, listed in queries.asked_of(*answered(actor))]
    context = {
        "unit": units.get(actor.division, ""),
        "division": actor.division,
        "rounds": told,
        "waiting": sum(one.waiting for one in told if one.open),
        "wrong": wrong,
        "sent": request.POST if wrong else {},
    }
    page = {"mine": context, "findings": findings}
    return render(request, "board/agreeing_mine.html", page, status=409 if findings else 200)


@dataclass(frozen=True, slots=True)
class Asked:
    """One round as a unit sees it."""

    round: Round
    rows: list[agreed.Row]
    waiting: int
    agreeable: int
    """Reported figures it has not answered."""
    open: bool
    codes: tuple[str, ...]
    """Of the unit, or of those it took in, that were asked."""


def _asked(of: Round, listed: list[Line], units: Mapping[str, str]) -> Asked:
    rows = [agreed.row(one, units) for one in listed]
    waiting = [one for one in rows if one.state == Line.State.WAITING]
    agreeable = sum(one.reported is not None for one in waiting)
    codes = tuple(dict.fromkeys(one.division for one in listed))
    return Asked(of, rows, len(waiting), agreeable, open=of.stage == Round.Stage.SENT, codes=codes)


def agree(request: HttpRequest, number: int) -> HttpResponse:
    """A county agrees with everything of a round it has not answered yet, in one step."""
    if request.method != "POST":
        return redirect("agreeing")
    of, actor = queries.round_of(number), actor_of(request)
    if of is None:
        raise Http404
    try:
        day, waiting = agreed.today(request, of.edition.city), Line.State.WAITING
        asked = of.lines.filter(division__in=answered(actor), state=waiting, reported_value__isnull=False).order_by()
        codes = sorted(set(asked.values_list("division", flat=True))) or [actor.division]
        done = sum(actions.agree_rest(actor, of.pk, code, day) for code in codes)
    except RefusedError as refusal:
        return mine(request, refusal.findings)
    messages.success(request, _("已答无异议 %(number)d 个。") % {"number": done}, extra_tags="good")
    return redirect("agreeing")
