"""A city is written: Parquet by return and period, slice by slice, with a listing of digests. Memory is one slice.

The digest of a part is taken of its rows, not of the file, so it is the same whatever library wrote the file.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa

from luoshi.declared.returns import RETURNS
from luoshi.imagining.city import BY_COUNTY, MADE_UP, SLICE, City, period_of

LISTING = "listing.jsonl"
"""One line a part, and a first line about the city."""


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
        column = series.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())
        told.update(f"{series.name}\0{column.type}\0{len(column)}\0{column.null_count}\0".encode())
        if column.null_count:
            told.update(series.is_null().cast(pl.UInt8).to_numpy().tobytes())
            column = series.fill_null(_nothing(series.dtype)).to_arrow(compat_level=pl.CompatLevel.oldest())
        if pa.types.is_boolean(column.type):
            told.update(column.cast(pa.uint8()).buffers()[1])
            continue
        for buffer in column.buffers()[1:]:
            told.update(buffer or b"")
    return told.hexdigest()


def _nothing(kind: pl.DataType) -> object:
    """What is put under an empty cell, so that what lay there does not count."""
    if kind == pl.String:
        return ""
    return False if kind == pl.Boolean else pl.lit(0).cast(kind)


def write(
    city: City,
    years: Sequence[int],
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
    size: int = SLICE,
) -> Iterator[Part]:
    """Write a city, a part at a time; whoever stops asking stops the writing, and only whole files are there.

    Args:
        city: which.
        years: school years.
        folder: where to; what stands there under the same names is replaced.
        tell: takes a line of Chinese about how far it has come.
        size: institutions made at once.

    Yields:
        Each part when it stands under its name and in the listing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pieces = city.slices(size)
    with (folder / LISTING).open("w", encoding="utf-8", newline="\n") as listing:
        print(json.dumps(_about(city, years), ensure_ascii=False), file=listing)
        for year in years:
            for place, some in enumerate(pieces):
                for key, frame in city.frames(some, year):
                    yield _kept(frame, folder, key, year, place, listing)
                tell(f"{year}学年：学校 {some.stop}/{city.schools}　{MADE_UP}")
            for key, frame in city.county_frames(year):
                yield _kept(frame, folder, key, year, 0, listing)


def _about(city: City, years: Sequence[int]) -> dict[str, object]:
    return {
        "note": MADE_UP,
        "schools": city.schools,
        "seed": city.seed,
        "pupils": city.pupils,
        "years": list(years),
        "by_county": list(BY_COUNTY),
    }


def _kept(frame: pl.DataFrame, folder: Path, key: str, year: int, place: int, listing: object) -> Part:
    path = Path(key) / period_of(key, year) / f"part-{place:05d}.parquet"
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    begun = folder / path.with_suffix(".begun")
    notes = {"note": MADE_UP, "return": key, "label": RETURNS[key].label, "period": period_of(key, year)}
    frame.write_parquet(begun, compression="zstd", compression_level=1, statistics=False, metadata=notes)
    os.replace(begun, folder / path)  # noqa: PTH105 -- one step on every system
    part = Part(path.as_posix(), frame.height, content(frame))
    print(json.dumps(asdict(part), ensure_ascii=False), file=listing, flush=True)  # type: ignore[call-overload]
    return part
