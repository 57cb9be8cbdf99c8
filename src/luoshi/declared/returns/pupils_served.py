"""What is done for pupils: sight, boarding and aid."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands
from luoshi.spine import Return
from luoshi.words.returns import Amount, Basis, Choice, Code, Count, Day, Flag, Grain, Key, beside, must, should


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
