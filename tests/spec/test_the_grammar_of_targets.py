"""What counts as a target and how it is held, construction by construction. The sentences are made up."""

from datetime import date

import pytest

from luoshi.reading import read_text
from luoshi.spine import Strength, Target

TITLE = "星州市教育局2021年工作要点"


def targets(clause: str) -> list[Target]:
    plan = read_text(f"{TITLE}\n1.重点任务。{clause}\n2.其他任务。加强日常管理。\n")
    return [target for one in plan.commitments for target in one.targets]


def told(clause: str) -> list[str]:
    """Comparator, value, upper bound and unit of each target, as one word."""
    return [_word(one) for one in targets(clause)]


def _word(one: Target) -> str:
    if one.value is None:
        return one.comparator.value
    upper = f"-{one.value_max.normalize():f}" if one.value_max is not None else ""
    return f"{one.comparator.value} {one.value.normalize():f}{upper}{one.unit}"


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("新建幼儿园12所。", ["eq 12所"]),
        ("招聘教师１２０名。", ["eq 120名"]),
        ("新增学位1.2万个。", ["eq 12000个"]),
        ("投入资金3.5亿元。", ["eq 350000000元"]),
        ("建成两所寄宿制学校。", ["eq 2所"]),
        ("培训校长三百二十人次。", ["eq 320人次"]),
        ("巩固率达到百分之九十六。", ["ge 96%"]),
        ("开展培训1万余人次。", ["ge 10000人次"]),
        ("改造运动场7.5万平方米。", ["eq 75000平方米"]),
        ("安排补助经费800多万元。", ["ge 8000000元"]),
    ],
)
def test_numbers_are_read_however_they_are_written(clause: str, wanted: list[str]) -> None:
    assert told(clause) == wanted


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("培育特色校5-8所。", ["between 5-8所"]),
        ("遴选3—5个试点单位。", ["between 3-5个"]),
        ("评选名师20至30名。", ["between 20-30名"]),
        ("建设两三个教研基地。", ["between 2-3个"]),
        ("招生规模控制在2～3万人。", ["between 20000-30000人"]),
    ],
)
def test_ranges_keep_both_ends(clause: str, wanted: list[str]) -> None:
    assert told(clause) == wanted


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("毛入园率达到91%以上。", ["ge 91%"]),
        ("毛入学率提高到95.5%。", ["ge 95.5%"]),
        ("大班额比例控制在2%以内。", ["le 2%"]),
        ("辍学率降至0.3%。", ["le 0.3%"]),
        ("办结时限压缩到5个工作日以内。", ["le 5个工作日"]),
        ("每所学校不少于2名校医。", ["ge 2名"]),
        ("校均规模不超过2000人。", ["le 2000人"]),
        ("普惠率稳定在86%。", ["ge 86%"]),
        ("覆盖率100%。", ["ge 100%"]),
        ("在校生规模增长5%左右。", ["eq 5%"]),
        ("生均公用经费标准提高到每生每年900元。", ["eq 900元"]),
        ("生均公用经费标准提高到每生每年不低于900元。", ["ge 900元"]),
    ],
)
def test_the_words_around_a_number_say_how_it_is_held(clause: str, wanted: list[str]) -> None:
    assert told(clause) == wanted


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("小学、初中、高中巩固率分别达到99%、98%、96%。", ["ge 99%", "ge 98%", "ge 96%"]),
        ("新建小学2所、初中1所、高中3所。", ["eq 2所", "eq 1所", "eq 3所"]),
        ("图书馆每周开放时间分别不少于40小时、48小时。", ["ge 40小时", "ge 48小时"]),
        ("优良率达到85%以上，15%的学校进入先进行列。", ["ge 85%", "eq 15%"]),
    ],
)
def test_lists_share_the_word_that_opens_them(clause: str, wanted: list[str]) -> None:
    assert told(clause) == wanted


@pytest.mark.parametrize(
    "clause",
    [
        "为65岁以上老人提供服务。",
        "推进“1258”工程建设。",
        "开展1+X证书制度试点。",
        "落实国发〔2016〕40号文件。",
        "举办第8届运动会。",
        "做好三类残疾儿童工作。",
        "打造15分钟生活圈。",
        "贯彻落实《2025教育行动计划》。",
        "坚持“两个维护”。",
        "年产值5亿元以下企业的职工子女入学得到保障。",
        "落实教师职业行为十项准则。",
        "对连续3次排名后5位的学校进行约谈。",
        "成立由12个部门参加的工作专班。",
        "推进新校区二期建设。",
        "用好12345热线。",
        "防控H7N9禽流感。",
    ],
)
def test_conditions_names_and_ordinals_are_no_targets(clause: str) -> None:
    assert told(clause) == []


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("公办园占比由46%提高到50%。", ["ge 50%"]),
        ("学校数量由38所整合到25所以内。", ["le 25所"]),
        ("学位比2020年的9000个增加2000个。", ["eq 2000个"]),
        ("在上年60所的基础上，新增示范校10所。", ["eq 10所"]),
    ],
)
def test_a_baseline_is_not_the_target(clause: str, wanted: list[str]) -> None:
    assert told(clause) == wanted


@pytest.mark.parametrize(
    "clause",
    [
        "2020年新建幼儿园20所。",
        "去年，培训教师3000人次。",
        "“十三五”以来，累计投入8亿元，建成学校60所。",
        "2019年，招聘教师500名；全年新增学位1万个，年末在园幼儿9万人。",
        "已建成录播教室120间。",
    ],
)
def test_results_of_the_past_are_no_targets(clause: str) -> None:
    assert told(clause) == []


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("实现县域医共体全覆盖。", ["all 100%"]),
        ("所有学校配备心理教师。", ["all 100%"]),
        ("校舍隐患全部整改。", ["all 100%"]),
        ("适龄儿童应入尽入。", ["all 100%"]),
        ("全面消除D级危房。", ["none 0个"]),
        ("零就业家庭动态清零。", ["none 0个"]),
        ("严禁提前组织招生。", ["none 0起"]),
        ("教育投入只增不减。", ["nondecreasing"]),
        ("教师工资不低于当地公务员水平。", ["ge 100%"]),
        ("实现4G网络全覆盖、光纤入户率达到97%。", ["all 100%", "ge 97%"]),
    ],
)
def test_whole_lists_and_none_left_are_targets_without_a_number(clause: str, wanted: list[str]) -> None:
    assert told(clause) == wanted


@pytest.mark.parametrize(
    "clause", ["巩固全覆盖成果机制。", "落实消除大班额专项规划。", "加强禁毒教育。", "实施医院整体搬迁。"]
)
def test_names_with_such_words_are_none(clause: str) -> None:
    assert told(clause) == []


@pytest.mark.parametrize(
    ("clause", "deadline", "due"),
    [
        ("2021年新建学校3所。", date(2021, 12, 31), date(2021, 12, 31)),
        ("新建学校3所。", None, date(2021, 12, 31)),
        ("9月底前新建学校3所。", date(2021, 9, 30), date(2021, 9, 30)),
        ("到2023年，建成学校30所。", date(2023, 12, 31), date(2023, 12, 31)),
        ("上半年培训教师300人次。", date(2021, 6, 30), date(2021, 6, 30)),
        ("6月15日前招聘教师20名。", date(2021, 6, 15), date(2021, 6, 15)),
        ("“十四五”末，普惠率达到90%。", date(2025, 12, 31), date(2025, 12, 31)),
        ("建成分园3所，8月底前投入使用。", date(2021, 8, 31), date(2021, 8, 31)),
        ("2021年新建学校3所；招聘教师20名。", date(2021, 12, 31), date(2021, 12, 31)),
    ],
)
def test_a_day_governs_its_clause_and_is_inherited_else(clause: str, deadline: date | None, due: date) -> None:
    first = targets(clause)[0]
    assert (first.deadline, first.due) == (deadline, due)


def test_a_semicolon_ends_the_reach_of_a_day_but_not_of_the_plans_year() -> None:
    first, second = targets("2021年6月底前新建学校3所；招聘教师20名。")
    assert (first.deadline, second.deadline) == (date(2021, 6, 30), None)
    assert second.due is not None


def test_years_paired_with_numbers_go_one_to_one() -> None:
    found = targets("2021年、2022年、2023年普惠率分别达到80%、83%、85%。")
    assert [(one.value, one.deadline) for one in found] == [
        (80, date(2021, 12, 31)),
        (83, date(2022, 12, 31)),
        (85, date(2023, 12, 31)),
    ]


@pytest.mark.parametrize("word", ["力争", "努力", "争取", "预计"])
def test_a_soft_word_makes_a_target_aspirational(word: str) -> None:
    (soft,) = targets(f"{word}新建学校3所。")
    (hard,) = targets("确保新建学校3所。")
    assert (soft.strength, hard.strength) == (Strength.ASPIRATIONAL, Strength.BINDING)


def test_an_event_with_a_month_is_one_event() -> None:
    (event,) = targets("5月举办职业教育活动周启动仪式。")
    assert (event.implicit, event.value, event.unit, event.deadline) == (True, 1, "场", date(2021, 5, 31))
