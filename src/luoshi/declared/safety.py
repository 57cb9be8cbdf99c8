"""Campus safety: where grades of risk begin, how many guards and drills, and the kinds of danger."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from luoshi.spine import Parameter

_BEGUN, _METHOD = date(2016, 10, 9), "安委办〔2016〕11号；作业条件危险性评价法（LEC）"
_MATRIX = "安委办〔2016〕11号；风险矩阵法（LS）"
_EDGE = "界限值归上一级，颜色对应为产品默认，须与省、市学校双重预防实施细则核对"
_OTHER = "等级界限为产品默认；另有17、13、8一种分法，须与省、市实施细则核对"
_GUARDED, _GUARD_RULE = date(2015, 3, 16), "公治〔2015〕168号"
_GUARD_DOUBT = "人数须与原文和省定标准核对"

# 风险分级 -------------------------------------------------------------------------------------------------------------------
LEC_MAJOR = Parameter("lec_major", "LEC重大风险的下限", Decimal(320), "D", _BEGUN, _METHOD, doubt=_EDGE)
LEC_LARGER = Parameter("lec_larger", "LEC较大风险的下限", Decimal(160), "D", _BEGUN, _METHOD, doubt=_EDGE)
LEC_GENERAL = Parameter("lec_general", "LEC一般风险的下限", Decimal(70), "D", _BEGUN, _METHOD, doubt=_EDGE)
LEC_SLIGHT = Parameter(
    "lec_slight", "LEC一般危险的下限（以下为稍有危险）", Decimal(20), "D", _BEGUN, _METHOD, doubt=_EDGE
)
LS_MAJOR = Parameter("ls_major", "LS重大风险的下限", Decimal(20), "R", _BEGUN, _MATRIX, doubt=_OTHER)
LS_LARGER = Parameter("ls_larger", "LS较大风险的下限", Decimal(15), "R", _BEGUN, _MATRIX, doubt=_OTHER)
LS_GENERAL = Parameter("ls_general", "LS一般风险的下限", Decimal(9), "R", _BEGUN, _MATRIX, doubt=_OTHER)
RISK_EDGES: tuple[Parameter, ...] = (LEC_MAJOR, LEC_LARGER, LEC_GENERAL, LEC_SLIGHT, LS_MAJOR, LS_LARGER, LS_GENERAL)
"""Where the grades of risk begin."""

# 专职保安 -------------------------------------------------------------------------------------------------------------------
GUARDS_SMALL_BELOW = Parameter(
    "guards_small_below", "小规模学校的人数界限（不足）", Decimal(100), "人", _GUARDED, _GUARD_RULE, doubt=_GUARD_DOUBT
)
GUARDS_SMALL = Parameter(
    "guards_small", "小规模学校专职保安下限", Decimal(1), "人", _GUARDED, _GUARD_RULE, doubt=_GUARD_DOUBT
)
GUARDS_USUAL = Parameter(
    "guards_usual", "一般学校专职保安下限", Decimal(2), "人", _GUARDED, _GUARD_RULE, doubt=_GUARD_DOUBT
)
GUARDS_FROM = Parameter(
    "guards_from", "须增配保安的人数（超过）", Decimal(1000), "人", _GUARDED, _GUARD_RULE, doubt=_GUARD_DOUBT
)
GUARDS_STEP = Parameter(
    "guards_step", "每增多少人增配1名保安", Decimal(500), "人", _GUARDED, _GUARD_RULE, doubt=_GUARD_DOUBT
)
GUARDS_BOARDING = Parameter(
    "guards_boarding", "寄宿制学校专职保安下限", Decimal(2), "人", _GUARDED, _GUARD_RULE, doubt=_GUARD_DOUBT
)
GUARDS_BOARDERS_FROM = Parameter(
    "guards_boarders_from",
    "须增配保安的寄宿生数（超过）",
    Decimal(300),
    "人",
    _GUARDED,
    _GUARD_RULE,
    doubt=_GUARD_DOUBT,
)
GUARDS_BOARDERS_STEP = Parameter(
    "guards_boarders_step", "每增多少寄宿生增配1名保安", Decimal(300), "人", _GUARDED, _GUARD_RULE, doubt=_GUARD_DOUBT
)
GUARDS_ROUND_UP = Parameter(
    "guards_round_up",
    "增配保安不足一级的是否进一",
    Decimal(1),
    "是否",
    _GUARDED,
    _GUARD_RULE,
    doubt="1为进一，0为舍去；原文没有写明，须由该局确认",
)
GUARDS: tuple[Parameter, ...] = (
    GUARDS_SMALL_BELOW,
    GUARDS_SMALL,
    GUARDS_USUAL,
    GUARDS_FROM,
    GUARDS_STEP,
    GUARDS_BOARDING,
    GUARDS_BOARDERS_FROM,
    GUARDS_BOARDERS_STEP,
    GUARDS_ROUND_UP,
)
"""What the number of full-time guards depends on."""

# 疏散演练 -------------------------------------------------------------------------------------------------------------------
DRILLS_SCHOOL = Parameter(
    "drills_school", "中小学每月疏散演练", Decimal(1), "次", date(2014, 2, 22), "《中小学幼儿园应急疏散演练指南》"
)
DRILLS_KINDERGARTEN = Parameter(
    "drills_kindergarten",
    "幼儿园每季度疏散演练",
    Decimal(1),
    "次",
    date(2014, 2, 22),
    "《中小学幼儿园应急疏散演练指南》",
)
DRILLS: tuple[Parameter, ...] = (DRILLS_SCHOOL, DRILLS_KINDERGARTEN)
"""How many evacuation drills there are to be."""

SAFETY_PARAMETERS: tuple[Parameter, ...] = (*RISK_EDGES, *GUARDS, *DRILLS)

DANGERS: Mapping[str, str] = {
    "fire": "消防", "building": "校舍", "traffic": "校车、交通", "chemicals": "危险化学品、实验室", "equipment": "特种设备",
    "crowds": "拥挤踩踏", "drowning": "溺水", "gas": "燃气、用电", "food": "食品", "water": "饮水", "epidemic": "传染病、疫情",
    "terror": "反恐防范", "gangs": "扫黑除恶", "bullying": "学生欺凌", "disturbance": "校闹", "surroundings": "周边治安",
    "minds": "心理健康", "nature": "自然灾害", "network": "网络安全",
}  # fmt: skip
"""The kinds of danger: four standard classes and the network, as point 32 of the plan names them."""
