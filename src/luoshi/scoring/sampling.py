"""Whom to visit: a sample that nobody chose, that can be drawn again from its seed, beside those who must be visited anyway."""

from collections.abc import Collection, Sequence
from hashlib import sha256


def sample(units: Sequence[str], seed: str, count: int, always: Collection[str] = ()) -> tuple[str, ...]:
    """Codes to visit: all of `always`, then by ascending SHA-256 of “seed:code” until there are `count` of them.

    The order in which units are given does not matter. Source: the draw of domain.md §10.
    """
    must = sorted(set(units) & set(always))
    rest = sorted(set(units) - set(must), key=lambda code: (sha256(f"{seed}:{code}".encode()).hexdigest(), code))
    return tuple(must + rest[: max(0, count - len(must))])
