"""One of several who import schools' files at once: `python -m tests.bureau.filer file NUMBER CLIENTS`.

`prepare SCHOOLS` makes the house first: a lake with register and last year, a window, and a workbook for each school, every
tenth with a class too many. `file` prints a line for every file that came back. `compare` says what is kept, beside what
one check of all rows at once finds. 演示数据（虚构）.
"""

import json
import sys
import time
from pathlib import Path

import django

django.setup()

import polars as pl  # noqa: E402
from django.conf import settings  # noqa: E402

from luoshi.bureau.board.founding import prepare as tables  # noqa: E402
from luoshi.bureau.journal.actions import Actor  # noqa: E402
from luoshi.bureau.journal.queries import broken  # noqa: E402
from luoshi.bureau.lakes import lake  # noqa: E402
from luoshi.bureau.plans.actions import open_city  # noqa: E402
from luoshi.bureau.returns import actions, queries  # noqa: E402
from luoshi.bureau.returns.besides import register, rows_of  # noqa: E402
from luoshi.bureau.returns.models import Filing, Unit, Window  # noqa: E402
from luoshi.checking import Aside, Report, check, take  # noqa: E402
from luoshi.declared.returns import ClassBands  # noqa: E402
from luoshi.imagining import City as Imagined  # noqa: E402
from luoshi.reading.frames import read_frame  # noqa: E402
from tests.bureau import collected, xingzhou  # noqa: E402

YEAR, FAULTY = 2020, 10


def _made(institutions: int, year: int) -> dict[str, pl.DataFrame]:
    city, told = Imagined(institutions, 7, first=YEAR - 1), dict[str, list[pl.DataFrame]]()
    for some in city.slices():
        for key, frame in city.frames(some, year):
            told.setdefault(key, []).append(frame)
            if key == "class_bands":
                break
    return {key: pl.concat(parts) for key, parts in told.items()}


def _folder() -> Path:
    return Path(settings.HOME) / "sent"


def prepare(schools: int) -> None:
    """Tables, lake, window, files."""
    tables()
    city = open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    this, last = _made(schools * 2, YEAR), _made(schools * 2, YEAR - 1)
    for key, year, frame in (
        ("institutions", YEAR, this["institutions"]),
        ("class_bands", YEAR - 1, last["class_bands"]),
    ):
        for (county,), rows in frame.group_by(["county"], maintain_order=True):
            collected.accepted_before(key, str(year), str(county), rows)
    collected.opened(city, kinds=())
    _folder().mkdir()
    known = set(Unit.objects.values_list("code", flat=True))
    bands = [
        (code, rows) for (code,), rows in this["class_bands"].group_by(["school"], maintain_order=True) if code in known
    ]
    assert len(bands) >= schools, len(bands)
    for place, (code, rows) in enumerate(bands[:schools]):
        sent = rows if place % FAULTY else rows.with_columns(pl.col("classes") + 1)
        (_folder() / f"{code}.xlsx").write_bytes(collected.sheet(sent))


def file(number: int, clients: int) -> None:
    """Import this client's share, one file after the other."""
    window = Window.objects.get()
    names = sorted(_folder().iterdir())[number::clients]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for turn, path in enumerate(names):
        actor = Actor(f"filer{number}", f"填报{number}", "section", "JJ", address=str(turn))
        content, begun = path.read_bytes(), time.perf_counter()
        actions.bring(actor, window.pk, content, path.name, path.stem)
        unit = Unit.objects.select_related("filing").get(window=window, code=path.stem)
        found = sum(one.rows for one in queries.breaches(unit.filing))
        taken = time.perf_counter() - begun
        assert unit.filing
        sys.stdout.write(json.dumps([path.stem, unit.filing.code, unit.filing.stops, found, turn > 0, taken]) + "\n")
    sys.stdout.flush()


def compare() -> None:
    """What is kept of every file, and what one check of all rows at once says of each school."""
    window = Window.objects.get()
    filings = list(Filing.objects.select_related("unit"))
    kept = rows_of(window, ClassBands.key, filings)
    assert kept is not None
    sent = pl.concat(
        take(ClassBands, frame.headings, frame.cells).rows
        for frame in (read_frame(path.read_bytes()) for path in sorted(_folder().iterdir()))
    )
    before = lake().rows(ClassBands.key, period=str(YEAR - 1)).collect()
    known = register(str(YEAR))
    assert known is not None
    taken = take(ClassBands, sent.columns, sent.cast(pl.String))
    report = Report(taken, check(ClassBands, sent, Aside(before, {"institutions": known})))
    counted: dict[str, int] = {}
    for found in report.found():
        counted[found.key[0]] = counted.get(found.key[0], 0) + 1
    key = list(ClassBands.keys)
    told = {
        "same": kept.select(sent.columns).sort(key).equals(sent.sort(key)),
        "found": counted,
        "codes": {one.unit.code: one.code for one in filings},
        "tries": max(one.number for one in filings),
        "entries": broken() is None,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        prepare(int(sys.argv[2]))
    elif sys.argv[1] == "file":
        file(int(sys.argv[2]), int(sys.argv[3]))
    else:
        compare()
