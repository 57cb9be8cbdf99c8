"""研学实践 (M5.4): 教基一〔2016〕8号: each trip is filed before it goes, approved or returned, and closed with what happened; bases are listed."""

from luoshi.handling.bounds import not_before, not_over
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, when, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import COUNTY, HOST, LEADER, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import months, workdays


class StudyBases(Register, key="study_bases", label="研学实践基地名单", answers="M5.4", subject="county"):
    """One recognised base, for three years."""

    base = line("基地名称")
    address = line("地址")
    level = choice("级别", options={"county": "县级", "city": "市级", "province": "省级及以上"})

    title, valid, warn = base, months(36), months(3)
    public = (base, address, level)
    same = (base,)


class StudyBase(Procedure, key="study_base", label="研学实践基地认定", answers="M5.4", duties=("实践教育基地", "德育")):
    """A base from its application over the visit to the list."""

    base, address, level = StudyBases.base, StudyBases.address, StudyBases.level
    kind = choice("申请类别", options={"first": "首次认定", "renewal": "续期"})
    application = paper("申报材料")
    courses = number("课程数", least=1, most=200)
    visited_on = day("实地考察日期")
    experts = number("考察人数", least=3, most=30, because="实地考察不少于3人")
    finding = words("考察意见")
    document = line("公布文号")
    why_not = words("不予认定的理由")

    title, theme = base, level
    same = (base,)

    looking = Clock("考察期限", workdays(30), workdays(5), doubt="产品默认值")

    applied = Begin(
        "已申报", looking, by=(COUNTY, HOST), asks=[base, address, level, kind, application, courses], opens="申报基地"
    )
    visited = State("已考察", looking)
    listed = End("已认定")
    renewed = End("已续期")
    refused = End("不予认定")

    visit = applied.to(visited, "实地考察", by=HOST, needs=[visited_on, experts, finding])
    list_it = visited.to(
        listed, "认定公布", by=HOST, needs=[document], signed=[LEADER], when=kind.is_("first"), enters=StudyBases
    )
    renew = visited.to(
        renewed, "续期公布", by=HOST, needs=[document], signed=[LEADER], when=kind.is_("renewal"), renews=StudyBases
    )
    refuse = visited.to(refused, "不予认定", by=HOST, needs=[why_not]).also(applied)


class StudyTrip(
    Procedure, key="study_trip", label="研学旅行备案", answers="M5.4", duties=("实践教育基地", "德育"), subject="school"
):
    """One trip of one school: no pupil stays behind for want of money, and what happened is told afterwards."""

    name = line("活动名称")
    base = line("目的地或基地")
    grade = line("年级")
    pupils = number("学生人数", least=1, most=5000)
    teachers = number("带队教师人数", least=1, most=500)
    leaves_on = day("出发日期", future=True)
    back_on = day("返回日期", future=True)
    agency = line("承办单位", hint="学校自行组织的写“自行组织”")
    transport = choice("交通方式", options={"bus": "客运包车", "train": "火车", "walk": "步行", "other": "其他"})
    licence = line("车辆营运资质编号")
    insurance = paper("保险单")
    fee = number("每人收费（元）", least=0, most=5000)
    waived = number("减免学生数", least=0, most=5000)
    emergency = paper("应急预案")
    consent = paper("告家长书")
    missing = words("退回补正的内容")
    opinion = words("审批意见", most=200)
    went = number("实际参加学生数", least=0, most=5000)
    incident = choice("安全事件", options={"no": "没有", "yes": "有"})
    what_happened = words("事件经过和处理")
    summary = words("活动总结", most=1000)
    why_cancelled = words("取消原因")

    title, theme, weight = name, transport, pupils
    same = (name, leaves_on)
    bounds = not_before(back_on, leaves_on) + not_over(waived, pupils)

    approving = Clock("审批期限", workdays(7), workdays(2), doubt="产品默认值")
    closing = Clock("报总结期限", workdays(10), workdays(2), back_on, doubt="产品默认值")

    filed = Begin(
        "已报备",
        approving,
        by=(UNIT, COUNTY),
        asks=[
            name,
            base,
            grade,
            pupils,
            teachers,
            leaves_on,
            back_on,
            agency,
            transport,
            when(transport.is_("bus"), licence),
            insurance,
            fee,
            waived,
            emergency,
            consent,
        ],
        opens="报备研学旅行",
    )
    returned = State("退回补正")
    approved = State("已批准", closing)
    closed = End("已总结")
    cancelled = End("已取消", decided=False)

    supply = returned.to(filed, "补正后再报", by=UNIT, needs=[insurance, emergency])
    approve = filed.to(approved, "批准", by=COUNTY, needs=[opinion], signed=[COUNTY])
    give_back = filed.to(returned, "退回补正", by=COUNTY, needs=[missing])
    close = approved.to(
        closed, "报总结", by=UNIT, needs=[went, incident, summary, when(incident.is_("yes"), what_happened)]
    )
    cancel = filed.to(cancelled, "取消", by=(UNIT, COUNTY), needs=[why_cancelled]).also(returned, approved)
