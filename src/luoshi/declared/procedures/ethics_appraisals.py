"""师德考核 (M24.2): ethics first: a teacher's year by four voices; whom the ethics list bars is not passed, whatever the points are."""

from decimal import Decimal

from luoshi.declared.appraisals import Appraisal, Appraised
from luoshi.declared.appraisals import PersonTitles as Persons
from luoshi.handling.fields import choice
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class EthicsAppraisal(
    Rubric,
    key="ethics_appraisal",
    label="师德考核标准",
    source="教师〔2018〕16号十项准则；四方评价的比例和条目由本产品拟写",
    doubt="四方评价的权重为产品默认值；学生、家长评价用问卷汇总数，不留填写人；只有入限制名单的才一票否决，举报未查实的不扣分",
):
    """One teacher: what colleagues, pupils and parents say together weighs more than what the teacher says alone."""

    own = area("本人自评", 10)
    kept = own.levels(
        "对照十项准则", 10, {"full": ("全部做到", 10), "part": ("有不足已改正", 7), "none": ("有不足未改", 0)}
    )

    peers = area("同事评价", 25)
    by_peers = peers.ratio("同事评价满意率", 15, target=95, start=60, unit="%")
    duty = peers.ratio("出勤率（病、产、婚丧假不计缺勤）", 10, target=100, start=90, unit="%")

    pupils = area("学生评价", 30)
    fair = pupils.ratio("公平对待学生评价满意率", 15, target=95, start=60, unit="%", absent=True)
    careful = pupils.ratio("关爱学生评价满意率", 15, target=95, start=60, unit="%")

    parents = area("家长评价", 20)
    by_parents = parents.ratio("家长评价满意率", 20, target=95, start=60, unit="%")

    school = area("学校考核小组评价", 15)
    training = school.ratio("师德学习培训完成率", 7, target=100, start=50, unit="%")
    tasks = school.judged("教育教学职责履行", 8)

    reminded = deduct("经查实、未达处分的一般问题", each=3, most=9)
    talked = flag("年内受诫勉或通报批评", cap="pass")
    barred = veto("在师德处理限制期内", barred="评优评先", source="教师〔2018〕18号")

    grades = (
        Grade("best", "优秀", Decimal(90)),
        Grade("pass", "合格", Decimal(70)),
        Grade("near", "基本合格", Decimal(60)),
        Grade("fail", "不合格", Decimal(0)),
    )
    passing = "near"


class EthicsAppraisals(Appraised, key="ethics_appraisals", label="师德考核结果", answers="M24.2", subject="person"):
    """One teacher's year; a fail is answered by the ethics procedure, not by this list."""

    teacher, teacher_no = Persons.teacher, Persons.teacher_no
    period = Appraisal.period

    title = teacher
    same = (teacher_no, period)


class EthicsAppraising(
    Appraisal,
    key="ethics_appraising",
    label="师德考核",
    answers="M24.2",
    duties=("师德",),
    subject="school",
    guarded="person",
):
    """One teacher in one year. Schools need one only for those proposed as best or failing; the others are counted in the minutes."""

    teacher, teacher_no = Persons.teacher, Persons.teacher_no
    why = choice(
        "逐人办理的原因",
        options={
            "best": "拟定优秀",
            "fail": "拟定不合格、基本合格",
            "asked": "本人要求",
            "title": "申报职称、评优需要",
        },
    )

    rubric, names = EthicsAppraisal, EthicsAppraisals
    besides = (teacher, teacher_no, why)
    theme = why
