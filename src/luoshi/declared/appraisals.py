"""How recognition, evaluation, contests, appraisals of persons and re-checks run: courses that many rubrics share.

Source: 自评 → 核查 → 终评 → 公示 → 命名 is the common order of 创建 and 评选; the right of reply, the letter and the publication are
教育督导条例 (国务院令第624号). The days are the product's own and say so.
"""

from collections.abc import Sequence
from typing import ClassVar

from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import Field, choice, day, line, outcome, paper, sheet, words
from luoshi.handling.nouns import Begin, Clock, End, Every, State
from luoshi.handling.parts import COUNTY, HOST, LEADER, PANEL, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, months, workdays

DOUBT = "产品默认值，须由该局确认"
WEIGHTS = "分值和等级线为产品默认值，须由主办科室按当年通知核定"
"""What every rubric of the product's own doubts."""
OWN = sheet("自评")
FOUND = sheet("核查", against=OWN)
FINAL = sheet("终评", against=FOUND)
JUDGED = sheet("评审评分")
SCORED = sheet("考核评分")


class Titles(Register):
    """Who bears a title, by which document, until when; re-checked while it stands."""

    grade = outcome("等次", FINAL, "grade")
    document_no = line("命名文号")

    public: ClassVar[Sequence[Field]] = (grade, document_no)


class Results(Register):
    """What an evaluation came to, as it was told to whom it is about."""

    grade = outcome("等次", FINAL, "grade")
    letter_no = line("意见书文号")

    public: ClassVar[Sequence[Field]] = (grade, letter_no)
    valid = months(12)


class Awards(Register):
    """What a panel of judges chose."""

    grade = outcome("奖次", JUDGED, "grade")
    document_no = line("公布文号")
    entry = line("申报内容")

    public: ClassVar[Sequence[Field]] = (entry, grade, document_no)


class PersonTitles(Titles):
    """Which teacher bears a title; the name stays with the entry, the naming document is public by itself."""

    teacher = line("教师姓名", private=True)
    teacher_no = line("教师编号", private=True, hint="全国教师管理信息系统的编号；教师限制名单按它查")

    title, warn = teacher, months(3)
    same: ClassVar[Sequence[Field]] = (teacher_no,)


class PersonAwards(Awards):
    """Which teacher a panel of judges chose."""

    teacher, teacher_no = PersonTitles.teacher, PersonTitles.teacher_no

    title = teacher
    same: ClassVar[Sequence[Field]] = (teacher_no, Awards.entry)


class Appraised(Register):
    """What a year of one person came to, as their own unit settled it."""

    grade = outcome("等次", SCORED, "grade")
    minutes = line("会议纪要号")

    valid = months(12)


class _Naming(Procedure):
    """公示 and naming: the same whoever was chosen, and however."""

    missing = words("补正内容")
    opinion = words("初审意见")
    told_why = words("未达标的主要原因", hint="写明差在哪几项，告知申报单位")
    posted = line("公示位置", hint="网页地址或张贴地点")
    objection = words("异议内容")
    looked_into = words("异议核实情况")
    document = paper("命名文件")
    why_withdrawn = words("撤回的理由")

    screening = Clock("初审期限", workdays(10), workdays(3), doubt=DOUBT)
    visiting = Clock("核查期限", workdays(30), workdays(5), doubt=DOUBT)
    posting = Clock("公示期", workdays(5), doubt="公示一般不少于5个工作日，以通知为准")
    naming = Clock("发文期限", workdays(20), workdays(5), doubt=DOUBT)


class Recognition(_Naming):
    """创建、认定: a unit scores itself once, a panel looks, the host settles, everybody may object, a document names."""

    grade, document_no = Titles.grade, Titles.document_no
    own_sheet, found_sheet, final_sheet = OWN, FOUND, FINAL
    total = outcome("得分", FINAL, "total")
    passed = outcome("是否达标", FINAL, "passed")
    report = paper("自评报告", hint="有的附上；指标已填的不用再写一遍")
    visited_on = day("现场核查日期")
    visit_paper = paper("现场核查记录")

    preparing = Clock("自评期限", workdays(20), workdays(5), doubt=DOUBT)

    applied = Begin("待自评", preparing, by=(UNIT, COUNTY), opens="申报")
    reported = State("待初审", _Naming.screening)
    screened = State("核查中", _Naming.visiting)
    settled = State("已终评", _Naming.naming)
    open_to_all = State("公示中", _Naming.posting)
    disputed = State("异议核实中", _Naming.visiting)
    clear = State("公示无异议，待命名", _Naming.naming)
    named = End("已命名")
    refused = End("未达标")
    withdrawn = End("已撤回申报", decided=False)

    hand_in = applied.to(reported, "提交自评", by=(UNIT, COUNTY), needs=[own_sheet], may=[report])
    withdraw = applied.to(withdrawn, "撤回申报", by=(UNIT, COUNTY), needs=[_Naming.why_withdrawn]).also(reported)
    give_back = reported.to(applied, "退回补正", by=(COUNTY, HOST), needs=[_Naming.missing])
    screen = reported.to(screened, "初审通过", by=(COUNTY, HOST), needs=[_Naming.opinion], apart=[hand_in])
    mark = screened.to(
        screened,
        "核查评分",
        by=PANEL,
        needs=[found_sheet],
        may=[visited_on, visit_paper],
        apart=[hand_in],
    )
    conclude = screened.to(
        settled,
        "终评",
        by=HOST,
        needs=[final_sheet, total, Titles.grade, passed],
        quorum=[mark],
        apart=[hand_in, mark],
        source="打分的人不定终评",
    )
    post = settled.to(open_to_all, "公示", by=HOST, needs=[_Naming.posted], when=passed.is_("1"))
    fall = settled.to(refused, "告知未达标", by=HOST, needs=[_Naming.told_why], when=passed.is_("0"), signed=[LEADER])
    object_to = open_to_all.to(disputed, "收到异议", by=HOST, needs=[_Naming.objection])
    clear_up = disputed.to(open_to_all, "异议不成立，重新公示", by=HOST, needs=[_Naming.looked_into], apart=[mark])
    look_again = disputed.to(screened, "异议成立，重新核查", by=HOST, needs=[_Naming.looked_into])
    unopposed = open_to_all.lapses(clear, "公示期满无异议")
    name = clear.to(named, "发文命名", by=HOST, needs=[document_no, _Naming.document], signed=[LEADER], enters=Register)


class Contest(_Naming):
    """评选、竞赛: entries are screened, judges mark blind, the mean without its ends decides, everybody may object."""

    grade = Awards.grade
    document_no = Awards.document_no
    entry = Awards.entry
    work = paper("申报材料", hint="作品、课例或事迹；不写姓名的按通知要求隐去")
    judged_sheet = JUDGED
    total = outcome("平均分", JUDGED, "total")
    passed = outcome("是否入选", JUDGED, "passed")

    entered = Begin("待初审", _Naming.screening, by=(UNIT, COUNTY), asks=[entry], may=[work], opens="申报")
    judging = State("评审中", _Naming.visiting)
    settled = State("已评出", _Naming.naming)
    open_to_all = State("公示中", _Naming.posting)
    disputed = State("异议核实中", _Naming.visiting)
    clear = State("公示无异议，待公布", _Naming.naming)
    chosen = End("已入选")
    passed_over = End("未入选")
    withdrawn = End("已撤回申报", decided=False)

    withdraw = entered.to(withdrawn, "撤回申报", by=(UNIT, COUNTY), needs=[_Naming.why_withdrawn]).also(judging)
    give_back = entered.to(entered, "要求补正", by=(COUNTY, HOST), needs=[_Naming.missing])
    screen = entered.to(judging, "初审通过", by=(COUNTY, HOST), needs=[_Naming.opinion])
    mark = judging.to(judging, "评分", by=PANEL, needs=[judged_sheet])
    conclude = judging.to(
        settled,
        "汇总评分",
        by=HOST,
        needs=[total, Awards.grade, passed],
        quorum=[mark],
        apart=[mark],
        source="去掉最高分、最低分后取平均，人数和去掉几个按评价标准",
    )
    post = settled.to(open_to_all, "公示", by=HOST, needs=[_Naming.posted], when=passed.is_("1"))
    fall = settled.to(passed_over, "告知未入选", by=HOST, needs=[_Naming.told_why], when=passed.is_("0"))
    object_to = open_to_all.to(disputed, "收到异议", by=HOST, needs=[_Naming.objection])
    clear_up = disputed.to(open_to_all, "异议不成立，重新公示", by=HOST, needs=[_Naming.looked_into], apart=[mark])
    look_again = disputed.to(judging, "异议成立，重新评审", by=HOST, needs=[_Naming.looked_into])
    unopposed = open_to_all.lapses(clear, "公示期满无异议")
    publish = clear.to(
        chosen, "发文公布", by=HOST, needs=[document_no, _Naming.document], signed=[LEADER], enters=Register
    )


class Evaluation(Procedure):
    """评价: its own marks, a panel's, the settled ones; a right of reply; a letter with what is to be mended.

    Every unit, every year; where a cycle is longer or only some are evaluated, `every = None`, and whoever plans it opens each.

    Source: 教育督导条例 art. 17–20 [verify]: 自评, 现场, 初步意见反馈, 督导意见书.
    """

    grade, letter_no = Results.grade, Results.letter_no
    own_sheet, found_sheet, final_sheet = OWN, FOUND, FINAL
    total = outcome("得分", FINAL, "total")
    report = paper("自评报告", hint="有的附上；指标已填的不用再写一遍")
    visited_on = day("现场核查日期")
    visit_paper = paper("现场核查记录")
    reply = choice("对初步意见", options={"agreed": "无异议", "disputed": "有异议"})
    reply_words = words("异议及依据", hint="逐项写明；无异议写“无”")
    weighed = words("对异议的采纳情况")
    letter = paper("意见书", hint="页面可生成草稿")
    mend_by = day("整改期限", future=True)

    preparing = Clock("自评期限", workdays(20), workdays(5), doubt=DOUBT)
    visiting = Clock("核查期限", workdays(40), workdays(10), doubt=DOUBT)
    replying = Clock("反馈意见期限", workdays(5), workdays(2), doubt=DOUBT)
    writing = Clock("发出意见书期限", workdays(20), workdays(5), doubt=DOUBT)

    every: ClassVar[Every | None] = Every(12, "school", 1)

    due = Begin("待自评", preparing, timed=True, unless=(UNIT, COUNTY, HOST), opens="开始评价")
    reported = State("核查中", visiting)
    drafted = State("征求意见中", replying)
    answered = State("待发意见书", writing)
    issued = End("已发意见书")

    hand_in = due.to(reported, "提交自评", by=(UNIT, COUNTY), needs=[own_sheet], may=[report])
    give_back = reported.to(due, "退回补正", by=HOST, needs=[weighed])
    mark = reported.to(
        reported, "核查评分", by=PANEL, needs=[found_sheet], may=[visited_on, visit_paper], apart=[hand_in]
    )
    conclude = reported.to(
        drafted,
        "终评并征求意见",
        by=HOST,
        needs=[final_sheet, total, Results.grade],
        quorum=[mark],
        apart=[hand_in, mark],
        source="打分的人不定终评；初步意见先听取被评单位意见",
    )
    answer = drafted.to(answered, "反馈意见", by=(UNIT, COUNTY), needs=[reply, reply_words])
    silent = drafted.lapses(answered, "期满未反馈，视为无异议")
    reweigh = answered.to(
        answered,
        "按异议改定终评",
        by=HOST,
        needs=[weighed, final_sheet, total, Results.grade],
        when=reply.is_("disputed"),
        signed=[LEADER],
        apart=[hand_in, mark],
    )
    issue = answered.to(
        issued,
        "发出意见书",
        by=HOST,
        needs=[letter, letter_no, mend_by],
        signed=[LEADER],
        enters=Register,
        source="意见书写明问题和整改期限；整改另入问题整改台账",
    )


class PersonRecognition(Recognition):
    """认定 of teachers: the school hands in what is claimed and its proof; a teacher whom a list bars is not named."""

    teacher, teacher_no = PersonTitles.teacher, PersonTitles.teacher_no
    besides: ClassVar[Sequence[Field]] = (teacher, teacher_no)


class PersonContest(Contest):
    """竞赛、评选 of teachers: judged by the entry, whose author the judges do not see."""

    teacher, teacher_no = PersonAwards.teacher, PersonAwards.teacher_no
    besides: ClassVar[Sequence[Field]] = (teacher, teacher_no)


class Appraisal(Procedure):
    """考核: a unit marks its own people by rules that everybody knows; they are told, may object, and it is settled by another hand."""

    grade, minutes = Appraised.grade, Appraised.minutes
    scores = SCORED
    total = outcome("得分", SCORED, "total")
    period = line("考核期", hint="如2020年度、2020年9月")
    shown_on = day("告知本人日期")
    objection = words("异议内容", private=True)
    looked_into = words("异议核实情况", private=True)

    scoring = Clock("评分期限", workdays(20), workdays(5), doubt=DOUBT)
    posting = Clock("公示期", workdays(5), doubt=DOUBT)
    settling = Clock("审定期限", workdays(20), workdays(5), doubt=DOUBT)

    begun = Begin("待评分", scoring, by=(UNIT, COUNTY), asks=[period], opens="开始考核")
    shown = State("公示中", posting)
    disputed = State("异议核实中", settling)
    clear = State("待审定", settling)
    settled = End("已审定")

    score = begun.to(shown, "评分并告知本人", by=(UNIT, COUNTY), needs=[SCORED, total, Appraised.grade, shown_on])
    object_to = shown.to(disputed, "收到异议", by=(UNIT, COUNTY), needs=[objection])
    keep = disputed.to(shown, "异议不成立，继续公示", by=(UNIT, COUNTY), needs=[looked_into], apart=[score])
    again = disputed.to(begun, "异议成立，重新评分", by=(UNIT, COUNTY), needs=[looked_into])
    unopposed = shown.lapses(clear, "公示期满无异议")
    settle = clear.to(
        settled,
        "审定",
        by=(UNIT, COUNTY),
        needs=[Appraised.minutes],
        apart=[score],
        enters=Register,
        source="评分的人不审定；单位只有一个账号的，由县(市、区)教育局代录",
    )


class Recheck(Procedure):
    """复核: what bears a title is looked at again while it stands; it stays, is mended in time, or the title is taken back."""

    found_sheet, final_sheet = FOUND, sheet("复核评分", against=FOUND)
    own_sheet = OWN
    total = outcome("复核得分", final_sheet, "total")
    still = outcome("复核结论", final_sheet, "passed")
    mend = words("整改要求")
    mended = words("整改情况")
    mended_paper = paper("整改材料")
    why_withdrawn = words("撤销称号的理由")
    decision_no = line("撤销文号")
    visited_on = day("现场核查日期")

    checking = Clock("复核期限", months(3), workdays(10), doubt=DOUBT)
    mending = Clock("整改期限", days(90), workdays(10), doubt=DOUBT)

    every: ClassVar[Every | None] = Every(12, "entry", 1)

    due = Begin("待复核", checking, timed=True, of=Register, opens="开始复核")
    reported = State("复核中", checking)
    settled = State("已定复核", checking)
    wanting = State("限期整改中", mending)
    mended_now = State("整改待核", checking)
    kept = End("复核合格")
    taken_back = End("已撤销称号")

    hand_in = due.to(reported, "提交自查", by=(UNIT, COUNTY), needs=[own_sheet])
    mark = reported.to(reported, "复核评分", by=PANEL, needs=[found_sheet], may=[visited_on], apart=[hand_in])
    conclude = reported.to(
        settled,
        "定复核",
        by=HOST,
        needs=[final_sheet, total, still],
        quorum=[mark],
        apart=[hand_in, mark],
    )
    keep = settled.to(kept, "复核合格", by=HOST, when=still.is_("1"))
    ask = settled.to(wanting, "限期整改", by=HOST, needs=[mend], when=still.is_("0"))
    show = wanting.to(mended_now, "报整改结果", by=(UNIT, COUNTY), needs=[mended], may=[mended_paper])
    accept = mended_now.to(kept, "整改合格", by=HOST, needs=[visited_on], apart=[show])
    take_back = mended_now.to(
        taken_back,
        "撤销称号",
        by=HOST,
        needs=[why_withdrawn, decision_no],
        when=still.is_("0"),
        signed=[LEADER],
        withdraws=Register,
    ).also(settled, wanting)
