"""An institution's own workbook, 机构名称(办学类型).xlsx, a sheet for each table, in the new and in the old numbering. 演示数据（虚构）."""

from collections.abc import Collection, Sequence

from luoshi.declared.returns import codes
from luoshi.imagining.city import MADE_UP
from luoshi.imagining.filing import forms
from luoshi.imagining.filing.exports import yes
from luoshi.imagining.filing.forms import Cells, Form
from luoshi.imagining.filing.pages import Page, Path, Value
from luoshi.imagining.filing.records import Record, stage_named

_CONTENT: Path = ("内容",)
_NUMBER: Path = ("数量",)
_STAGED = ("primary", "junior", "senior")
_ABOUT = (
    "学校（机构）标识码", "学校（机构）名称", "所在地编码", "举办者类型", "办学类型", "城乡类型", "是否计校数", "是否上年撤销",
    "是否本年新增", "是否普惠性民办幼儿园", "是否乡镇中心幼儿园", "是否营利性", "是否寄宿制学校", "建校年月", "统一社会信用代码",
    "经度", "纬度", "学校（机构）地址", "校长姓名",
)  # fmt: skip


def _basic(number: str) -> Form:
    def fill(one: Record, _: str) -> Cells:
        told = one.register
        nonprofit = told["nonprofit"]
        values: Sequence[Value] = (
            told["school"], told["name"], told["township"], " ".join(one.founder), f"{one.kind} {told['kind']}",
            f"{codes.URBAN[told['urban']]} {told['urban']}", yes(told["counted"]), yes(told["closed"]), yes(told["new"]),
            yes(one.kindergarten.get("nature") == "inclusive"), yes(one.kindergarten.get("central")),
            yes(None if nonprofit is None else not nonprofit), yes(told["boarding"]), f"{told['opened']:%Y-%m}",
            told["credit"], told["longitude"], told["latitude"], told["address"], MADE_UP,
        )  # fmt: skip
        return {(words, _CONTENT): value for words, value in zip(_ABOUT, values, strict=True)}

    return Form(number, "学校（机构）基本情况", "——", [_CONTENT], _ABOUT, 5, fill)


def _other(number: str, fillers: int) -> Form:
    """其他情况: backbone teachers in rows of column D, after so many other rows."""
    rows = [f"其他事项{place}" for place in range(1, fillers + 1)]
    rows += [f"县级以上骨干教师（{stage_named(stage)}）" for stage in _STAGED]

    def fill(one: Record, _: str) -> Cells:
        return {
            (f"县级以上骨干教师（{stage_named(stage)}）", _NUMBER): one.staff[stage]["backbone"]
            for stage in _STAGED
            if stage in one.staff
        }

    return Form(number, "学校（机构）其他情况", "见各行", [_NUMBER], rows, 6, fill, dict.fromkeys(rows, "人"))


def _kindergarten_classes(number: str, title: str) -> Form:
    named = (
        ("合计", "classes"),
        ("小班", "junior_classes"),
        ("中班", "middle_classes"),
        ("大班", "senior_classes"),
        ("混合班", "mixed_classes"),
    )

    def fill(one: Record, _: str) -> Cells:
        return {("总计", (words,)): one.kindergarten[name] for words, name in named} if one.kindergarten else {}

    rows = ["总计", "25人及以下", "26-30人", "31-35人", "36人及以上"]
    return Form(number, title, "个", [(words,) for words, _ in named], rows, 5, fill, stages=("preschool",))


def _children(number: str, title: str) -> Form:
    named = (
        ("总计", "children"),
        ("2岁及以下", "age_2"),
        ("3岁", "age_3"),
        ("4岁", "age_4"),
        ("5岁", "age_5"),
        ("6岁及以上", "age_6"),
    )
    there: Path = ("在园幼儿数",)

    def fill(one: Record, _: str) -> Cells:
        return {(words, there): one.kindergarten[name] for words, name in named} if one.kindergarten else {}

    columns: list[Path] = [("入园人数",), there, ("#女",), ("离园人数",)]
    return Form(number, title, "人", columns, [words for words, _ in named], 5, fill, stages=("preschool",))


NEW: Sequence[Form] = (
    _basic("教基1001"),
    _other("教基1102续", 6),
    _kindergarten_classes("教基2105", "幼儿园班数"),
    forms.classes("教基2106", "小学班数、班额", "primary", 6, 5),
    forms.classes("教基2107", "初中班数、班额", "junior", 4, 5),
    forms.classes("教基2108", "普通高中班数、班额", "senior", 3, 5),
    _children("教基3111", "幼儿园幼儿数"),
    forms.pupils("教基3112", "小学分类型学生数", "primary"),
    forms.pupils("教基3115", "初中分类型学生数", "junior"),
    forms.pupils("教基3118", "普通高中分类型学生数", "senior"),
    forms.staff("教基4148", "幼儿园教职工数", ("preschool",)),
    forms.staff("教基4149", "中小学教职工数", _STAGED),
    forms.staff("教基4150", "特殊教育学校教职工数", ("special",)),
    forms.titles("教基4153", "专任教师年龄、职称情况"),
    forms.degrees("教基4155", "小学专任教师分课程、分学历", "primary"),
    forms.degrees("教基4156", "初中专任教师分课程、分学历", "junior"),
    forms.degrees("教基4157", "普通高中专任教师分课程、分学历", "senior"),
    forms.degrees("教基4159", "幼儿园专任教师分学历", "preschool"),
    forms.buildings("教基5170", "本学年校舍建筑面积"),
    forms.land(),
)
"""教基, from 2020."""
OLD: Sequence[Form] = (
    _basic("基础基111"),
    _other("基础基112", 24),
    _kindergarten_classes("基础基211", "幼儿园园数、班数"),
    forms.old_primary_classes(),
    forms.old_secondary_classes(),
    _children("基础基311", "幼儿园分年龄幼儿数"),
    forms.pupils("基础基312", "小学学生数", "primary"),
    forms.pupils("基础基313", "初中学生数", "junior"),
    forms.pupils("基础基314", "普通高中学生数", "senior"),
    forms.staff("基础基411", "幼儿园教职工数", ("preschool",)),
    forms.staff("基础基412", "中小学教职工数", _STAGED),
    forms.staff("基础基413", "特殊教育学校教职工数", ("special",)),
    forms.titles("基础基421", "专任教师职称情况"),
    forms.degrees("基础基4211", "小学专任教师学历", "primary"),
    forms.degrees("基础基422", "初中专任教师学历", "junior"),
    forms.degrees("基础基423", "普通高中专任教师学历", "senior"),
    forms.degrees("基础基424", "幼儿园专任教师学历", "preschool"),
    forms.buildings("基础基511", "校舍建筑面积"),
    forms.old_land(),
)
"""基础基, until 2019."""


def file_name(one: Record) -> str:
    """What the file of an institution is called, without its suffix."""
    return f"{one.register['name']}({one.kind}) {MADE_UP}"


def workbook(one: Record, tables: Sequence[Form] = NEW, without: Collection[str] = ()) -> list[Page]:
    """The sheets of one institution.

    Args:
        one: the institution.
        tables: NEW or OLD.
        without: numbers of tables that are left out.
    """
    plain = tables is OLD
    told = list[Page]()
    for form in tables:
        sheets = [stage for stage in form.stages if not stage or stage in one.stages]
        for stage in sheets if form.number not in without else ():
            suffix = stage_named(stage) if stage else one.kind
            several = len(sheets) > 1
            name = form.number if plain and not several else f"{form.number}_{suffix}"
            page = form.page(one, stage, name)
            told += [page] if page else []
    return told
