"""教育乱收费治理 (M29.6): a complaint or a finding of the spring and autumn checks, until every yuan is paid back and proved."""

from luoshi.handling.bounds import not_before, not_over
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, unit, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import CITIZEN, HANDLER, HOST, LEADER, OVERSIGHT
from luoshi.handling.terms import days, that_day, workdays


class FeeCase(
    Procedure, key="fee_case", label="教育乱收费", answers="M29.6", duties=("收费", "收费标准"), guarded="person"
):
    """One school's charge without a basis; what was taken is paid back, and whoever took it again is known."""

    source_of = choice(
        "来源", options={"complaint": "投诉举报", "spring": "春季检查", "autumn": "秋季检查", "superior": "上级交办"}
    )
    who = line("反映人", private=True)
    found_on = day("收到或发现日期")
    school_unit = unit("被反映学校", schools=True)
    charge = choice(
        "收费类型",
        options={
            "service": "服务性收费和代收费", "choose": "择校费、赞助费", "lesson": "补课费", "material": "教辅材料", "meal": "伙食费",
            "uniform": "校服", "other": "其他",
        },
    )  # fmt: skip
    matter = words("反映内容", private=True)
    posted = choice("是否公示收费", options={"yes": "已公示", "no": "未公示"})
    handler_unit = unit("办理单位")
    verdict = choice("核查结论", options={"true": "违规", "untrue": "不违规"})
    checkers = number("核查人数", least=2, most=20, because="核查不少于2人")
    facts = words("核查情况")
    pupils = number("涉及学生数", least=1, most=100_000)
    amount = number("违规金额（元）", least=0)
    due_on = day("退还时限", future=True)
    order_no = line("责令退还通知书文号")
    refunded = number("已退金额（元）", least=0)
    refund = paper("退费凭证", private=True)
    why_short = words("未能全部退还的原因和去向", hint="依法无法退还的按规定上缴；没有写“无”")
    punished = words("对责任人的处理", hint="不写姓名")
    answer = words("答复反映人")

    title, theme, handler, accuses = charge, charge, handler_unit, school_unit
    weight = pupils
    same = (school_unit, charge)
    bounds = not_before(due_on, found_on) + not_over(refunded, amount)

    checking = Clock(
        "核查期限", workdays(15), workdays(3), found_on, extend=once(workdays(10), LEADER), doubt="产品默认值"
    )
    paying = Clock(
        "退还时限", that_day(), workdays(5), due_on, extend=once(days(15), LEADER), doubt="延期天数为产品默认值"
    )

    told = Begin(
        "已登记",
        checking,
        by=(HOST, CITIZEN),
        asks=[source_of, found_on, school_unit, charge, matter, when(source_of.is_("complaint"), who)],
        may=[posted],
        opens="登记乱收费",
    )
    given = State("核查中", checking)
    ordered = State("退还中", paying)
    paid = State("待核实退还")
    untrue = End("不违规，已答复")
    closed = End("已退还，已处理")
    merged = End("已归并", decided=False)

    give = told.to(given, "交办核查", by=HOST, needs=[handler_unit])
    dismiss = given.to(
        untrue,
        "不违规，答复",
        by=HANDLER,
        needs=[verdict, checkers, facts, answer],
        signed=[HOST],
        when=verdict.is_("untrue"),
    )
    order = given.to(
        ordered,
        "责令退还",
        by=HANDLER,
        needs=[verdict, checkers, facts, pupils, amount, order_no, due_on],
        signed=[LEADER],
        when=verdict.is_("true"),
    )
    merge = told.to(merged, "归并到同一问题", by=HOST, merges=True).also(given)
    pay = ordered.to(paid, "报退还情况", by=HANDLER, needs=[refunded, refund, why_short])
    close = paid.to(closed, "核实退还，办结", by=HOST, needs=[punished, answer], signed=[LEADER], apart=[pay])
    back = paid.to(ordered, "未退清，继续退还", by=HOST, needs=[facts, due_on], apart=[pay])
    reopen = closed.reopens(given, "再次发生，重新核查", by=(HOST, OVERSIGHT), needs=[found_on, matter])
