"""Frictionless Data Package, version 1: three tables and the descriptor that says what is in them.

Source: specs.frictionlessdata.io, Tabular Data Package, Tabular Data Resource and Table Schema, version 1.
"""

import json
from collections.abc import Mapping, Sequence

from luoshi.publishing.opening.catalogue import catalogue
from luoshi.publishing.opening.figures import STANDINGS, Collection
from luoshi.publishing.opening.table import (
    DIVISIONS,
    FIGURES,
    INDICATORS,
    KEY,
    OpenHeading,
    divisions_csv,
    figures_csv,
    indicators_csv,
)
from luoshi.words.provenance import digest

DESCRIPTOR = "datapackage.json"
_UNLICENSED = "使用许可由发布单位确定，尚未写明。"
_ENUMS: Mapping[str, Sequence[str]] = {"standing": tuple(STANDINGS), "level": ("city", "county")}
_FOREIGN = [
    {"fields": "indicator", "reference": {"resource": "indicators", "fields": "key"}},
    {"fields": "division", "reference": {"resource": "divisions", "fields": "code"}},
]


def data_package(told: Collection) -> dict[str, bytes]:
    """Files by name: the tables, datapackage.json and the DCAT record of them."""
    tables = {
        "figures.csv": figures_csv(told),
        "indicators.csv": indicators_csv(told),
        "divisions.csv": divisions_csv(told),
    }
    descriptor = _json(_descriptor(told, tables))
    return {**tables, DESCRIPTOR: descriptor, "dcat.jsonld": _json(catalogue(told, tables))}


def _descriptor(told: Collection, tables: Mapping[str, bytes]) -> dict[str, object]:
    licences = {} if told.licence is None else {"licenses": [_licence(told.licence.name, told.licence.path)]}
    words = (told.note, told.description, "" if told.licence else _UNLICENSED)
    sources = {one.source: one.source_url for one in told.figures if one.source}
    return {
        "profile": "tabular-data-package",
        "name": f"{told.key}-indicators",
        "title": told.title,
        "description": "。".join(one.rstrip("。") for one in words if one) + "。",
        "created": told.made.isoformat(timespec="seconds"),
        "contributors": [{"title": told.publisher, "role": "publisher"}],
        **({"sources": [_source(*one) for one in sources.items()]} if sources else {}),
        **licences,
        "resources": [
            _resource("figures", "指标值", tables, FIGURES, {"primaryKey": list(KEY), "foreignKeys": _FOREIGN}),
            _resource("indicators", "指标", tables, INDICATORS, {"primaryKey": "key"}),
            _resource("divisions", "单位", tables, DIVISIONS, {"primaryKey": "code"}),
        ],
    }


def _licence(name: str, path: str) -> dict[str, str]:
    return {"name": name, **({"path": path} if path else {})}


def _source(title: str, url: str) -> dict[str, str]:
    return {"title": title, **({"path": url} if url else {})}


def _resource(
    name: str, title: str, tables: Mapping[str, bytes], heads: Sequence[OpenHeading], keys: Mapping[str, object]
) -> dict[str, object]:
    content = tables[f"{name}.csv"]
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{digest(content)}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [_field(one) for one in heads], "missingValues": [""], **keys},
    }


def _field(one: OpenHeading) -> dict[str, object]:
    limits: dict[str, object] = {"required": True} if one.required else {}
    if one.name in _ENUMS:
        limits["enum"] = list(_ENUMS[one.name])
    return {
        "name": one.name,
        "title": one.title,
        "type": one.type,
        **({"description": one.description} if one.description else {}),
        **({"constraints": limits} if limits else {}),
    }


def _json(told: Mapping[str, object]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
