"""A DCAT record of what goes out, as JSON-LD: so that a catalogue of open data can take it in without a person.

Source: W3C Data Catalog Vocabulary (DCAT), version 2.
"""

from collections.abc import Mapping

from luoshi.publishing.opening.figures import Collection
from luoshi.words.provenance import digest

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(told: Collection, tables: Mapping[str, bytes]) -> dict[str, object]:
    """One catalogue with one dataset, whose distributions are the tables."""
    years = [one.period for one in told.figures]
    spell: dict[str, object] = {}
    if years:
        dates = {"dcat:startDate": _typed("gYear", str(min(years))), "dcat:endDate": _typed("gYear", str(max(years)))}
        spell = {"dct:temporal": {"@type": "dct:PeriodOfTime", **dates}}
    publisher = {"@type": "foaf:Agent", "foaf:name": told.publisher}
    licence = {} if told.licence is None else {"dct:license": told.licence.path or told.licence.name}
    dataset = {
        "@type": "dcat:Dataset",
        "dct:identifier": f"{told.key}-indicators",
        "dct:title": _chinese(told.title),
        "dct:description": _chinese("。".join(one for one in (told.note, told.description) if one)),
        "dct:issued": _typed("dateTime", told.made.isoformat(timespec="seconds")),
        "dct:publisher": publisher,
        "dct:language": "zh",
        "dcat:keyword": [_chinese(one.label) for one in told.indicators],
        **spell,
        **licence,
        "dcat:distribution": [_distribution(name, content) for name, content in tables.items()],
    }
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "dct:title": _chinese(told.title),
        "dct:publisher": publisher,
        "dcat:dataset": [dataset],
    }


def _distribution(name: str, content: bytes) -> dict[str, object]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": name,
        "dcat:downloadURL": {"@id": name},
        "dcat:mediaType": "text/csv",
        "dcat:byteSize": _typed("decimal", str(len(content))),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", digest(content)),
        },
    }


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": value}


def _chinese(words: str) -> dict[str, str]:
    return {"@language": "zh", "@value": words}
