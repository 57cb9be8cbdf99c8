"""What the commands print is whole: Chinese has no spaces, and a table that cuts it hides the promise."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from luoshi import telling
from luoshi.reading import read_text

PLAN = read_text((Path(__file__).resolve().parents[2] / "cities" / "xingzhou" / "plan.txt").read_text("utf-8"))


@pytest.mark.parametrize("width", [80, 132])
@pytest.mark.parametrize("told", [telling.print_plan, telling.print_weak])
def test_no_word_is_cut_on_a_terminal(told, width: int) -> None:
    out = io.StringIO()
    told(PLAN, console=Console(file=out, width=width))
    assert "无法核验" in out.getvalue()
    assert "…" not in out.getvalue()
