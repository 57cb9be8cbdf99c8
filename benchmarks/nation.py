"""The nation on one machine: 26 figures of 250 million pupils and their 6 million classes by county and stage.

    python -m benchmarks.nation --folder build/nation      # keeps the rows there for the next time, some 4 GB
    python -m benchmarks.nation --rows 10000000            # a part of the nation, made and thrown away

Every side runs in a process of its own, one after another, over the same files; its memory is the most that process ever held.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import nation_by_hand, nation_rows
from benchmarks.comparing import ROOT, Result, Row, machine, most_memory, versus
from benchmarks.nation_by_hand import Figures
from luoshi.declared import PARAMETERS
from luoshi.declared.measures.rolls import ROLLS
from luoshi.declared.returns import Classes, Pupils
from luoshi.keeping import Lake
from luoshi.measuring import By, LakeTables, in_force, measure
from luoshi.measuring.moments import Number
from luoshi.words.measures import Total

NATION = 250_000_000
CURVE = (1_000_000, 10_000_000, 50_000_000, NATION)
IN_PANDAS = 20_000_000
"""Pupils that pandas is asked to hold."""
SECONDS, MEGABYTES, BY_HAND, QUICKER, LEANER = 30.0, 1_000.0, 1.3, 4.0, 10.0
"""What is promised: seconds and memory of the nation, times the faster by hand, times pandas in time and in memory."""
BEGUN, ENDED = "<!-- nation -->", "<!-- /nation -->"
OURS, FILTERED, AGGREGATED, PANDAS = "ours", "filtered", "aggregated", "pandas"


def _ours(lake: Path, known: int) -> Figures:
    tables = LakeTables(Lake(lake), known)
    values = in_force(PARAMETERS, date(nation_rows.YEAR, 9, 1))
    told = measure(ROLLS, tables, year=nation_rows.YEAR, by=By.COUNTY, values=values, split="stage")
    return {
        (one.measure.key, one.division, one.group): (int(one.moment.part or 0), _whole(one.moment.whole))
        for one in told.rows
        if isinstance(one.measure, Total) or one.moment.whole
    }


def _whole(counted: Number | None) -> int | None:
    return None if counted is None else int(counted)


def _by_hand(asked: Callable[[Sequence[str], Sequence[str]], Figures], lake: Path, known: int) -> Figures:
    tables = LakeTables(Lake(lake), known)
    pupils, classes = (
        [path for one in tables.files(of, nation_rows.YEAR) for path in one.paths] for of in (Pupils, Classes)
    )
    return asked(pupils, classes)


SIDES: dict[str, Callable[[Path, int], Figures]] = {
    OURS: _ours,
    FILTERED: lambda lake, known: _by_hand(nation_by_hand.filtered, lake, known),
    AGGREGATED: lambda lake, known: _by_hand(nation_by_hand.aggregated, lake, known),
    PANDAS: lambda lake, known: _by_hand(nation_by_hand.in_pandas, lake, known),
}


def _side(name: str, lake: Path, known: int) -> dict[str, Any]:
    """One side, inside its own process."""
    begun = perf_counter()
    figures = SIDES[name](lake, known)
    seconds = perf_counter() - begun
    told = json.dumps(sorted([*key, *counts] for key, counts in figures.items()))
    return {
        "seconds": seconds,
        "megabytes": most_memory() / (1 << 20),
        "figures": len(figures),
        "digest": hashlib.sha256(told.encode()).hexdigest(),
    }


@dataclass(frozen=True, slots=True)
class Took:
    """What a side took: the least of its runs."""

    seconds: float
    megabytes: float
    figures: int
    digest: str


@dataclass(frozen=True, slots=True)
class Nation:
    """A lake with a part of the nation as it was known then."""

    lake: Path
    known: int
    pupils: int

    def took(self, side: str) -> Took:
        """One run in a process of its own."""
        asked = ["--side", side, "--folder", str(self.lake), "--known", str(self.known)]
        command = [sys.executable, "-m", "benchmarks.nation", *asked]
        done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        took = Took(**json.loads(done.stdout.splitlines()[-1]))
        print(f"{self.pupils:>12,} {side:<10} {took.seconds:8.2f} s {took.megabytes:8.0f} MB", flush=True)
        return took

    def compared(self, sides: Sequence[str], times: int) -> dict[str, Took]:
        """The sides in turns; each side's least time and most memory."""
        runs = [{side: self.took(side) for side in sides} for _ in range(times)]
        return {side: _least([one[side] for one in runs]) for side in sides}


def _least(runs: Sequence[Took]) -> Took:
    first = runs[0]
    return Took(min(one.seconds for one in runs), max(one.megabytes for one in runs), first.figures, first.digest)


def filled(folder: Path, pupils: int) -> list[Nation]:
    """The lake, made where it is not there, and what it held when it held so much of the curve."""
    told = folder / "told.json"
    if not told.exists():
        made = [list(one) for one in nation_rows.fill(Lake(folder / "lake"), pupils)]
        told.write_text(json.dumps(made), encoding="utf-8")
    made = json.loads(told.read_text(encoding="utf-8"))
    wanted = sorted({one for one in (*CURVE, IN_PANDAS) if one < pupils} | {min(pupils, made[-1][0])})
    first = [next(one for one in made if one[0] >= many) for many in wanted]
    return [Nation(folder / "lake", known, many) for many, known in first]


def whole(nations: Sequence[Nation], times: int) -> tuple[Result, Result]:
    """All claims of the curve, and of the share that pandas holds."""
    share = min(nations, key=lambda one: abs(one.pupils - IN_PANDAS))
    curve = {one: one.compared((OURS, FILTERED, AGGREGATED), times) for one in nations if one is not share}
    pandas = share.compared((OURS, PANDAS), times)
    return _by_hand_told(curve, times), _pandas_told(share, pandas)


def _by_hand_told(curve: dict[Nation, dict[str, Took]], times: int) -> Result:
    rows, same = list[Row](), True
    for nation, took in curve.items():
        ours, plain, first = took[OURS], took[FILTERED], took[AGGREGATED]
        same = same and len({one.digest for one in took.values()}) == 1
        many = f"{nation.pupils / 1e6:,.0f} million pupils"
        rows += [
            versus(f"{many}, beside one GROUP BY with FILTER", ours.seconds, plain.seconds, "s", digits=2),
            versus(f"{many}, beside kinds counted first", ours.seconds, first.seconds, "s", digits=2),
            versus(
                f"{many}, most memory, beside the leaner",
                ours.megabytes,
                min(plain.megabytes, first.megabytes),
                "MB",
                digits=0,
            ),
        ]
    ours, plain, first = (took[one] for one in (OURS, FILTERED, AGGREGATED))
    held = ours.seconds <= BY_HAND * min(plain.seconds, first.seconds) and ours.megabytes < MEGABYTES
    return Result(
        f"{len(ROLLS)} figures of a nation's pupils and classes by county and stage come in under {SECONDS:.0f} s and 1 GB, and in at most"
        f" {BY_HAND} times what the faster of two queries by hand takes.",
        "two queries written by hand for DuckDB and these tables alone, over the same files: no declaration, no empty cells looked"
        " for where there are none, no rows asked and used beside each figure, no digest of the editions",
        tuple(rows),
        same and held and ours.seconds < SECONDS,
        (
            f"{ours.figures:,} figures, equal on all sides. The least of {times} runs in turns, each in a new process.",
            _when(),
        ),
    )


def _pandas_told(share: Nation, took: dict[str, Took]) -> Result:
    ours, peer = took[OURS], took[PANDAS]
    quick = ours.seconds * QUICKER <= peer.seconds
    lean = ours.megabytes * LEANER <= peer.megabytes
    return Result(
        f"It is at least {QUICKER:.0f} times as fast as pandas, and takes a tenth of its memory.",
        f"pandas on {share.pupils:,} pupils of the same files, all columns that are needed in memory, one groupby",
        (
            versus("the same figures", ours.seconds, peer.seconds, "s", digits=2),
            versus("most memory", ours.megabytes, peer.megabytes, "MB", digits=0),
        ),
        ours.digest == peer.digest and quick and lean,
        ("What is held before there are rows, Python with its modules, is some 200 MB on both sides.", _when()),
    )


def _when() -> str:
    return f"Measured on {datetime.now(UTC):%Y-%m-%d}; {machine().replace('one used', 'both used')}. Run by `python -m benchmarks.nation`."


def _kept(results: Sequence[Result]) -> None:
    """Into the page, between its marks."""
    from benchmarks.__main__ import told  # noqa: PLC0415  # which imports all claims

    path = ROOT / "docs" / "benchmarks.md"
    page = path.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGUN)
    after = rest.partition(ENDED)[2]
    section = "\n".join([BEGUN, "", *map(told, results), ENDED])
    path.write_text(f"{before.rstrip()}\n\n{section}\n{after.lstrip()}", encoding="utf-8")


@contextmanager
def _folder(given: str) -> Iterator[Path]:
    if given:
        Path(given).mkdir(parents=True, exist_ok=True)
        yield Path(given)
        return
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


def main(arguments: Sequence[str]) -> int:
    """All sides; 1 when a claim does not hold."""
    parser = argparse.ArgumentParser(prog="benchmarks.nation")
    parser.add_argument("--rows", type=int, default=NATION, help="pupils")
    parser.add_argument("--folder", default="", help="keeps the rows here; without it they are thrown away")
    parser.add_argument("--times", type=int, default=3, help="runs of each side")
    parser.add_argument("--keep", action="store_true", help="writes the results into docs/benchmarks.md")
    parser.add_argument("--side", choices=sorted(SIDES), help=argparse.SUPPRESS)
    parser.add_argument("--known", type=int, help=argparse.SUPPRESS)
    told = parser.parse_args(arguments)
    if told.side:
        print(json.dumps(_side(told.side, Path(told.folder), told.known)))
        return 0
    with _folder(told.folder) as folder:
        results = whole(filled(folder, told.rows), told.times)
    for one in results:
        print(one)
    if told.keep:
        _kept(results)
    return 0 if all(one.held for one in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
