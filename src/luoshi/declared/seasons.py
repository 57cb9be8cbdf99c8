"""Paths through a year that are not straight, which indicators follow them, and how old a figure may be that is told more often."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.spine import Parameter
from luoshi.tracking.seasons import Knot, Season

_BEGUN = date(2020, 1, 1)
_DEFAULT = "产品默认值"
_UNSURE = "没有公开的测算；请用本市往年各月的形象进度代替"

BUILT_BY_MARCH = Parameter("built_by_march", "工程类到3月底应完成", Decimal(5), "%", _BEGUN, _DEFAULT, doubt=_UNSURE)
BUILT_BY_JUNE = Parameter("built_by_june", "工程类到6月底应完成", Decimal(30), "%", _BEGUN, _DEFAULT, doubt=_UNSURE)
BUILT_BY_AUGUST = Parameter("built_by_august", "工程类到8月底应完成", Decimal(65), "%", _BEGUN, _DEFAULT, doubt=_UNSURE)
BUILT_BY_OCTOBER = Parameter(
    "built_by_october", "工程类到10月底应完成", Decimal(85), "%", _BEGUN, _DEFAULT, doubt=_UNSURE
)
WORKS_STALE = Parameter(
    "works_stale_days",
    "工程类数的有效天数",
    Decimal(62),
    "天",
    _BEGUN,
    _DEFAULT,
    doubt="形象进度按月报送，两个月没有新数即待核实；须由该局确认",
)
SEASON_PARAMETERS: tuple[Parameter, ...] = (
    BUILT_BY_MARCH,
    BUILT_BY_JUNE,
    BUILT_BY_AUGUST,
    BUILT_BY_OCTOBER,
    WORKS_STALE,
)

AUTUMN = Season(
    "autumn",
    "学年数在9月1日变动",
    (Knot(9, 1, Decimal(100)),),
    stepwise=True,
    source="教育统计以9月1日为统计时点",
)
"""A figure of the school year stands from one 1 September to the next."""
BUILDING = Season(
    "building",
    "工程类逐季进度",
    (
        Knot(3, 31, BUILT_BY_MARCH.value, BUILT_BY_MARCH.key),
        Knot(6, 30, BUILT_BY_JUNE.value, BUILT_BY_JUNE.key),
        Knot(8, 31, BUILT_BY_AUGUST.value, BUILT_BY_AUGUST.key),
        Knot(10, 31, BUILT_BY_OCTOBER.value, BUILT_BY_OCTOBER.key),
    ),
    source=_DEFAULT,
    doubt=_UNSURE,
)
"""Frost and the spring festival hold building up; much is handed over for the autumn."""

SEASON_OF: Mapping[str, Season] = {
    "kindergartens_added": BUILDING,
    "kindergarten_places_added": BUILDING,
    "urban_schools_built": BUILDING,
    "rural_boarding_schools_built": BUILDING,
    "dormitories_built": BUILDING,
    "dormitories_rebuilt": BUILDING,
    "dormitories_delivered": BUILDING,
    "teacher_homes": BUILDING,
}
"""By the key of the indicator. What is taken once a year follows AUTUMN by itself; all others go straight."""
STALE_AFTER: Mapping[str, str] = {
    "kindergartens_added": WORKS_STALE.key,
    "kindergarten_places_added": WORKS_STALE.key,
    "urban_schools_built": WORKS_STALE.key,
    "rural_boarding_schools_built": WORKS_STALE.key,
    "dormitories_built": WORKS_STALE.key,
    "dormitories_rebuilt": WORKS_STALE.key,
    "dormitories_delivered": WORKS_STALE.key,
    "teacher_homes": WORKS_STALE.key,
}
"""By the key of an indicator that is told every month, the parameter that says how old its figure may be."""
