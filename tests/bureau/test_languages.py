"""Chinese first, English by a switch, and nothing between the two."""

import ast
import gettext
import re
import shutil
import subprocess
from collections.abc import Iterator
from os import environ
from pathlib import Path

import pytest
from django.utils.translation.template import templatize

from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.plans.models import Proposal
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

BUREAU = Path(__file__).resolve().parents[2] / "src" / "luoshi" / "bureau"
FOLDER = BUREAU / "locale" / "en" / "LC_MESSAGES"
CALLS = {"_", "gettext", "gettext_noop", "gettext_lazy"}
HAN = re.compile(r"[\u3400-\u9fff]")
TEMPLATES = sorted(BUREAU.rglob("*.html"))


def _called(tree: ast.AST) -> Iterator[str]:
    """The first argument of every call that asks for a translation."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in CALLS and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _of_template(path: Path) -> Iterator[str]:
    """Django turns a template into something that looks like a program; what it asks for stands in gettext(u'…')."""
    made = templatize(path.read_text(encoding="utf-8"), origin=path.name)
    for found in re.finditer(
        r"""gettext\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|'''.*?'''|\"\"\".*?\"\"\")\)""", made, re.DOTALL
    ):
        yield ast.literal_eval(found.group(1))
    for found in re.finditer(r"""(?<![a-z])_\(('[^']*'|"[^"]*")\)""", made):
        yield ast.literal_eval(found.group(1))


def _asked() -> dict[str, str]:
    """Every text that is asked for, with the file that asks."""
    told = {text: path.name for path in TEMPLATES for text in _of_template(path)}
    for path in sorted(BUREAU.rglob("*.py")):
        told |= dict.fromkeys(_called(ast.parse(path.read_text(encoding="utf-8"))), path.name)
    return told


def _english() -> dict[str, str]:
    with (FOLDER / "django.mo").open("rb") as opened:
        return {str(key): value for key, value in gettext.GNUTranslations(opened)._catalog.items()}


def test_every_text_has_an_english_one() -> None:
    asked, english = _asked(), _english()
    assert len(asked) > 150
    assert {text: where for text, where in asked.items() if not english.get(text)} == {}


def test_no_english_text_is_left_over_or_still_chinese() -> None:
    asked = _asked()
    left_over = {text for text in _english() if text and text not in asked}
    assert left_over == set()
    assert {text: told for text, told in _english().items() if text and HAN.search(told)} == {}


def test_every_english_text_names_the_same_values() -> None:
    holes = re.compile(r"%\(\w+\)s|%s")
    assert {
        text for text, told in _english().items() if sorted(holes.findall(text)) != sorted(holes.findall(told))
    } == set()


def test_the_compiled_texts_are_those_of_the_source(tmp_path: Path) -> None:
    if shutil.which("msgfmt") is None:
        if environ.get("LUOSHI_REQUIRE_ALL"):
            pytest.fail("msgfmt is required here and not installed")
        pytest.skip("no msgfmt on this machine; apt-get install gettext")
    made = tmp_path / "django.mo"
    subprocess.run(["msgfmt", "--check", "-o", made, FOLDER / "django.po"], check=True)
    with made.open("rb") as fresh:
        told = gettext.GNUTranslations(fresh)._catalog
    assert {str(key): value for key, value in told.items()} == _english(), "run make words"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", text, flags=re.DOTALL)
    text = re.sub(r"{% translate .*?%}|_\('[^']*'\)|_\(\"[^\"]*\"\)|{#.*?#}", "", text, flags=re.DOTALL)
    said = [line.strip()[:80] for line in text.splitlines() if HAN.search(line)]
    assert [line for line in said if path.name != "_language.html"] == []


def test_the_switch_turns_every_page_and_stays(proposals: dict[str, Proposal], enter: Enter) -> None:
    row = confirm(actor("ducha"), proposals["2.1"].pk, 1)
    client = enter("ducha")
    pages = {
        "/": "Data as of",
        "/plans/": "",
        f"/plans/{row.edition_id}/points/1/": "",
        f"/plans/{row.edition_id}/weak/": "",
        f"/items/{row.pk}/": "",
        "/mechanisms/": "",
        "/figures/": "",
        "/journal/": "",
        "/enter/": "",
        "/nowhere/": "",
    }
    for page in pages:
        told = client.get(page, headers={"accept-language": "en"}).content.decode()
        assert '<html lang="zh-CN">' in told, page
    assert client.post("/language/", {"language": "en", "next": "/"})["Location"] == "/"
    english = _english()
    for page, words in pages.items():
        text = client.get(page).content.decode()
        assert '<html lang="en">' in text, page
        assert english["机制对照"] in text, page
        assert words in text
        assert "督查台账</a>" not in text, page
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    assert '<html lang="zh-CN">' in client.get("/").content.decode()
