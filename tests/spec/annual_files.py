"""What the proofs of the layouts share: a made-up city, its pages as sheets, and what a layout carries of it."""

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby

import polars as pl
import xlwt

from luoshi.checking import Imported
from luoshi.declared.returns import RETURNS
from luoshi.imagining import City
from luoshi.imagining.filing.pages import Page
from luoshi.imagining.filing.records import Record, records
from luoshi.words.sheets import Sheet

YEAR = 2021
CITY = City(80, seed=11)
STAGED = ("primary", "junior", "senior")
BANDS = [f"from_{at}" for at in (26, 31, 36, 41, 46, 51, 56, 61, 66)]
_TEACHERS = (
    "doctors masters bachelors college secondary below full_senior senior middle assistant_title junior_title no_title"
)
COLUMNS: Mapping[str, Sequence[str]] = {
    "institutions": "school name county township kind operator urban counted opened closed new boarding nonprofit credit longitude latitude".split(),
    "kindergartens": "school county township attached nature central children age_2 age_3 age_4 age_5 age_6 classes junior_classes middle_classes senior_classes mixed_classes staff teachers carers".split(),
    "class_bands": [
        *"school stage county operator urban up_to_25".split(),
        *BANDS,
        *"classes pupils grade_1 grade_2 grade_3 grade_4 grade_5 grade_6 girls entrants graduates".split(),
    ],
    "staff_counts": f"school stage county staff teachers administration assistants workers carers others women established {_TEACHERS} backbone sports arts music fine_arts".split(),
    "premises": "school county land sports_ground green building teaching indoor_sports office living other dangerous classrooms media_rooms music_rooms art_rooms beds".split(),
    "equipment": "school county assets equipment books computers teaching_computers bandwidth".split(),
    "aid": "school stage county boarders migrants left_behind".split(),
}
"""What all layouts carry, by return."""
_ARTS = ("backbone", "sports", "arts", "music", "fine_arts")


@cache
def truth() -> Mapping[str, pl.DataFrame]:
    """Its annual return, with some classes too large: a made-up city has hardly any."""
    frames = CITY.annual_frames(range(CITY.schools), YEAR)
    at = pl.int_range(pl.len())
    more = {"from_56": (at % 5 == 0) * 2, "from_61": (at % 9 == 3) * 1, "from_66": (at % 7 == 2) * 1}
    bands = frames["class_bands"].with_columns(
        *((pl.col(name) + extra).cast(pl.Int64).alias(name) for name, extra in more.items()),
        (pl.col("classes") + sum(more.values())).cast(pl.Int64).alias("classes"),
    )
    return {**frames, "class_bands": bands}


@cache
def told() -> Sequence[Record]:
    return records(truth())


def carried(key: str, frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """The rows a file can tell of a return, with nothing where no table has it."""
    frame = frames[key].select(COLUMNS[key])
    if key == "staff_counts":
        stage = pl.col("stage")
        frame = frame.filter(stage.is_in([*STAGED, "preschool", "special"])).with_columns(
            pl.when(stage == "preschool").then("carers").alias("carers"),
            *(pl.when(stage.is_in(STAGED)).then(name).alias(name) for name in _ARTS),
            *(pl.when(stage != "special").then(name).alias(name) for name in _TEACHERS.split()),
        )
        frame = frame.with_columns(
            pl.when(stage == "special").then(None).otherwise(pl.col(name)).alias(name) for name in _TEACHERS.split()
        )
    elif "stage" in frame.columns:
        frame = frame.filter(pl.col("stage").is_in(STAGED))
    return frame.sort(list(RETURNS[key].keys))


def assert_same(imported: Imported, frames: Mapping[str, pl.DataFrame], keys: Sequence[str] = tuple(COLUMNS)) -> None:
    taken = {one.of.key: one.rows for one in imported.parts}
    assert sorted(taken) == sorted(keys)
    for key in keys:
        wanted = carried(key, frames)
        missing = set(wanted.columns) - set(taken[key].columns)
        assert not missing, (key, missing)
        got = taken[key].select(wanted.columns).sort(list(RETURNS[key].keys))
        differing = [name for name in wanted.columns if not got[name].equals(wanted[name], null_equal=True)]
        assert differing == [], (key, differing)
        assert got.schema == wanted.schema, key


def sheet(page: Page) -> Sheet:
    """A page as a reader of files would give it."""
    width = max(len(row) for row in page.rows)
    rows = [[None if cell is None else str(cell) for cell in row] + [None] * (width - len(row)) for row in page.rows]
    names = [f"column_{place}" for place in range(width)]
    return Sheet(page.name, pl.DataFrame(rows, orient="row", schema=dict.fromkeys(names, pl.String)))


def without_column(page: Page, place: int) -> Page:
    """A page whose column was emptied, headings and all."""
    rows = [[None if at == place else cell for at, cell in enumerate(row)] for row in page.rows]
    return Page(page.name, rows, ())


def as_xls(pages: Sequence[Page]) -> bytes:
    """An old workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    for page in pages:
        there = book.add_sheet(page.name)
        for at, row in enumerate(page.rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    there.write(at, place, cell if isinstance(cell, str | int) else float(cell))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def blocks(paths: Sequence[tuple[str, ...]]) -> list[str]:
    """The outermost titles, one after another."""
    return [title for title, _ in groupby(path[0] for path in paths if len(path) > 1)]


def only(*titles: str) -> Callable[[tuple[str, ...]], bool]:
    """Columns that say who an institution is, and some blocks."""
    return lambda path: len(path) == 1 or path[0] in titles
