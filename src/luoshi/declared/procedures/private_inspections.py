"""民办学校年检 (M11.1): every private school every year: conduct, money, teachers, safety; pass, basically pass, fail."""

from decimal import Decimal

from luoshi.declared.appraisals import WEIGHTS, Evaluation, Results
from luoshi.handling.nouns import Every
from luoshi.scoring.declaring import Rubric, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade


class PrivateInspection(
    Rubric,
    key="private_inspection",
    label="民办学校年检标准",
    source="民办教育促进法及其实施条例的要求；条目由本产品拟写",
    doubt=WEIGHTS,
):
    """Whether a private school kept its licence's terms: what it lacks is mended by a day, and until then it enrols nobody new."""

    licence = area("办学资格与条件", 20)
    valid = licence.yes("许可证、法人登记在有效期内", 8, proof="证件")
    scope = licence.yes("按核准的校址、层次、规模办学", 7)
    rooms = licence.levels("校舍与设施", 5, {"full": ("达标", 5), "part": ("部分达标", 3), "none": ("未达标", 0)})

    ruled = area("党建与内部治理", 15)
    party = ruled.yes("党组织健全、参与决策", 5)
    board = ruled.bands("理（董）事会年度会议", 5, {0: 0, 1: 3, 2: 5}, unit="次", proof="会议记录")
    charter = ruled.yes("章程备案、按章程办学", 5)

    enrolling = area("招生与教学", 20)
    adverts = enrolling.yes("招生简章备案、无虚假宣传", 6)
    plan = enrolling.yes("按核定计划招生", 8)
    lessons = enrolling.ratio("课程开齐开足比例", 6, target=100, start=80, unit="%", absent=True)

    staff = area("教师队伍", 15)
    certified = staff.ratio("专任教师持证率", 8, target=100, start=80, unit="%")
    contracts = staff.ratio("劳动合同、社会保险覆盖率", 7, target=100, start=70, unit="%")

    money = area("财务与收费", 20)
    account = money.yes("收费全部进学校账户、资金监管", 7, proof="审计报告")
    fees = money.yes("收费项目和标准公示、退费按规定", 6)
    audit = money.yes("年度审计无保留意见", 7, proof="审计报告")

    safety = area("安全管理", 10)
    fire = safety.yes("消防验收或备案", 4)
    food = safety.yes("食堂许可、陪餐、留样", 3, absent=True)
    buses = safety.yes("校车许可、台账", 3, absent=True)

    late = deduct("逾期报送年检材料", each=2, most=6)
    beyond = flag("超计划招生", cap="basic")
    owed = flag("拖欠教师工资", cap="basic")
    withdrawn = veto("抽逃办学资金")
    unsafe = veto("使用D级危房或发生重大安全责任事故")
    faked = veto("年检材料弄虚作假")

    grades = (
        Grade("pass", "合格", Decimal(80)),
        Grade("basic", "基本合格", Decimal(65)),
        Grade("fail", "不合格", Decimal(0)),
    )
    passing = "basic"
    judges = 2


class PrivateInspections(
    Results, key="private_inspections", label="民办学校年检结果", answers="M11.1", subject="school"
):
    """One school's conclusion, public until the next year's."""


class PrivateInspecting(
    Evaluation, key="private_inspecting", label="民办学校年检", answers="M11.1", duties=("民办学校",), subject="school"
):
    """One private school in one year; only those whose operator the house knows to be private are opened."""

    rubric, names = PrivateInspection, PrivateInspections
    every = Every(12, "school", month=3, operator="private")
