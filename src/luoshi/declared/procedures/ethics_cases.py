"""师德违规处理 (M24.1): 教师〔2018〕18号, 人社部、监察部令第18号: from a lead to the decision, its review and appeal, and its end."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, unit, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import CITIZEN, HANDLER, HOST, LEADER
from luoshi.handling.registers import Lasting, Register
from luoshi.handling.terms import days, months, workdays


class EthicsLimits(Register, key="ethics_limits", label="师德违规限制库", answers="M24.1", subject="person"):
    """One sanction that bars a teacher from awards and promotion until its last day; what is left of earlier ones is added."""

    teacher = line("教师姓名", private=True)
    teacher_no = line("教师编号", private=True, hint="全国教师管理信息系统的编号")
    sanction = choice(
        "处理",
        options={
            "warning": "警告", "demerit": "记过", "demotion": "降低岗位等级", "removal": "撤职", "limits": "取消评优晋升等资格",
            "dismissal": "开除",
        },
    )  # fmt: skip
    decided_on = day("决定日期")
    decision_no = line("决定文号")

    title, since, adds, warn = teacher, decided_on, months(48), months(1)
    lasting = Lasting(
        sanction,
        {
            "warning": months(6), "demerit": months(12), "demotion": months(24), "removal": months(24), "limits": months(24),
            "dismissal": None,
        },
    )  # fmt: skip
    same = (teacher_no,)
    bars = ("评优评先", "职务晋升", "职称评定", "岗位聘用", "工资晋级", "人才项目")


class TeachingBans(Register, key="teaching_bans", label="教师资格限制库", answers="M24.1", subject="person"):
    """One teacher whose certificate was taken: five years without a new one where it was revoked, for ever where it was lost."""

    teacher, teacher_no = EthicsLimits.teacher, EthicsLimits.teacher_no
    taken = choice(
        "教师资格", options={"revoked": "撤销", "lost": "丧失"}, hint="受剥夺政治权利或故意犯罪受徒刑的为丧失"
    )
    taken_on = day("撤销、丧失日期")
    taken_no = line("撤销、丧失决定文号")

    title, since, warn = teacher, taken_on, months(3)
    lasting = Lasting(taken, {"revoked": months(60), "lost": None})
    same = (teacher_no,)
    bars = ("申请教师资格", "应聘教师")


class EthicsCase(
    Procedure, key="ethics_case", label="师德违规处理", answers="M24.1", duties=("师德",), guarded="person"
):
    """One lead about one teacher: heard before it is decided, reviewed by others, and carried out meanwhile."""

    teacher, teacher_no, sanction = EthicsLimits.teacher, EthicsLimits.teacher_no, EthicsLimits.sanction
    decided_on, decision_no = EthicsLimits.decided_on, EthicsLimits.decision_no
    taken, taken_on, taken_no = TeachingBans.taken, TeachingBans.taken_on, TeachingBans.taken_no
    source_of = choice(
        "线索来源",
        options={"phone": "电话", "letter": "来信", "web": "网络", "superior": "上级交办", "check": "检查发现"},
    )
    told_on = day("收到日期")
    who = line("反映人", private=True, hint="匿名的写“匿名”")
    school_unit = unit("所在学校", schools=True)
    nature = choice("学校性质", options={"public": "公办", "private": "民办"})
    violation = choice(
        "违反的准则",
        options={
            "D1": "坚定政治方向", "D2": "自觉爱国守法", "D3": "传播优秀文化", "D4": "潜心教书育人", "D5": "关心爱护学生",
            "D6": "加强安全防范", "D7": "坚持言行雅正", "D8": "秉持公平诚信", "D9": "坚守廉洁自律", "D10": "规范从教行为", "D11": "其他",
        },
    )  # fmt: skip
    lead = words("线索内容", private=True)
    minors = choice("是否涉及未成年学生", options={"yes": "涉及", "no": "不涉及"})
    handler_unit = unit("承办单位")
    first_look = words("初核情况", private=True)
    why_not = words("不予立案、不予处理的理由", private=True)
    filed_no = line("立案编号")
    investigators = number("调查人员人数", least=2, most=20, because="调查取证不少于2人")
    evidence = paper("调查材料", private=True)
    guardians = paper("监护人或老师在场的记录", private=True, hint="询问未成年人时通知其监护人或信任的老师到场")
    facts = words("查明的事实", private=True)
    heard_on = day("听取陈述申辩日期")
    statement = words("陈述申辩", private=True)
    organ = line("决定机关", hint="按人事管理权限；民办学校决定后报主管部门备案")
    record_no = line("民办学校备案号")
    light = choice(
        "其他处理",
        options={"criticism": "批评教育", "admonition": "诫勉谈话", "inspection": "责令检查", "circular": "通报批评"},
    )
    decision = paper("处理决定书", private=True)
    served_on = day("送达日期")
    asked_on = day("申请日期")
    grounds = words("申请理由", private=True)
    outcome = choice("复核、申诉结果", options={"kept": "维持", "changed": "变更", "lifted": "撤销"})
    opinion = paper("复核或申诉决定书", private=True)
    opinion_served_on = day("复核决定送达日期")
    certificate = paper("撤销、丧失教师资格的决定", private=True, hint="由县级以上教育行政部门作出，收缴证书")
    restored = paper("恢复教师资格的决定", private=True, hint="撤销决定经复议、诉讼被撤销")
    archive_no = line("归档编号")
    reported_to = line("上报机关", hint="情节严重的逐级上报")
    typical = words("典型案例公开稿", most=500, hint="不写姓名、学校和日期")

    title, theme, handler = violation, violation, handler_unit
    same = (teacher_no, violation)
    bounds = (
        not_before(heard_on, told_on)
        + not_before(decided_on, heard_on)
        + not_before(served_on, decided_on, heard_on)
        + not_before(asked_on, served_on, opinion_served_on)
        + not_before(opinion_served_on, asked_on)
        + not_before(taken_on, told_on)
    )

    first = Clock("初核期限", workdays(15), workdays(3), told_on, doubt="产品默认值")
    closing = Clock(
        "办结期限",
        months(6),
        workdays(10),
        extend=once(months(6), LEADER),
        source="人社部、监察部令第18号：立案后6个月内，案情复杂的不超过12个月",
    )
    asking = Clock("申请复核期限", days(30), workdays(3), served_on, source="人社部、监察部令第18号")
    reviewing = Clock("复核期限", days(30), workdays(3), asked_on, source="人社部、监察部令第18号")
    asking_again = Clock("申请申诉期限", days(30), workdays(3), opinion_served_on, source="人社部、监察部令第18号")
    appealing = Clock(
        "申诉处理期限",
        days(60),
        workdays(5),
        asked_on,
        extend=once(days(30), LEADER),
        source="人社部、监察部令第18号：60日，可延长30日",
    )

    told = Begin(
        "线索已登记",
        first,
        by=(HOST, CITIZEN),
        asks=[source_of, told_on, who, school_unit, nature, teacher, violation, lead, minors],
        opens="登记线索",
    )
    looked_at = State("初核中", first)
    investigated = State("立案调查中", closing)
    hearing = State("听取陈述申辩", closing)
    deciding = State("待决定", closing)
    served = State("已送达，可申请复核", asking, in_force=True)
    in_review = State("复核中", reviewing)
    reviewed = State("已复核，可申诉", asking_again, in_force=True)
    in_appeal = State("申诉中", appealing)
    final = State("已定，待归档", in_force=True)
    uncertified = State("教师资格已撤销，待归档", in_force=True)
    closed = End("已归档")
    dealt = End("已作其他处理")
    untrue = End("不予立案")
    cleared = End("不予处理")
    merged = End("已并案", decided=False)

    give = told.to(looked_at, "交办初核", by=HOST, needs=[handler_unit])
    dismiss = looked_at.to(untrue, "不予立案", by=HANDLER, needs=[first_look, why_not], signed=[LEADER])
    file = looked_at.to(investigated, "立案", by=HANDLER, needs=[first_look, filed_no, teacher_no], signed=[LEADER])
    merge = told.to(merged, "并入同一线索", by=HOST, merges=True).also(looked_at)
    gather = investigated.to(
        hearing,
        "调查终结",
        by=HANDLER,
        needs=[investigators, evidence, facts, when(minors.is_("yes"), guardians)],
    )
    hear = hearing.to(deciding, "听取陈述申辩", by=HANDLER, needs=[heard_on, statement])
    clear = deciding.to(cleared, "不予处理", by=HANDLER, needs=[why_not], signed=[HOST, LEADER])
    deal = deciding.to(
        dealt, "作出其他处理", by=HANDLER, needs=[light, organ, decision, served_on], signed=[HOST, LEADER]
    )
    decide = deciding.to(
        served,
        "作出决定并送达",
        by=HANDLER,
        needs=[
            sanction,
            organ,
            decided_on,
            decision_no,
            decision,
            served_on,
            when(nature.is_("private"), record_no),
        ],
        signed=[HOST, LEADER],
        enters=EthicsLimits,
        source="教师〔2018〕18号",
    )
    more = deciding.to(investigated, "补充调查", by=(HOST, HANDLER), needs=[facts])
    ask = served.to(in_review, "申请复核", by=(CITIZEN, HOST), needs=[asked_on, grounds])
    unasked = served.lapses(final, "逾期未申请复核")
    keep = in_review.to(
        reviewed,
        "复核维持",
        by=HOST,
        needs=[outcome, opinion, opinion_served_on],
        signed=[LEADER],
        apart=[decide, gather],
        when=outcome.is_("kept"),
    )
    change = in_review.to(
        reviewed,
        "复核变更",
        by=HOST,
        needs=[outcome, sanction, opinion, opinion_served_on],
        signed=[LEADER],
        apart=[decide, gather],
        when=outcome.is_("changed"),
        withdraws=EthicsLimits,
        enters=EthicsLimits,
    )
    lift = in_review.to(
        reviewed,
        "复核撤销",
        by=HOST,
        needs=[outcome, opinion, opinion_served_on],
        signed=[LEADER],
        apart=[decide, gather],
        when=outcome.is_("lifted"),
        withdraws=EthicsLimits,
    )
    appeal = reviewed.to(in_appeal, "申诉", by=(CITIZEN, HOST), needs=[asked_on, grounds])
    unappealed = reviewed.lapses(final, "逾期未申诉")
    keep_again = in_appeal.to(
        final,
        "申诉维持",
        by=HOST,
        needs=[outcome, opinion],
        signed=[LEADER],
        apart=[decide, keep, change],
        when=outcome.is_("kept"),
    )
    change_again = in_appeal.to(
        final,
        "申诉变更",
        by=HOST,
        needs=[outcome, sanction, opinion],
        signed=[LEADER],
        apart=[decide, keep, change],
        when=outcome.is_("changed"),
        withdraws=EthicsLimits,
        enters=EthicsLimits,
    )
    lift_again = in_appeal.to(
        final,
        "申诉撤销",
        by=HOST,
        needs=[outcome, opinion],
        signed=[LEADER],
        apart=[decide, keep, change],
        when=outcome.is_("lifted"),
        withdraws=EthicsLimits,
    )
    put_away = final.to(closed, "归档", by=(HANDLER, HOST), needs=[archive_no], may=[reported_to, typical])
    take_certificate = final.to(
        uncertified,
        "撤销教师资格",
        by=HOST,
        needs=[taken, taken_on, taken_no, certificate],
        signed=[LEADER],
        apart=[gather],
        enters=TeachingBans,
        source="教师法第十四条；教师资格条例第十八、十九条：撤销的五年内不得重新申请，丧失的不得重新取得",
    )
    put_away_barred = uncertified.to(closed, "归档", by=(HANDLER, HOST), needs=[archive_no], may=[reported_to, typical])
    restore = uncertified.to(final, "恢复教师资格", by=HOST, needs=[restored], signed=[LEADER], withdraws=TeachingBans)
