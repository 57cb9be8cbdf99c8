"""旧台账进来: previewed with its columns, in with every row and cell, remembered, and out again in its own look."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from luoshi.bureau.ledger.actions.amending import Cell, amend
from luoshi.bureau.ledger.actions.importing import Terms, bring, import_ledger
from luoshi.bureau.ledger.cells import cells, known_of
from luoshi.bureau.ledger.importing import again, read_file
from luoshi.bureau.ledger.models import Commitment, Layout
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.declared import LEDGER_COLUMNS
from luoshi.reading.sheets import read_ledger
from tests import ledgers
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

DUCHA = actor("ducha")
PLAIN = {("due", "2020.9.30"), ("due", "2020年9月30日")}
"""A plain day is shown as 2020-09-30 however it was written; the test below reads it."""


def _in(city: City, seed: int, **mapping: str) -> tuple[ledgers.Made, Edition]:
    made = ledgers.make(seed)
    kept = bring(DUCHA, city, made.name, made.content)
    return made, import_ledger(DUCHA, city, kept, Terms("2020年重点工作台账", 2020, "星教〔2020〕3号", None, mapping))


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 5])
def test_every_row_and_every_cell_is_in_the_ledger(city: City, seed: int) -> None:
    made, edition = _in(city, seed)
    rows = {(row.sheet, row.sheet_row): row for row in Commitment.objects.filter(edition=edition)}
    assert rows.keys() == made.rows.keys()
    known = known_of(city)
    missing = []
    for place, told in made.rows.items():
        row = rows[place]
        said = [*cells(row, known).values(), *row.extra["more"].values(), row.lead_words, row.partners_words]
        missing += [
            (place, key, words)
            for key, words in told.items()
            if words
            and (key, words) not in PLAIN
            and key not in {"number", "title", "target", "units"}
            and words not in said
        ]
        assert row.title == " ".join(told["title"].split())
        assert edition.text[slice(*row.quotes.values_list("start", "end")[0])] == row.title
    assert missing == []
    assert edition.imaginary
    assert (edition.kind, edition.breakdowns.get().stage) == ("ledger", "issued")


def test_vague_days_stay_as_they_are_and_are_read_where_they_can_be(city: City) -> None:
    made, edition = _in(city, 0)
    for row in Commitment.objects.filter(edition=edition):
        words = made.rows[row.sheet, row.sheet_row]["due"]
        due = {
            "9月底前": "2020-09-30",
            "2020.9.30": "2020-09-30",
            "年底前": "2020-12-31",
            "2020年9月30日": "2020-09-30",
        }
        if words in due:
            assert row.due is not None
            assert row.due.isoformat() == due[words], words
        if words in {"长期坚持", "按省厅时限", "立即"}:
            assert (row.due, row.due_words) == (None, words)


def test_units_in_one_cell_are_the_citys_own(city: City) -> None:
    made, edition = _in(city, 0)
    told = {(row.sheet, row.sheet_row): row for row in Commitment.objects.filter(edition=edition)}
    seen = 0
    for at, words in made.rows.items():
        units = words.get("units", "")
        if units in {"各县(市、区)教育局", "各县（市、区）"}:
            seen += 1
            assert told[at].divisions == ["990102", "990121"]
        if units and set(units.replace("，", "、").replace("；", "、").split("、")) <= {"斗城区", "角阳县"}:
            assert set(told[at].divisions) <= {"990102", "990121"}
    assert seen or "units" not in next(iter(made.rows.values()))


def test_how_columns_were_set_is_remembered_for_the_same_headings(city: City) -> None:
    made = next(made for seed in range(30) if (made := ledgers.make(seed)).strange)
    path = made.strange[0]
    kept = bring(DUCHA, city, made.name, made.content)
    import_ledger(DUCHA, city, kept, Terms("台账", 2020, mapping={path: "needs"}))
    assert Layout.objects.filter(city=city).count() >= 1
    table = next(iter(read_file(city, made.content, made.name).tables.values()))
    assert {one.path: one.column for one in table.headings}[path] == "needs"


def test_out_again_only_what_was_changed_says_something_else(city: City) -> None:
    made, edition = _in(city, 3)
    row = Commitment.objects.filter(edition=edition)[10]
    amend(DUCHA, row.pk, {"progress": Cell("导入后填的进展")})
    before = {(one.sheet, one.row): dict(one.cells) for one in read_ledger(made.content, "a.xlsx", LEDGER_COLUMNS).rows}
    after = {
        (one.sheet, one.row): dict(one.cells) for one in read_ledger(again(edition), "a.xlsx", LEDGER_COLUMNS).rows
    }
    changed = {(place, key) for place in before for key in before[place] if before[place][key] != after[place][key]}
    wanted = {((row.sheet, row.sheet_row), "progress")} if "progress" in before[row.sheet, row.sheet_row] else set()
    assert changed == wanted


def test_the_same_ledger_is_imported_once(city: City) -> None:
    made, _ = _in(city, 0)
    kept = bring(DUCHA, city, made.name, made.content)
    with witness.refused("ledger.import", "已于"):
        import_ledger(DUCHA, city, kept, Terms("2020年重点工作台账", 2020))


@pytest.mark.parametrize("login", ["jijiao", "fenguan", "xianqu", "chayue"])
def test_who_has_no_right_imports_nothing(city: City, login: str) -> None:
    made = ledgers.make(0)
    with witness.refused("ledger.bring"):
        bring(actor(login), city, made.name, made.content)


def _brought(browser: Client, made: ledgers.Made) -> str:
    sent = SimpleUploadedFile(made.name, made.content)
    return str(browser.post("/import/", {"file": sent})["Location"])


def test_on_the_page_the_columns_are_shown_and_a_person_says_yes(city: City, enter: Enter) -> None:
    browser, made = enter("ducha"), ledgers.make(4)
    page = _brought(browser, made)
    shown = browser.get(page).content.decode()
    assert "导入 96 项" in shown
    assert all(name in shown for name in made.hidden)
    answer = browser.post(page, {"title": "去年的台账", "year": "2020"})
    edition = Edition.objects.get()
    assert answer["Location"] == f"/?plan={edition.pk}"
    board = browser.get(answer["Location"]).content.decode()
    assert "演示数据（虚构）" in board
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/plans/{edition.pk}/ledger.xlsx").content))
    assert book.worksheets[0].title == "台账"
    assert enter("chayue").get(page).status_code == 404


def test_its_own_look_is_offered_to_whoever_imports_and_the_door_asks_the_same_right(city: City, enter: Enter) -> None:
    browser, made = enter("ducha"), ledgers.make(0)
    browser.post(_brought(browser, made), {"title": "去年的台账", "year": "2020"})
    ledger = f"/plans/{Edition.objects.get().pk}/ledger.xlsx"
    for login, status in (("ducha", 200), ("jijiao", 403), ("chayue", 403)):
        assert (ledger in enter(login).get("/plans/").content.decode()) is (status == 200), login
        assert enter(login).get(ledger).status_code == status


def test_a_file_that_is_no_ledger_is_refused_on_the_page(city: City, enter: Enter) -> None:
    answer = enter("ducha").post("/import/", {"file": SimpleUploadedFile("a.xls", b"abc")})
    assert answer.status_code == 422
    assert "不是电子表格" in answer.content.decode()
