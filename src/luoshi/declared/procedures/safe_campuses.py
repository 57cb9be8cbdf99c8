"""平安校园 (M32.6): named by the county's marks, looked at again every year; a serious accident takes it, and bars every other title."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Recheck, Recognition, Titles
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, paper, words
from luoshi.handling.nouns import Begin, Clock, End, Every, State
from luoshi.handling.parts import COUNTY, HOST, LEADER, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import months, workdays
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class SafeCampus(
    Rubric,
    key="safe_campus",
    label="平安校园标准",
    source="中小学幼儿园安全防范工作规范和各地平安校园标准的常见要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """A school by who answers for its safety, what stands at its gate, what was found and mended."""

    duty = area("责任落实", 25)
    letters = duty.ratio("安全责任书签订率", 8, target=100, start=80, unit="%")
    double = duty.yes("党政同责、一岗双责清单公开", 8)
    meetings = duty.bands("每学期安全工作专题会", 9, {0: 0, 2: 5, 4: 9}, unit="次", proof="会议记录")

    guard = area("人防物防技防", 25)
    guards = guard.yes("专职保安按标准配备", 9)
    closed = guard.yes("封闭管理、硬质防冲撞设施", 8)
    linked = guard.yes("一键报警、视频监控联网", 8)

    risk = area("风险与隐患", 25)
    rated = risk.yes("风险分级管控台账齐全", 10)
    mended = risk.ratio("隐患按期整改率", 15, target=100, start=80, unit="%")

    taught = area("教育与演练", 25)
    lessons = taught.ratio("安全教育课开足比例", 8, target=100, start=60, unit="%")
    drills = taught.bands("每学期应急演练", 9, {0: 0, 2: 5, 4: 9}, unit="次")
    food = taught.yes("食品、校车、防溺水、防欺凌专项制度齐全", 8)

    late = deduct("迟报、漏报安全信息", each=2, most=10)
    hurt = flag("发生一般安全责任事故", down=1)
    barred = veto("评先资格受限", barred="评优评先")

    grades = (
        Grade("model", "平安校园示范校", Decimal(95)),
        Grade("named", "平安校园", Decimal(85)),
        Grade("none", "未达标", Decimal(0)),
    )
    passing = "named"
    judges = 2


class SafeCampuses(Titles, key="safe_campuses", label="平安校园名单", answers="M32.6", subject="school"):
    """One school, for three years."""

    valid, warn = months(36), months(3)


class SafetyVetoes(Register, key="safety_vetoes", label="安全责任事故否决名单", answers="M32.6", subject="school"):
    """One school that answers for a grave accident: no title for a year."""

    kind = choice("事故类别", options={"grave": "重大安全责任事故", "hidden": "瞒报、谎报事故"})
    found_on = day("认定日期")
    finding_no = line("认定文号")

    since, valid = found_on, months(12)
    bars = ("评优评先",)


class SafeCampusNaming(
    Recognition, key="safe_campus_naming", label="平安校园创建", answers="M32.6", duties=("平安校园",), subject="school"
):
    """One school."""

    rubric, names = SafeCampus, SafeCampuses


class SafeCampusRecheck(
    Recheck, key="safe_campus_recheck", label="平安校园复核", answers="M32.6", duties=("平安校园",), subject="school"
):
    """One school that bears the title, every year."""

    rubric, names = SafeCampus, SafeCampuses
    every = Every(12, "entry", month=12)


class SafetyVeto(
    Procedure, key="safety_veto", label="安全责任事故否决", answers="M32.6", duties=("平安校园",), subject="school"
):
    """What an inquiry found, told to the school before it counts."""

    kind, found_on, finding_no = SafetyVetoes.kind, SafetyVetoes.found_on, SafetyVetoes.finding_no
    report = paper("调查认定文件")
    said = words("学校陈述")
    why_not = words("不予否决的理由")

    hearing = Clock("听取陈述期限", workdays(5), doubt="产品默认值，须由该局确认")

    proposed = Begin("拟否决", hearing, by=(HOST, COUNTY), asks=[kind, found_on, finding_no, report], opens="提出")
    heard = State("待决定")
    entered = End("已否决")
    dropped = End("不予否决")

    answer = proposed.to(heard, "陈述", by=UNIT, needs=[said])
    silent = proposed.lapses(heard, "期满未陈述")
    enter = heard.to(entered, "决定否决", by=HOST, signed=[LEADER], enters=SafetyVetoes)
    drop = heard.to(dropped, "不予否决", by=HOST, needs=[why_not], signed=[LEADER])
