"""普通高中示范校、学科与课题培育 (M17.4): a pool of candidates with a yearly task, and topics chosen by their plans."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Awards, Contest, Recheck, Recognition, Titles
from luoshi.handling.fields import choice, line
from luoshi.handling.nouns import Every
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, veto
from luoshi.scoring.nouns import Grade


class SeniorModel(
    Rubric,
    key="senior_model",
    label="普通高中示范培育评审标准",
    source="国办发〔2019〕29号普通高中育人方式改革的要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A school, a base or a subject that may become a provincial example: where it stands, where it goes, who carries it."""

    ground = area("基础条件", 35)
    classes = ground.ratio("大班额比例", 10, target=0, start=30, unit="%", absent=True)
    rooms = ground.levels(
        "选课走班教室、实验室", 10, {"full": ("满足", 10), "part": ("部分满足", 5), "none": ("不足", 0)}
    )
    backbone = ground.ratio("市级以上骨干教师比例", 15, target=20, start=2, unit="%")

    reform = area("课程与教学改革", 40)
    courses = reform.bands("开设的选修课程", 20, {0: 0, 10: 10, 20: 20}, unit="门")
    walking = reform.judged("选课走班与教学组织", 10)
    assessed = reform.yes("综合素质评价如实记录、公示", 10)

    plan = area("培育方案", 25)
    goals = plan.judged("目标与年度任务", 15)
    funds = plan.yes("经费和政策有保障", 10, proof="县级政府或教育局承诺")

    broken = veto("违规招生、违规补课查实")
    barred = veto("评先资格受限", barred="评优评先")

    grades = (
        Grade("first", "重点培育", Decimal(88)),
        Grade("pool", "入库培育", Decimal(78)),
        Grade("none", "未入库", Decimal(0)),
    )
    passing = "pool"
    judges = 3


class SeniorTopic(
    Rubric,
    key="senior_topic",
    label="育人方式改革课题评审标准",
    source="教育科研课题立项评审的常见要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """One topic by its plan, read without a name."""

    worth = area("选题", 30)
    problem = worth.judged("问题真实、有推广价值", 30)
    design = area("研究设计", 50)
    aims = design.judged("目标与内容", 25)
    ways = design.judged("方法与步骤", 25)
    ground = area("研究基础", 20)
    team = ground.judged("团队与已有成果", 20)

    copied = veto("抄袭或重复立项")

    grades = (Grade("granted", "立项", Decimal(75)), Grade("none", "不立项", Decimal(0)))
    passing = "granted"
    judges, trim, blind = 5, 1, True


class SeniorModels(Titles, key="senior_models", label="普通高中示范培育库", answers="M17.4", subject="school"):
    """One candidate in the pool, for three years; the province names."""

    valid, warn = months(36), months(3)
    target = choice(
        "培育类别", options={"school": "多样化发展示范校", "base": "教学创新基地学校", "subject": "示范性学科"}
    )
    subject_of = line("学科", hint="示范性学科填写，其余写“无”")

    public = (target, subject_of, Titles.grade, Titles.document_no)
    same = (target, subject_of)


class SeniorTopics(Awards, key="senior_topics", label="育人方式改革立项课题", answers="M17.4", subject="school"):
    """One topic, two years from its grant; mid-term and closing reports go to its list."""

    valid, warn = months(24), months(3)
    same = (Awards.entry,)


class SeniorCultivation(
    Recognition, key="senior_cultivation", label="普通高中示范培育评审", answers="M17.4", duties=("普通高中",), subject="school"
):  # fmt: skip
    """One candidate."""

    rubric, names = SeniorModel, SeniorModels
    target, subject_of = SeniorModels.target, SeniorModels.subject_of
    besides = (target, subject_of)
    theme = target


class SeniorTopicChoice(
    Contest, key="senior_topic_choice", label="育人方式改革课题立项", answers="M17.4", duties=("普通高中",), subject="school"
):  # fmt: skip
    """One topic."""

    rubric, names = SeniorTopic, SeniorTopics


class SeniorModelCheck(
    Recheck, key="senior_model_check", label="普通高中示范培育年度考核", answers="M17.4", duties=("普通高中",), subject="school"
):  # fmt: skip
    """One candidate of the pool, every year: what was done of the task."""

    rubric, names = SeniorModel, SeniorModels
    every = Every(12, "entry", month=12)
