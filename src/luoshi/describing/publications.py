"""The sorts of publication as a page: what each is made of, by when it is due, and what is unsure about it."""

from collections.abc import Iterator

import luoshi.declared.procedures
import luoshi.declared.publications
from luoshi.declared.measures import MEASURES
from luoshi.describing.markdown import code, table
from luoshi.handling.gathering import procedures, registers
from luoshi.publishing.declaring import (
    Asked,
    Every,
    Figure,
    Kind,
    OfCases,
    OfLists,
    OfMeasures,
    OfPoints,
    OfRegister,
    OfRoster,
    Since,
    kinds,
)
from luoshi.words.parameters import shown

_EVERY = {Every.YEAR: "a year", Every.QUARTER: "a quarter", Every.DAY: "a day's standing"}
_SINCE = {Since.CASE: "each case ended", Since.PERIOD: "the period is over"}


def page() -> str:
    """Every declared sort."""
    known = kinds(luoshi.declared.publications)
    head = f"""# Publications

{len(known)} sorts, one file each in `src/luoshi/declared/publications`. From a file come the draft, its files and its due days; nobody types
what is held ([how](../howto/publish.md)). Counts of persons below the parameter `small_cell` are withheld, and what would tell of them.

"""
    return head + "\n".join(_kind(one) for one in known.values())


def _kind(one: Kind) -> str:
    answers = f" Answers {', '.join(one.answers)}." if one.answers else ""
    due = ""
    if one.due:
        days = shown(one.due.days.value, one.due.days.unit)
        due = f" Public within {days} after {_SINCE[one.due.since]}: {code(one.due.days.key)}, {one.due.days.doubt}."
    doubt = f" {one.doubt}。" if one.doubt else ""
    text = "".join(f"- {paragraph}\n" for paragraph in one.text)
    said = f"It tells of {_EVERY[one.every]}.{answers}{due} {one.basis}。{doubt}"
    rows = (row for asked in one.tables for row in _rows(asked))
    return f'<a id="{one.key}"></a>\n\n## {one.label}\n\n{said}\n\n{text}\n{table(("table", "column", "from", "note"), rows)}'


def _rows(asked: Asked) -> Iterator[tuple[str, ...]]:
    match asked:
        case OfMeasures():
            yield from ((asked.title, _labelled(one), _reckoned(one), one.note) for one in asked.figures)
        case OfRegister():
            of = registers(luoshi.declared.procedures)[asked.register]
            public = "、".join(one.label for one in of.public)
            yield asked.title, public, f"{of.label}, entries that stand", asked.note
        case OfLists():
            yield (
                asked.title,
                "the public fields of each",
                f"every list of {code(asked.of.__name__)} that tells of no person",
                asked.note,
            )
        case OfRoster():
            yield (
                asked.title,
                "标识码、名称、县(市、区)、乡镇、办学类型、举办者",
                "the register of institutions",
                asked.note,
            )
        case OfCases():
            of_cases = procedures(luoshi.declared.procedures)[asked.procedure]
            fields = "、".join(of_cases.declaration.fields[key].label for key in asked.fields)
            yield asked.title, fields, f"{of_cases.label}, decided and told nowhere yet", asked.note
        case OfPoints():
            points = procedures(luoshi.declared.procedures)[asked.procedure]
            options = points.declaration.fields[asked.choice].options
            worth = "、".join(f"{options[key]} {many}" for key, many in asked.points.items())
            yield asked.title, worth, f"{points.label}, by the unit that opened it", asked.note


def _labelled(one: Figure) -> str:
    return f"{one.label}（{one.unit}）" if one.unit else one.label


def _reckoned(one: Figure) -> str:
    """The formula, in keys of measures."""
    told = code(one.measure) if one.part == "value" else f"{one.part} of {code(one.measure)}"
    if one.beside:
        told = f"{told} − {code(one.beside)}"
    told = f"{told} − {one.less}" if one.less else told
    told = f"({told}) ÷ {one.per}" if one.per != 1 else told
    return f"{told}: {MEASURES[one.measure].label}"
