"""A flat export: one row an institution, over three hundred columns under merged headers, in any order and any choice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from luoshi.checking.layouts.filling import Block, clean, counted, filled, folded, step
from luoshi.checking.layouts.fitting import Fit, Missed, nearest
from luoshi.checking.layouts.headers import Column, after_titles, columns, data_begins
from luoshi.checking.layouts.titles import path, shift
from luoshi.words.findings import Finding, Severity
from luoshi.words.layouts import Layout, Need, Source
from luoshi.words.returns import Amount, Return
from luoshi.words.sheets import Sheet

_HEAD = 40
"""Rows in which a header is looked for."""
_PERSONAL = ("姓名", "电话", "手机", "身份证", "证件号", "邮箱", "联系人", "填表人")
_SHOWN = 30
KEY = "school"


@dataclass(frozen=True, slots=True)
class _Lain:
    """One sheet with what was found in it."""

    sheet: Sheet
    begins: int
    columns: Sequence[Column]
    found: Mapping[Source, Column]


def fit(layout: Layout, sheets: Sequence[Sheet], returns: Sequence[type[Return]]) -> Fit:
    """Hold a file against a layout of flat exports."""
    told, there = Fit(layout), list[_Lain]()
    for sheet in sheets:
        lain = _lain(layout, sheet, told)
        tables = any(one.table for one in lain.found) if lain else False
        always = [one for one in layout.sources if one.need is Need.ALWAYS]
        if lain is None or not (tables or any(one in lain.found for one in always)):
            told.told.append(
                Finding(sheet.name, "没有认出这张表", f"版式“{layout.name}”", "不需要的不必管", Severity.TELLS)
            )
            continue
        told.found |= {(sheet.name, one.place) for one in lain.found.values()}
        told.missed += _missed(layout, lain)
        told.told += _said(lain)
        there.append(lain)
    if there:
        told.parts = [lambda: folded([block for lain in there for block in _blocks(layout, lain, returns)])]
    return told


def _lain(layout: Layout, sheet: Sheet, told: Fit) -> _Lain | None:
    head = [list(row) for row in sheet.cells.head(_HEAD).iter_rows()]
    key = {path(one)[-1] for source in layout.sources if source.column == KEY for one in source.paths}
    known = _known(layout)
    begins = data_begins(head, key) or after_titles(head, known)
    if begins is None:
        return None
    there = columns(head[:begins], known)
    ends = dict[str, list[Column]]()
    for column in there:
        for name in column.path[-1]:
            ends.setdefault(name, []).append(column)
    found = dict[Source, Column]()
    for source in layout.sources:
        hits = _hits(source, ends)
        if len(hits) == 1:
            found[source] = hits[0]
        elif hits:
            told.missed.append(Missed(source, sheet.name, "", tuple(f"{one.letters}列" for one in hits)))
    return _Lain(sheet, begins, there, found)


@lru_cache(maxsize=64)
def _known(layout: Layout) -> frozenset[str]:
    """All parts of its tables' titles and paths."""
    return frozenset(part for one in layout.sources for words in (*one.table, *one.paths) for part in path(words))


def _hits(source: Source, ends: Mapping[str, Sequence[Column]]) -> Sequence[Column]:
    """The columns of the first way to write it that is met; of several the ones with the shortest path."""
    for words in source.paths:
        asked = path(words)
        for table in source.table or ("",):
            whole = (*path(table), *asked)
            hits = [one for one in ends.get(whole[-1], ()) if one.ends(whole)]
            if hits:
                least = min(len(one.path) for one in hits)
                return [one for one in hits if len(one.path) == least]
    return ()


def _missed(layout: Layout, lain: _Lain) -> Iterable[Missed]:
    whole = {one.group for one in lain.found if one.table}
    used = {one.place for one in lain.found.values()}
    said = [one.said for one in lain.columns if one.place not in used]
    for source in layout.sources:
        wanted = source.need is Need.ALWAYS or (source.need is Need.TOGETHER and source.group in whole)
        if wanted and source not in lain.found and not _otherwise(source, lain):
            yield Missed(source, lain.sheet.name, nearest(f"{(*source.table, '')[0]}>{source.paths[0]}", said))


def _otherwise(source: Source, lain: _Lain) -> bool:
    """Whether another source of the same column is there."""
    same = (source.of, source.stage, source.column)
    return any((one.of, one.stage, one.column) == same for one in lain.found if one.how != "加")


def _said(lain: _Lain) -> Iterable[Finding]:
    used = {one.place for one in lain.found.values()}
    extra = [one for one in lain.columns if one.place not in used]
    personal = [one for one in extra if any(word in one.said for word in _PERSONAL)]
    others = [one.said for one in extra if one not in personal]
    if others:
        more = f" 等{len(others)}列" if len(others) > _SHOWN else ""
        what = f"没有读入这些列：{'、'.join(others[:_SHOWN])}{more}"
        yield Finding(lain.sheet.name, what, "只读版式写明的列", "不需要的不必管；需要的请加到版式里", Severity.TELLS)
    if personal:
        what = f"没有读入能认出个人的列：{'、'.join(one.said for one in personal)}"
        yield Finding(lain.sheet.name, what, "用不着的身份信息不读入、不保存", "不必处理", Severity.TELLS)


def _blocks(layout: Layout, lain: _Lain, returns: Sequence[type[Return]]) -> Iterable[Block]:
    rows = lain.sheet.cells.slice(lain.begins)
    texts = clean(rows.select(pl.nth(sorted({one.place for one in lain.found.values()}))))
    shared = [one for one in lain.found if one.of is None]
    tabled = {one.of for one in layout.sources if one.table}
    groups = dict[tuple[type[Return], str], list[Source]]()
    for source in lain.found:
        if source.of is not None:
            groups.setdefault((source.of, source.stage), []).append(source)
    for (of, stage), sources in groups.items():
        if of in returns and (of not in tabled or any(one.table for one in sources)):
            common = [one for one in shared if one.column in of.columns]
            yield _block(layout, lain, texts, of, (stage, common, sources))


def _block(
    layout: Layout,
    lain: _Lain,
    texts: pl.DataFrame,
    of: type[Return],
    group: tuple[str, Sequence[Source], Sequence[Source]],
) -> Block:
    stage, common, own = group
    made, shifts, letters = dict[str, pl.Series](), dict[str, int](), dict[str, str]()
    for source in (*common, *own):
        column = lain.found[source]
        made[source.column] = step(
            made.get(source.column), texts[lain.sheet.cells.columns[column.place]], source, of, layout
        )
        shifts[source.column] = shift(column.unit or source.unit)
        letters.setdefault(source.column, column.letters)
    frame = pl.DataFrame({name: series.alias(name) for name, series in made.items()})
    values = list(dict.fromkeys(one.column for one in own if one.table)) or [KEY]
    said, taught = filled(frame, values), _taught(lain, texts, of, stage)
    # Where a file leaves cells blank for what is not there, the zeros it prints are zeros; where it hardly does, they are blanks.
    zeros = said & ~taught
    keep = said & frame[KEY].is_not_null() & (taught | (zeros.sum() <= (~said).sum()))
    lines = (pl.arg_where(keep, eager=True) + lain.begins + 1).to_list()
    frame = frame.filter(keep)
    frame = frame.with_columns(pl.lit(stage).alias("stage")) if "stage" in of.columns else frame
    cells = [{name: f"{letter}{line}" for name, letter in letters.items()} for line in lines]
    return Block(of, frame, shifts, cells, [f"第{line}行" for line in lines], lines)


def _taught(lain: _Lain, texts: pl.DataFrame, of: type[Return], stage: str) -> pl.Series:
    """Where the stage has anything but zeros in any of its tables; what is measured by no stage is there."""
    sources = [one for one in lain.found if one.table and one.stage == stage and (stage or one.of is of)]
    measured = any(isinstance(column, Amount) for column in of)
    if (measured and not stage) or not sources:
        return pl.repeat(value=True, n=lain.sheet.cells.height - lain.begins, eager=True)
    names = lain.sheet.cells.columns
    return counted(texts.select(sorted({names[lain.found[one].place] for one in sources})))
