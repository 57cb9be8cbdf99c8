"""Papers through another office program and back: what went out is what comes back."""

import os
import shutil
import string
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.declared import LEDGER_COLUMNS
from luoshi.reading.handbacks import Handback, read_handback, same
from luoshi.reporting.papers import Paper, PaperRow, printable
from luoshi.reporting.word import as_word_table
from luoshi.reporting.workbook import as_workbook
from tests.examples import some

CODE = "LS-0123456789"
KEYS = ("number", "title", "target", "lead", "due", "progress")
COLUMNS = tuple(column for column in LEDGER_COLUMNS if column.key in KEYS)
FREE = ("title", "target", "due", "progress")
ESCAPED = "_x0041_"
"""Looks like a character written as its number, and is not."""
AWKWARD = (
    *(
        "=1+1",
        "=HYPERLINK(1)",
        "+86",
        "-3",
        "@甲",
        "'单引号",
        '"引号"',
        "“引号”",
        "<b>&amp;",
        ESCAPED,
        "第一行\n第二行",
    ),
    *(
        "0012",
        "1e5",
        "3.0",
        "50%",
        "≥85%",
        "2021-12-31",
        "9月底前",
        "长期坚持",
        "（公办）",
        "TRUE",
        "#N/A",
        "无",
        "",
        "长" * 900,
    ),
)
"""What offices write and programs like to take for something else."""
_SIGNS = (
    string.ascii_letters
    + string.digits
    + "，。、；：“”（）()《》=+-@'\"<>&%≥≤~/\\_ \n"
    + "新建幼儿园所科室完成学位覆盖率"
)
_WORDS = st.text(st.sampled_from(_SIGNS), max_size=60) | st.sampled_from(AWKWARD)
_ROWS = st.lists(st.fixed_dictionaries(dict.fromkeys(FREE, _WORDS)), min_size=1, max_size=5)


def _paper(told: list[dict[str, str]]) -> Paper:
    rows = [
        PaperRow(
            f"2021-15-{at:02}", {"number": f"2021-15-{at:02}", "lead": "教育科", **cells}, frozenset(FREE), "15 安全"
        )
        for at, cells in enumerate(told, 1)
    ]
    return Paper(CODE, "星州市教育局2021年督查台账", "发往：教育科", COLUMNS, rows, made_up=True)


def _changed(paper: Paper, back: Handback) -> list[tuple[str, str, str, str]]:
    """Row, column, what went out and what came back, of every cell that says something else."""
    assert (back.code, set(back.rows), back.doubts) == (CODE, {row.key for row in paper.rows}, ())
    return [
        (row.key, column.key, row.cells[column.key], back.rows[row.key][column.key])
        for row in paper.rows
        for column in paper.columns
        if not same(printable(row.cells[column.key]), back.rows[row.key][column.key])
    ]


@settings(max_examples=some(40), deadline=None)
@given(_ROWS)
def test_a_workbook_comes_back_as_it_went_out(told: list[dict[str, str]]) -> None:
    paper = _paper(told)
    for sheet in ("A3", "A4"):
        assert _changed(paper, read_handback(as_workbook(paper, sheet), "返回.xlsx", LEDGER_COLUMNS)) == []


@settings(max_examples=some(40), deadline=None)
@given(_ROWS)
def test_a_word_table_comes_back_as_it_went_out(told: list[dict[str, str]]) -> None:
    paper = _paper(told)
    back = read_handback(as_word_table(paper, issuer="星州市教育局"), "返回.docx", LEDGER_COLUMNS)
    assert (_changed(paper, back), back.comments) == ([], {})


def _saved_again(content: bytes, kind: str, saved_as: str, folder: Path) -> bytes:
    """The file as LibreOffice writes it, with a profile of its own."""
    office = shutil.which("soffice")
    if office is None and os.environ.get("LUOSHI_REQUIRE_ALL"):
        pytest.fail("LibreOffice is required here")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    source, made = folder / f"paper.{kind}", folder / "made"
    source.write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", saved_as, "--outdir", str(made), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (made / f"paper.{saved_as}").read_bytes()


@pytest.mark.parametrize(("kind", "saved_as"), [("xlsx", "xlsx"), ("xlsx", "xls"), ("docx", "docx")])
def test_saved_again_by_another_program_it_still_says_the_same(kind: str, saved_as: str, tmp_path: Path) -> None:
    told = [words for words in AWKWARD if kind == "xlsx" or words != ESCAPED]  # LibreOffice escapes it anew in a docx
    paper = _paper([dict.fromkeys(FREE, words) for words in told])
    content = as_workbook(paper) if kind == "xlsx" else as_word_table(paper, issuer="星州市教育局", day="2021年3月1日")
    again = _saved_again(content, kind, saved_as, tmp_path)
    back = read_handback(again, f"返回.{saved_as}", LEDGER_COLUMNS)
    assert _changed(paper, back) == []
