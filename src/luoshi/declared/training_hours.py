"""Hours of teachers: kinds, and the numbers they are held against. domain.md §16.3."""

from datetime import date
from decimal import Decimal

from luoshi.declared.guarantees import ENTERPRISE_DAYS
from luoshi.declared.standards import TRAINING_HOURS
from luoshi.learning.declaring import Kind
from luoshi.words.parameters import Parameter

NATIONAL = Kind("national", "国培")
PROVINCIAL = Kind("provincial", "省培")
LOCAL = Kind("local", "市县培训")
SCHOOL = Kind("school", "校本研修")
INFORMATION = Kind("information", "信息技术2.0")
ENTERPRISE = Kind("enterprise", "企业实践")
NEW = Kind("new", "新任教师培训")
OTHER = Kind("other", "其他")
HOUR_KINDS: tuple[Kind, ...] = (NATIONAL, PROVINCIAL, LOCAL, SCHOOL, INFORMATION, NEW, OTHER)
KINDS: tuple[Kind, ...] = (*HOUR_KINDS, ENTERPRISE)
"""Practice in an enterprise is counted in days and is none of the hours."""

_TRIAL, _TWO, _TRADE = date(2011, 1, 4), date(2019, 3, 20), date(2016, 5, 11)
_TRIAL_RULE = "教师〔2011〕1号"
_DEFAULT, _BEGUN = "产品默认值", date(2020, 1, 1)

FIRST_YEAR_HOURS = Parameter(
    "first_year_hours", "新任教师试用期培训学时下限", Decimal(120), "学时", _TRIAL, _TRIAL_RULE
)
INFORMATION_HOURS = Parameter(
    "information_hours", "信息技术2.0五年学时下限", Decimal(50), "学时", _TWO, "教师〔2019〕1号"
)
INFORMATION_PRACTICE = Parameter(
    "information_practice", "信息技术2.0实践应用学时占比下限", Decimal(50), "%", _TWO, "教师〔2019〕1号"
)
SCHOOL_HOURS_MOST = Parameter(
    "school_hours_most", "校本研修五年计入学时上限", Decimal(180), "学时", _BEGUN, _DEFAULT,
    doubt="国家没有统一的数，由省定；填0为不设上限，须由该局确认",
)  # fmt: skip
HOURS_A_CREDIT = Parameter(
    "hours_a_credit", "每学分折合学时", Decimal(10), "学时", _BEGUN, "各省学分管理办法",
    doubt="各省折算不一，常见10学时折1学分，须由该局确认",
)  # fmt: skip
ENTERPRISE_A_YEAR = Parameter(
    "enterprise_days_a_year", "职业学校教师每年企业实践天数下限", Decimal(30), "天", _TRADE,
    "国发〔2019〕4号：每年至少1个月在企业或实训基地", doubt="1个月折30天，是否按工作日计须核",
)  # fmt: skip
CYCLE_FIRST = Parameter(
    "training_cycle_first", "五年周期的第一年", Decimal(2016), "年", _BEGUN, _DEFAULT,
    doubt="各地起算年份不一，须由该局确认",
)  # fmt: skip
ATTENDED_LEAST = Parameter(
    "attended_least", "计学时的出勤下限", Decimal(80), "%", _BEGUN, _DEFAULT,
    doubt="没有全国统一的数，须由该局确认",
)  # fmt: skip
AWAY_SHARE = Parameter(
    "away_share", "一校一年轮训离岗人数占比上限", Decimal(25), "%", _BEGUN, _DEFAULT,
    doubt="没有全国统一的数；每校每年至少可派1人，须由该局确认",
)  # fmt: skip
SKILLS_AIM = Parameter(
    "skills_aim", "技能培训年度目标人次", Decimal(10000), "人次", _BEGUN, "工作要点：完成1万人次培训目标"
)
RATING_LEAST = Parameter(
    "rating_least", "课程评价下架提示线", Decimal(3), "分", _BEGUN, _DEFAULT,
    doubt="低于这个分的提示复核，不自动下架；须由该局确认",
)  # fmt: skip
TRAINING_PARAMETERS: tuple[Parameter, ...] = (
    FIRST_YEAR_HOURS,
    INFORMATION_HOURS,
    INFORMATION_PRACTICE,
    SCHOOL_HOURS_MOST,
    HOURS_A_CREDIT,
    ENTERPRISE_A_YEAR,
    CYCLE_FIRST,
    ATTENDED_LEAST,
    AWAY_SHARE,
    SKILLS_AIM,
    RATING_LEAST,
)
TRAINING_VALUES: tuple[Parameter, ...] = (*TRAINING_PARAMETERS, TRAINING_HOURS, ENTERPRISE_DAYS)
"""All that the room of trainings reads."""
