"""Standards of schooling with their documents and doubts: balance, preschool, enrolment, vocational schools, the five-year plan."""

from datetime import date
from decimal import Decimal

from luoshi.spine import Parameter

_QUALITY, _QUALITY_RULE = date(2017, 4, 19), "教督〔2017〕6号"
_PRESCHOOL, _PRESCHOOL_RULE = date(2020, 2, 18), "教督〔2020〕1号"
_TRADE, _TRADE_RULE = date(2010, 7, 6), "教职成〔2010〕12号"
_TRADE_DOUBT = "数值按通行文本录入，须与原文和省定标准核对"
_FIVE, _FIVE_DOUBT = date(2016, 1, 1), "全国目标；本市“十三五”规划的数须由该局填入"
_DEFAULT = "产品默认值"

# 优质均衡 -----------------------------------------------------------------------------------------------------------------
QUALITY_MISS = Parameter("quality_may_miss", "每校可不达标的项数", Decimal(1), "项", _QUALITY, _QUALITY_RULE)
QUALITY_REST = Parameter("quality_rest", "余项须达到标准的比例", Decimal(85), "%", _QUALITY, _QUALITY_RULE)
EVERY_SCHOOL = Parameter("every_school", "须达标的学校比例", Decimal(100), "%", _QUALITY, _QUALITY_RULE)
SPECIAL_ROOMS = Parameter(
    "special_rooms",
    "每12个班的音乐、美术专用教室各",
    Decimal(1),
    "间",
    _QUALITY,
    _QUALITY_RULE,
    doubt="班数不是12的倍数时按进一法；面积96、90平方米（2016年前的校舍73、67）没有明细，须由人核定",
)
SCHOOL_MOST = Parameter(
    "school_most",
    "小学、初中规模上限",
    Decimal(2000),
    "人",
    _QUALITY,
    _QUALITY_RULE,
    doubt="2010年前建成的或随迁子女过半的放宽到2400，须核",
)
JOINED_MOST = Parameter(
    "joined_school_most",
    "一贯制学校义务教育阶段规模上限",
    Decimal(2500),
    "人",
    _QUALITY,
    _QUALITY_RULE,
    doubt="2010年前建成的或随迁子女过半的放宽到3000，须核",
)
PRIMARY_CLASS = Parameter("primary_class_standard", "小学标准班额上限", Decimal(45), "人", _QUALITY, _QUALITY_RULE)
JUNIOR_CLASS = Parameter("junior_class_standard", "初中标准班额上限", Decimal(50), "人", _QUALITY, _QUALITY_RULE)
SPECIAL_COSTS = Parameter(
    "special_running_costs", "特教学校生均公用经费下限", Decimal(6000), "元", _QUALITY, _QUALITY_RULE
)
PAY_LEAST = Parameter(
    "teacher_pay_least", "教师与公务员平均工资之比下限", Decimal(100), "%", date(2006, 9, 1), "义务教育法第31条"
)
TRAINED_LEAST = Parameter("trained_least", "五年培训完成率下限", Decimal(100), "%", _QUALITY, _QUALITY_RULE)
CERTIFIED_LEAST = Parameter("certified_least", "持证上岗率下限", Decimal(100), "%", _QUALITY, _QUALITY_RULE)
EXCHANGE_LEAST = Parameter("exchange_least", "交流轮岗比例下限", Decimal(10), "%", _QUALITY, _QUALITY_RULE)
BACKBONE_LEAST = Parameter(
    "exchange_backbone_least", "交流中骨干教师比例下限", Decimal(20), "%", _QUALITY, _QUALITY_RULE
)
NEAR_PRIMARY = Parameter("near_primary_least", "小学划片就近入学比例下限", Decimal(100), "%", _QUALITY, _QUALITY_RULE)
NEAR_JUNIOR = Parameter("near_junior_least", "初中划片就近入学比例下限", Decimal(95), "%", _QUALITY, _QUALITY_RULE)
ALLOCATED_LEAST = Parameter("allocated_least", "优质高中名额分配比例下限", Decimal(50), "%", _QUALITY, _QUALITY_RULE)
MIGRANTS_LEAST = Parameter(
    "migrants_public_least", "随迁子女在公办学校比例下限", Decimal(85), "%", _QUALITY, _QUALITY_RULE
)
RETENTION_LEAST = Parameter("junior_retention_least", "初中三年巩固率下限", Decimal(95), "%", _QUALITY, _QUALITY_RULE)
DISABLED_LEAST = Parameter(
    "disabled_enrolment_least",
    "残疾儿童少年入学率下限",
    Decimal(95),
    "%",
    _QUALITY,
    _QUALITY_RULE,
    doubt="各类残疾；要点第22条的93%只算三类",
)
TRAINING_FUNDS = Parameter(
    "training_funds_least", "教师培训经费占公用经费下限", Decimal(5), "%", _QUALITY, _QUALITY_RULE
)
CONTENT_LEAST = Parameter("content_least", "社会认可度下限", Decimal(85), "%", _QUALITY, _QUALITY_RULE)

# 基本均衡 -----------------------------------------------------------------------------------------------------------------
BASIC_SCORE = Parameter(
    "basic_score_least", "县级政府推进工作得分下限", Decimal(85), "分", date(2012, 1, 20), "教督〔2012〕3号"
)

# 学前教育 -----------------------------------------------------------------------------------------------------------------
PRESCHOOL_GROSS = Parameter(
    "preschool_gross_least", "学前三年毛入园率下限", Decimal(85), "%", _PRESCHOOL, _PRESCHOOL_RULE
)
AFFORDABLE_LEAST = Parameter(
    "affordable_least", "普惠性幼儿园覆盖率下限", Decimal(80), "%", _PRESCHOOL, _PRESCHOOL_RULE
)
PUBLIC_LEAST = Parameter(
    "public_least",
    "公办园在园幼儿占比下限",
    Decimal(50),
    "%",
    _PRESCHOOL,
    _PRESCHOOL_RULE,
    doubt="原文为原则上；要点的“公办覆盖率”是否即此须核",
)
PAID_IN_FULL = Parameter("paid_in_full", "财政拨款到位率下限", Decimal(100), "%", _PRESCHOOL, _PRESCHOOL_RULE)
CHILDREN_MOST = Parameter(
    "children_a_teacher_most", "每名专任教师负担幼儿数上限", Decimal(15), "人", _PRESCHOOL, _PRESCHOOL_RULE
)
NORM_LEAST = Parameter(
    "kindergarten_norm_least",
    "幼儿园班额达标率下限",
    Decimal(85),
    "%",
    _PRESCHOOL,
    _PRESCHOOL_RULE,
    doubt="出自一县的标准表，须核",
)

# 入学、职普比 -------------------------------------------------------------------------------------------------------------
PRIMARY_AGE = Parameter(
    "primary_age",
    "小学入学年龄",
    Decimal(6),
    "岁",
    date(2006, 9, 1),
    "义务教育法第11条",
    doubt="条件不具备的地方7岁，须由该局确认",
)
TECHNICAL_COUNTED = Parameter(
    "technical_counted",
    "技工学校计入高中阶段",
    Decimal(1),
    "",
    date(2010, 1, 1),
    "教育统计指标",
    doubt="技工学校归人社部门，缺报则毛入学率偏低；填0则不计，五年制高职前三年没有明细",
)
VOCATIONAL_LEAST = Parameter(
    "vocational_share_watch",
    "中职招生占比关注线",
    Decimal(45),
    "%",
    date(2019, 1, 24),
    _DEFAULT,
    doubt="大体相当没有数值界限；低于此线提示关注",
)
VOCATIONAL_LOW = Parameter(
    "vocational_share_low",
    "中职招生占比偏低线",
    Decimal(40),
    "%",
    date(2019, 1, 24),
    _DEFAULT,
    doubt="大体相当没有数值界限；低于此线提示偏低",
)

# 中等职业学校 -------------------------------------------------------------------------------------------------------------
TRADE_TEACHERS = Parameter(
    "trade_teachers", "中职每百名学生专任教师下限", Decimal(5), "人", _TRADE, _TRADE_RULE, doubt=_TRADE_DOUBT
)
TRADE_LAND = Parameter(
    "trade_land", "中职生均占地面积下限", Decimal(33), "平方米", _TRADE, _TRADE_RULE, doubt=_TRADE_DOUBT
)
TRADE_BUILDING = Parameter(
    "trade_building", "中职生均校舍建筑面积下限", Decimal(20), "平方米", _TRADE, _TRADE_RULE, doubt=_TRADE_DOUBT
)
TRADE_EQUIPMENT = Parameter(
    "trade_equipment",
    "中职生均仪器设备值下限",
    Decimal(2500),
    "元",
    _TRADE,
    _TRADE_RULE,
    doubt="工科类、医药类专业3000元，专业没有明细；" + _TRADE_DOUBT,
)
TRADE_BOOKS = Parameter("trade_books", "中职生均图书下限", Decimal(30), "册", _TRADE, _TRADE_RULE, doubt=_TRADE_DOUBT)
TRADE_COMPUTERS = Parameter(
    "trade_computers", "中职每百名学生计算机下限", Decimal(15), "台", _TRADE, _TRADE_RULE, doubt=_TRADE_DOUBT
)

# “十三五” ----------------------------------------------------------------------------------------------------------------
FIVE_RETENTION = Parameter(
    "five_year_retention", "九年义务教育巩固率目标", Decimal(95), "%", _FIVE, "国发〔2017〕4号", doubt=_FIVE_DOUBT
)
FIVE_SENIOR = Parameter(
    "five_year_senior", "高中阶段毛入学率目标", Decimal(90), "%", _FIVE, "国发〔2017〕4号", doubt=_FIVE_DOUBT
)
FIVE_LARGE = Parameter(
    "five_year_large", "义务教育大班额比例上限", Decimal(5), "%", _FIVE, "国发〔2016〕40号", doubt=_FIVE_DOUBT
)
FIVE_DISABLED = Parameter(
    "five_year_disabled", "残疾儿童少年入学率目标", Decimal(95), "%", _FIVE, "教基〔2017〕6号", doubt=_FIVE_DOUBT
)
NOTHING_LEFT = Parameter("nothing_left", "须清零的个数", Decimal(0), "", _FIVE, "国发〔2016〕40号")

SCHOOLING_STANDARDS: tuple[Parameter, ...] = (
    QUALITY_MISS,
    QUALITY_REST,
    EVERY_SCHOOL,
    SPECIAL_ROOMS,
    SCHOOL_MOST,
    JOINED_MOST,
    PRIMARY_CLASS,
    JUNIOR_CLASS,
    SPECIAL_COSTS,
    PAY_LEAST,
    TRAINED_LEAST,
    CERTIFIED_LEAST,
    EXCHANGE_LEAST,
    BACKBONE_LEAST,
    NEAR_PRIMARY,
    NEAR_JUNIOR,
    ALLOCATED_LEAST,
    MIGRANTS_LEAST,
    RETENTION_LEAST,
    DISABLED_LEAST,
    TRAINING_FUNDS,
    CONTENT_LEAST,
    BASIC_SCORE,
    PRESCHOOL_GROSS,
    AFFORDABLE_LEAST,
    PUBLIC_LEAST,
    PAID_IN_FULL,
    CHILDREN_MOST,
    NORM_LEAST,
    PRIMARY_AGE,
    TECHNICAL_COUNTED,
    VOCATIONAL_LEAST,
    VOCATIONAL_LOW,
    TRADE_TEACHERS,
    TRADE_LAND,
    TRADE_BUILDING,
    TRADE_EQUIPMENT,
    TRADE_BOOKS,
    TRADE_COMPUTERS,
    FIVE_RETENTION,
    FIVE_SENIOR,
    FIVE_LARGE,
    FIVE_DISABLED,
    NOTHING_LEFT,
)
"""All of them."""
