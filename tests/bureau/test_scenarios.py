"""users.md §11 by its text, through the pages and with real files, in 星州's own folder. 演示数据（虚构）."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.board import incoming
from luoshi.bureau.board.opening import open_demo
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.ledger.models import Breakdown, Commitment, Target
from luoshi.bureau.people.models import City, Office
from luoshi.bureau.plans.models import Edition
from luoshi.bureau.reports import queries as reports
from luoshi.bureau.reports.models import Amount, Call, Found, Period, Report
from tests.bureau import many, witness, xingzhou
from tests.bureau.conftest import Enter
from tests.replies import Made, Truth, make

pytestmark = pytest.mark.only_on("sqlite")  # processes of their own or a whole year: once is enough for every run

ON = date(2021, 9, 30)
SILENT = 7
FILES = (
    *(
        1,
        98,
        37,
        9,
        136,
        122,
        34,
        163,
        127,
        91,
        208,
        212,
        101,
        368,
        320,
        124,
        518,
        347,
        126,
        566,
        367,
        141,
        591,
        377,
        249,
    ),
    *(621, 400, 254, 743, 427, 275),
)
PASTED = (3, 114, 168, 194, 228)
"""Seeds of the generator: the first whose reply is of September, of the wanted form, and of a unit that is not silent."""
FOLDER = Path(__file__).resolve().parents[2] / "cities" / "xingzhou"


@pytest.fixture
def house(db: None) -> City:
    """星州 as it is opened for a visitor, before its year begins: the plan read, decided, issued."""
    return open_demo(FOLDER, lambda _: None, begun=False)


@dataclass(frozen=True)
class Gathering:
    """A period, the replies that come in for it, and the units of which nothing comes."""

    period: Period
    files: list[Made]
    pasted: list[Made]
    silent: set[str]


@pytest.fixture
def gathering(house: City, enter: Enter) -> Gathering:
    """September's period, opened on its page; replies of the generator by seed, none of them about a silent unit's items."""
    edition = Edition.objects.get(city=house)
    page = f"/plans/{edition.pk}/month/open/"
    assert enter("ducha").post(page, {"on": ON.isoformat(), "reply_by": "", "counties": ""}).status_code == 302
    period = Period.objects.select_related("edition__city").get()
    asked = {one.call.office for one in reports.asked(period)}
    silent = set(sorted(asked)[:SILENT])
    names = dict(Office.objects.filter(city=house).values_list("code", "name"))
    wanted = incoming.wanted(period)
    files, pasted = ([make(wanted, seed) for seed in seeds] for seeds in (FILES, PASTED))
    quiet = {one.id for one in wanted if one.office in {names[code] for code in silent}}
    for made in [*files, *pasted]:
        assert made.on.month == ON.month + 1, "a reply of September"
        assert quiet.isdisjoint(made.truth), "a silent unit says nothing"
    return Gathering(period, files, pasted, silent)


def test_the_page_and_the_reader_of_replies_call_an_item_by_the_same_padded_number(
    edition: Edition, enter: Enter
) -> None:
    many.enter_all(edition)
    row = Commitment.objects.filter(edition=edition, number="2.1").get()
    Commitment.objects.filter(pk=row.pk).update(lead="XQ")
    Breakdown.objects.filter(pk=row.breakdown_id).update(stage="issued")
    period = Period.objects.create(edition=edition, on=ON, reply_by=ON, opened_by="督查甲")
    with CaptureQueriesContext(connection) as asked:
        wanted = incoming.wanted(period)
    assert [one.paper_number for one in wanted if one.id == row.pk] == ["2021-02-01"]
    assert len(asked) <= 6, "not one for each row"
    assert "2021-02-01" in enter("ducha").get(f"/items/{row.pk}/").content.decode()


def _bring(browser: Client, one: Gathering) -> None:
    page = f"/periods/{one.period.pk}/bring/"
    sent = [SimpleUploadedFile(made.name, made.content) for made in one.files]
    assert browser.post(page, {"files": sent, "pasted": "", "office": ""}).status_code == 302
    for made in one.pasted:
        assert browser.post(page, {"pasted": made.text, "office": ""}).status_code == 302


def _right(found: Found, truth: Truth | None) -> bool:
    """Whether a piece says what its reply says."""
    if truth is None:
        return False
    first = Target.objects.filter(commitment=found.commitment_id).order_by("place").first()
    value = next((Decimal(one["value"]) for one in found.figures if first and one["target"] == first.pk), None)
    if truth.nothing:
        return found.nothing_new
    if truth.value is None:
        return value is None or value in {0, 100}
    return value == truth.value


def _landed(truth: dict[int, dict[int, Truth]]) -> list[Found]:
    """What landed, after each of it stands on its own item with its own number and day."""
    landed = list(Found.objects.filter(decision="landed").select_related("report", "report__call"))
    for one in landed:
        told = truth[one.reply_id][one.commitment_id or 0]
        amounts = list(Amount.objects.filter(report=one.report).order_by("target__place"))
        assert one.report.call.commitment_id == one.commitment_id
        if one.report.stage != Report.Stage.REPLACED:  # a second reply about the same item took its place
            assert (one.report.stage == Report.Stage.NOTED) == told.nothing
        if told.value is not None:
            assert (amounts[0].reported, amounts[0].on <= ON) == (told.value, True)
    return landed


def test_scenario_four_the_end_of_a_month(gathering: Gathering, enter: Enter) -> None:
    browser, period = enter("ducha"), gathering.period
    page = f"/plans/{period.edition_id}/month/?period={period.pk}"
    # 31 files (docx, txt, xlsx) and five pasted messages
    assert [one.kind for one in gathering.files[:3]] == ["docx", "txt", "xlsx"]
    assert [sum(one.kind == kind for one in gathering.files) for kind in ("docx", "txt", "xlsx")] == [11, 10, 10]
    assert {one.kind for one in gathering.pasted} == {"pasted"}
    _bring(browser, gathering)
    came = reports.replies(period)
    assert len(came) == len(FILES) + len(PASTED) == 36
    truth = {reply.pk: made.truth for reply, made in zip(came, [*gathering.files, *gathering.pasted], strict=True)}

    # each matched to an item with number and date, doubtful ones asked
    every = [piece for reply in came for piece in reply.found.all()]
    wrong = {one.pk for one in every if not _right(one, truth[one.reply_id].get(one.commitment_id or 0))}
    shown = browser.get(page).context["month"]
    doubtful, sure = ({one.found.pk for one in shown[name]} for name in ("doubtful", "sure"))
    assert doubtful | sure == {one.pk for one in every}
    assert not doubtful & sure
    assert wrong <= doubtful, "whatever was read wrong is asked about"
    said = sum(len(told) for told in truth.values())
    right = {(one.reply_id, one.commitment_id) for one in every if one.pk not in wrong}
    assert (said, len(wrong & sure)) == (161, 0)
    assert len(right) >= 158
    assert len(sure) >= 125
    assert len(doubtful) < 45
    assert all(one.doubts or one.commitment_id is None for one in every if one.pk in doubtful)

    # the sure ones land in one click
    with witness.done("reports.land"):
        assert browser.post(f"/periods/{period.pk}/land/", {"pick": sorted(sure)}).status_code == 302
    landed = _landed(truth)
    assert {one.pk for one in landed} == sure

    # 7 not in, names copied
    units = reports.unanswered(period)
    assert {unit.code for unit in units if len(unit.owed) == unit.asked} >= gathering.silent
    text = browser.get(page).context["month"]["nudge"]
    names = dict(Office.objects.filter(city=period.edition.city).values_list("code", "name"))
    for code in gathering.silent:
        unit = next(unit for unit in units if unit.code == code)
        assert f"{names[code]}（{unit.asked}项）" in text
        assert f"\n{names[code]}：\n" in text
    told_of = {one.commitment_id for one in landed}
    owed = {one.call.commitment_id for unit in units for one in unit.owed}
    assert owed == {one.call.commitment_id for one in reports.asked(period)} - told_of

    # 12 marked 本期无新进展 in one click
    open_calls = [one.call.pk for one in reports.asked(period) if not one.answered][:12]
    before = reports.counts(period)
    with witness.done("reports.nothing_new"):
        browser.post(f"/periods/{period.pk}/nothing-new/", {"call": open_calls, "from": "month"})
    after = reports.counts(period)
    assert (after.answered - before.answered, before.open - after.open) == (12, 12)
    assert Report.objects.filter(call__in=open_calls, stage=Report.Stage.NOTED).count() == 12


def test_nobody_types_a_number_the_system_holds(gathering: Gathering, enter: Enter) -> None:
    period, browser = gathering.period, enter("ducha")
    told = xingzhou.figure("compulsory_large_class_rate", "2.14", "%")
    assert (told.on, told.known > ON) == (ON, True), (
        "September's figure is known in October, when the answers are written"
    )
    target = Target.objects.get(commitment__edition=period.edition, indicator=told.indicator, value="2.5")
    call = Call.objects.get(period=period, commitment=target.commitment_id)
    (before,) = [
        one for one in browser.get(f"/calls/{call.pk}/").context["call"]["form"]["asks"] if one.id == target.pk
    ]
    assert before.held == "", "as long as nothing is held it is asked for"
    add_figures(xingzhou.INSTALLER, period.edition.city, [told])
    answer = browser.get(f"/calls/{call.pk}/")
    (ask,) = [one for one in answer.context["call"]["form"]["asks"] if one.id == target.pk]
    assert ask.held.startswith("2.14")
    page = answer.content.decode()
    assert page.count("不用再填") == folded(page, target.pk) == 1
    # left alone, the form sends no figure, and nothing is missed
    filled = {"words": "已降至目标以内。", "claimed": "on_course", "replaces": "0"}
    with witness.done("reports.file"):
        assert browser.post(f"/calls/{call.pk}/file/", filled).status_code == 302
    assert not Amount.objects.filter(report__call=call).exists()


def folded(page: str, target: int) -> int:
    """How many of a target's inputs stand inside a fold that is shut, behind 另报一个数."""
    return sum(f'name="value-{target}"' in fold.partition("</details>")[0] for fold in page.split("<details>")[1:])
