"""Class sizes twice: bands from the annual return, and classes with their head counts from the roll."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.institutions import Institutions
from luoshi.spine import Return
from luoshi.words.returns import (
    Basis,
    Choice,
    Code,
    Count,
    Day,
    Flag,
    Grain,
    Key,
    Words,
    beside,
    last_year,
    must,
    should,
)


class Classes(
    Return,
    label="班级名册",
    grain=Grain.TERM,
    basis=Basis.ROLL,
    source="全国中小学生学籍信息管理系统 班级表",
    answers=("M16.3", "M17.2"),
):
    """One row for each class (教学班) with its head count; of the roll, so names no pupil."""

    class_id = Key(
        "班级代号", r"\S{1,40}", "1至40个字符，不含空格", meaning="学校标识码加年级加班号", aliases=("班级编码",)
    )
    school = Code("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, needed=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    stage = Choice("学段", codes.STAGES, needed=True)
    grade = Count("年级", "年级", at_least=1, at_most=12, needed=True, meaning="一年级为1，七年级为7，高一为10")
    number = Count("班号", "班", at_least=1)
    size = Count("在籍学生数", "人", needed=True, aliases=("班级人数", "人数", "学籍人数"))
    present = Count("实际在班学生数", "人", aliases=("在班人数",))
    kind = Choice(
        "班级类型", {"ordinary": "普通班", "multigrade": "复式班", "special": "特教班", "ethnic": "民族班"}, needed=True
    )
    operator = Choice("举办者性质", codes.OPERATORS, needed=True)
    urban = Choice("城乡类型", codes.URBAN, standard=codes.URBAN_STANDARD, needed=True)
    entry = Flag("是否起始年级", meaning="一、七、十年级")


class ClassBands(
    Return,
    label="班数、班额和分年级学生数",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ANNUAL,
    source="教育事业统计 基础基212、213、312、313、314，教基2106、2107、3112、3115、3118",
    answers=("M16.3", "M17.2", "M17.3", "M18.6"),
):
    """One row for each school and stage: classes by size band, pupils by grade, on 1 September; flows of the year before."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, aliases=("机构编码",))
    stage = Choice("学段", codes.STAGES, key=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    operator = Choice("举办者性质", codes.OPERATORS, needed=True)
    urban = Choice("城乡类型", codes.URBAN, standard=codes.URBAN_STANDARD, needed=True)
    up_to_25 = Count("25人及以下", "个", meaning="班数")
    from_26 = Count("26-30人", "个", meaning="班数")
    from_31 = Count("31-35人", "个", meaning="班数")
    from_36 = Count("36-40人", "个", meaning="班数")
    from_41 = Count("41-45人", "个", meaning="班数")
    from_46 = Count("46-50人", "个", meaning="班数")
    from_51 = Count("51-55人", "个", meaning="班数")
    from_56 = Count("56-60人", "个", meaning="班数；大班额")
    from_61 = Count("61-65人", "个", meaning="班数；大班额")
    from_66 = Count("66人及以上", "个", meaning="班数；大班额，也是超大班额")
    classes = Count("班数总计", "个", needed=True, aliases=("总计", "班数"))
    pupils = Count("在校学生数", "人", needed=True, aliases=("在校生数",))
    grade_1 = Count("第1年级学生数", "人", meaning="本学段的第1个年级，下同", aliases=("一年级",))
    grade_2 = Count("第2年级学生数", "人", aliases=("二年级",))
    grade_3 = Count("第3年级学生数", "人", aliases=("三年级",))
    grade_4 = Count("第4年级学生数", "人", aliases=("四年级",))
    grade_5 = Count("第5年级学生数", "人", aliases=("五年级",))
    grade_6 = Count("第6年级学生数", "人", aliases=("六年级",))
    girls = Count("女生数", "人")
    entrants = Count("招生数", "人", meaning="本学年")
    graduates = Count("毕业生数", "人", meaning="上学年")
    moved_in = Count("转入学生数", "人", meaning="上学年，含复学")
    moved_out = Count("转出学生数", "人", meaning="上学年，含休学、死亡")


class Pupils(
    Return,
    label="学生名册",
    grain=Grain.TERM,
    basis=Basis.ROLL,
    source="全国中小学生学籍信息管理系统 花名册",
    answers=("M21.1", "M21.2", "M22.1"),
):
    """One row for each pupil on the roll, by a code that cannot be turned back; names are dropped on read."""

    pupil = Key("学生代号", codes.PERSON, codes.PERSON_FORM, meaning=codes.PERSON_MEANING)
    roll_number = Code("全国学籍号", codes.ROLL, codes.ROLL_FORM, standard=codes.ROLL_STANDARD, identifies=True)
    name = Words("姓名", identifies=True)
    identity = Code(
        "身份证件号", codes.IDENTITY, codes.IDENTITY_FORM, standard=codes.IDENTITY_STANDARD, identifies=True
    )
    school = Code("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, needed=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    stage = Choice("学段", codes.STAGES, needed=True)
    grade = Count("年级", "年级", at_least=1, at_most=12, needed=True, meaning="一年级为1，七年级为7，高一为10")
    class_id = Code("班级代号", r"\S{1,40}", "1至40个字符，不含空格", aliases=("班级编码",))
    sex = Choice("性别", codes.SEXES, standard=codes.SEXES_STANDARD, needed=True)
    born = Day("出生日期", needed=True)
    household = Code("户口所在地区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD)
    status = Choice(
        "就读状态",
        {"present": "在读", "leave": "请假", "suspended": "休学", "moving": "转学在途", "absent": "人籍分离"},
        needed=True,
    )
    entered = Day("入学年月")
    boarding = Flag("是否寄宿生")
    migrant = Flag("是否进城务工人员随迁子女")
    left_behind = Flag("是否农村留守儿童")
    poor = Flag("是否建档立卡", meaning="不公开")
    disability = Choice(
        "残疾类型",
        {
            "none": "无",
            "sight": "视力",
            "hearing": "听力",
            "speech": "言语",
            "mind": "智力",
            "body": "肢体",
            "mental": "精神",
            "several": "多重",
        },
        meaning="不公开",
        standard="GB/T 26341",
    )
    placement = Choice(
        "安置方式",
        {"school": "特教学校", "class": "附设特教班", "integrated": "随班就读", "at_home": "送教上门"},
        meaning="残疾学生的就学方式",
    )
    aided = Flag("是否受资助")
