"""Preschool: children, not kindergartens, are counted for shares; attached classes count their children."""

from luoshi.declared.returns import Institutions, Kindergartens, Population
from luoshi.spine import Better
from luoshi.words.measures import Blank, Measure, Rate, Total

_RULE = "教督〔2020〕1号；按在园幼儿数，不按园数"
_PUBLIC = Kindergartens.nature.isin(["public", "quasi_public"])
_AFFORDABLE = Kindergartens.nature.isin(["public", "quasi_public", "inclusive"])
_OF_AGE = (Population.counted == "resident") & Population.age.between(3, 5)
_TOWNS = Institutions.township.substr(6, 1).isin(["1", "2", "3"])
"""Codes 100 to 399 are towns and townships (镇, 乡); below are 街道."""

PRESCHOOL: tuple[Measure, ...] = (
    Total(
        key="kindergarten_children",
        label="在园幼儿数",
        label_en="Children in kindergartens",
        better="",
        source="教育事业统计；含附设幼儿班",
        answers="M15.2",
        unit="人",
        part=Kindergartens.children,
    ),
    Rate(
        key="public_share",
        label="公办园在园幼儿占比",
        label_en="Children in public kindergartens",
        better=Better.HIGHER,
        source=_RULE + "；公办性质园计入，“公办覆盖率”含义须核",
        answers="M15.2",
        part=Kindergartens.children,
        where=_PUBLIC,
        whole=Kindergartens.children,
        whole_where=Kindergartens.children.notnull(),
    ),
    Rate(
        key="affordable_share",
        label="普惠率",
        label_en="Children in affordable kindergartens",
        better=Better.HIGHER,
        source=_RULE,
        answers="M15.2",
        part=Kindergartens.children,
        where=_AFFORDABLE,
        whole=Kindergartens.children,
        whole_where=Kindergartens.children.notnull(),
    ),
    Rate(
        key="preschool_gross_enrolment",
        label="学前三年毛入园率",
        label_en="Gross enrolment rate, preschool",
        better=Better.HIGHER,
        source="教育统计指标：毛入园率；人口为常住人口",
        answers="M15.2",
        part=Kindergartens.children,
        whole=Population.people,
        whole_where=_OF_AGE,
    ),
    Blank(
        key="blank_townships",
        label="公办乡镇中心幼儿园空白乡镇",
        label_en="Townships without a public central kindergarten",
        unit="个",
        better=Better.LOWER,
        source="只计乡、镇，不计街道；名录中有机构的乡镇",
        answers="M15.3",
        place=Institutions.township,
        within=_TOWNS,
        holds=Kindergartens.central & _PUBLIC,
        at=Kindergartens.township,
    ),
    Rate(
        key="kindergarten_classes_within_norm",
        label="幼儿园班额达标率",
        label_en="Kindergarten classes within the norm",
        better=Better.HIGHER,
        source="幼儿园工作规程：小班25、中班30、大班35、混合班30人",
        answers="M15.2",
        part=Kindergartens.within_norm,
        whole=Kindergartens.classes,
    ),
    Rate(
        key="children_per_teacher",
        label="每名专任教师负担的在园幼儿数",
        label_en="Children for each teacher",
        unit="人",
        scale=1,
        better=Better.LOWER,
        source="教督〔2020〕1号：不超过15",
        answers="M15.2",
        part=Kindergartens.children,
        whole=Kindergartens.teachers,
    ),
    Rate(
        key="children_per_staff",
        label="每名教职工负担的在园幼儿数",
        label_en="Children for each of the staff",
        unit="人",
        scale=1,
        better=Better.LOWER,
        source="教师〔2013〕1号：全日制1:5至1:7",
        answers="M25.1",
        part=Kindergartens.children,
        whole=Kindergartens.staff,
    ),
    Rate(
        key="children_per_carer",
        label="每名保教人员负担的在园幼儿数",
        label_en="Children for each teacher or carer",
        unit="人",
        scale=1,
        better=Better.LOWER,
        source="教师〔2013〕1号：全日制1:7至1:9",
        answers="M25.1",
        part=Kindergartens.children,
        whole=Kindergartens.teachers + Kindergartens.carers,
    ),
)
