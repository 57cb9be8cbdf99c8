"""One table as it was gathered, with where it comes from."""

from dataclasses import dataclass

from luoshi.publishing.nouns import Origin, Table


@dataclass(frozen=True, slots=True)
class Part:
    """A table, and what is known of its making."""

    table: Table
    sources: tuple[Origin, ...] = ()
    cases: tuple[int, ...] = ()
    """Keys of the cases it tells of."""
    left_out: tuple[str, ...] = ()
