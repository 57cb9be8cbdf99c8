"""安全隐患 (M32.3): 安委办〔2016〕11号, 国办发〔2017〕35号; 登记→派单→整改→验收→销号, a major one by its five duties and its own board."""

from luoshi.declared.safety import DANGERS
from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, photo, unit, words
from luoshi.handling.fields import when as where
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import COUNTY, HANDLER, HOST, LEADER, UNIT
from luoshi.handling.terms import days, workdays


class Hazard(
    Procedure,
    key="hazard",
    label="安全隐患",
    answers="M32.3",
    duties=("安全",),
    subject="school",
    platform="省学校双重预防信息平台",
):
    """One hazard until it is gone: checked by another hand than mended it, and by the county where a superior found it."""

    found = choice(
        "来源", options={"self": "本校自查", "sampled": "上级抽查", "reported": "举报", "joint": "部门联合检查"}
    )
    found_on = day("发现日期")
    level = choice("隐患等级", options={"general": "一般隐患", "major": "重大隐患"})
    category = choice("类别", options=DANGERS)
    point = line("风险点编号", hint="清单中有的填编号")
    place = line("地点、部位")
    matter = words("隐患情况")
    stopped_on = day("停用日期", hint="重大隐患立即停用或撤人")
    photo_before = photo("隐患照片", hint="拍隐患本身，不拍工作场面")
    handler_unit = unit("整改单位", schools=True)
    board = choice("挂牌督办", options={"county": "县级挂牌", "city": "市级挂牌"})
    measures = words("整改措施")
    duty = line("责任人")
    money = number("整改资金（元）", least=0)
    plan_due = day("整改时限", future=True)
    emergency = paper("应急预案", hint="整改期间的预案")
    mended_on = day("整改完成日期")
    mended = words("整改情况")
    photo_after = photo("整改后照片", hint="拍整改后的部位本身")
    back_why = words("退回的理由")
    upgrade_why = words("升级的理由")
    checked_on = day("验收日期")
    checkers = line("验收人")
    check_paper = paper("现场复查记录")
    not_why = words("不属隐患的依据")

    title, theme, handler = place, category, handler_unit
    same = (place, category)
    bounds = (
        not_before(stopped_on, found_on)
        + not_before(plan_due, found_on)
        + not_before(mended_on, found_on)
        + not_before(checked_on, mended_on)
    )

    reporting = Clock(
        "上报、派单期限",
        workdays(1),
        start=found_on,
        source="重大隐患当日报教育局",
        doubt="产品默认：当日上报，次一个工作日内派单，须由该局确认",
    )
    usual = Clock(
        "一般隐患整改期限",
        days(7),
        workdays(2),
        extend=once(days(8), COUNTY),
        source="能当场整改的当场整改，否则7天内，经批准15天内",
        doubt="产品默认，须与省、市实施细则核对",
    )
    planning = Clock("五落实期限", workdays(3), source="重大隐患五落实", doubt="产品默认，须由该局确认")
    by_plan = Clock(
        "重大隐患整改期限",
        days(0),
        workdays(5),
        plan_due,
        extend=once(days(30), LEADER),
        source="按整改方案的时限",
        doubt="延期天数为产品默认，须由该局确认",
    )

    registered = Begin(
        "已登记",
        reporting,
        by=(UNIT, COUNTY, HOST),
        asks=[
            found,
            found_on,
            level,
            category,
            place,
            matter,
            where(level.is_("major"), stopped_on, photo_before),
        ],
        may=[point],
        opens="登记隐患",
    )
    assigned = State("已派单", usual)
    fixing = State("整改中", usual)
    checking = State("待验收", usual)
    assigned_major = State("重大隐患已派单", planning)
    fixing_major = State("重大隐患整改中", by_plan)
    checking_major = State("重大隐患待复查", by_plan)
    closed = End("已销号")
    none = End("不属隐患")
    merged = End("已并案", decided=False)

    assign = registered.to(assigned, "派单", by=(UNIT, COUNTY, HOST), when=level.is_("general"), needs=[handler_unit])
    at_once = registered.to(
        checking,
        "当场整改",
        by=UNIT,
        when=level.is_("general"),
        needs=[mended_on, mended],
        may=[photo_after],
    )
    assign_major = registered.to(
        assigned_major, "派单并挂牌督办", by=(COUNTY, HOST), when=level.is_("major"), needs=[handler_unit, board]
    )
    dismiss = registered.to(none, "核实不属隐患", by=(COUNTY, HOST), needs=[not_why])
    merge = registered.to(merged, "并入同一隐患", by=(UNIT, COUNTY, HOST), merges=True)
    start = assigned.to(fixing, "开始整改", by=(UNIT, HANDLER), needs=[measures, duty])
    done = fixing.to(checking, "报请验收", by=(UNIT, HANDLER), needs=[mended_on, mended], may=[photo_after])
    close_own = checking.to(
        closed,
        "验收销号",
        by=(UNIT, COUNTY),
        when=found.is_("self"),
        needs=[checked_on, checkers],
        apart=[at_once, done],
    )
    close_found = checking.to(
        closed,
        "上级验收销号",
        by=(COUNTY, HOST),
        when=found.is_("sampled", "reported", "joint"),
        needs=[checked_on, checkers],
        apart=[at_once, done],
        source="上级发现的隐患不由学校自行销号",
    )
    send_back = checking.to(fixing, "退回重改", by=(UNIT, COUNTY, HOST), needs=[back_why], apart=[at_once, done])
    upgrade = assigned.to(
        assigned_major,
        "升级为重大隐患",
        by=(UNIT, COUNTY, HOST),
        needs=[upgrade_why, stopped_on, photo_before, board],
        sets=[(level, "major")],
    ).also(fixing, checking)
    start_major = assigned_major.to(
        fixing_major,
        "五落实并开始整改",
        by=(UNIT, HANDLER),
        needs=[duty, measures, money, plan_due, emergency],
        source="责任、措施、资金、时限、预案五落实",
    )
    done_major = fixing_major.to(
        checking_major, "报请现场复查", by=(UNIT, HANDLER), needs=[mended_on, mended, photo_after]
    )
    close_major = checking_major.to(
        closed,
        "现场复查销号",
        by=(COUNTY, HOST),
        needs=[checked_on, checkers, check_paper],
        apart=[done_major],
        source="重大隐患由整改人以外的人现场复查后销号",
    )
    send_back_major = checking_major.to(
        fixing_major, "退回重改", by=(COUNTY, HOST), needs=[back_why], apart=[done_major]
    )
    again = closed.reopens(registered, "同一隐患复发", by=(UNIT, COUNTY, HOST), needs=[found, found_on])
