"""县域义务教育优质均衡: the seven resources of a school (教督〔2017〕6号), and how far schools of a county lie apart in each.

Units of fewer than 50 pupils are left out; a stage gets the share of its heads in what a school's stages share.
"""

from luoshi.declared.measures.thresholds import BALANCE_LEAST_PUPILS
from luoshi.declared.returns import ClassBands, Equipment, Premises, StaffCounts
from luoshi.spine import Better
from luoshi.words.measures import Measure, PerPupil, Variation

_RULE = "教督〔2017〕6号；不足50人的单位不计，须核"
_FORMULA = "教督〔2012〕3号：按学生数加权的总体标准差除以均值"
_SHARED = "教督〔2017〕6号；一贯制学校按各学段学生数分摊，权重须核"

PRIMARY = (ClassBands.stage == "primary") & (ClassBands.pupils >= BALANCE_LEAST_PUPILS)
JUNIOR = (ClassBands.stage == "junior") & (ClassBands.pupils >= BALANCE_LEAST_PUPILS)
PRIMARY_STAFF = StaffCounts.stage == "primary"
JUNIOR_STAFF = StaffCounts.stage == "junior"
_BACHELORS = StaffCounts.bachelors + StaffCounts.masters + StaffCounts.doctors.fill_null(0)
_COLLEGE = _BACHELORS + StaffCounts.college
_ROOMS = Premises.teaching - Premises.indoor_sports.fill_null(0)
_GROUNDS = Premises.sports_ground + Premises.indoor_sports.fill_null(0)

PRIMARY_QUALIFIED_TEACHERS = PerPupil(
    key="primary_qualified_teachers",
    label="小学每百名学生拥有高于规定学历教师数",
    label_en="Teachers above the required degree per 100 pupils, primary",
    better=Better.HIGHER,
    source=_RULE,
    answers="M16.1",
    unit="人",
    scale=100,
    part=_COLLEGE,
    where=PRIMARY_STAFF,
    whole=ClassBands.pupils,
    whole_where=PRIMARY,
)
PRIMARY_BACKBONE_TEACHERS = PerPupil(
    key="primary_backbone_teachers",
    label="小学每百名学生拥有县级以上骨干教师数",
    label_en="Backbone teachers per 100 pupils, primary",
    better=Better.HIGHER,
    source=_RULE,
    answers="M16.1",
    unit="人",
    scale=100,
    part=StaffCounts.backbone,
    where=PRIMARY_STAFF,
    whole=ClassBands.pupils,
    whole_where=PRIMARY,
)
PRIMARY_ARTS_SPORTS_TEACHERS = PerPupil(
    key="primary_arts_sports_teachers",
    label="小学每百名学生拥有体育、艺术专任教师数",
    label_en="Teachers of sports and arts per 100 pupils, primary",
    better=Better.HIGHER,
    source=_RULE,
    answers="M16.1",
    unit="人",
    scale=100,
    part=StaffCounts.sports + StaffCounts.arts,
    where=PRIMARY_STAFF,
    whole=ClassBands.pupils,
    whole_where=PRIMARY,
)
PRIMARY_TEACHING_ROOMS = PerPupil(
    key="primary_teaching_rooms",
    label="小学生均教学及辅助用房面积",
    label_en="Floor space for teaching per pupil, primary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="平方米",
    part=_ROOMS,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=PRIMARY,
)
PRIMARY_SPORTS_GROUNDS = PerPupil(
    key="primary_sports_grounds",
    label="小学生均体育运动场馆面积",
    label_en="Space for sports per pupil, primary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="平方米",
    part=_GROUNDS,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=PRIMARY,
)
PRIMARY_EQUIPMENT_VALUE = PerPupil(
    key="primary_equipment_value",
    label="小学生均教学仪器设备值",
    label_en="Equipment per pupil, primary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="元",
    part=Equipment.equipment,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=PRIMARY,
)
PRIMARY_MEDIA_ROOMS = PerPupil(
    key="primary_media_rooms",
    label="小学每百名学生拥有网络多媒体教室数",
    label_en="Multimedia rooms per 100 pupils, primary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="间",
    scale=100,
    part=Premises.media_rooms,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=PRIMARY,
)
JUNIOR_QUALIFIED_TEACHERS = PerPupil(
    key="junior_qualified_teachers",
    label="初中每百名学生拥有高于规定学历教师数",
    label_en="Teachers above the required degree per 100 pupils, junior secondary",
    better=Better.HIGHER,
    source=_RULE,
    answers="M16.1",
    unit="人",
    scale=100,
    part=_BACHELORS,
    where=JUNIOR_STAFF,
    whole=ClassBands.pupils,
    whole_where=JUNIOR,
)
JUNIOR_BACKBONE_TEACHERS = PerPupil(
    key="junior_backbone_teachers",
    label="初中每百名学生拥有县级以上骨干教师数",
    label_en="Backbone teachers per 100 pupils, junior secondary",
    better=Better.HIGHER,
    source=_RULE,
    answers="M16.1",
    unit="人",
    scale=100,
    part=StaffCounts.backbone,
    where=JUNIOR_STAFF,
    whole=ClassBands.pupils,
    whole_where=JUNIOR,
)
JUNIOR_ARTS_SPORTS_TEACHERS = PerPupil(
    key="junior_arts_sports_teachers",
    label="初中每百名学生拥有体育、艺术专任教师数",
    label_en="Teachers of sports and arts per 100 pupils, junior secondary",
    better=Better.HIGHER,
    source=_RULE,
    answers="M16.1",
    unit="人",
    scale=100,
    part=StaffCounts.sports + StaffCounts.arts,
    where=JUNIOR_STAFF,
    whole=ClassBands.pupils,
    whole_where=JUNIOR,
)
JUNIOR_TEACHING_ROOMS = PerPupil(
    key="junior_teaching_rooms",
    label="初中生均教学及辅助用房面积",
    label_en="Floor space for teaching per pupil, junior secondary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="平方米",
    part=_ROOMS,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=JUNIOR,
)
JUNIOR_SPORTS_GROUNDS = PerPupil(
    key="junior_sports_grounds",
    label="初中生均体育运动场馆面积",
    label_en="Space for sports per pupil, junior secondary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="平方米",
    part=_GROUNDS,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=JUNIOR,
)
JUNIOR_EQUIPMENT_VALUE = PerPupil(
    key="junior_equipment_value",
    label="初中生均教学仪器设备值",
    label_en="Equipment per pupil, junior secondary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="元",
    part=Equipment.equipment,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=JUNIOR,
)
JUNIOR_MEDIA_ROOMS = PerPupil(
    key="junior_media_rooms",
    label="初中每百名学生拥有网络多媒体教室数",
    label_en="Multimedia rooms per 100 pupils, junior secondary",
    better=Better.HIGHER,
    source=_SHARED,
    answers="M16.1",
    unit="间",
    scale=100,
    part=Premises.media_rooms,
    shared=True,
    whole=ClassBands.pupils,
    whole_where=JUNIOR,
)

PRIMARY_SEVEN: tuple[PerPupil, ...] = (
    PRIMARY_QUALIFIED_TEACHERS,
    PRIMARY_BACKBONE_TEACHERS,
    PRIMARY_ARTS_SPORTS_TEACHERS,
    PRIMARY_TEACHING_ROOMS,
    PRIMARY_SPORTS_GROUNDS,
    PRIMARY_EQUIPMENT_VALUE,
    PRIMARY_MEDIA_ROOMS,
)
"""In the order of the document."""
JUNIOR_SEVEN: tuple[PerPupil, ...] = (
    JUNIOR_QUALIFIED_TEACHERS,
    JUNIOR_BACKBONE_TEACHERS,
    JUNIOR_ARTS_SPORTS_TEACHERS,
    JUNIOR_TEACHING_ROOMS,
    JUNIOR_SPORTS_GROUNDS,
    JUNIOR_EQUIPMENT_VALUE,
    JUNIOR_MEDIA_ROOMS,
)
"""In the order of the document."""

_APART: tuple[Measure, ...] = (
    Variation(
        key="primary_qualified_teachers_cv",
        label="小学每百名学生拥有高于规定学历教师数的差异系数",
        label_en="Variation between schools: Teachers above the required degree per 100 pupils, primary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=PRIMARY_QUALIFIED_TEACHERS,
    ),
    Variation(
        key="primary_backbone_teachers_cv",
        label="小学每百名学生拥有县级以上骨干教师数的差异系数",
        label_en="Variation between schools: Backbone teachers per 100 pupils, primary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=PRIMARY_BACKBONE_TEACHERS,
    ),
    Variation(
        key="primary_arts_sports_teachers_cv",
        label="小学每百名学生拥有体育、艺术专任教师数的差异系数",
        label_en="Variation between schools: Teachers of sports and arts per 100 pupils, primary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=PRIMARY_ARTS_SPORTS_TEACHERS,
    ),
    Variation(
        key="primary_teaching_rooms_cv",
        label="小学生均教学及辅助用房面积的差异系数",
        label_en="Variation between schools: Floor space for teaching per pupil, primary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=PRIMARY_TEACHING_ROOMS,
    ),
    Variation(
        key="primary_sports_grounds_cv",
        label="小学生均体育运动场馆面积的差异系数",
        label_en="Variation between schools: Space for sports per pupil, primary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=PRIMARY_SPORTS_GROUNDS,
    ),
    Variation(
        key="primary_equipment_value_cv",
        label="小学生均教学仪器设备值的差异系数",
        label_en="Variation between schools: Equipment per pupil, primary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=PRIMARY_EQUIPMENT_VALUE,
    ),
    Variation(
        key="primary_media_rooms_cv",
        label="小学每百名学生拥有网络多媒体教室数的差异系数",
        label_en="Variation between schools: Multimedia rooms per 100 pupils, primary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=PRIMARY_MEDIA_ROOMS,
    ),
    Variation(
        key="junior_qualified_teachers_cv",
        label="初中每百名学生拥有高于规定学历教师数的差异系数",
        label_en="Variation between schools: Teachers above the required degree per 100 pupils, junior secondary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=JUNIOR_QUALIFIED_TEACHERS,
    ),
    Variation(
        key="junior_backbone_teachers_cv",
        label="初中每百名学生拥有县级以上骨干教师数的差异系数",
        label_en="Variation between schools: Backbone teachers per 100 pupils, junior secondary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=JUNIOR_BACKBONE_TEACHERS,
    ),
    Variation(
        key="junior_arts_sports_teachers_cv",
        label="初中每百名学生拥有体育、艺术专任教师数的差异系数",
        label_en="Variation between schools: Teachers of sports and arts per 100 pupils, junior secondary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=JUNIOR_ARTS_SPORTS_TEACHERS,
    ),
    Variation(
        key="junior_teaching_rooms_cv",
        label="初中生均教学及辅助用房面积的差异系数",
        label_en="Variation between schools: Floor space for teaching per pupil, junior secondary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=JUNIOR_TEACHING_ROOMS,
    ),
    Variation(
        key="junior_sports_grounds_cv",
        label="初中生均体育运动场馆面积的差异系数",
        label_en="Variation between schools: Space for sports per pupil, junior secondary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=JUNIOR_SPORTS_GROUNDS,
    ),
    Variation(
        key="junior_equipment_value_cv",
        label="初中生均教学仪器设备值的差异系数",
        label_en="Variation between schools: Equipment per pupil, junior secondary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=JUNIOR_EQUIPMENT_VALUE,
    ),
    Variation(
        key="junior_media_rooms_cv",
        label="初中每百名学生拥有网络多媒体教室数的差异系数",
        label_en="Variation between schools: Multimedia rooms per 100 pupils, junior secondary",
        better=Better.LOWER,
        source=_FORMULA,
        answers="M16.1",
        between=JUNIOR_MEDIA_ROOMS,
    ),
)

BALANCE: tuple[Measure, ...] = (*PRIMARY_SEVEN, *JUNIOR_SEVEN, *_APART)
"""Seven resources of two stages, and the variation of each."""
