"""信息技术应用能力提升工程2.0 整校考核 (M25.7): a school by its plan, its hours, its practice, and how sure its own marks are."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Evaluation, Results
from luoshi.handling.nouns import Every
from luoshi.scoring.declaring import Rubric, area, bonus, deduct, flag
from luoshi.scoring.nouns import Grade


class ItSchool(
    Rubric,
    key="it_school",
    label="信息技术应用能力2.0整校推进考核标准",
    source="教师〔2019〕1号：五年不少于50学时，实践应用学时不少于一半；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """Whether a whole school learnt to use what it has: hours counted once, practice seen in class."""

    plan = area("组织与规划", 20)
    leading = plan.yes("校长任首席信息官、有管理团队", 8, proof="文件")
    school_plan = plan.yes("有整校推进方案，经县级审核", 7, proof="方案")
    points = plan.ratio("教师选定能力点比例", 5, target=100, start=50, unit="%")

    hours = area("研修", 35)
    done = hours.ratio("达到50学时的教师比例", 15, target=100, start=30, unit="%")
    practice = hours.ratio("实践应用学时占比", 10, target=50, start=10, unit="%")
    school_based = hours.bands("每学期校本研修", 10, {0: 0, 2: 4, 4: 10}, unit="次", proof="研修记录")

    used = area("应用考核", 35)
    passed = used.ratio("能力点测评通过率", 15, target=100, start=50, unit="%")
    seen = used.ratio("县级抽测一致率", 10, target=95, start=60, unit="%", absent=True)
    lessons = used.ratio("课堂常态应用教师比例", 10, target=90, start=30, unit="%")

    result = area("成效", 10)
    cases = result.bands("入选县级以上应用案例", 10, {0: 0, 1: 4, 3: 10}, unit="个")

    shown = bonus("承办县级以上现场会", each=1, most=3)
    late = deduct("材料逾期或失实", each=1, most=5)
    proxy = flag("替学、刷课查实", down=1)

    over = 3
    grades = (
        Grade("best", "优秀", Decimal(90)),
        Grade("pass", "合格", Decimal(70)),
        Grade("fail", "不合格", Decimal(0)),
    )
    passing = "pass"
    judges = 2


class ItSchools(Results, key="it_schools", label="能力提升2.0整校考核结果", answers="M25.7", subject="school"):
    """What a school came to in a year of the project."""


class ItEvaluation(
    Evaluation,
    key="it_evaluation",
    label="能力提升2.0整校考核",
    answers="M25.7",
    duties=("信息技术应用能力", "教师培训"),
    subject="school",
):
    """One school in one year, every stage; teaching points and attached classes are marked with their host."""

    rubric, names = ItSchool, ItSchools
    every = Every(12, "school", month=11, kinds=("111", "211", "31", "32", "34", "36", "51"))
