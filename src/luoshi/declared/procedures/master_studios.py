"""技能名（大）师工作室 (M26.4): three to five a year, with a host, a team, tasks and money; a report every year, weighed anew at the end."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, PersonRecognition, PersonTitles, Recheck
from luoshi.handling.fields import line
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, bonus, veto
from luoshi.scoring.nouns import Grade


class MasterStudio(
    Rubric,
    key="master_studio",
    label="技能名（大）师工作室认定标准",
    source="技能大师工作室建设的常见要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A studio by its host's hand, the people who learn there, and what leaves it."""

    host = area("主持人", 35)
    skill = host.levels(
        "技能等级",
        12,
        {"top": ("高级技师", 12), "high": ("技师", 9), "mid": ("高级工", 5), "none": ("其他", 0)},
        proof="证书",
    )
    honours = host.bands("省级以上技能荣誉、竞赛奖项", 13, {0: 0, 1: 7, 3: 13}, unit="项", proof="证书")
    years = host.bands("从事本专业年限", 10, {0: 0, 5: 5, 10: 10}, unit="年")

    team = area("团队与条件", 30)
    members = team.bands("团队成员", 8, {0: 0, 3: 4, 6: 8}, unit="人")
    firms = team.yes("有企业技术骨干参加", 7, proof="协议")
    ground = team.levels("场地与设备", 8, {"full": ("达标", 8), "part": ("部分达标", 4), "none": ("未达标", 0)})
    funds = team.yes("单位配套经费到位", 7, proof="入账凭证")

    tasks = area("任务与成效", 35)
    plan = tasks.judged("三年任务书", 10)
    taught = tasks.bands("年带徒、培训", 10, {0: 0, 10: 4, 50: 10}, unit="人")
    made = tasks.bands("技术革新、专利、工艺改进", 8, {0: 0, 1: 4, 3: 8}, unit="项", absent=True)
    taken = tasks.bands("成果进课堂的教学项目", 7, {0: 0, 1: 4, 3: 7}, unit="个")

    national = bonus("指导学生获国家级技能竞赛奖", each=2, most=4, unit="项")
    barred = veto("在限制期内，不得参评人才项目", barred="人才项目")
    faked = veto("材料弄虚作假")

    over = 4
    grades = (
        Grade("master", "技能大师工作室", Decimal(90)),
        Grade("named", "技能名师工作室", Decimal(78)),
        Grade("none", "未认定", Decimal(0)),
    )
    passing = "named"
    judges = 3


class MasterStudios(
    PersonTitles, key="master_studios", label="技能名（大）师工作室名单", answers="M26.4", subject="person"
):
    """One studio under its host, for three years."""

    valid = months(36)
    trade = line("专业（工种）")

    public = (trade, PersonTitles.grade, PersonTitles.document_no)
    same = (PersonTitles.teacher_no, trade)


class MasterStudioNaming(
    PersonRecognition,
    key="master_studio_naming",
    label="技能名（大）师工作室认定",
    answers="M26.4",
    duties=("技能名", "职业院校"),
    subject="school",
):
    """One studio that a school proposes; how many are named in a year the notice says."""

    rubric, names = MasterStudio, MasterStudios
    trade = MasterStudios.trade
    besides = (*PersonRecognition.besides, trade)


class MasterStudioReport(
    Recheck,
    key="master_studio_report",
    label="技能名（大）师工作室年度考核",
    answers="M26.4",
    duties=("技能名", "职业院校"),
    subject="school",
):
    """One studio, every year: tasks done, people taught."""

    rubric, names = MasterStudio, MasterStudios
    every = Every(12, "entry", month=12)
