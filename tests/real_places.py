"""Lists of real places that lie beside the project, never in it: where they are not, a test is skipped and says why."""

from pathlib import Path

import pytest

LUOYANG = Path(__file__).resolve().parents[2] / "shared" / "data" / "luoyang"


def luoyang(name: str) -> bytes:
    """One list of Luoyang's divisions as its bytes."""
    path = LUOYANG / name
    if not path.is_file():
        pytest.skip(f"../shared/data/luoyang/{name} is not here")
    return path.read_bytes()
