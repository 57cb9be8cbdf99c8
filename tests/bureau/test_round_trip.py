"""300 items out as workbooks, edited by three sections at once, back in: exactly what is permitted and undisputed lands."""

import io
import random
from dataclasses import dataclass

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.bureau.handouts.models import Handout, Remark
from luoshi.bureau.handouts.queries import with_cells
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.ledger.actions.amending import Cell, amend
from luoshi.bureau.ledger.cells import COLUMNS, cells, known_of
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.actions import store_plan
from luoshi.bureau.plans.models import Edition
from tests.bureau import many, xingzhou
from tests.bureau.conftest import Enter

SECTIONS = ("XQ", "JJ", "RS")
FILLED = ("progress", "trouble", "next_step", "needs")
SHOWN = ("title", "target", "due", *FILLED)
PERMITTED, CONFLICTS, FORBIDDEN = 200, 20, 20


@pytest.fixture
def plan(city: City) -> Edition:
    """300 issued items, 100 for each of three sections."""
    actor = xingzhou.actor("ducha")
    read = xingzhou.plan(many.text(2021))
    edition = store_plan(actor, city, read, file_name="2021.txt", file_digest="0" * 64, form="txt")
    many.enter_all(edition)
    rows = list(Commitment.objects.filter(edition=edition).order_by("place")[:300])
    assert len(rows) == 300
    for at, row in enumerate(rows):
        row.lead, row.partners = SECTIONS[at % 3], []
        row.save(update_fields=["lead", "partners"])
    return edition


def _everything(edition: Edition) -> dict[tuple[str, str], str]:
    """Every cell of the ledger, by number and column."""
    known = known_of(edition.city)
    rows = with_cells(Commitment.objects.filter(edition=edition))
    return {(told["number"], key): told[key] for row in rows for told in [cells(row, known)] for key in told}


@dataclass(frozen=True)
class Edit:
    """One cell somebody types into."""

    office: str
    number: str
    column: str
    words: str


def _edits(before: dict[tuple[str, str], str], numbers: dict[str, list[str]]) -> tuple[list[Edit], ...]:
    """Permitted edits, edits of cells that will be changed meanwhile, edits of cells that are not theirs."""
    chance = random.Random(20211125)
    own = [(office, number, column) for office in SECTIONS for number in numbers[office] for column in FILLED]
    chance.shuffle(own)
    typed = [
        Edit(*cell, f"填报{at}：已完成{chance.randint(1, 99)}%") for at, cell in enumerate(own[: PERMITTED + CONFLICTS])
    ]
    barred = []
    for at in range(FORBIDDEN):
        office, other = SECTIONS[at % 3], SECTIONS[(at + 1) % 3]
        if at % 2:
            barred.append(Edit(office, numbers[office][at], ("title", "target", "due")[at % 3], f"改写{at}"))
        else:
            barred.append(Edit(office, numbers[other][at], FILLED[at % 4], f"替人填写{at}"))
    assert all(before[edit.number, edit.column] != edit.words for edit in [*typed, *barred])
    return typed[:PERMITTED], typed[PERMITTED:], barred


def _typed(content: bytes, edits: list[Edit]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "督查事项" for cell in row))
    columns = {str(cell.value): cell.column for cell in head}
    rows = {str(row[0].value): row[0].row for row in sheet.iter_rows() if row[0].value}
    for edit in edits:
        sheet.cell(rows[edit.number], columns[COLUMNS[edit.column].label]).value = edit.words
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_exactly_the_permitted_and_undisputed_edits_land(plan: Edition, enter: Enter) -> None:
    browser, before = enter("ducha"), _everything(plan)
    by_number = {number: number for number, _ in before}
    numbers: dict[str, list[str]] = {office: [] for office in SECTIONS}
    known = known_of(plan.city)
    for row in with_cells(Commitment.objects.filter(edition=plan).order_by("place")[:300]):
        numbers[row.lead].append(cells(row, known)["number"])
    permitted, disputed, barred = _edits(before, numbers)
    files = {}
    for office in SECTIONS:
        # The whole of it goes to each section: what it may fill on it is decided by who it went to.
        sent = {"purpose": "edit", "form": "xlsx", "office": "", "to": office, "column": list(SHOWN)}
        files[office] = browser.post(f"/plans/{plan.pk}/handouts/send/", sent).content
        Handout.objects.filter(pk=Handout.objects.latest("pk").pk).update(role="section", office=office)
    rows = {cells(row, known)["number"]: row.pk for row in with_cells(Commitment.objects.filter(edition=plan))}
    for at, edit in enumerate(disputed):
        amend(xingzhou.actor("ducha"), rows[edit.number], {edit.column: Cell(f"网页上改的{at}")})
    for office in SECTIONS:
        mine = [edit for edit in [*permitted, *disputed, *barred] if edit.office == office]
        name = f"{office}.xlsx"
        told = SimpleUploadedFile(name, _typed(files[office], mine))
        page = browser.post(f"/plans/{plan.pk}/handouts/take/", {"file": told, "sender": office})["Location"]
        assert browser.get(page).status_code == 200
        browser.post(f"{page}answer/", {"act": "land"})
    wanted = dict(before)
    wanted |= {(edit.number, edit.column): f"网页上改的{at}" for at, edit in enumerate(disputed)}
    wanted |= {(edit.number, edit.column): edit.words for edit in permitted}
    now = _everything(plan)
    changed = {key: now[key] for key in now if now[key] != wanted[key]}
    assert changed == {}
    assert by_number.keys() == {number for number, _ in now}
    decided = list(Remark.objects.values_list("decision", flat=True))
    assert {kind: decided.count(kind) for kind in set(decided)} == {
        "adopted": PERMITTED,
        "open": CONFLICTS,
        "barred": FORBIDDEN,
    }
    assert broken() is None


def test_a_section_gets_only_what_it_leads_and_may_fill_only_that(plan: Edition, enter: Enter) -> None:
    sent = {"purpose": "edit", "form": "xlsx", "office": "JJ", "to": "基础教育科", "column": list(SHOWN)}
    content = enter("ducha").post(f"/plans/{plan.pk}/handouts/send/", sent).content
    paper = Handout.objects.get()
    assert len(paper.rows) == Commitment.objects.filter(edition=plan, lead="JJ").count()
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    open_columns = {cell.column for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert len(open_columns) == len(FILLED)


def test_an_export_asks_for_a_right_and_a_return_for_a_known_code(plan: Edition, enter: Enter) -> None:
    sent = {"purpose": "edit", "form": "xlsx", "column": list(SHOWN)}
    assert enter("chayue").post(f"/plans/{plan.pk}/handouts/send/", sent).status_code == 403
    content = enter("ducha").post(f"/plans/{plan.pk}/handouts/send/", sent).content
    Handout.objects.update(code="LS-FFFFFFFFFF")
    told = SimpleUploadedFile("a.xlsx", content)
    answer = enter("ducha").post(f"/plans/{plan.pk}/handouts/take/", {"file": told})
    assert answer.status_code == 409
    assert "没有发出过校验码" in answer.content.decode()
