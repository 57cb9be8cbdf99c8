"""残疾学生安置情况: how many are taught where, by county; counts of few pupils are withheld (个人信息保护法第28条)."""

from luoshi.publishing.declaring import Every, Figure, Kind, OfMeasures

SPECIAL_PLACEMENTS = Kind(
    "special_placements",
    "残疾学生安置情况",
    Every.YEAR,
    "{city}{period}残疾学生安置情况",
    tables=(
        OfMeasures(
            "placements",
            "残疾学生安置情况",
            (
                Figure("integrated_share", "随班就读", "人", "integrated", part="part", places=0, persons=True),
                Figure("taught_at_home_share", "送教上门", "人", "at_home", part="part", places=0, persons=True),
                Figure("integrated_share", "合计", "人", "placed", part="whole", places=0, persons=True),
                Figure("integrated_share", "随班就读占比", "%", "share", tells=("integrated", "placed")),
            ),
            note="9月1日在籍并登记了安置方式的残疾学生",
            whole="placed",
            rest="特教学校和其他",
        ),
    ),
    text=("{period}，全市登记了安置方式的残疾学生{placed}，其中随班就读{integrated}，送教上门{at_home}。",),
    basis="残疾人教育条例；统计资料的公布",
    doubt="人数下限是产品默认值，须由该局保密审查时确认",
    duties=("特殊教育", "基础教育"),
)
