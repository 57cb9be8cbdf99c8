"""The demo's lake: 星州 whole, made by a process of its own while the website opens. 演示数据（虚构）."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from luoshi.bureau.jobs.watching import AS_HERE

INSTITUTIONS, YEARS, FIRST, SEED = 300, 3, 2018, 2021
"""A township of twenty in each of the fifteen counties; the three school years that end before the demo's own begins."""

_GIVES_WAY = "import os; getattr(os, 'nice', int)(10); "
"""The first page comes before the rows behind it."""


def command() -> list[str]:
    """What the process runs: asked again, it makes only what is missing."""
    told = {"--schools": INSTITUTIONS, "--years": YEARS, "--first": FIRST, "--seed": SEED, "--out": settings.LAKE}
    words = [str(word) for pair in told.items() for word in pair]
    return [sys.executable, "-c", _GIVES_WAY + AS_HERE, "\x1f".join(sys.path), "city", *words]


@contextmanager
def filled_beside() -> Iterator[subprocess.Popen[bytes]]:
    """Fill the lake as long as the website runs; it is whole after half a minute, and whole pieces are there before."""
    silent = subprocess.DEVNULL
    filling = subprocess.Popen(command(), stdin=silent, stdout=silent, stderr=silent)  # noqa: S603 (our own program)
    try:
        yield filling
    finally:
        filling.terminate()
        filling.wait()
