"""Class sizes twice: bands from the annual return, and classes with their head counts from the roll."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.tolerances import (
    CLASS_LEAST,
    CLASS_MOST,
    ENTRANTS_SHARE,
    ENTRY_AGE_LEAST,
    ENTRY_AGE_MOST,
    FLOW_HEADS,
    FLOW_SHARE,
    PRESENT_APART,
    ROSTER_SHARE,
    STOCK_CHANGE,
)
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
    identity_holds,
    last_year,
    must,
    should,
)


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
    class_id = Code("班级代号", "[!-~㐀-鿿]{1,40}", "1至40个字母、数字、汉字或符号，不含空格", aliases=("班级编码",))
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

    grade_of_stage = must(
        ((stage == "primary") & grade.between(1, 6))
        | ((stage == "junior") & grade.between(6, 9))
        | ((stage == "senior") & grade.between(10, 12)),
        "年级属于学段：小学一至六，初中六至九，高中十至十二",
        when=stage.isin(["primary", "junior", "senior"]),
    )
    identity_checked = must(identity_holds(identity), "身份证件号的校验码正确", source=codes.IDENTITY_STANDARD)
    roll_number_checked = must(
        identity_holds(roll_number.substr(1, 18)),
        "G、J开头的学籍号的校验码正确",
        when=~roll_number.startswith("L"),
        source=codes.ROLL_STANDARD,
    )
    entered_after_birth = must(born < entered, "出生早于入学")
    entry_age = should(
        (entered.year() - born.year()).between(ENTRY_AGE_LEAST, ENTRY_AGE_MOST),
        "入学时{entry_age_least}至{entry_age_most}",
    )
    placed = should(placement.notnull(), "残疾学生填有安置方式", when=disability != "none")
    placed_only_if_disabled = must(disability != "none", "有安置方式的填有残疾类型", when=placement.notnull())
    migrant_from_elsewhere = should(household != county, "随迁子女的户口在别的县(市、区)", when=migrant)
    not_both = should(~(migrant & left_behind), "不会既是随迁子女又是留守儿童")
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    beds = should(beside(Institutions.boarding, on=[school]), "有寄宿生的学校在名录中是寄宿制学校", when=boarding)


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
        "班级代号",
        "[!-~㐀-鿿]{1,40}",
        "1至40个字母、数字、汉字或符号，不含空格",
        meaning="学校标识码加年级加班号",
        aliases=("班级编码",),
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

    not_empty = must(size >= 1, "每个班至少有1名学生")
    plausible = should(size <= CLASS_MOST, "班额不超过{class_most}", source="教育事业统计校验：班额")
    all_there = should((size - present).abs() <= PRESENT_APART, "在籍与实际在班相差不超过{present_apart}")
    grade_of_stage = must(
        ((stage == "primary") & grade.between(1, 6))
        | ((stage == "junior") & grade.between(6, 9))
        | ((stage == "senior") & grade.between(10, 12)),
        "年级属于学段：小学一至六，初中六至九，高中十至十二",
        when=stage.isin(["primary", "junior", "senior"]),
    )
    entry_grade = must(entry == grade.isin([1, 7, 10]), "起始年级是一、七、十年级", when=stage != "special")
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
    operator_of_register = must(operator == beside(Institutions.operator, on=[school]), "举办者性质与名录一致")
    urban_of_register = must(urban == beside(Institutions.urban, on=[school]), "城乡类型与名录一致")
    roster = should(
        (size - beside(Pupils.pupil.count(), on=[class_id])).abs() * 100 <= size * ROSTER_SHARE,
        "在籍学生数与学生名册相差不超过{roster_share}",
    )


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

    bands_add_up = must(
        up_to_25 + from_26 + from_31 + from_36 + from_41 + from_46 + from_51 + from_56 + from_61 + from_66 == classes,
        "各段班数之和等于班数总计",
        source="教育事业统计校验：行列平衡",
    )
    grades_add_up = must(
        grade_1 + grade_2 + grade_3 + grade_4.fill_null(0) + grade_5.fill_null(0) + grade_6.fill_null(0) == pupils,
        "各年级学生数之和等于在校学生数",
        when=stage.isin(["primary", "junior", "senior"]),
        source="教育事业统计校验：行列平衡",
    )
    not_over_bands = must(
        pupils
        <= up_to_25 * 25
        + from_26 * 30
        + from_31 * 35
        + from_36 * 40
        + from_41 * 45
        + from_46 * 50
        + from_51 * 55
        + from_56 * 60
        + from_61 * 65,
        "在校学生数不超过各段班数乘该段上限之和",
        when=from_66 == 0,
        source="教育事业统计校验：班数、班额与学生数",
    )
    not_under_bands = must(
        pupils
        >= up_to_25
        + from_26 * 26
        + from_31 * 31
        + from_36 * 36
        + from_41 * 41
        + from_46 * 46
        + from_51 * 51
        + from_56 * 56
        + from_61 * 61
        + from_66 * 66,
        "在校学生数不少于各段班数乘该段下限之和",
        source="教育事业统计校验：班数、班额与学生数",
    )
    girls_of_pupils = must(girls <= pupils, "女生数不多于在校学生数")
    entrants_of_grade = should(
        (entrants - grade_1).abs() * 100 <= grade_1 * ENTRANTS_SHARE, "招生数与第1年级学生数相差不超过{entrants_share}"
    )
    average_size = should(
        pupils.between(classes * CLASS_LEAST, classes * CLASS_MOST), "平均班额在{class_least}至{class_most}之间"
    )
    graduates_of_primary = must(
        graduates <= last_year(grade_6) + moved_in,
        "毕业生数不多于上年毕业年级学生数加转入",
        when=(stage == "primary") & (last_year(grade_6) > 0),
        version=2,
    )
    graduates_of_five = must(
        graduates <= last_year(grade_5) + moved_in,
        "上年没有六年级的小学（如五四制），毕业生数不多于上年五年级学生数加转入",
        when=(stage == "primary") & (last_year(grade_6).fill_null(0) == 0),
    )
    graduates_of_secondary = must(
        graduates <= last_year(grade_3) + last_year(grade_4).fill_null(0) + moved_in,
        "毕业生数不多于上年毕业年级学生数加转入",
        when=stage.isin(["junior", "senior"]),
    )
    flow = should(
        (pupils - entrants - last_year(pupils) + graduates - moved_in + moved_out).abs() <= FLOW_HEADS,
        "上年学生数减毕业、加招生、加转入、减转出，与在校学生数相差不超过{flow_heads}",
    )
    flow_share = should(
        (pupils - entrants - last_year(pupils) + graduates - moved_in + moved_out).abs() * 100 <= pupils * FLOW_SHARE,
        "上年学生数减毕业、加招生、加转入、减转出，与在校学生数相差不超过{flow_share}",
    )
    steady = should(
        (pupils - last_year(pupils)).abs() * 100 <= last_year(pupils) * STOCK_CHANGE,
        "在校学生数比上年增减不超过{stock_change}",
    )
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
    operator_of_register = must(operator == beside(Institutions.operator, on=[school]), "举办者性质与名录一致")
    urban_of_register = must(urban == beside(Institutions.urban, on=[school]), "城乡类型与名录一致")
    roll = should(
        (pupils - beside(Classes.size.sum(), on=[school, stage])).abs() * 100 <= pupils * ROSTER_SHARE,
        "在校学生数与学籍班级名册相差不超过{roster_share}",
    )
    roll_large = should(
        from_56 + from_61 + from_66 == beside(Classes.size.count(where=Classes.size >= 56), on=[school, stage]),
        "56人及以上的班数与学籍班级名册相同",
    )
