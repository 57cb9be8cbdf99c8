"""Who may come to which page. Declared once: the doors, the menu, the matrix in the manual and its proof are made from it.

A door asks three things, in this order: whether somebody signed in at all, whether the page is for their role, and whether the
unit it speaks of is theirs. To schools every door is closed that does not name them in `SCHOOLS`: a new page is none of theirs. What a page then shows of what is in it is the page's own matter (知悉范围, `rights.sees`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from luoshi.bureau.board import owners
from luoshi.bureau.board.owners import Owner
from luoshi.bureau.board.school_doors import SCHOOLS
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people import actions as people
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import foreign, own_school, refused
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Door:
    """What one address asks of whoever comes."""

    needs: tuple[str, ...] = ()
    """Rights of which one is enough to come in; none for everybody who is signed in."""
    by: tuple[str, ...] = ()
    """Rights of which one is enough to send something; none where nothing is sent, or where everybody sends their own."""
    owner: Owner | None = None
    """Whose matter it is; another county's is closed to a county."""
    school: Owner | None = None
    """Which school's matter it is; None closes it to every school."""
    anyone: bool = False
    """Open without signing in."""

    def wanted(self, *, sent: bool) -> tuple[str, ...]:
        """The rights of which one is needed to look, or to send."""
        return (self.by or self.needs) if sent else self.needs


def _open() -> Door:
    return Door(anyone=True)


def _signed(*, by: Sequence[str] = (), owner: Owner | None = None) -> Door:
    return Door(by=tuple(by), owner=owner)


def _for(*needs: str, by: Sequence[str] = (), owner: Owner | None = None) -> Door:
    return Door(needs=needs, by=tuple(by), owner=owner)


_AGREEING = ("agree", "agree_verify", "agree_publish", "agree_answer")
_RETURNING = (
    "return_window", "return_bring", "return_explain", "return_hand", "return_county", "return_accept", "return_back",
    "return_ask", "return_reopen",
)  # fmt: skip
_BUREAU = _for("bureau_see")
_CASES = ("cases",)

_DOORS: Mapping[str, Door] = {
    "enter": _open(),
    "start": _open(),
    "language": _open(),
    "public": _open(),
    "public_figures": _open(),
    "calendar": _open(),
    "api": _open(),
    "api_v1": _open(),
    "enter_second": _open(),
    "portal": _open(),
    "portal_back": _open(),
    "matters": _open(),
    "matter_new": _open(),
    "leave": _signed(),
    "own_password": _signed(),
    "own_second": _signed(),
    "own_second_act": _signed(),
    "own_devices": _signed(),
    "own_devices_act": _signed(),
    "entrants": _for("sessions"),
    "entrants_act": _for("sessions"),
    "board": _signed(),
    "mechanisms": _signed(),
    "figures": _signed(),
    "item": _signed(),
    "edit": _signed(),
    "shares": _signed(by=["share"]),
    "milestone": _signed(by=["milestone"]),
    "judge": _signed(by=["self", "leader", "office", "back"]),
    "save": _signed(by=["amend"]),
    "change": _signed(by=["ask_change", "decide_change"]),
    "bind": _signed(by=["bind"]),
    "working": _signed(by=["pause_ask", "pause_decide", "resume", "coordinate", "owe", "decide"]),
    "closing": _signed(by=["close_section", "close_leader", "close_office", "close_back", "reopen_closed"]),
    "evidence_attach": _signed(by=["attach"]),
    "evidence_export": _for("export_evidence"),
    "evidence_judge": _signed(by=["verify_evidence"], owner=owners.of_piece),
    "evidence_withdraw": _signed(by=["attach"], owner=owners.of_piece),
    "evidence_file": _signed(owner=owners.of_piece),
    "evidence_thumbnail": _signed(owner=owners.of_piece),
    "plans": _signed(by=["read"]),
    "plan": _signed(),
    "point": _signed(),
    "weak": _signed(),
    "breakdown": _BUREAU,
    "quality": _BUREAU,
    "compare": _BUREAU,
    "carry": replace(_BUREAU, by=("carry",)),
    "gather": _signed(by=["decide"]),
    "add": _signed(by=["decide"]),
    "split": _signed(by=["decide"]),
    "decide": _signed(by=["decide"]),
    "breakdown_act": replace(_BUREAU, by=("breakdown", "approve")),
    "import": replace(_BUREAU, by=("import",)),
    "import_columns": replace(_BUREAU, by=("import",)),
    "ledger_again": _for("import"),
    "handouts": _BUREAU,
    "handout_send": replace(_BUREAU, by=("handout",)),
    "handout_again": _for("handout"),
    "handback_take": replace(_BUREAU, by=("handback",)),
    "handback": _BUREAU,
    "handback_answer": replace(_BUREAU, by=("handback", "answer")),
    "handback_original": _for("handback"),
    "remarks": _BUREAU,
    "notices": _BUREAU,
    "notices_draft": replace(_BUREAU, by=("notice", "public")),
    "notice": _BUREAU,
    "notice_act": replace(_BUREAU, by=("notice", "approve_notice")),
    "decisions": replace(_BUREAU, by=("decisions",)),
    "scan": _BUREAU,
    "lake": _BUREAU,
    "lake_return": _BUREAU,
    "journal": _for("journal_see"),
    "journal_export": _for("journal_audit"),
    "journal_ends": _for("journal_audit"),
    "journal_end": _for("journal_audit"),
    "journal_history": _for("journal_audit", "journal_history"),
    "private": _for("bureau_see", "destroy_propose", "keys"),
    "erasing_ask": _for("destroy_propose"),
    "destroying_act": _for("destroy_propose", "destroy"),
    "unmask": _for("unmask"),
    "act_as": _signed(),
    "people": _for("posts"),
    "person": _signed(),
    "person_act": _for("posts"),
    "handover": _for("handover"),
    "handover_act": _for("handover"),
    "handed_over": _signed(),
    "delegations": _signed(),
    "delegations_act": _signed(by=["delegate", "approve_delegation"]),
    "accounts": _for("accounts"),
    "accounts_template": _for("accounts"),
    "accounts_act": _for("accounts"),
    "offices": _signed(),
    "office": _signed(),
    "office_act": _signed(by=["offices"]),
    "county_offices": _signed(owner=owners.named("code")),
    "county_offices_act": _signed(by=["county_offices"], owner=owners.named("code")),
    "divisions": _signed(),
    "division": _signed(),
    "divisions_bring": _for("units"),
    "divisions_change": _for("units"),
    "divisions_boundaries": _for("units"),
    "divisions_import": _for("units"),
    "packages": _for("county_pack", "county_take"),
    "packages_act": _for("county_pack", "county_key", "county_take", "county_send"),
    "packages_file": _for("county_pack", "county_take", owner=owners.of_package),
    **dict.fromkeys(("upgrading", "upgrading_ask"), _for("upgrade")),
    "jobs": _signed(),
    "jobs_verify": _signed(by=["verify"]),
    "jobs_act": _signed(),
    "job_result": _signed(),
    "messages": _signed(),
    "messages_read": _signed(),
    "message_read": _signed(),
    "bulletins": _signed(),
    "bulletin": _signed(),
    "bulletin_draft": _signed(by=["bulletin"]),
    "bulletin_act": _signed(by=["bulletin", "settle_bulletin"]),
    "bulletin_file": _for("handout"),
    "mine": _signed(),
    "nothing_new": _signed(by=["report"]),
    "call": _signed(owner=owners.of_call),
    "call_file": _signed(by=["report"], owner=owners.of_call),
    "call_step": _signed(by=["review", "leader", "office", "back", "correct", "gather"], owner=owners.of_call),
    "month": _BUREAU,
    "month_open": replace(_BUREAU, by=("period",)),
    "month_close": replace(_BUREAU, by=("period",)),
    "month_bring": replace(_BUREAU, by=("gather",)),
    "month_land": replace(_BUREAU, by=("gather",)),
    "month_drop": replace(_BUREAU, by=("gather",)),
    "reply_original": _for("gather"),
    "agreeing": _for("agree_see", "agree_answer"),
    "agreeing_start": _for("agree_see", by=["agree"]),
    "agreement": _for("agree_see"),
    "agreement_act": _for("agree_see", by=_AGREEING),
    "agreement_agree": _for("agree_answer"),
    "agreement_take": _for("agree_see", by=["agree"]),
    "agreement_sheets": _for("agree"),
    "agreement_sheet": _for("agree", "agree_answer", owner=owners.named("division")),
    "agreed_line": _for("agree_see", "agree_answer", owner=owners.of_line),
    "agreed_settle": _for("agree_see", "agree_answer", by=["agree_answer", "agree_verify"], owner=owners.of_line),
    "agreed_proof": _for("agree_see", "agree_answer", owner=owners.of_proof),
    "escalations": _signed(),
    "escalations_draft": _signed(by=["escalate"]),
    "escalation_rules": _BUREAU,
    "escalation_rules_act": replace(_BUREAU, by=("escalation_rules", "switch_marks")),
    "escalation_marks": _for("marks_see"),
    "escalation_marks_act": _for("marks_see", by=["switch_marks", "establish"]),
    "escalation": _signed(),
    "escalation_word": _signed(),
    "escalation_act": _signed(by=["send_paper", "sign_paper", "answer_paper"]),
    "rectifications": _signed(),
    **dict.fromkeys(("cases", "cases_found", "case_new", "procedure", "register", "registers_ending"), _for(*_CASES)),
    "case": _for(*_CASES, owner=owners.of_case),
    "case_do": _for(*_CASES, owner=owners.of_case),
    **dict.fromkeys(("case_paper", "case_thumbnail"), _for(*_CASES, owner=owners.of_case_paper)),
    "comparisons": _for("compare_lists"),
    **dict.fromkeys(("comparison", "comparison_act"), _for("compare_lists", owner=owners.of_run)),
    "procedures": _signed(),
    "procedure_conduct": _for(*_CASES, by=["conduct"]),
    "rubric": _for(*_CASES, by=["rubric"]),
    "panel": _for("panel", "leader"),
    "panel_act": _for("panel", by=["panel"]),
    "panel_recuse": _for(*_CASES),
    "case_letter": _for("panel", "leader"),
    "extracts": _for("unmask", "case_extract"),
    "extracts_act": _for("unmask", "case_extract"),
    "extract_file": _for("unmask"),
    "cases_public": _for(*_CASES, by=["public"]),
    "cases_file": _for("export"),
    "register_table": _for("export"),
    "procedure_counts": _for("case_counts"),
    "procedure_counts_template": _for("case_counts"),
    "registers_bars": _for("bars", by=["bars"]),
    "register_entry": _for(*_CASES, owner=owners.of_listing),
    "register_file": _for("export"),
    "risk_sheet": _for("risk_sheet", owner=owners.of_institution),
    "risk_county": _for("risk_sheet", owner=owners.named("code")),
    "rectifications_act": _signed(by=["rectify", "add_rectification", "look_back"]),
    "reminders": _signed(),
    "reminders_reach": _signed(),
    "reminders_calendar": _signed(),
    "reminders_round": _BUREAU,
    "reminders_run": replace(_BUREAU, by=("remind",)),
    "reminders_habits": _BUREAU,
    "reminders_habits_set": replace(_BUREAU, by=("habits",)),
    "year": _signed(),
    "next_month": _signed(),
    "returns": _signed(),
    "return_open": _signed(by=["return_window"]),
    "return_points": _signed(by=["return_merge"]),
    "return_editions": _signed(),
    "return_window": _signed(),
    "return_act": _signed(by=_RETURNING),
    "return_findings": _signed(),
    "return_findings_csv": _for("export"),
    "return_county": _signed(owner=owners.named("code")),
    "return_unit": _signed(owner=owners.of_unit),
    "return_unit_act": _signed(by=_RETURNING, owner=owners.of_unit),
    "return_school": _signed(),
    "return_file": _signed(owner=owners.of_filing),
    "forms": _signed(),
    "form": _signed(),
    "form_ask": _signed(by=["ask_form"]),
    "form_baseline": _signed(by=["form_baseline"]),
    "form_act": _signed(by=["ask_form", "approve_form", "send_form", "gather_form"]),
    "form_take": _signed(by=["gather_form"]),
    "form_sheets": _for("gather_form"),
    "form_filing": _for("gather_form", "fill_form", owner=owners.of_form),
    "form_sheet": _for("fill_form", by=["fill_form"]),
    "tables": replace(_BUREAU, by=("fill_tables",)),
    "table": _for("fill_tables"),
    "table_filled": _for("fill_tables"),
    "overview": _for("overview"),
    "overview_measure": _for("measure"),
    "overview_csv": _for("export"),
    "overview_schools": _for("school_rows", owner=owners.named("county")),
    "doubts": _for("doubts"),
    "indicators": _signed(),
    "indicator": _signed(),
    "indicator_definition": _signed(by=["choose_definition"]),
    "indicator_rows": _for("school_rows", owner=owners.named("county")),
    "county": _for("overview", owner=owners.named("code")),
    "school": _for("school_rows", "school_own", owner=owners.of_school),
    "leader": _for("leader_sheet"),
    "pivot": _for("overview"),
    "pivot_file": _for("export"),
    "measured": _for("overview"),
    "measured_rows": _for("overview"),
    "parameters": _signed(),
    "parameter": _signed(),
    "parameter_act": _signed(by=["parameter"]),
    "checklists": _for("overview"),
    "checklist": _for("overview"),
    "checklist_judge": _for("overview", by=["judge_checklist"]),
    "api_keys": _signed(),
    "api_keys_act": _signed(by=["api_key", "keys_see"]),
}
DOORS: Mapping[str, Door] = {name: replace(one, school=SCHOOLS.get(name)) for name, one in _DOORS.items()}
"""By name of an address."""


def shut(actor: Actor, door: Door, parts: Mapping[str, Any], *, sent: bool = False) -> Finding | None:
    """Why a door is closed to somebody; None when it is open.

    Args:
        actor: who comes.
        door: what the address asks.
        parts: those of the address.
        sent: whether something is sent, not only looked at.
    """
    if actor.role == "school" and (why := _of_school(actor, door, parts)):
        return why
    without = _without(actor, door.wanted(sent=sent))
    if without:
        return without
    theirs = door.owner(parts) if door.owner and actor.role == "county" else ""
    if theirs and foreign(actor, theirs):
        return Finding(
            "其他县(市、区)的事项",
            f"不是{actor.name}本县(市、区)的",
            "县(市、区)只看和办理本地的",
            "请看本县(市、区)的",
        )
    return None


def _of_school(actor: Actor, door: Door, parts: Mapping[str, Any]) -> Finding | None:
    """Why a door is closed to somebody of a school; None when it is open."""
    if door.school is None:
        remedy = "请从本校首页进入；别的事请找所在县(市、区)"
        return Finding("这一页", f"{actor.name}用的是学校账号", "学校只看和办理本校的事项", remedy)
    theirs = door.school(parts)
    if theirs and not own_school(actor, theirs):
        return Finding("其他学校的事项", f"不是{actor.name}本校的", "学校只看和办理本校的事项", "请看本校的")
    return None


def _without(actor: Actor, wanted: Sequence[str]) -> Finding | None:
    """Why somebody who has none of these rights does not come in; None where one is had, or none is wanted."""
    why = [refused(actor, one) for one in wanted]
    return why[0] if why and None not in why else None


def closed(name: str, actor: Actor) -> bool:
    """Whether a page is closed to somebody, whatever it speaks of: the menu leads nobody there."""
    asked = DOORS[name]
    if actor.role == "school" and asked.school is None and not asked.anyone:
        return True
    return _without(actor, asked.needs) is not None


def door(route: str, page: Page, name: str) -> URLPattern:
    """An address behind its door.

    Raises:
        KeyError: nobody said who may come there.
    """
    return path(route, _guarded(page, name, DOORS[name]), name=name)


def _guarded(page: Page, name: str, asked: Door) -> Page:
    if asked.anyone:
        return login_not_required(page)

    @wraps(page)
    def opened(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponseBase:
        actor = actor_of(request)
        why = shut(actor, asked, parts, sent=request.method == "POST")
        if why:
            return turned_away(request, actor, name, why)
        try:
            return page(request, *args, **parts)
        except RefusedError as refusal:  # what the page does not say in its own place: a kept file that is gone
            return _refused(request, refusal, 409)

    return opened


def _refused(request: HttpRequest, refusal: RefusedError, status: int) -> HttpResponse:
    told = {"findings": refusal.findings, "back": reverse("board")}
    return render(request, "board/refused.html", told, status=status)


def turned_away(request: HttpRequest, actor: Actor, name: str, why: Finding) -> HttpResponse:
    """Nobody comes in unseen, and nobody is turned away unseen: the try is in the journal."""
    try:
        people.turn_away(actor, name, request.path, why)
    except RefusedError as refusal:
        return _refused(request, refusal, 403)
