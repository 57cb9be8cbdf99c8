"""Pay under equal conditions, counties at parity, allowances: from totals and heads of counties, never by person."""

from luoshi.declared.measures.teachers import RURAL_PAY, TEACHER_PAY_RATIO, TOWN_PAY
from luoshi.declared.returns import PayTotals
from luoshi.spine import Better
from luoshi.words.measures import Measure, Rate, Total
from luoshi.words.units import CellsPassing, CountiesPassing, Standardised

_CELLS = (PayTotals.stage, PayTotals.post_grade, PayTotals.service)
_COMPULSORY = PayTotals.stage.isin(["primary", "junior"])
_PARITY = "义务教育法第31条；津补贴范围须核，市直学校应与市级公务员比"
_EQUAL = "乡村教师支持计划：同等条件按学段、岗位等级、教龄段分组，按乡村人数折算"

SPECIAL_POST_PAY = Rate(
    key="special_post_average_pay",
    label="特岗教师年平均工资收入",
    label_en="Average pay of special-post teachers a year",
    unit="元",
    scale=12,
    better="",
    source="特岗教师单列",
    answers="M27.1",
    part=PayTotals.total,
    whole=PayTotals.person_months,
    where=(PayTotals.group == "special_post") & _COMPULSORY,
)
_ESTABLISHED_PAY = Rate(
    key="established_average_pay_by_place",
    label="在编教师年平均工资收入（按任教地分组）",
    label_en="Average pay of teachers in post a year, by place",
    unit="元",
    scale=12,
    better="",
    source="特岗教师的比较对象",
    part=PayTotals.total,
    whole=PayTotals.person_months,
    where=(PayTotals.group == "established") & _COMPULSORY,
)
RURAL_PAY_RATIO = Standardised(
    key="rural_pay_ratio",
    label="乡村教师与县镇教师实际工资收入之比",
    label_en="Rural teacher pay to town teacher pay under equal conditions",
    better=Better.HIGHER,
    source=_EQUAL,
    answers="M27.1",
    one=RURAL_PAY,
    other=TOWN_PAY,
    cells=_CELLS,
)

PAY: tuple[Measure, ...] = (
    RURAL_PAY_RATIO,
    CellsPassing(
        key="rural_pay_cells_passing",
        label="乡村教师工资不低于县镇的同等条件组占比",
        label_en="Cells in which rural pay is not lower",
        better=Better.HIGHER,
        source=_EQUAL,
        answers="M27.1",
        between=RURAL_PAY_RATIO,
    ),
    Standardised(
        key="special_post_pay_ratio",
        label="特岗教师与在编教师工资收入之比（同等条件）",
        label_en="Special-post pay to pay in post under equal conditions",
        better=Better.HIGHER,
        source="特岗教师与在编教师同等待遇；按任教地、学段、岗位等级、教龄段分组",
        answers="M27.1",
        one=SPECIAL_POST_PAY,
        other=_ESTABLISHED_PAY,
        cells=(PayTotals.place, *_CELLS),
    ),
    SPECIAL_POST_PAY,
    CountiesPassing(
        key="counties_at_pay_parity",
        label="教师平均工资不低于公务员的县(市、区)占比",
        label_en="Counties where teachers are paid no less than civil servants",
        better=Better.HIGHER,
        source=_PARITY,
        answers="M13.3",
        judged=TEACHER_PAY_RATIO,
    ),
    CountiesPassing(
        key="teachers_at_pay_parity",
        label="所在县(市、区)达标的教师占比",
        label_en="Teachers in counties at parity",
        better=Better.HIGHER,
        source=_PARITY + "；按在编教师人月数加权",
        answers="M27.1",
        judged=TEACHER_PAY_RATIO,
        by_heads=True,
    ),
    CountiesPassing(
        key="counties_at_rural_parity",
        label="乡村教师工资不低于同等条件县镇教师的县(市、区)占比",
        label_en="Counties at rural parity",
        better=Better.HIGHER,
        source=_EQUAL,
        answers="M27.1",
        judged=RURAL_PAY_RATIO,
    ),
    Rate(
        key="pay_arrears_share",
        label="教师工资拖欠占比",
        label_en="Teacher pay in arrears",
        better=Better.LOWER,
        source="县(市、区)财政、人社汇总；补发的计入应发月份",
        answers="M13.3",
        part=PayTotals.arrears,
        whole=PayTotals.total,
        where=_COMPULSORY,
    ),
    Total(
        key="pay_arrears",
        label="拖欠教师工资",
        label_en="Teacher pay in arrears, amount",
        unit="元",
        better=Better.LOWER,
        source="县(市、区)财政、人社汇总；补发的计入应发月份",
        answers="M13.3",
        part=PayTotals.arrears,
    ),
    Rate(
        key="rural_allowance_a_month",
        label="乡村教师生活补助月人均",
        label_en="Rural living allowance a head and month",
        unit="元",
        scale=1,
        better=Better.HIGHER,
        source="乡村教师支持计划；含特岗，不含编外",
        answers="M27.3",
        part=PayTotals.rural,
        whole=PayTotals.person_months,
        where=(PayTotals.place == "village") & PayTotals.group.isin(["established", "special_post"]),
    ),
    Rate(
        key="head_teacher_allowance_a_month",
        label="班主任津贴和教龄津贴月人均",
        label_en="Head-teacher and seniority allowances a head and month",
        unit="元",
        scale=1,
        better=Better.HIGHER,
        source="按全部教师平均，不是按班主任平均",
        answers="M27.3",
        part=PayTotals.head_teacher,
        whole=PayTotals.person_months,
        where=_COMPULSORY,
    ),
)
