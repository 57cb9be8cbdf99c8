"""Standards of balance and staffing with their documents: what a school or a county is held against."""

from datetime import date
from decimal import Decimal

from luoshi.spine import Parameter

_QUALITY = date(2017, 4, 19)
_QUALITY_RULE = "教督〔2017〕6号"
_BASIC = date(2012, 1, 20)
_BASIC_RULE = "教督〔2012〕3号"
_TRAINING = date(2011, 1, 4)

BALANCE_LEAST = Parameter(
    "balance_least_pupils",
    "均衡测算单位的学生数下限",
    Decimal(50),
    "人",
    _QUALITY,
    _QUALITY_RULE,
    doubt="一省写作不足50人的教学点不计，须核",
)
TRAINING_HOURS = Parameter("training_hours", "教师五年培训学时下限", Decimal(360), "学时", _TRAINING, "教师〔2011〕1号")
SMALL_SCHOOL_FLOOR = Parameter(
    "small_school_floor", "公用经费核定人数下限", Decimal(100), "人", date(2015, 11, 25), "国发〔2015〕67号"
)
PRIMARY_QUALITY: tuple[Parameter, ...] = (
    Parameter("primary_qualified_teachers", "小学R1标准", Decimal("4.2"), "人", _QUALITY, _QUALITY_RULE),
    Parameter("primary_backbone_teachers", "小学R2标准", Decimal(1), "人", _QUALITY, _QUALITY_RULE),
    Parameter("primary_arts_sports_teachers", "小学R3标准", Decimal("0.9"), "人", _QUALITY, _QUALITY_RULE),
    Parameter("primary_teaching_rooms", "小学R4标准", Decimal("4.5"), "平方米", _QUALITY, _QUALITY_RULE),
    Parameter("primary_sports_grounds", "小学R5标准", Decimal("7.5"), "平方米", _QUALITY, _QUALITY_RULE),
    Parameter("primary_equipment_value", "小学R6标准", Decimal(2000), "元", _QUALITY, _QUALITY_RULE),
    Parameter("primary_media_rooms", "小学R7标准", Decimal("2.3"), "间", _QUALITY, _QUALITY_RULE),
)
"""At least, of every primary school; keys are those of the measures."""
JUNIOR_QUALITY: tuple[Parameter, ...] = (
    Parameter("junior_qualified_teachers", "初中R1标准", Decimal("5.3"), "人", _QUALITY, _QUALITY_RULE),
    Parameter("junior_backbone_teachers", "初中R2标准", Decimal(1), "人", _QUALITY, _QUALITY_RULE),
    Parameter("junior_arts_sports_teachers", "初中R3标准", Decimal("0.9"), "人", _QUALITY, _QUALITY_RULE),
    Parameter("junior_teaching_rooms", "初中R4标准", Decimal("5.8"), "平方米", _QUALITY, _QUALITY_RULE),
    Parameter("junior_sports_grounds", "初中R5标准", Decimal("10.2"), "平方米", _QUALITY, _QUALITY_RULE),
    Parameter("junior_equipment_value", "初中R6标准", Decimal(2500), "元", _QUALITY, _QUALITY_RULE),
    Parameter("junior_media_rooms", "初中R7标准", Decimal("2.4"), "间", _QUALITY, _QUALITY_RULE),
)
"""The same of every junior school."""
VARIATIONS: tuple[Parameter, ...] = (
    Parameter("primary_variation", "小学校际差异系数上限", Decimal("0.50"), "", _QUALITY, _QUALITY_RULE),
    Parameter("junior_variation", "初中校际差异系数上限", Decimal("0.45"), "", _QUALITY, _QUALITY_RULE),
    Parameter("primary_mean_variation", "小学综合差异系数上限", Decimal("0.65"), "", _BASIC, _BASIC_RULE),
    Parameter("junior_mean_variation", "初中综合差异系数上限", Decimal("0.55"), "", _BASIC, _BASIC_RULE),
)
"""At most: each of the seven by 教督〔2017〕6号, the mean of the eight by 教督〔2012〕3号."""

STANDARDS: tuple[Parameter, ...] = (
    BALANCE_LEAST,
    TRAINING_HOURS,
    SMALL_SCHOOL_FLOOR,
    *PRIMARY_QUALITY,
    *JUNIOR_QUALITY,
    *VARIATIONS,
)
