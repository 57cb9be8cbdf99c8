"""The plan reads in under half a second, cold and warm; a thousand plans of its length at over ten a second on one core."""

import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from types import ModuleType
from typing import Any

from benchmarks.comparing import PLAN, ROOT, SHARED, Result, Row, median, versus
from benchmarks.plain_reader import read_plainly
from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.telling import as_json

HALF_A_SECOND, TEN, MANY = 0.5, 10, 1_000
_COLD = (
    "import sys, time; begun = time.perf_counter();"
    "from luoshi.reading import read; from luoshi.declared import INDICATORS; ready = time.perf_counter();"
    "read(open('cities/luoyang/plan.txt', 'rb').read(), indicators=INDICATORS); done = time.perf_counter();"
    "print(done - ready, done - begun)"
)


def _cold() -> tuple[float, float]:
    """Seconds of the first reading in a fresh process, and the same with everything imported."""
    told = subprocess.run([sys.executable, "-c", _COLD], cwd=ROOT, capture_output=True, check=True, text=True)
    first, whole = told.stdout.split()
    return float(first), float(whole)


def cold_and_warm() -> Result:
    """How long one reading takes."""
    colds = sorted(_cold() for _ in range(5))[2]
    warm = median(lambda: read_text(PLAN, indicators=INDICATORS), 9)
    plain = median(lambda: list(read_plainly(PLAN)), 9)
    rows = (
        Row("first reading in a new process", f"{colds[0]:.3f} s"),
        Row("the same, with starting Python's modules", f"{colds[1]:.3f} s"),
        versus("reading again", warm, plain, "s", digits=4),
    )
    held = max(*colds, warm) < HALF_A_SECOND
    return Result(
        "The plan reads in under 0.5 s, cold and warm.", "the plain reader: numbers with units only", rows, held
    )


def a_thousand() -> Result:
    """How many plans of this length are read in a second by one core; every one is another text."""
    texts = [PLAN.replace("洛阳", chr(0x4E00 + number) + "阳") for number in range(MANY)]
    begun = time.perf_counter()
    for text in texts:
        read_text(text, indicators=INDICATORS)
    ours = MANY / (time.perf_counter() - begun)
    begun = time.perf_counter()
    for text in texts:
        list(read_plainly(text))
    plain = MANY / (time.perf_counter() - begun)
    row = versus(f"{MANY:,} plans of {len(PLAN):,} characters", ours, plain, "a second")
    return Result(
        "A thousand plans of the length of Luoyang's are read at over 10 a second on one core.",
        "the plain reader: numbers with units only; no sentences, promises, offices, days or indicators",
        (row,),
        ours > TEN,
    )


def _scorer() -> ModuleType | None:
    path = SHARED / "tools" / "score_reading.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location("score_reading", path)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores() -> Result | None:
    """What each reader finds right in the labelled texts; None where they are not."""
    scorer = _scorer()
    if scorer is None:
        return None
    practice = SHARED / "plans" / "practice"
    doubtful = json.loads((practice / "ambiguous.json").read_text("utf-8"))
    rows: list[Row] = []
    counted: Counter[tuple[int, str, str]] = Counter()
    for path in sorted([*practice.glob("*.txt"), SHARED / "plans" / "luoyang-2020.txt"]):
        text = path.read_text("utf-8")
        gold = json.loads(path.with_suffix(".gold.json").read_text("utf-8"))
        unsure = [one["quote"] for one in doubtful if one["doc"] == path.stem]
        answers: tuple[dict[str, Any], ...] = (
            json.loads(as_json(read_text(text, indicators=INDICATORS))),
            {"text": text, "commitments": [{"targets": list(read_plainly(text))}]},
        )
        told = [scorer.score(text, gold, answer, unsure) for answer in answers]
        for name in ("number", "strict"):
            rows.append(versus(f"{path.stem}, {name} F1", told[0][name]["f1"], told[1][name]["f1"], "", digits=3))
            for side in (0, 1):
                counted.update({(side, name, key): told[side][name][key] for key in ("hit", "read", "gold")})
    pooled = [
        versus(f"all together, {name} F1", _f1(counted, 0, name), _f1(counted, 1, name), "", digits=3)
        for name in ("number", "strict")
    ]
    better = all(float(row.ours) > float(row.peer) for row in pooled)
    return Result(
        "It reads numbers and their comparators better than a plain pattern, and on no labelled text worse.",
        "the plain reader, scored by the same rules",
        (*rows, *pooled),
        better and all(float(row.ours) >= float(row.peer) for row in rows),
        ("These texts were at hand while the grammar was written: a text it has not met is read less well.",),
    )


def _f1(counted: Counter[tuple[int, str, str]], side: int, name: str) -> float:
    """F1 over all texts as one: twice the hits over what was read and what was wanted."""
    return 2 * counted[side, name, "hit"] / (counted[side, name, "read"] + counted[side, name, "gold"])


def docx_opening() -> Result:
    """Opening a Word file: drawn numbers, tables, notes, boxes, changes, marks and bombs looked for, against texts only."""
    import docx  # noqa: PLC0415

    from luoshi.reading.documents import open_document  # noqa: PLC0415

    with tempfile.TemporaryFile() as kept:
        made = docx.Document()
        for line in PLAN.split("\n"):
            made.add_paragraph(line)
        made.save(kept)
        kept.seek(0)
        content = kept.read()

    def peer() -> str:
        import io  # noqa: PLC0415

        return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)

    same = open_document(content).text == peer()
    row = versus(
        "opening the plan as docx", median(lambda: open_document(content), 31), median(peer, 31), "s", digits=4
    )
    return Result(
        "Opening a docx with all its checks takes at most twice as long as python-docx's own texts.",
        "python-docx, the text of each paragraph; no drawn numbers, tables, boxes, notes, bombs or marks",
        (row,),
        same and float(row.ratio.split()[0]) < 2,
        ("Both give the same text for this file.",) if same else ("The texts differ.",),
    )
