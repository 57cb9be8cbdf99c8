"""A publication's tables as files other programs read: CSV, SDMX-CSV with its structure, and a Frictionless Data Package.

Source: specs.frictionlessdata.io, Tabular Data Package, Tabular Data Resource and Table Schema, version 1.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Mapping

from luoshi.publishing.nouns import WITHHELD, Edition, Holds, OpenColumn, Publication, Table, name_of_row
from luoshi.publishing.opening.codes import code_of_unit
from luoshi.publishing.opening.figures import MADE_UP
from luoshi.publishing.opening.sdmx import agency
from luoshi.publishing.structures import Codes, SdmxCode, Structure, message, observations
from luoshi.words.provenance import digest

_MARK = "\ufeff"
"""Without it Excel and WPS read UTF-8 as GBK."""
_TYPES = {Holds.WORDS: "string", Holds.NUMBER: "number", Holds.DAY: "date"}
_STATUS = {"A": "正常", "M": "无数据", "Q": "人数过少，不公布"}
_FREQ = {"A": "年", "Q": "季", "D": "日"}
_NAMES = {
    "FREQ": "频度",
    "ROW": "行",
    "COLUMN": "列",
    "TIME_PERIOD": "时期",
    "OBS_VALUE": "数值",
    "UNIT_MEASURE": "计量单位",
    "OBS_STATUS": "数的状况",
    "COMMENT": "说明",
}
_PLAIN = re.compile(r"[A-Za-z0-9_@$-]+")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""What a zip calls the beginning of time: the same tables make the same file."""


def table_csv(table: Table, note: str = "", *, excel: bool = False) -> bytes:
    """One table after RFC 4180; what is withheld says so, nothing known is empty, and nothing begins a formula.

    Args:
        table: what is written.
        note: stands in a column of its own at the end of every line: 演示数据（虚构）.
        excel: with the mark that makes Excel and WPS read UTF-8, and with Chinese headings.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = [_heading(one) if excel else one.key for one in table.columns]
    writer.writerow([*heads, *(["说明" if excel else "note"] if note else [])])
    writer.writerows([*_cells(table, row), *([note] if note else [])] for row in table.rows)
    return ((_MARK if excel else "") + out.getvalue()).encode()


def _heading(one: OpenColumn) -> str:
    return f"{one.label}（{one.unit}）" if one.unit else one.label


def _cells(table: Table, row: tuple[str, ...]) -> list[str]:
    return [
        value if column.holds is not Holds.WORDS else harmless(value)
        for column, value in zip(table.columns, row, strict=True)
    ]


def harmless(words: str) -> str:
    """Words that no table program takes for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@"} and not words.lstrip("-").isdecimal() else words


def data_package(told: Publication, edition: Edition) -> dict[str, bytes]:
    """Files by name: each table, its SDMX-CSV and structure where it holds numbers, and datapackage.json."""
    note = MADE_UP if told.imaginary else ""
    tables = {f"{one.key}.csv": table_csv(one, note) for one in edition.content.tables}
    observed = [file for one in edition.content.tables if one.numbers for file in sdmx(told, edition, one).items()]
    return {**tables, **dict(observed), "datapackage.json": json_of(_descriptor(told, edition, tables, note))}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip; the same files make the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            folder.writestr(part, content)
    return out.getvalue()


def _descriptor(told: Publication, edition: Edition, tables: Mapping[str, bytes], note: str) -> dict[str, object]:
    content = edition.content
    said = [note, *content.text, content.doubt, edition.reason and f"更正理由：{edition.reason}"]
    sources = [{"title": " ".join(filter(None, (one.title, one.told)))} for one in content.sources]
    return {
        "profile": "tabular-data-package",
        "name": f"publication-{told.key}",
        "id": told.number,
        "title": content.title,
        "version": f"{edition.number}.0.0",
        "description": "。".join(one.rstrip("。") for one in said if one) + "。",
        "created": f"{edition.published}T00:00:00+08:00",
        "contributors": [{"title": told.publisher, "role": "publisher"}],
        **({"sources": sources} if sources else {}),
        "resources": [_resource(one, tables[f"{one.key}.csv"], note) for one in content.tables],
    }


def _resource(table: Table, content: bytes, note: str) -> dict[str, object]:
    fields = [_field(one) for one in table.columns]
    if note:
        fields.append({"name": "note", "title": "说明", "type": "string"})
    return {
        "profile": "tabular-data-resource",
        "name": table.key.replace("_", "-"),
        "path": f"{table.key}.csv",
        "title": table.title,
        **({"description": table.note} if table.note else {}),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{digest(content)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": fields, "missingValues": ["", WITHHELD]},
    }


def _field(one: OpenColumn) -> dict[str, object]:
    said = "；".join(words for words in (one.unit and f"单位：{one.unit}", one.note) if words)
    return {
        "name": one.key,
        "title": one.label,
        "type": _TYPES[one.holds],
        **({"description": said} if said else {}),
    }


def sdmx(told: Publication, edition: Edition, table: Table) -> dict[str, bytes]:
    """A table's numbers as SDMX-CSV 2.0, one observation a row and column, and the structure it names."""
    made = _structure(told, edition, table)
    period = edition.content.period
    frequency = "Q" if "-Q" in period else "A" if len(period) == len("2020") else "D"
    note = MADE_UP if told.imaginary else ""
    rows = (
        (frequency, code, one.key.upper(), period, *_observed(value, one, note))
        for code, row in zip(row_codes(table), table.rows, strict=True)
        for one, value in zip(table.columns, row, strict=True)
        if one.holds is Holds.NUMBER
    )
    return {f"{table.key}.sdmx.csv": observations(made, rows), f"{table.key}.structure.json": message(made)}


def _observed(value: str, one: OpenColumn, note: str) -> tuple[str, str, str, str]:
    withheld = value == WITHHELD
    status = "Q" if withheld else "A" if value else "M"
    return "" if withheld else value, code_of_unit(one.unit), status, "；".join(filter(None, (note, one.note)))


def row_codes(table: Table) -> list[str]:
    """A code a row: its first cell where that is plain letters and figures and no other row's, else one made of its name."""
    firsts = [row[0] for row in table.rows]
    told = list[str]()
    for row in table.rows:
        plain = _PLAIN.fullmatch(row[0]) and firsts.count(row[0]) == 1
        code = row[0] if plain else f"R_{digest(name_of_row(table, row).encode())[:8].upper()}"
        many = 2
        while code in told:
            code, many = f"{code.partition('_X')[0]}_X{many}", many + 1
        told.append(code)
    return told


def _structure(told: Publication, edition: Edition, table: Table) -> Structure:
    rows = dict(zip(row_codes(table), (name_of_row(table, row) for row in table.rows), strict=True))
    units = {code_of_unit(one.unit): one.unit or "无单位" for one in table.numbers}
    lists = (
        _codes("FREQ", _FREQ),
        _codes("ROW", rows),
        _codes("COLUMN", {one.key.upper(): one.label for one in table.numbers}),
        _codes("UNIT_MEASURE", units),
        _codes("OBS_STATUS", _STATUS),
    )
    return Structure(
        keeper=agency(told.city),
        publisher=told.publisher,
        stem=table.key.upper(),
        title=f"{edition.content.title}：{table.title}",
        label=table.title,
        names=_NAMES,
        dimensions=("FREQ", "ROW", "COLUMN"),
        measures=("OBS_VALUE",),
        attributes=("UNIT_MEASURE", "OBS_STATUS", "COMMENT"),
        lists=lists,
        decimals=frozenset({"OBS_VALUE"}),
        prepared=f"{edition.published}T00:00:00+08:00",
        message=f"publication-{told.key}-{table.key}",
        test=told.imaginary,
    )


def _codes(concept: str, told: Mapping[str, str]) -> Codes:
    return Codes(concept, tuple(SdmxCode(key, label) for key, label in told.items()))


def json_of(told: Mapping[str, object]) -> bytes:
    """JSON as it is written everywhere: UTF-8, one space a level, a last line end."""
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
