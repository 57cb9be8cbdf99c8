"""Nine million measurements, twenty people at once with five seconds between pages, one process, SQLite: every page under 150 ms."""

import http.client
import json
import os
import random
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.yardstick import slowness

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 0.150
"""Seconds at the 95th percentile."""
THINKING = 5.0
"""Seconds between two pages of one person."""
ROUNDS = 15
AFTERNOONS = 3
WRITING = 10.0
"""Seconds to keep one year of 3 000 schools × 300 indicators."""


def _pages(told: dict) -> dict[str, str]:
    """What is asked for, by what it is."""
    keys, county, school = told["keys"], told["county"], told["school"]
    years = "".join(f"&y={year}" for year in range(2011, 2021))
    some = "".join(f"&m={key}" for key in keys[:10])
    return {
        "county comparison, a table of 7 indicators": "/overview/?year=2020&table=classes",
        "county comparison, another table": "/overview/?year=2019&table=primary",
        "a county's schools, 7 indicators": f"/overview/{county}/?year=2020&table=primary",
        "pivot, as it opens": "/compare/",
        "pivot, 10 indicators × 18 units × 10 years": f"/compare/?{some}{years}",
        "pivot, the same, indicators on rows": f"/compare/?{some}{years}&rows=measures&cols=years",
        "pivot, 177 schools × 4 indicators × 3 years": (
            f"/compare/?of={county}{''.join(f'&m={key}' for key in keys[:4])}&y=2018&y=2019&y=2020"
        ),
        "cockpit, all indicators": "/indicators/",
        "cockpit, one indicator": f"/indicators/{keys[0]}/",
        "one county, all indicators": f"/counties/{county}/",
        "one school, all indicators": f"/schools/{school}/",
        "a figure's chain": f"/figures/measured/{told['runs'][-1]}/{keys[0]}/{county}/",
    }


def _environment(home: Path) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return {**os.environ, "LUOSHI_HOME": str(home), "LUOSHI_WORKER": "off", "PYTHONPATH": path}


def _filled(home: Path, schools: int, cells: int, years: int) -> dict:
    command = [sys.executable, "-m", "tests.bureau.nine_million", *map(str, (schools, cells, years))]
    done = subprocess.run(command, env=_environment(home), cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def _served(home: Path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "luoshi", "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, env=_environment(home), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(240):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.25)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _asked(port: int, session: str, page: str) -> float:
    """Seconds until the whole page is there."""
    begun = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", page, headers={"Cookie": f"sessionid={session}"})
    answer = line.getresponse()
    content = answer.read()
    line.close()
    assert answer.status == 200, (page, answer.status, content[:300])
    return time.perf_counter() - begun


def _person(port: int, session: str, pages: dict[str, str], number: int, rounds: int) -> list[tuple[str, float]]:
    """One person's afternoon: pages one after the other, with time to read between them."""
    chance = random.Random(number)
    time.sleep(chance.uniform(0, THINKING))
    names = list(pages) if number % 2 else [name for name in pages if "school" not in name]
    told = []
    for at in range(rounds):
        name = names[(number + at) % len(names)]
        told.append((name, _asked(port, session, pages[name])))
        time.sleep(chance.uniform(0.5, 1.5) * THINKING)
    return told


def _at(times: list[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def _told(times: dict[str, list[float]]) -> str:
    lines = [
        f"{name:48} {len(some):4}  p50 {_at(some, 0.5) * 1000:5.0f} ms  p95 {_at(some, 0.95) * 1000:5.0f} ms"
        for name, some in times.items()
    ]
    return "\n".join(lines)


def test_a_small_house_is_filled_and_served(tmp_path: Path) -> None:
    told = _filled(tmp_path, 40, 20, 2)
    assert len(told["runs"]) == 2
    pages = _pages({**told, "keys": told["keys"]})
    with _served(tmp_path) as port:
        for name in ("pivot, as it opens", "a county's schools, 7 indicators", "a figure's chain"):
            assert _asked(port, told["sessions"][1], pages[name]) > 0


def _afternoon(port: int, sessions: list[str], pages: dict[str, str]) -> tuple[dict[str, list[float]], float]:
    """Twenty people at once: seconds by page, and how much slower than usual the machine was in the middle of it."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    slow = []
    with ThreadPoolExecutor(len(sessions)) as people:
        busy = [people.submit(_person, port, key, pages, number, ROUNDS) for number, key in enumerate(sessions)]
        while not all(one.done() for one in busy):
            slow.append(slowness())
            time.sleep(2)
        for one in busy:
            for name, seconds in one.result():
                times[name].append(seconds)
    return times, max(sorted(slow)[len(slow) // 2], 1.0)


@pytest.mark.prove
def test_nine_million_measurements_are_asked_for_in_150_ms_by_twenty_people(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    """The quietest of some afternoons counts, by the speed the machine usually has; what it was is told as well."""
    told = _filled(tmp_path, 3000, 300, 10)
    pages = _pages(told)
    best: dict[str, float] = {}
    with _served(tmp_path) as port:
        for page in pages.values():  # who opens the house in the morning waits until its declarations are loaded
            _asked(port, told["sessions"][1], page)
        for _ in range(AFTERNOONS):
            times, slow = _afternoon(port, told["sessions"], pages)
            for name, some in times.items():
                best[name] = min(best.get(name, 9.9), _at(some, 0.95) / slow)
            every = [one for some in times.values() for one in some]
            with capsys.disabled():
                size, writing = told["bytes"] / 1e6, max(told["seconds"])
                head = f"9 000 000 values, {size:.0f} MB, a year kept in at most {writing:.1f} s"
                table = _told({**times, "all": every})
                sys.stdout.write(f"\n{head}, a machine {slow:.1f} times slower than usual\n{table}\n")
            if max(best.values()) < SLOWEST:
                break
    assert max(told["seconds"]) < WRITING
    assert {name: seconds for name, seconds in best.items() if seconds >= SLOWEST} == {}
