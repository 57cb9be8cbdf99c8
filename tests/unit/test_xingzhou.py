"""星州, the made-up city, is whole: every table, two plans of following years, an old ledger, minutes, nothing real.

演示数据（虚构）.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.city import ROLES, load
from luoshi.reading.uploads import load_upload
from luoshi.spine import Comparator, Kind
from luoshi.tracking import Fate, clauses_of, compare
from tests.make_old_ledger import LEDGER, ROWS, made

FOLDER = Path(__file__).resolve().parents[2] / "cities" / "xingzhou"
KEYS = {one.key for one in INDICATORS}
CITY = load(FOLDER, KEYS)
MADE_UP = "演示数据（虚构）"


def _plan(name: str):
    return read_text((FOLDER / name).read_text("utf-8"), indicators=INDICATORS)


PLAN, NEXT = _plan("plan.txt"), _plan("plan-2022.txt")


def test_the_city_has_every_role_every_kind_of_division_and_leaders_in_order() -> None:
    assert {one.role for one in CITY.people} == set(ROLES)
    assert Counter(one.kind for one in CITY.divisions) == {
        "district": 5,
        "county": 6,
        "city_county": 2,
        "zone": 2,
        "direct": 1,
    }
    assert {one.leader for one in CITY.offices} == {one.name for one in CITY.leaders}


def test_nothing_of_it_could_be_taken_for_a_real_place_or_person() -> None:
    assert CITY.imaginary
    assert [one.code for one in CITY.divisions if not one.code.startswith(("99", "ZZ"))] == []
    assert [one.login for one in CITY.people if "（演示）" not in one.name] == []
    assert [
        one.indicator for one in CITY.figures if MADE_UP not in one.definition or MADE_UP not in one.source.title
    ] == []
    for name in ("plan.txt", "plan-2022.txt", "minutes-2021-03.txt"):
        assert (FOLDER / name).read_text("utf-8").startswith(MADE_UP)


def test_its_own_days_lie_over_the_national_calendar() -> None:
    assert not CITY.calendar.is_workday(date(2021, 9, 6))
    assert CITY.calendar.is_workday(date(2021, 9, 11))


@pytest.mark.parametrize("plan", [PLAN, NEXT], ids=["2021", "2022"])
def test_each_plan_has_32_points_of_a_size_a_bureau_writes(plan) -> None:
    clauses = clauses_of(plan)
    assert {one.point for one in clauses} == {str(number) for number in range(1, 33)}
    assert 280 <= len(clauses) <= 320
    assert sum(one.kind is Kind.STANDING for one in clauses) >= 60


def test_the_plan_promises_in_every_way_a_target_can_be_put() -> None:
    targets = [target for one in PLAN.commitments for target in one.targets]
    assert {one.comparator for one in targets} == set(Comparator)


def test_every_office_a_point_names_is_in_the_table() -> None:
    known = {one.name.partition("（")[0] for one in CITY.offices} | {"各科室"}
    for name in ("plan.txt", "plan-2022.txt"):
        text = (FOLDER / name).read_text("utf-8")
        assert text.count("（牵头科室：") == 32
        printed = re.findall(r"科室：([^；）]+)", text)
        assert {office for told in printed for office in told.split("、")} <= known


def test_mechanisms_quote_the_plan_and_the_figures_are_of_the_plans_year() -> None:
    text = CITY.plan.read_text("utf-8")
    assert [phrase for one in CITY.mechanisms for phrase in one.phrases if phrase not in text] == []
    assert {one.on.year for one in CITY.figures} == {2021}


def test_next_years_plan_continues_most_changes_some_and_silently_drops_others() -> None:
    counts = compare(clauses_of(PLAN), clauses_of(NEXT)).counts
    assert counts[Fate.CONTINUED] > 150
    assert min(counts[Fate.CHANGED], counts[Fate.DROPPED], counts[Fate.NEW]) >= 20


def _cells(book: openpyxl.Workbook) -> list[list[tuple[object, ...]]]:
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def test_the_old_ledger_is_what_its_script_makes() -> None:
    kept, fresh = openpyxl.load_workbook(LEDGER), made()
    assert _cells(kept) == _cells(fresh)
    assert kept.worksheets[0].merged_cells.ranges == fresh.worksheets[0].merged_cells.ranges


def test_the_old_ledger_is_as_untidy_as_a_real_one() -> None:
    book = openpyxl.load_workbook(LEDGER)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert str(rows[0][0]).startswith(MADE_UP)
    assert sum(isinstance(row[0], int) for row in rows) == len(ROWS.strip().split("\n")) == 40
    assert sum(row[0] == "小计" for row in rows) == 7
    assert {"9月底前", "长期坚持", "按省厅时限"} <= {row[7] for row in rows}
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 8)
    assert [one.title for one in book.worksheets if one.sheet_state == "hidden"] == ["初稿（作废）"]


def test_the_minutes_have_a_number_a_day_and_five_decisions() -> None:
    text = (FOLDER / "minutes-2021-03.txt").read_text("utf-8")
    assert "星教纪要〔2021〕3号" in text
    assert "2021年3月22日" in text
    assert len(re.findall(r"(?m)^[一二三四五六七八九十]、", text)) == 5


def test_the_folder_can_be_uploaded_as_it_lies(tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert load_upload(files, tmp_path / "xingzhou", KEYS).offices == CITY.offices
