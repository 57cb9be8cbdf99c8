"""定期排查 (M32.3): 岗位日、部门周 stay with the school; the school's month and the bureau's term are told, in ten cells at most."""

from luoshi.declared.safety import DRILLS
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Kind, choice, day, line, number, paper, reckoned, words
from luoshi.handling.nouns import Begin, Clock, End, Every, State
from luoshi.handling.parts import COUNTY, HOST, UNIT
from luoshi.handling.terms import days, months

_PLATFORM = "省学校双重预防信息平台"


class SchoolCheck(
    Procedure,
    key="school_check",
    label="学校月排查",
    answers="M32.3",
    duties=("安全",),
    subject="school",
    platform=_PLATFORM,
):
    """A school looks through its list of risks once a month; each hazard it finds is a case of its own. Boarding sites go on in holidays."""

    checked_on = day("排查日期")
    checkers = line("排查人")
    kind = choice("学校类型", options={"school": "中小学", "kindergarten": "幼儿园"})
    drills = number("疏散演练次数", least=0, most=99, hint="中小学填本月的，幼儿园填本季度的")
    short = reckoned("疏散演练还差次数", Kind.NUMBER, "drills_short", kind, drills, told=DRILLS)
    hazards = number("发现隐患数", least=1, most=999)
    majors = number("其中重大隐患数", least=0, most=999)

    theme, weight = kind, hazards
    every = Every(1, "school", rests=(2, 8))

    month = Clock(
        "月排查期限", months(1), days(7), source="学校每月排查", doubt="寒暑假以2月、8月为产品默认，须由该局确认"
    )

    due = Begin("待排查", month, timed=True)
    clean = End("已排查，未发现隐患")
    found = End("已排查，隐患已登记")
    missed = End("本月未排查", decided=False)

    nothing = due.to(clean, "未发现隐患", by=UNIT, needs=[checked_on, checkers, kind, drills])
    something = due.to(found, "发现隐患", by=UNIT, needs=[checked_on, checkers, kind, drills, hazards, majors])
    lapse = due.lapses(missed, "逾期未排查")


class TermCheck(
    Procedure,
    key="term_check",
    label="教育局学期排查",
    answers="M32.3",
    duties=("安全",),
    subject="county",
    platform=_PLATFORM,
):
    """A county's bureau samples its schools each term, with the departments concerned."""

    began_on = day("开始日期")
    partners = words("参加部门")
    schools = number("应查学校数", least=1, most=9999)
    checked = number("已查学校数", least=0, most=9999)
    left = reckoned("未查学校数", Kind.NUMBER, "shortfall", schools, checked)
    hazards = number("发现隐患数", least=0, most=99_999)
    majors = number("其中重大隐患数", least=0, most=9999)
    report = paper("排查情况报告")
    back_why = words("退回的理由")

    weight = hazards
    every = Every(6, "county", month=3)

    term = Clock(
        "学期排查期限", months(4), days(14), source="教育局每学期排查", doubt="产品默认：开学起四个月，须由该局确认"
    )

    due = Begin("待安排", term, timed=True)
    going = State("排查中", term)
    told = State("已报情况", term)
    accepted = End("已核定")
    missed = End("本学期未排查", decided=False)

    plan = due.to(going, "安排排查", by=COUNTY, needs=[began_on, schools], may=[partners])
    tell = going.to(told, "报排查情况", by=COUNTY, needs=[checked, hazards, majors, report])
    accept = told.to(accepted, "核定", by=HOST, apart=[tell])
    send_back = told.to(going, "退回补查", by=HOST, needs=[back_why])
    lapse = due.lapses(missed, "逾期未排查").also(going)
