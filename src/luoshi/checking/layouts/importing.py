"""A file is held against all layouts of its time: one fits and is taken whole, or nothing is taken and it is said why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from luoshi.checking.cells import Taken
from luoshi.checking.layouts import books, flat
from luoshi.checking.layouts.filling import named, taken
from luoshi.checking.layouts.fitting import ENOUGH, Fit
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.layouts import Layout, Shape
from luoshi.words.returns import Return
from luoshi.words.sheets import Sheet

_MOST = 60
"""Titles a refusal names at most."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken of one file, or of a folder of workbooks."""

    layout: Layout
    parts: tuple[Taken, ...]
    """One for each return the file has rows of."""
    told: tuple[Finding, ...]
    """What was left out, and why."""


def import_sheets(sheets: Sequence[Sheet], layouts: Sequence[Layout], *, year: int | None = None) -> Imported:
    """Take one file.

    Args:
        sheets: all of its sheets.
        layouts: those it may be of; give one alone to ask no further.
        year: the school year, by its first calendar year; layouts of other years are left aside.

    Raises:
        RefusedError: no layout fits, with one finding for each title that is missed in the nearest; or several fit.
    """
    return import_books({"": sheets}, layouts, year=year)


def import_books(
    files: Mapping[str, Sequence[Sheet]], layouts: Sequence[Layout], *, year: int | None = None
) -> Imported:
    """Take several workbooks of one layout as one: a folder, or a zip, with one for each institution.

    Args:
        files: the sheets of each file, by its name.
        layouts: as of `import_sheets`.
        year: as of `import_sheets`.

    Raises:
        RefusedError: as `import_sheets`; one file that does not fit stops all.
    """
    usable = [one for one in layouts if one.used_in(year)]
    if not usable:
        raise RefusedError(Finding("版式", f"没有{year}学年的版式", "版式按学年声明", "请加一份版式，或指明别的学年"))
    shown = {name: [one for one in sheets if not one.hidden] for name, sheets in files.items()}
    fit = _chosen([_fit(layout, shown) for layout in usable])
    hidden = [
        Finding(
            f"{name} {one.name}".strip(),
            "这张表是隐藏的，没有读入",
            "只读看得见的表",
            "需要的请取消隐藏",
            Severity.TELLS,
        )
        for name, sheets in files.items()
        for one in sheets
        if one.hidden
    ]
    parts = tuple(taken(fit.blocks()))
    if not any(one.rows.height for one in parts):
        what = "有表头，没有一行数据"
        raise RefusedError(Finding("版式", what, f"版式“{fit.layout.name}”", "请确认选对了文件，数据在表头下面"))
    return Imported(fit.layout, parts, (*fit.told, *hidden))


def _fit(layout: Layout, files: Mapping[str, Sequence[Sheet]]) -> Fit:
    returns = list(dict.fromkeys(one.of for one in layout.sources if one.of is not None))
    if layout.shape is Shape.BOOK:
        return books.fit(layout, files, returns)
    if len(files) == 1:
        return flat.fit(layout, next(iter(files.values())), returns)
    return _several(layout, files, returns)


def _several(layout: Layout, files: Mapping[str, Sequence[Sheet]], returns: Sequence[type[Return]]) -> Fit:
    """Flat exports of several counties: each must fit by itself."""
    told = Fit(layout)
    fitting = 0
    for place, (name, sheets) in enumerate(files.items()):
        one = flat.fit(layout, sheets, returns)
        fitting += one.holds
        if place >= ENOUGH and not fitting:
            break
        told.found |= {(name, place) for place in one.found}
        told.missed += one.missed
        told.parts.append(lambda one=one, name=name: [named(block, name) for block in one.blocks()])  # type: ignore[misc]
        told.told += one.told
    return told


def _chosen(fits: Sequence[Fit]) -> Fit:
    """The only one that fits; where one that knows more of the file misses something, a weaker one is not taken instead."""
    good = [one for one in fits if one.holds]
    best = [one for one in good if not any(one.found < other.found for other in good)]
    most = max((len(one.found) for one in good), default=0)
    broken = any(one.missed and len(one.found) > most for one in fits)
    if len(best) == 1 and not broken:
        return best[0]
    if best and not broken:
        names = "、".join(f"{one.layout.name}（{one.layout.key}）" for one in best)
        remedy = f"请指明版式，如 --layout {best[0].layout.key}，或指明学年"
        raise RefusedError(Finding("版式", f"几种版式都合适：{names}", "一份文件只按一种版式读入", remedy))
    near = max(fits, key=lambda one: (len(one.found), -len(one.missed)))
    if not near.found:
        names = "、".join(one.layout.name for one in fits)
        raise RefusedError(
            Finding("版式", "认不出这份文件", f"已声明的版式：{names}", "请确认选对了文件；新的版式可照说明加一份")
        )
    missed = [one.finding(near.layout) for one in near.missed]
    rest = len(missed) - _MOST
    more = Finding("版式", f"另有{rest}项没有列出", f"版式“{near.layout.name}”须有这些项", "请先改正以上各项")
    raise RefusedError(*missed[:_MOST], *([more] if rest > 0 else []))
