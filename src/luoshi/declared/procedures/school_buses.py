"""校车 (M32.5): 校车安全管理条例 (国务院令第617号) art. 15, 21, 23: licence, drivers, and an inspection each six months."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, count, day, line, paper, when, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import COUNTY, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import months, workdays

_DUTIES = ("安全", "校车")
_PLATE = line("车牌号")


class BusLicence(Register, key="bus_licences", label="校车使用许可台账", answers="M32.5", subject="school"):
    """One bus that may carry pupils, with its route and the last day of its licence."""

    plate = _PLATE
    route = words("行驶线路、停靠站点")
    seats = count("核载人数", least=5, most=60)
    driver = line("驾驶人", private=True)
    licensed_until = day("许可有效期至", future=True)

    title, same, until, warn = plate, (plate,), licensed_until, months(1)


class BusInspection(Register, key="bus_inspections", label="校车检验台账", answers="M32.5", subject="school"):
    """The last technical inspection of one bus: it holds six months."""

    plate = _PLATE
    inspected_on = day("检验日期")

    title, same = plate, (plate,)
    valid, warn = months(6), months(1)


class BusLicensing(
    Procedure, key="bus_licensing", label="校车使用许可", answers="M32.5", duties=_DUTIES, subject="school"
):
    """A school asks, the county's bureau consults police and transport within 3 working days, they answer in 3, it reports in 5."""

    matter = choice("事项", options={"new": "新申请", "renew": "延续、变更", "stop": "停用"})
    driver_age = count(
        "驾驶人年龄", least=25, most=60, because="校车驾驶人须年满25周岁、不超过60周岁（条例第二十三条）"
    )
    driver_years = count("驾驶人驾龄（年）", least=3, most=50, because="须取得相应准驾车型3年以上（条例第二十三条）")
    driver_clean = choice(
        "驾驶人记录",
        options={"clean": "无致人死亡、重伤的责任事故等"},
        hint="有致人死亡或者重伤责任事故等情形的，不得驾驶校车（条例第二十三条）",
    )
    papers = paper("申请材料")
    asked_on = day("征求意见日期")
    police = choice("公安意见", options={"yes": "同意", "no": "不同意"})
    transport = choice("交通运输意见", options={"yes": "同意", "no": "不同意"})
    replied_on = day("回复日期")
    opinion = paper("教育局审查意见")
    decision = paper("县级人民政府决定")
    why_not = words("不予许可的理由")
    stop_why = words("停用的理由")

    title, theme, same = BusLicence.plate, matter, (BusLicence.plate, matter)
    bounds = not_before(replied_on, asked_on)

    asking = Clock("征求意见期限", workdays(3), workdays(1), source="校车安全管理条例第十五条")
    replying = Clock("回复期限", workdays(3), workdays(1), asked_on, source="校车安全管理条例第十五条")
    reporting = Clock("提出审查意见期限", workdays(5), workdays(1), replied_on, source="校车安全管理条例第十五条")

    applied = Begin(
        "已申请",
        asking,
        by=UNIT,
        asks=[
            matter,
            BusLicence.plate,
            when(matter.is_("new", "renew"), BusLicence.route, BusLicence.seats, BusLicence.driver),
            when(matter.is_("new", "renew"), driver_age, driver_years, driver_clean, papers),
        ],
        opens="申请校车使用许可",
    )
    consulting = State("征求意见中", replying)
    replied = State("审查中", reporting)
    reported = State("已报政府")
    licensed = End("已许可")
    renewed = End("已延续")
    refused = End("不予许可")
    stopped = End("已停用")

    consult = applied.to(
        consulting, "送公安、交通征求意见", by=COUNTY, when=matter.is_("new", "renew"), needs=[asked_on]
    )
    reply = consulting.to(replied, "收到意见", by=COUNTY, needs=[police, transport, replied_on])
    report = replied.to(reported, "提出审查意见报政府", by=COUNTY, needs=[opinion])
    grant = reported.to(
        licensed,
        "登记许可",
        by=COUNTY,
        when=matter.is_("new"),
        needs=[decision, BusLicence.licensed_until],
        enters=BusLicence,
    )
    extend = reported.to(
        renewed,
        "登记延续",
        by=COUNTY,
        when=matter.is_("renew"),
        needs=[decision, BusLicence.licensed_until],
        renews=BusLicence,
    )
    refuse = reported.to(refused, "登记不予许可", by=COUNTY, needs=[decision, why_not])
    stop = applied.to(stopped, "停用并注销", by=COUNTY, when=matter.is_("stop"), needs=[stop_why], withdraws=BusLicence)


class BusInspecting(
    Procedure, key="bus_inspecting", label="校车检验登记", answers="M32.5", duties=_DUTIES, subject="school"
):
    """A bus was inspected: its entry holds six months from that; one that failed carries nobody until it passes."""

    result = choice("检验结果", options={"pass": "合格", "fail": "不合格"})
    proof = paper("检验证明")
    mended = words("整改情况")

    title, theme, same = BusInspection.plate, result, (BusInspection.plate,)

    told = Begin(
        "待核",
        by=UNIT,
        asks=[BusInspection.plate, BusInspection.inspected_on, result, proof],
        opens="登记校车检验",
    )
    halted = State("不合格，停驶")
    entered = End("已列入")
    renewed = End("已更新")
    gone = End("已移出")

    enter = told.to(entered, "列入台账", by=COUNTY, when=result.is_("pass"), enters=BusInspection)
    renew = told.to(renewed, "更新台账", by=COUNTY, when=result.is_("pass"), renews=BusInspection)
    halt = told.to(halted, "停驶", by=COUNTY, when=result.is_("fail"))
    again = halted.to(told, "重新检验", by=UNIT, needs=[mended, BusInspection.inspected_on, result, proof])
    remove = halted.to(gone, "不再使用", by=COUNTY, withdraws=BusInspection)
