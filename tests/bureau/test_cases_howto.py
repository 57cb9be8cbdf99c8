"""The how-to of cases: its table is read by its command and prints what the page shows."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.bureau.board.doors import DOORS
from luoshi.bureau.board.working import OUTFIT
from luoshi.bureau.cases.models import Imported
from luoshi.bureau.people.models import City
from luoshi.cli import app

PAGE = Path(__file__).resolve().parents[2] / "docs" / "howto" / "cases.md"


@pytest.mark.django_db(transaction=True)
def test_the_command_of_the_page_reads_the_table_of_the_page(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = PAGE.read_text("utf-8")
    (table,) = re.findall(r"^```csv\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    command, printed = re.findall(r"^```text\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    (tmp_path / "办件数.csv").write_text(table, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, shlex.split(command.removeprefix("luoshi ")))
    assert (told.exit_code, told.output) == (0, printed)
    assert Imported.objects.count() == 3


def test_the_page_names_parts_of_the_round_and_addresses_that_there_are() -> None:
    text = PAGE.read_text("utf-8")
    labels = {part.label for part in OUTFIT.parts}
    named = set(re.findall(r"^\| ([\u3400-\u9fff]+) \|", text, re.MULTILINE))
    assert named
    assert named <= labels
    assert {"matters", "matter_new", "extracts"} <= set(DOORS)
