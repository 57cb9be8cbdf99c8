"""Measure every claim and write docs/benchmarks.md; named ones alone (`python -m benchmarks workbook made`) renew their sections."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from statistics import median

from benchmarks import (
    checking,
    city,
    frictionless_beside,
    journal,
    lake,
    lists,
    measurements,
    measuring,
    places,
    public_site,
    reading,
    sealed,
)
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
    sealed.millions,
    sealed.many_keys,
    lists.lists_of_a_city,
    public_site.whole_site,
    places.places_of_a_city,
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


def main(names: Sequence[str]) -> int:
    """All claims, or those of these names; 1 when one does not hold."""
    results, slow = [], list[float]()
    for claim in CLAIMS:
        if names and claim.__name__ not in names:
            continue
        slow += [slowness() for _ in range(9)]
        result = claim()
        if result is None:
            print(f"{claim.__name__}: what it is measured on or beside is not there, left out")
            continue
        if names:  # the head of the page speaks of the run that measured all
            result = replace(result, notes=(*result.notes, _apart(median(slow[-9:]))))
        results.append(result)
        print(told(result), flush=True)
    path = ROOT / "docs" / "benchmarks.md"
    before = path.read_text(encoding="utf-8")
    head = _HEAD + f"Machine: {machine()}.\n{_HOW_SLOW.format(median(slow))}\n\n"
    page = _renewed(before, results) if names else head + "\n".join(map(told, results)) + _nation(before)
    path.write_text(page, encoding="utf-8")
    return 0 if all(result.held for result in results) else 1


def _apart(slow: float) -> str:
    """What a section says that was measured alone: the processor's pace, and how many wanted it meanwhile (one is ours)."""
    wanted = f", and {os.getloadavg()[0]:.0f} processes wanted its processors" if hasattr(os, "getloadavg") else ""
    return f"Measured apart: the machine was then {slow:.1f} times slower than usual{wanted}."


def _renewed(page: str, results: Iterable[Result]) -> str:
    """The page with these sections instead of those of the same claims; a claim it has not yet stands before the nation's."""
    sections = [one.rstrip("\n") + "\n" for one in re.split(r"(?m)^(?=## |<!-- )", page)]
    for result in results:
        end = next((place for place, one in enumerate(sections) if one.startswith("<!-- ")), len(sections))
        at = next((place for place, one in enumerate(sections) if one.startswith(f"## {result.claim}\n")), end)
        sections[at : at + (at != end)] = [told(result)]
    return "\n".join(sections)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
