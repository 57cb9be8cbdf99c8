"""A table of text as a file: titles above, columns in another order or left out, in the encoding of an old office."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from luoshi.imagining.city import MADE_UP
from luoshi.words.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Looks:
    """How a file is written."""

    encoding: str = "utf-8-sig"
    """gb18030 as old offices save."""
    titles: int = 1
    """Lines above the headings; the first says 演示数据（虚构）."""
    shuffled: int = 0
    """A seed for the order of the columns; 0 leaves it."""
    without: tuple[str, ...] = ()
    """Headings that are left out."""
    quoted: bool = False
    """Whether long numbers bear the quote that keeps Excel from rounding them."""
    wide: bool = False
    """Whether digits are full-width."""


@dataclass(frozen=True, slots=True, eq=False)
class Filed:
    """One table under the headings of its system."""

    title: str
    """学籍花名册."""
    frame: pl.DataFrame
    """Text; columns bear the headings."""
    planted: tuple[str, ...] = ()
    """Names and numbers in it that must not come out again."""

    @property
    def name(self) -> str:
        """What its file is called, without the suffix."""
        return f"{self.title} {MADE_UP}"

    def looking(self, looks: Looks) -> pl.DataFrame:
        """The table as it is written, titles and headings among the rows."""
        frame = self.frame.drop(looks.without, strict=False)
        if looks.shuffled:
            order = np.argsort(np.sin(np.arange(frame.width) * (looks.shuffled + 0.5)))
            frame = frame.select(frame.columns[place] for place in order)
        if looks.quoted:
            frame = frame.with_columns(pl.all().str.replace(r"^([GJL]?[0-9]{10,18}[0-9Xx]?)$", "'$1"))
        if looks.wide:
            pairs = {str(one): chr(ord("０") + one) for one in range(10)}
            frame = frame.with_columns(pl.all().str.replace_many(pairs))
        names = [f"column_{place}" for place in range(1, frame.width + 1)]
        heads: Sequence[Sequence[str | None]] = [
            *([f"{self.title}　{MADE_UP}" if not line else f"填表说明{line}", *[None] * (frame.width - 1)]
              for line in range(looks.titles)),
            frame.columns,
        ]  # fmt: skip
        above = pl.DataFrame(heads, schema=dict.fromkeys(names, pl.String), orient="row")
        return pl.concat([above, frame.rename(dict(zip(frame.columns, names, strict=True)))])

    def sheet(self, looks: Looks = Looks()) -> Sheet:  # frozen
        """As a reader would give it."""
        return Sheet(self.name, self.looking(looks))

    def csv(self, looks: Looks = Looks()) -> bytes:  # frozen
        """As a text file with commas."""
        kept = io.BytesIO()
        self.looking(looks).write_csv(kept, include_header=False)
        if looks.encoding == "utf-8":
            return kept.getvalue()
        return kept.getvalue().decode().encode(looks.encoding)


def filed(title: str, columns: dict[str, pl.Series], planted: Sequence[str] = ()) -> Filed:
    """Columns under their headings, all as text."""
    frame = pl.DataFrame(columns)
    return Filed(title, frame.with_columns(pl.all().cast(pl.String)), tuple(planted))


def yes(flags: pl.Series) -> pl.Series:
    """是 and 否; empty stays empty."""
    return pl.select(pl.when(flags).then(pl.lit("是")).when(~flags).then(pl.lit("否"))).to_series()


def words(codes: pl.Series, choices: dict[str, str]) -> pl.Series:
    """The words of codes."""
    return codes.replace(choices)


def same(word: str, many: int) -> pl.Series:
    """One word in every row."""
    return pl.Series([word], dtype=pl.String).new_from_index(0, many)
