"""What a field of somebody's form is in our returns, as data that a person confirmed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import Choice, Flag

Filters = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns with the values a row must have one of; all must hold."""
_TRUE = {"是": "true", "否": "false", "true": "true", "false": "false"}


class How(StrEnum):
    """How rows become one number."""

    SUM = "sum"
    """合计."""
    COUNT = "count"
    """行数: the column does not matter."""
    SHARE = "share"
    """占比: the filtered part of the whole, in percent."""


@dataclass(frozen=True, slots=True)
class Binding:
    """One field of a form."""

    field: str
    kind: str
    """Key of the return."""
    column: str
    """Name of the column that is summed; empty where rows are counted."""
    how: How
    where: Filters = ()
    """Which rows count; of a share, the part."""
    among: Filters = ()
    """Of a share: the rows of the whole."""
    shift: int = 0
    """Digits the form's unit stands for: 万元 is 4."""
    places: int = 0
    """Digits behind the point that are written."""
    over: str = ""
    """Of a share: the column that is summed for the whole, where it is another one (女生数 over 在校学生数)."""


def as_record(one: Binding) -> dict[str, Any]:
    """As it is kept."""
    return {
        "field": one.field,
        "kind": one.kind,
        "column": one.column,
        "how": one.how.value,
        "where": [[name, list(values)] for name, values in one.where],
        "among": [[name, list(values)] for name, values in one.among],
        "shift": one.shift,
        "places": one.places,
        "over": one.over,
    }


def binding_of(record: Mapping[str, Any], returns: Mapping[str, type[Return]]) -> Binding:
    """A kept binding, held against what is declared now.

    Raises:
        RefusedError: its return or a column of it is not declared any more, or is nothing that can be reckoned.
    """

    def filters(name: str) -> Filters:
        return tuple((str(column), tuple(map(str, values))) for column, values in record.get(name, ()))

    one = Binding(
        str(record["field"]),
        str(record["kind"]),
        str(record.get("column", "")),
        How(record["how"]),
        filters("where"),
        filters("among"),
        int(record.get("shift", 0)),
        int(record.get("places", 0)),
        str(record.get("over", "")),
    )
    _look_through(one, returns)
    return one


def _look_through(one: Binding, returns: Mapping[str, type[Return]]) -> None:
    of = returns.get(one.kind)
    if of is None:
        raise _refused(one.field, f"没有报表“{one.kind}”", "只从声明的报表取数")
    named = [one.column, one.over, *(name for name, _ in (*one.where, *one.among))]
    unknown = [name for name in named if name and name not in of.columns]
    if unknown:
        raise _refused(one.field, f"“{of.label}”没有列 {'、'.join(unknown)}", "只取声明的列")
    summed = [of.columns[name] for name in (one.column, one.over) if name]
    words = [column.label for column in summed if column.kind == "string"]
    if words or (one.how is How.SUM and not one.column):
        raise _refused(one.field, f"“{'、'.join(words) or '空'}”不能求和", "求和的列须是数；只数行数的请选“计数”")
    if one.how is How.SHARE and not one.where and not one.over:
        raise _refused(one.field, "占比没有写分子的条件", "占比＝符合条件的÷全部")


def parse_filters(words: str, of: type[Return]) -> Filters:
    """Conditions as people write them: 学段=小学、初中；举办者性质=公办.

    Raises:
        RefusedError: a column or a word that is not declared; all of them at once.
    """
    told, wrong = list[tuple[str, tuple[str, ...]]](), list[Finding]()
    labels = {column.label: name for name, column in of.columns.items()} | {name: name for name in of.columns}
    for part in filter(None, re.split(r"[；;\n]", words.replace("＝", "="))):
        label, _, values = part.partition("=")
        name = labels.get(label.strip())
        if name is None or not values.strip():
            rule = "写成“列名=值”，几个值用、隔开，几个条件用；隔开"
            wrong.append(Finding("条件", f"“{part.strip()[:40]}”", rule, f"列名须是“{of.label}”的列"))
            continue
        column = of.columns[name]
        codes = {word: code for code, word in column.choices.items()} if isinstance(column, Choice) else {}
        codes = _TRUE if isinstance(column, Flag) else codes
        found = [one.strip() for one in re.split(r"[、,，]", values) if one.strip()]
        unknown = [one for one in found if codes and one not in codes and one not in codes.values()]
        if unknown:
            rule = f"“{column.label}”可写：{'、'.join(list(codes)[:30])}"
            wrong.append(Finding("条件", f"“{'、'.join(unknown)}”", rule, "请照写其中的词"))
        told.append((name, tuple(codes.get(one, one) for one in found)))
    if wrong:
        raise RefusedError(*wrong)
    return tuple(told)


def say_filters(filters: Filters, of: type[Return]) -> str:
    """The same back in words."""
    return "；".join(
        f"{of.columns[name].label}={'、'.join(_word(of, name, one) for one in values)}" for name, values in filters
    )


def _word(of: type[Return], name: str, value: str) -> str:
    column = of.columns[name]
    if isinstance(column, Choice):
        return column.choices.get(value, value)
    return {"true": "是", "false": "否"}.get(value, value) if isinstance(column, Flag) else value


def _refused(field: str, what: str, rule: str) -> RefusedError:
    return RefusedError(Finding(field, what, rule, "请在对应表里重新选定这一栏"))
