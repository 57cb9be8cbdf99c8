"""How the generative tests look for trouble: the same texts every time here, new ones in the long proofs."""

import gc
import os

from hypothesis import HealthCheck, settings

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""How fast the host makes an example is nobody's fault; what has to be quick is timed by the yardstick."""
settings.register_profile("steady", UNHURRIED, derandomize=True, database=None)
settings.register_profile("searching", UNHURRIED, print_blob=True)
settings.load_profile("searching" if os.environ.get("LUOSHI_PROVE") else "steady")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector need not look through a hundred thousand functions again and again."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files are told apart by their place: one that was made on the way says when, and two processes would name it twice."""
    return argname if isinstance(val, bytes) else None
