"""公用经费: what the quota gives to each stage, what is due, what is paid."""

from luoshi.declared.measures.thresholds_people import (
    BOARDER_QUOTA,
    DISABLED_QUOTA,
    FLOOR,
    JUNIOR_QUOTA,
    PRIMARY_QUOTA,
)
from luoshi.declared.returns import Institutions, SchoolFunds
from luoshi.spine import Better
from luoshi.words.measures import Measure, Rate, Total
from luoshi.words.returns import beside

_RULE = "财教〔2019〕121号；不足100人的村小、教学点补足到100人，残疾学生另按定额，寄宿生增补；取暖补助未计"
_PRIMARY = SchoolFunds.stage == "primary"
_JUNIOR = SchoolFunds.stage == "junior"
_COMPULSORY = SchoolFunds.stage.isin(["primary", "junior"])
_SENIOR = SchoolFunds.stage == "senior"
_DISABLED = SchoolFunds.disabled.fill_null(0)
_ORDINARY = SchoolFunds.pupils - _DISABLED
_BELOW_FLOOR = (SchoolFunds.small.fill_null(False) & (_ORDINARY < FLOOR)).cast("int64") * (FLOOR - _ORDINARY)
_EXTRAS = _DISABLED * DISABLED_QUOTA + SchoolFunds.boarders.fill_null(0) * BOARDER_QUOTA
PRIMARY_DUE = (_ORDINARY + _BELOW_FLOOR) * PRIMARY_QUOTA + _EXTRAS
JUNIOR_DUE = (_ORDINARY + _BELOW_FLOOR) * JUNIOR_QUOTA + _EXTRAS
_URBAN = beside(Institutions.urban, on=[SchoolFunds.school])

QUOTAS: tuple[Measure, ...] = (
    Total(
        key="primary_running_costs_by_quota",
        label="小学公用经费定额测算数",
        label_en="Running costs by the quota, primary",
        unit="元",
        better="",
        source=_RULE,
        answers="M29.2",
        part=PRIMARY_DUE,
        where=_PRIMARY,
    ),
    Total(
        key="junior_running_costs_by_quota",
        label="初中公用经费定额测算数",
        label_en="Running costs by the quota, junior secondary",
        unit="元",
        better="",
        source=_RULE,
        answers="M29.2",
        part=JUNIOR_DUE,
        where=_JUNIOR,
    ),
    Rate(
        key="primary_running_costs_to_quota",
        label="小学实拨公用经费与定额测算数之比",
        label_en="Running costs paid to those by the quota, primary",
        better=Better.HIGHER,
        source=_RULE,
        answers="M29.2",
        part=SchoolFunds.paid,
        whole=PRIMARY_DUE,
        where=_PRIMARY,
    ),
    Rate(
        key="junior_running_costs_to_quota",
        label="初中实拨公用经费与定额测算数之比",
        label_en="Running costs paid to those by the quota, junior secondary",
        better=Better.HIGHER,
        source=_RULE,
        answers="M29.2",
        part=SchoolFunds.paid,
        whole=JUNIOR_DUE,
        where=_JUNIOR,
    ),
    Rate(
        key="primary_running_costs_paid",
        label="小学公用经费到位率",
        label_en="Running costs paid, primary",
        better=Better.HIGHER,
        source="财教〔2019〕121号；实拨与应拨",
        answers="M29.2",
        part=SchoolFunds.paid,
        whole=SchoolFunds.due,
        where=_PRIMARY,
    ),
    Rate(
        key="junior_running_costs_paid",
        label="初中公用经费到位率",
        label_en="Running costs paid, junior secondary",
        better=Better.HIGHER,
        source="财教〔2019〕121号；实拨与应拨",
        answers="M29.2",
        part=SchoolFunds.paid,
        whole=SchoolFunds.due,
        where=_JUNIOR,
    ),
    Rate(
        key="schools_paid_in_full",
        label="公用经费足额到位的学校（学段）占比",
        label_en="Schools paid in full",
        better=Better.HIGHER,
        source="财教〔2019〕121号；实拨不少于应拨",
        answers="M29.2",
        part=SchoolFunds.paid >= SchoolFunds.due,
        whole=SchoolFunds.due.notnull(),
        where=_COMPULSORY,
    ),
    Rate(
        key="small_schools_paid_in_full",
        label="小规模学校公用经费足额到位占比",
        label_en="Small schools paid in full",
        better=Better.HIGHER,
        source="国发〔2015〕67号：不足100人按100人核定的村小、教学点",
        answers="M29.2",
        part=SchoolFunds.paid >= SchoolFunds.due,
        whole=SchoolFunds.due.notnull(),
        where=_COMPULSORY & SchoolFunds.small,
    ),
    Rate(
        key="senior_running_costs_city",
        label="普通高中生均公用经费（市区）",
        label_en="Running costs per pupil, senior secondary, city",
        unit="元",
        scale=1,
        better=Better.HIGHER,
        source="城乡分类为主城区、城乡结合区的学校；河南省2017年春起不低于1000元",
        answers="M29.2",
        part=SchoolFunds.paid,
        whole=SchoolFunds.pupils,
        where=_SENIOR & _URBAN.isin(["111", "112"]),
    ),
    Rate(
        key="senior_running_costs_county",
        label="普通高中生均公用经费（县城和农村）",
        label_en="Running costs per pupil, senior secondary, county towns and country",
        unit="元",
        scale=1,
        better=Better.HIGHER,
        source="城乡分类为镇区、乡村的学校；河南省2017年春起不低于800元",
        answers="M29.2",
        part=SchoolFunds.paid,
        whole=SchoolFunds.pupils,
        where=_SENIOR & ~_URBAN.isin(["111", "112"]),
    ),
)
