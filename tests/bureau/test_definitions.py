"""口径对照 and 数据存疑 on the pages: who chooses the 发布口径, what follows everywhere, and what is only asked about."""

import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board import definitions, doubting
from luoshi.bureau.board.indicated import questions
from luoshi.bureau.indicators.actions import Choosing, add_figures, choose_definition, keep_measured, keep_measuring
from luoshi.bureau.indicators.doubted import digits_of, figures_of_year
from luoshi.bureau.indicators.figuring import figures
from luoshi.bureau.indicators.models import LastDigits, Measuring, PublishedDefinition
from luoshi.bureau.indicators.open_series import Asked, open_figures
from luoshi.bureau.indicators.packing import Moment
from luoshi.bureau.indicators.queries import measurements
from luoshi.bureau.indicators.series import breaks_of, cells, latest_runs, measured_cells
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.people.models import City
from luoshi.declared.measures import MEASURES
from luoshi.reading.city import load
from luoshi.words.errors import RefusedError
from tests.bureau import witness, xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

pytestmark = pytest.mark.django_db
RATE = "compulsory_large_class_rate"
ROLL, PRESENT = f"{RATE}_roll", f"{RATE}_present"
PARTS = {"primary_large_class_rate": (10, 1500), "junior_large_class_rate": (12, 500)}
ACCUSING = ("错误", "造假", "虚报", "矛盾", "失实", "瞒报")
PAGE = f"/indicators/{RATE}/"


def _moments(codes: list[str], year: int) -> list[Moment]:
    """The return has 2 large classes of 100 in every county, the roll 4; in the first county 30."""
    told = list[Moment]()
    for key, large in ((RATE, 2), (ROLL, 4), (PRESENT, 3)):
        parts = {code: 30 if key == ROLL and code == codes[0] and year == 2020 else large for code in codes}
        told += [Moment(key, "county", code, code, "", str(part), "100", "", "", 9, 9) for code, part in parts.items()]
        whole = str(sum(parts.values())), str(100 * len(codes))
        told.append(Moment(key, "city", "990100", "", "", *whole, "", "", 9 * len(codes), 9 * len(codes)))
    entry = ("junior_entry_large_class_rate", "city", "990100", "", "", "7", "50", "", "", 9, 9)
    return [*told, Moment(*entry)]


@pytest.fixture
def measured(city: City) -> City:
    """Two years of one question in three 口径, with the figures that judge, and last digits of what schools reported."""
    codes = sorted(city.divisions.exclude(kind="city").values_list("code", flat=True))
    for year in (2019, 2020):
        run = Measuring(city=city, year=year, entry=9, head="0" * 64, state=str(year), values={"large_class": "56"})
        run.queries = dict.fromkeys((RATE, ROLL, PRESENT), "q")
        round_ = [LastDigits(form="class_bands", column="pupils", county=code, counts=[30, *[2] * 4, 20, *[2] * 4]) for code in codes[:4]]  # fmt: skip
        clean = [LastDigits(form="class_bands", column="girls", county=code, counts=[10] * 10) for code in codes[:4]]
        keep_measuring(actor("jijiao"), run, _moments(codes, year), digits=[*round_, *clean])
        Measuring.objects.filter(pk=run.pk).update(at=datetime(year, 10, 20, tzinfo=UTC))
        run.refresh_from_db()
        keep_measured(actor("jijiao"), run, figures(run).figures)
    return city


@pytest.fixture
def issued(measured: City, proposals) -> City:
    """The same beside an issued ledger."""
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, 1)
    xingzhou.issued(next(iter(proposals.values())).edition_id)
    return measured


def _choose(city: City, definition: str = "学籍", year: int = 2020, **told) -> PublishedDefinition:
    asked = Choosing(RATE, year, definition, told.pop("reason", "局长办公会议定"), told.pop("seen", 0))
    return choose_definition(actor(told.pop("login", "ducha")), city, asked)


def _spoken(city: City, year: int = 2020) -> set[tuple[str, Decimal]]:
    return {
        (one.definition, round(one.value, 2))
        for one in measurements(city.pk)
        if one.indicator == RATE and not one.division and one.on.year == year and not one.reference and one.denominator
    }


def _get(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, url
    return answer.content.decode()


def _rows(page: str, table: str) -> list[list[str]]:
    body = page.partition(f'<table class="fold {table}">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)[1:]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)] for row in rows]  # fmt: skip


def test_every_definition_of_a_year_stands_in_one_table_with_both_counts_and_its_use(
    issued: City, enter: Enter
) -> None:
    rows = _rows(_get(enter("ducha"), f"{PAGE}?year=2020"), "definitions")
    many = issued.divisions.exclude(kind="city").count()
    assert [row[:2] for row in rows] == [
        ["年报", "发布口径（默认）"],
        ["学籍", "参考"],
        ["学籍·实际在班", "参考"],
        ["初中起始年级大班额比例（学籍）", "其中"],
    ]
    assert rows[0][3:5] == [str(2 * many), str(100 * many)]
    assert rows[1][3:5] == [str(4 * many + 26), str(100 * many)]


def test_the_default_is_the_own_measure_and_a_choice_moves_board_series_and_export_alike(issued: City) -> None:
    assert {definition for definition, _ in _spoken(issued)} == {"年报"}
    _choose(issued)
    ((definition, value),) = _spoken(issued)
    (cell,) = cells(issued.pk, [RATE], level="city", years=[2020])
    (out,) = [one for one in open_figures(issued, Asked((RATE,), "city", frozenset({2020}))) if one.standing == "measured"]  # fmt: skip
    assert (definition, out.definition, cell.counted_by) == ("学籍", "学籍", ROLL)
    assert (out.numerator, out.denominator) == (cell.part, cell.whole)
    assert cell.value is not None
    assert round(cell.value, 2) == value
    assert {definition for definition, _ in _spoken(issued, 2019)} == {"年报"}


def test_after_a_choice_the_page_speaks_by_it_and_the_series_is_broken(issued: City, enter: Enter) -> None:
    _choose(issued)
    rows = _rows(_get(enter("ducha"), f"{PAGE}?year=2020"), "definitions")
    assert [row[1] for row in rows[:3]] == ["参考", "发布口径", "参考"]
    assert breaks_of(latest_runs(issued.pk), [RATE])[RATE] == {2020: "发布口径由年报改为学籍"}
    counties = {one.division: one.part for one in cells(issued.pk, [RATE], level="county", years=[2020])}
    assert sorted(set(counties.values())) == ["30", "4"]


def test_choices_stand_one_after_the_other_and_the_last_counts(measured: City) -> None:
    first = _choose(measured)
    _choose(measured, "年报", seen=first.pk, reason="年报核定后改回")
    assert [one.definition for one in PublishedDefinition.objects.order_by("pk")] == ["学籍", "年报"]
    assert {definition for definition, _ in _spoken(measured)} == {"年报"}
    (cell,) = cells(measured.pk, [RATE], level="city", years=[2020])
    assert cell.counted_by == RATE


def test_a_choice_is_entered_in_the_journal_with_its_reason_and_what_it_was(measured: City) -> None:
    _choose(measured)
    entry = Entry.objects.get(action="indicators.definition")
    assert entry.reason == "局长办公会议定"
    assert json.loads(entry.detail) == {"年份": 2020, "发布口径": {"前": "年报（默认）", "后": "学籍"}}


def test_without_the_right_there_is_no_form_but_the_reason_why(issued: City, enter: Enter) -> None:
    page = _get(enter("chayue"), f"{PAGE}?year=2020")
    assert f"{PAGE}definition/" not in page
    assert "由督查室、分管局领导办理" in page
    assert f"{PAGE}definition/" in _get(enter("ducha"), f"{PAGE}?year=2020")


def test_who_may_not_choose_is_refused_and_that_is_entered(measured: City) -> None:
    with witness.refused("indicators.definition"):
        _choose(measured, login="chayue")
    assert not PublishedDefinition.objects.exists()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"reason": " "}, "没有写理由"),
        ({"definition": "部门估计"}, "没有“部门估计”的数"),
        ({"year": 2016}, "2016年没有“学籍”的数"),
        ({"seen": 7}, "有人改过"),
    ],
)
def test_a_choice_without_reason_figure_or_sight_of_the_last_is_refused(measured: City, told, said) -> None:
    with pytest.raises(RefusedError) as refusal:
        _choose(measured, **told)
    assert said in refusal.value.findings[0].what
    assert not PublishedDefinition.objects.exists()


def test_the_form_chooses_and_a_refusal_is_shown_on_the_page(issued: City, enter: Enter) -> None:
    client, sent = enter("ducha"), {"year": "2020", "definition": "学籍", "words": "局长办公会议定", "seen": "0"}
    answer = client.post(f"{PAGE}definition/", sent)
    assert answer.status_code == 302
    assert answer["Location"] == f"{PAGE}?year=2020#definitions"
    again = client.post(f"{PAGE}definition/", sent)
    assert again.status_code == 409
    assert "您看过之后有人改过" in again.content.decode()


def test_the_prompt_tells_the_county_that_is_furthest_apart_and_is_not_for_everybody(
    issued: City, enter: Enter
) -> None:
    code = min(issued.divisions.exclude(kind="city").values_list("code", flat=True))
    name = issued.divisions.get(code=code).name
    page = _get(enter("ducha"), f"{PAGE}?year=2020")
    assert f"{name} 28 百分点" in page
    assert f"先问{name}" in page
    assert not any(word in page.partition('id="definitions"')[2].partition("</section>")[0] for word in ACCUSING)
    assert f"{name} 28 百分点" not in _get(enter("chayue"), f"{PAGE}?year=2020")


def test_doubts_are_one_list_of_where_what_rule_and_what_to_ask(issued: City, enter: Enter) -> None:
    page = _get(enter("jijiao"), "/doubts/?year=2020")
    rows = _rows(page, "doubts")
    assert {row[3].partition("）")[0] for row in rows if "口径" in row[3]} == {"核对提示（口径"}
    assert any("在校学生数" in row[1] and "取整" in row[4] for row in rows)
    assert not any("女生数" in row[1] for row in rows), "counts that are spread evenly ask nothing"
    assert not any(word in page for word in ACCUSING)
    assert f'href="{PAGE}?year=2020#definitions"' in page


def test_doubts_are_sifted_by_kind_and_words(issued: City, enter: Enter) -> None:
    rows = _rows(_get(enter("jijiao"), "/doubts/?year=2020&kind=digits&q=在校"), "doubts")
    assert len(rows) == 1 + 0
    assert "在校学生数" in rows[0][1]
    assert "2020 年没有要核对的数" in _get(enter("jijiao"), "/doubts/?year=2020&kind=parts")


@pytest.mark.parametrize("login", ["chayue", "xianqu"])
def test_doubts_stay_inside_the_bureau(issued: City, enter: Enter, login: str) -> None:
    assert "局领导" in _get(enter(login), "/doubts/", 403)
    assert "/doubts/" not in _get(enter(login), PAGE)


def test_these_pages_take_at_most_twelve_queries_even_after_a_choice(issued: City, enter: Enter) -> None:
    _choose(issued)
    client, counts = enter("jijiao"), {}
    for url in ("/", "/indicators/", PAGE, f"/indicators/{ROLL}/", "/doubts/?year=2020", "/counties/990121/"):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts[url] = len(queries)
    assert {url: many for url, many in counts.items() if many > 12} == {}


def _told(city: City, year: int) -> doubting.Asked:
    runs = latest_runs(city.pk, (year - 1, year))
    raw = measured_cells(runs, [RATE, ROLL, PRESENT], level=("city", "county"))
    told = definitions.Told(raw, figures_of_year(city.pk, year), runs, dict(city.divisions.values_list("code", "name")))
    return doubting.Asked(year, told, digits_of(runs.get(year)))


def test_definitions_that_say_why_they_differ_are_not_asked_about(measured: City) -> None:
    assert definitions.asked_of(RATE, 2020, _told(measured, 2020).told) is not None
    finding = definitions.asked_of(RATE, 2020, _told(measured, 2020).told)
    assert finding is not None
    assert "实际在班" not in finding.what


def test_a_filed_figure_may_be_chosen_and_then_nothing_measured_speaks(measured: City) -> None:
    one = next(one for one in measurements(measured.pk) if one.indicator == RATE and not one.division and one.on.year > 2020)  # fmt: skip
    _choose(measured, one.definition, one.on.year)
    assert {definition for definition, _ in _spoken(measured, one.on.year)} <= {one.definition}
    kept = PublishedDefinition.objects.get()
    assert (kept.measure, kept.definition) == ("", one.definition)


def test_the_two_percent_case_of_the_press_is_asked_about(measured: City) -> None:
    luoyang = load(Path(__file__).resolve().parents[2] / "cities" / "luoyang")
    told = [one for one in luoyang.figures if one.indicator in {RATE, *PARTS}]
    add_figures(actor("ducha"), measured, told)
    day = next(one.on for one in told if one.indicator == RATE)
    listed = [one for one in doubting.doubts(_told(measured, day.year)) if one.kind == doubting.PARTS]
    assert any("2.14 %" in one.finding.what and one.label == questions()[RATE].label for one in listed)


def test_sums_of_runs_ask_nothing_where_parts_make_the_whole(measured: City) -> None:
    assert [one for one in doubting.doubts(_told(measured, 2020)) if one.kind == doubting.PARTS] == []
    assert date(2020, 9, 1) in {one.on for one in figures_of_year(measured.pk, 2020)}
    assert set(PARTS) <= MEASURES.keys()
