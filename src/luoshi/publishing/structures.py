"""The structure that SDMX-CSV names, as an SDMX-JSON 2.0 structure message: concepts, code lists, data structure, dataflow.

Source: SDMX 3.0, section on data messages, SDMX-CSV: the columns STRUCTURE, STRUCTURE_ID and ACTION, then a column a component by
its id; codes, not labels, stand in the cells.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

VERSION = "1.0.0"
_SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"


@dataclass(frozen=True, slots=True)
class SdmxCode:
    """One code."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Codes:
    """The code list of one concept."""

    concept: str
    codes: tuple[SdmxCode, ...]

    @property
    def name(self) -> str:
        """Its id."""
        return f"CL_{self.concept}"


@dataclass(frozen=True, slots=True)
class Structure:
    """What a file of observations is made of."""

    keeper: str
    """Id of the agency: capitals."""
    publisher: str
    stem: str
    """Capitals that end the ids of its artefacts: INDICATORS makes DF_INDICATORS and DSD_INDICATORS."""
    title: str
    label: str
    """Of the data structure."""
    names: Mapping[str, str]
    """What every concept is called, by id, in their order."""
    dimensions: tuple[str, ...]
    """But TIME_PERIOD, which follows them."""
    measures: tuple[str, ...]
    attributes: tuple[str, ...]
    lists: tuple[Codes, ...]
    decimals: frozenset[str]
    """Concepts that are numbers."""
    prepared: str
    """When the message was put together."""
    message: str
    """Id of the message."""
    test: bool = False
    """Of a made-up city."""

    @property
    def flow(self) -> str:
        """The dataflow as SDMX-CSV names it."""
        return f"{self.keeper}:DF_{self.stem}({VERSION})"


def observations(told: Structure, rows: Iterable[Sequence[str]]) -> bytes:
    """SDMX-CSV 2.0, one observation a line.

    Args:
        told: what the cells are.
        rows: dimensions, TIME_PERIOD, measures and attributes, in the structure's order.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    heads = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *told.dimensions, "TIME_PERIOD", *told.measures, *told.attributes)
    writer.writerow(heads)
    writer.writerows(("dataflow", told.flow, "I", *row) for row in rows)
    return out.getvalue().encode()


def message(told: Structure) -> bytes:
    """Concepts, code lists, the data structure and the dataflow as one message."""
    flow = {
        **_identity(told.keeper, f"DF_{told.stem}", told.title),
        "structure": _urn("datastructure.DataStructure", told.keeper, f"DSD_{told.stem}"),
    }
    written = {
        "meta": {
            "schema": _SCHEMA,
            "id": told.message,
            "test": told.test,
            "prepared": told.prepared,
            "contentLanguages": ["zh"],
            "sender": {"id": told.keeper, "name": told.publisher},
        },
        "data": {
            "conceptSchemes": [_scheme(told)],
            "codelists": [_codelist(told, one) for one in told.lists],
            "dataStructures": [_data_structure(told)],
            "dataflows": [flow],
        },
    }
    return (json.dumps(written, ensure_ascii=False, indent=1) + "\n").encode()


def _identity(keeper: str, name: str, label: str) -> dict[str, object]:
    return {"id": name, "agencyID": keeper, "version": VERSION, "name": label, "names": {"zh": label}}


def _urn(kind: str, keeper: str, name: str, item: str = "") -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={keeper}:{name}({VERSION})" + (f".{item}" if item else "")


def _scheme(told: Structure) -> dict[str, object]:
    concepts = [{"id": key, "name": label, "names": {"zh": label}} for key, label in told.names.items()]
    return {**_identity(told.keeper, f"CS_{told.stem}", "概念"), "concepts": concepts}


def _codelist(told: Structure, one: Codes) -> dict[str, object]:
    codes = [{"id": each.id, "name": each.label, "names": {"zh": each.label}} for each in one.codes]
    return {**_identity(told.keeper, one.name, told.names[one.concept]), "codes": codes}


def _component(told: Structure, name: str) -> dict[str, object]:
    meant = _urn("conceptscheme.Concept", told.keeper, f"CS_{told.stem}", name)
    if name in {one.concept for one in told.lists}:
        form: dict[str, object] = {"enumeration": _urn("codelist.Codelist", told.keeper, f"CL_{name}")}
    else:
        form = {"format": {"dataType": "Decimal" if name in told.decimals else "String"}}
    return {"id": name, "conceptIdentity": meant, "localRepresentation": form}


def _data_structure(told: Structure) -> dict[str, object]:
    observed: dict[str, object] = {"usage": "optional", "attributeRelationship": {"observation": {}}}
    form: dict[str, object] = {"localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}}}
    dimensions = [_component(told, name) | {"position": place} for place, name in enumerate(told.dimensions)]
    return {
        **_identity(told.keeper, f"DSD_{told.stem}", told.label),
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": dimensions,
                "timeDimension": _component(told, "TIME_PERIOD") | form,
            },
            "measureList": {
                "id": "MeasureDescriptor",
                "measures": [_component(told, name) | {"usage": "optional"} for name in told.measures],
            },
            "attributeList": {
                "id": "AttributeDescriptor",
                "attributes": [_component(told, name) | observed for name in told.attributes],
            },
        },
    }
