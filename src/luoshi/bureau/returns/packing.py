"""Parts of a file for the worker: typed rows as Parquet, and where their cells stand."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import polars as pl

from luoshi.bureau.files.actions import keep
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.returns.taking import Part
from luoshi.checking import Odd, Places, Taken
from luoshi.declared.returns import RETURNS
from luoshi.words.findings import Finding, Severity

_LINE = "_line"


def packed(actor: Actor, part: Part) -> dict[str, object]:
    """A part as a job's arguments keep it; called within the act that needs it."""
    taken, out = part.taken, BytesIO()
    taken.rows.with_columns(pl.Series(_LINE, list(taken.places.lines), pl.Int64)).write_parquet(out)
    kept = keep(actor, out.getvalue(), f"{part.of.key}.parquet", "application/vnd.apache.parquet")
    return {
        "of": part.of.key,
        "rows": kept.digest,
        "letters": dict(taken.places.letters),
        "odd": [[one.column.name, one.row, one.address, one.raw, one.read] for one in taken.odd],
        "told": [[one.where, one.what, one.rule, one.remedy, one.severity.value] for one in taken.told],
    }


def unpacked(told: Mapping[str, Any]) -> Part:
    """The same back."""
    of = RETURNS[told["of"]]
    rows = pl.read_parquet(BytesIO(content(File.objects.get(digest=told["rows"]))))
    lines = rows[_LINE].to_list()
    odd = tuple(Odd(of.columns[name], *rest) for name, *rest in told["odd"])
    said = tuple(
        Finding(where, what, rule, remedy, Severity(weight)) for where, what, rule, remedy, weight in told["told"]
    )
    return Part(of, Taken(of, rows.drop(_LINE), Places(lines, told["letters"]), odd, said))
