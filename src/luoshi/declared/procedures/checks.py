"""定期排查 (M32.3) and 安防核查 (M32.2): days and weeks stay with the school; its month and the bureau's term are told, in ten cells at most."""

from luoshi.declared.safety import DRILLS, GUARDS
from luoshi.handling.bounds import not_before, not_over
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Kind, choice, count, day, line, paper, reckoned, words
from luoshi.handling.nouns import Begin, Clock, End, Every, State
from luoshi.handling.parts import COUNTY, HOST, UNIT
from luoshi.handling.terms import days, months

_PLATFORM, _DUTIES = "省学校双重预防信息平台", ("安全",)


class SchoolCheck(
    Procedure,
    key="school_check",
    label="学校月排查",
    answers="M32.3",
    duties=_DUTIES,
    subject="school",
    platform=_PLATFORM,
):
    """A school looks through its list of risks once a month; each hazard it finds is a case of its own. Boarding sites go on in holidays."""

    checked_on = day("排查日期")
    checkers = line("排查人")
    kind = choice("学校类型", options={"school": "中小学", "kindergarten": "幼儿园"})
    drills = count("疏散演练次数", least=0, most=99, hint="中小学填本月的，幼儿园填本季度的")
    short = reckoned("疏散演练还差次数", Kind.NUMBER, "drills_short", kind, drills, told=DRILLS)
    hazards = count("发现隐患数", least=1, most=999)
    majors = count("其中重大隐患数", least=0, most=999)

    theme, weight = kind, hazards
    bounds = not_over(majors, hazards)
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
    duties=_DUTIES,
    subject="county",
    platform=_PLATFORM,
):
    """A county's bureau samples its schools each term, with the departments concerned."""

    began_on = day("开始日期")
    partners = words("参加部门")
    schools = count("应查学校数", least=1, most=9999)
    checked = count("已查学校数", least=0, most=9999)
    left = reckoned("未查学校数", Kind.NUMBER, "shortfall", schools, checked)
    hazards = count("发现隐患数", least=0, most=99_999)
    majors = count("其中重大隐患数", least=0, most=9999)
    report = paper("排查情况报告")
    back_why = words("退回的理由")

    bounds = not_over(checked, schools) + not_over(majors, hazards)

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


class SecurityCheck(
    Procedure, key="security_check", label="安防建设核查", answers="M32.2", duties=_DUTIES, subject="school"
):
    """The county checks with the police whether a school has its guards, its gate and its alarm; who falls short has a day to mend it."""

    checked_on = day("核查日期")
    people = count("师生人数", least=1, most=99_999)
    boarders = count("寄宿生人数", least=0, most=99_999)
    guards = count("专职保安员人数", least=0, most=999)
    needed = reckoned("应配专职保安员", Kind.NUMBER, "guards_needed", people, boarders, told=GUARDS)
    short = reckoned("专职保安员还差人数", Kind.NUMBER, "shortfall", needed, guards)
    closed = choice("封闭化管理", options={"yes": "已实现", "no": "未实现"})
    linked = choice("一键式报警和视频监控", options={"yes": "已联网", "no": "未联网"})
    secure = reckoned(
        "三项是否达标", Kind.CHOICE, "secure", short, closed, linked, options={"yes": "达标", "no": "有缺口"}
    )
    mend_by = day("补齐时限", future=True)

    theme = secure
    bounds = not_over(boarders, people) + not_before(mend_by, checked_on)

    mending = Clock("补齐期限", days(0), days(15), mend_by, source="按核查时定的时限")

    checked = Begin(
        "已核查",
        by=COUNTY,
        asks=[checked_on, people, boarders, guards, closed, linked],
        opens="登记安防核查",
    )
    lacking = State("有缺口，限期补齐", mending)
    met = End("达标")

    pass_ = checked.to(met, "核查达标", by=COUNTY, when=secure.is_("yes"))
    order = checked.to(lacking, "限期补齐", by=COUNTY, when=secure.is_("no"), needs=[mend_by])
    recheck = lacking.to(checked, "复查", by=COUNTY, needs=[checked_on, guards, closed, linked])
