"""A city is written: Parquet by return and period, slice by slice, with a listing of digests. Memory is one slice.

The digest of a part is taken of its rows, not of the file, so it is the same whatever library wrote the file.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from luoshi.declared.returns import RETURNS
from luoshi.imagining.city import MADE_UP, SLICE, City, period_of
from luoshi.imagining.planting import Fault, plant
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

LISTING = "listing.jsonl"
"""A first line about the city, then one line a part, and last the digest of all."""
TRUTH = "truth.csv"
"""What was planted, one line a broken rule."""
PLANTABLE = 6000
"""Schools of a city that is held in memory to plant faults, at most."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the city."""

    path: str
    """Below the folder, with /."""
    rows: int
    digest: str
    """SHA-256 of its rows: see `content`."""


def content(frame: pl.DataFrame) -> str:
    """SHA-256 of rows in their order: of names, types, which cells are empty, and values, in Arrow's layout."""
    told = hashlib.sha256()
    for series in frame:
        whole = series.rechunk()
        empty = whole.null_count()
        told.update(f"{series.name}\0{series.dtype}\0{len(series)}\0{empty}\0".encode())
        if empty:
            told.update(whole.is_null().cast(pl.UInt8).to_numpy().tobytes())
            whole = whole.fill_null(_nothing(series.dtype))
        for piece in _values(whole.to_arrow(compat_level=pl.CompatLevel.oldest())):
            told.update(piece)
    return told.hexdigest()


def _values(column: pa.Array) -> Iterator[memoryview]:
    """The bytes of the values, whatever lies around them in memory; before words, where each ends."""
    if pa.types.is_large_string(column.type):
        ends = np.frombuffer(column.buffers()[1], np.int64, len(column) + 1, column.offset * 8)
        yield memoryview(ends - ends[0])
        yield memoryview(column.buffers()[2] or b"")[ends[0] : ends[-1]]
        return
    column = column.cast(pa.uint8()) if pa.types.is_boolean(column.type) else column
    width = column.type.byte_width
    yield memoryview(column.buffers()[1])[column.offset * width : (column.offset + len(column)) * width]


def _nothing(kind: pl.DataType) -> object:
    """What is put under an empty cell, so that what lay there does not count."""
    if kind == pl.String:
        return ""
    return False if kind == pl.Boolean else pl.lit(0).cast(kind)


@dataclass(slots=True)
class _Shelf:
    """The folder that a city is written to."""

    folder: Path
    told: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def say(self, line: Mapping[str, object]) -> None:
        """Add a line to the listing."""
        with (self.folder / LISTING).open("a", encoding="utf-8", newline="\n") as listing:
            listing.write(json.dumps(line, ensure_ascii=False) + "\n")

    def keep(self, frame: pl.DataFrame, key: str, year: int, place: int) -> Part:
        """Write a part; it stands under its name when it is whole, and only then in the listing."""
        period = period_of(key, year)
        path = Path(key) / period / f"part-{place:05d}.parquet"
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        begun = self.folder / path.with_suffix(".begun")
        notes = {"note": MADE_UP, "return": key, "label": RETURNS[key].label, "period": period}
        try:
            frame.write_parquet(begun, compression="zstd", compression_level=1, statistics=False, metadata=notes)
            os.replace(begun, self.folder / path)  # noqa: PTH105 -- one step on every system
        except (OSError, pl.exceptions.PolarsError) as error:
            raise _refused(
                str(path), "这个文件写不进去", "磁盘须有空间，文件夹须可写", "请腾出空间后换一个文件夹再写"
            ) from error
        finally:
            begun.unlink(missing_ok=True)
        part = Part(path.as_posix(), frame.height, content(frame))
        self.told.update(f"{part.path}\0{part.digest}\n".encode())
        self.say(asdict(part))
        return part


def write(
    city: City,
    years: Sequence[int],
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
    *,
    faults: float = 0,
    size: int = SLICE,
) -> Iterator[Part]:
    """Write a city, a part at a time; whoever stops asking stops the writing, and only whole files are there.

    Args:
        city: which.
        years: school years, one after another.
        folder: where to; a new or an empty one.
        tell: takes a line of Chinese about how far it has come.
        faults: part of the last year's rows to break, with a file that says which; 0 leaves it clean.
        size: institutions made at once.

    Yields:
        Each part when it stands under its name and in the listing.

    Raises:
        RefusedError: the folder holds something, or the city is too large to plant faults in.
    """
    shelf = _opened(folder)
    if faults and city.schools > PLANTABLE:
        raise _refused("--faults", f"{city.schools}所学校", f"埋错的市至多{PLANTABLE}所学校", "请减少学校数")
    about = {"schools": city.schools, "seed": city.seed, "pupils": city.pupils, "years": list(years), "faults": faults}
    shelf.say({"note": MADE_UP, **about})
    for year in years:
        if faults and year == years[-1]:
            yield from _planted(city, years, shelf, faults)
        else:
            yield from _clean(city, year, shelf, tell, size)
        tell(f"{year}学年已写完　{MADE_UP}")
    shelf.say({"digest": shelf.told.hexdigest()})


def _clean(city: City, year: int, shelf: _Shelf, tell: Callable[[str], None], size: int) -> Iterator[Part]:
    for place, some in enumerate(city.slices(size)):
        for key, frame in city.frames(some, year):
            yield shelf.keep(frame, key, year, place)
        tell(f"{year}学年：学校 {some.stop}/{city.schools}")
    for key, frame in city.county_frames(year):
        yield shelf.keep(frame, key, year, 0)


def _planted(city: City, years: Sequence[int], shelf: _Shelf, faults: float) -> Iterator[Part]:
    year = years[-1]
    planted = plant(city.whole(year), city.seed, faults, city.whole(year - 1) if len(years) > 1 else None)
    for key, frame in planted.frames.items():
        yield shelf.keep(frame, key, year, 0)
    truth_frame(planted.truth).write_csv(shelf.folder / TRUTH)


def truth_frame(truth: Sequence[Fault]) -> pl.DataFrame:
    """The truth as rows: return, row (from 0), key, rule, severity, whether it was aimed at, 演示数据（虚构）."""
    rows = [
        (
            one.of,
            one.row,
            "|".join("" if part is None else str(part) for part in one.key),
            one.rule,
            one.severity.value,
            one.aimed,
        )
        for one in truth
    ]
    columns = ("return", "row", "key", "rule", "severity", "aimed")
    told = pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)
    return told.with_columns(pl.lit(MADE_UP).alias("note"))


def _opened(folder: Path) -> _Shelf:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        full = any(folder.iterdir())
    except OSError as error:
        raise _refused("--out", f"{folder}写不了", "须是一个可写的文件夹", "请检查路径和权限") from error
    if full:
        raise _refused("--out", f"{folder}里已有东西", "写到新的或空的文件夹", "请换一个文件夹，或先清空它")
    return _Shelf(folder)


def _refused(where: str, what: str, rule: str, remedy: str) -> RefusedError:
    return RefusedError(Finding(where, what, rule, remedy))
