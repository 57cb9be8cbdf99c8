"""Thresholds with their documents and their doubts. A bureau sets its own; a value is never changed, only followed."""

from datetime import date
from decimal import Decimal

from luoshi.declared.doubting import DOUBT_PARAMETERS
from luoshi.declared.guarantees import GUARANTEES
from luoshi.declared.publication_clocks import PUBLICATION_PARAMETERS
from luoshi.declared.safety import SAFETY_PARAMETERS
from luoshi.declared.seasons import SEASON_PARAMETERS
from luoshi.declared.standards import STANDARDS
from luoshi.declared.standards_schooling import SCHOOLING_STANDARDS
from luoshi.declared.tolerances import TOLERANCES
from luoshi.declared.training_hours import TRAINING_PARAMETERS
from luoshi.spine import Parameter

LARGE_CLASS = Parameter(
    "large_class",
    "大班额下限",
    Decimal(56),
    "人",
    date(2016, 7, 2),
    "国发〔2016〕40号",
    doubt="要点的大班额是否含66人及以上，须由该局确认",
)
SUPER_LARGE_CLASS = Parameter(
    "super_large_class", "超大班额下限", Decimal(66), "人", date(2016, 7, 2), "国发〔2016〕40号"
)
PRIMARY_SHARE_LEAST = Parameter(
    "primary_share_least",
    "小学班数占义务教育班数的下限",
    Decimal("0.5"),
    "比",
    date(2016, 7, 2),
    "小学六个年级、初中三个年级",
    doubt="常识下限，只用于提示口径待核",
)
PRIMARY_SHARE_MOST = Parameter(
    "primary_share_most",
    "小学班数占义务教育班数的上限",
    Decimal("0.85"),
    "比",
    date(2016, 7, 2),
    "小学六个年级、初中三个年级",
    doubt="常识上限，只用于提示口径待核",
)

FORM_SHARE = Parameter(
    "form_share",
    "报表项数占基数的上限",
    Decimal("0.5"),
    "比",
    date(2019, 12, 15),
    "中办国办《关于减轻中小学教师负担进一步营造教育良好环境的若干意见》",
    doubt="原文说督查检查评比考核事项减少50%以上；报表比照，须由该局确认",
)
MINUTES_PER_CELL = Parameter(
    "minutes_per_cell",
    "每格填报用时",
    Decimal(2),
    "分钟",
    date(2020, 1, 1),
    "产品默认值",
    doubt="没有公开的测算，按查、填、核各半分钟多估计；请用本市实测数代替",
)

SMALL_CELL = Parameter(
    "small_cell",
    "公开稿人数的下限",
    Decimal(5),
    "人",
    date(2020, 1, 1),
    "产品默认值",
    doubt="国家没有统一的数，常用3或5；须由该局保密审查时确认",
)

CASE_OVERDUE = Parameter(
    "case_overdue_workdays",
    "办件逾期几个工作日告知分管局领导",
    Decimal(5),
    "个工作日",
    date(2020, 1, 1),
    "产品默认值",
    doubt="各地督办办法不一，没有全国统一的天数；须由该局确认",
)

GROUP_VISIT = Parameter(
    "group_visit",
    "集体访的人数下限",
    Decimal(5),
    "人",
    date(2020, 1, 1),
    "统计习惯",
    doubt="信访条例只规定代表不超过5人；几人算集体访是统计习惯，须由该局确认",
)
LIST_DAYS = Parameter(
    "list_days",
    "名单比对原件留存的天数",
    Decimal(30),
    "天",
    date(2020, 1, 1),
    "产品默认值",
    doubt="国家没有统一的天数；够逐对认定、立案即可，由该局在个人信息影响评估时确认",
)
_CUT = "中办国办《关于减轻中小学教师负担进一步营造教育良好环境的若干意见》"
CAMPUS_BASELINE = Parameter(
    "campus_items_baseline",
    "进校园事项的基数",
    Decimal(0),
    "项",
    date(2019, 12, 15),
    _CUT,
    doubt="各地不同，0表示还没有设定，这时不核对上限；由该局按清理前的项数设定",
)
CAMPUS_SHARE = Parameter(
    "campus_items_share",
    "年度进校园事项占基数的上限",
    Decimal("0.5"),
    "比",
    date(2019, 12, 15),
    _CUT,
    doubt="原文说督查检查评比考核事项减少50%以上；只计列入年度计划的，须由该局确认",
)
COMPREHENSIVE_CHECKS = Parameter(
    "comprehensive_checks",
    "每个部门每年综合性督查检查的项数",
    Decimal(1),
    "项",
    date(2019, 12, 15),
    _CUT,
    doubt="原则上一次，超过的只提示",
)
SCHOOL_VISITS = Parameter(
    "school_visits",
    "每校每学期到校事项的项数",
    Decimal(4),
    "项",
    date(2020, 1, 1),
    "产品默认值",
    doubt="国家没有统一的数，超过的只提示；须由该局确认",
)

PARAMETERS: tuple[Parameter, ...] = (
    LARGE_CLASS,
    SUPER_LARGE_CLASS,
    PRIMARY_SHARE_LEAST,
    PRIMARY_SHARE_MOST,
    *STANDARDS,
    *SCHOOLING_STANDARDS,
    FORM_SHARE,
    MINUTES_PER_CELL,
    SMALL_CELL,
    CASE_OVERDUE,
    GROUP_VISIT,
    LIST_DAYS,
    CAMPUS_BASELINE,
    CAMPUS_SHARE,
    COMPREHENSIVE_CHECKS,
    SCHOOL_VISITS,
    *TOLERANCES,
    *GUARANTEES,
    *SEASON_PARAMETERS,
    *DOUBT_PARAMETERS,
    *SAFETY_PARAMETERS,
    *PUBLICATION_PARAMETERS,
    *TRAINING_PARAMETERS,
)
"""All of them."""
