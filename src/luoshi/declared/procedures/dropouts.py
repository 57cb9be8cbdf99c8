"""控辍保学 (M21.1): 国办发〔2017〕72号, 教基〔2020〕5号, 义务教育法 art. 11, 13, 58, 学籍管理办法 (教基一〔2013〕7号)."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Kind, choice, day, line, paper, photo, reckoned, school, when, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import COUNTY, UNIT
from luoshi.handling.terms import days, months

_DOUBT = "产品默认，须与省定办法核对"


class Dropout(
    Procedure,
    key="dropout",
    label="控辍保学",
    answers="M21.1",
    duties=("基教", "基础教育", "义务教育"),
    subject="school",
    platform="控辍保学工作台账管理平台",
    guarded="child",
):
    """One pupil in one school year, from the first day missed to the county's check; the roll is kept to the end of compulsory school."""

    pupil = line("学生姓名", private=True)
    roll_no = line("学籍号", private=True, hint="没有学籍的填身份证件号")
    home = line("户籍地", private=True)
    grade = line("年级")
    found_by = choice(
        "发现途径", options={"absent": "在校缺勤", "compared": "户籍、学籍、在校、贫困库比对", "visited": "入户摸排"}
    )
    poverty = choice("建档立卡", options={"yes": "是", "no": "否"})
    cause = choice(
        "失学原因",
        options={
            "weary": "厌学", "work": "外出务工", "disabled": "残疾", "married": "早婚", "ill": "疾病", "lost": "失联",
            "religion": "宗教", "other": "其他",
        },
    )  # fmt: skip
    absent_since = day("缺勤（失学）起始日")
    year_end = reckoned("所在学年最后一日", Kind.DAY, "school_year_end", absent_since)
    contacted_on = day("联系监护人日期")
    contact = words("联系情况", private=True)
    back_on = day("返校日期")
    visited_on = day("家访（劝返）日期")
    visitors = line("走访人", private=True)
    visit = words("走访情况", private=True)
    visit_photo = photo("走访材料", hint="不作要求；只附家长签收的文书等")
    report = paper("疑似辍学书面报告", private=True, hint="报县教育局和乡镇人民政府、街道办事处")
    excuse = paper("县级医院证明", private=True)
    excused_until = day("休学截止日", future=True)
    town_line = line("县、乡、村责任人", private=True)
    school_line = line("局、校、班责任人", private=True)
    order_no = line("责令限期改正文书文号")
    order = paper("责令限期改正文书", private=True)
    served_on = day("文书送达日期")
    law_way = choice("依法处理方式", options={"advice": "司法建议", "suit": "提起诉讼", "labour": "查处使用童工"})
    law_on = day("依法处理日期")
    law_paper = paper("依法处理文书", private=True)
    returned_on = day("复学日期")
    placement = choice(
        "复学方式",
        options={"class": "随班就读", "own": "单独编班", "trade": "职业学校", "home": "送教上门"},
    )
    returned_to = school("复学学校")
    seen_on = day("跟踪日期")
    seen = choice("跟踪情况", options={"there": "正常在校", "often": "时有缺勤", "care": "需要帮扶"})
    gone_since = day("再次失学日期")
    checked_on = day("核查日期")
    checked = paper("复学佐证材料", private=True)
    clear_why = choice(
        "不属失学辍学的情形",
        options={
            "elsewhere": "学籍在外省（外地）",
            "identity": "身份信息有误",
            "unlisted": "人在籍不在，已补建学籍",
            "moving": "转学在途",
            "deferred": "依法缓学、免学",
        },
    )
    clear_proof = paper("查实材料", private=True)
    strike_why = choice(
        "核减情形",
        options={"dead": "死亡", "abroad": "出境", "graduated": "已毕业", "home": "重度残疾，已送教上门"},
    )
    strike_proof = paper("核减证明", private=True)

    title, theme = pupil, cause
    same = (roll_no, year_end)
    bounds = (
        not_before(contacted_on, absent_since)
        + not_before(back_on, absent_since)
        + not_before(excused_until, absent_since)
        + not_before(returned_on, absent_since)
        + not_before(seen_on, returned_on)
        + not_before(gone_since, returned_on)
        + not_before(checked_on, returned_on)
        + not_before(law_on, served_on)
    )

    contacting = Clock("当日联系期限", days(0), start=absent_since, source="缺勤当日联系监护人", doubt=_DOUBT)
    visiting = Clock("家访期限", days(3), source="连续3天未到校的家访", doubt=_DOUBT)
    confirming = Clock("核实期限", days(7), days(2), source="书面报告后7天", doubt=_DOUBT)
    resting = Clock("休学期限", days(0), days(7), excused_until, source="休学须有县级医院证明和期限")
    persuading_within = Clock("劝返期限", days(30), days(5), source="国办发〔2017〕72号，双线责任", doubt=_DOUBT)
    ordering = Clock(
        "限期复学期限", days(15), days(3), served_on, source="义务教育法第五十八条", doubt="10至15天，" + _DOUBT
    )
    monitoring = Clock("复学跟踪期限", months(3), start=returned_on, source="复学后跟踪三个月", doubt=_DOUBT)

    absent = Begin(
        "缺勤",
        contacting,
        by=(UNIT, COUNTY),
        asks=[pupil, roll_no, home, grade, found_by, poverty, cause, absent_since],
        opens="登记缺勤或疑似失学",
    )
    warned = State("预警", visiting)
    suspected = State("疑似辍学", confirming)
    excused = State("休学", resting)
    persuading = State("劝返中", persuading_within)
    ordered = State("限期复学", ordering)
    at_law = State("依法处理中")
    returned = State("复学跟踪中", monitoring)
    watched = State("跟踪期满，待销号")
    back = End("已返校，未辍学")
    cleared = End("不属失学辍学")
    closed = End("已销号")
    struck = End("已核减")

    come = absent.to(back, "已返校", by=UNIT, needs=[contacted_on, back_on]).also(warned, suspected, excused)
    warn = absent.to(warned, "列为预警", by=UNIT, needs=[contacted_on, contact], source="连续3个上学日未到校")
    from_lists = absent.to(
        suspected,
        "列为疑似失学辍学",
        by=(UNIT, COUNTY),
        when=found_by.is_("compared", "visited"),
        needs=[visited_on, visit],
    )
    tell = warned.to(suspected, "书面报告疑似辍学", by=UNIT, needs=[visited_on, visitors, visit, report])
    excuse_it = absent.to(
        excused, "办理休学", by=UNIT, needs=[excuse, excused_until], signed=[COUNTY], source="学籍管理办法"
    ).also(warned, suspected)
    rest_over = excused.lapses(warned, "休学期满未返校")
    clear = suspected.to(cleared, "查实不属失学辍学", by=COUNTY, needs=[clear_why, clear_proof]).also(persuading)
    persuade = suspected.to(persuading, "确认并启动劝返", by=COUNTY, needs=[town_line, school_line])
    call = persuading.to(
        persuading, "记一次走访", by=(UNIT, COUNTY), needs=[visited_on, visitors, visit], may=[visit_photo]
    )
    call_ordered = ordered.to(
        ordered, "记一次走访", by=(UNIT, COUNTY), needs=[visited_on, visitors, visit], may=[visit_photo]
    )
    call_at_law = at_law.to(
        at_law, "记一次走访", by=(UNIT, COUNTY), needs=[visited_on, visitors, visit], may=[visit_photo]
    )
    order_it = persuading.to(
        ordered, "责令限期复学", by=COUNTY, needs=[order_no, order, served_on], source="义务教育法第五十八条"
    )
    go_to_law = ordered.to(at_law, "依法处理", by=COUNTY, needs=[law_way, law_on, law_paper])
    come_back = persuading.to(
        returned,
        "复学",
        by=(UNIT, COUNTY),
        needs=[returned_on, placement, when(placement.is_("class", "own", "trade"), returned_to)],
    ).also(suspected, ordered, at_law)
    watch = returned.to(returned, "记一次跟踪", by=UNIT, needs=[seen_on, seen])
    watch_over = returned.lapses(watched, "跟踪满三个月")
    close = watched.to(
        closed,
        "核查销号",
        by=COUNTY,
        needs=[checked_on, checked],
        apart=[come_back, watch],
        source="县教育局核查后销号",
    )
    lost_again = returned.to(persuading, "再次失学", by=(UNIT, COUNTY), needs=[gone_since]).also(watched)
    strike = suspected.to(struck, "核减", by=COUNTY, needs=[strike_why, strike_proof]).also(persuading, ordered, at_law)
    lost_after = closed.reopens(persuading, "本学年再次失学", by=(UNIT, COUNTY), needs=[gone_since], until=year_end)
    absent_after = back.reopens(warned, "本学年再次缺勤", by=UNIT, needs=[gone_since], until=year_end)
