"""The lake: accepted rows as write-once partitions, a chained manifest, editions as known on any day."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from luoshi.keeping.deposits import Deposit
    from luoshi.keeping.differing import Change, Difference
    from luoshi.keeping.entries import Compaction, Edition, Merged
    from luoshi.keeping.lake import Lake

__all__ = ["Change", "Compaction", "Deposit", "Difference", "Edition", "Lake", "Merged"]
_WHERE = {
    "Deposit": "deposits",
    "Change": "differing",
    "Difference": "differing",
    "Compaction": "entries",
    "Edition": "entries",
    "Merged": "entries",
    "Lake": "lake",
}


def __getattr__(name: str) -> object:
    """What is asked for, with its libraries: whoever only writes a file safely waits for none of them."""
    if name not in _WHERE:
        raise AttributeError(name)
    return getattr(import_module(f"luoshi.keeping.{_WHERE[name]}"), name)
