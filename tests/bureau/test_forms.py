"""报表备案: what is held is not asked again, what is asked is counted, and what comes back is known by its inside."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from luoshi.bureau.forms import queries
from luoshi.bureau.forms.actions import (
    Brought,
    Decision,
    Field,
    decide,
    gather,
    keep_mapping,
    send,
    set_baseline,
    withdraw,
)
from luoshi.bureau.forms.counting import INDICATOR
from luoshi.bureau.forms.holding import for_tables, schools
from luoshi.bureau.forms.models import Filing, Request, Sheet, TableMapping
from luoshi.bureau.indicators.actions import keep_parameters
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.checking.burdens import burden, cap
from luoshi.checking.tables import TOTAL, binding_of, fill, propose, read_form
from luoshi.checking.workbooks import as_workbook, bundle, unpacked
from luoshi.declared.parameters import FORM_SHARE, MINUTES_PER_CELL
from luoshi.declared.returns import RETURNS
from luoshi.reading.frames import read_sheets
from luoshi.words.errors import RefusedError
from luoshi.words.provenance import digest
from tests.blanks import by_word
from tests.bureau import xingzhou
from tests.bureau.asking_forms import EIGHTEEN, FREE, HELD, UNITS, approved, asked, filled_lake, terms
from tests.filled import changed, contents

FENGUAN, JIJIAO, DUCHA = (xingzhou.actor(login) for login in ("fenguan", "jijiao", "ducha"))


@pytest.fixture
def frames(settings, tmp_path: Path) -> dict[str, object]:
    settings.LAKE = tmp_path / "lake"
    return filled_lake()


@pytest.fixture
def based(city: City) -> City:
    set_baseline(DUCHA, city, 2021, 46, "2020年报表清单（虚构）")
    return city


OWN = ((replace(FORM_SHARE, begun=date(2020, 6, 1)), "0.4"), (replace(MINUTES_PER_CELL, begun=date(2020, 6, 1)), "3"))
"""What a bureau measured itself goes before the product's guess."""


def test_of_18_columns_14_are_held_and_blocked_and_4_are_asked(city: City, frames) -> None:
    row = asked(city)
    told = queries.listed(row)
    assert (len(told.columns), len(told.blocked), len(told.asked)) == (18, 14, 4)
    assert told.blocked[0].source == "校舍和占地 2020（年报）"
    register = frames["institutions"]
    reached = register.filter(
        register["kind"].is_in(["211", "311", "312"]) & ~register["closed"].fill_null(value=False)
    )
    assert row.schools == reached.height == len(schools(("211", "311", "312"), ()))
    assert (told.burden.cells, told.burden.minutes) == (8, Decimal(16))
    assert (told.burden.all_cells, told.spared) == (8 * row.schools, 28)
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.outcome) == ("forms.request", "done")


def test_a_named_approver_lets_the_rest_through_or_releases_a_held_column_with_a_reason(based: City, frames) -> None:
    row = asked(based)
    with pytest.raises(RefusedError, match="没有这项权限"):
        decide(JIJIAO, row.pk, row.version, Decision(agree=True, reason="同意"), xingzhou.SOURCE.published)
    with pytest.raises(RefusedError, match="没有写理由"):
        decide(FENGUAN, row.pk, row.version, Decision(agree=True, reason=" "), xingzhou.SOURCE.published)
    first = row.columns.get(place=1)
    done = approved(row, first.pk)
    assert (done.number, done.decided_by, done.state) == ("表备〔2021〕1号", "分管戊", "approved")
    told = queries.listed(done)
    assert (len(told.blocked), len(told.asked)) == (13, 5)
    with pytest.raises(RefusedError, match="只审批待审批的报表"):
        approved(done)


def test_a_form_whose_every_column_is_held_is_not_let_through(based: City, frames) -> None:
    row = asked(based, fields=tuple(one for one in EIGHTEEN if one.kind))
    with pytest.raises(RefusedError, match="14 栏系统都已有，没有要填的格"):
        approved(row)
    assert approved(row, row.columns.first().pk).state == "approved"


def test_tv_15a_of_24_forms_at_a_baseline_of_46_one_is_rejected(based: City, frames) -> None:
    assert cap(46, FORM_SHARE.value) == 23
    rows = [asked(based, f"表{at}", fields=FREE[:1], month=1 + at % 12) for at in range(24)]
    for row in rows[:23]:
        approved(row)
    with pytest.raises(RefusedError) as refused:
        approved(rows[23])
    (finding,) = refused.value.findings
    assert finding.what == "已备案 23 项，再加一项就超过上限"
    assert "上限 23 项" in finding.rule
    withdraw(JIJIAO, rows[0].pk, 2, "并入表1")
    assert approved(rows[23]).number == "表备〔2021〕24号"
    meter = queries.meter(queries.forms(based.pk, 2021), queries.baseline(based.pk, 2021))
    assert (meter.filed, meter.most, meter.share) == (23, 23, 100)
    counted = Figure.objects.filter(city=based, indicator=INDICATOR).order_by("pk")
    assert [one.numerator for one in counted] == [*range(1, 24), 22, 23]
    last = counted.last()
    assert (last.value, last.denominator, last.source_title) == (50, 46, "2021年报表清单：备案 24 项，撤销 1 项")
    assert meter.by_sponsor == (("基础教育科", 23, 46, Decimal(92)),)
    assert ("211", 23, 46, Decimal(92)) in meter.by_kind
    mine = [replace(one, value=Decimal(value), source="本局实测（虚构）") for one, value in OWN]
    keep_parameters(xingzhou.INSTALLER, based, mine)
    meter = queries.meter(queries.forms(based.pk, 2021), queries.baseline(based.pk, 2021))
    assert (meter.most, meter.by_sponsor) == (18, (("基础教育科", 23, 46, Decimal(138)),))


def test_tv_15b_an_odd_baseline_rounds_down() -> None:
    assert cap(45, FORM_SHARE.value) == 22


def test_tv_15c_another_department_needs_the_consent_of_education(city: City, frames) -> None:
    with pytest.raises(RefusedError, match="生态环境局的报表没有商教育部门"):
        asked(city, "环保知识竞赛统计表", outside="生态环境局")
    assert asked(city, "环保知识竞赛统计表", outside="生态环境局", consent="星环函〔2021〕3号（虚构）").pk


def test_tv_15d_two_forms_on_canteens_for_the_same_schools_in_one_month_are_to_be_merged(city: City, frames) -> None:
    one = asked(city, "学校食堂基本情况调查表", fields=FREE[:2], times=1)
    other = asked(city, "食堂食品安全月报", fields=FREE[1:3], times=12)
    away = asked(city, "食堂价格表", fields=FREE[:1], times=1, month=9, kinds=("111",))
    told = {row.pk: queries.listed(row) for row in (one, other, away)}
    assert [(row.pk, words) for row, words in told[one.pk].alike] == [(other.pk, "食堂")]
    assert told[away.pk].alike == ()
    assert told[one.pk].twice == {
        "食堂面积": ("基础教育科《食堂价格表》",),
        "就餐人数": ("基础教育科《食堂食品安全月报》",),
    }


def test_without_a_baseline_or_a_register_nothing_is_let_through(city: City, settings, tmp_path: Path) -> None:
    settings.LAKE = tmp_path / "none"
    with pytest.raises(RefusedError, match="系统里还没有学校名录"):
        asked(city)
    settings.LAKE = tmp_path / "lake"
    filled_lake()
    with pytest.raises(RefusedError, match="还没有定报表基数"):
        approved(asked(city))


def test_a_request_that_says_too_little_is_told_all_of_it_at_once(city: City, frames) -> None:
    fields = (Field("姓名", "staff", "name"), Field("甲", form="picture"), Field("甲"))
    with pytest.raises(RefusedError) as refused:
        asked(city, basis="", times=0, fields=fields)
    assert len(refused.value.findings) == 6
    with pytest.raises(RefusedError, match="科室只办理本科室牵头的事项"):
        asked(city, office="RS")
    assert Request.objects.count() == 0


def test_sheets_go_out_come_back_in_one_archive_and_what_is_missing_is_listed(based: City, frames) -> None:
    row = asked(based)
    with pytest.raises(RefusedError, match="没有备案号"):
        send(JIJIAO, row.pk, "2021-1")
    row = approved(row)
    count = send(JIJIAO, row.pk, "2021-1")
    assert count == row.schools
    assert send(JIJIAO, row.pk, "2021-1") == 0
    several = queries.asked_of(row, queries.sheets(row, "2021-1"))
    one = next(iter(several.values()))
    assert (one.open, one.answered) == (4, 16)
    premises = frames["premises"].filter(frames["premises"]["school"] == one.unit).row(0, named=True)
    assert one.rows[0]["c1"] == premises["land"]
    files = unpacked(bundle(list(several.values())))

    def fill_in(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        line = next(at for at in range(1, 12) if str(page.cell(at, 1).value) == "1")
        for place, value in zip(range(18, 22), (120.5, 300, "自营", "是"), strict=True):
            page.cell(line, place).value = value

    back = [changed(content, fill_in) for _, content in files[:-1]]
    # Two archives have files that go by one name: each keeps its own.
    brought = [Brought(f"{at // 2}.xlsx", content, read_sheets(content, "")) for at, content in enumerate(back)]
    told, marked = gather(JIJIAO, row.pk, "2021-1", brought)
    assert (len(told.backs), len(told.missing), told.refused) == (count - 1, 1, ())
    filing = Filing.objects.get(sheet__unit=one.unit)
    assert filing.values == {"c15": "120.5", "c16": "300", "c17": "自营", "c18": "是"}
    assert (filing.stops, filing.findings) == (0, [])
    assert "核对结果" in {sheet for sheet, _ in contents(marked[one.unit])}
    assert {digest(content) for content in back} == {each.file.digest for each in Filing.objects.select_related("file")}
    assert Sheet.objects.filter(filings=None).count() == 1


def test_what_was_changed_in_a_held_cell_is_told_and_kept_with_the_filing(based: City, frames) -> None:
    row = approved(asked(based))
    send(JIJIAO, row.pk, "2021-1")
    one = next(iter(queries.asked_of(row, queries.sheets(row, "2021-1")).values()))

    def spoil(book: openpyxl.Workbook) -> None:
        page = book.worksheets[0]
        line = next(at for at in range(1, 12) if str(page.cell(at, 1).value) == "1")
        page.cell(line, 4).value = 1

    content = changed(as_workbook(one), spoil)
    gather(JIJIAO, row.pk, "2021-1", [Brought("a.xlsx", content, read_sheets(content, ""))])
    filing = Filing.objects.get()
    assert "改成了“1”，没有采用" in filing.findings[0][1]
    assert filing.values == {}


def test_a_form_that_was_withdrawn_is_taken_back_no_more(based: City, frames) -> None:
    row = withdraw(JIJIAO, approved(asked(based)).pk, 2, "与年报重复")
    with pytest.raises(RefusedError, match="已撤销"):
        gather(JIJIAO, row.pk, "2021-1", [])
    with pytest.raises(RefusedError, match="别人刚刚办理过"):
        withdraw(JIJIAO, row.pk, 1, "再撤一次")


def test_a_table_is_mapped_once_and_the_next_of_its_kind_is_filled_at_once(city: City, frames) -> None:
    blank = by_word()
    form = read_form(blank, UNITS)
    kinds = {key: RETURNS[key] for key in HELD}
    bindings = [propose(field, form.measure, kinds)[0].binding for field in form.fields]
    keep_mapping(JIJIAO, city, ("县区表.docx", blank), form, bindings)
    kept = queries.mapping(city.pk, read_form(by_word(), UNITS).digest)
    assert kept is not None
    again = [binding_of(one, RETURNS) for one in kept.bindings]
    filled = fill(by_word(), again, for_tables([one.kind for one in again]), UNITS)
    bands = frames["class_bands"]
    primary = bands.filter((bands["county"] == "990121") & (bands["stage"] == "primary"))["pupils"].sum()
    assert filled.cells == len(form.slots) == 18
    assert len(filled.gaps) == 15, "the other rows name units of another city"
    assert str(primary) in _words(filled.files[TOTAL])
    with pytest.raises(RefusedError, match="表里没有这一栏"):
        keep_mapping(
            JIJIAO, city, ("县区表.docx", blank), form, [bindings[0].__class__("别的", "staff", "", bindings[0].how)]
        )
    assert TableMapping.objects.count() == 1


def _words(content: bytes) -> str:
    import io

    from docx import Document

    table = Document(io.BytesIO(content)).tables[0]
    return " ".join(cell.text for line in table.rows for cell in line.cells)


def test_burden_is_cells_times_a_year_times_schools() -> None:
    told = burden(4, 2, Decimal(2), 30)
    assert (told.cells, told.minutes, told.all_cells, told.all_minutes) == (8, Decimal(16), 240, Decimal(480))
    assert terms().fields == EIGHTEEN
