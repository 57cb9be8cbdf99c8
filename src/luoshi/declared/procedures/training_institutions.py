"""校外培训机构治理 (M8.4): 国办发〔2018〕80号: licences, complaints and refunds, joint inspections, a white and a black list."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, unit, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import CITIZEN, COUNTY, HANDLER, HOST, LEADER
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, months, that_day, workdays

_PLATFORM = "全国校外培训机构管理服务平台"


class TrainingLicences(Register, key="training_licences", label="校外培训机构白名单", answers="M8.4", subject="county"):
    """One licensed institution, until its licence expires."""

    institution = line("机构名称")
    address = line("办学地址")
    licence_no = line("办学许可证号")
    until = day("许可证有效期至", future=True)

    title, warn = institution, months(3)
    public = (institution, address, licence_no, until)
    same = (licence_no,)


class TrainingBlacklist(
    Register, key="training_blacklist", label="校外培训机构黑名单", answers="M8.4", subject="county"
):
    """One institution that worked without a licence or did not mend what it was ordered to."""

    institution = line("机构名称")
    address = line("地址")
    reason = words("列入原因")
    decision_no = line("决定文号")

    title = institution
    public = (institution, address, reason)
    same = (institution, address)


class TrainingLicence(
    Procedure,
    key="training_licence",
    label="校外培训机构许可",
    answers="M8.4",
    duties=("校外培训", "培训机构"),
    subject="county",
    platform=_PLATFORM,
):
    """A licence from the application over the joint check to the white list; renewed before it ends."""

    institution, address = TrainingLicences.institution, TrainingLicences.address
    licence_no, until = TrainingLicences.licence_no, TrainingLicences.until
    kind = choice("申请类别", options={"first": "设立", "renewal": "延续"})
    area = number("生均面积（平方米）", least=0, most=1000)
    teachers = number("有教师资格的学科教师数", least=0, most=10_000)
    application = paper("申请材料")
    checked_on = day("联合核查日期")
    fire = choice("消防", options={"ok": "合格", "no": "不合格"})
    market = choice("市场监管部门意见", options={"ok": "同意", "no": "不同意"})
    finding = words("核查情况")
    why_not = words("不予许可的理由")

    title, theme = institution, kind
    same = (institution, address)

    deciding = Clock(
        "许可期限", workdays(20), workdays(3), extend=once(workdays(10), LEADER), source="行政许可法第四十二条"
    )

    applied = Begin(
        "已申请",
        deciding,
        by=(COUNTY, CITIZEN),
        asks=[institution, address, kind, area, teachers, application],
        opens="申请许可",
    )
    checked = State("已联合核查", deciding)
    granted = End("已许可")
    prolonged = End("已延续")
    refused = End("不予许可")

    check = applied.to(checked, "联合核查", by=COUNTY, needs=[checked_on, fire, market, finding])
    grant = checked.to(
        granted,
        "准予许可",
        by=COUNTY,
        needs=[licence_no, until],
        signed=[LEADER],
        when=kind.is_("first"),
        enters=TrainingLicences,
    )
    prolong = checked.to(
        prolonged,
        "准予延续",
        by=COUNTY,
        needs=[licence_no, until],
        signed=[LEADER],
        when=kind.is_("renewal"),
        renews=TrainingLicences,
    )
    refuse = checked.to(refused, "不予许可", by=COUNTY, needs=[why_not], signed=[LEADER]).also(applied)


class TrainingComplaint(
    Procedure,
    key="training_complaint",
    label="校外培训投诉与退费",
    answers="M8.4",
    duties=("校外培训", "培训机构"),
    platform=_PLATFORM,
    guarded="person",
):
    """One complaint: mediated, and where money was paid in advance, paid back or shown the way to court."""

    who = line("投诉人", private=True)
    contact = line("联系方式", private=True)
    institution = line("被投诉机构")
    topic = choice(
        "投诉内容",
        options={
            "refund": "退费", "prepaid": "一次收费超过3个月", "unlicensed": "无证办学", "content": "超标超前培训", "teacher": "教师资格",
            "time": "培训时间", "safety": "安全", "other": "其他",
        },
    )  # fmt: skip
    matter = words("投诉事项", private=True)
    prepaid_months = number("预收月数", least=0, most=60)
    claimed = number("要求退还金额（元）", least=0)
    county = unit("办理单位")
    result = choice(
        "办理结果",
        options={"repaid": "已退费", "mended": "已整改", "untrue": "不属实", "court": "调解不成，已告知诉讼途径"},
    )
    repaid = number("退还金额（元）", least=0)
    answer = words("答复")
    satisfied = choice("评价", options={"yes": "满意", "fair": "基本满意", "no": "不满意"})

    title, theme, handler = institution, topic, county
    same = (who, institution, topic)

    handling = Clock("办理期限", workdays(15), workdays(3), extend=once(workdays(15), LEADER), doubt="产品默认值")
    rating = Clock("评价期限", workdays(10), doubt="产品默认值")

    received = Begin(
        "已登记",
        handling,
        by=(HOST, COUNTY, CITIZEN),
        asks=[
            who,
            institution,
            topic,
            matter,
            when(topic.is_("refund"), claimed),
            when(topic.is_("refund", "prepaid"), prepaid_months),
        ],
        may=[contact],
        opens="登记投诉",
    )
    given = State("办理中", handling)
    answered = State("已答复", rating)
    closed = End("已办结")
    merged = End("已归并", decided=False)

    give = received.to(given, "交办", by=(HOST, COUNTY), needs=[county])
    reply = given.to(answered, "答复", by=HANDLER, needs=[result, answer, when(result.is_("repaid"), repaid)])
    merge = received.to(merged, "归并到同一投诉", by=(HOST, COUNTY), merges=True).also(given)
    rate = answered.to(closed, "评价", by=(CITIZEN, HOST), needs=[satisfied], when=satisfied.is_("yes", "fair"))
    again = answered.to(
        given, "不满意，重新办理", by=(CITIZEN, HOST), needs=[satisfied, matter], when=satisfied.is_("no")
    )
    unrated = answered.lapses(closed, "逾期未评价")


class TrainingInspection(
    Procedure,
    key="training_inspection",
    label="校外培训联合检查",
    answers="M8.4",
    duties=("校外培训", "培训机构"),
    subject="county",
    platform=_PLATFORM,
):
    """One visit with market, fire and civil affairs: an order with a day, mended or put on the black list."""

    institution, address = TrainingBlacklist.institution, TrainingBlacklist.address
    reason, decision_no = TrainingBlacklist.reason, TrainingBlacklist.decision_no
    visited_on = day("检查日期")
    officers = number("检查人数", least=2, most=30, because="行政检查不少于2人")
    partners = words("参加部门")
    licensed = choice("是否有证", options={"yes": "有证", "no": "无证"})
    problem = choice(
        "问题",
        options={
            "none": "未发现", "prepaid": "一次收费超过3个月", "fire": "消防安全", "content": "超标超前培训", "teacher": "教师资格",
            "unlicensed": "无证办学", "other": "其他",
        },
    )  # fmt: skip
    prepaid_months = number("预收月数", least=4, most=60, because="一次收费超过3个月的填预收月数，至少4个月")
    facts = words("检查情况")
    order_no = line("责令整改通知书文号")
    due_on = day("整改时限", future=True)
    mended = words("整改情况")
    mended_on = day("复查日期")

    title, theme = institution, problem
    same = (institution, address, visited_on)
    bounds = not_before(due_on, visited_on) + not_before(mended_on, visited_on)

    ordering = Clock("下达通知书期限", workdays(5), workdays(1), visited_on, doubt="产品默认值")
    mending = Clock(
        "整改时限", that_day(), workdays(3), due_on, extend=once(days(15), LEADER), doubt="延期天数为产品默认值"
    )

    visited = Begin(
        "已检查",
        ordering,
        by=(COUNTY, HOST),
        asks=[
            institution,
            address,
            visited_on,
            officers,
            partners,
            licensed,
            problem,
            facts,
            when(problem.is_("prepaid"), prepaid_months),
        ],
        opens="登记联合检查",
    )
    ordered = State("整改中", mending)
    failed = State("整改不到位")
    clean = End("未发现问题")
    closed = End("已整改")
    listed = End("已列入黑名单")

    pass_it = visited.to(clean, "未发现问题，办结", by=COUNTY, when=problem.is_("none"))
    order = visited.to(
        ordered,
        "责令整改",
        by=COUNTY,
        needs=[order_no, due_on],
        when=problem.is_("prepaid", "fire", "content", "teacher", "unlicensed", "other"),
    )
    check = ordered.to(closed, "复查合格", by=COUNTY, needs=[mended_on, mended])
    fail = ordered.to(failed, "复查不合格", by=COUNTY, needs=[mended_on, mended])
    overdue = ordered.lapses(failed, "逾期未整改")
    order_again = failed.to(ordered, "再次责令整改", by=COUNTY, needs=[order_no, due_on])
    blacklist = failed.to(
        listed, "列入黑名单", by=COUNTY, needs=[reason, decision_no], signed=[LEADER], enters=TrainingBlacklist
    )
