"""信息采用积分 (M31.3): what each unit's information counts by the level that took it, told each quarter."""

from luoshi.declared.procedures.information import Information
from luoshi.declared.publication_clocks import ADOPTION_PUBLIC
from luoshi.publishing.declaring import Deadline, Every, Kind, OfPoints, Since

ADOPTION_POINTS = Kind(
    "adoption_points",
    "信息采用积分通报",
    Every.QUARTER,
    "{city}教育系统{period}信息采用积分通报",
    tables=(
        OfPoints(
            "points",
            "各单位信息采用积分",
            Information.key,
            "level",
            {"national": 10, "province": 6, "city": 3, "bureau": 1},
            note="国家级10分、省级6分、市级3分、本局1分；一条信息按最高采用级别计一次",
        ),
    ),
    text=("{period}，各单位信息被采用{adopted}，共计{points}。",),
    basis="要点“提升信息工作水平”",
    doubt="各级的分值是产品默认值，各局不一，须由该局确认",
    answers=("M31.3",),
    duties=("信息宣传", "信息", "办公室"),
    due=Deadline(ADOPTION_PUBLIC, Since.PERIOD),
)
