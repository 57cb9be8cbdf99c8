"""The lists inside DuckDB: every row with its exact number or its flaw, and numbers that stand in one list twice."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import polars as pl

from luoshi.matching.deciding import CONTENT, Doubt, Judged, coded
from luoshi.matching.given import Listed
from luoshi.matching.numbers import FALSE, cleaned_name, cleaned_number, day_of, read_numbers

BLANK: Any = ibis.null(str)
SHOWN = (*CONTENT, "school")


class Desk:
    """A connection with the lists on it, each as a table `rows` of its own."""

    def __init__(self, lists: Sequence[Listed], on: date) -> None:
        """Read them; nothing of the files is kept but the columns that are compared."""
        self._ibis = ibis.duckdb.connect()
        self._ibis.con.execute("SET preserve_insertion_order = false")
        self.rows: dict[str, Any] = {}
        self._crowds: dict[str, Any] = {}
        for one in lists:
            self.rows[one.key] = self.keep(f"rows_{one.key}", _prepared(self._given(one), one, on))
            self._ibis.con.unregister("given")

    def keep(self, name: str, told: Any) -> Any:
        """A table of it, worked out once."""
        return self._ibis.create_table(name, told, temp=True, overwrite=True)

    def put(self, name: str, frame: pl.DataFrame) -> Any:
        """A table of a frame."""
        return self._ibis.create_table(name, frame.to_arrow(compat_level=pl.CompatLevel.oldest()), temp=True, overwrite=True)

    def ask(self, told: Any) -> pl.DataFrame:
        """The answer."""
        return pl.DataFrame(self._ibis.con.sql(str(ibis.to_sql(told, dialect="duckdb"))).to_arrow_table())

    def close(self) -> None:
        """Let go of all of it."""
        self._ibis.disconnect()

    def settle_doubles(self, key: bytes | None, decided: Mapping[str, str]) -> pl.DataFrame:
        """Numbers that stand in a list twice: the doubtful pairs, row by row; those a person called one become one.

        Returns:
            As `coded` gives them, decided ones among them.
        """
        told = list[pl.DataFrame]()
        for name, rows in self.rows.items():
            twice = rows.filter(rows.key.notnull()).group_by("key").agg(many=ibis._.count(), head=ibis._.line.min())
            twice = self.keep(f"twice_{name}", twice.filter(twice.many > 1))
            pairs = coded(self.ask(_doubles(name, rows, twice)), key, decided)
            told.append(pairs)
            if pairs.is_empty():
                continue
            behind = pairs.filter(pl.col("line") != pl.col("head"))
            open_ = behind.group_by("key").agg((pl.col("judged") != Judged.SAME).any().alias("open"))
            heads = behind.select("key", "head").unique()
            self._crowds[name] = self.put(f"crowd_{name}", heads.join(open_, on="key"))
        return pl.concat(told).drop("key", "head")

    def standing(self, name: str) -> Any:
        """Rows of a list with `standing`: bad, clean, crowded, or merged with the row of the same person."""
        rows, crowd = self.rows[name], self._crowds.get(name)
        if crowd is None:
            return rows.mutate(standing=ibis.ifelse(rows.key.isnull(), "bad", "clean"))
        crowd = crowd.rename(crowd_key="key")
        joined = rows.left_join(crowd, rows.key == crowd.crowd_key)
        standing = ibis.cases(
            (joined.key.isnull(), "bad"),
            (joined.crowd_key.isnull(), "clean"),
            (joined.open, "crowded"),
            (joined.line == joined["head"], "clean"),
            else_="merged",
        )
        return joined.mutate(standing=standing).drop("crowd_key", "head", "open")

    def people(self, name: str) -> Any:
        """The clean rows of a list, one a number."""
        rows = self.standing(name)
        return rows.filter(rows.standing == "clean").drop("standing")

    def _given(self, one: Listed) -> Any:
        own = dict(one.columns or {name: name for name in one.headings()})
        if isinstance(one.rows, pl.DataFrame):
            frame = one.rows.select(pl.col(word).alias(name) for name, word in own.items())
            frame = frame.with_row_index("line", offset=one.first)
            self._ibis.con.register("given", frame.to_arrow(compat_level=pl.CompatLevel.oldest()))
            return self._ibis.table("given")
        told = self._ibis.read_parquet(one.rows, table_name=f"file_{one.key}", file_row_number=True)
        line = told.file_row_number + one.first
        return told.select(line=line, **{name: told[word] for name, word in own.items() if word in told.columns})


def _prepared(given: Any, one: Listed, on: date) -> Any:
    """Columns of every list, whatever it had."""

    def text(name: str) -> Any:
        return given[name].cast("string") if name in given.columns else BLANK

    rows = given.select(
        line=given.line.cast("int64"),
        written=cleaned_number(text("number")) if "number" in given.columns else BLANK,
        name=cleaned_name(text("name")) if "name" in given.columns else BLANK,
        said_born=day_of(text("born")) if "born" in given.columns else BLANK,
        guardian=cleaned_name(text("guardian")) if "guardian" in given.columns else BLANK,
        county=ibis.coalesce(text("county").strip().nullif(""), ibis.literal(one.county)),
        school=text("school").strip().nullif(""),
    )
    # Read in a step of its own: a condition that holds a long expression would have it worked out again and again.
    read = read_numbers(rows, on)
    return read.mutate(born=ibis.coalesce(read.said_born, read.digits_born)).drop("said_born", "digits_born")


def _doubles(name: str, rows: Any, twice: Any) -> Any:
    """Each row of a doubled number beside the first of them, the first beside the second."""
    held = rows.inner_join(twice, "key")
    order = ibis.row_number().over(group_by=held.key, order_by=held.line)
    held = held.mutate(place=order)
    partner = held.filter(held.place <= 1)
    other = partner.select(
        other_key=partner.key,
        other_place=1 - partner.place,
        other_line=partner.line,
        **{f"other_{one}": partner[one] for one in SHOWN},
    )
    # The first row looks at the second, all others at the first.
    looks = ibis.ifelse(held.place == 0, 0, 1)
    held = held.mutate(looks=looks)
    both = held.inner_join(other, [held.key == other.other_key, held.looks == other.other_place])
    literal = ibis.literal
    return both.select(
        "key",
        "head",
        comparison=literal(""),
        doubt=literal(Doubt.TWICE.value),
        list=literal(name),
        line=both.line,
        **{one: both[one] for one in SHOWN},
        other=literal(name),
        other_line=both.other_line,
        **{f"other_{one}": both[f"other_{one}"] for one in SHOWN},
        flaw=BLANK,
    )


__all__ = ["BLANK", "FALSE", "SHOWN", "Desk"]
