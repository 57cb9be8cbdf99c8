"""控辍保学季度复核 (M21.1): schools report each month, the county goes over the quarter. 国办发〔2017〕72号, 教基〔2020〕5号."""

from luoshi.handling.bounds import not_before, not_over
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import choice, count, day, when, words
from luoshi.handling.nouns import Begin, Clock, End, Every, State
from luoshi.handling.parts import COUNTY, HOST
from luoshi.handling.terms import days, months, workdays

_DOUBT = "产品默认，县级控辍保学办法另有规定的从其规定，须由该局确认"


class DropoutReview(
    Procedure,
    key="dropout_review",
    label="控辍保学季度复核",
    answers="M21.1",
    duties=("基教", "基础教育", "义务教育"),
    subject="county",
    platform="控辍保学工作台账管理平台",
):
    """A county holds its cases against the rolls and who really sits in class; how many cases there are is counted, not asked."""

    reviewed_on = day("复核日期")
    schools = count("实地核查学校数", least=1, most=999)
    pupils = count("抽查学生数", least=1, most=99_999)
    agree = choice("台账、学籍与实际在校是否一致", options={"yes": "一致", "no": "有不一致"})
    apart = count("不一致的学生数", least=1, most=99_999)
    what = words("不一致的情形", most=500, hint="只写情形和校数，不写姓名")
    mended_on = day("更正日期")
    mended = words("更正情况", most=500, hint="漏登的立案劝返，误登的更正学籍；不写姓名")
    back_why = words("退回的理由")

    theme = agree
    bounds = not_over(apart, pupils) + not_before(mended_on, reviewed_on)
    every = Every(3, "county")

    quarter = Clock("季度复核期限", months(1), days(7), source="县区一季一复核", doubt=_DOUBT)
    mending = Clock("更正期限", workdays(10), workdays(2), doubt=_DOUBT)

    due = Begin("待复核", quarter, timed=True)
    differing = State("有不一致，更正中", mending)
    corrected = State("已更正，待核", mending)
    reviewed = End("复核一致")
    settled = End("已更正")
    missed = End("本季未复核", decided=False)

    agreed = due.to(reviewed, "复核一致", by=COUNTY, when=agree.is_("yes"), needs=[reviewed_on, schools, pupils, agree])
    differs = due.to(
        differing,
        "报不一致",
        by=COUNTY,
        when=agree.is_("no"),
        needs=[reviewed_on, schools, pupils, agree, when(agree.is_("no"), apart, what)],
    )
    mend = differing.to(corrected, "报更正", by=COUNTY, needs=[mended_on, mended])
    accept = corrected.to(settled, "核定", by=HOST, apart=[mend])
    send_back = corrected.to(differing, "退回再更正", by=HOST, needs=[back_why])
    lapse = due.lapses(missed, "逾期未复核")
