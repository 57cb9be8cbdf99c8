"""班主任素养提升 (M5.2): a contest of what a class teacher must be able to do, and hosts of studios with their yearly duties."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, PersonAwards, PersonContest, PersonRecognition, PersonTitles, Recheck
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, deduct, veto
from luoshi.scoring.nouns import Grade


class ClassTeacherSkill(
    Rubric,
    key="class_teacher_skill",
    label="班主任基本功评分标准",
    source="省班主任基本功展示的常见环节；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """What a class teacher can do: know a class, meet what happens, speak with parents, hold a class meeting."""

    story = area("育人故事与班级建设", 30)
    told = story.judged("育人故事", 15)
    plan = story.judged("带班方略", 15)

    meeting = area("主题班会", 40)
    aim = meeting.judged("主题与目标", 10)
    taking_part = meeting.judged("活动设计与学生参与", 20)
    effect = meeting.judged("教育效果", 10)

    case = area("情境答辩", 30)
    seen = case.judged("问题分析", 10)
    answer = case.judged("处置办法", 15)
    speech = case.judged("语言表达", 5)

    overtime = deduct("超时", each=1, most=3, unit="分钟")
    barred = veto("在评优评先限制期内", barred="评优评先")
    copied = veto("抄袭或冒名")

    grades = (
        Grade("first", "一等奖", Decimal(90)),
        Grade("second", "二等奖", Decimal(85)),
        Grade("third", "三等奖", Decimal(80)),
        Grade("none", "未获奖", Decimal(0)),
    )
    passing = "third"
    judges, trim, blind = 5, 1, True


class StudioHost(
    Rubric,
    key="class_teacher_studio",
    label="名班主任工作室主持人评选标准",
    source="省名班主任工作室主持人评选的常见条件；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """Who may lead a studio: years with a class, what came of them, and a plan for those who learn there."""

    record = area("任职与业绩", 45)
    years = record.bands("担任班主任年限", 15, {0: 0, 5: 8, 8: 12, 10: 15}, unit="年")
    honours = record.bands("县级以上班主任工作荣誉", 15, {0: 0, 1: 8, 2: 12, 3: 15}, unit="项", proof="证书")
    papers = record.bands("德育课题、论文、案例", 15, {0: 0, 1: 6, 3: 15}, unit="项")

    lead = area("引领带动", 30)
    guided = lead.bands("指导青年班主任", 15, {0: 0, 2: 8, 4: 15}, unit="人", proof="结对协议")
    talks = lead.bands("县级以上讲座、示范班会", 15, {0: 0, 1: 6, 3: 15}, unit="次")

    plan = area("工作室规划", 25)
    three_years = plan.judged("三年规划与研修课程", 15)
    ground = plan.yes("学校提供场地、经费和工作时间", 10, proof="学校意见")

    barred = veto("在评优评先限制期内", barred="评优评先")

    grades = (Grade("host", "主持人", Decimal(80)), Grade("none", "未入选", Decimal(0)))
    passing = "host"
    judges = 3


class ClassTeacherAwards(
    PersonAwards, key="class_teacher_awards", label="班主任基本功获奖", answers="M5.2", subject="person"
):
    """One class teacher who won."""


class StudioHosts(PersonTitles, key="studio_hosts", label="名班主任工作室主持人", answers="M5.2", subject="person"):
    """One host, for three years."""

    valid = months(36)


class ClassTeacherContest(
    PersonContest, key="class_teacher_contest", label="班主任基本功展示", answers="M5.2", duties=("班主任",), subject="school"
):  # fmt: skip
    """One class teacher whom a county let through within its quota."""

    rubric, names = ClassTeacherSkill, ClassTeacherAwards


class StudioHostChoice(
    PersonRecognition, key="studio_host_choice", label="名班主任工作室主持人评选", answers="M5.2", duties=("班主任",), subject="school"
):  # fmt: skip
    """One class teacher who would lead a studio."""

    rubric, names = StudioHost, StudioHosts


class StudioHostRecheck(
    Recheck, key="studio_host_recheck", label="名班主任工作室年度考核", answers="M5.2", duties=("班主任",), subject="school"
):  # fmt: skip
    """One host, every year: what was done of the plan."""

    rubric, names = StudioHost, StudioHosts
    every = Every(12, "entry", month=12)
