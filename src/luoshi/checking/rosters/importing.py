"""Files of the national systems, whole: recognised, read without identities, typed into returns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from luoshi.checking.cells import Taken
from luoshi.checking.rosters.coding import Coder
from luoshi.checking.rosters.oneroster import assembled
from luoshi.checking.rosters.preschool import kindergartens_of
from luoshi.checking.rosters.recognising import recognise
from luoshi.checking.rosters.rolls import classes_of, pupils_of
from luoshi.checking.rosters.rows import Given, Rows, rows_of
from luoshi.checking.rosters.schools import Register
from luoshi.checking.rosters.teachers import staff_of
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.layouts_rosters import Purpose, RosterLayout, Rosters
from luoshi.words.sheets import Sheet


@dataclass(frozen=True, slots=True)
class Rostered:
    """What was taken of the files of one delivery."""

    layouts: tuple[RosterLayout, ...]
    """What the sheets were, in their order."""
    parts: tuple[Taken, ...]
    """Rows by return; one return may come in several parts."""
    told: tuple[Finding, ...]

    def rows(self, key: str) -> pl.DataFrame | None:
        """All rows of a return, None where there are none."""
        found = [one.rows for one in self.parts if one.of.key == key]
        return pl.concat(found, how="diagonal") if found else None


def import_roster(  # noqa: PLR0913  # each says one thing the import goes by
    sheets: Sequence[Sheet],
    rosters: Rosters,
    institutions: pl.DataFrame,
    *,
    on: date,
    returns: Mapping[str, type[Return]],
    coder: Coder | None = None,
    purpose: Purpose | None = None,
    school: str = "",
) -> Rostered:
    """Read class lists, rosters, tables of the teacher and preschool systems, or OneRoster files.

    Args:
        sheets: all sheets of all files of the delivery.
        rosters: layouts and words that are known.
        institutions: the register: school, name, county, kind, operator, urban.
        on: the day the files are of; tells grades from years of entry, and ages.
        returns: declared returns by key.
        coder: makes the codes of persons; without it only counts are taken of rosters.
        purpose: why identity columns are kept, and which; usually none.
        school: the school whose files they are, where no column says it.

    Raises:
        RefusedError: a sheet is none of the layouts (which is nearest, and what it misses), or nothing could be taken.
    """
    met, told = recognise(sheets, rosters.layouts, school)
    given = Given(Register(institutions), rosters.words, on, coder, purpose, school)
    rows = [rows_of(one, returns[one.layout.of or "pupils"], given) for one in met]
    told += [one for some in rows for one in some.told]
    parts, more = _taken(rows, returns, given)
    told += [*more, *(one for part in parts for one in part.told)]
    if not parts:
        nothing = Finding("文件", "没有一行可以读入", "至少有一张表的行能成为报表", "请看以上各条")
        raise RefusedError(nothing, *told)
    return Rostered(tuple(one.layout for one in met), tuple(parts), tuple(told))


def _taken(
    rows: Sequence[Rows], returns: Mapping[str, type[Return]], given: Given
) -> tuple[list[Taken], list[Finding]]:
    parts, told = list[Taken](), list[Finding]()
    by_return = dict[str, list[Rows]]()
    for one in rows:
        by_return.setdefault(one.met.layout.of, []).append(one)
    lists = by_return.get("classes", [])
    rolls = by_return.get("pupils", [])
    exchanged, said = assembled(by_return.get("", []))
    told += said
    for one in lists:
        part, said = classes_of(one, returns["classes"], given)
        parts.append(part)
        told += said
    for one in [*rolls, *exchanged]:
        some, said = pupils_of(one, returns["classes"], returns["pupils"], given, count=not lists)
        parts += some
        told += said
    for key, taking in (("staff", staff_of), ("kindergartens", kindergartens_of)):
        if key in by_return:
            part_of, said = taking(by_return[key], returns[key], given)
            parts += [part_of] if part_of else []
            told += said
    return [one for one in parts if one.rows.height], told
