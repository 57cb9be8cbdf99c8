"""职业学校教师五年轮训 (M26.1): everybody once in five years; months in an enterprise besides."""

from luoshi.declared.guarantees import ENTERPRISE_DAYS
from luoshi.declared.training_hours import ENTERPRISE
from luoshi.learning import Span
from luoshi.learning.declaring import Requirement, Training, Whom

TRADE_ROTATION = Training(
    "trade_rotation",
    "职业学校教师企业实践",
    ("M26.1",),
    ENTERPRISE,
    "职业学校专业课教师",
    "教师〔2016〕3号：五年累计不少于6个月；国发〔2019〕4号：五年一周期全员轮训",
    requirement=Requirement(
        "enterprise",
        "企业实践五年180天",
        ENTERPRISE_DAYS,
        Span.ROLLING,
        "教师〔2016〕3号",
        Whom.TRADE,
        kinds=(ENTERPRISE,),
    ),
    doubt="企业实践以天登记，6个月折180天须核",
)
