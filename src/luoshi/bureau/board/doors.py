"""Who may come to which page. Declared once: the doors, the menu, the matrix in the manual and its proof are made from it.

A door asks three things, in this order: whether somebody signed in at all, whether the page is for their role, and whether the
unit it speaks of is theirs. To schools every door is closed that does not name them in `SCHOOLS`, to teachers every one that does not
name them in `TEACHERS`: a new page is none of theirs. What a page then shows of what is in it is the page's own matter (知悉范围, `rights.sees`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from luoshi.bureau.board import owners
from luoshi.bureau.board.door_shapes import Door, everybody, needing, signed
from luoshi.bureau.board.school_doors import SCHOOLS
from luoshi.bureau.board.teacher_doors import TEACHERS
from luoshi.bureau.board.training_doors import TRAINING_DOORS
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people import actions as people
from luoshi.bureau.people.queries import actor_of
from luoshi.bureau.people.rights import foreign, own_school, refused
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

Page = Callable[..., HttpResponseBase]


_AGREEING = ("agree", "agree_verify", "agree_publish", "agree_answer")
_RETURNING = (
    "return_window", "return_bring", "return_explain", "return_hand", "return_county", "return_accept", "return_back",
    "return_ask", "return_reopen",
)  # fmt: skip
_BUREAU = needing("bureau_see")
_CASES = ("cases",)

_OUTSIDE = (
    "enter", "start", "language", "public", "public_figures", "public_publications", "public_publication", "public_edition",
    "public_publication_file", "calendar", "api", "api_v1", "enter_second", "portal", "portal_back", "matters", "matter_new",
)  # fmt: skip

_DOORS: Mapping[str, Door] = {
    **dict.fromkeys(_OUTSIDE, everybody()),
    "leave": signed(),
    "own_password": signed(),
    "own_second": signed(),
    "own_second_act": signed(),
    "own_devices": signed(),
    "own_devices_act": signed(),
    "entrants": needing("sessions"),
    "entrants_act": needing("sessions"),
    "board": signed(),
    "mechanisms": signed(),
    "figures": signed(),
    "item": signed(),
    "edit": signed(),
    "shares": signed(by=["share"]),
    "milestone": signed(by=["milestone"]),
    "judge": signed(by=["self", "leader", "office", "back"]),
    "save": signed(by=["amend"]),
    "change": signed(by=["ask_change", "decide_change"]),
    "bind": signed(by=["bind"]),
    "working": signed(by=["pause_ask", "pause_decide", "resume", "coordinate", "owe", "decide"]),
    "closing": signed(by=["close_section", "close_leader", "close_office", "close_back", "reopen_closed"]),
    "evidence_attach": signed(by=["attach"]),
    "evidence_export": needing("export_evidence"),
    "evidence_judge": signed(by=["verify_evidence"], owner=owners.of_piece),
    "evidence_withdraw": signed(by=["attach"], owner=owners.of_piece),
    "evidence_file": signed(owner=owners.of_piece),
    "evidence_thumbnail": signed(owner=owners.of_piece),
    "plans": signed(by=["read"]),
    "plan": signed(),
    "point": signed(),
    "weak": signed(),
    "breakdown": _BUREAU,
    "quality": _BUREAU,
    "compare": _BUREAU,
    "carry": replace(_BUREAU, by=("carry",)),
    "gather": signed(by=["decide"]),
    "add": signed(by=["decide"]),
    "split": signed(by=["decide"]),
    "decide": signed(by=["decide"]),
    "breakdown_act": replace(_BUREAU, by=("breakdown", "approve")),
    "import": replace(_BUREAU, by=("import",)),
    "import_columns": replace(_BUREAU, by=("import",)),
    "ledger_again": needing("import"),
    "handouts": _BUREAU,
    "handout_send": replace(_BUREAU, by=("handout",)),
    "handout_again": needing("handout"),
    "handback_take": replace(_BUREAU, by=("handback",)),
    "handback": _BUREAU,
    "handback_answer": replace(_BUREAU, by=("handback", "answer")),
    "handback_original": needing("handback"),
    "remarks": _BUREAU,
    "notices": _BUREAU,
    "notices_draft": replace(_BUREAU, by=("notice", "public")),
    "notice": _BUREAU,
    "notice_act": replace(_BUREAU, by=("notice", "approve_notice")),
    "decisions": replace(_BUREAU, by=("decisions",)),
    "scan": _BUREAU,
    "lake": _BUREAU,
    "lake_return": _BUREAU,
    "journal": needing("journal_see"),
    "journal_export": needing("journal_audit"),
    "journal_ends": needing("journal_audit"),
    "journal_end": needing("journal_audit"),
    "journal_history": needing("journal_audit", "journal_history"),
    "private": needing("bureau_see", "destroy_propose", "keys"),
    "erasing_ask": needing("destroy_propose"),
    "destroying_act": needing("destroy_propose", "destroy"),
    "unmask": needing("unmask"),
    "act_as": signed(),
    "people": needing("posts"),
    "person": signed(),
    "person_act": needing("posts"),
    "handover": needing("handover"),
    "handover_act": needing("handover"),
    "handed_over": signed(),
    "delegations": signed(),
    "delegations_act": signed(by=["delegate", "approve_delegation"]),
    "accounts": needing("accounts"),
    "accounts_template": needing("accounts"),
    "accounts_act": needing("accounts"),
    "offices": signed(),
    "office": signed(),
    "office_act": signed(by=["offices"]),
    "county_offices": signed(owner=owners.named("code")),
    "county_offices_act": signed(by=["county_offices"], owner=owners.named("code")),
    "divisions": signed(),
    "division": signed(),
    "divisions_bring": needing("units"),
    "divisions_change": needing("units"),
    "divisions_boundaries": needing("units"),
    "divisions_import": needing("units"),
    "packages": needing("county_pack", "county_take"),
    "packages_act": needing("county_pack", "county_key", "county_take", "county_send"),
    "packages_file": needing("county_pack", "county_take", owner=owners.of_package),
    **dict.fromkeys(("upgrading", "upgrading_ask"), needing("upgrade")),
    "jobs": signed(),
    "jobs_verify": signed(by=["verify"]),
    "jobs_act": signed(),
    "job_result": signed(),
    "messages": signed(),
    "messages_read": signed(),
    "message_read": signed(),
    **dict.fromkeys(("publications", "publication", "publication_file"), signed()),
    "publication_draft": signed(by=["publication"]),
    "publication_act": signed(by=["publication", "approve_publication"]),
    "bulletins": signed(),
    "bulletin": signed(),
    "bulletin_draft": signed(by=["bulletin"]),
    "bulletin_act": signed(by=["bulletin", "settle_bulletin"]),
    "bulletin_file": needing("handout"),
    "mine": signed(),
    "nothing_new": signed(by=["report"]),
    "call": signed(owner=owners.of_call),
    "call_file": signed(by=["report"], owner=owners.of_call),
    "call_step": signed(by=["review", "leader", "office", "back", "correct", "gather"], owner=owners.of_call),
    "month": _BUREAU,
    "month_open": replace(_BUREAU, by=("period",)),
    "month_close": replace(_BUREAU, by=("period",)),
    "month_bring": replace(_BUREAU, by=("gather",)),
    "month_land": replace(_BUREAU, by=("gather",)),
    "month_drop": replace(_BUREAU, by=("gather",)),
    "reply_original": needing("gather"),
    "agreeing": needing("agree_see", "agree_answer"),
    "agreeing_start": needing("agree_see", by=["agree"]),
    "agreement": needing("agree_see"),
    "agreement_act": needing("agree_see", by=_AGREEING),
    "agreement_agree": needing("agree_answer"),
    "agreement_take": needing("agree_see", by=["agree"]),
    "agreement_sheets": needing("agree"),
    "agreement_sheet": needing("agree", "agree_answer", owner=owners.named("division")),
    "agreed_line": needing("agree_see", "agree_answer", owner=owners.of_line),
    "agreed_settle": needing("agree_see", "agree_answer", by=["agree_answer", "agree_verify"], owner=owners.of_line),
    "agreed_proof": needing("agree_see", "agree_answer", owner=owners.of_proof),
    "escalations": signed(),
    "escalations_draft": signed(by=["escalate"]),
    "escalation_rules": _BUREAU,
    "escalation_rules_act": replace(_BUREAU, by=("escalation_rules", "switch_marks")),
    "escalation_marks": needing("marks_see"),
    "escalation_marks_act": needing("marks_see", by=["switch_marks", "establish"]),
    "escalation": signed(),
    "escalation_word": signed(),
    "escalation_act": signed(by=["send_paper", "sign_paper", "answer_paper"]),
    "rectifications": signed(),
    **dict.fromkeys(
        ("cases", "cases_found", "case_new", "procedure", "register", "registers_ending"), needing(*_CASES)
    ),
    "case": needing(*_CASES, owner=owners.of_case),
    "case_do": needing(*_CASES, owner=owners.of_case),
    **dict.fromkeys(("case_paper", "case_thumbnail"), needing(*_CASES, owner=owners.of_case_paper)),
    "comparisons": needing("compare_lists"),
    **dict.fromkeys(("comparison", "comparison_act"), needing("compare_lists", owner=owners.of_run)),
    "procedures": signed(),
    "procedure_conduct": needing(*_CASES, by=["conduct"]),
    "rubric": needing(*_CASES, by=["rubric"]),
    "panel": needing("panel", "leader"),
    "panel_act": needing("panel", by=["panel"]),
    "panel_recuse": needing(*_CASES),
    "case_letter": needing("panel", "leader"),
    "extracts": needing("unmask", "case_extract"),
    "extracts_act": needing("unmask", "case_extract"),
    "extract_file": needing("unmask"),
    "cases_public": needing(*_CASES, by=["public"]),
    "cases_file": needing("export"),
    "register_table": needing("export"),
    "procedure_counts": needing("case_counts"),
    "procedure_counts_template": needing("case_counts"),
    "registers_bars": needing("bars", by=["bars"]),
    "register_entry": needing(*_CASES, owner=owners.of_listing),
    "register_file": needing("export"),
    "risk_sheet": needing("risk_sheet", owner=owners.of_institution),
    "risk_county": needing("risk_sheet", owner=owners.named("code")),
    "rectifications_act": signed(by=["rectify", "add_rectification", "look_back"]),
    "reminders": signed(),
    "reminders_reach": signed(),
    "reminders_calendar": signed(),
    "reminders_round": _BUREAU,
    "reminders_run": replace(_BUREAU, by=("remind",)),
    "reminders_habits": _BUREAU,
    "reminders_habits_set": replace(_BUREAU, by=("habits",)),
    "year": signed(),
    "next_month": signed(),
    "returns": signed(),
    "return_open": signed(by=["return_window"]),
    "return_points": signed(by=["return_merge"]),
    "return_editions": signed(),
    "return_window": signed(),
    "return_act": signed(by=_RETURNING),
    "return_findings": signed(),
    "return_findings_csv": needing("export"),
    "return_county": signed(owner=owners.named("code")),
    "return_unit": signed(owner=owners.of_unit),
    "return_unit_act": signed(by=_RETURNING, owner=owners.of_unit),
    "return_school": signed(),
    "return_file": signed(owner=owners.of_filing),
    "forms": signed(),
    "form": signed(),
    "form_ask": signed(by=["ask_form"]),
    "form_baseline": signed(by=["form_baseline"]),
    "form_act": signed(by=["ask_form", "approve_form", "send_form", "gather_form"]),
    "form_take": signed(by=["gather_form"]),
    "form_sheets": needing("gather_form"),
    "form_filing": needing("gather_form", "fill_form", owner=owners.of_form),
    "form_sheet": needing("fill_form", by=["fill_form"]),
    "tables": replace(_BUREAU, by=("fill_tables",)),
    "table": needing("fill_tables"),
    "table_filled": needing("fill_tables"),
    "overview": needing("overview"),
    "overview_measure": needing("measure"),
    "overview_csv": needing("export"),
    "overview_schools": needing("school_rows", owner=owners.named("county")),
    "doubts": needing("doubts"),
    "indicators": signed(),
    "indicator": signed(),
    "indicator_definition": signed(by=["choose_definition"]),
    "indicator_rows": needing("school_rows", owner=owners.named("county")),
    "county": needing("overview", owner=owners.named("code")),
    "school": needing("school_rows", "school_own", owner=owners.of_school),
    "leader": needing("leader_sheet"),
    "pivot": needing("overview"),
    "pivot_file": needing("export"),
    "measured": needing("overview"),
    "measured_rows": needing("overview"),
    "parameters": signed(),
    "parameter": signed(),
    "parameter_act": signed(by=["parameter"]),
    "checklists": needing("overview"),
    "checklist": needing("overview"),
    "checklist_judge": needing("overview", by=["judge_checklist"]),
    **TRAINING_DOORS,
    "api_keys": signed(),
    "api_keys_act": signed(by=["api_key", "keys_see"]),
}
DOORS: Mapping[str, Door] = {
    name: replace(one, school=SCHOOLS.get(name), teacher=TEACHERS.get(name)) for name, one in _DOORS.items()
}
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
    if actor.role == "teacher" and (why := _of_teacher(actor, door, parts)):
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


def _of_teacher(actor: Actor, door: Door, parts: Mapping[str, Any]) -> Finding | None:
    """Why a door is closed to a teacher; None when it is open."""
    if door.teacher is None:
        return Finding("这一页", f"{actor.name}用的是教师账号", "教师只看和办理本人的事项", "请从“我的学时”进入")
    theirs = door.teacher(parts)
    if theirs and theirs != actor.login:
        return Finding("别人的培训记录", f"不是{actor.name}本人的", "教师只看和办理本人的事项", "请看本人的")
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
    if actor.role == "teacher" and asked.teacher is None and not asked.anyone:
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
