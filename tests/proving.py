"""Long proofs say on standard error how far they are, so that nobody takes a long one for one that hangs."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

import pytest

EVERY = 20.0
"""Seconds between two lines."""
Step = TypeVar("Step")


def told_on(steps: Iterable[Step], total: int, what: str, capsys: pytest.CaptureFixture[str]) -> Iterator[Step]:
    """The same steps, with a line now and then.

    Args:
        steps: what the proof goes through.
        total: how many they are.
        what: they are.
        capsys: of the test; without it pytest would keep the lines to itself.
    """
    begun = said = time.monotonic()
    for done, step in enumerate(steps):
        now = time.monotonic()
        if now - said >= EVERY:
            said = now
            with capsys.disabled():
                sys.stderr.write(f"\n{done} of {total} {what}, {now - begun:.0f} s")
                sys.stderr.flush()
        yield step
