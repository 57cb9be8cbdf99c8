"""行政审批服务 (M12.4, M31.2): 行政许可法 art. 32, 42, 44, 45, 82: receipt or one correction notice, promised limit, delivery, rating."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, day, line, number, paper, unit, when, words
from luoshi.handling.nouns import Begin, Clock, End, State, once
from luoshi.handling.parts import CITIZEN, HANDLER, HOST, LEADER
from luoshi.handling.terms import workdays


class Approval(
    Procedure,
    key="approval",
    label="行政审批服务",
    answers="M12.4 M31.2",
    duties=("行政审批", "放管服"),
    platform="省政务服务网",
    guarded="person",
):
    """One application at the window: what is not said to be missing within five days is accepted; a poor rating is answered."""

    item = choice(
        "事项",
        options={
            "school": "民办学校设立、变更、终止", "training": "校外培训机构设立", "teacher": "教师资格认定", "bus": "校车使用许可",
            "roll": "学籍证明", "other": "其他",
        },
    )  # fmt: skip
    applicant = line("申请人", private=True)
    contact = line("联系方式", private=True)
    way = choice("申请方式", options={"online": "网上", "window": "窗口", "post": "邮寄"})
    applied_on = day("收件日期")
    materials = paper("申请材料", private=True)
    receipt = line("受理通知书编号")
    section = unit("承办单位")
    notice = paper("一次性补正告知书", hint="一次写明全部需要补正的内容")
    why_not = words("不予受理、不予许可的理由", hint="写明依据和救济途径")
    verdict = choice("审查结论", options={"yes": "准予许可", "no": "不予许可"})
    document = paper("许可证件或决定书")
    document_no = line("证件或决定书编号")
    delivered_on = day("送达日期")
    delivered_by = choice("送达方式", options={"window": "窗口领取", "post": "邮寄", "online": "电子证照"})
    visits = number("申请人到场次数", least=0, most=20)
    stars = choice("评价", options={"5": "非常满意", "4": "满意", "3": "基本满意", "2": "不满意", "1": "非常不满意"})
    complaint = words("不满意的原因", private=True)
    called_on = day("回访日期")
    settled = words("差评处理情况")
    true = choice("差评是否属实", options={"yes": "属实", "no": "不属实"})

    title, theme, handler = item, item, section
    same = (item, applicant)
    bounds = not_before(delivered_on, applied_on) + not_before(called_on, delivered_on)

    receiving = Clock(
        "受理期限",
        workdays(5),
        workdays(1),
        applied_on,
        source="行政许可法第三十二条：五日内一次告知，逾期不告知即为受理",
    )
    deciding = Clock(
        "办理时限",
        workdays(20),
        workdays(3),
        extend=once(workdays(10), LEADER),
        pause=LEADER,
        source="行政许可法第四十二、四十五条；承诺时限更短的由本局设定",
    )
    deciding_presumed = Clock(
        "视为受理的办理时限",
        workdays(20),
        workdays(3),
        applied_on,
        extend=once(workdays(10), LEADER),
        pause=LEADER,
        source="行政许可法第三十二条：逾期不告知的，自收到申请材料之日起即为受理",
    )
    delivering = Clock("送达期限", workdays(10), workdays(2), source="行政许可法第四十四条")
    rating = Clock("评价期限", workdays(15), doubt="产品默认值，逾期视为未评价")
    settling = Clock(
        "差评处理期限", workdays(5), workdays(1), doubt="国办发〔2019〕51号要求及时回访整改，天数以本地规定为准"
    )

    received = Begin(
        "已收件",
        receiving,
        by=(CITIZEN, HOST),
        asks=[item, applicant, contact, way, applied_on, materials],
        opens="收件",
    )
    lacking = State("待补正")
    supplied = State("已补正", receiving)
    accepted = State("审查中", deciding)
    presumed = State("视为受理，审查中", deciding_presumed)
    decided = State("待送达", delivering)
    delivered = State("已送达，待评价", rating)
    poor = State("差评处理中", settling)
    closed = End("已办结")
    closed_poor = End("差评已办结")
    not_accepted = End("不予受理")
    withdrawn = End("已撤回", decided=False)

    accept = received.to(accepted, "受理", by=HOST, needs=[receipt, section]).also(supplied)
    presume = received.lapses(presumed, "逾期未告知，视为受理")
    presume_again = supplied.lapses(presumed, "补正后逾期未告知，视为受理")
    notify = received.to(lacking, "一次性告知补正", by=HOST, needs=[notice])
    supply = lacking.to(supplied, "补正材料", by=(CITIZEN, HOST), needs=[materials, applied_on])
    turn_away = received.to(not_accepted, "不予受理", by=HOST, needs=[why_not]).also(supplied)
    assign = accepted.to(accepted, "转承办单位", by=HOST, needs=[section])
    assign_presumed = presumed.to(presumed, "转承办单位", by=HOST, needs=[section])
    decide = accepted.to(
        decided,
        "作出决定",
        by=(HANDLER, HOST),
        needs=[verdict, document, document_no, when(verdict.is_("no"), why_not)],
        signed=[LEADER],
    ).also(presumed)
    deliver = decided.to(delivered, "送达", by=HOST, needs=[delivered_on, delivered_by, visits])
    rate = delivered.to(closed, "评价", by=(CITIZEN, HOST), needs=[stars], when=stars.is_("5", "4", "3"))
    rate_poor = delivered.to(
        poor, "评价（不满意）", by=(CITIZEN, HOST), needs=[stars], may=[complaint], when=stars.is_("2", "1")
    )
    unrated = delivered.lapses(closed, "逾期未评价")
    settle = poor.to(closed_poor, "回访办结", by=HOST, needs=[called_on, true, settled], apart=[deliver])
    withdraw = received.to(withdrawn, "申请人撤回", by=(CITIZEN, HOST)).also(lacking, supplied, accepted, presumed)
