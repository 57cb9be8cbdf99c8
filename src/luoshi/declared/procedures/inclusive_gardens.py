"""普惠性民办幼儿园认定 (M15.4): application, county's check, 公示, agreement; fees looked at each year; the list lapses unless renewed."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, words
from luoshi.handling.nouns import Begin, Clock, End, Every, State
from luoshi.handling.parts import COUNTY, HOST, LEADER, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import months, workdays


class InclusiveGardens(
    Register, key="inclusive_gardens", label="普惠性民办幼儿园名单", answers="M15.4", subject="school"
):
    """One private kindergarten whose fees keep to a limit, recognised for three years; public on the county's site."""

    garden = line("幼儿园名称")
    fee_limit = number("保教费限价（元/月）", least=1, most=10_000)
    agreement_no = line("协议编号")

    title, valid, warn = garden, months(36), months(3)
    public = (garden, fee_limit)
    same = (garden,)


class InclusiveGarden(
    Procedure,
    key="inclusive_garden",
    label="普惠性民办园认定",
    answers="M15.4",
    duties=("普惠", "幼儿园", "学前教育"),
    subject="school",
):
    """First recognition or renewal; nobody objects within the days of 公示, and the agreement is signed."""

    garden, fee_limit, agreement_no = (
        InclusiveGardens.garden,
        InclusiveGardens.fee_limit,
        InclusiveGardens.agreement_no,
    )
    kind = choice("申请类别", options={"first": "首次认定", "renewal": "续期"})
    licence_no = line("办园许可证号")
    profit = choice("法人性质", options={"non_profit": "非营利性", "profit": "营利性"})
    fee = number("现行保教费（元/月）", least=0, most=20_000)
    children = number("在园幼儿数", least=0, most=3000)
    grade = line("办园等级")
    application = paper("申请表")
    missing = words("补正内容")
    checked_on = day("核查日期")
    checkers = number("核查人数", least=2, most=20, because="现场核查不少于2人")
    findings = words("核查情况")
    posted = line("公示位置", hint="网页地址或张贴地点")
    objection = words("异议内容")
    looked_into = words("异议核实情况")
    agreement = paper("普惠性民办园协议")
    why_not = words("不予认定的理由")

    title, theme, weight = garden, kind, children
    same = (garden,)

    checking = Clock("核查期限", workdays(20), workdays(3), doubt="产品默认值，各县不同")
    posting = Clock("公示期", workdays(5), doubt="公示天数各县不同")

    applied = Begin(
        "已申请",
        checking,
        by=(UNIT, COUNTY),
        asks=[garden, kind, licence_no, profit, fee, children, grade, application],
        opens="申请认定",
    )
    returned = State("待补正")
    checked = State("待公示")
    open_to_all = State("公示中", posting)
    disputed = State("异议核实中", checking)
    clear = State("公示无异议，待签协议")
    recognised = End("已认定")
    renewed = End("已续期")
    refused = End("不予认定")

    supply = returned.to(applied, "补正后再报", by=(UNIT, COUNTY), needs=[application, fee])
    check = applied.to(
        checked, "核查合格", by=COUNTY, needs=[checked_on, checkers, findings], when=profit.is_("non_profit")
    )
    give_back = applied.to(returned, "退回补正", by=COUNTY, needs=[missing])
    refuse = applied.to(refused, "不予认定", by=COUNTY, needs=[why_not], signed=[LEADER]).also(disputed)
    post = checked.to(open_to_all, "公示", by=COUNTY, needs=[posted])
    object_to = open_to_all.to(disputed, "收到异议", by=COUNTY, needs=[objection])
    clear_up = disputed.to(open_to_all, "异议不成立，重新公示", by=COUNTY, needs=[looked_into], apart=[check])
    unopposed = open_to_all.lapses(clear, "公示期满无异议")
    recognise = clear.to(
        recognised,
        "签订协议并认定",
        by=COUNTY,
        needs=[agreement, agreement_no, fee_limit],
        signed=[LEADER],
        when=kind.is_("first"),
        enters=InclusiveGardens,
    )
    renew = clear.to(
        renewed,
        "签订协议并续期",
        by=COUNTY,
        needs=[agreement, agreement_no, fee_limit],
        signed=[LEADER],
        when=kind.is_("renewal"),
        renews=InclusiveGardens,
    )


class InclusiveFees(
    Procedure,
    key="inclusive_fees",
    label="普惠性民办园年度收费检查",
    answers="M15.4",
    duties=("普惠", "幼儿园", "学前教育"),
    subject="school",
):
    """The yearly look at what a recognised kindergarten charges; what is charged over the limit is paid back, or recognition ends."""

    checked_on = day("检查日期")
    fee = number("实收保教费（元/月）", least=0, most=20_000)
    others = words("其他收费项目", hint="没有写“无”")
    verdict = choice("检查结论", options={"kept": "符合限价", "over": "超过限价", "bound": "强制收取其他费用"})
    proof = paper("收费凭证或公示照片")
    repaid = number("退还金额（元）", least=0)
    repaid_on = day("退还日期")
    repayment = paper("退费凭证")
    statement = words("陈述申辩")
    why_withdrawn = words("撤销认定的理由")
    decision_no = line("撤销决定文号")

    title, theme = verdict, verdict
    bounds = not_before(repaid_on, checked_on)
    every = Every(12, "school", 1)

    checking = Clock("年度检查期限", months(6), workdays(20), doubt="每年上半年查上一年，产品默认值")
    repaying = Clock("退费期限", workdays(15), workdays(3), doubt="产品默认值")

    due = Begin("待检查", checking, by=(COUNTY, HOST), opens="收费检查", of=InclusiveGardens, timed=True)
    overcharged = State("超收，限期退还", repaying)
    checked = End("检查合格")
    mended = End("已退还")
    withdrawn = End("已撤销认定")

    pass_it = due.to(checked, "符合限价", by=COUNTY, needs=[checked_on, fee, others, verdict], when=verdict.is_("kept"))
    find = due.to(
        overcharged,
        "发现超收",
        by=COUNTY,
        needs=[checked_on, fee, others, verdict, proof],
        when=verdict.is_("over", "bound"),
    )
    hear = overcharged.to(overcharged, "听取陈述申辩", by=(COUNTY, UNIT), needs=[statement])
    mend = overcharged.to(mended, "核实已退还", by=COUNTY, needs=[repaid, repaid_on, repayment], apart=[find])
    withdraw = overcharged.to(
        withdrawn,
        "撤销认定",
        by=COUNTY,
        needs=[statement, why_withdrawn, decision_no],
        signed=[LEADER],
        withdraws=InclusiveGardens,
    )
