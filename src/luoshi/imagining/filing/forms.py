"""Tables of the annual return as one institution's workbook shows them: titles, header rows, 甲 乙 1 2 3, rows.

Where a public guide names a cell (教基2106 C6:C10, 教基5170 C17, 基础基522 O9 …) it stands there; the rest is filled in after
the manner of the tables. 演示数据（虚构）.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.imagining.city import MADE_UP
from luoshi.imagining.filing.exports import BANDS, COURSES, DEGREES, POSTS, TITLES, myriads
from luoshi.imagining.filing.pages import Merge, Page, Path, Value, headers
from luoshi.imagining.filing.records import Record, Row

Cells = Mapping[tuple[str, Path], Value]
"""Values by row text and column path."""
_UNIT_COLUMN = "计量单位"


@dataclass(frozen=True, slots=True)
class Form:
    """One table."""

    number: str
    """教基2106."""
    title: str
    unit: str
    columns: Sequence[Path]
    rows: Sequence[str]
    first: int
    """The spreadsheet row of the first of them."""
    fill: Callable[[Record, str], Cells]
    """Cells for an institution and a stage; empty where the table does not concern it."""
    units: Mapping[str, str] | None = None
    """Units of rows in a column of their own (丙); None where the table has no such column."""
    stages: Sequence[str] = ("",)
    """A sheet for each of these the institution teaches; the empty one stands for the institution."""

    def page(self, one: Record, stage: str, name: str) -> Page | None:
        """Its sheet; None where it does not concern the institution.

        Args:
            one: the institution.
            stage: the stage, empty for the whole institution.
            name: what the sheet is called.
        """
        told = self.fill(one, stage)
        if not told:
            return None
        beside = ["指标名称", "代码", *([_UNIT_COLUMN] if self.units is not None else [])]
        heads, merges = headers([*((title,) for title in beside), *self.columns], self.first - 2 - self._depth)
        rows: list[Sequence[Value]] = [[f"{self.number} {self.title}　{MADE_UP}"], [f"单位：{self.unit}"]]
        rows += [[f"注：{MADE_UP}"] for _ in range(self.first - 4 - self._depth)]
        rows += [*heads, [*"甲乙丙"[: len(beside)], *range(1, len(self.columns) + 1)]]
        for place, words in enumerate(self.rows, 1):
            unit = [] if self.units is None else [self.units.get(words)]
            rows.append([words, f"{place:02d}", *unit, *(told.get((words, column)) for column in self.columns)])
        whole: Merge = (0, 0, 0, len(beside) + len(self.columns) - 1)
        return Page(name, rows, [whole, *merges])

    @property
    def _depth(self) -> int:
        return max(len(column) for column in self.columns)


def _row(words: str, values: Mapping[Path, Value]) -> dict[tuple[str, Path], Value]:
    return {(words, column): value for column, value in values.items()}


def _down(column: Path, values: Mapping[str, Value]) -> dict[tuple[str, Path], Value]:
    return {(words, column): value for words, value in values.items()}


_GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
ALL: Path = ("合计",)


def classes(number: str, title: str, stage: str, many: int, first: int, before: Sequence[Path] = ()) -> Form:
    """班数、班额, with the bands as rows; grades beside the total.

    Args:
        number: of the table.
        title: of the table.
        stage: which stage it is about.
        many: grades it has.
        first: spreadsheet row of the total.
        before: columns in front of the total.
    """
    grades = [(one,) for one in _GRADES[:many]]
    rows = ["总计", *BANDS.values(), "#复式班"]

    def fill(one: Record, _: str) -> Cells:
        bands = one.bands.get(stage)
        if not bands:
            return {}
        told = {"总计": bands["classes"], **{words: bands[name] for name, words in BANDS.items()}}
        return _down(ALL, told)

    return Form(number, title, "个", [*before, ALL, *grades], rows, first, fill, stages=(stage,))


def old_primary_classes() -> Form:
    """基础基212: E6 总计, E8:E11 classes of at most forty."""
    made = classes("基础基212", "小学校数、班数", "primary", 6, 6)
    columns: list[Path] = [("校数",), ("教学点数",), ("班数", "合计"), *(("班数", one) for one in _GRADES)]
    rows = ["总计", "#复式班", *BANDS.values()]

    def fill(one: Record, stage: str) -> Cells:
        return {(words, ("班数", "合计")): value for (words, _), value in made.fill(one, stage).items()}

    return Form(made.number, made.title, "所、个", columns, rows, 6, fill, stages=("primary",))


def old_secondary_classes() -> Form:
    """基础基213: rows 01 总计, 02 四年制, 03 to 12 the bands; only the totals have their grades."""
    columns: list[Path] = [
        (stage, one) for stage in ("初中", "普通高中") for one in ("合计", "一年级", "二年级", "三年级")
    ]

    def fill(one: Record, _: str) -> Cells:
        told: dict[tuple[str, Path], Value] = {}
        for stage, words in (("junior", "初中"), ("senior", "普通高中")):
            bands = one.bands.get(stage)
            if bands:
                told |= {("总计", (words, "合计")): bands["classes"]}
                told |= {(title, (words, "合计")): bands[name] for name, title in BANDS.items()}
        return told

    return Form("基础基213", "中学校数、班数", "个", columns, ["总计", "#四年制", *BANDS.values()], 6, fill)


_AID = (("寄宿生", "boarders"), ("进城务工人员随迁子女", "migrants"), ("农村留守儿童", "left_behind"))
_GRADES_OF: Mapping[str, Sequence[str]] = {
    "primary": _GRADES,
    "junior": ("七年级", "八年级", "九年级", "四年级"),
    "senior": ("高一", "高二", "高三"),
}


def pupils(number: str, title: str, stage: str) -> Form:
    """分类型学生数: 在校生数 of a primary school stands in column I, its total in row 6.

    Args:
        number: of the table.
        title: of the table.
        stage: which stage it is about.
    """
    past: list[Path] = [("招生数", f"#受过学前教育{one}") for one in ("零年", "一年", "二年", "三年")]
    columns: list[Path] = [("毕业生数",), ("招生数", "合计"), *(past if stage == "primary" else [])]
    there = [("在校生数", one) for one in ("合计", "#女", *_GRADES_OF[stage])]
    columns += [*there, ("预计毕业生数",)]
    rows = ["总计", "#女", "#少数民族", "#复式班", *(f"#{one}" for one, _ in _AID)]

    def fill(one: Record, _: str) -> Cells:
        bands, aid = one.bands.get(stage), one.aid.get(stage, {})
        if not bands:
            return {}
        total: dict[Path, Value] = {("毕业生数",): bands["graduates"], ("招生数", "合计"): bands["entrants"]}
        total |= {("在校生数", "合计"): bands["pupils"], ("在校生数", "#女"): bands["girls"]}
        total |= {("在校生数", words): bands[f"grade_{at}"] for at, words in enumerate(_GRADES_OF[stage], 1)}
        told = _row("总计", total) | _row("#女", {("在校生数", "合计"): bands["girls"]})
        return told | {(f"#{words}", ("在校生数", "合计")): aid[name] for words, name in _AID if name in aid}

    return Form(number, title, "人", columns, rows, 6, fill, stages=(stage,))


def staff(number: str, title: str, stages: Sequence[str]) -> Form:
    """教职工数: posts as columns, 女 and 在编 as rows.

    Args:
        number: of the table.
        title: of the table.
        stages: stages it is written for, each on its own sheet.
    """
    posts = (*POSTS, ("保育员", "carers")) if "preschool" in stages else POSTS
    columns: list[Path] = [("教职工数", words) for words, _ in posts]
    columns += [("校外教师",), ("银龄教师",)]

    def fill(one: Record, stage: str) -> Cells:
        told = one.staff.get(stage)
        if not told:
            return {}
        total: dict[Path, Value] = {("教职工数", words): told[name] for words, name in posts}
        whole: Path = ("教职工数", "合计")
        return _row("总计", total) | {("#女", whole): told["women"], ("#在编", whole): told["established"]}

    return Form(number, title, "人", columns, ["总计", "#女", "#少数民族", "#在编", "#外籍"], 6, fill, stages=stages)


def titles(number: str, title: str) -> Form:
    """专任教师年龄、职称: titles as rows.

    Args:
        number: of the table.
        title: of the table.
    """
    ages: list[Path] = [
        (one,) for one in ("24岁及以下", "25-29岁", "30-34岁", "35-39岁", "40-44岁", "45-49岁", "50-54岁", "55岁及以上")
    ]

    def fill(one: Record, stage: str) -> Cells:
        told = one.staff.get(stage)
        return _down(ALL, {words: told[name] for words, name in (("总计", "teachers"), *TITLES)}) if told else {}

    rows = ["总计", "#女", *(words for words, _ in TITLES)]
    return Form(number, title, "人", [ALL, *ages], rows, 5, fill, stages=("preschool", "primary", "junior", "senior"))


def degrees(number: str, title: str, stage: str) -> Form:
    """专任教师分课程、分学历: degrees as rows, subjects as columns.

    Args:
        number: of the table.
        title: of the table.
        stage: which stage it is about.
    """
    by = "按授课课程分"
    arts = (("计", "arts"), ("艺术", ""), ("音乐", "music"), ("美术", "fine_arts"))
    columns: list[Path] = [ALL]
    if stage != "preschool":
        columns += [*((by, one) for one in COURSES), *((by, "艺术", one) for one, _ in arts), (by, "其他")]

    def fill(one: Record, _: str) -> Cells:
        told = one.staff.get(stage)
        if not told:
            return {}
        cells = _down(ALL, {words: told[name] for words, name in (("总计", "teachers"), *DEGREES)})
        if stage != "preschool":
            cells |= {("总计", (by, "艺术", words)): told[name] for words, name in arts if name}
            cells |= {("总计", (by, "体育与健康")): told["sports"]}
        return cells

    rows = ["总计", "#女", *(words for words, _ in DEGREES)]
    return Form(number, title, "人", columns, rows, 6 if stage != "preschool" else 5, fill, stages=(stage,))


def _in_unit(value: Any, unit: str) -> Value:
    return myriads(value) if unit == "万元" else value


_BUILDING = {
    "总计": "building", "C级危房": "", "D级危房": "dangerous", "#当年新增": "", "一、教学及辅助用房": "teaching", "教室": "",
    "实验室": "", "图书室": "", "微机室": "", "语音室": "", "心理辅导室": "", "室内体育用房": "indoor_sports",
    "二、行政办公用房": "office", "三、生活用房": "living", "四、其他用房": "other",
}  # fmt: skip
"""C10 教学及辅助用房, C17 室内体育用房."""
_LAND = {
    "占地面积": ("premises", "land", "平方米"),
    "#运动场地面积": ("premises", "sports_ground", "平方米"),
    "#绿化用地面积": ("premises", "green", "平方米"),
    "篮球场": ("", "", "个"),
    "排球场": ("", "", "个"),
    "足球场": ("", "", "个"),
    "图书": ("equipment", "books", "册"),
    "数字终端": ("equipment", "computers", "台"),
    "#教学用数字终端": ("equipment", "teaching_computers", "台"),
    "教室": ("premises", "classrooms", "间"),
    "#普通教室": ("", "", "间"),
    "#网络多媒体教室": ("premises", "media_rooms", "间"),
    "固定资产总值": ("equipment", "assets", "万元"),
    "#教学仪器设备资产值": ("equipment", "equipment", "万元"),
    "音乐专用教室": ("premises", "music_rooms", "间"),
    "美术专用教室": ("premises", "art_rooms", "间"),
    "学生宿舍床位": ("premises", "beds", "个"),
    "接入互联网出口带宽": ("equipment", "bandwidth", "Mbps"),
}
"""D7 运动场地, D12 图书, D17 网络多媒体教室, D19 教学仪器设备值."""


def buildings(number: str, title: str) -> Form:
    """校舍建筑面积.

    Args:
        number: of the table.
        title: of the table.
    """

    def fill(one: Record, _: str) -> Cells:
        told = {words: one.premises[name] for words, name in _BUILDING.items() if name} if one.premises else {}
        return _down(ALL, told)

    columns: list[Path] = [ALL, ("#独立产权",), ("#非独立产权",)]
    return Form(number, title, "平方米", columns, list(_BUILDING), 6, fill)


def land() -> Form:
    """教基5176: one column, a unit for each row."""

    def fill(one: Record, _: str) -> Cells:
        told = {
            words: _in_unit(getattr(one, part)[name], unit)
            for words, (part, name, unit) in _LAND.items()
            if part and getattr(one, part)
        }
        return _down(ALL, told)

    units = {words: unit for words, (_, _, unit) in _LAND.items()}
    return Form("教基5176", "占地面积及其他办学条件", "见各行", [ALL], list(_LAND), 6, fill, units)


_OLD_LAND: Sequence[tuple[Path, str, str]] = (
    (("占地面积（平方米）", "计"), "premises", "land"),
    (("占地面积（平方米）", "#绿化用地面积"), "premises", "green"),
    (("占地面积（平方米）", "#其他用地面积"), "", ""),
    (("占地面积（平方米）", "#运动场地面积"), "premises", "sports_ground"),
    (("图书（册）",), "equipment", "books"),
    (("计算机数（台）", "计"), "equipment", "computers"),
    (("计算机数（台）", "#教学用计算机"), "equipment", "teaching_computers"),
    (("教室（间）", "计"), "premises", "classrooms"),
    (("教室（间）", "普通教室", "计"), "", ""),
    (("教室（间）", "普通教室", "#网络多媒体教室"), "premises", "media_rooms"),
    (("教室（间）", "其他教室", "计"), "", ""),
    (("教室（间）", "其他教室", "#网络多媒体教室"), "premises", "media_rooms"),
    (("固定资产总值（万元）", "#教学仪器设备资产值"), "equipment", "equipment"),
    (("固定资产总值（万元）", "计"), "equipment", "assets"),
    (("音乐专用教室",), "premises", "music_rooms"),
    (("美术专用教室",), "premises", "art_rooms"),
    (("学生宿舍床位",), "premises", "beds"),
    (("接入互联网出口带宽",), "equipment", "bandwidth"),
)
"""F9 运动场地, L9 and N9 网络多媒体教室, O9 教学仪器设备."""


def old_land() -> Form:
    """基础基522: one row."""

    def fill(one: Record, _: str) -> Cells:
        told: dict[Path, Value] = {}
        for path, part, name in _OLD_LAND:
            stock: Row = getattr(one, part) if part else {}
            value = stock.get(name)
            if name == "media_rooms" and value is not None:
                others = value // 4
                value = others if "其他教室" in path else value - others
            told[path] = _in_unit(value, "万元" if path[0].endswith("（万元）") else "")
        return _row("总计", told) if one.premises else {}

    columns = [path for path, _, _ in _OLD_LAND]
    return Form("基础基522", "占地面积及其他办学条件", "见各列", columns, ["总计"], 9, fill)
