"""Lists of a made-up city with differences planted in them, from a seed; what is planted is known row by row. 演示数据（虚构）."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from luoshi.words.identifiers import PERSON_WEIGHTS

CITY = 1_300_000
"""Children of each of the three lists."""
COUNTIES, DAYS = 20, 3_650
PLANTED: Mapping[str, int] = {
    "out_of_school": 3_000, "elsewhere": 2_000, "deferred": 500, "dropped_out": 1_500, "away": 800, "not_enrolled": 700,
    "wrong": 400, "missing": 300, "other": 200, "renamed": 250, "twice": 150,
}  # fmt: skip
"""How many children of the city are planted so: without a roll, with one elsewhere, deferred, not present, on leave, present without a
roll; and on the roll with a wrong check, without a number, with another right number, under another name, and twice."""
_WRITTEN = 0.05
"""Share of the roll whose numbers are written in another of the declared ways."""
_SURNAMES, _GIVEN = "星辰河岳云川林溪木石金玉青白朱玄", 400
_CHECKS = np.array(list("10X98765432"))


@dataclass(frozen=True, slots=True)
class Plan:
    """The lists, and what was planted."""

    lists: Mapping[str, pl.DataFrame]
    planted: Mapping[str, frozenset[str]]
    """Right numbers of the children planted so."""

    def doubtful(self) -> frozenset[str]:
        """Children whose rows on the roll a person has to look at."""
        kinds = ("wrong", "missing", "other", "renamed", "twice")
        return frozenset().union(*(self.planted[one] for one in kinds))

    def write(self, folder: Path) -> None:
        """As Parquet, one file a list."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, frame in self.lists.items():
            frame.write_parquet(folder / f"{name}.parquet")


def numbers(serials: np.ndarray) -> pl.Series:
    """A right number for each serial: county, day of birth and order follow from it."""
    area = 999_901 + serials % COUNTIES
    rest = serials // COUNTIES
    days = pl.Series(rest % DAYS + 12_800).cast(pl.Int32).cast(pl.Date).dt.strftime("%Y%m%d").cast(pl.Int64).to_numpy()
    seventeen = area * 10**11 + days * 1_000 + rest // DAYS
    return checked(seventeen)


def checked(seventeen: np.ndarray) -> pl.Series:
    """Seventeen digits with their check."""
    total = sum(seventeen // 10**place % 10 * weight for place, weight in enumerate(reversed(PERSON_WEIGHTS)))
    return pl.Series(seventeen).cast(pl.String) + pl.Series(_CHECKS[np.asarray(total) % len(_CHECKS)])


def planted(city: int = CITY, seed: int = 20210301, *, share: float = 1.0) -> Plan:
    """A city.

    Args:
        city: children of each of household, roll and present.
        seed: the same lists for the same seed.
        share: of PLANTED, for small cities.
    """
    chance = np.random.default_rng(seed)
    many = {name: max(1, round(count * share)) for name, count in PLANTED.items()}
    own = _children(np.arange(city), chance)
    picked = chance.permutation(city)[: sum(many.values())]
    ends = np.cumsum(list(many.values()))
    rows = dict(zip(many, np.split(picked, ends[:-1]), strict=True))
    off_roll = np.concatenate([rows[one] for one in ("out_of_school", "elsewhere", "deferred", "not_enrolled")])
    off_present = np.concatenate(
        [rows[one] for one in ("out_of_school", "elsewhere", "deferred", "dropped_out", "away")]
    )
    # Children of other places, on the roll and present, so that each list is of the city's size.
    others = _children(np.arange(city, city + len(off_present)), chance)
    on_roll = pl.concat([_without(own, off_roll), others.head(len(off_roll))])
    present = pl.concat([_without(own, off_present), others.head(len(off_roll))])
    poor = own[np.concatenate([rows["out_of_school"][::10], rows["dropped_out"][::10], picked[::7]])].unique(
        "number", maintain_order=True
    )
    told = {
        "household": own,
        "roll": _roll(on_roll, own, rows, chance),
        "present": present,
        "poor": poor,
        **{name: own[rows[name]] for name in ("elsewhere", "deferred", "away")},
    }
    lists = {name: frame.sample(fraction=1.0, shuffle=True, seed=seed) for name, frame in told.items()}
    right = {name: frozenset(own["number"].gather(places).to_list()) for name, places in rows.items()}
    return Plan(lists, right | {"poor": frozenset(poor["number"].to_list())})


def _children(serials: np.ndarray, chance: np.random.Generator) -> pl.DataFrame:
    told = numbers(serials)
    surnames = pl.Series(list(_SURNAMES)).gather(chance.integers(0, len(_SURNAMES), len(serials)))
    given = pl.Series([chr(0x4E00 + one) for one in range(_GIVEN)])
    first, second = (given.gather(chance.integers(0, _GIVEN, len(serials))) for _ in range(2))
    born = told.str.slice(6, 4) + "-" + told.str.slice(10, 2) + "-" + told.str.slice(12, 2)
    return pl.DataFrame(
        {
            "number": told,
            "name": surnames + first + second,
            "born": born,
            "guardian": surnames + second,
            "county": "星" + told.str.slice(4, 2) + "县",
            "school": "9999" + pl.Series(chance.integers(0, 900, len(serials))).cast(pl.String).str.zfill(6),
        }
    )


def _without(children: pl.DataFrame, places: np.ndarray) -> pl.DataFrame:
    kept = np.ones(len(children), bool)
    kept[places] = False
    return children.filter(pl.Series(kept))


def _roll(
    on_roll: pl.DataFrame, own: pl.DataFrame, rows: Mapping[str, np.ndarray], chance: np.random.Generator
) -> pl.DataFrame:
    """The roll with its faults, and numbers that are written in other ways."""
    right = own["number"]

    def of(kind: str) -> Sequence[str]:
        return right.gather(rows[kind]).to_list()

    seventeen = {number: int(number[:17]) for number in of("other")}
    # Another right number: the order of birth far beyond any that is given out here.
    others = checked(np.array([one + 500 for one in seventeen.values()])).to_list()
    numbered: dict[str, str | None] = {one: one[:17] + ("0" if one[17] != "0" else "1") for one in of("wrong")}
    numbered |= dict.fromkeys(of("missing")) | dict(zip(seventeen, others, strict=True))
    named = dict.fromkeys(of("renamed"), "虚构改名")
    number = pl.col("number")
    faulty = on_roll.with_columns(
        number.replace(list(numbered), list(numbered.values())).alias("number"),
        pl.when(number.is_in(list(named))).then(pl.lit("虚构改名")).otherwise("name").alias("name"),
    )
    twice = on_roll.filter(number.is_in(of("twice")))
    faulty = pl.concat([faulty, twice])
    ways = pl.Series(chance.integers(0, round(4 / _WRITTEN), len(faulty)))
    wide = number.str.replace_many(list("0123456789X"), list("０１２３４５６７８９Ｘ"))
    return faulty.with_columns(
        pl.when(ways == 0).then(wide)
        .when(ways == 1).then("'" + number)
        .when(ways == 2).then(number.str.slice(0, 6) + " " + number.str.slice(6))
        .when(ways == 3).then("G" + number.str.to_lowercase())
        .otherwise(number).alias("number")
    )  # fmt: skip
