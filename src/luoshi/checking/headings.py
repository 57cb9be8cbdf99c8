"""Headings of a file are matched to the columns of a return, whatever their order, with the unit they print."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding, Severity
from luoshi.words.returns import ReturnColumn
from luoshi.words.sheets import letters

_UNIT = re.compile(r"\(([^()]*)\)$")
_SHIFTS = {"万": 4, "亿": 8}


@dataclass(frozen=True, slots=True, eq=False)
class Heading:
    """One heading that was matched."""

    place: int
    """Its column in the file, from 0."""
    column: ReturnColumn
    shift: int = 0
    """Digits its unit stands for: 万元 is 4."""

    @property
    def letters(self) -> str:
        """Its column as a spreadsheet names it."""
        return letters(self.place)


def match(of: type[Return], headings: Sequence[str], *, identities: bool) -> tuple[list[Heading], tuple[Finding, ...]]:
    """The headings that are columns of the return, and what is to be said of the others.

    Raises:
        RefusedError: when a key is not there, or a column is there twice; with the headings that were missed.
    """
    names = {
        _bare(one): column for column in of.columns.values() for one in (column.name, column.label, *column.aliases)
    }
    met = [(place, words, _matched(names, words, place)) for place, words in enumerate(headings)]
    found = [head for _, _, head in met if head]
    known = {head.column.name for head in found}
    refusals = [*_twice(found), *_without_keys(of, known)]
    if refusals:
        raise RefusedError(*refusals)
    dropped = [head for head in found if head.column.identifies and not identities]
    told = _said(of, [words for _, words, head in met if not head and words.strip()], known, dropped)
    return [head for head in found if head not in dropped], tuple(told)


def _matched(names: dict[str, ReturnColumn], words: str, place: int) -> Heading | None:
    bare = _bare(words)
    unit = _UNIT.search(bare)
    column = names.get(bare, names.get(bare[: unit.start()]) if unit else None)
    if column is None:
        return None
    return Heading(place, column, _SHIFTS.get(unit[1][:1], 0) if unit and column.unit else 0)


def _bare(words: str) -> str:
    return re.sub(r"[\s*＊]", "", unicodedata.normalize("NFKC", words)).lower()


def _twice(found: list[Heading]) -> Iterator[Finding]:
    places = dict[str, list[Heading]]()
    for head in found:
        places.setdefault(head.column.name, []).append(head)
    for several in places.values():
        if len(several) > 1:
            where = "、".join(f"{head.letters}列" for head in several)
            yield Finding(where, f"都是“{several[0].column.label}”", "一列只出现一次", "请删去或改正多出的列")


def _without_keys(of: type[Return], known: set[str]) -> Iterator[Finding]:
    missing = [of.columns[name].label for name in of.keys if name not in known]
    if missing:
        rule = f"“{of.label}”靠{'、'.join(of.columns[name].label for name in of.keys)}分清各行"
        yield Finding("第一行", f"没有列 {'、'.join(missing)}", rule, "请确认选对了报表，并补上列名；第一行须是列名")


def _said(of: type[Return], unknown: list[str], known: set[str], dropped: list[Heading]) -> Iterator[Finding]:
    for column in of.columns.values():
        if column.needed and column.name not in known:
            yield Finding("第一行", f"没有列 {column.label}", f"“{of.label}”须有这一列", "请补上这一列")
    if unknown:
        what = f"没有认出这些列：{'、'.join(one.strip()[:20] for one in unknown[:20])}"
        yield Finding("第一行", what, f"只读“{of.label}”声明的列", "不需要的不必管；写错的请改正列名", Severity.TELLS)
    if dropped:
        what = f"没有读入能认出个人的列：{'、'.join(head.column.label for head in dropped)}"
        yield Finding("第一行", what, "用不着的身份信息不读入、不保存", "不必处理", Severity.TELLS)
