"""Vocational schools held against the national standard (教职成〔2010〕12号), school by school."""

from luoshi.declared import standards_schooling as standards
from luoshi.declared.returns import ClassBands, Equipment, Premises, StaffCounts
from luoshi.spine import Better
from luoshi.words.measures import Measure, Passing, PerPupil, Standard
from luoshi.words.returns import Threshold

_RULE = "教职成〔2010〕12号；规模、师资结构、专业设置没有明细，须由人核定"
_VOCATIONAL = ClassBands.stage == "vocational"

TRADE_TEACHERS = PerPupil(
    key="trade_teachers",
    label="中职每百名学生专任教师数",
    label_en="Teachers per 100 pupils, vocational",
    better=Better.HIGHER,
    source=_RULE,
    answers="M18.3",
    unit="人",
    scale=100,
    part=StaffCounts.teachers,
    where=StaffCounts.stage == "vocational",
    whole=ClassBands.pupils,
    whole_where=_VOCATIONAL,
)
TRADE_LAND = PerPupil(
    key="trade_land",
    label="中职生均占地面积",
    label_en="Land per pupil, vocational",
    better=Better.HIGHER,
    source=_RULE,
    answers="M18.3",
    unit="平方米",
    scale=1,
    part=Premises.land,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=_VOCATIONAL,
)
TRADE_BUILDING = PerPupil(
    key="trade_building",
    label="中职生均校舍建筑面积",
    label_en="Building area per pupil, vocational",
    better=Better.HIGHER,
    source=_RULE,
    answers="M18.3",
    unit="平方米",
    scale=1,
    part=Premises.building,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=_VOCATIONAL,
)
TRADE_EQUIPMENT = PerPupil(
    key="trade_equipment",
    label="中职生均仪器设备值",
    label_en="Equipment per pupil, vocational",
    better=Better.HIGHER,
    source=_RULE,
    answers="M18.3",
    unit="元",
    scale=1,
    part=Equipment.equipment,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=_VOCATIONAL,
)
TRADE_BOOKS = PerPupil(
    key="trade_books",
    label="中职生均图书册数",
    label_en="Books per pupil, vocational",
    better=Better.HIGHER,
    source=_RULE,
    answers="M18.3",
    unit="册",
    scale=1,
    part=Equipment.books,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=_VOCATIONAL,
)
TRADE_COMPUTERS = PerPupil(
    key="trade_computers",
    label="中职每百名学生计算机台数",
    label_en="Computers per 100 pupils, vocational",
    better=Better.HIGHER,
    source=_RULE,
    answers="M18.3",
    unit="台",
    scale=100,
    part=Equipment.computers,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=_VOCATIONAL,
)

TRADE: tuple[Measure, ...] = (
    TRADE_TEACHERS,
    TRADE_LAND,
    TRADE_BUILDING,
    TRADE_EQUIPMENT,
    TRADE_BOOKS,
    TRADE_COMPUTERS,
    Passing(
        key="vocational_schools_at_standard",
        label="中等职业学校办学条件达标率",
        label_en="Vocational schools at the national standard",
        better=Better.HIGHER,
        source=_RULE,
        answers="M18.3",
        standards=(
            Standard(TRADE_TEACHERS, Threshold(standards.TRADE_TEACHERS)),
            Standard(TRADE_LAND, Threshold(standards.TRADE_LAND)),
            Standard(TRADE_BUILDING, Threshold(standards.TRADE_BUILDING)),
            Standard(TRADE_EQUIPMENT, Threshold(standards.TRADE_EQUIPMENT)),
            Standard(TRADE_BOOKS, Threshold(standards.TRADE_BOOKS)),
            Standard(TRADE_COMPUTERS, Threshold(standards.TRADE_COMPUTERS)),
        ),
    ),
)
"""Each amount, and the schools that reach all of them."""
