"""无证园治理 (M15.7): every unlicensed kindergarten is licensed, merged or closed, and its children have a place."""

from luoshi.handling.bounds import not_before, not_over
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import COUNTY, HOST, LEADER, OVERSIGHT
from luoshi.handling.terms import days, that_day, workdays


class UnlicensedGarden(
    Procedure,
    key="unlicensed_garden",
    label="无证园治理",
    answers="M15.7",
    duties=("无证", "幼儿园", "学前教育"),
    subject="county",
):
    """One place where children are kept without a licence: 一园一案 until none is left, and looked at again for those that reopen."""

    garden = line("园所名称")
    address = line("地址")
    found_on = day("摸排日期")
    children = number("在园幼儿数", least=0, most=2000)
    staff = number("教职工数", least=0, most=500)
    hazard = choice("安全隐患", options={"grave": "重大隐患", "some": "一般隐患", "none": "未发现"})
    hazards = words("隐患情况")
    route = choice("治理方式", options={"license": "整改后发证", "merge": "并入其他园", "close": "取缔"})
    measure = words("治理措施")
    due_on = day("完成时限", future=True)
    progress = words("进展", most=200)
    stopped_on = day("停止办园日期")
    licence_no = line("办园许可证号")
    licence = paper("办园许可证")
    into_garden = line("并入的幼儿园")
    placed = number("已安置幼儿数", least=0, most=2000)
    placement = paper("幼儿安置名册", private=True)
    notice = paper("取缔决定书")
    looked_on = day("复查日期")
    looked = words("复查情况")

    title, theme, weight = garden, route, children
    same = (garden, address)
    bounds = not_before(due_on, found_on) + not_before(looked_on, found_on) + not_over(placed, children)

    planning = Clock("定案期限", workdays(10), workdays(2), doubt="产品默认值")
    mending = Clock(
        "完成时限", that_day(), workdays(10), due_on, extend=once(days(30), LEADER), doubt="延期天数为产品默认值"
    )

    listed = Begin(
        "已摸排",
        planning,
        by=(COUNTY, HOST),
        asks=[garden, address, found_on, children, staff, hazard, when(hazard.is_("grave", "some"), hazards)],
        opens="登记无证园",
    )
    halted = State("停办整改中", mending)
    under_way = State("治理中", mending)
    looking = State("复查中")
    licensed = End("已发证")
    merged = End("已并入")
    closed = End("已取缔")

    decide = listed.to(
        under_way, "定治理方式", by=COUNTY, needs=[route, measure, due_on], when=hazard.is_("some", "none")
    )
    halt = listed.to(
        halted, "立即停办并定治理方式", by=COUNTY, needs=[stopped_on, route, measure, due_on], when=hazard.is_("grave")
    )
    report = under_way.to(under_way, "反馈进展", by=COUNTY, needs=[progress]).also(halted)
    reroute = under_way.to(under_way, "改治理方式", by=COUNTY, needs=[route, measure], signed=[HOST])
    reroute_halted = halted.to(halted, "改治理方式", by=COUNTY, needs=[route, measure], signed=[HOST])
    license_it = under_way.to(
        licensed, "验收发证", by=COUNTY, needs=[licence_no, licence], when=route.is_("license"), signed=[HOST]
    ).also(halted)
    merge_it = under_way.to(
        merged, "并入完成", by=COUNTY, needs=[into_garden, placed, placement], when=route.is_("merge"), signed=[HOST]
    ).also(halted)
    close_it = under_way.to(
        closed, "取缔完成", by=COUNTY, needs=[notice, placed, placement], when=route.is_("close"), signed=[HOST]
    ).also(halted)
    look = closed.reopens(looking, "复查", by=(HOST, OVERSIGHT), needs=[looked_on]).also(merged)
    stayed_closed = looking.to(
        closed, "未反弹（已取缔）", by=(HOST, OVERSIGHT), needs=[looked], when=route.is_("close")
    )
    stayed_merged = looking.to(
        merged, "未反弹（已并入）", by=(HOST, OVERSIGHT), needs=[looked], when=route.is_("merge")
    )
    again = looking.to(
        under_way, "死灰复燃，重新治理", by=(HOST, OVERSIGHT), needs=[looked, children, route, measure, due_on]
    )
