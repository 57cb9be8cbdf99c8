"""What a field of a form may be in our returns: by labels, aliases, words of choices and units. A person decides."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from luoshi.checking.tables.bindings import Binding, Filters, How
from luoshi.spine import Return
from luoshi.words.returns import Amount, Choice, Count, Flag, ReturnColumn

_SAME = (
    ("学生数", "生数"),
    ("学生人数", "生数"),
    ("在校生", "在校学生"),
    ("所数", "数"),
    ("校数", "学校数"),
    ("园数", "幼儿园数"),
    ("藏书", "图书"),
    ("幼儿园在园", "在园"),
)
_NOISE = re.compile(
    r"[()（）\[\]【】<>:：,，、;；.。\s#*/·\-—_>]|其中|总数|合计|总计|数值|数量|本年|本期|情况|全部|共有|现有|的|数$|^\d+"
)
_UNITS = re.compile(r"[（(]([^（）()]{1,6})[）)]|^(万元|元|人|个|所|平方米|㎡|册|台|间|万平方米|万册|%|％)$")
_SHARE = re.compile(r"占比|比例|比重|所占|率(?:$|[（(%])|％|%")
_COUNTED = frozenset(("", "学校", "校", "园", "所", "机构", "人", "教职工", "人员", "班", "班级", "单位", "幼儿园"))
_LEAST = 0.5
_ENOUGH = 5
_SHORT = {"高中": "普通高中", "中职": "中等职业", "特教": "特殊教育", "学前": "学前", "高级中学": "高级中学"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing a field may be."""

    binding: Binding
    likeness: float
    """0 to 1; how much of the field's words are accounted for."""


def propose(field: str, measure: str, returns: Mapping[str, type[Return]]) -> tuple[Proposal, ...]:
    """The likeliest first, five at most; none when nothing is like it.

    Args:
        field: what the form asks, its parts with " > " between.
        measure: the unit printed over the table; empty when none is.
        returns: by key.
    """
    parts = field.split(" > ")
    unit, words = _unit(parts)
    share = bool(_SHARE.search(words)) or unit in {"%", "％"}
    plain = _SHARE.sub("", words)
    found = [one for of in returns.values() for one in _of(field, plain, of, share=share)]
    found = [_in_unit(one, unit or measure, returns) for one in found if one.likeness >= _LEAST]
    best = dict[tuple[object, ...], Proposal]()
    for one in sorted(found, key=lambda told: -told.likeness):
        best.setdefault((one.binding.kind, one.binding.column, one.binding.where), one)
    return tuple(best.values())[:_ENOUGH]


def _unit(parts: list[str]) -> tuple[str, str]:
    """The unit a field names, and its words without it."""
    unit, kept = "", list[str]()
    for part in parts:
        found = _UNITS.search(unicodedata.normalize("NFKC", part)) or _UNITS.search(part)
        named = (found[1] or found[2] or "") if found else ""
        if found and re.fullmatch(r"[万亿]?(?:元|人|个|所|平方米|㎡|册|台|间|班|件|张|本|%|％)", named):
            unit = unit or named
            part = unicodedata.normalize("NFKC", part).replace(found[0], "")  # noqa: PLW2901
        kept.append(part)
    return unit, "".join(kept)


def _of(field: str, words: str, of: type[Return], *, share: bool) -> Iterator[Proposal]:
    """What a field may be in one return."""
    where, rest = _filtered(words, of)
    core = _core(rest)
    whole = max(len(_core(words)), 1)
    known = 1 - len(core) / whole
    if core in _COUNTED and where:
        how = How.SHARE if share else How.COUNT
        named = 0.12 if core and core in of.label else -0.1 if core else 0.0
        likeness = 0.55 + 0.3 * known + named
        yield Proposal(Binding(field, of.key, "", how, where), likeness)
    for name, column in of.columns.items():
        if not isinstance(column, Count | Amount) or column.key:
            continue
        likeness = max(_likeness(core, one) for one in (column.label, *column.aliases))
        likeness = likeness * (0.9 if where or known <= 0 else 1.0) + (0.1 if where else 0)
        if not share:
            yield Proposal(Binding(field, of.key, name, How.SUM, where), min(likeness, 1.0))
        elif where:
            yield Proposal(Binding(field, of.key, name, How.SHARE, where), min(likeness, 1.0) * 0.9)


def _filtered(words: str, of: type[Return]) -> tuple[Filters, str]:
    """The words of choices and flags that stand in a field, and what is left of it."""
    told, rest = list[tuple[str, tuple[str, ...]]](), unicodedata.normalize("NFKC", words)
    for name, column in of.columns.items():
        if isinstance(column, Choice):
            options = [(word, code) for code, word in column.choices.items()]
            options += [
                (short, code) for short, word in _SHORT.items() for code, one in column.choices.items() if one == word
            ]
        elif isinstance(column, Flag):
            options = [(re.sub(r"^(?:是否|有)", "", column.label), "true")]
        else:
            continue
        found = max(
            (one for one in options if len(one[0]) > 1 and one[0] in rest), key=lambda one: len(one[0]), default=None
        )
        if found:
            told.append((name, (found[1],)))
            rest = rest.replace(found[0], "", 1)
    return tuple(told), rest


@cache
def _core(words: str) -> str:
    """Words without what every heading has, in one spelling."""
    told = unicodedata.normalize("NFKC", words)
    for one, other in _SAME:
        told = told.replace(other, one) if len(other) > len(one) else told.replace(one, other)
    before = ""
    while told != before:
        before, told = told, _NOISE.sub("", told)
    return told


@cache
def _likeness(core: str, label: str) -> float:
    """How alike two names are: pairs of letters they share, and whether one holds the other."""
    other = _core(label)
    if not core or not other:
        return 0.0
    if core == other:
        return 1.0
    mine, theirs = _pairs(core), _pairs(other)
    shared = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    held = min(len(core), len(other)) / max(len(core), len(other)) if core in other or other in core else 0.0
    return 0.95 * max(shared, 0.5 + held / 2 if held else 0.0)


def _pairs(words: str) -> frozenset[str]:
    return frozenset(words[at : at + 2] for at in range(len(words) - 1)) or frozenset((words,))


def _in_unit(one: Proposal, unit: str, returns: Mapping[str, type[Return]]) -> Proposal:
    """The binding written in the form's unit; a unit that does not fit makes it less likely."""
    binding = one.binding
    column = returns[binding.kind].columns.get(binding.column)
    shift = {"万": 4, "亿": 8}.get(unit[:1], 0)
    measured = unit.lstrip("万亿").replace("㎡", "平方米")
    if binding.how is How.SHARE:
        return Proposal(_with(binding, 0, 2), one.likeness)
    fits = _fits(column, measured)
    return Proposal(_with(binding, shift if fits else 0, _places(column, shift)), one.likeness * (1.0 if fits else 0.8))


def _fits(column: ReturnColumn | None, measured: str) -> bool:
    own = column.unit if column is not None else ""
    return not measured or not own or measured == own or (measured in "个所班间" and own in "个所班间")


def _places(column: ReturnColumn | None, shift: int) -> int:
    return 2 if shift or isinstance(column, Amount) else 0


def _with(one: Binding, shift: int, places: int) -> Binding:
    return Binding(one.field, one.kind, one.column, one.how, one.where, one.among, shift, places, one.over)
