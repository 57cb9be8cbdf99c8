"""县区分解测算 on its page: seen before it is kept, fixed by hand, given out as a file, and refused in words."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from luoshi.bureau.indicators.actions import add_figures, keep_measuring
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.packing import Moment
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.ledger.models import Share as Row
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition, Proposal
from tests.bureau import xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import INSTALLER, actor, figure

pytestmark = pytest.mark.django_db
DOUCHENG, JIAOYANG = "990102", "990121"
RATE = "compulsory_large_class_rate"


@pytest.fixture
def rows(edition: Edition, proposals: dict[str, Proposal]) -> list[Commitment]:
    for one in proposals.values():
        confirm(actor("ducha"), one.pk, one.version)
    xingzhou.issued(edition.pk)
    return list(Commitment.objects.filter(edition=edition))


@pytest.fixture
def large(city: City, rows: list[Commitment]) -> Commitment:
    """大班额比例降至2.5%以内: 18 of 400 classes in one county, 12 of 600 in the other, so 5 have to go."""
    told = replace(
        figure(RATE, "3", "%"), on=date(2021, 11, 30), known=date(2021, 12, 8), definition="部门月报（虚构）"
    )
    add_figures(
        INSTALLER,
        city,
        [
            replace(told, division=code, numerator=Decimal(part), denominator=Decimal(whole), value=Decimal(value))
            for code, part, whole, value in ((DOUCHENG, 18, 400, "4.5"), (JIAOYANG, 12, 600, "2"))
        ],
    )
    return next(row for row in rows if "大班额比例" in row.title)


def _asked(row: Commitment, **more: str) -> dict[str, object]:
    return {"version": row.version, "target": row.targets.get(indicator=RATE).pk, "act": "quota", **more}


def test_a_rate_is_split_by_its_gap_and_kept_as_it_was_shown(large: Commitment, enter: Enter) -> None:
    browser, page = enter("jijiao"), f"/items/{large.pk}/shares/?on=2021-12-20"
    plain = browser.get(page).content.decode()
    assert "18/400" in plain
    assert "时点 2021-11-30" in plain
    shown = browser.post(page, _asked(large, basis="gap")).content.decode()
    assert "全市达到目标值时为 25 个班" in shown
    assert "须减 5 个班" in shown
    assert f'name="value-{DOUCHENG}" inputmode="decimal" aria-label="斗城区 分解数" value="3.25"' in shown
    assert 'value="2.00"' in shown, "who is better keeps what it has"
    assert shown.count('class="owed"') == 2
    assert not Row.objects.exists(), "nothing is kept yet"
    typed = {f"value-{DOUCHENG}": "3.25", f"value-{JIAOYANG}": "2.00"}
    assert browser.post(page, _asked(large, **typed, act="share")).status_code == 302
    assert {row.division: row.value for row in Row.objects.all()} == {DOUCHENG: Decimal("3.25"), JIAOYANG: 2}
    kept = browser.get(f"/items/{large.pk}/?on=2021-12-20").content.decode()
    assert "超出 5 个班（1.25 个百分点）" in kept
    assert "恰好达到" in kept


def test_what_is_fixed_by_hand_stands_and_the_files_say_so(large: Commitment, enter: Enter) -> None:
    browser, page = enter("jijiao"), f"/items/{large.pk}/shares/?on=2021-12-20"
    hand = {f"value-{DOUCHENG}": "4", f"fix-{DOUCHENG}": "1", "basis": "even"}
    refused = browser.post(page, _asked(large, **hand))
    assert refused.status_code == 409
    assert "其余单位都做到目标值，全市还差 3 个单位数" in refused.content.decode()
    hand[f"value-{DOUCHENG}"] = "3.25"
    answer = browser.post(page, _asked(large, **hand, act="csv"))
    head, first, second = csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff")))
    told = dict(zip(head, first, strict=True))
    assert (told["单位"], told["分解数"], told["还欠"], told["还欠单位"], told["手工固定"]) == (
        *("斗城区", "3.25", "5"),
        *("个班", "是"),
    )
    assert (Decimal(told["分子"]), Decimal(told["分母"]), told["时点"]) == (18, 400, "2021-11-30")
    assert dict(zip(head, second, strict=True))["还欠"] == "0"
    book = load_workbook(io.BytesIO(browser.post(page, _asked(large, **hand, act="xlsx")).content))
    lines = list(book["县区分解"].values)
    assert lines[0][0] == "演示数据（虚构）"
    assert lines[2][7] == 3.25


@pytest.fixture
def weighed(city: City) -> City:
    """700 and 300 children in 3 and 10 kindergartens, as a run of measuring leaves them."""
    told = ((DOUCHENG, "700", 3), (JIAOYANG, "300", 10))
    moments = [
        Moment("kindergarten_children", "county", code, code, "", heads, "", heads, heads, rows, rows)
        for code, heads, rows in told
    ]
    run = Measuring(city=city, year=2020, entry=9, head="0" * 64, state="2020", values={})
    keep_measuring(actor("jijiao"), run, moments)
    return city


@pytest.mark.parametrize(
    ("basis", "quotas"), [("pupils:kindergarten", [18, 8]), ("schools:kindergarten", [6, 20]), ("even", [13, 13])]
)
def test_a_count_is_split_by_what_was_measured_of_rows(
    weighed: City, rows: list[Commitment], enter: Enter, basis: str, quotas: list[int]
) -> None:
    build = next(row for row in rows if "幼儿园26所" in row.title)
    browser, page = enter("xueqian"), f"/items/{build.pk}/shares/?on=2021-12-20"
    sent = {"version": build.version, "target": build.targets.get(value=26).pk, "basis": basis}
    answer = browser.post(page, {**sent, "act": "csv"})
    head, *lines = csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff")))
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [int(line["分解数"]) for line in told] == quotas
    assert {line["还欠"] for line in told} == {""}, "nobody knows what is there"
    with CaptureQueriesContext(connection) as asked:
        shown = browser.post(page, {**sent, "act": "quota"}).content.decode()
    assert "合计 26 所" in shown
    assert len(asked.captured_queries) <= 12


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"basis": ""}, "没有选分法"),
        ({"basis": "pupils:unicorns"}, "没有选分法"),
        ({"basis": "gap:"}, "没有选分法"),
        ({"basis": "pupils:compulsory"}, "没有学生数"),
        ({"basis": "even", f"fix-{DOUCHENG}": "1", f"value-{DOUCHENG}": "三"}, "不是数字"),
        ({"basis": "even", f"fix-{JIAOYANG}": "1", f"value-{JIAOYANG}": "3"}, "等于允许变差"),
        ({"basis": "gap", "target": "99999999"}, "没有这个目标值"),
    ],
)
def test_what_cannot_be_split_is_said_in_four_parts(
    large: Commitment, enter: Enter, sent: dict[str, str], said: str
) -> None:
    answer = enter("jijiao").post(f"/items/{large.pk}/shares/?on=2021-12-20", {**_asked(large), **sent})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert said in page
    assert not Row.objects.exists()
    again = enter("jijiao").post(f"/items/{large.pk}/shares/?on=2021-12-20", {**_asked(large), **sent, "act": "xlsx"})
    assert again.status_code == 409, "no file of what is refused"


def test_without_figures_of_the_counties_a_rate_is_not_split(rows: list[Commitment], enter: Enter) -> None:
    row = next(one for one in rows if "大班额比例" in one.title)
    answer = enter("jijiao").post(f"/items/{row.pk}/shares/", _asked(row, basis="gap"))
    assert answer.status_code == 409
    assert "没有分子和分母" in answer.content.decode()
