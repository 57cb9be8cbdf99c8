"""学生欺凌 (M32.5): 《加强中小学生欺凌综合治理方案》(教督〔2017〕10号); each case is closed by itself, and no name leaves the school."""

from luoshi.handling.bounds import not_before
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, count, day, paper, when, words
from luoshi.handling.nouns import Begin, Clock, End, State
from luoshi.handling.parts import CITIZEN, COUNTY, UNIT
from luoshi.handling.registers import Register
from luoshi.handling.terms import days

_DOUBT = "须与方案原文和省定细则核对"


class BullyingCase(Register, key="bullying_cases", label="学生欺凌事件台账", answers="M32.5", subject="school"):
    """One case that was found to be bullying, without a name: when, how grave, what was done."""

    happened_on = day("发生日期")
    severity = choice("程度", options={"light": "情节轻微", "grave": "情节恶劣", "police": "涉及违法犯罪"})
    handling = choice(
        "处置",
        options={"teach": "批评教育", "warn": "警示教育、予以处分", "police": "移送公安机关", "special": "送专门学校"},
    )

    title = severity


class Bullying(
    Procedure,
    key="bullying",
    label="学生欺凌事件处置",
    answers="M32.5",
    duties=("安全", "基教"),
    subject="school",
    guarded="child",
):
    """A school's committee looks into it within ten days and finds; who disagrees asks the county, which answers within fifteen."""

    told_by = choice(
        "发现途径",
        options={"pupil": "学生本人", "parent": "家长", "teacher": "教职工", "phone": "举报电话", "other": "其他"},
    )
    told_on = day("发现日期")
    persons = count("涉及人数", least=2, most=999)
    matter = words("经过", private=True, hint="不写姓名")
    found = choice("认定结果", options={"yes": "构成欺凌", "no": "不构成欺凌"})
    inquiry = paper("调查认定材料", private=True)
    found_on = day("认定日期")
    asked_on = day("申请复查日期")
    review = paper("复查结论", private=True)
    care = words("对受害学生的保护和疏导", private=True)

    title, theme, weight = told_by, found, persons
    bounds = (
        not_before(told_on, BullyingCase.happened_on) + not_before(found_on, told_on) + not_before(asked_on, found_on)
    )

    inquiring = Clock("调查期限", days(10), days(2), told_on, source="教督〔2017〕10号", doubt=_DOUBT)
    objecting = Clock("申请复查期限", days(15), start=found_on, source="产品默认", doubt=_DOUBT)
    reviewing = Clock("复查期限", days(15), days(3), asked_on, source="教督〔2017〕10号", doubt=_DOUBT)

    told = Begin(
        "调查中",
        inquiring,
        by=(UNIT, COUNTY),
        asks=[told_by, told_on, persons, matter, BullyingCase.happened_on],
        opens="登记疑似欺凌",
    )
    decided = State("已认定", objecting)
    in_review = State("复查中", reviewing)
    reviewed = State("已复查")
    closed = End("已处置，列入台账")
    cleared = End("不构成欺凌")

    decide = told.to(
        decided,
        "委员会认定",
        by=UNIT,
        needs=[found, found_on, inquiry, when(found.is_("yes"), BullyingCase.severity)],
        source="学生欺凌治理委员会",
    )
    ask = decided.to(in_review, "申请复查", by=(CITIZEN, UNIT, COUNTY), needs=[asked_on])
    judge = in_review.to(
        reviewed,
        "作出复查结论",
        by=COUNTY,
        needs=[review, found, when(found.is_("yes"), BullyingCase.severity)],
        apart=[decide],
    )
    close = decided.to(
        closed,
        "处置完毕",
        by=UNIT,
        when=found.is_("yes"),
        needs=[BullyingCase.handling, care],
        signed=[COUNTY],
        enters=BullyingCase,
    ).also(reviewed)
    clear = decided.to(cleared, "不构成，结案", by=UNIT, when=found.is_("no"), may=[care]).also(reviewed)
