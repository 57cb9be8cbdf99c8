"""残疾儿童少年入学和回访监测 (M22.1, M22.2): 残疾人教育条例(国务院令第674号) art. 14-21, 义务教育法 art. 11, 19, 教基〔2017〕6号."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Kind, choice, count, day, line, paper, reckoned, school, when, words
from luoshi.handling.nouns import Begin, Clock, End, Every, State
from luoshi.handling.parts import CITIZEN, COUNTY, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, months, workdays

_PLATFORM = "适龄残疾儿童少年入学情况监测系统"
_DUTIES = ("特殊教育", "特教", "基教", "基础教育")


class DisabledChild(
    Register, key="disabled_children", label="适龄残疾儿童少年安置名册", answers="M22.1 M22.2", subject="person"
):
    """One disabled child of school age that is placed: one child, one plan. All of it is sensitive; two types count once, by the main one."""

    child = line("儿童姓名", private=True)
    born = day("出生日期", private=True)
    id_number = line("身份证件号码", private=True)
    kind = choice(
        "主要残疾类别",
        options={
            "sight": "视力", "hearing": "听力（言语）", "mind": "智力", "limbs": "肢体", "psychic": "精神（含孤独症）", "several": "多重",
        },
        hint="两种以上的，按主要的一种计一次",
    )  # fmt: skip
    other_kind = line("其他残疾类别", private=True)
    degree = choice("残疾等级", options={"1": "一级", "2": "二级", "3": "三级", "4": "四级", "none": "未评级"})
    guardian = line("监护人", private=True)
    phone = line("监护人电话", private=True)
    placement = choice(
        "安置方式",
        options={
            "near": "普通学校就近随班就读", "named": "指定普通学校随班就读", "class": "普通学校特教班", "special": "特殊教育学校",
            "home": "送教上门", "distance": "远程教育", "elsewhere": "外地就读",
        },
    )  # fmt: skip
    on_roll = choice("是否有学籍", options={"yes": "有学籍", "no": "没有学籍"})
    counts = reckoned(
        "是否计入已安置",
        Kind.CHOICE,
        "placement_counts",
        placement,
        on_roll,
        options={"yes": "计入", "no": "不计入（没有学籍的送教）"},
    )
    placed_in = school("就读（送教）学校")
    elsewhere_proof = paper("外地就读证明", private=True)
    support = words("支持服务", private=True, hint="资源教室、陪读、康复、辅具")
    plan = paper("个别化教育计划", private=True)

    title, same = child, (id_number,)


_PLACED = (
    DisabledChild.placement,
    DisabledChild.on_roll,
    when(DisabledChild.placement.is_("near", "named", "class", "special", "home", "distance"), DisabledChild.placed_in),
    when(DisabledChild.placement.is_("elsewhere"), DisabledChild.elsewhere_proof),
)
_HELPED = (DisabledChild.support, DisabledChild.plan)
_SEEN = choice("就学情况", options={"well": "正常就学", "often": "时有缺课", "stopped": "停学", "none": "未按计划送教"})


class ChildPlacing(
    Procedure,
    key="child_placing",
    label="残疾儿童少年评估安置",
    answers="M22.1",
    duties=_DUTIES,
    subject="county",
    platform=_PLATFORM,
    guarded="child",
):
    """A child on the list is assessed by the committee and placed before 1 September; refused by parents, it counts as not enrolled."""

    found_by = choice(
        "登记途径",
        options={"screened": "筛查", "federation": "残联未入学名单比对", "parents": "监护人申请", "moved": "外地转入"},
    )
    verified_on = day("核实日期")
    place_by = reckoned("安置截止日（9月1日前）", Kind.DAY, "school_year_end", verified_on)
    assessed_on = day("评估日期")
    opinion = paper("专家委员会评估意见", private=True, hint="只用于教育、康复，保密")
    refused_on = day("监护人拒绝日期")
    refusal = words("监护人意见", private=True)
    deferral = paper("延缓入学批准书", private=True)
    deferred_by = choice("批准机关", options={"town": "乡镇人民政府、街道办事处", "county": "县级教育行政部门"})
    deferred_until = day("延缓入学截止日", future=True)
    gone_why = choice(
        "移出情形", options={"dead": "死亡", "moved": "迁出", "other_age": "不在学龄", "mistaken": "不属残疾或信息有误"}
    )
    gone_proof = paper("移出证明", private=True)

    title, theme, same = DisabledChild.child, DisabledChild.kind, (DisabledChild.id_number,)
    bounds = not_before(assessed_on, verified_on)

    comparing = Clock(
        "比对核实期限", workdays(10), workdays(2), source="残联名单收到后核实", doubt="产品默认，须与省定办法核对"
    )
    placing = Clock("安置期限", days(0), days(15), place_by, source="9月1日前安置", doubt="产品默认，须与省定办法核对")
    waiting = Clock("延缓入学期限", days(0), days(30), deferred_until, source="义务教育法第十一条")

    listed = Begin(
        "已登记",
        comparing,
        by=COUNTY,
        asks=[
            DisabledChild.child,
            DisabledChild.born,
            DisabledChild.id_number,
            DisabledChild.kind,
            DisabledChild.degree,
            DisabledChild.guardian,
            DisabledChild.phone,
            found_by,
        ],
        may=[DisabledChild.other_kind],
        opens="登记适龄残疾儿童",
    )
    verified = State("待评估", placing)
    assessed = State("已评估，待安置", placing)
    refused = State("监护人不同意，未入学", placing)
    deferred = State("延缓入学", waiting)
    placed = End("已安置")
    gone = End("已移出")

    verify = listed.to(verified, "核实未安置", by=COUNTY, needs=[verified_on], source="残疾人教育条例第十五条")
    assess = verified.to(
        assessed, "专家委员会评估", by=COUNTY, needs=[assessed_on, opinion], source="残疾人教育条例第二十条"
    )
    place = assessed.to(
        placed,
        "作出安置决定",
        by=COUNTY,
        needs=_PLACED,
        may=_HELPED,
        enters=DisabledChild,
        source="残疾人教育条例第十七条",
    ).also(refused)
    refuse = assessed.to(refused, "监护人不同意", by=COUNTY, needs=[refused_on, refusal])
    defer = verified.to(
        deferred,
        "批准延缓入学",
        by=COUNTY,
        needs=[deferral, deferred_by, deferred_until],
        source="义务教育法第十一条",
    ).also(assessed, refused)
    wait_over = deferred.lapses(listed, "延缓期满")
    remove = listed.to(gone, "移出", by=COUNTY, needs=[gone_why, gone_proof]).also(
        verified, assessed, refused, deferred
    )


class PlacementChange(
    Procedure,
    key="placement_change",
    label="残疾儿童少年安置变更和争议",
    answers="M22.2",
    duties=_DUTIES,
    subject="school",
    platform=_PLATFORM,
    guarded="child",
):
    """A placed child's place is changed, disputed or given up: the committee says what it thinks, the county decides."""

    matter = choice("事由", options={"change": "变更安置", "dispute": "对安置有争议", "leave": "移出名册"})
    asked_on = day("提出日期", hint="监护人提出的，由学校或县教育局代为登记")
    asked_why = words("理由", private=True)
    assessed_on = day("评估日期")
    opinion = paper("专家委员会评估意见", private=True)
    decision = paper("决定书", private=True)
    leave_why = choice(
        "移出情形", options={"dead": "死亡", "moved": "迁出", "graduated": "完成义务教育", "mistaken": "信息有误"}
    )
    leave_proof = paper("移出证明", private=True)

    title, theme, same = DisabledChild.child, matter, (DisabledChild.id_number, matter)
    bounds = not_before(assessed_on, asked_on)

    asked = Begin(
        "已提出",
        by=(UNIT, COUNTY),
        asks=[matter, asked_on, asked_why],
        opens="登记变更或争议",
        of=DisabledChild,
    )
    assessed = State("已评估")
    changed = End("已变更安置")
    upheld = End("维持原安置")
    left = End("已移出名册")
    taken_back = End("已撤回", decided=False)

    assess = asked.to(
        assessed,
        "专家委员会评估",
        by=COUNTY,
        when=matter.is_("change", "dispute"),
        needs=[assessed_on, opinion],
        source="残疾人教育条例第二十、二十一条",
    )
    change = assessed.to(
        changed, "决定变更安置", by=COUNTY, needs=[*_PLACED, decision], may=_HELPED, renews=DisabledChild
    )
    uphold = assessed.to(upheld, "决定维持原安置", by=COUNTY, needs=[decision])
    leave = asked.to(
        left,
        "移出名册",
        by=COUNTY,
        when=matter.is_("leave"),
        needs=[leave_why, leave_proof],
        withdraws=DisabledChild,
    )
    take_back = asked.to(taken_back, "撤回", by=(UNIT, COUNTY, CITIZEN)).also(assessed)


class SchoolVisit(
    Procedure,
    key="school_visit",
    label="残疾儿童少年月回访",
    answers="M22.2",
    duties=_DUTIES,
    subject="school",
    platform=_PLATFORM,
    guarded="child",
):
    """A school tells each month how each of its disabled children is; what is not well goes to the county."""

    visited_on = day("回访日期")
    lessons = count("本月送教次数", least=0, most=99)
    hours = count("本月送教课时", least=0, most=999)
    seen = _SEEN
    next_step = words("下一步", private=True)
    solved = words("处理情况", private=True)

    title, theme = DisabledChild.child, seen
    every = Every(1, "entry", rests=(2, 8))

    month = Clock(
        "月回访期限", months(1), days(7), source="学校每月回访", doubt="产品默认；寒暑假以2月、8月计，须由该局确认"
    )
    solving = Clock("处理期限", workdays(10), workdays(2), source="产品默认", doubt="须由该局确认")

    due = Begin("待回访", month, timed=True, of=DisabledChild)
    trouble = State("有问题，待处理", solving)
    visited = End("已回访")
    helped = End("问题已处理")
    missed = End("本月未回访", decided=False)

    visit = due.to(
        visited,
        "记回访",
        by=UNIT,
        when=seen.is_("well", "often"),
        needs=[visited_on, seen, when(DisabledChild.placement.is_("home"), lessons, hours)],
    )
    alarm = due.to(
        trouble,
        "报停学、停送教",
        by=UNIT,
        when=seen.is_("stopped", "none"),
        needs=[visited_on, seen, next_step],
    )
    solve = trouble.to(helped, "处理完毕", by=COUNTY, needs=[solved])
    lapse = due.lapses(missed, "逾期未回访")


class CountyVisit(
    Procedure,
    key="county_visit",
    label="残疾儿童少年学期监测",
    answers="M22.2",
    duties=_DUTIES,
    subject="school",
    platform=_PLATFORM,
    guarded="child",
):
    """The county sees each disabled child once a term, and whether the plan was looked at within a year."""

    visited_on = day("监测日期")
    seen = _SEEN
    plan_reviewed = choice("个别化教育计划一年内是否修订", options={"yes": "已修订", "no": "未修订"})
    advice = words("意见", private=True)

    title, theme = DisabledChild.child, seen
    every = Every(6, "entry", month=3)

    term = Clock(
        "学期监测期限", months(4), days(14), source="县教育局每学期监测", doubt="产品默认：开学起四个月，须由该局确认"
    )

    due = Begin("待监测", term, timed=True, of=DisabledChild)
    visited = End("已监测")
    missed = End("本学期未监测", decided=False)

    visit = due.to(visited, "记监测", by=COUNTY, needs=[visited_on, seen, plan_reviewed], may=[advice])
    lapse = due.lapses(missed, "逾期未监测")
