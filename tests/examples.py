"""How many examples are tried: all of them in the long proofs, a third in every run."""

import os


def some(number: int) -> int:
    """So many examples where proofs are asked for, else a third of them."""
    return number if os.environ.get("LUOSHI_PROVE") else max(number // 3, 5)
