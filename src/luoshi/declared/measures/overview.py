"""Which measures stand together on the page 学校和县区概览, and which of them are kept for every school."""

from collections.abc import Mapping

from luoshi.words.measures import MeasureTable

OVERVIEW: Mapping[str, MeasureTable] = {
    "classes": MeasureTable(
        "班额",
        "Class sizes",
        (
            "compulsory_large_class_rate",
            "compulsory_super_large_classes",
            "primary_large_class_rate",
            "junior_large_class_rate",
            "senior_large_class_rate",
            "senior_super_large_classes",
            "compulsory_classes",
        ),
    ),
    "preschool": MeasureTable(
        "学前",
        "Preschool",
        (
            "affordable_share",
            "public_share",
            "kindergarten_children",
            "blank_townships",
            "kindergarten_classes_within_norm",
            "children_per_teacher",
        ),
    ),
    "primary": MeasureTable(
        "小学资源",
        "Primary resources",
        (
            "primary_qualified_teachers",
            "primary_backbone_teachers",
            "primary_arts_sports_teachers",
            "primary_teaching_rooms",
            "primary_sports_grounds",
            "primary_equipment_value",
            "primary_media_rooms",
        ),
    ),
    "junior": MeasureTable(
        "初中资源",
        "Junior secondary resources",
        (
            "junior_qualified_teachers",
            "junior_backbone_teachers",
            "junior_arts_sports_teachers",
            "junior_teaching_rooms",
            "junior_sports_grounds",
            "junior_equipment_value",
            "junior_media_rooms",
        ),
    ),
    "primary_apart": MeasureTable(
        "小学校际差异",
        "Between primary schools",
        (
            "primary_qualified_teachers_cv",
            "primary_backbone_teachers_cv",
            "primary_arts_sports_teachers_cv",
            "primary_teaching_rooms_cv",
            "primary_sports_grounds_cv",
            "primary_equipment_value_cv",
            "primary_media_rooms_cv",
        ),
    ),
    "junior_apart": MeasureTable(
        "初中校际差异",
        "Between junior schools",
        (
            "junior_qualified_teachers_cv",
            "junior_backbone_teachers_cv",
            "junior_arts_sports_teachers_cv",
            "junior_teaching_rooms_cv",
            "junior_sports_grounds_cv",
            "junior_equipment_value_cv",
            "junior_media_rooms_cv",
        ),
    ),
    "staff": MeasureTable(
        "师资",
        "Teachers",
        (
            "primary_pupils_per_teacher",
            "junior_pupils_per_teacher",
            "senior_pupils_per_teacher",
            "established_share",
            "teachers",
        ),
    ),
    "stock": MeasureTable(
        "学生和设备",
        "Pupils and equipment",
        (
            "compulsory_pupils",
            "senior_pupils",
            "primary_computers",
            "primary_books",
            "junior_computers",
            "junior_books",
        ),
    ),
    "money": MeasureTable(
        "经费和待遇",
        "Funds and pay",
        (
            "teacher_pay_ratio",
            "education_spending_to_last_year",
            "spending_per_pupil_to_last_year",
            "education_budget_share",
            "running_costs_paid",
        ),
    ),
}
"""By key of a table."""

OF_SCHOOLS: frozenset[str] = frozenset({"classes", "preschool", "primary", "junior", "staff", "stock"})
"""Tables that are kept for every school."""
