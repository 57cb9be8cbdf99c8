"""What the people of 星州 say in their demo year: answers by item, in the words of an office. 演示数据（虚构） only."""

from typing import NamedTuple

from luoshi.spine import State

MARK = "演示数据（虚构）"
_DONE, _BEHIND, _COURSE, _OVERDUE = State.DONE, State.BEHIND, State.ON_COURSE, State.OVERDUE


class Said(NamedTuple):
    """One answer: the item, what is claimed, in which words, with which figures."""

    number: str
    claimed: State
    words: str
    values: tuple[str, ...] = ()
    """One a target, in its order: a value, or 分子/分母 of a rate."""
    trouble: str = ""
    next_step: str = ""


OCTOBER = (
    Said("6.1", _COURSE, "（演示）新建、改扩建公办幼儿园已竣工19所，在建8所。", ("19",)),
    Said("6.3", _DONE, "（演示）9月1日前投入使用19所，均已开园。", ("19",)),
    Said("6.5", _BEHIND, "（演示）普惠性幼儿园覆盖率84.2%，3个县（市、区）低于85%。", ("143140/170000",), "（演示）5所民办园普惠认定未办结", "（演示）12月10日前办结认定"),
    Said("8.1", _BEHIND, "（演示）大班额比例降至2.68%，余23个班须再化解。", ("343/12800",), "（演示）斗城区、奎西区起始年级学位仍紧", "（演示）两区寒假前各增设一个校区的班级"),
    Said("8.4", _DONE, "（演示）16个单位均已公布招生方案。"),
    Said("9.2", _BEHIND, "（演示）14所中10所竣工，4所主体已封顶。", ("10",), "（演示）2所用地手续7月才办结", "（演示）12月20日前竣工"),
    Said("12.7", _DONE, "（演示）全市普通高中都已编制新课程实施方案并备案。", ("100",)),
    Said("18.7", _DONE, "（演示）10月18日至24日举办活动周。", ("1",)),
    Said("22.3", _DONE, "（演示）新招聘教师8月底前全部到岗。", ("100",)),
    Said("22.9", _BEHIND, "（演示）16个单位中11个完成编制核查。", ("0",), "（演示）5个单位核查表未盖章", "（演示）11月20日前收齐"),
    Said("28.8", _DONE, "（演示）校舍消防隐患整改清单办结。"),
    Said("28.10", _DONE, "（演示）5月、10月各组织一次联合整治。", ("1",)),
)  # fmt: skip
"""Filled in by the sections themselves, passed on by their heads and leaders, verified by 督查室."""

ON_PAPER = (
    Said("1.2", _DONE, "（演示）4月20日召开动员大会。"),
    Said("1.3", _DONE, "（演示）组建宣讲队31支。", ("31",)),
    Said("1.4", _DONE, "（演示）进校园宣讲318场。", ("318",)),
    Said("2.1", _DONE, "（演示）隶属关系全部理顺。", ("100",)),
    Said("3.1", _DONE, "（演示）3月26日召开会议。", ("1",)),
    Said("5.1", _DONE, "（演示）心理健康普测完成，覆盖16个单位。", ("1",)),
    Said("15.4", _DONE, "（演示）秋季视力筛查完成并建档。", ("1",)),
    Said("20.10", _OVERDUE, "（演示）测评机构已进场，完成三分之二。", (), "（演示）测评合同9月才签订", "（演示）12月15日前出具报告"),
)  # fmt: skip
"""Signed on paper and entered from the scan (代录)."""

CORRECTED = "（演示）16个单位中12个完成编制核查，其余4个已约定交表日期。"
NOTHING_NEW = ("28.9", "13.2", "31.8")

NOVEMBER = (
    Said("6.1", _DONE, "（演示）年内新建、改扩建公办幼儿园27所，全部竣工验收。", ("27",)),
    Said("8.1", _BEHIND, "（演示）大班额比例2.58%，余11个班。", ("330/12800",), "（演示）斗城区一所学校的扩班待验收", "（演示）12月25日前完成分班"),
    Said("9.2", _BEHIND, "（演示）14所中12所竣工。", ("12",), "（演示）2所外线工程未完", "（演示）12月20日前竣工"),
    Said("28.9", _COURSE, "（演示）1至11月未发生较大以上安全责任事故。", ("0",)),
)  # fmt: skip
NOVEMBER_SIGNED = Said("6.10", _COURSE, "（演示）管理办法已完成两轮征求意见，局长办公会已审议。")
NOVEMBER_REVIEWED = Said(
    "6.5",
    _BEHIND,
    "（演示）普惠性幼儿园覆盖率84.7%，余2所认定未办结。",
    ("143990/170000",),
    "（演示）两所民办园收费协议未签",
    "（演示）12月10日前签订",
)
NOVEMBER_FILED = Said("16.1", _COURSE, "（演示）抽查课后服务学校48所，均已开展，参加学生占有需求学生的98%。", ("98",))
NOVEMBER_BACK = Said(
    "22.9",
    _BEHIND,
    "（演示）15个单位完成编制核查。",
    ("0",),
    "（演示）1个单位补正材料",
    "（演示）12月15日前收齐",
)
COUNTY = {
    "990121": "（演示）角阳县编制核查已完成，核查表已盖章上报。",
    "990181": "（演示）轸台市编制核查已完成，待县级编办盖章。",
    "ZZ01": "（演示）市直学校编制核查已完成。",
}
"""What divisions answer about 22.9."""

MESSAGE = """【安全科】11月进展：
28.4 每月开展一次应急演练，11月各校均已开展（演示）。
校车安全检查本学期做了2次，发现问题9个，整改了7个（演示）。
防溺水的材料下周补（演示）。
"""
REPLY = """发展规划科11月进展（演示）

9.4 农村寄宿制学校已完工34所。
9.5 累计完成投资3.06亿元。
周转宿舍交付400多套，具体数正在核（演示）。
学位约增加1.5万个（演示）。
"""
REASON_BACK = "（演示）11个单位与附表12个不一致，请核对后重报"
ANSWER = "（演示）已约谈两区教育局，逐校排出分班时间表，每周五报进度；余下的班年底前化解。"
