"""五年一周期全员培训 (M25.6): 360 hours in five years, school-based ones no more than the province lets count."""

from luoshi.declared.standards import TRAINING_HOURS
from luoshi.declared.training_hours import HOUR_KINDS, LOCAL, SCHOOL, SCHOOL_HOURS_MOST
from luoshi.learning import Span
from luoshi.learning.declaring import Requirement, Training

CONTINUING = Training(
    "continuing",
    "教师全员培训（自主选学）",
    ("M25.6",),
    LOCAL,
    "中小学、幼儿园专任教师",
    "教师〔2011〕1号：五年累计不少于360学时",
    requirement=Requirement(
        "five_years",
        "五年360学时",
        TRAINING_HOURS,
        Span.CYCLE,
        "教师〔2011〕1号",
        kinds=HOUR_KINDS,
        caps=((SCHOOL, SCHOOL_HOURS_MOST),),
    ),
    doubt="周期从哪年起算、按固定周期还是近五年，须由该局确认",
)
