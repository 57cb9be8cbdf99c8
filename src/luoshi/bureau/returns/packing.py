"""Parts of a file for the worker: typed rows as Parquet, and where their cells stand."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import polars as pl

from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.journal.actions import Actor
from luoshi.checking import Odd, Places, Taken
from luoshi.checking.wording import Scattered
from luoshi.declared.private import RETENTIONS
from luoshi.declared.returns import RETURNS
from luoshi.words.findings import Finding, Severity

ASIDE = ".parquet"
"""How the name of rows that wait for the worker ends, behind the key of the return."""
_LINE = "_line"


def packed(actor: Actor, part: Taken) -> dict[str, object]:
    """A part as a job's arguments keep it; called within the act that needs it."""
    out = BytesIO()
    part.rows.with_columns(pl.Series(_LINE, list(part.places.lines), pl.Int64)).write_parquet(out)
    apart = part.of.key in RETENTIONS
    kept = keep(actor, out.getvalue(), f"{part.of.key}{ASIDE}", "application/vnd.apache.parquet", apart=apart)
    return {
        "of": part.of.key,
        "rows": kept.digest,
        "letters": dict(part.places.letters),
        "cells": [dict(one) for one in part.places.cells] if isinstance(part.places, Scattered) else None,
        "names": list(part.places.names) if isinstance(part.places, Scattered) else None,
        "odd": [[one.column.name, one.row, one.address, one.raw, one.read] for one in part.odd],
        "told": [said(one) for one in part.told],
    }


def said(one: Finding) -> list[str]:
    """A finding as JSON keeps it."""
    return [one.where, one.what, one.rule, one.remedy, one.severity.value]


def heard(words: Sequence[str]) -> Finding:
    """The finding back."""
    where, what, rule, remedy, weight = words
    return Finding(where, what, rule, remedy, Severity(weight))


def unpacked(told: Mapping[str, Any]) -> Taken:
    """The same back."""
    of = RETURNS[told["of"]]
    rows = pl.read_parquet(BytesIO(content(File.objects.get(digest=told["rows"]))))
    lines = rows[_LINE].to_list()
    odd = tuple(Odd(of.columns[name], *rest) for name, *rest in told["odd"])
    places = Places(lines, told["letters"])
    if told["cells"] is not None:
        places = Scattered(lines, {}, told["cells"], told["names"])
    return Taken(of, rows.drop(_LINE), places, odd, tuple(map(heard, told["told"])))
