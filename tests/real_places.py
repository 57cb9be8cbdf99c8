"""Lists of real places that lie beside the project, never in it: whoever has them not is told so, and may not skip where all is required."""

import os
from pathlib import Path

import pytest

LUOYANG = Path(__file__).resolve().parents[2] / "shared" / "data" / "luoyang"


def luoyang(name: str) -> bytes:
    """One list of Luoyang's divisions as its bytes."""
    path = LUOYANG / name
    if not path.is_file():
        why = f"../shared/data/luoyang/{name} is not here"
        if os.environ.get("LUOSHI_REQUIRE_ALL"):
            pytest.fail(why)
        pytest.skip(why)
    return path.read_bytes()
