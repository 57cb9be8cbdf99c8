"""党员积分 (M2.3): eighty points to begin with, more for what was done beyond duty, less for what was missed, each with its limit."""

from decimal import Decimal

from luoshi.declared.appraisals import Appraisal, Appraised
from luoshi.handling.fields import choice, line
from luoshi.scoring.declaring import Rubric, bonus, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class MemberPoint(
    Rubric,
    key="member_point",
    label="党员积分规则",
    source="基础分80分的办法见一所学校公开的细则；加减分条目由本产品拟写",
    doubt="每项分值、上限和等次线为产品默认值，须由机关党委核定；按月记分的，各月得分由支部在年度考核时平均",
):
    """One member in one period: nobody begins below eighty, and no single item lifts or sinks anybody alone."""

    base = 80
    over = 0

    lecture = bonus("主讲党课", each=2, most=4)
    volunteer = bonus("参加志愿服务", each=1, most=4)
    helped = bonus("结对帮扶学生、困难家庭", each=1, most=4)
    honour = bonus("受县级以上表彰", each=3, most=6, unit="项", source="以表彰文件为准，同一事迹计一次")
    urgent = bonus("承担急难险重任务", each=2, most=4)
    proposal = bonus("合理化建议被采纳", each=1, most=2, unit="条")

    absent = deduct("无故不参加组织生活", each=2, most=10)
    late = deduct("组织生活迟到早退", each="0.5", most=5)
    study = deduct("理论学习未按计划完成", each=1, most=6)
    dues = deduct("党费逾期未交", each=2, most=6, unit="月")
    task = deduct("未完成支部交办的任务", each=2, most=8, unit="项")
    complaint = deduct("群众反映查实的作风问题", each=5, most=15)

    admonished = flag("受诫勉、通报批评", cap="pass")
    punished = veto("受党纪处分")

    grades = (
        Grade("best", "优秀", Decimal(90)),
        Grade("good", "良好", Decimal(80)),
        Grade("pass", "合格", Decimal(60)),
        Grade("fail", "不合格", Decimal(0)),
    )
    passing = "pass"


class MemberPoints(Appraised, key="member_points", label="党员积分结果", answers="M2.3", subject="person"):
    """One member's points of one period, kept with the branch for a year."""

    member = line("党员姓名", private=True)
    period = Appraisal.period

    title = member
    same = (member, period)


class MemberPointing(
    Appraisal,
    key="member_pointing",
    label="党员积分",
    answers="M2.3",
    duties=("党员",),
    subject="school",
    guarded="person",
):
    """One member in one month or year: the branch enters, everybody in it sees the points, an objection is looked into."""

    member = MemberPoints.member
    rhythm = choice("记分周期", options={"month": "按月", "quarter": "按季", "year": "按年"})

    rubric, names = MemberPoint, MemberPoints
    besides = (member, rhythm)
    theme = rhythm
