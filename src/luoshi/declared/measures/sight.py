"""Sight of pupils at screening. What concerns few pupils is not shown in public (`SENSITIVE`)."""

from luoshi.declared.measures.thresholds_people import HIGH_MYOPIA, SIGHT_LEAST
from luoshi.declared.returns import ClassBands, Vision
from luoshi.spine import Better
from luoshi.words.measures import Measure, Rate, Total
from luoshi.words.returns import last_year
from luoshi.words.units import Weighted

_RULE = "WS/T 663-2020；受检人数为分母"
_SCHOOL_AGE = ["primary", "junior", "senior"]
_SCREENED = Vision.stage.isin(_SCHOOL_AGE)

_MYOPIC = Rate(
    key="myopia_rate_as_screened",
    label="中小学生筛查性近视率（未加权）",
    label_en="Myopia at screening, as screened",
    better=Better.LOWER,
    source=_RULE + "；受检学校的学段构成与全市不同，不能代替总体近视率",
    answers="M6.2",
    indicator="myopia_rate",
    part=Vision.myopic,
    whole=Vision.pupil.notnull(),
    where=_SCREENED,
)
_PUPILS = Total(
    key="pupils_of_school_age",
    label="中小学在校学生数",
    label_en="Pupils, primary to senior secondary",
    unit="人",
    better="",
    source="教育事业统计",
    part=ClassBands.pupils,
    where=ClassBands.stage.isin(_SCHOOL_AGE),
)

SIGHT: tuple[Measure, ...] = (
    Weighted(
        key="myopia_rate",
        label="儿童青少年总体近视率",
        label_en="Myopia at screening, weighted by enrolment",
        better=Better.LOWER,
        source=_RULE + "；按县(市、区)各学段在校生加权，没有筛查的学段不计；不含幼儿园",
        answers="M6.2",
        rate=_MYOPIC,
        weight=_PUPILS,
        cells=(Vision.stage,),
    ),
    _MYOPIC,
    Rate(
        key="poor_sight_rate",
        label="视力不良率",
        label_en="Poor sight",
        better=Better.LOWER,
        source="GB/T 26343-2010：任一眼裸眼视力低于5.0；只查一眼的按一眼",
        answers="M6.2",
        part=(Vision.right_sight < SIGHT_LEAST).fill_null(False) | (Vision.left_sight < SIGHT_LEAST).fill_null(False),
        whole=Vision.right_sight.notnull() | Vision.left_sight.notnull(),
        where=_SCREENED,
    ),
    Rate(
        key="high_myopia_rate",
        label="高度近视率",
        label_en="High myopia",
        better=Better.LOWER,
        source="任一眼等效球镜不高于负6.00D；恰为6.00的是否计入须核",
        answers="M6.2",
        part=(Vision.right_equivalent + HIGH_MYOPIA <= 0).fill_null(False)
        | (Vision.left_equivalent + HIGH_MYOPIA <= 0).fill_null(False),
        whole=Vision.right_equivalent.notnull() | Vision.left_equivalent.notnull(),
        where=_SCREENED,
    ),
    Rate(
        key="myopia_new_onset",
        label="新发近视率",
        label_en="New myopia",
        better=Better.LOWER,
        source="上年同期不近视、今年受检者中近视的；两次都受检才计入",
        answers="M6.2",
        part=Vision.myopic,
        whole=Vision.pupil.notnull(),
        where=_SCREENED & ~last_year(Vision.myopic),
    ),
    Rate(
        key="myopia_referred",
        label="近视学生建议就医率",
        label_en="Myopic pupils referred",
        better=Better.HIGHER,
        source="教体艺〔2018〕3号；不戴镜的筛查性近视学生",
        answers="M6.2",
        part=Vision.referred,
        whole=Vision.referred.notnull(),
        where=_SCREENED & Vision.myopic & (Vision.glasses == "none"),
    ),
)
