"""A site read as strangers read it: strict HTML, links that lead somewhere, a list of digests, an independent reader of SDMX-CSV."""

import csv
import io
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import html5lib


class Links(HTMLParser):
    """Where a page leads, the ids it has, what its labels belong to."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.links, self.ids, self.labelled, self.inputs = list[str](), list[str](), set[str](), set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One opening tag."""
        told = {name: value or "" for name, value in attrs}
        self.links += [told[name] for name in ("href", "src", "action") if name in told]
        self.ids += [told["id"]] if "id" in told else []
        if tag == "label":
            self.labelled.add(told.get("for", ""))
        if tag in {"input", "select", "textarea"} and told.get("type") not in {"hidden", "submit"}:
            self.inputs.add(told.get("id", ""))


def read(page: bytes) -> Links:
    """A page's links and ids."""
    found = Links()
    found.feed(page.decode())
    return found


def faults(page: bytes) -> list[str]:
    """What is wrong with a page's HTML, by an independent parser of the standard, and by what it may not repeat or leave unnamed."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page)
    told = [f"{place}: {code}" for place, code, _ in parser.errors]
    found = read(page)
    told += [f"id {one} twice" for one in set(found.ids) if found.ids.count(one) > 1]
    return told + [f"input {one} without a label" for one in found.inputs - found.labelled]


def files_of(site: Path) -> dict[str, bytes]:
    """Every file by its path from the root."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def dead_links(files: dict[str, bytes]) -> Iterator[str]:
    """Links of pages that lead to no file, or to no place in it, or out of the folder."""
    pages = {name: read(content) for name, content in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        for link in page.links:
            told = urlsplit(link)
            if told.scheme or told.netloc or link.startswith("/"):
                yield f"{name}: {link} is not relative"
                continue
            target = _joined(name, unquote(told.path)) if told.path else name
            if target not in files:
                yield f"{name}: {link}"
            elif told.fragment and told.fragment not in pages[target].ids:
                yield f"{name}: {link} has no such place"


def _joined(page: str, link: str) -> str:
    parts = list(PurePosixPath(page).parent.parts)
    for part in PurePosixPath(link).parts:
        if part == "..":
            if not parts:
                return f"outside/{link}"
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def wrong_sums(files: dict[str, bytes]) -> list[str]:
    """Files whose digest is not the listed one, is not listed, or is listed and not there."""
    lines = files["SHA256SUMS"].decode().splitlines()
    listed = {name: told for told, name in (line.split("  ", 1) for line in lines)}
    there = {name: sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}
    return sorted(name for name in listed.keys() | there.keys() if listed.get(name) != there.get(name))


def read_sdmx(observed: bytes, structure: bytes) -> list[dict[str, str]]:
    """Observations by the structure alone, as a program reads them that never saw ours.

    Raises:
        AssertionError: a column that is no component, a code no list knows, a value that is no number, or a key twice.
    """
    data = json.loads(structure)["data"]
    parts = data["dataStructures"][0]["dataStructureComponents"]
    dimensions = [one["id"] for one in parts["dimensionList"]["dimensions"]] + ["TIME_PERIOD"]
    measures = [one["id"] for one in parts["measureList"]["measures"]]
    attributes = [one["id"] for one in parts["attributeList"]["attributes"]]
    codes = {f"CL_{one['id'].removeprefix('CL_')}": {each["id"] for each in one["codes"]} for one in data["codelists"]}
    components = [
        *parts["dimensionList"]["dimensions"],
        *parts["measureList"]["measures"],
        *parts["attributeList"]["attributes"],
    ]
    coded = {
        one["id"]: codes[re.search(r":(CL_\w+)\(", one["localRepresentation"]["enumeration"])[1]]  # type: ignore[index]
        for one in components
        if "enumeration" in one["localRepresentation"]
    }
    rows = list(csv.DictReader(io.StringIO(observed.decode())))
    flow = data["dataflows"][0]
    for row in rows:
        assert list(row) == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, *measures, *attributes]
        assert row["STRUCTURE"] == "dataflow"
        assert row["STRUCTURE_ID"] == f"{flow['agencyID']}:{flow['id']}({flow['version']})"
        assert all(row[name] in known for name, known in coded.items() if row[name] or name in dimensions), row
        assert all(not row[name] or float(row[name]) is not None for name in measures)
        assert all(row[name] for name in dimensions)
    keys = [tuple(row[name] for name in dimensions) for row in rows]
    assert len(keys) == len(set(keys))
    return rows
