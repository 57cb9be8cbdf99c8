"""Files of the national systems go through the same door as the workbooks of the house. 演示数据（虚构）."""

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest
from django.conf import settings

from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content
from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.besides import rows_of
from luoshi.bureau.returns.models import Filing, Unit, Window
from luoshi.checking import Taken, import_sheets
from luoshi.declared.layouts import LAYOUTS
from luoshi.imagining import City as Imagined
from luoshi.imagining.filing.exports import NEW, Manner, flat_export
from luoshi.imagining.filing.pages import as_csv, as_xlsx
from luoshi.imagining.filing.records import Record, records
from luoshi.imagining.filing.workbooks import NEW as TABLES
from luoshi.imagining.filing.workbooks import workbook
from luoshi.imagining.rosters import class_list
from luoshi.reading.frames import read_sheets
from luoshi.words.errors import RefusedError
from tests.bureau import collected, witness
from tests.bureau.collected import COUNTIES
from tests.bureau.xingzhou import actor

SECTION = actor("jijiao")
pytestmark = pytest.mark.django_db


def _schools() -> list[Record]:
    """What the schools of the small city say in their annual return."""
    made = Imagined(240, 7, first=collected.YEAR - 1)
    told = [one for some in made.slices() for one in records(made.annual_frames(some, collected.YEAR))]
    return [one for one in told if one.register["county"] in COUNTIES]


def _rows(window: Window, code: str, key: str) -> pl.DataFrame:
    """Rows of the newest try of a school."""
    unit = Unit.objects.select_related("filing").get(window=window, code=code)
    assert unit.filing
    found = rows_of(window, key, [unit.filing])
    assert found is not None
    return found


@pytest.mark.parametrize("form", ["xlsx", "csv in GBK", "workbooks in a zip", "one workbook in a zip"])
def test_the_annual_return_comes_in_whatever_layout_it_is(window: Window, form: str) -> None:
    schools = _schools()
    if "zip" in form:
        primary = [one for one in schools if one.register["kind"] == "211"]
        schools, out = primary[:1] if "one" in form else schools[:12], io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for at, one in enumerate(schools):  # three folders, in each of which a file goes by the same name
                packed.writestr(f"{at % 3}/{at // 3}.xlsx", as_xlsx(workbook(one, TABLES)))
            packed.writestr("__MACOSX/._0.xlsx", b"what a Mac leaves beside it")
        content, name = out.getvalue(), "一校一册.zip"
    else:
        page = flat_export(schools, Manner(NEW))
        content, name = (as_xlsx([page]), "平面导出.xlsx") if form == "xlsx" else (as_csv(page), "平面导出.csv")
    told = actions.bring(SECTION, window.pk, content, name)
    owing = set(Unit.objects.filter(window=window).values_list("code", flat=True))
    sent = {str(one.register["school"]) for one in schools}
    assert set(told.units) == owing & sent
    assert any("文件里还有" in one.what for one in told.told)
    plain = collected.rows("class_bands", *told.units)
    for code in told.units:
        rows = _rows(window, code, "class_bands")
        assert rows["pupils"].sum() == plain.filter(plain["school"] == code)["pupils"].sum()


def test_a_class_list_comes_in_without_the_names_it_bears(city: City) -> None:
    collected.fill_lake()
    window = collected.opened(city, returns=("classes",), period="2020-1", kinds=("211",), title="学籍班级（演示）")
    made = Imagined(240, 7, first=collected.YEAR - 1)
    frames = made.whole(collected.YEAR)
    filed = class_list(frames)
    told = actions.bring(SECTION, window.pk, filed.csv(), "班级表.csv")
    assert told.units
    assert told.persons
    rows, truth = _rows(window, told.units[0], "classes"), frames["classes"]
    assert sorted(rows["size"]) == sorted(truth.filter(truth["school"] == told.units[0])["size"])
    kept = b"".join(content(one) for one in File.objects.all())
    assert len(list((Path(settings.HOME) / "files").glob("??/*"))) == File.objects.count()
    assert kept
    assert filed.planted
    assert not any(secret.encode() in kept for secret in filed.planted)


def test_a_file_of_no_layout_is_refused_by_its_nearest_and_nothing_is_kept(window: Window) -> None:
    page = "无关的表,,\n甲,乙,丙\n1,2,3\n".encode()
    with witness.refused("returns.bring", "版式"):
        actions.bring(SECTION, window.pk, page, "别的表.csv")
    assert not Filing.objects.exists()


def test_a_file_of_other_returns_says_what_it_holds(city: City) -> None:
    collected.fill_lake()
    window = collected.opened(city, returns=("premises",), title="校舍（演示）")
    page = flat_export(_schools(), Manner(NEW))
    told = actions.bring(SECTION, window.pk, as_xlsx([page]), "平面导出.xlsx")
    assert told.units
    assert "班数、班额和分年级学生数" in told.told[-1].what


def test_a_part_keeps_its_addresses_when_rows_are_left_out() -> None:
    sheets = read_sheets(as_xlsx([flat_export(_schools(), Manner(NEW))]), "平面导出.xlsx")
    part: Taken = next(one for one in import_sheets(sheets, LAYOUTS, year=2020).parts if one.of.key == "class_bands")
    chosen = [row % 3 == 0 for row in range(part.rows.height)]
    some = part.only(chosen)
    assert some.rows.height == sum(chosen)
    assert [some.places.address(row, "pupils") for row in range(3)] == [
        part.places.address(row * 3, "pupils") for row in range(3)
    ]
    with pytest.raises(RefusedError):
        import_sheets(sheets, LAYOUTS, year=1990)
