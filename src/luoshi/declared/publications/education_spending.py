"""经费统计公告 (M29.5): the three tables of the yearly bulletin by county, from the finance return as it was accepted."""

from luoshi.declared.measures.money import BULLETIN_PER_PUPIL, INCOME_GROWTH, RUNNING_PER_PUPIL
from luoshi.declared.publication_clocks import SPENDING_PUBLIC
from luoshi.publishing.declaring import Deadline, Every, Figure, Kind, OfMeasures, Since

_GROWTH = "比上年增长：本年与上年之比减去100"
_WAN, _HUNDRED = 10_000, 100

EDUCATION_SPENDING = Kind(
    "education_spending",
    "教育经费执行情况统计公告",
    Every.YEAR,
    "{city}{period}教育经费执行情况统计公告",
    tables=(
        OfMeasures(
            "funds",
            "一般公共预算教育经费",
            (
                Figure("fiscal_funds", "国家财政性教育经费", "万元", per=_WAN),
                Figure("bulletin_spending", "一般公共预算教育经费", "万元", per=_WAN),
                Figure(
                    "bulletin_spending_to_last_year", "比上年增长", "%", "funds_growth", less=_HUNDRED, note=_GROWTH
                ),
                Figure("bulletin_spending_share", "占一般公共预算支出比例", "%"),
                Figure(
                    INCOME_GROWTH.key, "财政经常性收入比上年增长", "%", "income_growth", less=_HUNDRED, note=_GROWTH
                ),
                Figure(
                    "bulletin_spending_to_last_year",
                    "教育经费增幅与经常性收入增幅之差",
                    "百分点",
                    "growth_gap",
                    beside=INCOME_GROWTH.key,
                    note="两个增幅相减，不低于0为高于经常性收入增长",
                ),
            ),
            note="一般公共预算教育经费包括教育事业费、基建经费和教育费附加，按决算数；不含专项债和政府性基金",
        ),
        OfMeasures(
            "per_pupil",
            "生均一般公共预算教育经费",
            (
                Figure(BULLETIN_PER_PUPIL.key, "生均教育经费", "元"),
                Figure(
                    "bulletin_spending_per_pupil_to_last_year",
                    "比上年增长",
                    "%",
                    "per_pupil_growth",
                    less=_HUNDRED,
                    note=_GROWTH,
                ),
            ),
            note="学生数为9月1日在校生，各学段合计",
        ),
        OfMeasures(
            "running",
            "生均一般公共预算公用经费",
            (
                Figure(RUNNING_PER_PUPIL.key, "生均公用经费", "元"),
                Figure(
                    "running_costs_per_pupil_to_last_year",
                    "比上年增长",
                    "%",
                    "running_growth",
                    less=_HUNDRED,
                    note=_GROWTH,
                ),
            ),
            note="学生数为9月1日在校生，各学段合计",
        ),
    ),
    text=(
        "{period}，全市国家财政性教育经费为{fiscal_funds}。",
        "全市一般公共预算教育经费为{bulletin_spending}，比上年增长{funds_growth}，占一般公共预算支出的{bulletin_spending_share}。",
        "财政经常性收入比上年增长{income_growth}，两个增幅相差{growth_gap}。",
        "全市生均一般公共预算教育经费为{bulletin_spending_per_pupil}，比上年增长{per_pupil_growth}。",
        "全市生均一般公共预算公用经费为{running_costs_per_pupil}，比上年增长{running_growth}。",
    ),
    basis="全国教育经费执行情况统计公告口径（教育部、国家统计局、财政部）；要点“坚持教育经费统计公告制度”",
    doubt="持有的决算数不分学段；分学段的生均数须另行采集后再列",
    answers=("M29.5",),
    duties=("统计公告", "经费", "财务"),
    due=Deadline(SPENDING_PUBLIC, Since.PERIOD),
)
