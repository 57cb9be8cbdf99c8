"""What is done for pupils: sight, boarding and aid."""

from decimal import Decimal

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands, Pupils
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.tolerances import (
    ROSTER_SHARE,
    STOCK_CHANGE,
)
from luoshi.spine import Return
from luoshi.words.returns import (
    Amount,
    Basis,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Grain,
    Key,
    beside,
    last_year,
    must,
    should,
)


class Vision(
    Return,
    label="视力筛查",
    grain=Grain.TERM,
    basis=Basis.INSPECTION,
    source="教体艺〔2018〕3号；WS/T 663-2020",
    answers=("M6.2",),
):
    """One row for each pupil who was screened, by a code that cannot be turned back. Health: not public."""

    pupil = Key("学生代号", codes.PERSON, codes.PERSON_FORM, meaning=codes.PERSON_MEANING)
    school = Code("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, needed=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    stage = Choice("学段", codes.STAGES, needed=True)
    grade = Count("年级", "年级", at_least=1, at_most=12, needed=True)
    screened = Day("筛查日期", needed=True)
    right_sight = Amount("右眼裸眼视力", "5分记录", places=1, at_most=6)
    left_sight = Amount("左眼裸眼视力", "5分记录", places=1, at_most=6)
    right_sphere = Amount("右眼球镜", "D", at_least=-30, at_most=30)
    left_sphere = Amount("左眼球镜", "D", at_least=-30, at_most=30)
    right_cylinder = Amount("右眼柱镜", "D", at_least=-15, at_most=15)
    left_cylinder = Amount("左眼柱镜", "D", at_least=-15, at_most=15)
    right_equivalent = Amount("右眼等效球镜", "D", places=3, at_least=-30, at_most=30, meaning="球镜加柱镜的一半")
    left_equivalent = Amount("左眼等效球镜", "D", places=3, at_least=-30, at_most=30, meaning="球镜加柱镜的一半")
    glasses = Choice("戴镜类型", {"none": "不戴镜", "frame": "框架眼镜", "contact": "隐形眼镜", "night": "角膜塑形镜"})
    cycloplegia = Flag("是否散瞳")
    myopic = Flag("是否筛查性近视", needed=True, meaning="任一眼：裸眼视力低于5.0且等效球镜低于-0.50D，或戴角膜塑形镜")
    referred = Flag("是否建议就医")

    right_reckoned = must(
        right_equivalent * 2 == right_sphere * 2 + right_cylinder,
        "右眼等效球镜等于球镜加柱镜的一半",
        source="WS/T 663-2020",
    )
    left_reckoned = must(
        left_equivalent * 2 == left_sphere * 2 + left_cylinder,
        "左眼等效球镜等于球镜加柱镜的一半",
        source="WS/T 663-2020",
    )
    judged = must(
        myopic
        == (
            ((right_sight < 5) & (right_equivalent < Decimal("-0.5"))).fill_null(False)
            | ((left_sight < 5) & (left_equivalent < Decimal("-0.5"))).fill_null(False)
            | (glasses == "night").fill_null(False)
        ),
        "筛查性近视：任一眼裸眼视力低于5.0且等效球镜低于-0.50D，或戴角膜塑形镜",
        when=stage != "preschool",
        source="WS/T 663-2020",
    )
    one_eye = must(right_sight.notnull() | left_sight.notnull(), "至少查了一只眼")
    right_range = should(right_sight.between(3, Decimal("5.3")), "右眼裸眼视力在3.0至5.3之间", source="GB/T 26343-2010")
    left_range = should(left_sight.between(3, Decimal("5.3")), "左眼裸眼视力在3.0至5.3之间", source="GB/T 26343-2010")
    referred_if_myopic = should(referred, "筛查性近视的建议就医", when=myopic & (glasses == "none"))
    on_the_roll = must(beside(Pupils.pupil, on=[pupil]).notnull(), "学生代号在学生名册中")
    grade_of_roll = must(grade == beside(Pupils.grade, on=[pupil]), "年级与学生名册一致")
    school_of_roll = must(school == beside(Pupils.school, on=[pupil]), "学校与学生名册一致")


class Aid(
    Return,
    label="寄宿生和资助",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ANNUAL,
    source="教育事业统计 教基3112、3115、3118 其中数；学生资助管理系统",
    answers=("M16.2", "M21.2"),
):
    """One row for each school and stage: pupils of each kind, and aid in 元."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD)
    stage = Choice("学段", codes.STAGES, key=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    boarders = Count("寄宿生数", "人", needed=True)
    migrants = Count("进城务工人员随迁子女数", "人", needed=True)
    left_behind = Count("农村留守儿童数", "人")
    disabled = Count("残疾学生数", "人")
    poor = Count("建档立卡学生数", "人")
    aided = Count("受资助学生数", "人", meaning="一人多项计一次")
    aid = Amount("资助金额", "元")
    boarding_aid_pupils = Count("享受寄宿生生活补助人数", "人")
    boarding_aid = Amount("寄宿生生活补助金额", "元")
    nutrition = Count("营养改善计划受益人数", "人")

    boarders_of_pupils = must(boarders <= beside(ClassBands.pupils, on=[school, stage]), "寄宿生不多于在校学生数")
    migrants_of_pupils = must(migrants <= beside(ClassBands.pupils, on=[school, stage]), "随迁子女不多于在校学生数")
    left_behind_of_pupils = must(
        left_behind <= beside(ClassBands.pupils, on=[school, stage]), "留守儿童不多于在校学生数"
    )
    aided_of_pupils = must(aided <= beside(ClassBands.pupils, on=[school, stage]), "受资助学生不多于在校学生数")
    boarding_aid_of_boarders = must(boarding_aid_pupils <= boarders, "享受寄宿生生活补助的不多于寄宿生")
    boarding_aid_of_aid = must(boarding_aid <= aid, "寄宿生生活补助不大于资助金额")
    aided_with_money = must((aided > 0) == (aid > 0), "有受资助学生就有金额，有金额就有受资助学生")
    poor_are_aided = should(poor <= aided, "建档立卡学生都受资助")
    boarders_steady = should(
        (boarders - last_year(boarders)).abs() * 100 <= last_year(boarders) * STOCK_CHANGE,
        "寄宿生数比上年增减不超过{stock_change}",
    )
    boarders_of_roll = should(
        (boarders - beside(Pupils.boarding.sum(), on=[school, stage])).abs() * 100 <= boarders * ROSTER_SHARE,
        "寄宿生数与学生名册相差不超过{roster_share}",
    )
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    in_a_boarding_school = should(
        beside(Institutions.boarding, on=[school]), "有寄宿生的学校在名录中是寄宿制学校", when=boarders > 0
    )
