"""Tolerances of checking rules (校验阈值): from where on a plausible figure is asked about. A bureau sets its own.

Each is a threshold of one dated parameter; a value that follows on a later day stands beside the first. None of them stops
a return: they decide which rows a 填写说明 is asked for.
"""

from datetime import date
from decimal import Decimal

from luoshi.spine import Parameter
from luoshi.words.returns import Threshold

_BEGUN = date(2012, 1, 1)
"""The tables the rules look at have been numbered since then."""
_CHECKS = "产品默认值；教育事业统计有这一类校验"
_DEFAULT = "产品默认值"
_FORMULA = "教育部按年印发的校验公式没有公开；须由该局按当年的统计制度确认"
_LOOSE = "没有公开的阈值，取得宽，只用于提示；须由该局按本地情况确认"

FLOW_HEADS = Threshold(
    Parameter("flow_heads", "学生数按变动推算相差人数的上限", Decimal(30), "人", _BEGUN, _CHECKS, doubt=_FORMULA)
)
FLOW_SHARE = Threshold(
    Parameter("flow_share", "学生数按变动推算相差比例的上限", Decimal(5), "%", _BEGUN, _CHECKS, doubt=_FORMULA)
)
STOCK_CHANGE = Threshold(
    Parameter("stock_change", "存量比上年增减的上限", Decimal(20), "%", _BEGUN, _CHECKS, doubt=_FORMULA)
)
CLASS_LEAST = Threshold(Parameter("class_least", "班额下限（校验）", Decimal(1), "人", _BEGUN, _CHECKS, doubt=_FORMULA))
CLASS_MOST = Threshold(Parameter("class_most", "班额上限（校验）", Decimal(80), "人", _BEGUN, _CHECKS, doubt=_FORMULA))
WORKING_AGE_LEAST = Threshold(
    Parameter("working_age_least", "教职工年龄下限（校验）", Decimal(18), "岁", _BEGUN, _CHECKS, doubt=_FORMULA)
)
WORKING_AGE_MOST = Threshold(
    Parameter("working_age_most", "教职工年龄上限（校验）", Decimal(65), "岁", _BEGUN, _CHECKS, doubt=_FORMULA)
)
ROSTER_SHARE = Threshold(
    Parameter("roster_share", "与学籍、教师名册相差比例的上限", Decimal(1), "%", _BEGUN, _DEFAULT, doubt=_FORMULA)
)
TEACHING_AREA_LEAST = Threshold(
    Parameter(
        "teaching_area_least", "生均教学及辅助用房下限（校验）", Decimal(1), "平方米", _BEGUN, _CHECKS, doubt=_LOOSE
    )
)
TEACHING_AREA_MOST = Threshold(
    Parameter(
        "teaching_area_most", "生均教学及辅助用房上限（校验）", Decimal(60), "平方米", _BEGUN, _CHECKS, doubt=_LOOSE
    )
)
PRESENT_APART = Threshold(
    Parameter("present_apart", "在籍与实际在班相差的上限", Decimal(2), "人", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
ENTRANTS_SHARE = Threshold(
    Parameter("entrants_share", "招生数与第1年级学生数相差的上限", Decimal(5), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
YEARLY_CHANGE = Threshold(
    Parameter("yearly_change", "年内发生数比上年增减的上限", Decimal(20), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
ENTRY_AGE_LEAST = Threshold(
    Parameter("entry_age_least", "入学年龄下限（校验）", Decimal(3), "岁", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
ENTRY_AGE_MOST = Threshold(
    Parameter("entry_age_most", "入学年龄上限（校验）", Decimal(25), "岁", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
KINDERGARTEN_CLASS_LEAST = Threshold(
    Parameter(
        "kindergarten_class_least", "幼儿园平均班额下限（校验）", Decimal(5), "人", _BEGUN, _DEFAULT, doubt=_LOOSE
    )
)
KINDERGARTEN_CLASS_MOST = Threshold(
    Parameter(
        "kindergarten_class_most", "幼儿园平均班额上限（校验）", Decimal(45), "人", _BEGUN, _DEFAULT, doubt=_LOOSE
    )
)
PLACES_TAKEN = Threshold(
    Parameter("places_taken", "在园幼儿占设计学位的上限", Decimal(120), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
MEDIA_ROOMS_SHARE = Threshold(
    Parameter("media_rooms_share", "网络多媒体教室占普通教室的上限", Decimal(200), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
ROOM_AREA_LEAST = Threshold(
    Parameter(
        "room_area_least", "平均每间普通教室的教学及辅助用房下限", Decimal(30), "平方米", _BEGUN, _DEFAULT, doubt=_LOOSE
    )
)
EQUIPMENT_LEAST = Threshold(
    Parameter("equipment_least", "生均教学仪器设备值下限（校验）", Decimal(100), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
EQUIPMENT_MOST = Threshold(
    Parameter("equipment_most", "生均教学仪器设备值上限（校验）", Decimal(100000), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
BOOKS_LEAST = Threshold(
    Parameter("books_least", "生均图书下限（校验）", Decimal(1), "册", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
BOOKS_MOST = Threshold(
    Parameter("books_most", "生均图书上限（校验）", Decimal(300), "册", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
HOURS_MOST = Threshold(
    Parameter("hours_most", "近五年培训学时上限（校验）", Decimal(2000), "学时", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
HOURS_FALL = Threshold(
    Parameter("hours_fall", "近五年培训学时一年内减少的上限", Decimal(400), "学时", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
PUPILS_A_TEACHER = Threshold(
    Parameter("pupils_a_teacher", "每名专任教师学生数上限（校验）", Decimal(60), "人", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
EDUCATION_SHARE_LEAST = Threshold(
    Parameter("education_share_least", "教育支出占比下限（校验）", Decimal(5), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
EDUCATION_SHARE_MOST = Threshold(
    Parameter("education_share_most", "教育支出占比上限（校验）", Decimal(40), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
EDUCATION_A_PUPIL_LEAST = Threshold(
    Parameter(
        "education_a_pupil_least",
        "按学生平均的教育支出下限（校验）",
        Decimal(2000),
        "元",
        _BEGUN,
        _DEFAULT,
        doubt=_LOOSE,
    )
)
EDUCATION_A_PUPIL_MOST = Threshold(
    Parameter(
        "education_a_pupil_most",
        "按学生平均的教育支出上限（校验）",
        Decimal(100000),
        "元",
        _BEGUN,
        _DEFAULT,
        doubt=_LOOSE,
    )
)
FINANCE_PUPILS_SHARE = Threshold(
    Parameter(
        "finance_pupils_share", "财政口径与年报学生数相差的上限", Decimal(20), "%", _BEGUN, _DEFAULT, doubt=_LOOSE
    )
)
DUE_A_PUPIL_LEAST = Threshold(
    Parameter("due_a_pupil_least", "生均应拨公用经费下限（校验）", Decimal(300), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
DUE_A_PUPIL_MOST = Threshold(
    Parameter("due_a_pupil_most", "生均应拨公用经费上限（校验）", Decimal(20000), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
PAID_PUPILS_SHARE = Threshold(
    Parameter("paid_pupils_share", "核定与年报学生数相差的上限", Decimal(1), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
MONTHLY_PAY_LEAST = Threshold(
    Parameter("monthly_pay_least", "月均工资下限（校验）", Decimal(1500), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
MONTHLY_PAY_MOST = Threshold(
    Parameter("monthly_pay_most", "月均工资上限（校验）", Decimal(40000), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
LEARNERS_A_TEACHER = Threshold(
    Parameter(
        "learners_a_teacher", "培训机构每名教师学生数上限（校验）", Decimal(200), "人", _BEGUN, _DEFAULT, doubt=_LOOSE
    )
)
PLAN_SPENT = Threshold(
    Parameter("plan_spent", "累计完成投资占计划的上限", Decimal(110), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
COST_LEAST = Threshold(
    Parameter("cost_least", "每平方米计划投资下限（校验）", Decimal(500), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
COST_MOST = Threshold(
    Parameter("cost_most", "每平方米计划投资上限（校验）", Decimal(20000), "元", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
PEOPLE_LEAST = Threshold(
    Parameter("people_least", "分年龄人口参与校验的下限", Decimal(100), "人", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
WOMEN_LEAST = Threshold(
    Parameter("women_least", "女性占比下限（校验）", Decimal(35), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)
WOMEN_MOST = Threshold(
    Parameter("women_most", "女性占比上限（校验）", Decimal(65), "%", _BEGUN, _DEFAULT, doubt=_LOOSE)
)

TOLERANCES: tuple[Parameter, ...] = (
    *FLOW_HEADS.dated,
    *FLOW_SHARE.dated,
    *STOCK_CHANGE.dated,
    *CLASS_LEAST.dated,
    *CLASS_MOST.dated,
    *WORKING_AGE_LEAST.dated,
    *WORKING_AGE_MOST.dated,
    *ROSTER_SHARE.dated,
    *TEACHING_AREA_LEAST.dated,
    *TEACHING_AREA_MOST.dated,
    *PRESENT_APART.dated,
    *ENTRANTS_SHARE.dated,
    *YEARLY_CHANGE.dated,
    *ENTRY_AGE_LEAST.dated,
    *ENTRY_AGE_MOST.dated,
    *KINDERGARTEN_CLASS_LEAST.dated,
    *KINDERGARTEN_CLASS_MOST.dated,
    *PLACES_TAKEN.dated,
    *MEDIA_ROOMS_SHARE.dated,
    *ROOM_AREA_LEAST.dated,
    *EQUIPMENT_LEAST.dated,
    *EQUIPMENT_MOST.dated,
    *BOOKS_LEAST.dated,
    *BOOKS_MOST.dated,
    *HOURS_MOST.dated,
    *HOURS_FALL.dated,
    *PUPILS_A_TEACHER.dated,
    *EDUCATION_SHARE_LEAST.dated,
    *EDUCATION_SHARE_MOST.dated,
    *EDUCATION_A_PUPIL_LEAST.dated,
    *EDUCATION_A_PUPIL_MOST.dated,
    *FINANCE_PUPILS_SHARE.dated,
    *DUE_A_PUPIL_LEAST.dated,
    *DUE_A_PUPIL_MOST.dated,
    *PAID_PUPILS_SHARE.dated,
    *MONTHLY_PAY_LEAST.dated,
    *MONTHLY_PAY_MOST.dated,
    *LEARNERS_A_TEACHER.dated,
    *PLAN_SPENT.dated,
    *COST_LEAST.dated,
    *COST_MOST.dated,
    *PEOPLE_LEAST.dated,
    *WOMEN_LEAST.dated,
    *WOMEN_MOST.dated,
)
"""All their values."""
