"""The addresses that schools may come to: a door that is not named here is closed to every school."""

from collections.abc import Mapping

from luoshi.bureau.board import owners
from luoshi.bureau.board.owners import Owner

SCHOOLS: Mapping[str, Owner] = {
    **dict.fromkeys(
        ("board", "leave", "act_as", "own_password", "own_second", "own_second_act", "own_devices", "own_devices_act",
         "messages", "messages_read", "message_read", "delegations", "delegations_act", "jobs", "jobs_act", "job_result"),
        owners.nobody,
    ),
    **dict.fromkeys(("return_school", "return_unit", "return_unit_act", "school", "risk_sheet"), owners.named("code")),
    **dict.fromkeys(("cases", "cases_found", "case_new", "procedures", "procedure", "register", "registers_ending"), owners.nobody),
    **dict.fromkeys(("rubric", "panel_recuse"), owners.nobody),
    "register_entry": owners.school_of_listing,
    **dict.fromkeys(("case", "case_do"), owners.school_of_case),
    **dict.fromkeys(("case_paper", "case_thumbnail"), owners.school_of_case_paper),
    **dict.fromkeys(
        ("courses", "course", "course_new", "course_act", "trainings", "training", "hours_owed", "teachers", "sessions", "session",
         "session_act", "rolls", "rolls_act"),
        owners.nobody,
    ),
    **dict.fromkeys(("teacher", "teacher_act"), owners.school_of_teacher),
    "certificate": owners.school_of_credit,
    "return_file": owners.school_of_filing,
    "form_sheet": owners.school_of_sheet,
    "form_filing": owners.school_of_form,
}  # fmt: skip
"""By name of an address that schools may come to: which school's matter it is."""
