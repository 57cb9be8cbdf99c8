"""A process of little memory that checks one file after another the way `luoshi check` does, and says how each ended.

Run it with a folder of its own as its home: what it leaves there, a file left.
"""

import json
import resource
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path

from luoshi.checking import Aside, Report, check, take
from luoshi.commands.checking import print_report
from luoshi.commands.shared import content_of
from luoshi.declared.returns import RETURNS
from luoshi.reading.frames import LARGEST, read_frame, read_sheets
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MEMORY = 1 << 30
MOST = 200


def checked(content: bytes, key: str) -> tuple[str, list[Finding]]:
    """`luoshi check`, but for its printing."""
    of = RETURNS[key]
    frame = read_frame(content)
    taken = take(of, frame.headings, frame.cells)
    taken = replace(taken, told=(*frame.told, *taken.told))
    report = Report(taken, check(of, taken.rows, Aside()))
    report.counts()
    print_report(report, MOST)
    return ("stopped" if report.stops else "passed"), report.findings(MOST)


def sheets(content: bytes, _: str) -> tuple[str, list[Finding]]:
    """Every sheet."""
    read_sheets(content, "表.xlsx")
    return "passed", []


WAYS = {"check": checked, "sheets": sheets}


def ended(path: Path, way: str, key: str) -> dict[str, object]:
    """How one file ended."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted anew
    begun = time.process_time()
    try:
        end, told = WAYS[way](content_of(path, LARGEST), key)
    except RefusedError as refusal:
        end, told = "refused", list(refusal.findings)
    except BaseException:  # noqa: BLE001  # what a library throws may be no Exception
        end, told = traceback.format_exc(), []
    said = [[one.where, one.what, one.rule, one.remedy] for one in told]
    return {"end": end, "told": said, "seconds": time.process_time() - begun, "bytes": _status("VmHWM")}


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) << 10


def main() -> None:
    """Answer to every line of way, return and path with a line of JSON; prints of the command go nowhere."""
    answers, sys.stdout = sys.stdout, open("/dev/null", "w", encoding="utf-8")  # noqa: SIM115, PTH123
    check(RETURNS["classes"], take(RETURNS["classes"], *_nothing()).rows)  # what is loaded late counts as loaded
    most = _status("VmSize") + 2 * MEMORY  # addresses, which are taken in advance; memory itself is measured
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    answers.write(json.dumps({"bytes": _status("VmRSS")}) + "\n")
    answers.flush()
    for line in sys.stdin:
        way, key, path = line.rstrip("\n").split("\t")
        answers.write(json.dumps(ended(Path(path), way, key), ensure_ascii=False) + "\n")
        answers.flush()


def _nothing() -> tuple[tuple[str, ...], object]:
    frame = read_frame("班级代号,在籍学生数\na,1\n".encode())
    return frame.headings, frame.cells


if __name__ == "__main__":
    main()
