"""DCAT records as JSON-LD: so that a catalogue of open data can take in what is published without a person.

Source: W3C Data Catalog Vocabulary (DCAT), version 2.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.words.provenance import digest

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""Media types by how a file's name ends."""
_DATE = 10
"""Characters of a day."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a dataset."""

    name: str
    """Where it lies, from the catalogue: a path or an address."""
    content: bytes
    title: str = ""
    """What it is called; without, its name."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is told together."""

    key: str
    title: str
    description: str
    issued: str
    """A day, or a moment with its time zone, by ISO 8601."""
    files: tuple[Distribution, ...]
    keywords: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    """The first and the last it tells of."""
    licence: str = ""
    modified: str = ""
    """The day of its last correction."""
    page: str = ""
    """Where people read it."""


def catalog(title: str, publisher: str, datasets: Iterable[Dataset]) -> dict[str, object]:
    """One catalogue with its datasets."""
    agent = {"@type": "foaf:Agent", "foaf:name": publisher}
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "dct:title": _chinese(title),
        "dct:publisher": agent,
        "dcat:dataset": [_dataset(one, agent) for one in datasets],
    }


def _dataset(one: Dataset, agent: dict[str, str]) -> dict[str, object]:
    spell: dict[str, object] = {}
    if one.years:
        first, last = one.years
        dates = {"dcat:startDate": _typed("gYear", str(first)), "dcat:endDate": _typed("gYear", str(last))}
        spell = {"dct:temporal": {"@type": "dct:PeriodOfTime", **dates}}
    return {
        "@type": "dcat:Dataset",
        "dct:identifier": one.key,
        "dct:title": _chinese(one.title),
        "dct:description": _chinese(one.description),
        "dct:issued": _moment(one.issued),
        **({"dct:modified": _moment(one.modified)} if one.modified else {}),
        "dct:publisher": agent,
        "dct:language": "zh",
        "dcat:keyword": [_chinese(words) for words in one.keywords],
        **spell,
        **({"dct:license": one.licence} if one.licence else {}),
        **({"dcat:landingPage": {"@id": one.page}} if one.page else {}),
        "dcat:distribution": [_distribution(each) for each in one.files],
    }


def _distribution(one: Distribution) -> dict[str, object]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": one.title or one.name,
        "dcat:downloadURL": {"@id": one.name},
        "dcat:mediaType": MEDIA.get(one.name.rpartition(".")[2], "application/octet-stream"),
        "dcat:byteSize": _typed("decimal", str(len(one.content))),
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", digest(one.content)),
        },
    }


def _moment(words: str) -> dict[str, str]:
    return _typed("date" if len(words) == _DATE else "dateTime", words)


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": value}


def _chinese(words: str) -> dict[str, str]:
    return {"@language": "zh", "@value": words}
