"""填写说明: written beside a finding of a 经验校验 on the sheet 核对结果, read when the workbook comes back."""

import json
from collections.abc import Mapping, Sequence

from luoshi.checking.workbooks.layout import FINDINGS
from luoshi.words.sheets import Sheet

Notes = Mapping[tuple[tuple[str, ...], str], str]
"""By the key of the row and the name of the rule."""
HEADINGS = ("位置", "情况", "规则", "处理", "类别", "填写说明")
"""Over the columns behind the hidden first one."""
NOTE = len(HEADINGS)
"""Place of the column for the note, from 0."""


def mark(key: Sequence[str], rule: str) -> str:
    """What the hidden first cell of a finding holds."""
    return json.dumps([*key, rule], ensure_ascii=False)


def notes_of(sheets: Sequence[Sheet]) -> Notes:
    """The notes that came back."""
    found = next((one for one in sheets if one.name == FINDINGS), None)
    if found is None or found.cells.width <= NOTE:
        return {}
    told = dict[tuple[tuple[str, ...], str], str]()
    for row in found.cells.iter_rows():
        said, words = str(row[0] or ""), str(row[NOTE] or "").strip()
        if said.startswith("[") and words:
            try:
                *key, rule = json.loads(said)
            except ValueError:
                continue
            told[tuple(map(str, key)), str(rule)] = words
    return told
