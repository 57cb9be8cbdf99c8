"""Layouts are read from folders of CSV files that an official can mend in a spreadsheet; a later folder overrides an earlier one."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.layouts import Layout, Need, Shape, Source
from luoshi.words.returns import Choice, Return
from luoshi.words.sheets import saved_text

LISTING, WORDS = "layouts.csv", "words.csv"
_EVERY, _BY_SHEET = ("各表", "*"), ("看表名", "?")
_OF_LAYOUTS = ("代号", "名称", "形状", "起", "止")
_OF_SOURCES = ("报表", "学段", "列", "表", "行", "表头", "单位", "须有", "取法")
_OF_WORDS = ("列", "写法", "代码")
_SHAPES = {"平面": Shape.FLAT, "一校一册": Shape.BOOK}


def load_layouts(*folders: Path, returns: Mapping[str, type[Return]]) -> tuple[Layout, ...]:
    """All layouts of some folders.

    Args:
        folders: each with layouts.csv, a CSV for each layout by its key, and words.csv; a layout or a word of a later folder
            takes the place of an earlier one, and what it does not name stays. Folders that are not there are passed over.
        returns: the declared returns by key.

    Raises:
        RefusedError: a file cannot be read, or names what is not declared; every such line at once.
    """
    told, listed = dict[str, tuple[dict[str, str], Path]](), [one for one in folders if one.is_dir()]
    words, wrong = dict[str, dict[str, str]](), list[Finding]()
    for folder in listed:
        for _, row in _rows(folder / WORDS, _OF_WORDS):
            words.setdefault(row["列"], {})[row["写法"]] = row["代码"]
        for _, row in _rows(folder / LISTING, _OF_LAYOUTS):
            told[row["代号"]] = (row, folder)
        known = [path for path in sorted(folder.glob("*.csv")) if path.stem in told]
        told |= {path.stem: (told[path.stem][0], folder) for path in known}
    made = [_layout(row, folder, words, returns, wrong) for row, folder in told.values()]
    if wrong:
        raise RefusedError(*wrong)
    return tuple(made)


def _layout(
    row: Mapping[str, str],
    folder: Path,
    words: Mapping[str, Mapping[str, str]],
    returns: Mapping[str, type[Return]],
    wrong: list[Finding],
) -> Layout:
    file = folder / f"{row['代号']}.csv"
    shape = _SHAPES.get(row["形状"])
    if shape is None or not row["起"].isdecimal() or not (row["止"].isdecimal() or not row["止"]):
        rule = "形状写平面或一校一册，起、止写学年的第一年"
        wrong.append(_finding(folder / LISTING, row["代号"], "形状或年份读不懂", rule))
        shape, row = shape or Shape.FLAT, {**row, "起": "0", "止": ""}
    sources = [_source(file, line, told, returns, wrong) for line, told in _rows(file, _OF_SOURCES)]
    last = int(row["止"]) if row["止"] else None
    return Layout(row["代号"], row["名称"], shape, int(row["起"]), last, tuple(one for one in sources if one), words)


def _source(
    file: Path, line: int, row: Mapping[str, str], returns: Mapping[str, type[Return]], wrong: list[Finding]
) -> Source | None:
    labels = {**{one.label: one for one in returns.values()}, **returns}
    of = None if row["报表"] in _EVERY else labels.get(row["报表"])
    known = [of] if of else list(returns.values()) if row["报表"] in _EVERY else []
    column = next((name for one in known for name, c in one.columns.items() if row["列"] in (name, c.label)), "")
    stage = _stage(row["学段"], [of] if of and "stage" in of.columns else list(returns.values()))
    if not known or not column or stage is None or row["须有"] not in set(Need):
        what = f"{row['报表']}、{row['学段']}、{row['列']}、{row['须有']}中有没有声明的"
        rule = "报表、学段、列须是已声明的，须有写必有、同有或空着"
        wrong.append(_finding(file, f"第{line}行", what, rule))
        return None
    return Source(
        of,
        stage,
        column,
        _either(row["表"]),
        _either(row["行"]),
        _either(row["表头"]),
        row["单位"],
        Need(row["须有"]),
        row["取法"],
    )


def _stage(words: str, some: Sequence[type[Return]]) -> str | None:
    """A stage's code by its code or word; of a return that knows no stages it says which schools have the table."""
    if not words or words in _BY_SHEET:
        return "?" if words else ""
    choices = {code: label for of in some if "stage" in of.columns for code, label in _choices(of).items()}
    return next((code for code, label in choices.items() if words in (code, label)), None)


def _choices(of: type[Return]) -> Mapping[str, str]:
    column = of.columns["stage"]
    return column.choices if isinstance(column, Choice) else {}


def _either(words: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in words.replace("｜", "|").split("|") if one.strip())


def _rows(file: Path, wanted: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines of a CSV with their numbers."""
    if not file.exists():
        return
    lines = csv.DictReader(io.StringIO(text_of(file)))
    missing = [one for one in wanted if one not in (lines.fieldnames or ())]
    if missing:
        raise RefusedError(_finding(file, "第1行", f"没有列 {'、'.join(missing)}", f"列名为{'、'.join(wanted)}"))
    for row in lines:
        told = {one: (row[one] or "").strip() for one in wanted}
        if any(told.values()) and not told[wanted[0]].startswith("#"):
            yield lines.line_num, told


def text_of(file: Path) -> str:
    """A layout file as it was saved.

    Raises:
        RefusedError: it cannot be opened.
    """
    try:
        return saved_text(file.read_bytes())
    except OSError as error:
        raise RefusedError(_finding(file, "文件", "打不开", "版式文件须可读")) from error


def _finding(file: Path, where: str, what: str, rule: str) -> Finding:
    return Finding(f"{file.name} {where}", what, rule, "请改正版式文件，再导入一次")
