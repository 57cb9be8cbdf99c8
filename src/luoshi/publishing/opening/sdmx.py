"""SDMX-CSV 2.0 and the structure it names, as SDMX-JSON 2.0.

Source: SDMX 3.0, section on data messages, SDMX-CSV: the columns STRUCTURE, STRUCTURE_ID and ACTION, then a column a component by
its id; codes, not labels, stand in the cells. Of one key only the figure known last is told: SDMX knows one value an observation.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO

from luoshi.publishing.opening.codes import (
    DEFINITIONS,
    Code,
    Codes,
    code_of_definition,
    code_of_unit,
    codes,
    status_of,
)
from luoshi.publishing.opening.figures import Collection, OpenFigure

VERSION = "1.0.0"
FLOW = "DF_INDICATORS"
_DSD = "DSD_INDICATORS"
_CONCEPTS = "CS_INDICATORS"
_SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"
_DAY = 10
"""Characters of a day."""
DIMENSIONS = ("FREQ", "REF_AREA", "INDICATOR", "STANDING", "DEFINITION")
MEASURES = ("OBS_VALUE",)
ATTRIBUTES = ("NUMERATOR", "DENOMINATOR", "UNIT_MEASURE", "OBS_STATUS", "COMMENT", "SOURCE")
_NAMES: Mapping[str, str] = {
    "FREQ": "频度",
    "REF_AREA": "单位",
    "INDICATOR": "指标",
    "STANDING": "性质",
    DEFINITIONS: "口径",
    "TIME_PERIOD": "时期",
    "OBS_VALUE": "指标值",
    "NUMERATOR": "分子",
    "DENOMINATOR": "分母",
    "UNIT_MEASURE": "计量单位",
    "OBS_STATUS": "数的状况",
    "COMMENT": "说明",
    "SOURCE": "来源",
}


def sdmx(told: Collection) -> dict[str, bytes]:
    """Files by name: the observations and their structure."""
    return {"figures.sdmx.csv": sdmx_csv(told), "structure.json": sdmx_structure(told)}


def sdmx_csv(told: Collection) -> bytes:
    """Observations, one a line."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "TIME_PERIOD", *MEASURES, *ATTRIBUTES])
    flow = f"{agency(told)}:{FLOW}({VERSION})"
    writer.writerows(["dataflow", flow, "I", *_observation(one, told.note)] for one in _last(told.figures))
    return out.getvalue().encode()


def agency(told: Collection) -> str:
    """Who keeps the structure: the city's name in capitals."""
    return f"{told.key.upper().replace('-', '_')}_EDU"


def _last(figures: Iterable[OpenFigure]) -> list[OpenFigure]:
    """Of figures with the same key the one known last."""
    kept = dict[tuple[str, ...], OpenFigure]()
    for one in figures:
        key = _key(one)
        if key not in kept or (kept[key].known, kept[key].version) < (one.known, one.version):
            kept[key] = one
    return list(kept.values())


def _key(one: OpenFigure) -> tuple[str, ...]:
    yearly = one.standing == "measured"
    period = str(one.period) if yearly or len(one.on) != _DAY else one.on
    codes_of = (one.division, one.indicator, one.standing.upper(), code_of_definition(one.definition))
    return ("A" if len(period) < _DAY else "D", *codes_of, period)


def _observation(one: OpenFigure, note: str) -> Sequence[str]:
    said = "；".join(words for words in (note, one.doubt, one.shown if one.withheld else "") if words)
    return (
        *(*_key(one), one.value, one.numerator, one.denominator),
        *(code_of_unit(one.unit), status_of(one), said, one.source),
    )


def sdmx_structure(told: Collection) -> bytes:
    """Concepts, code lists, the data structure and the dataflow, as one SDMX-JSON structure message."""
    keeper = agency(told)
    lists = codes(told)
    message = {
        "meta": {
            "schema": _SCHEMA,
            "id": f"{told.key}-structure",
            "test": told.imaginary,
            "prepared": told.made.isoformat(timespec="seconds"),
            "contentLanguages": ["zh"],
            "sender": {"id": keeper, "name": told.publisher},
        },
        "data": {
            "conceptSchemes": [_scheme(keeper)],
            "codelists": [_codelist(keeper, one) for one in lists],
            "dataStructures": [_data_structure(keeper, {one.concept for one in lists})],
            "dataflows": [
                {
                    **_identity(keeper, FLOW, "　".join(one for one in (told.title, told.note) if one)),
                    "structure": _urn("datastructure.DataStructure", keeper, _DSD),
                }
            ],
        },
    }
    return (json.dumps(message, ensure_ascii=False, indent=1) + "\n").encode()


def _identity(keeper: str, name: str, label: str) -> dict[str, object]:
    return {"id": name, "agencyID": keeper, "version": VERSION, "name": label, "names": {"zh": label}}


def _urn(kind: str, keeper: str, name: str, item: str = "") -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={keeper}:{name}({VERSION})" + (f".{item}" if item else "")


def _scheme(keeper: str) -> dict[str, object]:
    concepts = [{"id": key, "name": label, "names": {"zh": label}} for key, label in _NAMES.items()]
    return {**_identity(keeper, _CONCEPTS, "概念"), "concepts": concepts}


def _codelist(keeper: str, one: Codes) -> dict[str, object]:
    return {**_identity(keeper, one.name, _NAMES[one.concept]), "codes": [_code(each) for each in one.codes]}


def _code(one: Code) -> dict[str, object]:
    return {"id": one.id, "name": one.label, "names": {"zh": one.label}}


def _data_structure(keeper: str, coded: set[str]) -> dict[str, object]:
    def component(name: str) -> dict[str, object]:
        told: dict[str, object] = {
            "id": name,
            "conceptIdentity": _urn("conceptscheme.Concept", keeper, _CONCEPTS, name),
        }
        if name in coded:
            told["localRepresentation"] = {"enumeration": _urn("codelist.Codelist", keeper, f"CL_{name}")}
        elif name in {"OBS_VALUE", "NUMERATOR", "DENOMINATOR"}:
            told["localRepresentation"] = {"format": {"dataType": "Decimal"}}
        else:
            told["localRepresentation"] = {"format": {"dataType": "String"}}
        return told

    observed = {"usage": "optional", "attributeRelationship": {"observation": {}}}
    period = {**component("TIME_PERIOD"), "localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}}}
    return {
        **_identity(keeper, _DSD, "指标值"),
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": [{**component(name), "position": place} for place, name in enumerate(DIMENSIONS)],
                "timeDimension": period,
            },
            "measureList": {
                "id": "MeasureDescriptor",
                "measures": [{**component(name), "usage": "optional"} for name in MEASURES],
            },
            "attributeList": {
                "id": "AttributeDescriptor",
                "attributes": [{**component(name), **observed} for name in ATTRIBUTES],
            },
        },
    }
