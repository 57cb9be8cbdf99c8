"""What counties pay beyond running costs, and what comes in at their windows: counts and sums, never a person."""

from luoshi.declared.returns import codes
from luoshi.spine import Return
from luoshi.words.returns import Amount, Basis, Choice, Code, Count, Day, Grain, must, should

GRANTS = {
    "public_kindergarten": "公办园生均财政拨款",
    "inclusive_kindergarten": "普惠性民办园奖补",
    "rural_living": "乡村教师生活补助",
    "seniority": "地方教龄津贴",
    "head_teacher": "班主任津贴",
    "after_class": "课后服务补助",
}
CHANNELS = {"web": "网上", "visit": "走访、窗口", "letter": "来信", "hotline": "专线电话"}


class Grants(
    Return,
    label="专项补助拨付",
    grain=Grain.YEAR,
    basis=Basis.FINANCE,
    source="县(市、区)财政、教育汇总；拨付文件和支付凭证",
    answers=("M15.5", "M27.3", "M8.5"),
):
    """One row for each county and kind of grant: for how many, by which standard, what is due, what was paid."""

    county = Code(
        "区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True, key=True
    )
    item = Choice("项目", GRANTS, key=True)
    heads = Count("核定人数", "人", needed=True, meaning="幼儿、教师或班主任；按月核定的取全年平均")
    standard = Amount("标准", "元", needed=True, meaning="每人每年")
    due = Amount("应拨金额", "元", needed=True)
    paid = Amount("实拨金额", "元", needed=True)
    paid_on = Day("到位日期")

    due_reckoned = must(due == standard * heads, "应拨等于核定人数乘标准")
    not_overpaid = should(paid <= due, "实拨不大于应拨")
    paid_dated = must(paid_on.notnull(), "已拨付的填有到位日期", when=paid > 0)


class Requests(
    Return,
    label="信访和政务服务办件",
    grain=Grain.MONTH,
    basis=Basis.OTHERS,
    source="国家信访信息系统、12345热线、政务服务网按月导出的件数；不导出事由和姓名",
    answers=("M12.4", "M31.2", "M32.8"),
):
    """One row for each county, matter and channel: counts since January."""

    county = Code(
        "区划代码", codes.DIVISION, codes.DIVISION_FORM, standard=codes.DIVISION_STANDARD, needed=True, key=True
    )
    matter = Choice("类别", {"petition": "教育信访", "approval": "行政审批和公共服务"}, key=True)
    channel = Choice("渠道", CHANNELS, key=True)
    received = Count("收到件数", "件", needed=True, meaning="本年累计；一事多渠道的，归首次渠道")
    accepted_due = Count("应受理告知件数", "件")
    accepted_on_time = Count("按期受理告知件数", "件", meaning="信访15日内")
    closed_due = Count("应办结件数", "件")
    closed_on_time = Count("按期办结件数", "件", meaning="信访60日内，审批按承诺时限")
    repeated = Count("重复件数", "件")
    groups = Count("集体访批次", "批", meaning="5人以上走访")
    rated = Count("参评件数", "件")
    satisfied = Count("满意件数", "件")

    accepted_of_due = must(accepted_on_time <= accepted_due, "按期受理告知的不多于应受理告知的")
    closed_of_due = must(closed_on_time <= closed_due, "按期办结的不多于应办结的")
    repeated_of_received = must(repeated <= received, "重复件数不多于收到件数")
    satisfied_of_rated = must(satisfied <= rated, "满意件数不多于参评件数")
    groups_visit = must(groups == 0, "集体访只在走访里计", when=channel != "visit")
    rated_of_received = should(rated <= received, "参评件数不多于收到件数")
