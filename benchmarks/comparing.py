"""What every benchmark says: a claim, both sides timed in one run on one machine, and the ratio."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("LUOSHI_SHARED") or ROOT.parent / "shared")
"""Where practice texts with labels lie, beside the repository unless LUOSHI_SHARED says otherwise; a fresh clone has none."""
PLAN = (ROOT / "cities" / "luoyang" / "plan.txt").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a result: what was measured, on our side and on the peer's, and in what unit."""

    what: str
    ours: str
    peer: str = "——"
    ratio: str = "——"


@dataclass(frozen=True, slots=True)
class Result:
    """One claim as it came out."""

    claim: str
    peer: str
    """Who the other side is, and what it does less or more than we do."""
    rows: tuple[Row, ...]
    held: bool
    notes: tuple[str, ...] = field(default=())


def median(run: Callable[[], object], times: int = 5) -> float:
    """Seconds one run takes: the median of a few."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def versus(what: str, ours: float, peer: float, unit: str, *, digits: int = 1) -> Row:
    """A row of two figures in one unit, and how many times the peer's ours is."""
    return Row(what, f"{ours:,.{digits}f} {unit}", f"{peer:,.{digits}f} {unit}", f"{ours / peer:.2f} ×")


def most_memory() -> int:
    """Bytes this program held at most; what `getrusage` tells begins with its parent's."""
    told = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM:")) << 10


def machine() -> str:
    """What it ran on: kind of processor, cores, system, Python; no names and no paths."""
    model = ""
    told = Path("/proc/cpuinfo")
    if told.exists():
        named = (
            line.partition(":")[2].strip() for line in told.read_text().splitlines() if line.startswith("model name")
        )
        model = next(named, "")
    return f"{model or platform.machine()}, {os.cpu_count()} cores, one used; {platform.system()}, Python {sys.version.split()[0]}"
