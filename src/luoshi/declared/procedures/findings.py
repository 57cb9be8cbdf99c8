"""问题整改台账 (M3.2): what supervision, inspection and audit found, from the measure to 销号 and the look back.

The ledger's own items that fell behind are mended in the room of 督办 (bureau/escalations), tied to their 督查事项 and the papers
they led to. Here are problems that others hand over, each a case of its own, whether or not an item of the plan speaks of it.
"""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, paper, unit, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import HANDLER, HOST, LEADER, OVERSIGHT
from luoshi.handling.terms import days, that_day, workdays


class Problem(Procedure, key="problem", label="问题整改", answers="M3.2", duties=("督查", "台账")):
    """One problem that was handed over: a measure, an owner and a day; three signatures strike it off, a look back may take it up."""

    source_of = choice(
        "问题来源", options={"supervision": "教育督导", "patrol": "巡察", "audit": "审计", "other": "其他检查"}
    )
    document = line("反馈文件", hint="文件标题和文号")
    found_on = day("反馈日期")
    number = line("问题序号", hint="反馈文件中的第几条")
    problem = words("问题")
    lasting = choice("整改类型", options={"now": "立行立改", "term": "限期整改", "standing": "长期坚持"})
    lead = unit("责任单位", schools=True)
    measure = words("整改措施")
    owner = line("责任人")
    leader_in_charge = line("分管局领导")
    due_on = day("整改时限", future=True)
    progress = words("进展", most=200)
    obstacle = words("需协调解决的问题", most=200)
    why_back = words("退回理由")
    result = words("整改结果")
    evidence = paper("佐证材料")
    why_elsewhere = words("不属本单位的理由")
    looked_on = day("回头看日期")
    looked = words("回头看情况")

    title, theme, handler = problem, source_of, lead
    same = (document, number)
    bounds = not_before(due_on, found_on)

    planning = Clock("制定措施期限", workdays(10), workdays(2), doubt="产品默认值，各地不同")
    mending = Clock(
        "整改时限", that_day(), workdays(5), due_on, extend=once(days(30), LEADER), doubt="延期天数为产品默认值"
    )

    handed = Begin(
        "待制定措施",
        planning,
        by=(OVERSIGHT, HOST),
        asks=[source_of, document, found_on, number, problem, lasting, lead],
        opens="登记问题",
    )
    planned = State("措施待核", planning)
    under_way = State("整改中", mending)
    looking = State("回头看中")
    struck = End("已销号")
    merged = End("已归并", decided=False)

    plan = handed.to(planned, "报整改措施", by=HANDLER, needs=[measure, owner, leader_in_charge, due_on])
    not_ours = handed.to(handed, "改由别的单位负责", by=(OVERSIGHT, HOST), needs=[lead, why_elsewhere])
    agree = planned.to(under_way, "同意措施", by=(OVERSIGHT, HOST), signed=[LEADER], apart=[plan])
    back = planned.to(handed, "退回修改", by=(OVERSIGHT, HOST), needs=[why_back])
    merge = handed.to(merged, "归并到同一问题", by=(OVERSIGHT, HOST), merges=True)
    report = under_way.to(under_way, "反馈进展", by=HANDLER, needs=[progress], may=[obstacle, evidence])
    strike = under_way.to(
        struck,
        "申请销号",
        by=HANDLER,
        needs=[result, evidence],
        signed=[HANDLER, LEADER, OVERSIGHT],
        source="科室、分管局领导、督查室依次签字后销号",
    )
    look = struck.reopens(looking, "回头看", by=OVERSIGHT, needs=[looked_on])
    stayed = looking.to(struck, "未反弹", by=OVERSIGHT, needs=[looked], apart=[strike])
    again = looking.to(under_way, "反弹，重新整改", by=OVERSIGHT, needs=[looked, due_on])
