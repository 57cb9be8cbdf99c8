"""What we ship to the browser keeps to what Chromium 78 knows, and nothing is loaded from elsewhere."""

import re
from pathlib import Path

import pytest

from tests.house.house import SOURCE, name_of

NEWER_CSS = {
    r":has\(": "105",
    r":is\(": "88",
    r":where\(": "88",
    r"@layer\b": "99",
    r"@container\b": "105",
    r"\b(clamp|min|max)\(\s*[\d.]": "79",
    r"\baspect-ratio\s*:": "88",
    r"\binset\s*:": "87",
    r"\d(dvh|svh|lvh)\b": "108",
    r"\baccent-color\s*:": "93",
    r"\bcolor-mix\(": "111",
    r"^\s*&": "112, nesting",
    r"(?<![-\w])(row-gap|column-gap|gap)\s*:": "84 in flex; write grid-gap in grids, margins elsewhere",
    r"\btext-wrap\s*:": "114",
    r"\bcontent-visibility\s*:": "85",
}
NEWER_SCRIPT = {
    r"\?\.(?!\d)": "80, optional chaining",
    r"\?\?": "80",
    r"\|\|=|&&=|\?\?=": "85",
    r"\.replaceAll\(": "85",
    r"\.at\(-?\d": "92",
    r"\bstructuredClone\(": "98",
    r"\bArray\.fromAsync\b": "121",
    r"\.replaceChildren\(": "86",
    r"\bPromise\.any\(": "85",
    r"#\w+\s*[=(;]": "84, private fields",
    r"\bObject\.hasOwn\(": "93",
    r"\.toSorted\(|\.findLast\(": "97 and later",
    r"^\s*(?:const|let|var)?.*=\s*await\b.*$(?<!async)": "89 at the top level",
}

SHEETS = sorted((SOURCE / "bureau").rglob("*.css"))
SCRIPTS = sorted((SOURCE / "bureau").rglob("*.js"))
TEMPLATES = sorted((SOURCE / "bureau").rglob("*.html"))


def _too_new(text: str, known: dict[str, str]) -> list[str]:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    met = ((pattern, version) for pattern, version in known.items() if re.search(pattern, text, re.MULTILINE))
    return [f"{pattern} needs {version}" for pattern, version in met]


@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_stylesheets_keep_to_chromium_78(sheet: Path) -> None:
    assert _too_new(sheet.read_text(encoding="utf-8"), NEWER_CSS) == []


@pytest.mark.parametrize("script", SCRIPTS or [None], ids=lambda path: name_of(path) if path else "none yet")
def test_scripts_keep_to_chromium_78(script: Path | None) -> None:
    if script is not None:
        assert _too_new(script.read_text(encoding="utf-8"), NEWER_SCRIPT) == []


def test_newer_features_would_be_seen() -> None:
    assert _too_new("a:has(b) { c: d }", NEWER_CSS)
    assert _too_new("ul { display: flex; gap: 4px }", NEWER_CSS)
    assert _too_new("x = a?.b", NEWER_SCRIPT)
    assert _too_new("x = a ? .5 : 1; grid-gap: 4px; max-width: 1em", NEWER_CSS | NEWER_SCRIPT) == []


@pytest.mark.parametrize("page", TEMPLATES, ids=name_of)
def test_pages_load_nothing_from_elsewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"(src|href)=[\"'](https?:)?//", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", text), "scripts stand in files"
    assert not re.search(r"\son[a-z]+=[\"']", text), "no inline handlers"
    assert "<style" not in text, "stylesheets stand in files: board/policy.py lets no other in"


@pytest.mark.parametrize("sheet", SHEETS, ids=[path.name for path in SHEETS])
def test_no_block_of_a_stylesheet_is_left_open(sheet: Path) -> None:
    """A brace too few puts all that follows under one narrow screen, and every page still answers."""
    plain = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
    for block in re.split(r"(?=@media)", plain):
        assert block.count("{") == block.count("}"), block[:200]
