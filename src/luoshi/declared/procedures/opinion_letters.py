"""督导意见书 (M13.6): 教育督导条例(国务院令第624号): preliminary opinion, defence, letter with a deadline, correction, verification."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, unit, words, yes
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import HANDLER, HOST, LEADER, OVERSIGHT
from luoshi.handling.registers import Register
from luoshi.handling.terms import days, that_day, workdays


class SupervisionReports(Register, key="supervision_reports", label="督导报告公布目录", answers="M13.6"):
    """One supervision whose report went to the government and was published."""

    topic = line("督导事项")
    letter_no = line("督导意见书文号")
    published = line("公布位置", hint="网页地址")

    title = topic
    public = (topic, published)
    same = (letter_no,)


class OpinionLetter(Procedure, key="opinion_letter", label="督导意见书", answers="M13.6", duties=("教育督导", "督学")):
    """One supervision of a county or school: heard before it is judged, verified by others, and one step harder each time it fails."""

    topic, letter_no, published = (
        SupervisionReports.topic,
        SupervisionReports.letter_no,
        SupervisionReports.published,
    )
    kind = choice("督导类型", options={"regular": "经常性督导", "special": "专项督导", "comprehensive": "综合督导"})
    supervised = unit("被督导单位", schools=True)
    visited_on = day("现场督导日期")
    inspectors = number("督导小组人数", least=3, most=50, because="督导小组由3名以上督学组成（教育督导条例）")
    recused = words("督学回避情况", hint="没有写“无”")
    preliminary = paper("初步督导意见")
    told_on = day("初步意见反馈日期")
    defence = words("申辩意见")
    defence_paper = paper("申辩材料")
    answer_to_defence = words("申辩采纳情况", hint="逐条写明采纳与否和理由；没有申辩写“逾期未申辩”")
    letter = paper("督导意见书")
    items = number("整改事项数", least=1, most=200)
    due_on = day("整改时限", future=True)
    corrected = paper("整改报告")
    verified_on = day("核查日期")
    verified = words("核查情况")
    talked = yes("已约谈")
    talk_record = paper("约谈记录")
    circulated = yes("已通报")
    circular_no = line("通报文号")
    referred_to = line("移送机关")
    referral = paper("问责建议或移送函")
    report = paper("督导报告", hint="报本级政府，报上一级督导机构备案")

    title, theme, handler = topic, kind, supervised
    same = (topic, supervised, visited_on)
    bounds = not_before(told_on, visited_on) + not_before(due_on, visited_on) + not_before(verified_on, told_on)

    writing = Clock("反馈初步意见期限", workdays(15), workdays(3), visited_on, doubt="产品默认值")
    defending = Clock("申辩期限", workdays(10), workdays(2), told_on, doubt="天数条例未定，以本级规定为准")
    judging = Clock("发督导意见书期限", workdays(20), workdays(3), doubt="产品默认值")
    correcting = Clock(
        "整改时限", that_day(), workdays(5), due_on, extend=once(days(30), LEADER), doubt="延期天数为产品默认值"
    )
    verifying = Clock("核查期限", workdays(20), workdays(3), doubt="产品默认值")

    visited = Begin(
        "已现场督导",
        writing,
        by=HOST,
        asks=[topic, kind, supervised, visited_on, inspectors, recused],
        opens="登记督导",
    )
    heard = State("听取申辩中", defending)
    weighed = State("待发意见书", judging)
    under_way = State("整改中", correcting)
    in_check = State("整改待核查", verifying)
    failed = State("整改不到位")
    closed = End("已核查、已公布")
    referred = End("已移送问责")

    feed_back = visited.to(heard, "反馈初步意见", by=HOST, needs=[preliminary, told_on])
    defend = heard.to(weighed, "申辩", by=(HANDLER, HOST), needs=[defence], may=[defence_paper])
    silent = heard.lapses(weighed, "逾期未申辩")
    issue = weighed.to(
        under_way,
        "发督导意见书",
        by=HOST,
        needs=[answer_to_defence, letter, letter_no, items, due_on],
        signed=[LEADER],
        source="教育督导条例",
    )
    correct = under_way.to(in_check, "报整改报告", by=HANDLER, needs=[corrected])
    overdue = under_way.lapses(failed, "逾期未报整改报告")
    verify = in_check.to(
        closed,
        "核查合格并公布",
        by=(HOST, OVERSIGHT),
        needs=[verified_on, verified, report, published],
        signed=[LEADER],
        apart=[correct],
        enters=SupervisionReports,
    )
    fail = in_check.to(failed, "核查不合格", by=(HOST, OVERSIGHT), needs=[verified_on, verified], apart=[correct])
    talk = failed.to(under_way, "约谈，再限期整改", by=HOST, needs=[talked, talk_record, due_on], signed=[LEADER])
    circulate = failed.to(
        under_way,
        "通报，再限期整改",
        by=HOST,
        needs=[circulated, circular_no, due_on],
        signed=[LEADER],
        when=talked.is_("1"),
    )
    refer = failed.to(
        referred, "移送问责", by=HOST, needs=[referred_to, referral], signed=[LEADER], when=circulated.is_("1")
    )
