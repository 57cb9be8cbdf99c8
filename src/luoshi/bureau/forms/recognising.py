"""What a section writes as headings, one a line, becomes columns; those that declared returns hold are found by their names."""

import re
from collections.abc import Mapping
from functools import cache

from luoshi.bureau.forms.actions import Field
from luoshi.checking.burdens import bare
from luoshi.declared.returns import RETURNS

_COUNTED = frozenset("人个所台册间班次件名套辆场床位")
_UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]$")


def fields(words: str, held: Mapping[str, object]) -> tuple[Field, ...]:
    """One column for each line: 食堂面积（平方米） · 经营方式：自营、委托经营 · 是否有食堂 · 开办日期 · 备注.

    Args:
        words: as they were written.
        held: keys of the returns that are held; a heading of one of these is found there first.
    """
    return tuple(_field(line.strip(), held) for line in words.splitlines() if line.strip())


def _field(line: str, held: Mapping[str, object]) -> Field:
    label, _, listed = line.replace(":", "：").partition("：")
    found = _UNIT.search(label)
    unit, plain = (found[1], label[: found.start()]) if found else ("", label)
    declared = [one for name in (label, plain) for one in _known().get(bare(name), ())]
    declared.sort(key=lambda one: one[0] not in held)
    if declared and not listed:
        return Field(plain, *declared[0])
    choices = tuple(dict.fromkeys(filter(None, re.split(r"[、,，/\s]", listed))))
    if len(choices) > 1:
        return Field(label, form="choice", choices=choices)
    return Field(plain, form=_form(plain, unit), unit=unit)


def _form(label: str, unit: str) -> str:
    if unit:
        return "count" if unit in _COUNTED else "amount"
    if re.match(r"是否|有无", label):
        return "flag"
    return "day" if re.search(r"日期$|年月日?$", label) else "words"


@cache
def _known() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return and column by every heading they go by, persons' own left out."""
    told = dict[str, list[tuple[str, str]]]()
    for key, of in RETURNS.items():
        if not set(of.keys) <= {"school", "stage", "grade"}:
            continue
        for name, column in of.columns.items():
            for heading in (column.label, *column.aliases):
                told.setdefault(bare(heading), []).append((key, name))
    return {heading: tuple(several) for heading, several in told.items()}
