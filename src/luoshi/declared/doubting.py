"""From where on figures are asked about (数据存疑): tolerances between 口径, jumps, last digits. Only prompts follow from them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.declared.returns import ClassBands, Equipment, Kindergartens
from luoshi.spine import Parameter, Return

_BEGUN = date(2016, 7, 2)
_DEFAULT = "产品默认值"
_LOOSE = "没有公开的阈值，取得宽，只用于提示；须由该局按本地情况确认"

SIDES_POINTS = Parameter(
    "sides_points", "两个口径的比率相差的上限", Decimal("0.5"), "个百分点", _BEGUN, _DEFAULT, doubt=_LOOSE
)
SIDES_PERCENT = Parameter("sides_percent", "两个口径的数量相差的上限", Decimal(5), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
JUMP_POINTS = Parameter(
    "jump_points", "比率一年变动参与提示的下限", Decimal(3), "个百分点", _BEGUN, _DEFAULT, doubt=_LOOSE
)
JUMP_PERCENT = Parameter("jump_percent", "数量一年变动参与提示的下限", Decimal(30), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
JUMP_TIMES = Parameter(
    "jump_times",
    "变动离各县中位数的倍数的上限",
    Decimal(6),
    "倍",
    _BEGUN,
    "统计学：中位数绝对离差（MAD）是稳健的离散度",
    doubt="正态时6倍约合4个标准差；倍数是产品默认值，须由该局按本地情况确认",
)
JUMP_UNITS = Parameter(
    "jump_units", "年际变动提示至少有数的县区", Decimal(6), "个", _BEGUN, _DEFAULT, doubt="少于此数时中位数不稳，不提示"
)
JUMP_COUNT = Parameter("jump_count", "变动折合分子参与提示的下限", Decimal(10), "个", _BEGUN, _DEFAULT, doubt=_LOOSE)
DIGITS_FROM = Parameter(
    "digits_from", "尾数检验只看不小于此数的值", Decimal(100), "", _BEGUN, _DEFAULT, doubt="两位数以下的值尾数本不均匀"
)
DIGITS_LEAST = Parameter(
    "digits_least", "尾数检验至少有的值", Decimal(100), "个", _BEGUN, "统计学：卡方检验每格期望不少于5，取10"
)
DIGITS_LIMIT = Parameter(
    "digits_limit",
    "尾数检验的卡方上限",
    Decimal("33.72"),
    "",
    _BEGUN,
    "卡方分布，自由度9，尾概率0.0001",
    doubt="尾概率0.0001是产品默认值：一次看约百列，随机提示约百次一见",
)
DOUBT_PARAMETERS: tuple[Parameter, ...] = (
    SIDES_POINTS,
    SIDES_PERCENT,
    JUMP_POINTS,
    JUMP_PERCENT,
    JUMP_TIMES,
    JUMP_UNITS,
    JUMP_COUNT,
    DIGITS_FROM,
    DIGITS_LEAST,
    DIGITS_LIMIT,
)
"""All of them."""

ENTRY_GRADES: Mapping[str, tuple[str, ...]] = {
    "compulsory_large_class_rate": ("primary_entry_large_class_rate", "junior_entry_large_class_rate"),
    "primary_large_class_rate": ("primary_entry_large_class_rate",),
    "junior_large_class_rate": ("junior_entry_large_class_rate",),
    "senior_large_class_rate": ("senior_entry_large_class_rate",),
}
"""Measures of 起始年级 that stand below a question's 口径: they are told apart and never published for the whole."""

COUNTED: Mapping[type[Return], tuple[str, ...]] = {
    ClassBands: ("pupils", "girls", "entrants", "graduates", "grade_1", "grade_2", "grade_3"),
    Kindergartens: ("children",),
    Equipment: ("books", "computers"),
}
"""Columns of the annual return that schools count one by one, so that their last digits should be spread evenly.

设计学位 and 带宽 are not among them: they are round by nature.
"""
