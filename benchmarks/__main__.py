"""Measure every claim and write docs/benchmarks.md."""

import sys
from collections.abc import Callable
from statistics import median

from benchmarks import checking, city, frictionless_beside, journal, lake, measurements, measuring, reading
from benchmarks.comparing import ROOT, Result, machine
from benchmarks.nation import BEGUN, ENDED
from tests.yardstick import slowness

CLAIMS: tuple[Callable[[], Result | None], ...] = (
    reading.cold_and_warm,
    reading.a_thousand,
    reading.scores,
    reading.docx_opening,
    journal.verification,
    checking.rules_by_hand,
    frictionless_beside.frictionless,
    frictionless_beside.million,
    frictionless_beside.workbook,
    lake.together,
    city.made,
    lake.compaction,
    lake.opening,
    measuring.sums_by_hand,
    measurements.packed_beside_rows,
)
_HEAD = """# Benchmarks

Written by `make bench`; do not edit. Each claim is timed beside a peer, both in one run on one machine. The ratio is ours
divided by the peer's; a peer that does less is allowed to be faster, and what it leaves out is said beside it.

"""
_HOW_SLOW = (
    "It was {:.1f} times slower than the processor that `tests/yardstick.py` calls usual; bounds in seconds are held against\n"
    "what was measured all the same."
)


def told(result: Result) -> str:
    lines = [f"## {result.claim}", "", f"**{'Holds' if result.held else 'Does not hold'}.** Beside {result.peer}.", ""]
    lines += ["| | Luoshi | peer | ratio |", "| --- | ---: | ---: | ---: |"]
    lines += [f"| {row.what} | {row.ours.strip()} | {row.peer.strip()} | {row.ratio} |" for row in result.rows]
    return "\n".join([*lines, "", *result.notes]).rstrip() + "\n"


def _nation(page: str) -> str:
    """What `python -m benchmarks.nation --keep` wrote there: it takes too long for every run of this."""
    between = page.partition(BEGUN)[2].partition(ENDED)[0]
    return f"\n{BEGUN}{between}{ENDED}\n" if between else ""


def main() -> int:
    """All claims; 1 when one does not hold."""
    results, slow = [], list[float]()
    for claim in CLAIMS:
        slow += [slowness() for _ in range(9)]
        result = claim()
        if result is None:
            print(f"{claim.__name__}: what it is measured on or beside is not there, left out")
            continue
        results.append(result)
        print(told(result), flush=True)
    path = ROOT / "docs" / "benchmarks.md"
    page = _HEAD + f"Machine: {machine()}.\n{_HOW_SLOW.format(median(slow))}\n\n" + "\n".join(map(told, results))
    path.write_text(page + _nation(path.read_text(encoding="utf-8")), encoding="utf-8")
    return 0 if all(result.held for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
