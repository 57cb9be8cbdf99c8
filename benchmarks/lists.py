"""Three lists of 1.3 million children held against one another, beside the same comparison written by hand in Polars.

    python -m benchmarks lists

Each side runs in a process of its own over the same files; its memory is the most that process ever held.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import polars as pl

from benchmarks.comparing import ROOT, Result, Row, most_memory, versus
from benchmarks.lists_planted import CITY, PLANTED, Plan, planted
from luoshi.declared.lists import LIST_PLAN
from luoshi.matching import Compared, Listed, compare
from luoshi.words.identifiers import PERSON_WEIGHTS

ON, KEY = date(2021, 9, 1), b"made up for a benchmark"
SECONDS, MEGABYTES = 60.0, 4_000.0
"""What is promised."""
FOUND = ("out_of_school", "dropped_out", "not_enrolled")
_CHECKS = "10X98765432"


def ours(folder: Path) -> Compared:
    """Our comparison of the lists in a folder."""
    lists = [Listed(one.stem, one) for one in sorted(folder.glob("*.parquet"))]
    return compare(lists, LIST_PLAN, on=ON, key=KEY, whole=True)


def told_of(compared: Compared) -> tuple[dict[str, list[str]], dict[str, list[int]]]:
    """Numbers found by comparison, and lines that are doubtful by list."""
    found = {one: sorted(compared.findings.filter(pl.col("comparison") == one)["number"].to_list()) for one in FOUND}
    found["poor"] = sorted(compared.findings.filter(pl.col("poor") == "yes")["number"].to_list())
    rows = {name: compared.doubts.filter(pl.col("list") == name)["line"] for name in ("household", "roll", "present")}
    return found, {name: lines.unique().sort().to_list() for name, lines in rows.items()}


def by_hand(folder: Path) -> dict[str, list[str]]:
    """Whom somebody would find who writes it for these files alone: no lines, no pairs, no reasons, no decisions."""
    frames = {one.stem: _cleaned(one) for one in sorted(folder.glob("*.parquet"))}
    single = {
        name: frame.filter(pl.col("key").is_not_null() & pl.col("key").is_unique()) for name, frame in frames.items()
    }

    def missing(of: str, *others: str) -> pl.DataFrame:
        left = single[of]
        for other in others:
            left = left.join(frames[other], on="key", how="anti")
        against = frames[others[0]].join(frames[of].drop_nulls("key"), on="key", how="anti")
        return left.join(against, on=["name", "born", "county"], how="anti")

    found = {
        "out_of_school": missing("household", "roll", "elsewhere", "deferred"),
        "dropped_out": missing("roll", "present", "away"),
        "not_enrolled": missing("present", "roll"),
    }
    gone = pl.concat([found["out_of_school"], found["dropped_out"]])
    found["poor"] = gone.join(frames["poor"], on="key", how="semi")
    return {name: sorted(frame["key"].to_list()) for name, frame in found.items()}


def _cleaned(path: Path) -> pl.DataFrame:
    bare = (
        pl.col("number")
        .str.normalize("NFKC")
        .str.to_uppercase()
        .str.replace_all(r"[\s'’‘`\"]", "")
        .str.replace("^G", "")
    )
    frame = pl.read_parquet(path).with_columns(bare.alias("key"))
    digits = [
        pl.col("key").str.slice(place, 1).cast(pl.Int64, strict=False) * weight
        for place, weight in enumerate(PERSON_WEIGHTS)
    ]
    check = (pl.sum_horizontal(digits) % len(_CHECKS)).replace_strict(dict(enumerate(_CHECKS)), return_dtype=pl.String)
    right = pl.col("key").str.contains(r"^[0-9]{17}[0-9X]$") & (check == pl.col("key").str.slice(17, 1))
    return frame.with_columns(pl.when(right).then("key").alias("key"))


def unlike(plan: Plan, found: dict[str, list[str]], doubtful: dict[str, list[int]]) -> list[str]:
    """What differs from what was planted; nothing, where all is found and nothing else."""
    # Whoever is present without a roll is of the household list without a roll, too.
    out = plan.planted["out_of_school"] | plan.planted["not_enrolled"]
    wanted = {**plan.planted, "out_of_school": out}
    wrong = [name for name in FOUND if found[name] != sorted(wanted[name])]
    gone = out | plan.planted["dropped_out"]
    if found["poor"] != sorted(gone & plan.planted["poor"]):
        wrong.append("poor")
    for name, lines in doubtful.items():
        rows = plan.lists[name]
        told = rows[[line - 1 for line in lines]]
        if name == "roll":
            if len(lines) != sum(len(plan.planted[one]) for one in ("wrong", "missing", "other", "renamed")) + 2 * len(
                plan.planted["twice"]
            ):
                wrong.append(f"doubtful {name}")
        elif set(told["number"].to_list()) != plan.doubtful() or len(told) != len(plan.doubtful()):
            wrong.append(f"doubtful {name}")
    return wrong


SIDES: dict[str, Callable[[Path], object]] = {"ours": lambda folder: told_of(ours(folder)), "hand": by_hand}


def _side(name: str, folder: Path) -> None:
    """One side, inside its own process; what it found goes into a file beside the lists."""
    begun = perf_counter()
    told = SIDES[name](folder)
    seconds, processor = perf_counter() - begun, process_time()
    (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    print(json.dumps({"seconds": seconds, "processor": processor, "megabytes": most_memory() / (1 << 20)}))


def _took(name: str, folder: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "benchmarks.lists", "--side", name, "--folder", str(folder)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return told["seconds"], told["megabytes"], told["processor"]


def lists_of_a_city(city: int = CITY, share: float = 1.0, times: int = 3) -> Result:
    """The three lists, with the small ones beside them."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        plan = planted(city, share=share)
        plan.write(folder)
        runs = {name: [_took(name, folder) for _ in range(times)] for name in SIDES}
        found, doubtful = json.loads((folder / "ours.json").read_text(encoding="utf-8"))
        peer = json.loads((folder / "hand.json").read_text(encoding="utf-8"))
    wrong = unlike(plan, found, doubtful)
    seconds = {name: min(one[0] for one in told) for name, told in runs.items()}
    megabytes = {name: max(one[1] for one in told) for name, told in runs.items()}
    processor = {name: min(one[2] for one in told) for name, told in runs.items()}
    counted = Counter({name: len(rows) for name, rows in found.items()})
    rows = sum(frame.height for frame in plan.lists.values())
    return Result(
        f"Three lists of 1.3 million children are compared in under {SECONDS:.0f} s and 4 GB; all that was planted is found, and"
        " nothing else.",
        "the same sets by hand in Polars, for these files alone: no lines, pairs, reasons, counties, codes or decisions, and no"
        " day of birth or name that contradicts a number",
        (
            versus(f"{rows:,} rows of {len(plan.lists)} lists", seconds["ours"], seconds["hand"], "s", digits=2),
            versus("processor time, modules loaded in it", processor["ours"], processor["hand"], "s", digits=2),
            versus("most memory", megabytes["ours"], megabytes["hand"], "MB", digits=0),
            *(Row(f"found: {name}", f"{many:,}", f"{len(peer[name]):,}") for name, many in counted.items()),
            *(Row(f"doubtful: {name}", f"{len(lines):,}") for name, lines in doubtful.items()),
        ),
        not wrong and seconds["ours"] < SECONDS and megabytes["ours"] < MEGABYTES,
        (
            f"Planted: {', '.join(f'{name} {max(1, round(many * share)):,}' for name, many in PLANTED.items())}.",
            f"Not as planted: {', '.join(wrong) or 'nothing'}. The least of {times} runs, each in a new process.",
        ),
    )


def main(arguments: Sequence[str]) -> None:
    """One side, or all."""
    parser = argparse.ArgumentParser(prog="benchmarks.lists")
    parser.add_argument("--side", choices=sorted(SIDES))
    parser.add_argument("--folder", type=Path)
    told = parser.parse_args(arguments)
    if told.side:
        _side(told.side, told.folder)
    else:
        print(lists_of_a_city())


if __name__ == "__main__":
    main(sys.argv[1:])
