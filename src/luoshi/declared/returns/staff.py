"""Teachers and other staff, one row a person."""

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
    working_age = should(age.between(18, 65), "年龄在18至65岁之间", source="教育事业统计校验：教师年龄")
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
    hours_in_five_years = should(hours <= 2000, "近五年培训不超过2000学时")
    hours_kept = should(hours >= last_year(hours) - 400, "近五年培训学时一年内减少不超过400学时")
    born_once = must(born == last_year(born), "出生日期与上年相同")
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
    established_in_public = should(
        beside(Institutions.operator, on=[school]) == "public", "在编人员在公办学校", when=established
    )
