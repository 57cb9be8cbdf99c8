"""Mechanisms that a room of the house runs by itself, without an indicator."""

from luoshi.reading.answering import Room

ROOMS: tuple[Room, ...] = (
    Room(
        "M31.1",
        "board",
        "督查台账",
        "tests/browser/test_the_large_class_promise.py::test_a_visitor_filters_to_point_16_and_reads_the_large_class_item",
    ),
    Room(
        "M3.2",
        "escalations",
        "整改台账",
        "tests/bureau/test_escalation_pages.py::test_a_problem_goes_from_a_paper_to_the_look_back",
    ),
    Room(
        "M29.5",
        "publications",
        "教育经费统计公告",
        "tests/bureau/test_publications.py::test_the_spending_bulletin_is_made_of_the_finance_return_and_nothing_is_typed",
    ),
    Room(
        "M31.3",
        "publications",
        "信息采用积分通报",
        "tests/bureau/test_publications.py::test_points_are_counted_from_what_was_taken_and_told_in_the_order_of_points",
    ),
    Room(
        "M28.3",
        "forms",
        "报表清单",
        "tests/bureau/test_forms.py::test_tv_15a_of_24_forms_at_a_baseline_of_46_one_is_rejected",
    ),
    Room(
        "M25.5",
        "courses",
        "课程超市",
        "tests/bureau/test_trainings.py::test_a_course_is_reviewed_by_another_hand_listed_rated_and_removed",
    ),
    Room(
        "M25.6",
        "terms",
        "选课和派位",
        "tests/bureau/test_trainings.py::test_places_go_to_who_owes_most_then_by_lot_and_each_no_has_its_reason",
    ),
    Room(
        "M26.1",
        "rotation",
        "五年轮训",
        "tests/bureau/test_training_plans.py::test_the_roster_of_five_years_sends_who_has_fewest_months_first_and_says_who_is_left",
    ),
    Room(
        "M26.2",
        "teachers",
        "教师培训数据库",
        "tests/bureau/test_trainings.py::test_a_wrong_record_is_corrected_by_two_hands",
    ),
    Room(
        "M18.5",
        "rolls",
        "培训人次",
        "tests/bureau/test_training_plans.py::test_one_person_twice_in_one_class_counts_once_and_two_classes_at_once_are_told",
    ),
)
"""All of them."""

WALKED = (
    "tests/generative/test_any_procedure.py::test_no_walk_gets_stuck_or_skips_a_signature_or_is_walked_by_who_may_not"
)
"""The test that proves, for every mechanism a declared procedure runs, that it can be walked to its end by who may."""

TRAINED = "tests/bureau/test_training_plans.py::test_every_declared_project_has_its_page_with_its_figures"
"""The test that proves, for every mechanism a declared training runs, that it has its page."""

JUDGED = "tests/unit/test_mechanisms.py::test_a_figure_decides_what_runs"
"""The test that proves, for every mechanism an indicator answers, that a figure changes how its line stands."""

PAGES = {
    "board": "/",
    "figures": "/figures/",
    "escalations": "/escalations/",
    "forms": "/forms/",
    "publications": "/publications/",
    "procedures": "/procedures/",
    "trainings": "/trainings/",
    "courses": "/courses/",
    "terms": "/terms/",
    "rotation": "/rotation/",
    "teachers": "/teachers/",
    "rolls": "/rolls/",
}
"""Addresses of the pages that show what runs, by their names."""
