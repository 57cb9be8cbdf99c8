"""What a program makes of the Word file: lines and letters counted on the page that LibreOffice prints."""

import io
import math
import shutil
import subprocess
import zipfile
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from luoshi.reading.documents.libreoffice import printer
from luoshi.reporting.composing import leaders_page, serial_bulletin
from luoshi.reporting.official import Block, OfficialDocument, RedHead, as_word, as_word_and_pdf, on_even_page
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from tests.progress import item, month

OFFICE = shutil.which("soffice")
MM = 72 / 25.4
pytestmark = [
    pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice"),
    pytest.mark.xdist_group("rendered"),  # rendered once, looked at by all
]
LONG = "办好人民满意的教育统筹推进各项重点任务落实到位" * 40


def printed(folder: Path, **documents: OfficialDocument) -> dict[str, pypdfium2.PdfDocument]:
    """Each document as PDF, in one run because starting the program takes longest."""
    for name, document in documents.items():
        (folder / f"{name}.docx").write_bytes(as_word(document, draft=True))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in documents]
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: pypdfium2.PdfDocument(folder / f"{name}.pdf") for name in documents}


def letters(page: pypdfium2.PdfPage) -> list[tuple[str, float, float]]:
    """Every letter with its middle, in points from the left upper corner."""
    text, height = page.get_textpage(), page.get_height()
    told = []
    for at in range(text.count_chars()):
        letter = text.get_text_range(at, 1)
        if letter.strip():
            left, bottom, right, top = text.get_charbox(at, loose=True)
            told.append((letter, (left + right) / 2, height - (bottom + top) / 2))
    return told


def lines(page: pypdfium2.PdfPage) -> list[str]:
    """Lines of the page from above, those of 版心 only."""
    rows: dict[int, list[tuple[float, str]]] = defaultdict(list)
    for letter, x, y in letters(page):
        if 37 * MM < y < (297 - 35) * MM:
            rows[round((y - 37 * MM) / 28.95 - 0.5)].append((x, letter))
    return ["".join(letter for _, letter in sorted(row)) for _, row in sorted(rows.items())]


def red_rows(page: pypdfium2.PdfPage) -> list[float]:
    """Millimetres from the upper edge at which something red stands."""
    picture = page.render(scale=4).to_pil().convert("RGB")
    wide, high = picture.size
    return [
        y / 4 / MM
        for y in range(high)
        if any(r > 200 and g < 80 and b < 80 for r, g, b in (picture.getpixel((x, y)) for x in range(0, wide, 3)))
    ]


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pypdfium2.PdfDocument]:
    plain = OfficialDocument("标题", date(2021, 9, 7), blocks=(Block("a", (LONG * 2,)),))
    many = [
        item(
            f"2021-08-{at:02}",
            judged=State.BEHIND,
            cause="甲" * 60,
            request="乙" * 60,
            leader="丙副局长",
            title="甲" * 60,
        )
        for at in range(1, 30)
    ]
    done = [item(f"2021-09-{at:02}", judged=State.DONE, closed=True, title="丙" * 40) for at in range(1, 9)]
    due = [
        item(f"2021-10-{at:02}", judged=State.ON_COURSE, due=date(2021, 11, 30), title="丁" * 40) for at in range(1, 9)
    ]
    serial = serial_bulletin(month(), issue=10, whole=34)
    return printed(
        tmp_path_factory.mktemp("printed"),
        plain=plain,
        red=replace(plain, head=RedHead("星州市教育局文件", "星教督")),
        serial=serial,
        turned=on_even_page(replace(plain, blocks=(Block("a", ("略。",)),), printer="星州市教育局办公室"), 1),
        leaders=leaders_page(month(items=[*many, *done, *due])),
    )


def test_a_page_has_22_lines_of_28_characters(pdfs: dict[str, pypdfium2.PdfDocument]) -> None:
    told = lines(pdfs["plain"][1])
    assert len(told) == 22
    assert [len(line) for line in told] == [28] * 22
    assert "".join(told) in LONG * 2


def test_the_mark_stands_35_mm_below_the_upper_edge_of_the_text(pdfs: dict[str, pypdfium2.PdfDocument]) -> None:
    rows = red_rows(pdfs["red"][0])
    assert math.isclose(rows[0], 37 + 35, abs_tol=2)
    number = next(y for letter, _, y in letters(pdfs["red"][0]) if letter == "〔") / MM
    line = rows[-1]
    assert math.isclose(line - (number + 16 / 2 / MM), 4, abs_tol=1.2), "the red line is 4 mm under the number"


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(pdfs: dict[str, pypdfium2.PdfDocument]) -> None:
    for at in (2, 3):
        page = pdfs["serial"][at]
        found = [(x, y) for letter, x, y in letters(page) if letter == "—" and y > (297 - 35) * MM]
        assert len(found) == 2
        assert all(math.isclose(y / MM, 297 - 35 + 7, abs_tol=1.2) for _, y in found), "7 mm below the text"
        middle = sum(x for x, _ in found) / 2 / MM
        assert middle > 150 if (at + 1) % 2 else middle < 60


def test_tables_across_keep_the_number_where_the_upright_page_has_it(pdfs: dict[str, pypdfium2.PdfDocument]) -> None:
    pages = [page for page in pdfs["serial"] if page.get_width() > page.get_height()]
    assert len(pages) >= 2
    for at, page in enumerate(pdfs["serial"], 1):
        if page not in pages:
            continue
        number = [(x, y) for letter, x, y in letters(page) if letter in str(at) and x < 35 * MM]
        assert number, at
        x, y = number[0]
        assert math.isclose(x / MM, 28, abs_tol=2)
        assert y > page.get_height() / 2 if at % 2 else y < page.get_height() / 2


def test_the_record_stands_at_the_foot_of_an_even_last_page_without_number(
    pdfs: dict[str, pypdfium2.PdfDocument],
) -> None:
    document = pdfs["turned"]
    assert len(document) == 2
    last = letters(document[len(document) - 1])
    assert math.isclose(max(y for _, _, y in last) / MM, 297 - 35 - 3.7, abs_tol=2)
    assert "—" not in "".join(letter for letter, _, _ in last)


def test_the_page_for_leaders_is_one_page(pdfs: dict[str, pypdfium2.PdfDocument]) -> None:
    assert len(pdfs["leaders"]) == 1


def test_word_and_pdf_come_together_with_the_record_on_an_even_page() -> None:
    document = OfficialDocument(
        "标题", date(2021, 9, 7), blocks=(Block("a", ("略。",)),), printer="星州市教育局办公室", made_up=True
    )
    office = printer()
    assert office is not None
    word, pdf = as_word_and_pdf(document, draft=False, printer=office)
    assert b"evenPage" in zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml")
    assert len(pypdfium2.PdfDocument(pdf)) == 2


def test_a_program_that_makes_no_pdf_is_told_as_a_refusal() -> None:
    office = printer(program="false")
    assert office is not None
    with pytest.raises(RefusedError, match="PDF"):
        office(b"")
