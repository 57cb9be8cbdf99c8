"""What is built, community education, and people by age."""

from luoshi.declared.returns import codes
from luoshi.declared.returns.institutions import Institutions
from luoshi.declared.tolerances import (
    COST_LEAST,
    COST_MOST,
    PEOPLE_LEAST,
    PLAN_SPENT,
    STOCK_CHANGE,
    WOMEN_LEAST,
    WOMEN_MOST,
    YEARLY_CHANGE,
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
    Words,
    beside,
    last_year,
    must,
    should,
)


class Projects(
    Return,
    label="建设项目",
    grain=Grain.MONTH,
    basis=Basis.MONTHLY,
    source="建设项目月报（形象进度）",
    answers=("M15.1", "M16.2", "M17.1", "M27.2"),
):
    """One row for each building project, month by month."""

    project = Key("项目代号", r"[0-9A-Za-z-]{4,32}", "4至32位字母、数字和-")
    name = Words("项目名称", needed=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    school = Code(
        "学校标识码", codes.SCHOOL, codes.SCHOOL_FORM, standard=codes.SCHOOL_STANDARD, meaning="新校还没有的空着"
    )
    programme = Choice(
        "项目类别",
        {
            "kindergarten": "公办幼儿园",
            "compulsory": "义务教育学校",
            "boarding": "农村寄宿制学校",
            "senior": "普通高中",
            "vocational": "职业学校",
            "dormitory": "教师周转宿舍",
            "housing": "农村教师住房",
        },
        needed=True,
    )
    nature = Choice("建设性质", {"new": "新建", "rebuilt": "改建", "extended": "扩建", "bought": "团购"}, needed=True)
    step = Choice(
        "形象进度",
        {
            "approved": "已立项",
            "started": "已开工",
            "structure": "主体施工",
            "topped": "主体完工",
            "fitting": "装修配套",
            "accepted": "竣工验收",
            "opened": "投入使用",
        },
        needed=True,
    )
    places = Count("新增学位数", "个", meaning="新建计全部，改扩建计增加")
    units = Count("住房套数", "套", meaning="教师周转宿舍和住房")
    area = Amount("建筑面积", "平方米")
    planned = Amount("计划投资", "元", needed=True)
    paid = Amount("累计完成投资", "元", needed=True)
    started = Day("开工日期")
    due = Day("计划竣工日期", needed=True)
    accepted = Day("竣工验收日期")
    opened = Day("投入使用日期")
    difficulty = Words("存在问题")

    started_first = must(started <= accepted, "开工不晚于竣工验收")
    accepted_first = should(accepted <= opened, "竣工验收不晚于投入使用")
    started_dated = must(started.notnull(), "已开工的填有开工日期", when=(step != "approved") & (nature != "bought"))
    accepted_dated = must(accepted.notnull(), "竣工验收的填有日期", when=step.isin(["accepted", "opened"]))
    opened_dated = must(opened.notnull(), "投入使用的填有日期", when=step == "opened")
    due_after_start = should(started <= due, "开工不晚于计划竣工")
    places_of_school = should(
        places > 0,
        "学校和幼儿园项目有新增学位",
        when=programme.isin(["kindergarten", "compulsory"]) & nature.isin(["new", "extended"]),
    )
    units_of_housing = must(units > 0, "住房项目填有套数", when=programme.isin(["dormitory", "housing"]))
    within_plan = should(paid * 100 <= planned * PLAN_SPENT, "累计完成投资不超过计划的{plan_spent}")
    paid_on = must(paid >= last_year(paid), "累计完成投资不比上年同期少")
    same_programme = must(programme == last_year(programme), "项目类别与上年同期相同")
    cost = should(
        planned.between(area * COST_LEAST, area * COST_MOST), "每平方米计划投资在{cost_least}至{cost_most}之间"
    )
    known_school = must(
        beside(Institutions.school, on=[school]).notnull(), "学校标识码在学校（机构）名录中", when=school.notnull()
    )


class Communities(
    Return,
    label="社区教育机构",
    grain=Grain.YEAR,
    basis=Basis.MONTHLY,
    source="四级社区教育办学网络",
    answers=("M20.1", "M20.2"),
):
    """One row for each unit of the four-level community education network and each adult school of a township."""

    unit = Key("机构代号", r"[0-9A-Za-z-]{4,32}", "4至32位字母、数字和-")
    name = Words("机构名称", needed=True)
    county = Code("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True)
    township = Code("乡镇街道代码", codes.AREA, codes.AREA_FORM, standard=codes.AREA_STANDARD)
    level = Choice(
        "层级",
        {
            "university": "市社区大学",
            "college": "县(市、区)社区学院",
            "school": "乡镇(街道)社区学校",
            "station": "村(社区)教学站(点)",
            "adult_school": "乡镇成人学校",
        },
        needed=True,
    )
    opened = Day("挂牌日期")
    transformed = Flag("是否完成转型", meaning="乡镇成人学校转为社区学校")
    staff = Count("工作人员数", "人")
    courses = Count("开设课程数", "门")
    activities = Count("活动次数", "次")
    learners = Count("学习人次", "人次")
    online_learners = Count("其中线上学习人次", "人次")

    online_of_all = must(online_learners <= learners, "线上学习人次不多于学习人次")
    transformed_adult_school = must(level == "adult_school", "转型的是乡镇成人学校", when=transformed)
    township_named = must(
        township.notnull(), "乡镇一级及以下填有乡镇街道代码", when=level.isin(["school", "station", "adult_school"])
    )
    held = should(activities > 0, "有学习人次就有活动", when=learners > 0)
    kept_transformed = must(transformed | ~last_year(transformed), "上年已转型的仍是已转型")
    steady = should(
        (learners - last_year(learners)).abs() * 100 <= last_year(learners) * YEARLY_CHANGE,
        "学习人次比上年增减不超过{yearly_change}",
    )


class Population(
    Return,
    label="分年龄人口",
    grain=Grain.YEAR,
    basis=Basis.OTHERS,
    source="公安户籍统计；统计部门常住人口推算",
    answers=("M15.2", "M17.3"),
):
    """One row for each county, basis and single year of age: people who are so old on 31 August."""

    county = Key("区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD)
    counted = Choice("人口口径", {"household": "户籍人口", "resident": "常住人口"}, key=True)
    age = Count("年龄", "岁", key=True, at_most=120, meaning="8月31日的周岁；120为120岁及以上")
    people = Count("人口数", "人", needed=True)
    women = Count("其中女性", "人")

    women_of_all = must(women <= people, "女性不多于人口数")
    half = should(
        (women * 100).between(people * WOMEN_LEAST, people * WOMEN_MOST),
        "满{people_least}的年龄，女性占{women_least}至{women_most}",
        when=people >= PEOPLE_LEAST,
    )
    steady = should(
        (people - last_year(people)).abs() * 100 <= last_year(people) * STOCK_CHANGE,
        "满{people_least}的年龄，人口数比上年增减不超过{stock_change}",
        when=people >= PEOPLE_LEAST,
    )
