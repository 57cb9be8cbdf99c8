"""进校园事项审批备案 (M28.1): what is wanted from schools is filed in winter, merged, cut, published as one list, and nothing else comes.

中办国办 2019 减负意见. Forms with cells are filed in the room 报表清单 (bureau/forms), which knows each cell that is held already; here
is everything else that reaches a school. The cap, overlaps and a school's load are counted by checking/burdens.
"""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, when, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import HOST, LEADER, SPONSOR
from luoshi.handling.registers import Register
from luoshi.handling.terms import months, workdays


class CampusItems(Register, key="campus_items", label="进校园事项清单", answers="M28.1"):
    """One item that may reach schools, by its filing number, until its last day."""

    item = line("事项名称")
    kind = choice(
        "事项类型",
        options={
            "supervision": "督查", "inspection": "检查", "award": "评比达标表彰", "assessment": "考核", "campus": "社会事务进校园",
            "borrowing": "抽调教师", "app": "APP、工作群",
        },
    )  # fmt: skip
    sponsor_unit = line("申报单位")
    objects = words("涉及学校", hint="写明学校范围和所数")
    begins_on = day("开始日期", future=True)
    ends_on = day("结束日期", future=True)
    filing_no = line("备案号", hint="转发上级事项的填上级备案号")

    title, until, warn = item, ends_on, workdays(10)
    public = (item, kind, sponsor_unit, objects, begins_on, ends_on, filing_no)
    same = (item, sponsor_unit)


class CampusItem(
    Procedure, key="campus_item", label="进校园事项审批备案", answers="M28.1", duties=("社会事务进校园", "白名单")
):
    """One inspection, activity or borrowing: 申报、初审、归并删减、党组会、报批、公布；临时事项一事一批；应急先行，三个工作日内补备案."""

    item, kind, sponsor_unit = CampusItems.item, CampusItems.kind, CampusItems.sponsor_unit
    objects, begins_on, ends_on = CampusItems.objects, CampusItems.begins_on, CampusItems.ends_on
    filing_no = CampusItems.filing_no
    route = choice(
        "申报方式",
        options={
            "annual": "列入年度计划",
            "single": "临时事项，一事一批",
            "upper": "转发上级已备案事项",
            "emergency": "应急先行",
        },
    )
    sponsor_kind = choice("申报单位类型", options={"bureau": "教育部门", "other": "其他部门"})
    whole = choice("是否综合性督查检查", options={"yes": "是", "no": "否"}, hint="原则上每个部门每年一次综合性督查检查")
    consent = paper("商教育部门的意见", hint="其他部门的事项须先商教育部门")
    basis = line("依据", hint="文件标题和文号")
    site_days = number("每校现场天数", least=0, most=60)
    materials = words("要学校准备的材料", hint="没有写“无”；已有的不再要")
    teachers = number("抽调教师人数", least=1, most=1000)
    teacher_days = number("每人抽调天数", least=1, most=365)
    acted_on = day("先行开展的日期")
    urgency = words("应急情形", hint="疫情、安全事故等")
    missing = words("退回补正的内容")
    opinion = words("初审意见", most=200)
    why_cut = words("删减、不批的理由")
    minutes = line("党组会纪要号")
    met_on = day("党组会日期")
    approval = paper("批准文件")
    summary = words("总结", most=1000)
    visited = number("实际到校次数", least=0, most=100_000)
    why_cancelled = words("取消原因")

    title, theme = item, kind
    same = (item, objects)
    bounds = not_before(ends_on, begins_on)

    reviewing = Clock("初审期限", workdays(10), workdays(3), doubt="产品默认值，各地不同")
    filing = Clock(
        "补备案期限", workdays(3), workdays(1), acted_on, doubt="先行开展后3个工作日内补备案，须核对本地规定"
    )
    summing = Clock("总结期限", months(1), workdays(5), ends_on, doubt="产品默认值")

    filed = Begin(
        "已申报",
        reviewing,
        by=(SPONSOR, HOST),
        asks=[
            item,
            kind,
            route,
            sponsor_unit,
            sponsor_kind,
            when(sponsor_kind.is_("other"), consent),
            basis,
            objects,
            begins_on,
            ends_on,
            site_days,
            materials,
            when(kind.is_("supervision", "inspection"), whole),
            when(kind.is_("borrowing"), teachers, teacher_days),
        ],
        opens="申报事项",
    )
    returned = State("退回补正")
    acting = State("先行开展，待补备案", filing)
    checked = State("已初审")
    agreed = State("待报批")
    running = State("已公布，执行中", summing, in_force=True)
    done = End("已总结")
    refused = End("未批准")
    cut = End("已删减")
    merged = End("已归并", decided=False)
    cancelled = End("已取消", decided=False)

    supply = returned.to(filed, "补正后再报", by=(SPONSOR, HOST), needs=[materials])
    drop = returned.to(cancelled, "撤回申报", by=(SPONSOR, HOST), needs=[why_cancelled])
    check = filed.to(checked, "初审通过", by=HOST, needs=[opinion], when=route.is_("annual", "single"))
    begin_at_once = filed.to(
        acting, "应急先行开展", by=(SPONSOR, HOST), needs=[acted_on, urgency], when=route.is_("emergency")
    )
    file_after = acting.to(agreed, "补报备案", by=(SPONSOR, HOST), needs=[opinion])
    pass_on = filed.to(running, "转发并公布", by=HOST, needs=[filing_no], when=route.is_("upper"), enters=CampusItems)
    give_back = filed.to(returned, "退回补正", by=HOST, needs=[missing])
    council = checked.to(agreed, "局党组会通过", by=HOST, needs=[minutes, met_on], when=route.is_("annual"))
    single = checked.to(agreed, "分管局领导同意", by=HOST, signed=[LEADER], when=route.is_("single"))
    strike = checked.to(cut, "删减", by=HOST, needs=[why_cut], signed=[LEADER])
    merge = filed.to(merged, "归并到同一事项", by=HOST, merges=True).also(checked)
    publish = agreed.to(
        running,
        "批准并公布",
        by=HOST,
        needs=[approval, filing_no],
        enters=CampusItems,
        source="报党委、政府督查部门审批后公布",
    )
    refuse = agreed.to(refused, "未获批准", by=HOST, needs=[why_cut])
    sum_up = running.to(done, "报总结", by=(SPONSOR, HOST), needs=[summary, visited])
    cancel = running.to(cancelled, "取消", by=HOST, needs=[why_cancelled], withdraws=CampusItems)
