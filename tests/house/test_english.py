"""English by a switch: every word of the screens has its English, and what is shipped was made from what is written."""

import gettext
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.house import SOURCE, modules

WORDS = SOURCE / "bureau" / "locale" / "en" / "LC_MESSAGES" / "django.po"
_TAGS = re.compile(r"\{%\s*translate\s+(?:\"([^\"]+)\"|'([^']+)')|_\(\"([^\"]+)\"\)")
_BLOCKS = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
_CALLS = re.compile(r"(?<!\w)_\(\"([^\"]+)\"\)")


def _entries() -> dict[str, str]:
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.*)"$', WORDS.read_text("utf-8"), re.MULTILINE)
    return dict(pairs)


def _used() -> set[str]:
    """What templates and code ask to be said."""
    used: set[str] = set()
    for path in (SOURCE / "bureau").rglob("*.html"):
        text = path.read_text("utf-8")
        used |= {word for found in _TAGS.finditer(text) for word in found.groups() if word}
        used |= {re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block) for block in _BLOCKS.findall(text)}
    for path in modules(SOURCE / "bureau"):
        used |= set(_CALLS.findall(path.read_text("utf-8")))
    return used


def test_every_word_of_the_screens_has_its_english() -> None:
    entries = _entries()
    assert len(_used()) > 100
    assert sorted(word for word in _used() if not entries.get(word)) == []


def test_no_word_is_asked_for_inside_a_formatted_string() -> None:
    """The collector of words cannot see it there."""
    hidden = [path.name for path in modules(SOURCE / "bureau") if "{_(" in path.read_text("utf-8")]
    assert hidden == []


def test_no_english_is_left_over() -> None:
    assert sorted(set(_entries()) - _used()) == []


def test_the_english_holds_no_chinese_but_marks_of_secrecy() -> None:
    kept = re.compile("绝密|机密|秘密|内部资料")
    assert {key: said for key, said in _entries().items() if re.search(r"[\u4e00-\u9fff]", kept.sub("", said))} == {}


def test_the_compiled_words_are_those_that_are_written(tmp_path: Path) -> None:
    if shutil.which("msgfmt") is None:
        if os.environ.get("LUOSHI_REQUIRE_ALL"):
            pytest.fail("msgfmt is required here and not installed")
        pytest.skip("no msgfmt on this machine; apt-get install gettext")
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "-o", str(made), str(WORDS)], check=True)
    with made.open("rb") as fresh, WORDS.with_suffix(".mo").open("rb") as shipped:
        assert gettext.GNUTranslations(shipped)._catalog == gettext.GNUTranslations(fresh)._catalog
