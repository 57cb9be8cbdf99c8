"""Every relative link of every Markdown page leads somewhere, to the heading."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.house import ROOT, name_of

LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def _pages() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", "*.md"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)"', text))


def _dead(page: Path, root: Path = ROOT) -> list[str]:
    dead = []
    for link in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        there = (page.parent / path).resolve() if path else page
        if (
            not there.exists()
            or not there.is_relative_to(root)
            or (anchor and anchor not in _anchors(there.read_text("utf-8")))
        ):
            dead.append(link)
    return dead


@pytest.mark.parametrize("page", _pages(), ids=name_of)
def test_relative_links_lead_somewhere(page: Path) -> None:
    assert _dead(page) == []


def test_a_dead_link_would_be_seen(tmp_path: Path) -> None:
    sample = tmp_path / "sample.md"
    sample.write_text(
        "# A b\n[x](nowhere.md) [y](#a-b) [z](#c) [u](../up.md)\n```\n[n](no.md)\n```\n", encoding="utf-8"
    )
    assert _dead(sample, tmp_path) == ["nowhere.md", "#c", "../up.md"]
