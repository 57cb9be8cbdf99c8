"""What stands above the line of a rate, with its measure word: 超出 37 个班 is something a person can act on, 0.3 个百分点 is not."""

from collections.abc import Mapping

CLASSES, CHILDREN, PUPILS, SCHOOLS, PERSONS = "个班", "名幼儿", "名学生", "所学校", "人"
TEACHERS, KINDERGARTENS, COUNTIES = "名教师", "所幼儿园", "个县(市、区)"

COUNTED: Mapping[str, str] = {
    "compulsory_large_class_rate": CLASSES,
    "primary_large_class_rate": CLASSES,
    "junior_large_class_rate": CLASSES,
    "senior_large_class_rate": CLASSES,
    "entry_grade_large_class_rate": CLASSES,
    "affordable_share": CHILDREN,
    "public_share": CHILDREN,
    "preschool_gross_enrolment": CHILDREN,
    "estate_kindergartens_rectified": KINDERGARTENS,
    "unlicensed_kindergartens_rectified": KINDERGARTENS,
    "senior_gross_enrolment": PUPILS,
    "schools_with_moral_plan": SCHOOLS,
    "party_affiliation_settled": SCHOOLS,
    "disabled_enrolment": PERSONS,
    "vocational_schools_at_standard": SCHOOLS,
    "community_colleges": COUNTIES,
    "adult_schools_converted": SCHOOLS,
    "nine_year_retention": PUPILS,
    "primary_net_enrolment": PUPILS,
    "junior_gross_enrolment": PUPILS,
    "primary_schools_of_quality": SCHOOLS,
    "junior_schools_of_quality": SCHOOLS,
    "top_students_stayed": PUPILS,
    "vocational_entrants_share": PUPILS,
    "dropout_rate": PUPILS,
    "party_organisation_coverage": SCHOOLS,
    "schools_with_care": SCHOOLS,
    "care_participation": PUPILS,
    "graduate_employment": PERSONS,
    "certificate_pass_rate": PERSONS,
    "digital_campuses": SCHOOLS,
    "space_teachers_share": TEACHERS,
    "dual_teachers_share": TEACHERS,
    "campuses_with_guards": SCHOOLS,
    "campuses_closed": SCHOOLS,
    "campuses_linked": SCHOOLS,
    "schools_profiled": SCHOOLS,
    "opening_conditions_passed": SCHOOLS,
}
"""By the key of an indicator whose 分子 are whole things; a count carries its own unit."""
