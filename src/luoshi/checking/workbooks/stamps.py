"""The hidden sheet that says what a workbook is, whatever its file is called."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.checking.workbooks.asked import Asked
from luoshi.spine import Return
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import Choice, Code
from luoshi.words.sheets import Sheet

NAME = "填报信息"
VERSION = "1"
"""Of the layout; raised when a cell moves."""
_LABELS = ("模板", "报表", "期次", "单位代码", "单位", "结构摘要")
_FOREIGN = "只收本系统发出的填报表，按其中隐藏的“填报信息”对照"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a workbook says it is."""

    version: str
    kind: str
    """Key of the return."""
    period: str
    unit: str
    name: str
    structure: str
    """Digest of the columns it was made of."""

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """As the hidden sheet holds it: label and value."""
        values = (self.version, self.kind, self.period, self.unit, self.name, self.structure)
        return tuple(zip(_LABELS, values, strict=True))


def structure(of: type[Return]) -> str:
    """Digest of a return's columns: names, headings, types, units, bounds and choices, in their order."""
    told = [
        [
            VERSION,
            one.name,
            one.label,
            one.kind,
            one.unit,
            str(one.at_least),
            str(one.at_most),
            one.needed,
            one.choices if isinstance(one, Choice) else {},
            one.pattern if isinstance(one, Code) else "",
        ]
        for one in of.columns.values()
    ]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def stamp(asked: Asked) -> Stamp:
    """What is written on a workbook that goes out."""
    return Stamp(VERSION, asked.of.key, asked.period, asked.unit, asked.name, structure(asked.of))


def stamp_of(sheets: Sequence[Sheet]) -> Stamp:
    """What a workbook that came back says it is.

    Raises:
        RefusedError: it has no such sheet, or the sheet was spoiled.
    """
    found = next((one for one in sheets if one.name == NAME), None)
    if found is None or found.cells.width < 2:  # noqa: PLR2004 -- a label and its value
        raise _foreign("没有“填报信息”表", "请用系统发出的填报表填写，不要另建表格或只复制一张表")
    told = {str(label): str(value or "").strip() for label, value in found.cells.select(found.cells.columns[:2]).rows()}
    missing = [label for label in _LABELS if not told.get(label)]
    if missing:
        raise _foreign(f"“填报信息”里缺{'、'.join(missing)}", "请重新下载填报表，把填好的格粘贴过去再交")
    return Stamp(*(told[label] for label in _LABELS))


def refuse_other(met: Stamp, asked: Asked) -> None:
    """Refuse a workbook of another return, period, unit or an older structure; all that differs at once.

    Raises:
        RefusedError: with a finding for each difference.
    """
    ours = stamp(asked)
    found = [
        Finding("填报表", f"这是“{met.kind}”的表", f"这里收“{asked.of.label}”（{ours.kind}）", "请到那张报表下面交")
        for _ in range(met.kind != ours.kind)
    ]
    pairs = (("期次", met.period, ours.period), ("单位", met.unit, ours.unit))
    found += [
        Finding("填报表", f"{label}是 {theirs}", f"这里收{label} {own} 的表", f"请核对{label}，交对应的表")
        for label, theirs, own in pairs
        if theirs != own
    ]
    if not found and (met.structure, met.version) != (ours.structure, ours.version):
        found.append(
            Finding(
                "填报表",
                f"模板是旧的（结构摘要 {met.structure[:8]}）",
                f"“{asked.of.label}”的栏目已经改过，现用 {ours.structure[:8]}",
                "请重新下载填报表，把填好的格粘贴过去再交",
            )
        )
    if found:
        raise RefusedError(*found)


def _foreign(what: str, remedy: str) -> RefusedError:
    return RefusedError(Finding("填报表", what, _FOREIGN, remedy))
