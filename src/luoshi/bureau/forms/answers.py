"""What schools answered in a form, as typed rows."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import polars as pl

from luoshi.bureau.files.queries import content
from luoshi.bureau.forms.models import Deposit, Filing
from luoshi.bureau.forms.returns import as_return
from luoshi.bureau.returns.taking import PERSONS
from luoshi.checking import fitted
from luoshi.words.returns import Choice, Flag, ReturnColumn


def rows_of(one: Deposit) -> pl.DataFrame:
    """A row a school: its code, and what was asked of it, each column under the heading the form had.

    What was held already is not kept a second time. A column whose heading names persons is left out: the lake takes nothing that
    names anybody; it stays with the filing.
    """
    numbers = [int(each["filing"]) for each in json.loads(content(one.listing))["filings"]]
    columns = list(one.request.columns.all())
    of = as_return(one.request, columns)
    asked = [f"c{each.place}" for each in columns if not each.blocked]
    kept = [name for name in asked if not any(word in of.columns[name].label for word in PERSONS)]
    filings = Filing.objects.filter(pk__in=numbers).select_related("sheet").order_by("sheet__unit")
    rows = [{"school": each.sheet.unit} | _typed(of.columns, kept, each.values) for each in filings]
    schema = {name: kind for name, kind in of.schema().items() if name in {"school", *kept}}
    frame = fitted(of, pl.DataFrame(rows, schema=schema)).select("school", *kept)
    return frame.rename({name: of.columns[name].label for name in kept})


def _typed(columns: Mapping[str, ReturnColumn], names: Sequence[str], values: Mapping[str, str]) -> dict[str, object]:
    return {name: _value(columns[name], values[name]) for name in names if name in values}


def _value(column: ReturnColumn, words: str) -> object:
    """A kept answer, which is as its cell showed it, as its type."""
    if isinstance(column, Choice):
        return next((code for code, label in column.choices.items() if words in {code, label}), words)
    if isinstance(column, Flag):
        return words == "是"
    if column.kind == "date":
        return date.fromisoformat(words[:10])
    if column.kind == "string":
        return words
    return int(Decimal(words)) if column.kind == "int64" else Decimal(words)
