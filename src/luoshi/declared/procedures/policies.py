"""政策文件制发 (M9.2): from the draft over opinions, review of lawfulness and council to issue, explanation and filing."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, unit, when, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import HANDLER, HOST, LEADER, SPONSOR
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, months, that_day, workdays


class Policies(Register, key="policies", label="现行政策文件", answers="M9.2"):
    """One document in force, until the day it says; near its end it is kept, changed or dropped."""

    name = line("文件标题")
    document_no = line("文号")
    issued_on = day("印发日期")
    valid_until = day("有效期至", future=True)

    title, since, until, warn = name, issued_on, valid_until, months(6)
    public = (name, document_no, issued_on, valid_until)
    same = (name,)


class Policy(Procedure, key="policy", label="政策文件制发", answers="M9.2", duties=("规范性文件", "行政审批", "公文")):
    """One document; returned from review and from council as often as needed, and never issued without them."""

    name, document_no, issued_on = Policies.name, Policies.document_no, Policies.issued_on
    valid_until = Policies.valid_until
    kind = choice("文件类型", options={"normative": "规范性文件", "other": "其他政策文件"})
    drafter = unit("起草单位")
    basis = line("起草依据", hint="上级文件、会议纪要或工作要点第几条")
    due_on = day("计划出台日期", future=True)
    draft = paper("送审稿")
    asked_of = words("征求意见的单位和范围")
    opinions = paper("意见采纳情况表")
    market = choice("是否涉及市场主体经济活动", options={"yes": "涉及", "no": "不涉及"})
    fair = paper("公平竞争审查表")
    lawful = paper("合法性审查意见")
    why_back = words("退回修改的意见")
    council = choice("审议会议", options={"party": "局党组会", "office": "局长办公会"})
    minutes = line("会议纪要号")
    met_on = day("审议日期")
    explained = line("解读发布位置", hint="网页地址或刊期")
    filed_no = line("备案登记号")
    copies = number("报备份数", least=1, most=20)
    why_stopped = words("终止原因")

    title, theme, handler = name, kind, drafter
    bounds = not_before(valid_until, issued_on)

    drafting = Clock("计划出台日期", that_day(), workdays(20), due_on)
    asking = Clock("征求意见期限", workdays(7), workdays(2), doubt="公开征求意见一般不少于7个工作日，须核对本地规定")
    reviewing = Clock(
        "合法性审查期限", workdays(15), workdays(3), source="国办发〔2018〕115号：一般不少于5个、最长不超过15个工作日"
    )
    explaining = Clock("解读期限", workdays(3), workdays(1), issued_on, source="国办发〔2016〕80号：公开后3个工作日内")
    filing = Clock("备案期限", days(30), workdays(5), issued_on, doubt="须核对本省规范性文件备案规定")

    planned = Begin(
        "起草中",
        drafting,
        by=(HOST, SPONSOR),
        asks=[name, kind, drafter, basis, due_on],
        opens="列入制发计划",
    )
    consulted = State("征求意见中", asking)
    ready = State("待送审", drafting)
    in_review = State("合法性审查中", reviewing)
    cleared = State("待集体审议", drafting)
    passed = State("待印发", drafting)
    issued = State("已印发，待解读", explaining, in_force=True)
    told = State("已解读，待备案", filing)
    complete = End("已办结")
    stopped = End("已终止", decided=False)

    consult = planned.to(consulted, "征求意见", by=HANDLER, needs=[draft, asked_of])
    gather = consulted.to(ready, "汇总采纳意见", by=HANDLER, needs=[opinions])
    submit = ready.to(in_review, "送合法性审查", by=HANDLER, needs=[draft, market])
    review = in_review.to(
        cleared, "审查通过", by=HOST, needs=[lawful, when(market.is_("yes"), fair)], apart=[consult, submit]
    )
    unlawful = in_review.to(ready, "退回修改", by=HOST, needs=[why_back], apart=[submit])
    decide = cleared.to(passed, "集体审议通过", by=HOST, needs=[council, minutes, met_on])
    not_yet = cleared.to(ready, "审议后修改", by=HOST, needs=[minutes, why_back])
    consult_again = ready.to(consulted, "重新征求意见", by=HANDLER, needs=[asked_of])
    issue = passed.to(
        issued, "印发", by=HOST, needs=[document_no, issued_on, valid_until], signed=[LEADER], enters=Policies
    )
    explain = issued.to(told, "发布解读", by=HANDLER, needs=[explained])
    file = told.to(complete, "报送备案", by=HOST, needs=[filed_no, copies], when=kind.is_("normative"))
    no_filing = told.to(complete, "无需备案，办结", by=HOST, when=kind.is_("other"))
    stop = planned.to(stopped, "终止", by=HOST, needs=[why_stopped], signed=[LEADER]).also(ready, cleared)
