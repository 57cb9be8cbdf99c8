"""What the columns of a home-made reply table are, by their headings and by what stands below them."""

import re
from collections.abc import Mapping, Sequence

from luoshi.reading.sheets.headers import level

_BY_WORDS = (
    ("number", r"序号|编号|任务号|条目号|项目号|^条款|^条目$|^No\.?$"),
    ("due", r"时限|完成时间|完成期限|节点|何时"),
    ("trouble", r"问题|困难|难点|原因|卡点"),
    ("next", r"下步|下一步|下阶段|打算|后续|下月|工作安排|整改措施|推进措施|计划措施"),
    ("rate", r"完成率|完成比例|完成进度\(?%|进度%|完成百分比|占目标|占比\(?%?\)?$|完成度|达标率\(完成\)"),
    ("period", r"本月(?!底|末)(?!.*累计)|当月|本期(?:新增|完成)|本周|本季度?(?:新增|完成)"),
    ("last", r"上月|上期|上次|去年|上年|同期|上季|年初"),
    ("share", r"其中|在建|未完成|剩余|缺口|差额"),
    ("target", r"目标(?!任务(?:名称|内容))|任务数|计划数|应完成|计划完成|任务量|年度任务$|全年任务|要求|指标值"),
    (
        "value",
        r"完成数|已完成|实际|当前|现状|累计|完成量|完成值|上报数|目前(?!情况|进展|进度|状)|现有|完成情况\(数|数值|^数量|实绩|进度数|截至",
    ),
    (
        "progress",
        r"进展|进度|推进情况|落实情况|完成情况|开展情况|工作情况|目前情况|情况说明|主要做法|干得怎么样|工作成效|成效|反馈",
    ),
    ("day", r"时点|统计时间|数据时间|填报日期|填报时间|统计日期"),
    ("state", r"状态|是否完成|自评|亮灯|完成与否"),
    ("unit", r"计量单位|^单位$|量纲"),
    ("office", r"科室|责任|牵头|部门|单位|填报人|联络员|联系|领导|谁办"),
    ("division", r"县区|县\(市|区县|^地区|^县$|辖区"),
    ("note", r"备注|说明|佐证"),
    ("title", r"任务|事项|工作|内容|指标|项目|要点|举措|啥事|名称|什么事"),
)
_PATTERNS = tuple((key, re.compile(words)) for key, words in _BY_WORDS)
_NUMBER = re.compile(r"[约近]?\d[\d,.]{0,15}[余多]?(?:[%‰]|[万亿]?[\u4e00-\u9fff]{0,3})")
_LONGEST = 24
"""A longer cell is no heading."""
_NUMERIC = 0.6


def role(heading: str) -> str:
    """What a column of that name holds; "" when nobody can tell."""
    words = level(heading)
    if not words or len(words) > _LONGEST:
        return ""
    return next((key for key, pattern in _PATTERNS if pattern.search(words)), "")


def looks_like_headings(row: Sequence[str]) -> bool:
    """Whether a row of cells names columns: one is a task or its progress, another something else, none tells a figure."""
    said = [cell for cell in row if cell.strip()]
    found = {role(cell) for cell in said} - {""}
    told = {"title", "progress", "value", "division", "target"} & found
    if len(found) < 2 or not told or len(dict.fromkeys(said)) < 2:  # noqa: PLR2004 (one known word is a title)
        return False
    return sum(bool(role(cell)) for cell in said) * 2 >= len(said) and not any(
        _NUMBER.fullmatch(level(cell)) or re.search(r"\d[\d.]{0,9}(?![\d.年月日号./—~-])", level(cell)) for cell in said
    )


def columns(paths: Sequence[str], rows: Sequence[Sequence[str]]) -> Mapping[int, str]:
    """The role of each column by its place; contents decide what a heading leaves open."""
    found = {place: role(path) for place, path in enumerate(paths)}
    cells = {place: [row[place].strip() for row in rows if place < len(row) and row[place].strip()] for place in found}
    for place, key in list(found.items()):
        numeric = _share(cells[place])
        if key == "target" and cells[place] and numeric < _NUMERIC and "title" not in found.values():
            found[place] = "title"
        elif key == "value" and cells[place] and numeric < _NUMERIC and _long(cells[place]):
            found[place] = "progress"
        elif key == "progress" and numeric >= _NUMERIC and _other(found, place, "progress"):
            found[place] = "value"
        elif key == "unit" and not all(len(cell) <= 4 for cell in cells[place]):  # noqa: PLR2004 (所, 万人次)
            found[place] = "office"
    return _one_title(_one_value(found, cells), cells)


def _one_value(found: dict[int, str], cells: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Of several columns that could hold the figure the one with most numbers; the last of equals."""
    values = [place for place, key in found.items() if key == "value"]
    if len(values) > 1:
        most = max(values, key=lambda place: (round(_share(cells[place]), 1), place))
        found |= {place: "progress" for place in values if place != most and _share(cells[place]) < _NUMERIC}
    return found


def _share(cells: Sequence[str]) -> float:
    """How much of a column is numbers."""
    return sum(bool(_NUMBER.fullmatch(level(cell))) for cell in cells) / len(cells) if cells else 0.0


def _long(cells: Sequence[str]) -> bool:
    return sum(map(len, cells)) > 8 * len(cells)


def _other(found: Mapping[int, str], place: int, key: str) -> bool:
    return any(one == key and at != place for at, one in found.items())


def _one_title(found: dict[int, str], cells: Mapping[int, Sequence[str]]) -> Mapping[int, str]:
    """Of several columns that name the task the one with the longest words; the others stand above it."""
    titles = [place for place, key in found.items() if key == "title"]
    if len(titles) > 1:
        most = max(titles, key=lambda place: (sum(map(len, cells[place])) / max(1, len(cells[place])), -place))
        found |= {place: "above" for place in titles if place != most}
    return found
