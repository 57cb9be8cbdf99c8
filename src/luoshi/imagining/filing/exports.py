"""A flat export (平面导出) as a county or a city would save it: one row an institution, over 300 columns under merged headers.

Table numbers, titles and their nesting are those of public guides and programs; what was seen nowhere is filled in after
their manner. 演示数据（虚构）.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from luoshi.declared.returns import codes
from luoshi.imagining.chance import Chance
from luoshi.imagining.city import MADE_UP
from luoshi.imagining.filing.pages import Page, Path, Value, headers
from luoshi.imagining.filing.records import Record, Row, stage_named

Getter = Callable[[Record], Value]
BANDS = {
    "up_to_25": "25人及以下",
    "from_26": "26-30人",
    "from_31": "31-35人",
    "from_36": "36-40人",
    "from_41": "41-45人",
    "from_46": "46-50人",
    "from_51": "51-55人",
    "from_56": "56-60人",
    "from_61": "61-65人",
    "from_66": "66人及以上",
}
STAGED = ("primary", "junior", "senior")
_MYRIAD = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Table numbers and titles of one numbering."""

    first: int
    """The school year it stands for here."""
    other: str
    kindergarten: str
    classes: Mapping[str, str]
    children: str
    pupils: Mapping[str, str]
    staff: Mapping[str, str]
    titles: str
    degrees: Mapping[str, str]
    building: str
    land: str


NEW = Numbers(
    2021,
    "教基1102 学校其他情况",
    "教基2105 幼儿园班数",
    {
        "primary": "教基2106 小学班数、班额",
        "junior": "教基2107 初中班数、班额",
        "senior": "教基2108 普通高中班数、班额",
    },
    "教基3111 幼儿园幼儿数",
    {
        "primary": "教基3112 小学分类型学生数",
        "junior": "教基3115 初中分类型学生数",
        "senior": "教基3118 普通高中分类型学生数",
    },
    {"preschool": "教基4148 幼儿园教职工数", "": "教基4149 中小学教职工数", "special": "教基4150 特殊教育学校教职工数"},
    "教基4153 专任教师年龄、职称情况",
    {
        "preschool": "教基4159 幼儿园专任教师分学历",
        "primary": "教基4155 小学专任教师分课程、分学历",
        "junior": "教基4156 初中专任教师分课程、分学历",
        "senior": "教基4157 普通高中专任教师分课程、分学历",
    },
    "教基5170 本学年校舍建筑面积",
    "教基5176 占地面积及其他办学条件",
)
OLD = Numbers(
    2019,
    "基础基112 学校（机构）其他情况",
    "基础基211 幼儿园园数、班数",
    {"primary": "基础基212 小学校数、班数", "junior": "基础基213 中学校数、班数", "senior": "基础基213 中学校数、班数"},
    "基础基311 幼儿园分年龄幼儿数",
    {"primary": "基础基312 小学学生数", "junior": "基础基313 初中学生数", "senior": "基础基314 普通高中学生数"},
    {
        "preschool": "基础基411 幼儿园教职工数",
        "": "基础基412 中小学教职工数",
        "special": "基础基413 特殊教育学校教职工数",
    },
    "基础基421 专任教师职称情况",
    {
        "preschool": "基础基424 幼儿园专任教师学历",
        "primary": "基础基4211 小学专任教师学历",
        "junior": "基础基422 初中专任教师学历",
        "senior": "基础基423 普通高中专任教师学历",
    },
    "基础基511 校舍建筑面积",
    "基础基522 占地面积及其他办学条件",
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file differs from the next one."""

    numbers: Numbers = NEW
    shuffled: int | None = None
    """Seed of the order of the columns; None keeps it."""
    extra: bool = False
    """Whether there are titles nobody asks for."""
    words: str = "both"
    """Choices as words, as codes, or both in columns beside each other."""
    quoted: bool = False
    """Whether codes have a quote in front, as a spreadsheet shows numbers kept as text."""


def flat_export(told: Sequence[Record], manner: Manner, *, only: Callable[[Path], bool] = lambda _: True) -> Page:
    """A flat export of some institutions.

    Args:
        told: the institutions.
        manner: how the file differs.
        only: which columns are exported.
    """
    columns = [one for one in _columns(manner) if only(one[0])]
    if manner.shuffled is not None:
        keys = Chance(manner.shuffled).bits("columns", len(columns)).tolist()
        places = Chance(int(keys[0] % 1000)).bits("order", _counter(len(columns))).argsort(kind="stable")
        columns = [columns[place] for place in places.tolist()]
    heads, merges = headers([path for path, _ in columns], 2)
    title: list[Value] = [f"{manner.numbers.first}学年初 基础教育 平面导出　{MADE_UP}"]
    rows: list[Sequence[Value]] = [title, ["单位：人、个、平方米、万元"], *heads]
    rows += [[value(one) for _, value in columns] for one in told]
    return Page("平面导出", rows, [(0, 0, 0, len(columns) - 1), *merges])


def _counter(many: int) -> Any:
    import numpy as np  # noqa: PLC0415

    return np.arange(many, dtype=np.int64)


def _columns(manner: Manner) -> Iterator[tuple[Path, Getter]]:
    numbers = manner.numbers
    yield from _identity(manner)
    yield from _other(numbers)
    yield from _kindergarten(numbers)
    for stage in STAGED:
        yield from _classes(numbers, stage)
        yield from _pupils(numbers, stage)
    yield from _staff(numbers)
    yield from _degrees(numbers)
    yield from _possessions(numbers)


def yes(value: object) -> Value:
    """是 or 否."""
    return None if value is None else ("是" if value else "否")


def _identity(manner: Manner) -> Iterator[tuple[Path, Getter]]:
    quote = "'" if manner.quoted else ""

    def code(name: str) -> Getter:
        return lambda one: None if one.register[name] is None else f"{quote}{one.register[name]}"

    def flag(name: str) -> Getter:
        return lambda one: yes(one.register[name])

    def choice(title: str, words: Getter, value: Getter) -> Iterator[tuple[Path, Getter]]:
        if manner.words != "code":
            yield (title,), words
        if manner.words != "word":
            yield (f"{title}编码",), value

    yield ("机构名称",), lambda one: one.register["name"]
    yield ("机构编码（标识码）",), code("school")
    yield from choice("办学类型", lambda one: one.kind, lambda one: one.register["kind"])
    yield from choice("举办者类型", lambda one: one.founder[0], lambda one: one.founder[1])
    yield from choice("城乡类型", lambda one: codes.URBAN[one.register["urban"]], lambda one: one.register["urban"])
    yield ("是否计校数",), flag("counted")
    yield ("是否上年撤销",), flag("closed")
    yield ("是否本年新增",), flag("new")
    yield ("是否普惠性民办幼儿园",), lambda one: yes(one.kindergarten.get("nature") == "inclusive")
    yield ("是否乡镇中心幼儿园",), lambda one: yes(one.kindergarten.get("central"))
    yield ("是否营利性",), lambda one: yes(None if one.register["nonprofit"] is None else not one.register["nonprofit"])
    yield ("是否寄宿制学校",), flag("boarding")
    yield ("建校年月",), lambda one: f"{one.register['opened']:%Y%m}"
    yield ("统一社会信用代码",), code("credit")
    yield ("所在地编码",), code("township")
    yield ("经度",), lambda one: one.register["longitude"]
    yield ("纬度",), lambda one: one.register["latitude"]
    for title in ("是否民族", "是否具有附设班", "是否附属学校(园)", "是否乡镇中心小学"):
        yield (title,), lambda _: "否"
    for level in ("一级", "二级", "三级", "四级", "五级"):
        yield (f"采集{level}",), lambda _: None
    if manner.extra:
        yield ("校长姓名",), lambda _: MADE_UP
        yield ("联系电话",), lambda _: MADE_UP
        yield ("备注一",), lambda _: MADE_UP


def _other(numbers: Numbers) -> Iterator[tuple[Path, Getter]]:
    yield (numbers.other, "党员教师"), lambda _: 0
    for stage in STAGED:
        yield (numbers.other, f"县级以上骨干教师({stage_named(stage)})"), _of("staff", stage, "backbone")
    yield (numbers.other, "心理健康教育教师"), lambda _: 0


def _of(part: str, stage: str, name: str) -> Getter:
    def value(one: Record) -> Value:
        row: Row = getattr(one, part).get(stage, {})
        return row.get(name)

    return value


def _plain(part: str, name: str) -> Getter:
    def value(one: Record) -> Value:
        row: Row = getattr(one, part)
        return row.get(name)

    return value


def _kindergarten(numbers: Numbers) -> Iterator[tuple[Path, Getter]]:
    for title, name in (
        ("合计", "classes"),
        ("小班", "junior_classes"),
        ("中班", "middle_classes"),
        ("大班", "senior_classes"),
        ("混合班", "mixed_classes"),
    ):
        yield (numbers.kindergarten, "班数", title), _plain("kindergarten", name)
    for title, name in (
        ("合计", "children"),
        ("2岁及以下", "age_2"),
        ("3岁", "age_3"),
        ("4岁", "age_4"),
        ("5岁", "age_5"),
        ("6岁及以上", "age_6"),
    ):
        yield (numbers.children, "在园幼儿数", title), _plain("kindergarten", name)


def _classes(numbers: Numbers, stage: str) -> Iterator[tuple[Path, Getter]]:
    block: Path = (numbers.classes[stage],)
    if numbers is OLD and stage != "primary":
        block = (*block, stage_named(stage))
    yield (*block, "班数", "总计"), _of("bands", stage, "classes")
    for name, title in BANDS.items():
        yield (*block, "班数", title), _of("bands", stage, name)


_GRADES = {
    "primary": ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级"),
    "junior": ("七年级", "八年级", "九年级", "四年级"),
    "senior": ("高一", "高二", "高三"),
}
_OF_AID = (("寄宿生", "boarders"), ("进城务工人员随迁子女", "migrants"), ("农村留守儿童", "left_behind"))


def _pupils(numbers: Numbers, stage: str) -> Iterator[tuple[Path, Getter]]:
    block = numbers.pupils[stage]
    yield (block, "毕业生数", "合计"), _of("bands", stage, "graduates")
    yield (block, "毕业生数", "#女"), lambda _: None
    yield (block, "招生数", "合计"), _of("bands", stage, "entrants")
    for title in ("未受过", "一年", "二年", "三年"):
        yield (block, "招生数", "#受过学前教育", title), lambda _: None
    yield (block, "在校生数", "合计"), _of("bands", stage, "pupils")
    yield (block, "在校生数", "#女"), _of("bands", stage, "girls")
    for place, title in enumerate(_GRADES[stage], 1):
        yield (block, "在校生数", title), _of("bands", stage, f"grade_{place}")
    yield (block, "预计毕业生数"), lambda _: None
    for title, name in _OF_AID:
        yield (block, f"#{title}", "招生数"), lambda _: None
        yield (block, f"#{title}", "在校生数"), _of("aid", stage, name)
        yield (block, f"#{title}", "毕业生数"), lambda _: None
    for title in ("少数民族", "复式班"):
        for flow in ("毕业生数", "招生数", "在校生数", "预计毕业生数"):
            yield (block, f"#{title}", flow), lambda _: None


POSTS = (
    ("合计", "staff"),
    ("专任教师", "teachers"),
    ("行政人员", "administration"),
    ("教辅人员", "assistants"),
    ("工勤人员", "workers"),
    ("其他人员", "others"),
)


def _staff(numbers: Numbers) -> Iterator[tuple[Path, Getter]]:
    for stage in ("preschool", *STAGED, "special"):
        block: Path = (numbers.staff[stage],) if stage in numbers.staff else (numbers.staff[""], stage_named(stage))
        posts = (*POSTS, ("保育员", "carers")) if stage == "preschool" else POSTS
        for title, name in posts:
            yield (*block, "教职工数", title), _of("staff", stage, name)
        yield (*block, "#女", "教职工数"), _of("staff", stage, "women")
        yield (*block, "#少数民族", "教职工数"), lambda _: None
        yield (*block, "#在编", "教职工数"), _of("staff", stage, "established")
    for stage in ("preschool", *STAGED):
        for title, name in TITLES:
            yield (numbers.titles, stage_named(stage), title), _of("staff", stage, name)
        for title in ("24岁及以下", "25-29岁", "30-34岁", "35-39岁", "40-44岁", "45-49岁", "50-54岁", "55岁及以上"):
            yield (numbers.titles, stage_named(stage), title), lambda _: None


TITLES = (
    ("正高级", "full_senior"),
    ("副高级", "senior"),
    ("中级", "middle"),
    ("助理级", "assistant_title"),
    ("员级", "junior_title"),
    ("未定职级", "no_title"),
)
DEGREES = (
    ("博士研究生", "doctors"),
    ("硕士研究生", "masters"),
    ("本科", "bachelors"),
    ("专科", "college"),
    ("高中阶段", "secondary"),
    ("高中阶段以下", "below"),
)
COURSES = ("道德与法治", "语文", "数学", "外语", "科学", "历史", "地理", "体育与健康")


def _degrees(numbers: Numbers) -> Iterator[tuple[Path, Getter]]:
    for stage, block in numbers.degrees.items():
        yield (block, "专任教师", "计"), _of("staff", stage, "teachers")
        for title, name in DEGREES:
            yield (block, "专任教师", "#按学历分", title), _of("staff", stage, name)
        if stage == "preschool":
            continue
        by = (block, "专任教师", "#按授课课程分")
        for course in COURSES:
            yield (*by, course), _of("staff", stage, "sports") if course == "体育与健康" else (lambda _: None)
        for title, name in (("计", "arts"), ("艺术", ""), ("音乐", "music"), ("美术", "fine_arts")):
            yield (*by, "艺术", title), _of("staff", stage, name) if name else (lambda _: None)
        for course in ("信息科技", "劳动", "综合实践活动", "其他"):
            yield (*by, course), lambda _: None


def myriads(value: Decimal | None) -> Decimal | None:
    """元 as 万元, to the last digit."""
    return None if value is None else (value / _MYRIAD).normalize()


def _money(name: str) -> Getter:
    return lambda one: myriads(one.equipment.get(name))


def _possessions(numbers: Numbers) -> Iterator[tuple[Path, Getter]]:
    building, land = numbers.building, numbers.land
    yield (building, "总计"), _plain("premises", "building")
    yield (building, "教学及辅助用房", "计"), _plain("premises", "teaching")
    yield (building, "教学及辅助用房", "图书室"), lambda _: None
    yield (building, "教学及辅助用房", "室内体育用房"), _plain("premises", "indoor_sports")
    yield (building, "行政办公用房"), _plain("premises", "office")
    yield (building, "生活用房"), _plain("premises", "living")
    yield (building, "其他用房"), _plain("premises", "other")
    yield (building, "#D级危房"), _plain("premises", "dangerous")
    yield (land, "占地面积（平方米）", "计"), _plain("premises", "land")
    yield (land, "占地面积（平方米）", "其中", "绿化用地面积"), _plain("premises", "green")
    yield (land, "占地面积（平方米）", "其中", "运动场地面积"), _plain("premises", "sports_ground")
    yield (land, "图书（册）"), _plain("equipment", "books")
    yield (land, "数字终端数（台）", "计"), _plain("equipment", "computers")
    yield (land, "数字终端数（台）", "#教学用"), _plain("equipment", "teaching_computers")
    yield (land, "教室（间）", "计"), _plain("premises", "classrooms")
    yield (land, "教室（间）", "#网络多媒体教室"), _plain("premises", "media_rooms")
    yield (land, "音乐专用教室（间）"), _plain("premises", "music_rooms")
    yield (land, "美术专用教室（间）"), _plain("premises", "art_rooms")
    yield (land, "学生宿舍床位（个）"), _plain("premises", "beds")
    yield (land, "接入互联网出口带宽（Mbps）"), _plain("equipment", "bandwidth")
    yield (land, "固定资产总值（万元）", "计"), _money("assets")
    yield (land, "固定资产总值（万元）", "其中", "教学仪器设备资产值（万元）"), _money("equipment")
