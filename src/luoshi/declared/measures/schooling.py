"""Who goes to school and stays: enrolment, cohorts, general and vocational, pupils with special needs, sight."""

from luoshi.declared.returns import Aid, ClassBands, Population, Pupils, Vision
from luoshi.spine import Better
from luoshi.words.measures import Measure, Rate, Total
from luoshi.words.returns import last_year

_RETURN = "教育事业统计"
_ROLL = "学籍，当日"
_PRIMARY = ClassBands.stage == "primary"
_JUNIOR = ClassBands.stage == "junior"
_COMPULSORY = ClassBands.stage.isin(["primary", "junior"])
_SENIOR_STAGE = ClassBands.stage.isin(["senior", "vocational"])
_MISSED = (
    last_year(ClassBands.pupils)
    + ClassBands.entrants
    - ClassBands.graduates
    + ClassBands.moved_in
    - ClassBands.moved_out
    - ClassBands.pupils
)
_DISABLED = Pupils.disability != "none"
_THREE_KINDS = Pupils.disability.isin(["sight", "hearing", "speech", "mind"])
_PLACED = Pupils.placement.notnull()

SCHOOLING: tuple[Measure, ...] = (
    Total(
        key="compulsory_pupils",
        label="义务教育在校学生数",
        label_en="Pupils, compulsory education",
        unit="人",
        better="",
        source=_RETURN,
        part=ClassBands.pupils,
        where=_COMPULSORY,
    ),
    Total(
        key="senior_pupils",
        label="普通高中在校学生数",
        label_en="Pupils, senior secondary",
        unit="人",
        better="",
        source=_RETURN,
        part=ClassBands.pupils,
        where=ClassBands.stage == "senior",
    ),
    Rate(
        key="nine_year_retention",
        label="九年义务教育巩固率",
        label_en="Retention over nine years",
        better=Better.HIGHER,
        source="九年级学生数除以该届一年级时学生数；跨县流动大，只宜看全市",
        answers="M21.1",
        part=ClassBands.grade_3,
        where=_JUNIOR,
        whole=ClassBands.grade_1,
        whole_where=_PRIMARY,
        whole_years_back=8,
    ),
    Rate(
        key="pupils_missed",
        label="义务教育年辍学率（统计）",
        label_en="Pupils missed within a year, compulsory education",
        better=Better.LOWER,
        places=4,
        source="上年初加招生、减毕业、加转入、减转出（含死亡）、减本年初，除以上年初",
        answers="M21.1",
        part=_MISSED,
        whole=last_year(ClassBands.pupils),
        where=_COMPULSORY,
    ),
    Rate(
        key="senior_gross_enrolment",
        label="高中阶段毛入学率",
        label_en="Gross enrolment rate, senior secondary",
        better=Better.HIGHER,
        source="教育统计指标：毛入学率；技工学校、五年制高职是否计入须核",
        answers="M17.3",
        part=ClassBands.pupils,
        where=_SENIOR_STAGE,
        whole=Population.people,
        whole_where=(Population.counted == "resident") & Population.age.between(15, 17),
    ),
    Rate(
        key="vocational_entrants_share",
        label="中等职业教育招生占高中阶段招生比例",
        label_en="Vocational among entrants of the senior stage",
        better=Better.HIGHER,
        source="国发〔2019〕4号：职普比大体相当；按招生数，不按在校生数",
        answers="M18.6",
        part=ClassBands.entrants,
        where=ClassBands.stage == "vocational",
        whole=ClassBands.entrants,
        whole_where=_SENIOR_STAGE,
    ),
    Rate(
        key="migrants_share",
        label="随迁子女占义务教育学生比例",
        label_en="Children of migrant workers, compulsory education",
        better="",
        source=_RETURN,
        answers="M21.1",
        part=Aid.migrants,
        where=Aid.stage.isin(["primary", "junior"]),
        whole=ClassBands.pupils,
        whole_where=_COMPULSORY,
    ),
    Total(
        key="disabled_pupils",
        label="在籍残疾学生数",
        label_en="Disabled pupils on the roll",
        unit="人",
        better="",
        source=_ROLL,
        answers="M22.1",
        part=_DISABLED,
    ),
    Rate(
        key="three_kinds_placed",
        label="三类残疾学生安置登记率",
        label_en="Placement known, three kinds of disability",
        better=Better.HIGHER,
        source=_ROLL + "；只计在籍的，未入学的不在学籍里",
        answers="M22.1",
        part=_PLACED,
        whole=Pupils.pupil.notnull(),
        where=_THREE_KINDS,
    ),
    Rate(
        key="integrated_share",
        label="随班就读占残疾学生比例",
        label_en="Disabled pupils in ordinary classes",
        better="",
        source=_ROLL,
        answers="M22.1",
        part=Pupils.placement == "integrated",
        whole=Pupils.placement.notnull(),
        where=_DISABLED,
    ),
    Rate(
        key="taught_at_home_share",
        label="送教上门占残疾学生比例",
        label_en="Disabled pupils taught at home",
        better="",
        source=_ROLL,
        answers="M22.2",
        part=Pupils.placement == "at_home",
        whole=Pupils.placement.notnull(),
        where=_DISABLED,
    ),
    Rate(
        key="primary_myopia_rate",
        label="小学筛查性近视率",
        label_en="Myopia at screening, primary",
        better=Better.LOWER,
        source="WS/T 663-2020；受检人数为分母",
        answers="M6.2",
        part=Vision.myopic,
        whole=Vision.pupil.notnull(),
        where=Vision.stage == "primary",
    ),
    Rate(
        key="junior_myopia_rate",
        label="初中筛查性近视率",
        label_en="Myopia at screening, junior secondary",
        better=Better.LOWER,
        source="WS/T 663-2020；受检人数为分母",
        answers="M6.2",
        part=Vision.myopic,
        whole=Vision.pupil.notnull(),
        where=Vision.stage == "junior",
    ),
    Rate(
        key="senior_myopia_rate",
        label="普通高中筛查性近视率",
        label_en="Myopia at screening, senior secondary",
        better=Better.LOWER,
        source="WS/T 663-2020；受检人数为分母",
        answers="M6.2",
        part=Vision.myopic,
        whole=Vision.pupil.notnull(),
        where=Vision.stage == "senior",
    ),
    Rate(
        key="screened_share",
        label="视力受检率",
        label_en="Pupils screened",
        better=Better.HIGHER,
        source="教体艺〔2018〕3号；不足95%的不与别处相比",
        answers="M6.2",
        part=Vision.pupil.notnull(),
        where=Vision.stage.isin(["primary", "junior", "senior"]),
        whole=ClassBands.pupils,
        whole_where=ClassBands.stage.isin(["primary", "junior", "senior"]),
    ),
)
