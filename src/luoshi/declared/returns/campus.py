"""What sections of the bureau keep of every campus: exercise, lessons, care after class, safety; and trades of vocational schools."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.class_sizes import ClassBands
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.tolerances import ROSTER_SHARE
from luoshi.spine import Return
from luoshi.words.returns import Basis, Choice, Code, Count, Flag, Grain, Key, Words, beside, must, should


class SchoolWork(
    Return,
    label="学校专项工作",
    grain=Grain.TERM,
    basis=Basis.MONTHLY,
    source="各科室工作台账和业务平台导出，按学期汇总；平台里有的，不另向学校要表",
    answers=("M2.2", "M2.3", "M5.1", "M6.1", "M6.4", "M8.1", "M8.5", "M23.1", "M23.2", "M32.1", "M32.2"),
):
    """One row for each school and kindergarten: what the term came to. Nothing in it is of one pupil or one teacher."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    pupils = Count("在校（园）人数", "人", needed=True)
    classes = Count("班数", "个", needed=True)
    party = Choice(
        "党组织设置",
        {"own": "单独建立", "joint": "联合建立", "adviser": "派有党建指导员", "none": "没有"},
        meaning="派有指导员的，工作已覆盖而组织未覆盖",
    )
    affiliated = Flag("党组织隶属关系已理顺")
    meetings_due = Count("应开“三会一课”次数", "次")
    meetings = Count("实开“三会一课”次数", "次")
    moral_plan = Choice("“一校一案”", {"accepted": "合格", "returned": "退回修改", "none": "未报"}, meaning="中小学填")
    active_classes = Count("每天体育活动满一小时的班数", "个", meaning="体育课、大课间和课外活动合计；中小学填")
    pupil_days = Count("应到人次", "人次", meaning="学期内各上课日应到人数之和")
    sick_days = Count("因病缺勤人次", "人次")
    reports_due = Count("应报晨检、零报告次数", "次")
    reports_on_time = Count("按时报告次数", "次")
    lessons_due = Count("国家课程应开课时", "课时", meaning="中小学填")
    lessons = Count("国家课程实开课时", "课时")
    experiments_due = Count("应做实验次数", "次", meaning="课程标准规定的演示和分组实验；中小学填")
    experiments = Count("实做实验次数", "次")
    care = Flag("提供课后延时服务", meaning="义务教育学校填")
    care_wanted = Count("有课后服务需求的学生数", "人")
    care_pupils = Count("参加课后服务的学生数", "人")
    lunch_wanted = Count("有午餐需求的学生数", "人")
    lunch_pupils = Count("在校午餐的学生数", "人")
    digital = Flag("已认定数字校园", meaning="市级以上认定")
    space_teachers = Count("用过网络学习空间的教师数", "人", meaning="本学期登录并有教学活动的")
    guards = Flag("专职保安配备达标")
    closed = Flag("封闭化管理")
    linked = Flag("一键报警、视频监控与公安联网")

    active_of_classes = must(active_classes <= classes, "满一小时的班数不多于班数")
    sick_of_days = must(sick_days <= pupil_days, "因病缺勤人次不多于应到人次")
    reports_of_due = must(reports_on_time <= reports_due, "按时报告次数不多于应报次数")
    care_of_pupils = must(care_pupils <= pupils, "参加课后服务的不多于在校学生数")
    lunch_of_pupils = must(lunch_pupils <= pupils, "在校午餐的不多于在校学生数")
    care_offered = must(care, "有学生参加的，学校提供课后服务", when=care_pupils > 0)
    care_of_wanted = should(care_pupils <= care_wanted, "参加课后服务的不多于有需求的")
    meetings_held = should(meetings >= meetings_due, "“三会一课”开足次数")
    experiments_of_due = should(experiments <= experiments_due, "实做实验不多于应做实验")
    settled_where_there = should(affiliated, "建有党组织的，隶属关系已理顺", when=party.isin(["own", "joint"]))
    pupils_of_return = should(
        (pupils - beside(ClassBands.pupils.sum(), on=[school])).abs() * 100 <= pupils * ROSTER_SHARE,
        "在校人数与年报相差不超过{roster_share}",
    )
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")


class Programmes(
    Return,
    label="中职专业办学情况",
    grain=Grain.SCHOOL_YEAR,
    basis=Basis.MONTHLY,
    source="中职学校专业备案、招生计划、毕业生就业统计和证书试点平台导出",
    answers=("M9.3", "M18.1", "M18.7", "M26.3"),
):
    """One row for each vocational school and trade: plan and entrants, graduates and where they went, certificates."""

    school = Key("学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD)
    programme = Key("专业代码", r"[0-9]{6}", "6位数字", standard="中等职业学校专业目录")
    name = Words("专业名称")
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    plan = Count("招生计划数", "人", needed=True)
    entrants = Count("实际招生数", "人", needed=True)
    graduates = Count("毕业生数", "人")
    employed = Count("就业人数", "人", meaning="含升学")
    matched = Count("对口就业人数", "人", meaning="不含升学")
    candidates = Count("证书考试人数", "人", meaning="1+X职业技能等级证书")
    certified = Count("证书取得人数", "人")
    part_timers = Count("行业企业兼职教师数", "人")
    part_time_hours = Count("兼职教师授课课时", "课时")

    employed_of_graduates = must(employed <= graduates, "就业人数不多于毕业生数")
    matched_of_employed = must(matched <= employed, "对口就业人数不多于就业人数")
    certified_of_candidates = must(certified <= candidates, "取得证书的不多于参加考试的")
    within_plan = should(entrants <= plan, "实际招生数不超过招生计划")
    hours_of_part_timers = should(part_time_hours > 0, "有兼职教师就有课时", when=part_timers > 0)
    known_school = must(beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中")
    county_of_register = must(county == beside(Institutions.county, on=[school]), "区划代码与名录一致")
