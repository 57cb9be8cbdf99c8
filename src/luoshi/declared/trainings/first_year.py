"""新任教师岗前和试用期培训 (M25.3): 120 hours before and in the first year."""

from luoshi.declared.training_hours import FIRST_YEAR_HOURS, HOUR_KINDS, NEW
from luoshi.learning import Span
from luoshi.learning.declaring import Requirement, Training, Whom

FIRST_YEAR = Training(
    "first_year",
    "新任教师岗前培训",
    ("M25.3",),
    NEW,
    "任教第一年的教师",
    "教师〔2011〕1号：试用期不少于120学时",
    requirement=Requirement(
        "first_year", "任教第一年120学时", FIRST_YEAR_HOURS, Span.FIRST_YEAR, "教师〔2011〕1号", Whom.NEW, HOUR_KINDS
    ),
)
