"""The columns of a list of units under the names offices give them, and what a cell of each may say."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

DIVISIONS: Mapping[str, tuple[str, ...]] = {
    "code": ("统计用区划代码", "区划代码", "行政区划代码", "代码", "单位代码", "code12", "code9", "code6", "code"),
    "name": ("名称", "单位名称", "区划名称", "name"),
    "kind": ("类型", "单位类型", "type", "kind"),
    "parent": ("上级代码", "所属县区代码", "县区代码", "county_code", "parent"),
}
SCHOOLS: Mapping[str, tuple[str, ...]] = {
    "code": ("学校标识码", "学校(机构)标识码", "机构编码", "机构编码(标识码)", "机构代码", "标识码", "学校代码"),
    "name": ("学校名称", "学校(机构)名称", "机构名称", "名称", "name"),
    "kind": ("办学类型", "办学类型编码", "办学类型代码"),
    "operator": ("举办者性质", "举办者", "举办者类型", "公办民办"),
    "county": ("区划代码", "县区代码", "所属县区代码", "county_code"),
    "township": ("乡镇街道代码", "驻地地域码", "所在地编码", "统计用区划代码", "乡镇代码"),
    "host": ("主校标识码", "所属学校标识码"),
}
BOTH: Mapping[str, tuple[str, ...]] = {
    "begun": ("启用日期", "启用时间", "开始日期", "建校日期", "begun"),
    "until": ("终止日期", "有效期止", "最后一天", "until"),
    "changed": ("变更日期", "变更/弃用时间", "弃用时间", "撤销日期", "停用日期"),
    "before": ("原代码", "原标识码", "before"),
    "after": ("新代码", "新标识码", "并入代码", "after", "successor"),
    "how": ("变更方式", "how"),
    "longitude": ("经度", "lon", "lon_gcj02", "longitude"),
    "latitude": ("纬度", "lat", "lat_gcj02", "latitude"),
    "doubt": ("备注", "存疑", "doubt"),
}
"""By our name: what the column may be called, the most telling first; no name serves two columns of one list.

终止日期 is the last day a unit stood, 变更日期 the first day it no more did."""
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")
YEAR_ONLY = "只知年份，按1月1日计"
MONTH_ONLY = "只知年月，按1日计"


def plain(words: str | None) -> str:
    """A cell or a heading in one form: narrow characters, no blanks around, no quote that keeps a number a text."""
    return unicodedata.normalize("NFKC", words or "").strip().lstrip("'").strip()


def columns(headings: Sequence[str]) -> tuple[bool, dict[str, int], list[str]]:
    """What kind of list it is and where its columns stand.

    Returns:
        Whether it is one of schools; places by our names; headings nobody asked for.
    """
    told = {plain(one).lower(): place for place, one in reversed(list(enumerate(headings))) if plain(one)}
    schools = any(name.lower() in told for name in SCHOOLS["code"])
    wanted = {**(SCHOOLS if schools else DIVISIONS), **BOTH}
    found = {
        ours: next(told[name.lower()] for name in names if name.lower() in told)
        for ours, names in wanted.items()
        if any(name.lower() in told for name in names)
    }
    used = set(found.values())
    return schools, found, [plain(one) for place, one in enumerate(headings) if plain(one) and place not in used]


def day(words: str) -> tuple[date | None, str]:
    """A day, with a doubt where only its year or month is said; (None, "") where it is none."""
    found = _DAY.fullmatch(words)
    if not found:
        return None, ""
    year, month, of = found.groups()
    try:
        told = date(int(year), int(month or 1), int(of or 1))
    except ValueError:
        return None, ""
    return told, "" if of else MONTH_ONLY if month else YEAR_ONLY
