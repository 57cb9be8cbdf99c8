"""办园行为督导评估 (M13.4): every kindergarten once in a cycle of three to five years, on five areas; what is unsafe is mended at once."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Evaluation, Results
from luoshi.handling.terms import months
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class KindergartenConduct(
    Rubric,
    key="kindergarten_conduct",
    label="幼儿园办园行为督导评估标准",
    source="教督〔2017〕7号的五个方面；细目由省定，条目由本产品拟写",
    doubt=WEIGHTS,
):
    """How a kindergarten is run; what a small village one lacks is no fault of it."""

    ground = area("办园条件", 20)
    licence = ground.yes("证照齐全、在有效期内", 5, proof="办园许可证")
    size = ground.ratio("班额达标班级比例", 5, target=100, start=50, unit="%")
    yard = ground.ratio("生均户外活动面积", 5, target=4, start=1, unit="平方米")
    toys = ground.levels("玩教具、图书", 5, {"full": ("达标", 5), "part": ("部分达标", 3), "none": ("未达标", 0)})

    safety = area("安全卫生", 25)
    guards = safety.yes("安防人员和设施到位", 5)
    pick_up = safety.yes("接送交接有登记", 4)
    drills = safety.bands("每季度应急演练", 4, {0: 0, 1: 4}, unit="次")
    food = safety.yes("食堂许可、留样、食谱公示", 6, absent=True)
    health = safety.ratio("幼儿入园体检率", 3, target=100, start=80, unit="%")
    doctor = safety.yes("保健人员配备、晨午检有记录", 3)

    care = area("保育教育", 25)
    play = care.levels("以游戏为基本活动", 9, {"full": ("落实", 9), "part": ("部分落实", 5), "none": ("未落实", 0)})
    outside = care.ratio("每天户外活动", 6, target=2, start=0, unit="小时")
    no_school = care.yes("无小学化教学内容和作业", 10)

    staff = area("教职工队伍", 20)
    certified = staff.ratio("专任教师持证率", 7, target=100, start=50, unit="%")
    two_one = staff.ratio("“两教一保”达标班级比例", 7, target=100, start=30, unit="%")
    paid = staff.yes("工资按时发放、社会保险齐全", 6)

    ruled = area("内部管理", 10)
    fees = ruled.yes("收费公示、退费按规定", 4)
    funds = ruled.yes("财务独立核算、伙食费专账", 3)
    parents = ruled.bands("每学期家长开放日", 3, {0: 0, 1: 3}, unit="次")

    late = deduct("材料逾期或失实", each=1, most=5)
    crowded = flag("大班额超过两个班", cap="good")
    hit = veto("体罚、虐待幼儿")
    danger = veto("使用D级危房或发生重大安全责任事故")

    grades = (
        Grade("best", "优秀", Decimal(90)),
        Grade("good", "良好", Decimal(75)),
        Grade("pass", "合格", Decimal(60)),
        Grade("fail", "不合格", Decimal(0)),
    )
    passing = "pass"
    judges = 3


class KindergartenConducts(
    Results, key="kindergarten_conducts", label="办园行为督导评估结果", answers="M13.4", subject="school"
):
    """What a kindergarten came to, public until it is evaluated again, five years at the latest."""

    valid, warn = months(60), months(6)


class KindergartenEvaluation(
    Evaluation,
    key="kindergarten_evaluation",
    label="幼儿园办园行为督导评估",
    answers="M13.4",
    duties=("办园行为",),
    subject="school",
):
    """One kindergarten in the county's plan of the cycle; the county opens each in its turn."""

    rubric, names = KindergartenConduct, KindergartenConducts
    every = None
