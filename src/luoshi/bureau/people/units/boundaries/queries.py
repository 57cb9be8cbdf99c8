"""The bureau's approved boundaries, if it has loaded any."""

import json
from pathlib import Path

from django.conf import settings

from luoshi.reading.units.boundaries import Boundaries


def place() -> Path:
    """Where they lie: in the folder of the house, nowhere else."""
    return Path(settings.HOME) / "boundaries.json"


def boundaries() -> Boundaries | None:
    """The outlines; None where none were loaded."""
    try:
        told = json.loads(place().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    shapes = (
        (code, name, tuple(tuple((x, y) for x, y in ring) for ring in rings)) for code, name, rings in told["shapes"]
    )
    return Boundaries(told["number"], told["height"], tuple(shapes))
