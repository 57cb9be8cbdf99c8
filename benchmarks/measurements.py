"""Measurements of 3 000 schools × 300 indicators × 10 years, packed, beside a table of one row a value: DHIS2's shape, same SQLite."""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import many_values
from benchmarks.comparing import ROOT, Result, median, versus

SCHOOLS, CELLS, YEARS = 3_000, 300, 10
LAST = 2020
BOUND = 0.150
_TABLE = """
CREATE TABLE datavalue (
    element TEXT NOT NULL, period INTEGER NOT NULL, level TEXT NOT NULL, unit TEXT NOT NULL, county TEXT NOT NULL,
    part TEXT NOT NULL, whole TEXT NOT NULL, rows INTEGER NOT NULL, used INTEGER NOT NULL,
    PRIMARY KEY (element, period, unit)
) WITHOUT ROWID;
CREATE INDEX of_a_county ON datavalue (county, level, period, element);
CREATE INDEX of_a_unit ON datavalue (unit, period);
"""


def packed_beside_rows() -> Result:
    """Both sides filled with the same values in one run, in processes of their own; then the same questions, five times each."""
    with tempfile.TemporaryDirectory() as folder:
        told = {side: _side(side, Path(folder) / side) for side in ("packed", "rows")}
    ours, theirs = told["packed"], told["rows"]
    if ours["answers"] != theirs["answers"]:
        return Result("Packed measurements answer as plain rows do.", "a table of one row a value", (), held=False)
    values = SCHOOLS * CELLS * YEARS
    rows = [
        versus("keeping one year, the slowest", ours["writing"], theirs["writing"], "s"),
        versus(f"{values:,} values on the disk", ours["bytes"] / 1e6, theirs["bytes"] / 1e6, "MB", digits=0),
        *(
            versus(what, seconds * 1000, theirs["seconds"][what] * 1000, "ms")
            for what, seconds in ours["seconds"].items()
        ),
    ]
    return Result(
        "Nine million measurements stand in a tenth of the room of plain rows, and every question of a page takes under 150 ms.",
        "a table of one row a value with three indexes in the same SQLite, asked by plain SQL: no run kept beside a later one, no"
        " digest of query and rows, no values told; both sides give part and whole of every figure",
        tuple(rows),
        held=ours["bytes"] * 10 <= theirs["bytes"] and max(ours["seconds"].values()) < BOUND,
        notes=(
            "Ours hands out each figure divided, rounded and worded; theirs hands out the two counts. Both write with making the values.",
        ),
    )


def _side(side: str, home: Path) -> dict[str, Any]:
    home.mkdir()
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    environment = {
        **os.environ,
        "LUOSHI_HOME": str(home),
        "PYTHONPATH": path,
        "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings",
    }
    command = [sys.executable, "-m", "benchmarks.measurements", side]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _asked() -> dict[str, dict[str, Any]]:
    """The questions of pages, as arguments of `series.cells`."""
    keys = many_values.keys(CELLS)
    school, county = many_values.schools(SCHOOLS)[0]
    years = range(LAST - YEARS + 1, LAST + 1)
    return {
        "counties, 7 indicators, 2 years": {"measures": keys[:7], "level": "county", "years": [LAST - 1, LAST]},
        "counties, 10 indicators, 10 years": {"measures": keys[:10], "level": "county", "years": list(years)},
        "schools of a county, 7 indicators, 2 years": {
            "measures": keys[:7],
            "level": "school",
            "years": [LAST - 1, LAST],
            "county": county,
        },
        "all schools, 1 indicator, 1 year": {"measures": keys[:1], "level": "school", "years": [LAST]},
        "one school, 100 indicators, 10 years": {
            "measures": keys[:100],
            "level": "school",
            "years": list(years),
            "divisions": [school],
        },
    }


Answer = Callable[[dict[str, Any]], Iterable[tuple[str, int, str, str, str]]]


def _told(answer: Answer, question: dict[str, Any]) -> None:
    for _ in answer(question):
        pass


def _measured(write: Callable[[int], None], answer: Answer) -> dict[str, Any]:
    writing = []
    for year in range(LAST - YEARS + 1, LAST + 1):
        begun = perf_counter()
        write(year)
        writing.append(perf_counter() - begun)
    asked = _asked()
    answers = {what: sorted(map(list, answer(question))) for what, question in asked.items()}
    return {
        "writing": max(writing),
        "seconds": {what: median(partial(_told, answer, question)) for what, question in asked.items()},
        "answers": {what: [len(some), some[0], some[-1]] for what, some in answers.items()},
    }


def _packed() -> dict[str, Any]:
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from luoshi.bureau.indicators import series  # noqa: PLC0415
    from luoshi.bureau.indicators.actions import keep_measuring  # noqa: PLC0415
    from luoshi.bureau.indicators.models import Measuring  # noqa: PLC0415
    from luoshi.bureau.journal.actions import Actor  # noqa: PLC0415
    from luoshi.bureau.people.models import City  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    city = City.objects.create(key="xingzhou", name="星州市", bureau="星州市教育局", imaginary=True)
    statistician = Actor("bench", "统计员", "section")

    def write(year: int) -> None:
        run = Measuring(city=city, year=year, entry=1, head="0" * 64, state=str(year))
        told = many_values.moments(year, units=SCHOOLS, cells=CELLS)
        keep_measuring(statistician, run, told, forms=many_values.form)

    def answer(question: dict[str, Any]) -> Iterable[tuple[str, int, str, str, str]]:
        return (
            (one.measure, one.year, one.division, one.above, one.below) for one in series.cells(city.pk, **question)
        )

    told = _measured(write, answer)
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {**told, "bytes": Path(str(settings.DATABASES["default"]["NAME"])).stat().st_size}


def _rows() -> dict[str, Any]:
    path = Path(os.environ["LUOSHI_HOME"]) / "rows.sqlite3"
    base = sqlite3.connect(path)
    base.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {_TABLE}")

    def write(year: int) -> None:
        told = many_values.moments(year, units=SCHOOLS, cells=CELLS)
        rows = (
            (one.measure, year, one.level, one.division, one.county, one.part, one.whole, one.rows, one.used)
            for one in told
        )
        with base:
            base.executemany("INSERT INTO datavalue VALUES (?,?,?,?,?,?,?,?,?)", rows)

    def answer(question: dict[str, Any]) -> Iterable[tuple[str, int, str, str, str]]:
        asked = {"element": question["measures"], "period": question["years"], "level": [question["level"]]}
        asked |= {"county": [question["county"]]} if "county" in question else {}
        asked |= {"unit": question["divisions"]} if "divisions" in question else {}
        where = " AND ".join(f"{name} IN ({','.join('?' * len(some))})" for name, some in asked.items())
        sql = f"SELECT element, period, unit, part, whole FROM datavalue WHERE {where}"  # names are ours
        return base.execute(sql, [one for some in asked.values() for one in some])

    told = _measured(write, answer)
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {**told, "bytes": path.stat().st_size}


if __name__ == "__main__":
    print(json.dumps({"packed": _packed, "rows": _rows}[sys.argv[1]]()))
