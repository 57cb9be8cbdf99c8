"""What is said of one file: cells that could not be read, then rules that do not hold."""

from dataclasses import dataclass

import polars as pl

from luoshi.checking.cells import Taken
from luoshi.checking.running import Checked
from luoshi.checking.wording import Found
from luoshi.words.findings import Finding, Severity


@dataclass(frozen=True, slots=True)
class Report:
    """A file that was taken and checked."""

    taken: Taken
    checked: Checked

    def found(self, most: int | None = None) -> list[Found]:
        """Rules that do not hold; an empty cell that was unreadable is told once, as unreadable."""
        unread = [(one.row, f"{one.column.name}.filled") for one in self.taken.odd if not one.read]
        without = pl.DataFrame(unread, orient="row", schema={"row": pl.Int64, "rule": pl.String}) if unread else None
        return self.checked.findings(most, self.taken.places, without=without)

    def findings(self, most: int | None = None) -> list[Finding]:
        """All findings: of the file, of cells, of rules; so many at most."""
        told = [*self.taken.told, *(one.finding for one in self.taken.odd[:most])]
        return [*told, *(one.finding for one in self.found(most))][:most]

    def counts(self) -> dict[Severity, int]:
        """How many of each weight."""
        unread = sum(not one.read for one in self.taken.odd)
        told = [one.severity for one in self.taken.told]
        return {
            Severity.STOPS: told.count(Severity.STOPS)
            + unread
            + self.checked.weighing(Severity.STOPS)
            - self._doubled(),
            Severity.ASKS: self.checked.weighing(Severity.ASKS),
            Severity.TELLS: told.count(Severity.TELLS) + len(self.taken.odd) - unread,
        }

    def _doubled(self) -> int:
        """Unreadable cells of columns that must be filled: told already."""
        held = self.checked.counts
        return sum(not one.read and held.get(f"{one.column.name}.filled", 0) > 0 for one in self.taken.odd)

    @property
    def stops(self) -> bool:
        """Whether anything must be mended before the file goes on."""
        return self.counts()[Severity.STOPS] > 0
