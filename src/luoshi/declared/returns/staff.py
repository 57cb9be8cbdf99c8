"""Teachers and other staff: one row a person, and counted by school and stage."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.returns.kindergartens import Kindergartens
from luoshi.declared.tolerances import (
    HOURS_FALL,
    HOURS_MOST,
    PUPILS_A_TEACHER,
    ROSTER_SHARE,
    STOCK_CHANGE,
    WORKING_AGE_LEAST,
    WORKING_AGE_MOST,
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

SUBJECTS = {
    "chinese": "语文",
    "mathematics": "数学",
    "foreign": "外语",
    "politics": "道德与法治",
    "history": "历史",
    "geography": "地理",
    "physics": "物理",
    "chemistry": "化学",
    "biology": "生物",
    "science": "科学",
    "sports": "体育与健康",
    "music": "音乐",
    "fine_arts": "美术",
    "computing": "信息技术",
    "labour": "劳动与综合实践",
    "preschool": "保教",
    "vocational": "专业课",
    "other": "其他",
}


class Staff(
    Return,
    label="教职工名册",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ROLL,
    source="全国教师管理信息系统；教育事业统计 基础基4xx、教基4148至4156",
    answers=("M12.2", "M16.1", "M25.1", "M25.9", "M26.2", "M26.3"),
):
    """One row for each person at the school that keeps the post, by a code that cannot be turned back."""

    person = Key("教职工代号", codes.PERSON, codes.PERSON_FORM, meaning=codes.PERSON_MEANING)
    name = Words("姓名", identifies=True)
    identity = Code("证件号", codes.IDENTITY, codes.IDENTITY_FORM, standard=codes.IDENTITY_STANDARD, identifies=True)
    school = Code("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, needed=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    sex = Choice("性别", codes.SEXES, standard=codes.SEXES_STANDARD)
    born = Day("出生日期")
    age = Count("年龄", "岁", meaning="9月1日的周岁")
    post = Choice(
        "教职工类别",
        {
            "teacher": "专任教师",
            "administration": "行政人员",
            "assistant": "教辅人员",
            "worker": "工勤人员",
            "carer": "保育员",
            "other": "其他",
        },
        needed=True,
    )
    stage = Choice("任教学段", codes.STAGES, meaning="专任教师填")
    subject = Choice("任教学科", SUBJECTS, meaning="专任教师填周课时最多的一科")
    degree = Choice(
        "学历",
        {
            "doctor": "博士研究生",
            "master": "硕士研究生",
            "bachelor": "本科",
            "college": "专科",
            "secondary": "高中阶段",
            "below": "高中阶段以下",
        },
        standard="GB/T 4658",
    )
    title = Choice(
        "专业技术职务",
        {
            "full_senior": "正高级",
            "senior": "副高级",
            "middle": "中级",
            "assistant": "助理级",
            "junior": "员级",
            "none": "未定职级",
        },
        standard="GB/T 8561",
    )
    established = Flag("是否在编", needed=True)
    special_post = Flag("是否特岗教师")
    backbone = Flag("是否县级及以上骨干教师")
    qualified = Flag("是否持有教师资格证")
    dual = Flag("是否双师型教师", meaning="职业学校专业课教师填")
    began = Day("参加工作日期", aliases=("参加工作年月",))
    joined = Day("进本校日期", aliases=("进本校年月",))
    registered = Day("教师资格注册日期")
    hours = Count("近五年培训学时", "学时", meaning="截至9月1日的五年")
    enterprise_days = Count("近五年企业实践天数", "天", meaning="职业学校教师填")
    exchanged = Flag("本学年交流轮岗")
    months = Count("本年在岗月数", "月", at_most=12)

    identity_checked = must(identity_holds(identity), "证件号的校验码正确", source=codes.IDENTITY_STANDARD)
    working_age = should(
        age.between(WORKING_AGE_LEAST, WORKING_AGE_MOST),
        "年龄在{working_age_least}至{working_age_most}之间",
        source="教育事业统计校验：教师年龄",
    )
    stage_of_teacher = must(stage.notnull(), "专任教师填有任教学段", when=post == "teacher")
    subject_of_teacher = must(subject.notnull(), "专任教师填有任教学科", when=post == "teacher")
    worked_since_youth = must((began.year() - born.year()).between(14, 65), "参加工作时14至65岁")
    joined_after_begin = must(began <= joined, "进本校不早于参加工作")
    certified = should(qualified, "专任教师持有教师资格证", when=post == "teacher")
    one_kind = should(~(established & special_post), "特岗教师服务期内不在编")
    degree_of_teacher = should(
        degree.isin(codes.TEACHING_DEGREES), "专任教师的学历在高中阶段以上", when=post == "teacher"
    )
    backbone_teaches = should(post == "teacher", "骨干教师是专任教师", when=backbone)
    dual_teaches_trade = should(stage == "vocational", "双师型教师在中等职业学校任教", when=dual)
    hours_in_five_years = should(hours <= HOURS_MOST, "近五年培训不超过{hours_most}")
    hours_kept = should(hours >= last_year(hours) - HOURS_FALL, "近五年培训学时一年内减少不超过{hours_fall}")
    born_once = must(born == last_year(born), "出生日期与上年相同")
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
    established_in_public = should(
        beside(Institutions.operator, on=[school]) == "public", "在编人员在公办学校", when=established
    )


class StaffCounts(
    Return,
    label="教职工情况",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.ANNUAL,
    source="教育事业统计 基础基411至413、422、423、112，教基4148、4149、4150、4155、4156、1102续",
    answers=("M12.2", "M16.1", "M25.9", "M26.2", "M26.3"),
):
    """One row for each school and stage: staff by post, teachers by degree, title and subject, on 1 September."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, aliases=("机构编码",))
    stage = Choice("学段", codes.STAGES, key=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    staff = Count("教职工数", "人", meaning="各学段合用的人员，计入填报的学段")
    teachers = Count("专任教师数", "人", needed=True)
    administration = Count("行政人员数", "人")
    assistants = Count("教辅人员数", "人")
    workers = Count("工勤人员数", "人")
    carers = Count("保育员数", "人", meaning="幼儿园填")
    others = Count("其他人员数", "人")
    women = Count("女教职工数", "人")
    established = Count("在编人员数", "人", aliases=("在编教职工数",))
    doctors = Count("博士研究生学历专任教师数", "人")
    masters = Count("硕士研究生学历专任教师数", "人")
    bachelors = Count("本科学历专任教师数", "人")
    college = Count("专科学历专任教师数", "人")
    secondary = Count("高中阶段学历专任教师数", "人")
    below = Count("高中阶段以下学历专任教师数", "人")
    full_senior = Count("正高级专任教师数", "人")
    senior = Count("副高级专任教师数", "人")
    middle = Count("中级专任教师数", "人")
    assistant_title = Count("助理级专任教师数", "人")
    junior_title = Count("员级专任教师数", "人")
    no_title = Count("未定职级专任教师数", "人")
    backbone = Count("县级及以上骨干教师数", "人", aliases=("县级以上骨干教师数",))
    sports = Count("体育与健康专任教师数", "人")
    arts = Count("艺术专任教师数", "人", meaning="含音乐、美术")
    music = Count("音乐专任教师数", "人")
    fine_arts = Count("美术专任教师数", "人")
    special_post = Count("特岗教师数", "人")

    posts_add_up = must(
        teachers
        + administration.fill_null(0)
        + assistants.fill_null(0)
        + workers.fill_null(0)
        + carers.fill_null(0)
        + others.fill_null(0)
        == staff,
        "各类人员数之和等于教职工数",
        source="教育事业统计校验：行列平衡",
    )
    teachers_of_staff = must(teachers <= staff, "专任教师不多于教职工", source="教育事业统计校验：跨表")
    women_of_staff = must(women <= staff, "女教职工不多于教职工")
    established_of_staff = must(established <= staff, "在编人员不多于教职工")
    degrees_add_up = must(
        doctors.fill_null(0) + masters + bachelors + college + secondary + below.fill_null(0) == teachers,
        "各学历专任教师数之和等于专任教师数",
        source="教育事业统计校验：行列平衡",
    )
    titles_add_up = must(
        full_senior + senior + middle + assistant_title + junior_title + no_title == teachers,
        "各职级专任教师数之和等于专任教师数",
        source="教育事业统计校验：行列平衡",
    )
    backbone_of_teachers = must(backbone <= teachers, "骨干教师不多于专任教师")
    subjects_of_teachers = must(sports + arts <= teachers, "体育与健康、艺术专任教师之和不多于专任教师")
    within_arts = must(music + fine_arts <= arts, "音乐、美术专任教师之和不多于艺术专任教师")
    special_post_of_teachers = must(special_post <= teachers, "特岗教师不多于专任教师")
    degree_met = should(below == 0, "没有高中阶段以下学历的专任教师", source="《教师法》第十一条")
    pupils_taught = should(
        beside(ClassBands.pupils, on=[school, stage]) <= teachers * PUPILS_A_TEACHER,
        "每名专任教师的学生不超过{pupils_a_teacher}",
    )
    steady = should(
        (teachers - last_year(teachers)).abs() * 100 <= last_year(teachers) * STOCK_CHANGE,
        "专任教师数比上年增减不超过{stock_change}",
    )
    staff_steady = should(
        (staff - last_year(staff)).abs() * 100 <= last_year(staff) * STOCK_CHANGE,
        "教职工数比上年增减不超过{stock_change}",
    )
    teachers_of_roster = should(
        (teachers - beside(Staff.person.count(where=Staff.post == "teacher"), on=[school, stage])).abs() * 100
        <= teachers * ROSTER_SHARE,
        "专任教师数与教职工名册相差不超过{roster_share}",
    )
    backbone_of_roster = should(
        (backbone - beside(Staff.person.count(where=Staff.backbone), on=[school, stage])).abs() * 100
        <= backbone * ROSTER_SHARE,
        "骨干教师数与教职工名册相差不超过{roster_share}",
    )
    of_the_kindergarten = should(
        teachers == beside(Kindergartens.teachers, on=[school]), "专任教师数与幼儿园表一致", when=stage == "preschool"
    )
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
