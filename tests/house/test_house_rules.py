"""Names, promises and paper: the rules a reader would otherwise have to check by eye."""

import re
import subprocess
from pathlib import Path

from tests.house.house import ROOT, SOURCE, modules, name_of

VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common|stuff)($|_)|^(base|data|info)$")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_room_has_a_vague_name() -> None:
    assert [name_of(path) for path in modules(SOURCE) if VAGUE.search(path.stem)] == []


def test_nothing_is_left_to_do_without_an_address() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    all_code = modules(SOURCE, ROOT / "benchmarks")
    assert [name_of(path) for path in all_code if words.search(path.read_text("utf-8"))] == []


def test_the_project_names_no_machine_path_and_no_registry() -> None:
    forbidden = re.compile("/wor" + "k/|/hom" + "e/[a-z]|pypi" + r"\.org|python" + r"hosted|registry\.np" + "mjs")
    text = [path for path in _tracked() if path.suffix not in {".png", ".jpg", ".mo", ".ico"}]
    assert [name_of(path) for path in text if forbidden.search(path.read_text("utf-8", errors="replace"))] == []


def test_every_dependency_says_why_it_is_there() -> None:
    for listing in ("requirements.in", "requirements-dev.in", "requirements-bench.in", "requirements-spark.in"):
        for line in (ROOT / listing).read_text("utf-8").splitlines():
            if line and not line.startswith(("#", "-")):
                assert re.search(r"\S\s+# \S+", line), f"{listing}: {line}"


def test_locks_carry_a_hash_for_every_package() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt", "requirements-spark.txt"):
        lines = (line for line in (ROOT / lock).read_text("utf-8").splitlines() if not line.startswith("#"))
        blocks = re.split(r"\n(?=\S)", "\n".join(lines).strip())
        assert blocks
        assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_readme_puts_the_two_commands_first() -> None:
    for readme in ("README.md", "README.zh-CN.md"):
        text = (ROOT / readme).read_text("utf-8")
        demo, test = text.index("make demo"), text.index("make test")
        assert demo < test < text.index("\n## "), readme
