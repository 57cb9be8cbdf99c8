"""`luoshi procedure check`: a file somebody wrote is proved and drawn, or refused with all that is wrong."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from luoshi.cli import app

HEAD = """
from luoshi.handling.declaring import Procedure
from luoshi.handling.fields import line
from luoshi.handling.nouns import Begin, End, State
from luoshi.handling.parts import HOST
"""
WHOLE = """
class Lending(Procedure, key="lending", label="场地借用"):
    room = line("场地")
    asked = Begin("已申请", by=HOST, asks=[room])
    lent = End("已借用")
    lend = asked.to(lent, "同意", by=HOST)
"""
ASTRAY = """
class Lending(Procedure, key="lending", label="场地借用"):
    room = line("场地")
    asked = Begin("已申请", by=HOST)
    lost = State("到不了")
    lent = End("已借用")
    lend = asked.to(lent, "同意", by=HOST)
    leave = lost.to(lent, "离开", by=HOST)
"""


def told(tmp_path: Path, text: str, *options: str) -> tuple[int, str]:
    file = tmp_path / "lending.py"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, ["procedure", "check", str(file), *options])
    return done.exit_code, done.output


def test_a_whole_procedure_is_told_and_drawn(tmp_path: Path) -> None:
    code, printed = told(tmp_path, HEAD + WHOLE, "--picture", str(tmp_path / "lending.svg"))
    assert code == 0
    assert "场地借用：2 个状态，1 步，1 栏。" in printed
    assert "同意（主办科室） → 已借用" in printed
    assert ">已借用<" in (tmp_path / "lending.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + ASTRAY, "nobody reaches 到不了"),
        (HEAD + ASTRAY, "场地 is never asked"),
        (HEAD, "没有流程"),
        (HEAD + "class (", "invalid syntax"),
        (WHOLE, "name 'Procedure' is not defined"),
        ("import luoshi.handling.nothing", "No module named"),
    ],
)
def test_what_cannot_be_right_is_refused_in_four_parts_with_all_that_is_wrong(
    tmp_path: Path, text: str, said: str
) -> None:
    code, printed = told(tmp_path, text)
    assert code != 0
    assert said in printed
    assert "处理：" in printed
    assert "Traceback" not in printed


def test_a_file_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["procedure", "check", str(tmp_path / "none.py")])
    assert done.exit_code != 0
    assert "读不了" in done.output
