"""How fast the machine is just now: a fixed piece of work, timed beside what has to be quick.

A shared machine gives the same page between one and three times its usual time, by what its neighbours do to the
caches; the same minutes slow this work just as much. What is timed is therefore divided by how much slower than usual the
machine is while it is timed, and never judged more mildly than that. Both figures are printed.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from statistics import median

USUAL = 0.0030
"""Seconds of processor time on one core of a 2.0 GHz server while its neighbours rest; an office computer needs less."""


@dataclass(frozen=True)
class _Row:
    number: str
    title: str
    told: dict[str, object]
    parts: tuple[float, ...]


def _work() -> int:
    rows = [
        _Row(f"{n // 10}.{n % 10}", "新增公办幼儿园学位" * 3, {"value": n, "unit": "个", "missing": []}, (n / 3, n / 7))
        for n in range(600)
    ]
    told = json.loads(json.dumps([one.told for one in rows]))
    by_part: dict[int, list[_Row]] = {}
    for one in rows:
        by_part.setdefault(round(sum(one.parts)) % 30, []).append(one)
    lines = [
        f"<td>{escape(one.number)}</td><th>{escape(one.title)}</th><td>{escape(str(said['value']))}</td>"
        for listed in by_part.values()
        for one, said in zip(listed, told, strict=False)
    ]
    return len("".join(sorted(lines, key=len)))


def slowness(clock: Callable[[], float] = time.process_time) -> float:
    """How many times slower than usual the machine is: at least 1, so that a quick one earns nothing."""
    begun = clock()
    _work()
    return max((clock() - begun) / USUAL, 1.0)


def usual(seconds: float, clock: Callable[[], float] = time.process_time) -> float:
    """What took so long just now would take at the usual speed.

    Args:
        seconds: by the clock.
        clock: processor time, or `time.perf_counter` for what was timed by the clock on the wall.
    """
    return seconds / median(slowness(clock) for _ in range(9))
