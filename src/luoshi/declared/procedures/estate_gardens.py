"""小区配套园治理 (M15.6): 国办发〔2019〕3号; one file for each garden, which of the four gaps it has, and how it was closed."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import COUNTY, HOST, LEADER, OVERSIGHT
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, that_day, workdays


class EstateGardens(Register, key="estate_gardens", label="小区配套园", answers="M15.6", subject="county"):
    """One kindergarten of a residential estate that was handed over, and what it is run as."""

    estate = line("小区名称")
    garden = line("配套园名称")
    final_use = choice("最终用途", options={"public": "办成公办园", "inclusive": "委托办成普惠性民办园"})
    places = number("学位数", least=0, most=2000)

    title = garden
    public = (estate, garden, final_use, places)
    same = (estate, garden)


class EstateGarden(
    Procedure,
    key="estate_garden",
    label="小区配套园治理",
    answers="M15.6",
    duties=("配套幼儿园", "学前教育"),
    subject="county",
):
    """一园一案: planning, building, handover or use; a measure agreed with the departments, a day, a transfer paper."""

    estate, garden, final_use = EstateGardens.estate, EstateGardens.garden, EstateGardens.final_use
    places = EstateGardens.places
    gap = choice(
        "存在的问题",
        options={
            "planning": "规划不到位",
            "construction": "建设不到位",
            "handover": "移交不到位",
            "use": "使用不到位",
        },
    )
    further = words("其他问题", most=200)
    developer = line("开发建设单位")
    households = number("小区户数", least=0, most=100_000)
    measure = words("治理措施")
    housing = choice("住建部门", options={"agreed": "已会商同意", "asked": "已发函，未复"})
    land = choice("自然资源部门", options={"agreed": "已会商同意", "asked": "已发函，未复"})
    due_on = day("完成时限", future=True)
    progress = words("进展", most=200)
    obstacle = words("需协调解决的问题", most=200)
    plan_paper = paper("规划或建设补正材料")
    transfer = paper("移交协议或产权文件")
    done_on = day("完成日期")
    why_not = words("不属治理范围的理由")
    looked_on = day("复核日期")
    looked = words("复核情况")

    title, theme = garden, gap
    same = (estate, garden)
    bounds = not_before(looked_on, done_on)

    mending = Clock(
        "完成时限", that_day(), workdays(10), due_on, extend=once(days(60), LEADER), doubt="延期天数为产品默认值"
    )

    listed = Begin(
        "已建案",
        by=(COUNTY, HOST),
        asks=[estate, garden, gap, developer, households],
        may=[further],
        opens="建一园一案",
    )
    under_way = State("治理中", mending)
    looking = State("复核中")
    closed = End("已销号")
    outside = End("不属治理范围")

    agree = listed.to(under_way, "会商定措施", by=COUNTY, needs=[measure, housing, land, due_on])
    exclude = listed.to(outside, "不属治理范围", by=COUNTY, needs=[why_not], signed=[HOST])
    report = under_way.to(under_way, "反馈进展", by=COUNTY, needs=[progress], may=[obstacle])
    change = under_way.to(under_way, "改定措施", by=COUNTY, needs=[measure, housing, land], signed=[HOST])
    close = under_way.to(
        closed,
        "申请销号",
        by=COUNTY,
        needs=[
            done_on,
            final_use,
            places,
            when(gap.is_("planning", "construction"), plan_paper),
            when(gap.is_("handover", "use"), transfer),
        ],
        signed=[HOST, LEADER],
        enters=EstateGardens,
        source="国办发〔2019〕3号",
    )
    look = closed.reopens(looking, "复核", by=(HOST, OVERSIGHT), needs=[looked_on])
    stayed = looking.to(closed, "复核无反弹", by=(HOST, OVERSIGHT), needs=[looked], apart=[close])
    again = looking.to(
        under_way, "复核反弹，重新治理", by=(HOST, OVERSIGHT), needs=[looked, due_on], withdraws=EstateGardens
    )
