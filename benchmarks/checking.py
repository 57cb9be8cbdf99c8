"""Rules of a return over a million rows, beside the same rules written by hand in Polars."""

import polars as pl

from benchmarks.comparing import Result, median, versus
from luoshi.checking import check
from luoshi.declared.returns import Classes

ROWS = 1_000_000
BAR, SECONDS = 1.3, 3.0


def rows(many: int = ROWS) -> pl.DataFrame:
    """Made-up classes, one in about a thousand wrong; the same on every run."""
    place = pl.int_range(many, dtype=pl.Int64)
    stage = (place % 3).replace_strict({0: "primary", 1: "junior", 2: "senior"}, return_dtype=pl.String)
    grade = (place % 3).replace_strict({0: 1, 1: 7, 2: 10}, return_dtype=pl.Int64) + place // 3 % 3
    size = 30 + place * 7919 % 27 + pl.when(place % 1009 == 0).then(60).otherwise(0)
    return pl.select(
        class_id=pl.format("990102-{}-{}", place // 30, place),
        school=pl.format("2199{}", (place // 30).cast(pl.String).str.zfill(6)),
        county=pl.format("9901{}", (place // 30 % 16 + 1).cast(pl.String).str.zfill(2)),
        stage=stage,
        grade=grade,
        number=place % 12 + 1,
        size=size,
        present=size - pl.when(place % 997 == 0).then(5).otherwise(1),
        kind=pl.lit("ordinary"),
        operator=pl.when(place % 9 == 0).then(pl.lit("private")).otherwise(pl.lit("public")),
        urban=pl.when(place % 4 == 0).then(pl.lit("220")).otherwise(pl.lit("121")),
        entry=grade.is_in([1, 7, 10]),
    )


def _ours(frame: pl.DataFrame) -> dict[str, int]:
    checked = check(Classes, frame)
    checked.broken()
    return {name: many for name, many in checked.counts.items() if many}


def _by_hand(frame: pl.DataFrame) -> dict[str, int]:
    """The same rules as a person would write them for this table alone: one scan, rows that break something, counts."""
    col = pl.col
    broken = {
        name: ~holds
        for name, holds in {
            **{f"{one.name}.filled": col(one.name).is_not_null() for one in Classes if one.needed},
            "class_id.form": col("class_id").str.contains(r"^(?:[!-~㐀-鿿]{1,40})$"),
            "school.form": col("school").str.contains(r"^(?:(?:11|2[12]|3[1-7]|4[12]|51|9[1-3])[0-9]{8})$"),
            "county.form": col("county").str.contains(r"^(?:[0-9]{6})$"),
            "stage.choice": col("stage").is_in(["preschool", "primary", "junior", "senior", "vocational", "special"]),
            "kind.choice": col("kind").is_in(["ordinary", "multigrade", "special", "ethnic"]),
            "operator.choice": col("operator").is_in(["public", "private"]),
            "urban.choice": col("urban").is_in(["111", "112", "121", "122", "123", "210", "220"]),
            "grade.at_least": col("grade") >= 1,
            "grade.at_most": col("grade") <= 12,
            "number.at_least": col("number") >= 1,
            "size.at_least": col("size") >= 0,
            "present.at_least": col("present") >= 0,
            "not_empty": col("size") >= 1,
            "plausible": col("size") <= 80,
            "all_there": (col("size") - col("present")).abs() <= 2,
            "grade_of_stage": ~col("stage").is_in(["primary", "junior", "senior"])
            | ((col("stage") == "primary") & col("grade").is_between(1, 6))
            | ((col("stage") == "junior") & col("grade").is_between(6, 9))
            | ((col("stage") == "senior") & col("grade").is_between(10, 12)),
            "entry_grade": (col("stage") == "special") | (col("entry") == col("grade").is_in([1, 7, 10])),
        }.items()
    }
    answers = frame.lazy().with_row_index().select("index", **broken).filter(pl.any_horizontal(*broken)).collect()
    twice = frame.filter(frame["class_id"].is_duplicated()).height
    pl.concat(answers.filter(col(name)).select("index", pl.lit(name).alias("rule")) for name in broken).sort("index")
    counts = {"one_row_a_key": twice, **answers.select(col(name).sum() for name in broken).row(0, named=True)}
    return {name: many for name, many in counts.items() if many}


def rules_by_hand() -> Result:
    """Seconds for all rules of the class list, both sides on one frame."""
    frame = rows()
    same = _ours(frame) == _by_hand(frame)
    ours, peer = median(lambda: _ours(frame)), median(lambda: _by_hand(frame))
    asked = len(check(Classes, frame.head(1)).counts)
    row = versus(f"{ROWS:,} rows, {asked} rules", ours, peer, "s", digits=2)
    return Result(
        f"Declared rules are checked at most {BAR} times as slowly as rules written by hand.",
        "the same rules in Polars, written for this table alone: no declaration, no words, no second engine",
        (row,),
        same and ours <= BAR * peer and ours < SECONDS,
    )
