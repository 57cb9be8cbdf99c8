"""Menus: which page belongs to which room, and what stands in each menu."""

from django.utils.translation import gettext as _

INSIDE = {
    "item": "board",
    "plan": "plans",
    "point": "plans",
    "weak": "plans",
    "breakdown": "plans",
    "quality": "plans",
    "edit": "board",
    "notices": "plans",
    "handouts": "plans",
    "handback": "plans",
    "remarks": "plans",
    "compare": "plans",
    "import": "plans",
    "import_columns": "plans",
    "notice": "plans",
    "month": "mine",
    "call": "mine",
    "bulletin": "bulletins",
    "shares": "board",
    "working": "board",
    "decisions": "plans",
    "agreement": "agreeing",
    "agreed_line": "agreeing",
    "escalation": "escalations",
    "escalation_rules": "escalations",
    "rectifications": "escalations",
    "case": "cases",
    "case_do": "cases",
    "case_new": "cases",
    "comparison": "comparisons",
    "training": "trainings",
    "training_act": "trainings",
    "course": "courses",
    "course_act": "courses",
    "course_new": "courses",
    "term": "terms",
    "term_act": "terms",
    "session": "sessions",
    "session_act": "sessions",
    "teacher": "teachers",
    "teacher_act": "teachers",
    "teachers_act": "teachers",
    "rotation_act": "rotation",
    "rolls_act": "rolls",
    "own_hours_act": "own_hours",
    "choices_act": "choices",
    "certificate": "own_hours",
    "comparison_act": "comparisons",
    "procedure": "procedures",
    "procedure_conduct": "procedures",
    "register": "procedures",
    "register_entry": "procedures",
    "risk_sheet": "procedures",
    "risk_county": "procedures",
    "reminders_round": "reminders",
    "reminders_habits": "reminders",
    "year": "reminders",
    "next_month": "reminders",
    "agreed_settle": "agreeing",
    "agreement_act": "agreeing",
    "agreement_take": "agreeing",
    "escalation_marks": "escalations",
    "agreement_agree": "agreeing",
    "agreeing_start": "agreeing",
    "lake_return": "lake",
    "return_open": "returns",
    "return_points": "returns",
    "return_school": "returns",
    "return_window": "returns",
    "return_act": "returns",
    "return_findings": "returns",
    "return_county": "returns",
    "return_unit": "returns",
    "return_unit_act": "returns",
    "overview_schools": "overview",
    "overview_measure": "overview",
    "form": "forms",
    "form_ask": "forms",
    "form_act": "forms",
    "form_take": "forms",
    "form_baseline": "forms",
    "table": "tables",
    "indicator": "indicators",
    "indicator_rows": "indicators",
    "indicator_definition": "indicators",
    "measured": "indicators",
    "measured_rows": "indicators",
    **dict.fromkeys(("publication", "publication_act", "publication_draft"), "publications"),
    "county": "overview",
    "school": "overview",
    "parameter": "parameters",
    "parameter_act": "parameters",
    "extracts": "cases_found",
    "extracts_act": "cases_found",
    "procedure_counts": "procedures",
    "cases_public": "procedures",
    "unmask": "private",
    "destroying_act": "private",
    "erasing_ask": "private",
    "checklist": "checklists",
    "checklist_judge": "checklists",
    "division": "divisions",
    "divisions_import": "divisions",
    "divisions_bring": "divisions",
    "divisions_change": "divisions",
    "divisions_boundaries": "divisions",
    "api": "figures",
    "api_keys": "figures",
    "own_second_act": "own_second",
    "own_devices_act": "own_devices",
    "entrants_act": "entrants",
    "journal_export": "journal",
    "journal_ends": "journal",
    "journal_end": "journal",
    "journal_history": "journal",
    "upgrading_ask": "upgrading",
    "person": "people",
    "person_act": "people",
    "handover": "people",
    "handover_act": "people",
    "handed_over": "people",
    "delegations_act": "delegations",
    "accounts_act": "accounts",
    "office": "offices",
    "office_act": "offices",
    "county_offices": "offices",
    "county_offices_act": "offices",
}
"""By name of a page: the room it belongs to."""
OWN = ("own_devices", "own_password", "own_second")
TRAININGS = ("trainings", "hours_owed", "courses", "terms", "sessions", "teachers", "rotation", "rolls")
SHARED = {
    **dict.fromkeys(("lake", "return_editions", "forms", "tables", "private"), "returns"),
    **dict.fromkeys(("overview", "pivot", "figures", "doubts", "parameters", "checklists", "divisions"), "indicators"),
    **dict.fromkeys(("leader", "publications"), "bulletins"),
    **dict.fromkeys(("cases_found", "comparisons", "procedures", "registers_ending", "registers_bars"), "cases"),
    **dict.fromkeys(OWN, "own"),
    **dict.fromkeys(TRAININGS, "trainings"),
    **dict.fromkeys(
        ("people", "accounts", "delegations", "jobs", "packages", "upgrading", "journal", "entrants"), "offices"
    ),
}
"""By room: the entry of the main menu it stands under."""


SCHOOL_SHARED = dict.fromkeys(
    ("own_devices", "own_password", "own_second", "delegations", "delegations_act", "jobs"), "own"
) | {
    "messages": "messages",
    **dict.fromkeys(TRAININGS, "trainings"),
    **dict.fromkeys(("cases", "cases_found", "procedures", "registers_ending"), "cases"),
}
"""The same for a school, whose menu has three entries."""


def of_returns() -> dict[str, str]:
    """Under 报表: names of pages and what they are called."""
    return {
        "returns": _("期次"),
        "lake": _("明细数据"),
        "return_editions": _("版次比较"),
        "forms": _("报表备案"),
        "tables": _("套表"),
        "private": _("个人信息清单"),
    }


def of_indicators() -> dict[str, str]:
    """Under 指标: names of pages and what they are called."""
    return {
        "indicators": _("全部指标"),
        "overview": _("县区和学校"),
        "pivot": _("比较"),
        "figures": _("登记的指标值"),
        "doubts": _("数据存疑"),
        "parameters": _("参数"),
        "checklists": _("评估清单"),
        "divisions": _("区划与学校"),
    }


def of_offices() -> dict[str, str]:
    """Under 管理: names of pages and what they are called."""
    return {
        "offices": _("科室与人员"),
        "people": _("人员"),
        "accounts": _("账号表"),
        "delegations": _("委托代办"),
        "entrants": _("登录管理"),
        "jobs": _("后台任务"),
        "packages": _("县级交换"),
        "upgrading": _("备份与升级"),
        "journal": _("操作日志"),
    }


def of_bulletins() -> dict[str, str]:
    """Under 通报: names of pages and what they are called."""
    return {"bulletins": _("通报与参阅"), "publications": _("公布件"), "leader": _("领导参阅")}


def of_cases() -> dict[str, str]:
    """Under 办件: names of pages and what they are called."""
    return {
        "cases": _("我的办件"),
        "cases_found": _("查找办件"),
        "comparisons": _("名单比对"),
        "procedures": _("流程和名单"),
        "registers_ending": _("名单到期"),
        "registers_bars": _("能否评优"),
    }


def of_trainings() -> dict[str, str]:
    """Under 培训: names of pages and what they are called."""
    return {
        "trainings": _("培训项目"),
        "hours_owed": _("学时缺口"),
        "courses": _("课程超市"),
        "terms": _("选课和派位"),
        "sessions": _("班次"),
        "teachers": _("教师培训数据库"),
        "rotation": _("五年轮训"),
        "rolls": _("培训人次"),
    }


def of_own_training() -> dict[str, str]:
    """The whole menu of a teacher: names of pages and what they are called."""
    return {"own_hours": _("我的学时"), "choices": _("选课"), "attend": _("签到"), "courses": _("课程超市")}


def of_oneself() -> dict[str, str]:
    """What everybody has of their own: names of pages and what they are called."""
    return {
        "own_devices": _("登录设备"),
        "own_password": _("修改密码"),
        "own_second": _("第二因子"),
    }


def of_own_school() -> dict[str, str]:
    """What a school has of its own: names of pages and what they are called."""
    return {**of_oneself(), "delegations": _("委托代办"), "jobs": _("后台任务")}
