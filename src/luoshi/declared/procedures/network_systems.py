"""网络安全等级保护 (M32.7): each system with its grade, filing and last test; a vulnerability is mended within its days and looked at again."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, paper, unit, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import HANDLER, HOST, LEADER, SPONSOR
from luoshi.handling.registers import Lasting, Register
from luoshi.handling.terms import days, months, workdays


class GradedSystems(Register, key="graded_systems", label="等级保护系统清单", answers="M32.7"):
    """One system whose test holds as long as its grade allows; told to nobody outside."""

    system = line("系统名称")
    grade = choice("等级", options={"two": "二级", "three": "三级"})
    filing_no = line("公安备案号")
    tested_on = day("测评日期")

    title, since, warn = system, tested_on, months(2)
    lasting = Lasting(grade, {"two": months(24), "three": months(12)})
    same = (system,)


class GradedSystem(
    Procedure, key="graded_system", label="等级保护定级测评", answers="M32.7", duties=("网络", "信息化")
):
    """A system from its grading over the police filing to its test, and each test after it."""

    system, grade = GradedSystems.system, GradedSystems.grade
    filing_no, tested_on = GradedSystems.filing_no, GradedSystems.tested_on
    kind = choice("类别", options={"first": "首次定级", "again": "复测"})
    owner_unit = unit("运营单位", schools=True)
    contact = line("安全责任人", private=True)
    phone = line("应急联系电话", private=True)
    report = paper("定级报告")
    test_report = paper("测评报告")
    verdict = choice("测评结论", options={"pass": "符合或基本符合", "fail": "不符合"})
    gaps = words("需整改的问题")

    title, theme, handler = system, grade, owner_unit
    same = (system,)

    filing = Clock("备案期限", days(30), workdays(5), source="信息安全等级保护管理办法第十五条：30日内备案")
    testing = Clock("测评期限", months(6), workdays(20), doubt="产品默认值")

    graded = Begin(
        "已定级",
        filing,
        by=(HOST, SPONSOR),
        asks=[system, grade, kind, owner_unit, contact, phone, report],
        opens="登记系统",
    )
    registered = State("待测评", testing)
    failed = State("测评不符合，整改中", testing)
    listed = End("已列入清单")
    renewed = End("已更新测评")

    register = graded.to(registered, "公安备案", by=HANDLER, needs=[filing_no])
    fail = registered.to(failed, "测评不符合", by=HANDLER, needs=[tested_on, test_report, gaps])
    mend = failed.to(registered, "整改完成，再测", by=HANDLER, needs=[gaps])
    list_it = registered.to(
        listed,
        "测评通过，列入清单",
        by=HANDLER,
        needs=[tested_on, test_report, verdict],
        signed=[HOST],
        when=kind.is_("first"),
        enters=GradedSystems,
    )
    renew = registered.to(
        renewed,
        "复测通过，更新清单",
        by=HANDLER,
        needs=[tested_on, test_report, verdict],
        signed=[HOST],
        when=kind.is_("again"),
        renews=GradedSystems,
    )


class Vulnerability(
    Procedure, key="vulnerability", label="网络安全隐患通报", answers="M32.7", duties=("网络", "信息化")
):
    """One notice: mended within the days its weight allows, reported, and tested by others."""

    notice_no = line("通报编号")
    told_on = day("收到通报日期")
    system = line("系统名称")
    weight_of = choice("级别", options={"grave": "高危", "middle": "中危", "low": "低危"})
    what = words("隐患情况", private=True)
    owner_unit = unit("整改单位", schools=True)
    cut_off = choice("是否已先行断网", options={"yes": "已断网", "no": "未断网"})
    measure = words("整改情况")
    report = paper("整改报告")
    tested_on = day("复测日期")
    finding = words("复测情况")

    title, theme, handler = system, weight_of, owner_unit
    same = (notice_no,)
    bounds = not_before(tested_on, told_on)

    urgent = Clock("高危整改期限", workdays(1), start=told_on, doubt="产品默认值，以通报要求为准")
    mending = Clock(
        "整改期限",
        workdays(10),
        workdays(2),
        told_on,
        extend=once(workdays(10), LEADER),
        doubt="产品默认值，以通报要求为准",
    )

    told = Begin(
        "已收到通报",
        by=(HOST, SPONSOR),
        asks=[notice_no, told_on, system, weight_of, what, owner_unit],
        opens="登记通报",
    )
    at_once = State("高危整改中", urgent)
    in_time = State("整改中", mending)
    mended = State("待复测")
    closed = End("已消除")

    hurry = told.to(at_once, "通知立即整改", by=HOST, needs=[cut_off], when=weight_of.is_("grave"))
    order = told.to(in_time, "通知限期整改", by=HOST, when=weight_of.is_("middle", "low"))
    mend = at_once.to(mended, "报整改情况", by=HANDLER, needs=[measure, report]).also(in_time)
    close = mended.to(closed, "复测通过，消除", by=HOST, needs=[tested_on, finding], signed=[LEADER], apart=[mend])
    fail = mended.to(at_once, "复测未通过", by=HOST, needs=[tested_on, finding], apart=[mend])
