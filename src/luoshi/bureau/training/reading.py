"""Lists that are brought, read: numbers become codes at once and are kept nowhere; everything wrong is told by its line."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from luoshi.bureau.keys import keyring
from luoshi.bureau.training.actions.attending import Signed
from luoshi.bureau.training.actions.register import Learnt, Listed
from luoshi.bureau.training.actions.rolls import Came
from luoshi.bureau.training.known import KIND_LABELS, STAGE_LABELS, SUBJECT_LABELS
from luoshi.bureau.training.models import TENTHS
from luoshi.declared.training_files import PEOPLE, RECORDS, ROLL, ROSTER
from luoshi.matching.deciding import digest
from luoshi.reading.documents import refuse_marked
from luoshi.reading.frames import read_frame
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.identifiers import person_check
from luoshi.words.lists import ListColumn

_EIGHTEEN, _MOST, _TOLD = 18, 2000, 200
_YES = frozenset({"是", "1", "合格", "有", "y", "yes"})
_SUBJECTS = {label: key for key, label in SUBJECT_LABELS.items()}
_STAGES = {label: key for key, label in STAGE_LABELS.items()} | {"普高": "senior", "高中": "senior", "幼儿园": "preschool", "中等职业学校": "vocational"}  # fmt: skip
_KINDS = {label: key for key, label in KIND_LABELS.items()}
_Told = TypeVar("_Told")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list: cells by column, and the code of whoever it is of."""

    number: int
    cells: Mapping[str, str]
    code: str

    def wrong(self, what: str, rule: str) -> Finding:
        """A finding of this line."""
        return Finding(f"第{self.number}行", what, rule, "请改正这一行再交")


def people(name: str, content: bytes) -> list[Listed]:
    """Lines of the register; of one person twice the last counts.

    Raises:
        RefusedError: it cannot be read, has not the columns, or what is wrong in its lines.
    """
    return list({one.code: one for one in _read(name, content, PEOPLE, _listed)}.values())


def _listed(line: Line) -> Listed:
    said = line.cells
    if not said.get("school") or not said.get("name"):
        raise RefusedError(line.wrong("没有姓名或学校标识码", "每行有姓名和学校标识码"))
    began = _day(line, said["began"]) if said.get("began") else None
    subject, stage = said.get("subject", ""), said.get("stage", "")
    return Listed(
        line.code, said["name"][:60], said["school"][:14], _SUBJECTS.get(subject, "other" if subject else ""),
        _STAGES.get(stage, ""), said.get("trade", "")[:40], began, said.get("login", "")[:150],
        said.get("rural", "").lower() in _YES,
    )  # fmt: skip


def records(name: str, content: bytes) -> list[Learnt]:
    """Lines of the records of training.

    Raises:
        RefusedError: as `people`.
    """
    return _read(name, content, RECORDS, _learnt)


def _learnt(line: Line) -> Learnt:
    said = line.cells
    year, title = said.get("year", "")[:4], said.get("title", "")
    hours = _number(line, said.get("hours", ""))
    practice = _number(line, said["practice"]) if said.get("practice") else Decimal(0)
    if not year.isdecimal() or not title or not 0 < hours <= _MOST or practice > hours:
        rule = f"培训年度是四位数字，有项目名称，学时大于0、不超过{_MOST}，实践学时是其中的"
        raise RefusedError(line.wrong("没有写全或写得不对", rule))
    kind = said.get("kind", "")
    key = _KINDS.get(kind) or next((each for label, each in _KINDS.items() if label in f"{kind}{title}"), "local")
    project = key if key in {"national", "provincial", "information"} else ""
    return Learnt(line.code, int(year), title[:100], key, int(hours * TENTHS), int(practice * TENTHS), project)


def roster(name: str, content: bytes) -> list[Signed]:
    """Lines of a roster of attendance.

    Raises:
        RefusedError: as `people`.
    """
    return _read(name, content, ROSTER, lambda line: Signed(line.code, _day(line, line.cells.get("on", ""))))


def roll(name: str, content: bytes) -> list[Came]:
    """Lines of a roll of a class, doubled ones as they stand.

    Raises:
        RefusedError: as `people`.
    """
    return _read(name, content, ROLL, _came)


def _came(line: Line) -> Came:
    said = line.cells
    passed = said.get("passed", "").lower()
    poor = said.get("poor", "").lower() in _YES
    return Came(line.code, said.get("name", "")[:60], said.get("group", ""), poor, passed in _YES if passed else None)


def _read(name: str, content: bytes, columns: Sequence[ListColumn], one: Callable[[Line], _Told]) -> list[_Told]:
    refuse_marked([name])
    frame = read_frame(content)
    places = _places(frame.headings, columns)
    told, wrong = list[_Told](), list[Finding]()
    key = keyring().coding().secret
    for at, cells in enumerate(frame.cells.iter_rows(), 2):
        said = {column: str(cells[place] or "").strip() for column, place in places.items()}
        if not any(said.values()):
            continue
        number = "".join(unicodedata.normalize("NFKC", said.get("number", "")).split()).strip("'\"`").upper()
        line = Line(at, said, digest(key, number))
        try:
            if len(number) != _EIGHTEEN or not number[:17].isdecimal() or person_check(number[:17]) != number[17]:
                raise RefusedError(line.wrong("身份证件号不对或没有", "18位，校验码正确"))  # noqa: TRY301
            told.append(one(line))
        except RefusedError as refusal:
            wrong += refusal.findings
    if wrong:
        more = len(wrong) - _TOLD
        left = [Finding("名单", f"另有 {more} 行", "一次列出前200行", "请改好后再交")] if more > 0 else []
        raise RefusedError(*wrong[:_TOLD], *left)
    return told


def _places(headings: Sequence[str], columns: Sequence[ListColumn]) -> dict[str, int]:
    said = {"".join(one.split()): at for at, one in reversed(list(enumerate(headings)))}
    found = {
        one.name: next((said[each] for each in (one.label, *one.aliases) if each in said), None) for one in columns
    }
    missing = list(_missing(columns, found))
    if missing:
        raise RefusedError(*missing)
    return {name: at for name, at in found.items() if at is not None}


def _missing(columns: Sequence[ListColumn], found: Mapping[str, int | None]) -> Iterator[Finding]:
    for one in columns:
        if one.needed and found[one.name] is None:
            also = f"（或{'、'.join(one.aliases)}）" if one.aliases else ""
            yield Finding("第1行", f"没有“{one.label}”一列", f"第一行是列名，须有“{one.label}”{also}", "请补上这一列")


def _day(line: Line, words: str) -> date:
    digits = "".join(one if one.isdecimal() else " " for one in words).split()
    try:
        if len(digits) == 1:
            return date(int(digits[0][:4]), int(digits[0][4:6]), int(digits[0][6:8] or 1))
        return date(int(digits[0]), int(digits[1]), int(digits[2]) if len(digits) > 2 else 1)  # noqa: PLR2004
    except (ValueError, IndexError) as error:
        raise RefusedError(line.wrong(f"日期“{words[:20]}”认不出", "日期写成 2020-09-01")) from error


def _number(line: Line, words: str) -> Decimal:
    try:
        told = Decimal(words)
    except InvalidOperation as error:
        raise RefusedError(line.wrong(f"学时“{words[:20]}”不是数", "学时是数，至多一位小数")) from error
    if not told.is_finite() or told < 0:
        raise RefusedError(line.wrong(f"学时“{words[:20]}”不对", "学时是数，不小于0"))
    return told
