"""The pages of 报表: who sees which rows, what is done by forms, what is printed, and how quick they are with 3 000 schools."""

from datetime import date
from io import BytesIO

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.bureau.files.queries import place
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.models import Filing, Unit, Window
from tests.bureau import collected, scans
from tests.bureau.collected import COUNTIES, NAMES, rows, seen, table
from tests.bureau.conftest import Enter
from tests.bureau.paging import MOST_QUERIES, SLOWEST, cost
from tests.bureau.xingzhou import actor

HERE = COUNTIES[1]


def _file(frame: pl.DataFrame, name: str = "班额.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, table(frame))


def _faulty(unit: Unit) -> pl.DataFrame:
    frame = rows("class_bands", unit.code)
    return frame.with_columns(pl.col("classes") + 1)


def _pages(window: Window, unit: Unit) -> list[str]:
    at = f"/returns/{window.pk}/"
    return [
        "/returns/",
        at,
        f"{at}findings/",
        f"{at}findings/?severity=stops&county={HERE}&unit={unit.label}",
        f"{at}counties/{HERE}/",
        f"{at}units/{unit.code}/",
        f"/returns/schools/{unit.code}/",
        f"/returns/editions/?window={window.pk}&county={HERE}",
    ]


def test_the_section_and_the_county_see_single_schools_others_only_totals(
    window: Window, unit: Unit, enter: Enter
) -> None:
    actions.bring(actor("xianqu"), window.pk, table(_faulty(unit)), "班额.csv", unit.code)
    for login in ("jijiao", "jijiaolian", "fenguan", "xianqu"):
        client = enter(login)
        for page in _pages(window, unit):
            assert client.get(page).status_code == 200, (login, page)
        assert unit.label in client.get(f"/returns/{window.pk}/findings/").content.decode()
    for login in ("xueqian", "chayue", "ducha", "guanli"):
        client = enter(login)
        for page in (
            "/returns/",
            f"/returns/{window.pk}/",
            f"/returns/{window.pk}/findings/?unit={unit.label}",
            "/returns/editions/",
        ):
            told = client.get(page)
            assert told.status_code == 200
            assert f">{unit.label}<" not in told.content.decode(), (login, page)
            assert unit.code not in told.content.decode(), (login, page)
        assert client.get(f"/returns/{window.pk}/counties/{HERE}/").status_code == 403
        assert client.get(f"/returns/{window.pk}/findings.csv").status_code == 403
        assert client.get(f"/returns/{window.pk}/units/{unit.code}/").status_code == 404
        assert client.get(f"/returns/schools/{unit.code}/").status_code == 404
        filing = Filing.objects.get()
        assert client.get(f"/returns/filings/{filing.pk}/file/").status_code == 404


def test_a_section_that_needs_the_rows_sees_them_and_may_change_nothing(city: City, enter: Enter) -> None:
    collected.fill_lake()
    window = collected.opened(city, readers=("XQ",))
    unit = Unit.objects.filter(window=window).first()
    assert unit
    client = enter("xueqian")
    assert client.get(f"/returns/{window.pk}/units/{unit.code}/").status_code == 200
    told = client.post(
        f"/returns/{window.pk}/units/{unit.code}/act/", {"act": "bring", "file": _file(rows("class_bands", unit.code))}
    )
    assert told.status_code == 409
    assert not Filing.objects.exists()


def test_a_county_sees_no_other_county(window: Window, enter: Enter) -> None:
    other = Unit.objects.filter(window=window, county=COUNTIES[0]).first()
    assert other
    actions.bring(actor("jijiao"), window.pk, table(_faulty(other)), "班额.csv", other.code)
    client = enter("xianqu")
    assert client.get(f"/returns/{window.pk}/counties/{COUNTIES[0]}/").status_code == 403
    assert client.get(f"/returns/{window.pk}/units/{other.code}/").status_code == 403
    for page in (
        "/returns/",
        f"/returns/{window.pk}/",
        f"/returns/{window.pk}/findings/?county={COUNTIES[0]}",
        f"/returns/{window.pk}/findings.csv?county={COUNTIES[0]}",
    ):
        assert other.label not in client.get(page).content.decode(), page


def test_a_window_is_opened_by_a_form_and_what_was_typed_stays_when_it_is_refused(city: City, enter: Enter) -> None:
    collected.fill_lake()
    client = enter("jijiao")
    sent = {
        "title": "班额年报", "return": ["class_bands"], "period": "2020-09", "basis": "制度", "owers": "schools", "office": "JJ",
        "kind": ["211"], "due_school": "2020-09-20", "due_county": "2020-10-15", "due_city": "2020-10-31",
    }  # fmt: skip
    told = client.post("/returns/open/", sent)
    assert told.status_code == 409
    assert 'value="班额年报"' in told.content.decode()
    assert client.post("/returns/open/", {**sent, "period": "2020"}).status_code == 302
    assert Window.objects.get().period == "2020"
    assert client.post("/returns/open/", {**sent, "due_city": "不知道"}).status_code == 409


def test_a_return_goes_all_the_way_by_forms(window: Window, unit: Unit, enter: Enter) -> None:
    county, section, leader = enter("xianqu"), enter("jijiao"), enter("fenguan")
    at = f"/returns/{window.pk}/units/{unit.code}/"
    act = f"{at}act/"
    county.post(act, {"act": "bring", "file": _file(_faulty(unit))})
    page = county.get(at).content.decode()
    assert "各段班数之和等于班数总计" in page
    assert "≠" in page
    frame = rows("class_bands", unit.code)
    county.post(act, {"act": "bring", "file": _file(frame)})
    collected.explained(window, HERE)
    names = {
        "filler": "甲",
        "statistician": "乙",
        "head": "丙",
        "phone": "1",
        "reported": timezone.localdate().isoformat(),
    }
    unit.refresh_from_db()
    assert county.post(act, {"act": "hand", "version": unit.version, **names}).status_code == 302
    unit.refresh_from_db()
    filing = unit.filing
    assert filing
    page = county.get(at).content.decode()
    assert filing.printed in page
    scan = SimpleUploadedFile("签章.pdf", scans.PDF)
    assert county.post(act, {"act": "sign", "version": unit.version, "code": "错的", "scan": scan}).status_code == 409
    scan = SimpleUploadedFile("签章.pdf", scans.PDF)
    assert (
        county.post(act, {"act": "sign", "version": unit.version, "code": filing.printed, "scan": scan}).status_code
        == 302
    )
    assert county.get(f"/returns/filings/{filing.pk}/scan/").content == scans.PDF
    unit.refresh_from_db()
    ticked = {"county": HERE, "unit": [f"{unit.code}:{unit.version}"]}
    window_act = f"/returns/{window.pk}/act/"
    assert county.post(window_act, {"act": "check", **ticked}).status_code == 302
    assert county.post(window_act, {"act": "accept", **ticked}).status_code == 409
    unit.refresh_from_db()
    ticked["unit"] = [f"{unit.code}:{unit.version}"]
    assert section.post(window_act, {"act": "accept", **ticked}).status_code == 302
    unit.refresh_from_db()
    assert unit.state == "accepted"
    assert county.post(act, {"act": "ask", "version": unit.version, "reason": "漏报"}).status_code == 302
    asked = unit.reopenings.get()
    assert (
        leader.post(window_act, {"act": "reopen", "reopening": asked.pk, "verdict": "yes", "words": "同意"}).status_code
        == 302
    )
    unit.refresh_from_db()
    assert unit.state == "reopened"
    assert not Entry.objects.filter(outcome="refused").exclude(action__in=["returns.sign", "returns.accept"]).exists()


def test_the_list_of_those_who_lack_is_a_text_to_copy(window: Window, unit: Unit, enter: Enter) -> None:
    page = enter("jijiao").get(f"/returns/{window.pk}/").content.decode()
    assert "【催报】" in page
    assert "请于9月18日（星期五）（截止日前最后一个工作日）前报送" in page
    assert "9月20日（星期日）" in page
    assert unit.label in page


def test_a_school_has_what_it_has_to_fill_and_what_is_filled_already(window: Window, unit: Unit, enter: Enter) -> None:
    page = enter("xianqu").get(f"/returns/schools/{unit.code}/").content.decode()
    assert "本月需填报 <b>0</b> 项" in page
    assert "已由系统代填 <b>2</b> 项" in page


def test_findings_come_as_csv_with_formulas_made_words(window: Window, unit: Unit, enter: Enter) -> None:
    Unit.objects.filter(pk=unit.pk).update(label="=1+1")
    actions.bring(actor("jijiao"), window.pk, table(_faulty(unit)), "班额.csv", unit.code)
    told = enter("jijiao").get(f"/returns/{window.pk}/findings.csv?severity=stops")
    read = pl.read_csv(BytesIO(told.content), infer_schema=False)
    assert read.height >= 1
    assert set(read["单位"]) == {"'=1+1"}
    assert read["情况"].str.contains("≠").any()


def test_editions_are_compared_cell_by_cell_and_as_known_on_a_day(window: Window, enter: Enter) -> None:
    collected.carried(window, HERE, "accepted")
    unit = Unit.objects.filter(window=window, state="accepted", kind="211").first()
    assert unit
    on = date(2020, 10, 1)
    asked = actions.ask_reopening(actor("xianqu"), window.pk, unit.code, unit.version, "漏报", on)
    actions.decide_reopening(actor("fenguan"), asked.pk, "", on, approved=True)
    frame = rows("class_bands", unit.code)
    changed = frame.with_columns(pl.col("girls") - 1)
    actions.bring(actor("xianqu"), window.pk, table(changed), "班额.csv", unit.code)
    collected.explained(window, HERE)
    filing = Filing.objects.filter(unit=unit).latest("number")
    assert filing.stops == 0
    section = actor("jijiao")
    actions.hand_in(section, window.pk, seen(window, unit.code), NAMES, on)
    actions.check_county(section, window.pk, seen(window, unit.code), on)
    actions.accept(section, window.pk, HERE, seen(window, unit.code), on)
    page = (
        enter("jijiao")
        .get(f"/returns/editions/?window={window.pk}&county={HERE}&known={timezone.localdate()}")
        .content.decode()
    )
    assert "增 0 行，减 0 行，改 " in page
    assert unit.code in page
    assert "所知的是第" in page
    early = (
        enter("jijiao").get(f"/returns/editions/?window={window.pk}&county={HERE}&known=2020-01-01").content.decode()
    )
    assert "还没有入库" in early
    assert enter("jijiao").get("/returns/editions/?known=x").status_code == 409


def test_what_people_type_is_never_run(window: Window, unit: Unit, enter: Enter) -> None:
    evil = "<script>alert(1)</script>"
    Unit.objects.filter(pk=unit.pk).update(label=evil)
    actions.bring(actor("jijiao"), window.pk, table(_faulty(unit)), f"{evil}.csv", unit.code)
    client = enter("jijiao")
    for page in _pages(window, unit):
        assert evil not in client.get(page).content.decode(), page


def test_a_kept_file_that_was_changed_is_told_and_the_page_still_shows(
    window: Window, unit: Unit, enter: Enter
) -> None:
    actions.bring(actor("jijiao"), window.pk, table(_faulty(unit)), "班额.csv", unit.code)
    filing = Filing.objects.get()
    place(filing.parts["class_bands"]["file"]).write_bytes(b"spoiled")
    told = enter("jijiao").get(f"/returns/{window.pk}/units/{unit.code}/")
    assert told.status_code == 409
    assert "从备份中恢复" in told.content.decode()
    assert filing.printed in told.content.decode()


@pytest.mark.parametrize(
    "page", ["{h}/", "{h}/findings/", "{h}/findings.csv", "1/units/zz/", "schools/zz/", "filings/{h}/file/"]
)
def test_what_is_not_there_is_not_found(window: Window, enter: Enter, page: str) -> None:
    assert enter("jijiao").get("/returns/" + page.format(h="9" * 30)).status_code == 404


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ("open/", {"layout_year": "99999999", "return": "class_bands", "due_school": "2020-09-20"}),
        ("points/", {"point": "zz", "parent": "zz"}),
        ("points/", {"end": "9" * 30}),
        ("{w}/act/", {"act": "zz"}),
        ("{w}/act/", {"act": "extend", "version": "9" * 30, "due_school": "x"}),
        ("{w}/act/", {"act": "hand", "unit": ["zz", ":", "zz:1"], "reported": "2020-09-18"}),
        ("{w}/act/", {"act": "reopen", "reopening": "9" * 30}),
        ("{w}/act/", {"act": "bring"}),
        ("{w}/units/{u}/act/", {"act": "judge", "explanation": "9" * 30, "version": "1"}),
        ("{w}/units/{u}/act/", {"act": "explain", "version": "1", "why-zz": "说明"}),
    ],
)
def test_a_form_that_cannot_be_meant_is_refused_in_four_parts(
    window: Window, unit: Unit, enter: Enter, form: str, sent: dict[str, object]
) -> None:
    told = enter("jijiao").post("/returns/" + form.format(w=window.pk, u=unit.code), sent)
    assert told.status_code == 409
    assert "处理" in told.content.decode()


@pytest.mark.parametrize("timed", [False, pytest.param(True, marks=pytest.mark.prove)])
def test_pages_ask_little_and_are_quick_with_3000_schools(city: City, enter: Enter, *, timed: bool) -> None:
    collected.fill_lake()
    window = collected.opened(city)
    collected.carried(window, HERE, "accepted")
    if timed:
        collected.crowd(window, 3000)
    unit = Unit.objects.filter(window=window, county=HERE, filing__isnull=False).first()
    assert unit
    assert connection.features.supports_json_field
    late = {}
    for login in ("jijiao", "xianqu"):
        client = enter(login)
        for page in _pages(window, unit):
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            assert len(asked) <= MOST_QUERIES, (login, page, [one["sql"][:100] for one in asked.captured_queries])
            if timed:
                late[login, page] = cost(client, page)
    slow = {at: told for at, told in late.items() if told.usual >= SLOWEST}
    if timed:
        print(*(f"{at} {told.usual * 1000:.0f} ms ({told.raw * 1000:.0f})" for at, told in late.items()), sep="\n")  # noqa: T201
    assert slow == {}


def test_the_page_says_in_plain_words_what_it_takes_of_a_roll(window: Window, unit: Unit, enter: Enter) -> None:
    county = enter("xianqu")
    for page in (f"/returns/{window.pk}/", f"/returns/{window.pk}/units/{unit.code}/"):
        words = county.get(page).content.decode()
        assert "只取各班、各校的人数" in words
        assert "姓名、证件号等列不读入，原文件不留存" in words
