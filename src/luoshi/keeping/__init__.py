"""The lake: accepted rows as write-once partitions, a chained manifest, editions as known on any day."""

from luoshi.keeping.deposits import Deposit
from luoshi.keeping.differing import Change, Difference
from luoshi.keeping.entries import Compaction, Edition, Merged
from luoshi.keeping.lake import Lake

__all__ = ["Change", "Compaction", "Deposit", "Difference", "Edition", "Lake", "Merged"]
