"""The JSON API: read only, the public part only what was approved, the rest by keys; one figure is the same everywhere."""

import csv
import io
import json
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from typer.testing import CliRunner

from luoshi.bureau.board import open_data
from luoshi.bureau.board.open_data import Reader
from luoshi.bureau.indicators import series
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.indicators.open_series import Asked, catalogue
from luoshi.bureau.ledger.actions import Verdict, confirm, judge
from luoshi.bureau.ledger.actions.amending import Cell, amend
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.notices.actions import approve, draft, publish, switch
from luoshi.bureau.people.actions import make_key, revoke_key
from luoshi.bureau.people.models import ApiKey, City, Person
from luoshi.cli import app
from luoshi.declared.measures import MEASURES
from luoshi.publishing.opening import MADE_UP, figures_csv, sdmx
from luoshi.spine import Measurement, Standing, State
from luoshi.words import showing
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.measured_once import YEAR, folder, measure_once
from tests.bureau.xingzhou import FOLDER, SOURCE, actor, figure, issued

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("measured once")]  # measured once, looked at by all
KEY, SHARE = "compulsory_large_class_rate", "affordable_share"
ROOT = "/api/v1"
SERIES = f"{ROOT}/indicators/{KEY}/series"


@pytest.fixture
def measured(city: City, settings) -> City:
    settings.LAKE = folder()
    measure_once(city)
    return city


@pytest.fixture
def opened(city: City) -> City:
    """The public page switched on."""
    switch(actor("ducha"), city, public=True)
    city.refresh_from_db()
    return city


def _key(login: str = "jijiao") -> dict[str, str]:
    secret = make_key(actor(login), "测试", timezone.localdate())
    return {"HTTP_AUTHORIZATION": f"Bearer {secret}"}


def _get(path: str, **headers: str) -> dict:
    answer = Client().get(path, **headers)
    assert answer.status_code == 200, answer.content.decode()
    return json.loads(answer.content)


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_one_measured_figure_is_the_same_in_the_series_the_files_the_api_and_on_the_page(
    measured: City, enter: Enter
) -> None:
    cell = next(
        one
        for one in series.cells(measured.pk, [SHARE], level="county", years=[YEAR])
        if one.value and one.value != one.value.to_integral_value()
    )
    assert Decimal(cell.part) * 100 / Decimal(cell.whole) == pytest.approx(cell.value)
    told = (f"{cell.value:f}", cell.part, cell.whole)
    collection = open_data.collection(measured, Reader(actor("ducha")), Asked((SHARE,)))
    line = next(one for one in _rows(figures_csv(collection)) if one["division"] == cell.division)
    assert (line["value"], line["numerator"], line["denominator"]) == told
    seen = next(one for one in _rows(sdmx(collection)["figures.sdmx.csv"]) if one["REF_AREA"] == cell.division)
    assert (seen["OBS_VALUE"], seen["NUMERATOR"], seen["DENOMINATOR"]) == told
    asked = f"{ROOT}/indicators/{SHARE}/series?level=county&division={cell.division}&years={YEAR}"
    (row,) = _get(asked, **_key())["items"]
    assert (row["value"], row["numerator"], row["denominator"]) == told
    assert row["shown"] == line["shown"] == cell.shown == showing.shown(MEASURES[SHARE], cell.value)
    page = enter("jijiao").get(f"/overview/?year={YEAR}&table=preschool").content.decode()
    assert cell.shown in page
    assert f"{cell.part}/{cell.whole}" in page


def test_a_key_tells_what_was_measured_with_both_counts_definition_and_version(measured: City) -> None:
    told = _get(f"{SERIES}?level=city", **_key())
    one = told["items"][0]
    assert told["note"] == MADE_UP
    assert (one["level"], one["division"], one["standing"], one["definition"]) == ("city", "990100", "measured", "年报")
    assert one["on"] == "2020-09-01"
    assert re.fullmatch(r"[0-9a-f]{12}", one["version"])
    detail = _get(f"{ROOT}/indicators/{KEY}", **_key())
    assert (detail["years"], detail["levels"]) == ([2020, 2021], ["city", "county"])


def test_a_viewers_key_tells_filed_figures_and_nothing_measured(measured: City) -> None:
    supervisor = _key("ducha")
    viewer = {"HTTP_AUTHORIZATION": f"Bearer {_secret_of('chayue')}"}
    assert {one["standing"] for one in _get(SERIES, **supervisor)["items"]} == {"measured", "reported"}
    assert {one["standing"] for one in _get(SERIES, **viewer)["items"]} == {"reported"}


def _secret_of(login: str) -> str:
    """A key of somebody who was moved to another role after it was made."""
    person = Person.objects.get(username=login)
    was, person.role = person.role, "supervisor"
    person.save()
    from luoshi.bureau.people.queries import acting

    secret = make_key(acting(person), "测试", timezone.localdate())
    person.role = was
    person.save()
    return secret


def test_while_the_public_page_is_shut_nothing_is_told_without_a_key(city: City) -> None:
    for path in ("/indicators", f"/indicators/{KEY}", f"/indicators/{KEY}/series", "/divisions", "/commitments"):
        answer = Client().get(ROOT + path)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        (finding,) = json.loads(answer.content)["findings"]
        assert all(finding[part] for part in ("where", "what", "rule", "remedy"))
    assert Client().get("/public/figures.zip").status_code == 404
    assert Client().get("/api/").status_code == 404


def _figure(value: str, standing: Standing, division: str = "", **more: object) -> Measurement:
    told = {"indicator": KEY, "unit": "%", "numerator": None, "denominator": None} | more
    return Measurement(
        on=date(2021, 9, 1), known=date(2021, 10, 8), value=Decimal(value), definition="年报", standing=standing,
        source=SOURCE, division=division, **told,
    )  # fmt: skip


def test_the_public_is_told_only_what_the_bureau_published(opened: City) -> None:
    figures = (
        _figure("2.6", Standing.PUBLISHED, "990121"),
        _figure("2.7", Standing.VERIFIED, "990102"),
        _figure("2.8", Standing.REPORTED),
    )
    add_figures(actor("ducha"), opened, figures)
    told = _get(SERIES)["items"]
    assert [(one["division"], one["value"], one["standing_label"]) for one in told] == [("990121", "2.6", "发布数")]
    assert _get(f"{ROOT}/indicators/{KEY}")["figures"] == 1
    assert len(_get(SERIES, **_key())["items"]) > 3


def test_small_counts_of_persons_are_withheld_from_the_public_and_not_from_a_key(opened: City) -> None:
    people = {"indicator": "disabled_enrolment", "unit": "%"}
    figures = [
        _figure("96", Standing.PUBLISHED, **people, numerator=Decimal(96), denominator=Decimal(100)),
        _figure("75", Standing.PUBLISHED, "990121", **people, numerator=Decimal(3), denominator=Decimal(4)),
        _figure("96.875", Standing.PUBLISHED, "990102", **people, numerator=Decimal(93), denominator=Decimal(96)),
    ]
    add_figures(actor("ducha"), opened, figures)
    path = f"{ROOT}/indicators/disabled_enrolment/series"
    told = _get(f"{path}?division=990121")["items"]
    assert [(one["withheld"], one["value"], one["numerator"]) for one in told] == [(True, None, None)]
    assert "3" in [one["numerator"] for one in _get(path, **_key())["items"]]


@pytest.fixture
def told(proposals, opened: City) -> City:
    """A published text with one public item that was verified, whose figure stands in it."""
    ducha = actor("ducha")
    confirm(ducha, proposals["2.1"].pk, 1)
    row = Commitment.objects.get(number="2.1")
    amend(ducha, row.pk, {"audience": Cell("公开")})
    issued(row.edition_id)
    for step, who in (("self", actor("jijiao")), ("leader", actor("fenguan")), ("office", ducha)):
        row = Commitment.objects.get(number="2.1")
        judge(who, row.pk, row.version, Verdict(step, FOLDER.opens, "内部理由乙", State.DONE, "台账", "内部问题丙"))
    kept = draft(ducha, row.edition, date(2021, 12, 31), "进展情况")
    kept = approve(ducha, kept.pk, kept.version, "同意公开", date(2021, 12, 31))
    publish(ducha, kept.pk, kept.version)
    return opened


def test_commitments_are_told_in_the_plans_own_words_with_the_state_as_published(told: City) -> None:
    Commitment.objects.filter(number="2.1").update(judged="overdue", title="改过的标题")
    (one,) = _get(f"{ROOT}/commitments")["items"]
    assert (one["number"], one["state_label"], one["notice"], one["note"]) == ("2.1", "已完成", "进展情况", MADE_UP)
    assert any("义务教育大班额比例降至2.5%以内" in words for words in one["words"])
    assert "内部" not in str(one)
    assert "改过的标题" not in str(one)


def test_a_figure_that_an_approved_text_prints_is_public_and_its_neighbour_is_not(told: City) -> None:
    printed = [one["figure"] for one in _get(f"{ROOT}/commitments")["items"]]
    rows = _get(SERIES)["items"]
    assert [f"{one['on']} {one['shown']}" for one in rows] == [part for part in printed[0].split("；") if part][
        : len(rows)
    ]
    assert rows
    assert {one["standing"] for one in rows} == {"reported"}
    add_figures(actor("ducha"), told, [figure(KEY, "9.9", "%")])
    assert "9.9" not in {one["value"] for one in _get(SERIES)["items"]}


def test_divisions_begin_with_the_city(opened: City) -> None:
    told = _get(f"{ROOT}/divisions")["items"]
    assert [one["code"] for one in told] == ["990100", "990102", "990121"]


def test_pages_lead_on_and_end(opened: City) -> None:
    first = _get(f"{ROOT}/indicators?size=50")
    assert (len(first["items"]), first["count"]) == (50, len(catalogue()))
    seen, path = [one["key"] for one in first["items"]], first["next"]
    while path:
        page = _get(path)
        seen, path = seen + [one["key"] for one in page["items"]], page["next"]
    assert seen == sorted(catalogue())
    assert [one["key"] for one in _get(f"{ROOT}/indicators?search=超大班")["items"]]


@pytest.mark.parametrize(("path", "status", "where"), [
    ("/indicators/nothing", 404, "key"), ("/nowhere", 404, "/api/v1/nowhere"), ("/indicators?page=0", 422, "page"),
    ("/indicators?size=501", 422, "size"), ("/indicators?page=x", 422, "page"), (f"/indicators/{KEY}/series?level=school", 422, "level"),
    (f"/indicators/{KEY}/series?years=20", 422, "years"), (f"/indicators/{KEY}/series?years=2021-2019", 422, "years"),
    ("/divisions?size=%00", 400, "/api/v1/divisions"),
])  # fmt: skip
def test_what_cannot_be_answered_is_told_in_four_parts(opened: City, path: str, status: int, where: str) -> None:
    answer = Client(raise_request_exception=False).get(ROOT + path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    told = json.loads(answer.content)["findings"]
    assert [one["where"] for one in told] == [where]
    assert all(one[part] for one in told for part in ("what", "rule", "remedy"))
    assert re.search("[一-龥]", told[0]["what"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_can_be_changed(opened: City, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(f"{ROOT}/indicators")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert "接口只读" in answer.content.decode()


def test_what_did_not_change_is_not_sent_again(opened: City) -> None:
    first = Client().get(f"{ROOT}/divisions")
    again = Client().get(f"{ROOT}/divisions", HTTP_IF_NONE_MATCH=first["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    since = Client().get(f"{ROOT}/divisions", HTTP_IF_MODIFIED_SINCE=first["Last-Modified"])
    assert since.status_code == 304
    head = Client().head(f"{ROOT}/divisions")
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert "Access-Control-Allow-Origin" not in first
    add_figures(actor("ducha"), opened, [_figure("2.6", Standing.PUBLISHED)])
    assert Client().get(SERIES)["ETag"] != Client().get(f"{ROOT}/divisions")["ETag"]


def test_a_key_is_shown_once_and_kept_as_a_digest(city: City, enter: Enter) -> None:
    client = enter("jijiao")
    with witness.done("people.key_make"):
        page = client.post("/api/keys/act/", {"purpose": "统计年鉴", "until": timezone.localdate().isoformat()})
    assert page["Cache-Control"] == "no-store"
    secret = re.search(r"luoshi_[\w-]{43}", page.content.decode()).group()
    assert secret not in client.get("/api/keys/").content.decode()
    kept = ApiKey.objects.get()
    assert secret not in str(vars(kept))
    assert Client().get(f"{ROOT}/divisions", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 200
    with witness.done("people.key_revoke"):
        client.post("/api/keys/act/", {"key": kept.pk})
    gone = Client().get(f"{ROOT}/divisions", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert (gone.status_code, gone["WWW-Authenticate"]) == (401, 'Bearer error="invalid_token"')


def test_a_key_ends_with_its_day_and_with_its_owner(city: City) -> None:
    headers = _key()
    ApiKey.objects.update(until=timezone.localdate() - timedelta(days=1))
    assert Client().get(f"{ROOT}/divisions", **headers).status_code == 401
    ApiKey.objects.update(until=timezone.localdate())
    assert Client().get(f"{ROOT}/divisions", **headers).status_code == 200
    Person.objects.filter(username="jijiao").update(is_active=False)
    assert Client().get(f"{ROOT}/divisions", **headers).status_code == 401


@pytest.mark.parametrize(
    ("told", "words"), [("", "没有带"), ("Basic abc", "不对"), ("Bearer ", "不对"), ("Bearer nothing", "不对")]
)
def test_a_wrong_key_opens_nothing_even_where_the_public_may_read(opened: City, told: str, words: str) -> None:
    answer = Client().get(f"{ROOT}/divisions", **({"HTTP_AUTHORIZATION": told} if told else {}))
    assert answer.status_code == (401 if told else 200)
    assert not told or words in answer.content.decode()


def test_who_may_make_no_key_is_told_and_nobody_revokes_anothers(city: City, enter: Enter) -> None:
    today = timezone.localdate()
    with witness.refused("people.key_make", "生成接口密钥"):
        make_key(actor("chayue"), "测试", today)
    with witness.refused("people.key_make", "有效期"):
        make_key(actor("jijiao"), "测试", today + timedelta(days=400))
    with witness.refused("people.key_make", "没有写"):
        make_key(actor("jijiao"), " ", today)
    assert "disabled" in enter("chayue").get("/api/keys/").content.decode()
    make_key(actor("jijiao"), "测试", today)
    with witness.refused("people.key_revoke", "别人的密钥"):
        revoke_key(actor("ducha"), ApiKey.objects.get().pk)
    assert revoke_key(actor("anbao"), ApiKey.objects.get().pk).revoked_by


def test_the_manual_says_what_the_interface_says(opened: City, enter: Enter) -> None:
    page = enter("").get("/api/").content.decode()
    document = json.loads(Client().get(f"{ROOT}/openapi.json").content)
    assert document["openapi"].startswith("3.")
    for path, methods in document["paths"].items():
        assert path in page
        assert list(methods) == ["get"]
        for one in methods["get"].get("parameters", []):
            assert f"<code>{one['name']}</code>" in page
    assert "cdn" not in page.lower()


def test_the_public_takes_all_public_figures_home_as_one_package(opened: City) -> None:
    add_figures(actor("ducha"), opened, [_figure("2.6", Standing.PUBLISHED, "990121")])
    answer = Client().get("/public/figures.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as folder:
        names = set(folder.namelist())
        rows = _rows(folder.read("figures.csv"))
    assert names == {"figures.csv", "indicators.csv", "divisions.csv", "datapackage.json", "dcat.jsonld"}
    assert [(row["value"], row["note"]) for row in rows] == [("2.6", MADE_UP)]
    assert "/public/figures.zip" in Client().get("/public/").content.decode()


def test_every_call_takes_at_most_twelve_queries(measured: City) -> None:
    switch(actor("ducha"), measured, public=True)
    headers = _key()
    for path in (f"{ROOT}/indicators", f"{ROOT}/indicators/{KEY}", SERIES, f"{ROOT}/divisions", f"{ROOT}/commitments"):
        for said in ({}, headers):
            with CaptureQueriesContext(connection) as asked:
                assert Client().get(path, **said).status_code == 200
            assert len(asked) <= 12, path


def test_the_command_writes_files_and_the_journal_says_so(measured: City, tmp_path: Path) -> None:
    with witness.done("indicators.export"):
        told = CliRunner().invoke(app, ["export", KEY, "--out", str(tmp_path), "--level", "county", "--years", "2020"])
    assert told.exit_code == 0, told.output
    rows = _rows((tmp_path / "figures.csv").read_bytes())
    assert {row["level"] for row in rows} == {"county"}
    assert MADE_UP in told.output
    assert CliRunner().invoke(app, ["export", KEY, "--out", str(tmp_path), "--format", "sdmx"]).exit_code == 0
    assert (tmp_path / "structure.json").exists()


@pytest.mark.parametrize(("arguments", "words"), [
    (["nothing"], "没有指标“nothing”"), ([KEY, "--years", "20"], "不是年份"), ([KEY, "--public"], "没有可以公开的数"),
])  # fmt: skip
def test_the_command_refuses_in_four_parts(city: City, tmp_path: Path, arguments: list[str], words: str) -> None:
    told = CliRunner().invoke(app, ["export", *arguments, "--out", str(tmp_path / "new")])
    assert told.exit_code == 2
    assert words in told.output
    assert not (tmp_path / "new").exists()
