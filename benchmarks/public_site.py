"""The public site of a city with 3 000 schools, beside its school pages alone fetched one by one from the running website.

    python -m benchmarks whole_site

Each side runs in a process of its own over the same house. The peer is what a mirroring program would get: Django's test client,
through all of the website's middleware, from a page that asks the database for one school and draws it by the same template.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.comparing import ROOT, Result, Row, versus

SCHOOLS, SECONDS = 3000, 60.0
"""The city, and what is promised."""


def whole_site() -> Result:
    """The claim."""
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        home = Path(folder)
        build = [sys.executable, "-m", "tests.bureau.whole_house", folder, str(SCHOOLS)]
        subprocess.run(
            build, cwd=ROOT, check=True, env={**os.environ, "LUOSHI_HOME": folder}, stdout=subprocess.DEVNULL
        )
        mine, peers = (_alone(side, home) for side in ("ours", "one_by_one"))
    rate, other = mine["files"] / mine["seconds"], peers["files"] / peers["seconds"]
    return Result(
        f"The public site of a city with 3 000 schools is exported in under {SECONDS:.0f} s.",
        "its school pages alone, fetched one by one through the website; no publications, files, search, feeds or digests",
        (
            Row("files", f"{mine['files']:,.0f}", f"{peers['files']:,.0f}"),
            Row("together", f"{mine['bytes'] / 1e6:,.1f} MB", f"{peers['bytes'] / 1e6:,.1f} MB"),
            versus("all of them", mine["seconds"], peers["seconds"], "s"),
            Row("files a second", f"{rate:,.0f}", f"{other:,.0f}", f"{rate / other:.2f} ×"),
        ),
        mine["seconds"] < SECONDS and mine["seconds"] < peers["seconds"],
        (
            "Ours writes every file to the disk, digests it and puts the whole in place at once; starting Python is counted on neither side.",
        ),
    )


def _alone(side: str, home: Path) -> dict[str, float]:
    told = {"LUOSHI_HOME": str(home), "LUOSHI_DEMO": "1", "DJANGO_SETTINGS_MODULE": "luoshi.bureau.settings"}
    command = [sys.executable, "-m", "tests.bureau.site_sides", side, str(home)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, env={**os.environ, **told})
    measured: dict[str, float] = json.loads(done.stdout)
    return measured
