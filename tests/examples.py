"""How many examples are tried: all of them in the long proofs, a part in every run."""

import os
from collections.abc import Iterable


def some(number: int) -> int:
    """So many examples where proofs are asked for, else a third of them."""
    return number if os.environ.get("LUOSHI_PROVE") else max(number // 3, 5)


def some_of(there: Iterable[str]) -> list[str]:
    """All of them where proofs are asked for, else every sixth."""
    return list(there)[:: 1 if os.environ.get("LUOSHI_PROVE") else 6]
