"""中招艺术考试 (M6.5): one pupil's test: drawn, judged without a name by three at least, told, and looked at again when asked."""

from decimal import Decimal

from luoshi.declared.appraisals import DOUBT, JUDGED
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, outcome, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import COUNTY, HOST, LEADER, PANEL, UNIT
from luoshi.handling.terms import workdays
from luoshi.scoring.declaring import Rubric, area, deduct, veto
from luoshi.scoring.nouns import Grade


class ArtsTest(
    Rubric,
    key="arts_test",
    label="中招艺术测试评分标准",
    source="中招艺术考试试点的两部分：基础素养和艺术表现；条目由本产品拟写",
    doubt="试点分值、折算办法和等级线未见公开文件，全部为产品默认值，须由招生考试中心核定",
):
    """Music or art: what a pupil knows and hears or sees, and what the pupil can show; five judges, the ends left out."""

    knowing = area("基础素养", 40)
    knowledge = knowing.judged("艺术常识", 20)
    sense = knowing.judged("听辨或赏析", 20)

    showing = area("艺术表现", 60)
    whole = showing.judged("完整准确", 20)
    skill = showing.judged("技能", 20)
    feeling = showing.judged("表现力与创意", 20)

    broken = deduct("违反考场纪律", each=5, most=10)
    cheated = veto("冒名替考或作弊")

    grades = (
        Grade("a", "A", Decimal(85)),
        Grade("b", "B", Decimal(70)),
        Grade("c", "C", Decimal(60)),
        Grade("d", "D", Decimal(0)),
    )
    judges, trim, blind = 5, 1, True


class ArtsExam(
    Procedure,
    key="arts_exam",
    label="中招艺术测试",
    answers="M6.5",
    duties=("艺术考试",),
    subject="school",
    guarded="child",
):
    """One pupil: the school confirms, the lot decides room and order, nobody who judges knows the name."""

    pupil = line("考生姓名", private=True)
    exam_no = line("考号", private=True)
    subject_of = choice("科目", options={"music": "音乐", "art": "美术"})
    checked = choice("过程性材料", options={"ok": "齐全", "part": "有缺项"}, hint="日常课程、活动记录由学校确认")
    room = line("考场")
    drawn_no = line("抽签号", hint="评委只看见抽签号")
    tested_on = day("测试日期", future=True)
    judged_sheet = JUDGED
    total = outcome("平均分", JUDGED, "total")
    grade = outcome("等级", JUDGED, "grade")
    told_on = day("告知成绩日期")
    why_review = words("复核理由", private=True)
    looked_into = words("复核情况", hint="只复核漏判、错加，不重评")
    changed = choice("复核结果", options={"kept": "维持", "changed": "更正"})
    why_absent = words("缺考原因", private=True)

    drawing = Clock("编排期限", workdays(20), workdays(3), doubt=DOUBT)
    judging = Clock("评分期限", workdays(5), workdays(1), doubt=DOUBT)
    asking = Clock("申请复核期限", workdays(3), doubt=DOUBT)
    reviewing = Clock("复核期限", workdays(5), workdays(1), doubt=DOUBT)

    entered = Begin("已报名", drawing, by=(UNIT, COUNTY), asks=[pupil, exam_no, subject_of, checked], opens="报名")
    drawn = State("已编排", judging)
    marked = State("已评分", judging)
    told = State("已告知成绩", asking)
    in_review = State("复核中", reviewing)
    done = End("成绩已定")
    absent = End("缺考")

    draw = entered.to(drawn, "抽签编排", by=HOST, needs=[room, drawn_no, tested_on])
    miss = drawn.to(absent, "登记缺考", by=HOST, needs=[why_absent])
    mark = drawn.to(drawn, "评分", by=PANEL, needs=[JUDGED], apart=[draw])
    conclude = drawn.to(marked, "汇总评分", by=HOST, needs=[total, grade], quorum=[mark], apart=[mark])
    tell = marked.to(told, "告知成绩", by=HOST, needs=[told_on])
    ask = told.to(in_review, "申请复核", by=(UNIT, COUNTY), needs=[why_review])
    mend = in_review.to(in_review, "更正评分", by=PANEL, needs=[JUDGED], source="漏判、错加由原评委更正")
    review = in_review.to(
        done, "复核后定", by=HOST, needs=[looked_into, changed, total, grade], signed=[LEADER], apart=[mark]
    )
    accept = told.lapses(done, "期满未申请复核")

    rubric, theme = ArtsTest, subject_of
