"""Standards of posts, training, pay, quotas, sight and campuses with their documents, each with its doubt."""

from datetime import date
from decimal import Decimal

from luoshi.spine import Parameter

_POSTS = date(2014, 11, 13)
_POSTS_RULE = "中央编办发〔2014〕72号：城乡统一"
_QUOTA_RULE = "国发〔2015〕67号"
_QUOTA_2020 = "财教〔2019〕121号"
_QUOTA_2023 = "2023年提高后的定额"
_QUOTA_DOUBT = "2023年起的新定额，文号和起始日须核"
_KINDERGARTEN = date(2013, 1, 8)
_KINDERGARTEN_RULE = "教师〔2013〕1号 幼儿园教职工配备标准（暂行）"
_KINDERGARTEN_DOUBT = "全日制园；半日制、寄宿制另有标准，须分开"
_SIGHT = date(2018, 8, 30)
_EXAMINED = date(2011, 5, 1)
_SIGHT_RULE = "教体艺〔2018〕3号"

POSTS_PRIMARY = Parameter("pupils_a_post_primary", "小学每编学生数", Decimal(19), "人", _POSTS, _POSTS_RULE)
POSTS_JUNIOR = Parameter("pupils_a_post_junior", "初中每编学生数", Decimal("13.5"), "人", _POSTS, _POSTS_RULE)
POSTS_SENIOR = Parameter("pupils_a_post_senior", "普通高中每编学生数", Decimal("12.5"), "人", _POSTS, _POSTS_RULE)
POSTS_A_CLASS = Parameter(
    "posts_a_class_small",
    "小规模学校每班编制数",
    Decimal("1.5"),
    "人",
    _POSTS,
    "中央编办发〔2014〕72号：村小、教学点生师比与班师比结合",
    doubt="班师比由省定，没有见到本省的数；1.5只是默认值，须由编办确认",
)
SMALL_SCHOOL = Parameter(
    "small_school_pupils",
    "小规模学校学生数上限",
    Decimal(100),
    "人",
    date(2015, 11, 25),
    "国发〔2015〕67号、国办发〔2018〕27号：不足100人的村小学和教学点",
    doubt="按学校一个学段的人数判断，不看是否在乡村；须由该局确认",
)
RETIRING_WOMEN = Parameter(
    "retiring_women",
    "女教师五年内退休的年龄下限",
    Decimal(50),
    "岁",
    date(1978, 6, 2),
    "国发〔1978〕104号：女干部55岁退休，早五年",
    doubt="高级职称可延长，2025年起逐步延迟；须由人事科确认",
)
RETIRING_MEN = Parameter(
    "retiring_men",
    "男教师五年内退休的年龄下限",
    Decimal(55),
    "岁",
    date(1978, 6, 2),
    "国发〔1978〕104号：男60岁退休，早五年",
    doubt="2025年起逐步延迟；须由人事科确认",
)
CHILDREN_A_STAFF = Parameter(
    "children_a_staff_most",
    "全日制园每名教职工幼儿数上限",
    Decimal(7),
    "人",
    _KINDERGARTEN,
    _KINDERGARTEN_RULE,
    doubt=_KINDERGARTEN_DOUBT,
)
CHILDREN_A_CARER = Parameter(
    "children_a_carer_most",
    "全日制园每名保教人员幼儿数上限",
    Decimal(9),
    "人",
    _KINDERGARTEN,
    _KINDERGARTEN_RULE,
    doubt=_KINDERGARTEN_DOUBT,
)
CARERS_A_CLASS = Parameter(
    "carers_a_class_least",
    "全日制园每班保教人员下限",
    Decimal(3),
    "人",
    _KINDERGARTEN,
    _KINDERGARTEN_RULE + "：2教1保或3教",
    doubt="地方试用标准可能不同，须核",
)
ENTERPRISE_DAYS = Parameter(
    "enterprise_days_least",
    "专业课教师五年企业实践天数下限",
    Decimal(180),
    "天",
    date(2016, 5, 11),
    "教师〔2016〕3号：五年累计不少于6个月",
    doubt="6个月折180天，是否按工作日计须核",
)
PRIMARY_QUOTA: tuple[Parameter, ...] = (
    Parameter("primary_quota", "小学生均公用经费基准定额", Decimal(600), "元", date(2016, 1, 1), _QUOTA_RULE),
    Parameter("primary_quota", "小学生均公用经费基准定额", Decimal(650), "元", date(2020, 1, 1), _QUOTA_2020),
    Parameter(
        "primary_quota", "小学生均公用经费基准定额", Decimal(720), "元", date(2023, 1, 1), _QUOTA_2023,
        doubt=_QUOTA_DOUBT,
    ),
)  # fmt: skip
JUNIOR_QUOTA: tuple[Parameter, ...] = (
    Parameter("junior_quota", "初中生均公用经费基准定额", Decimal(800), "元", date(2016, 1, 1), _QUOTA_RULE),
    Parameter("junior_quota", "初中生均公用经费基准定额", Decimal(850), "元", date(2020, 1, 1), _QUOTA_2020),
    Parameter(
        "junior_quota", "初中生均公用经费基准定额", Decimal(940), "元", date(2023, 1, 1), _QUOTA_2023,
        doubt=_QUOTA_DOUBT,
    ),
)  # fmt: skip
BOARDER_QUOTA: tuple[Parameter, ...] = (
    Parameter("boarder_quota", "寄宿生公用经费增补", Decimal(200), "元", date(2016, 1, 1), _QUOTA_RULE),
    Parameter(
        "boarder_quota", "寄宿生公用经费增补", Decimal(300), "元", date(2023, 1, 1), _QUOTA_2023, doubt=_QUOTA_DOUBT
    ),
)
DISABLED_QUOTA: tuple[Parameter, ...] = (
    Parameter("disabled_quota", "残疾学生生均公用经费", Decimal(6000), "元", date(2016, 1, 1), _QUOTA_RULE),
    Parameter(
        "disabled_quota", "残疾学生生均公用经费", Decimal(7000), "元", date(2023, 1, 1), _QUOTA_2023, doubt=_QUOTA_DOUBT
    ),
)
CENTRE_SHARE = Parameter(
    "centre_share",
    "公用经费中央分担比例",
    Decimal(60),
    "%",
    date(2020, 1, 1),
    "国办发〔2019〕27号：第二档六四分担",
    doubt="分档因省而异，第一档80%、第三档50%；其余由省、市、县怎样分担须核",
)
SENIOR_QUOTA_CITY = Parameter(
    "senior_quota_city",
    "普通高中生均公用经费（市区）",
    Decimal(1000),
    "元",
    date(2017, 2, 1),
    "河南省普通高中生均公用经费最低标准",
    region="41",
    doubt="要点说2020年提高，新标准未见，须核",
)
SENIOR_QUOTA_COUNTY = Parameter(
    "senior_quota_county",
    "普通高中生均公用经费（县城和农村）",
    Decimal(800),
    "元",
    date(2017, 2, 1),
    "河南省普通高中生均公用经费最低标准",
    region="41",
    doubt="要点说2020年提高，新标准未见，须核",
)

SIGHT_LEAST = Parameter(
    "sight_least", "视力不良的裸眼视力界限", Decimal("5.0"), "5分记录", _EXAMINED, "GB/T 26343-2010：低于5.0"
)
HIGH_MYOPIA = Parameter(
    "high_myopia",
    "高度近视的度数下限",
    Decimal("6.00"),
    "D",
    _EXAMINED,
    "等效球镜不高于负6.00D",
    doubt="筛查规范或作低于负6.00D，恰为6.00的是否计入须核",
)
SCREENED_LEAST = Parameter(
    "screened_least",
    "受检率下限",
    Decimal(95),
    "%",
    _SIGHT,
    "产品默认值",
    doubt="低于此数的近视率不与别处、上年相比；须核",
)
MYOPIA_2018 = Parameter(
    "myopia_2018",
    "近视率2018年基数",
    Decimal("53.6"),
    "%",
    _SIGHT,
    "2018年全国儿童青少年总体近视率",
    doubt="全国数；须换成本市2018年的核定基数",
)
MYOPIA_FALL = Parameter(
    "myopia_fall",
    "近视率每年下降百分点",
    Decimal("0.5"),
    "百分点",
    _SIGHT,
    _SIGHT_RULE + "：每年降0.5个百分点以上，高发省份1个",
    doubt="本省是否为高发省份须核",
)

BANDWIDTH = Parameter(
    "bandwidth_least",
    "学校网络接入带宽下限",
    Decimal(100),
    "Mbps",
    date(2016, 1, 1),
    "教育信息化2.0行动计划的通行要求",
    doubt="起始日是产品默认；数字校园的认定标准由省、市定，带宽只是其中一项",
)
PROGRAMME_FILLED = Parameter(
    "programme_filled_least",
    "中职专业招生完成预警线",
    Decimal(30),
    "%",
    date(2016, 1, 1),
    "外省停招办法：连续两年低于计划三成",
    doubt="起始日是产品默认；外省的数，本省、本市没有见到；须由职成教科确认",
)

GUARANTEES: tuple[Parameter, ...] = (
    POSTS_PRIMARY,
    POSTS_JUNIOR,
    POSTS_SENIOR,
    POSTS_A_CLASS,
    SMALL_SCHOOL,
    RETIRING_WOMEN,
    RETIRING_MEN,
    CHILDREN_A_STAFF,
    CHILDREN_A_CARER,
    CARERS_A_CLASS,
    ENTERPRISE_DAYS,
    *PRIMARY_QUOTA,
    *JUNIOR_QUOTA,
    *BOARDER_QUOTA,
    *DISABLED_QUOTA,
    CENTRE_SHARE,
    SENIOR_QUOTA_CITY,
    SENIOR_QUOTA_COUNTY,
    SIGHT_LEAST,
    HIGH_MYOPIA,
    SCREENED_LEAST,
    MYOPIA_2018,
    MYOPIA_FALL,
    BANDWIDTH,
    PROGRAMME_FILLED,
)
"""All of them."""
