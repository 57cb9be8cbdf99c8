"""Header rows of a sheet become one path for each column: upper headers reach over the merged cells to their right."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from luoshi.checking.layouts.titles import bare, names, unit
from luoshi.words.sheets import letters

Grid = Sequence[Sequence[str | None]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file."""

    place: int
    """From 0."""
    path: tuple[frozenset[str], ...]
    """What each level of its header goes by, outermost first."""
    said: str
    """The same as it is printed."""
    unit: str

    @property
    def letters(self) -> str:
        """As a spreadsheet names it."""
        return letters(self.place)

    def ends(self, asked: Sequence[str]) -> bool:
        """Whether its path ends so."""
        if not asked or len(asked) > len(self.path):
            return False
        return all(one in level for one, level in zip(asked, self.path[-len(asked) :], strict=True))


def columns(rows: Grid, known: Collection[str]) -> list[Column]:
    """The columns under some header rows.

    Args:
        rows: all rows above the first row of data; titles and unit lines among them.
        known: bare words that a layout knows; a row without any is a title, or says units.
    """
    width = max((len(row) for row in rows), default=0)
    levels = [_wide(row, width) for row in rows if _is_header(row, known)]
    printed = [[unit(words or "") for words in _wide(row, width)] for row in rows if not _is_header(row, known)]
    filled = _filled(levels, width)
    told = list[Column]()
    for place in range(width):
        down = [level[place] for level in filled]
        said = [one for one, after in pairwise([*down, None]) if one and one != after]
        path = tuple(names(one) for one in said if names(one))
        if not path:
            continue
        below = next((row[place] for row in printed if row[place]), "")
        told.append(Column(place, path, "＞".join(said), next((u for w in reversed(said) if (u := unit(w))), below)))
    return told


def _wide(row: Sequence[str | None], width: int) -> list[str | None]:
    return [(one or "").strip() or None for one in row] + [None] * (width - len(row))


def _is_header(row: Sequence[str | None], known: Collection[str]) -> bool:
    return any(name in known for words in row if words for name in names(words))


def _filled(levels: list[list[str | None]], width: int) -> list[list[str | None]]:
    """Every level but the last reaches to the right while what stands above is the same, over columns that say something."""
    told = list[list[str | None]]()
    for depth, level in enumerate(levels):
        row, reaching = list(level), None
        for place in range(width if depth < len(levels) - 1 else 0):
            same = place > 0 and all(above[place] == above[place - 1] for above in told)
            reaching = row[place] or (reaching if same else None)
            if any(below[place] for below in levels[depth + 1 :]):
                row[place] = reaching
        told.append(row)
    return told


def data_begins(rows: Grid, key: Collection[str]) -> int | None:
    """Where the first row of data stands: the first below the key's title with a cell under it that is no numbering.

    Args:
        rows: the first rows of a sheet.
        key: bare titles of the column that tells institutions apart.
    """
    for row, cells in enumerate(rows):
        for place, words in enumerate(cells):
            if words and bare(words) in key:
                below = range(row + 1, len(rows))
                return next((one for one in below if _is_value(rows[one][place])), None)
    return next((row for row, cells in enumerate(rows) if any(_is_code(words) for words in cells)), None)


def after_titles(rows: Grid, known: AbstractSet[str]) -> int | None:
    """The row below the last that has several words a layout knows; where the key's title is missing."""
    several = [at for at, row in enumerate(rows) if sum(bool(names(one) & known) for one in row if one) > 1]
    return several[-1] + 1 if several else None


def _is_value(words: str | None) -> bool:
    plain = (words or "").strip(" '\t")
    return len(plain) > 3 and any(sign.isdigit() for sign in plain)  # noqa: PLR2004 -- 1, 312 and 甲 number the columns


def _is_code(words: str | None) -> bool:
    plain = (words or "").strip(" '\t").removesuffix(".0")
    return len(plain) == 10 and plain.isdecimal()  # noqa: PLR2004 -- ten digits are a school's code
