"""教育信访 (M32.8): 信访条例(国务院令第431号, 2005-05-01至2022-04-30) art. 16-36."""

from luoshi.handling.bounds import not_before, not_over
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, count, day, line, paper, unit, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import CITIZEN, HANDLER, HOST, LEADER
from luoshi.handling.terms import days, workdays


class Petition(
    Procedure,
    key="petition",
    label="教育信访",
    answers="M32.8",
    duties=("信访",),
    platform="国家信访信息系统、12345",
    guarded="person",
):
    """One matter, however many channels it came by: accepted within 15 days, answered within 60, reviewed twice at most."""

    channel = choice(
        "来信来访渠道", options={"web": "网上信访", "visit": "群众走访", "letter": "群众来信", "phone": "专线电话"}
    )
    received_on = day("收到日期")
    who = line("来信来访人", private=True, hint="匿名的写“匿名”")
    contact = line("联系方式", private=True)
    reachable = choice("能否告知", options={"yes": "姓名、地址清楚", "no": "匿名或地址不清"})
    persons = count("人数", least=1, most=100_000)
    representatives = count("代表人数", least=1, most=5, because="多人走访的，代表不超过5人（信访条例第十八条）")
    topic = choice(
        "类别",
        options={
            "enrolment": "招生入学", "roll": "学籍", "fees": "收费", "ethics": "师德", "pay": "教师待遇", "safety": "校园安全、欺凌",
            "training": "校外培训", "private": "民办学校", "building": "基建欠薪", "canteen": "食堂", "epidemic": "疫情", "other": "其他",
        },
    )  # fmt: skip
    matter = words("信访事项", private=True)
    against = unit("被反映单位", schools=True)
    urgent = choice("紧急程度", options={"usual": "一般", "urgent": "紧急、可能造成社会影响"})
    handler_unit = unit("承办单位")
    accept_notice = paper("受理告知书")
    why_not = words("不予受理的理由", hint="写明依法应向哪个机关提出")
    where_to_go = line("应向哪里提出")
    passed_to = line("转送机关")
    result = choice("处理结果", options={"support": "支持", "explain": "解释", "reject": "不支持"})
    reply = paper("答复意见书", hint="写明不服时向谁、在多少天内请求复查")
    served_on = day("送达日期")
    satisfied = choice("评价", options={"yes": "满意", "fair": "基本满意", "no": "不满意"})
    asked_on = day("请求复查（复核）日期")
    review_opinion = paper("复查意见")
    review_served_on = day("复查意见送达日期")
    final_opinion = paper("复核意见")

    title, theme, weight, handler, accuses = topic, topic, persons, handler_unit, against
    same = (who, topic)
    bounds = (
        not_before(served_on, received_on)
        + not_before(asked_on, served_on, review_served_on)
        + not_before(review_served_on, asked_on)
        + not_over(representatives, persons)
    )

    accepting = Clock("受理期限", days(15), workdays(3), received_on, source="信访条例第二十一、二十二条")
    handling = Clock("办理期限", days(60), workdays(3), extend=once(days(30), LEADER), source="信访条例第三十三条")
    asking = Clock("请求复查期限", days(30), start=served_on, source="信访条例第三十四条")
    reviewing = Clock("复查期限", days(30), workdays(3), asked_on, source="信访条例第三十四条")
    asking_again = Clock("请求复核期限", days(30), start=review_served_on, source="信访条例第三十五条")
    rechecking = Clock(
        "复核期限", days(30), workdays(3), asked_on, pause=LEADER, source="信访条例第三十五条，听证期间不计入"
    )

    received = Begin(
        "已登记",
        accepting,
        by=(HOST, CITIZEN),
        asks=[
            channel,
            received_on,
            who,
            reachable,
            persons,
            topic,
            matter,
            urgent,
            when(channel.is_("visit"), representatives),
        ],
        may=[contact, against],
        opens="登记信访事项",
    )
    accepted = State("办理中", handling)
    answered = State("已答复", asking)
    in_review = State("复查中", reviewing)
    reviewed = State("已复查", asking_again)
    in_recheck = State("复核中", rechecking)
    settled = End("已办结")
    final = End("已终结")
    refused = End("不予受理")
    passed_on = End("已转送", decided=False)
    merged = End("已并案", decided=False)

    accept = received.to(
        accepted,
        "受理",
        by=HOST,
        needs=[handler_unit, when(reachable.is_("yes"), accept_notice)],
        source="信访条例第二十二条",
    )
    refuse = received.to(
        refused, "不予受理", by=HOST, needs=[why_not, where_to_go], signed=[LEADER], source="信访条例第二十一条"
    )
    pass_on = received.to(passed_on, "转送", by=HOST, needs=[passed_to], source="信访条例第二十一条")
    answer = accepted.to(
        answered,
        "答复",
        by=(HANDLER, HOST),
        needs=[result, reply, served_on],
        signed=[LEADER],
        source="信访条例第三十二、三十三条",
    )
    assign = accepted.to(accepted, "改由别的单位承办", by=HOST, needs=[handler_unit])
    merge = received.to(merged, "并入同一事项", by=HOST, merges=True).also(accepted)
    rate = answered.to(answered, "评价", by=(CITIZEN, HOST), needs=[satisfied])
    ask_review = answered.to(in_review, "请求复查", by=(CITIZEN, HOST), needs=[asked_on])
    close = answered.lapses(settled, "逾期未请求复查")
    review = in_review.to(
        reviewed, "作出复查意见", by=HOST, needs=[review_opinion, review_served_on], signed=[LEADER], apart=[answer]
    )
    ask_recheck = reviewed.to(in_recheck, "请求复核", by=(CITIZEN, HOST), needs=[asked_on])
    close_reviewed = reviewed.lapses(settled, "逾期未请求复核")
    recheck = in_recheck.to(
        final, "作出复核意见", by=HOST, needs=[final_opinion], signed=[LEADER], apart=[answer, review]
    )
