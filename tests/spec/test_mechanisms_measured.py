"""Each mechanism of the plan that wants a figure is answered by declared questions, and each says where its figures come from."""

import pytest

from luoshi.declared import INDICATORS
from luoshi.declared.indicators.filed import FILED
from luoshi.declared.measures import MEASURES
from luoshi.reading.city import load
from tests.house.house import ROOT

CITY = load(ROOT / "cities" / "luoyang")
WANTING = [one.key for one in CITY.mechanisms if "INDICATOR" in {one.pattern, one.also}]
ANSWERING = {key: {one.key for one in (*INDICATORS, *MEASURES.values()) if one.answers == key} for key in WANTING}
MEASURED = {
    "M2.2": {"party_organisation_coverage", "party_work_coverage", "party_affiliation_settled"},
    "M2.3": {"branch_meetings_held"},
    "M5.1": {"schools_with_moral_plan"},
    "M6.1": {"classes_active_an_hour"},
    "M6.2": {"myopia_rate", "screened_share", "myopia_new_onset", "high_myopia_rate", "poor_sight_rate"},
    "M6.4": {"sick_absence_rate"},
    "M8.1": {"lessons_taught_rate", "experiments_done_rate"},
    "M8.5": {"schools_with_care", "care_participation", "lunch_met", "care_subsidy_paid"},
    "M9.3": {"certificate_pass_rate"},
    "M12.4": {"approvals_on_time", "approvals_satisfied"},
    "M13.3": {"counties_at_pay_parity", "pay_arrears_share", "pay_arrears"},
    "M14.2": {"children_under_three", "children_three_to_five", "children_nine_to_eleven"},
    "M15.5": {"public_kindergarten_funds_paid", "inclusive_kindergarten_award_paid"},
    "M18.1": {"programme_plan_filled", "programmes_hardly_filled"},
    "M18.7": {"graduate_employment", "graduate_match"},
    "M20.1": {"counties_without_community_college", "adult_schools_converted", "community_learners_rate"},
    "M23.1": {"digital_campuses", "schools_with_bandwidth", "classrooms_networked"},
    "M23.2": {"space_teachers_share"},
    "M25.1": {"primary_posts_missing", "junior_posts_missing", "senior_posts_missing", "kindergartens_with_carers"},
    "M26.3": {"dual_teachers_share", "enterprise_practice_done", "part_time_teachers", "part_time_hours"},
    "M27.1": {"teacher_pay_ratio", "rural_pay_ratio", "rural_pay_cells_passing", "special_post_pay_ratio"},
    "M27.3": {"rural_allowance_paid", "seniority_allowance_paid", "head_teacher_allowance_paid", "allowances_owed"},
    "M29.1": {
        "spending_per_pupil_to_last_year",
        "spending_per_pupil_of_year_to_last_year",
        "counties_share_not_falling",
    },
    "M29.2": {"primary_running_costs_to_quota", "junior_running_costs_to_quota", "running_costs_paid"},
    "M29.3": {"education_budget_carried_out"},
    "M29.5": {"bulletin_spending", "bulletin_spending_per_pupil_to_last_year", "running_costs_per_pupil"},
    "M31.2": {"approvals_online"},
    "M32.1": {"health_reports_on_time"},
    "M32.2": {"campuses_with_guards", "campuses_closed", "campuses_linked", "campuses_with_all_three"},
    "M32.8": {"petitions_accepted_on_time", "petitions_answered_on_time", "petitions_satisfied", "group_visits"},
}
"""From rows of a return."""
BY_PEOPLE = {
    "M8.3": {"schools_profiled"},
    "M11.3": {"private_over_plan"},
    "M18.5": {"skill_training"},
    "M23.3": {"data_sets_shared"},
    "M28.3": {"forms_to_baseline", "meetings_to_last_year", "documents_to_last_year"},
}
"""No return holds rows: figures are filed, or counted by a room of the house."""


def test_the_plan_has_49_mechanisms_that_want_a_figure() -> None:
    assert len(WANTING) == 49


@pytest.mark.parametrize("key", MEASURED)
def test_a_mechanism_is_measured_from_rows(key: str) -> None:
    assert MEASURED[key] <= {one for one in ANSWERING[key] if one in MEASURES}


@pytest.mark.parametrize("key", BY_PEOPLE)
def test_a_mechanism_without_rows_has_a_question_that_people_answer(key: str) -> None:
    assert BY_PEOPLE[key] <= ANSWERING[key]
    assert not BY_PEOPLE[key] & MEASURES.keys()


def test_no_mechanism_that_wants_a_figure_is_without_a_question() -> None:
    # 规划落实、招生行为、优秀生留存 belong to the catalogue of schooling.
    assert {key for key, some in ANSWERING.items() if not some} <= {"M14.1", "M17.5", "M17.6"}


def test_what_people_file_says_who_files_it_and_is_counted_nowhere_else() -> None:
    for one in FILED:
        assert one.key not in MEASURES
        assert "填报" in one.source or "报表备案" in one.source
        assert "没有明细" in one.source or "逐项点开" in one.source
        assert one.phrases


def test_questions_with_the_key_of_a_measure_name_what_is_above_and_below() -> None:
    rates = [one for one in INDICATORS if one.key in MEASURES and not MEASURES[one.key].counted]
    assert len(rates) > 30
    assert [one.key for one in rates if bool(one.part) != bool(one.whole)] == []
