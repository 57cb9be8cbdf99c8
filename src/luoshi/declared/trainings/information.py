"""信息技术应用能力提升工程2.0 (M25.7): 50 hours in five years, half of them practised at school."""

from luoshi.declared.training_hours import INFORMATION, INFORMATION_HOURS, INFORMATION_PRACTICE
from luoshi.learning import Span
from luoshi.learning.declaring import Requirement, Training

INFORMATION_TWO = Training(
    "information",
    "信息技术应用能力提升工程2.0",
    ("M25.7",),
    INFORMATION,
    "中小学、幼儿园专任教师",
    "教师〔2019〕1号：五年不少于50学时，实践应用不少于50%",
    requirement=Requirement(
        "information",
        "信息技术2.0五年50学时",
        INFORMATION_HOURS,
        Span.CYCLE,
        "教师〔2019〕1号",
        kinds=(INFORMATION,),
        practice=INFORMATION_PRACTICE,
    ),
)
