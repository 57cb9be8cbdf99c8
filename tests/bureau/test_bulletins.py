"""出通报: drafted from the ledger, edited, settled; equal figures on board, docx, xlsx and 领导参阅; nothing unverified."""

import io
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from docx import Document
from openpyxl import load_workbook

from luoshi.bureau.bulletins import actions
from luoshi.bureau.bulletins import queries as texts
from luoshi.bureau.bulletins.actions import Issued
from luoshi.bureau.bulletins.gathering import Terms, gap
from luoshi.bureau.bulletins.models import Bulletin
from luoshi.bureau.files import queries as files
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.ledger.models import Commitment, Milestone
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.bureau.reports import actions as reports
from luoshi.bureau.reports.actions import Filled, Sum, Verified
from luoshi.bureau.reports.models import Amount, Call
from luoshi.reporting.composing import Practice
from luoshi.reporting.official import bound
from luoshi.reporting.official.editing import paragraph
from luoshi.spine import Comparator, Measurement, Standing, State, Target
from luoshi.words.calendars import national
from luoshi.words.provenance import Source
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import actor, issued

ON = date(2021, 9, 30)
TERMS = Terms("serial", ON, date(2021, 10, 9), practices=(Practice("斗城区", "分校分班，提前完成"),))
SCAN = PDF
RATE = Decimal("2.75")


@pytest.fixture
def edition(proposals: dict[str, Proposal]) -> Edition:
    """September answered for 大班额: 2.75 % reported, signed and verified; everything else has no verified figure."""
    for proposal in proposals.values():
        row = confirm(actor("ducha"), proposal.pk, 1)
        Milestone.objects.create(commitment=row, name="十月小结", due=date(2021, 10, 20))
    edition = next(iter(proposals.values())).edition
    issued(edition.pk)
    items = ledger.items(edition.city, edition, ON)
    period = reports.open_period(actor("ducha"), edition, ON, items, national())
    call = Call.objects.get(period=period, commitment__number="2.1")
    target = call.commitment.targets.get()
    filled = Filled("已分班", State.BEHIND, "缺教室", "新建教学楼", sums={target.pk: Sum(RATE, ON, "学籍（当日）")})
    report = reports.file(actor("jijiao"), call.pk, filled)
    report = reports.sign(actor("fenguan"), report.pk, report.version, "同意")
    reports.verify(actor("ducha"), report.pk, report.version, Verified("核过"))
    return Edition.objects.select_related("city").get(pk=edition.pk)


def _draft(edition: Edition, terms: Terms = TERMS) -> Bulletin:
    return actions.draft(actor("ducha"), edition, ledger.items(edition.city, edition, terms.on), terms)


def _words(content: bytes) -> str:
    """Everything a Word file says, tables too."""
    made = Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def test_scenario_8_the_same_figure_stands_on_board_docx_xlsx_and_leaders_page(edition: Edition, enter: Enter) -> None:
    serial, leaders = _draft(edition), _draft(edition, replace(TERMS, kind="leaders"))
    board = enter("ducha").get("/", {"on": "2021-09-30"}).content.decode()
    item = ledger.items(edition.city, edition, ON)
    (row,) = [one for one in item if one.row.number == "2.1"]
    assert row.data is not None
    assert row.data.measurement is not None
    assert row.data.measurement.value == RATE
    assert "2.75 %" in board
    assert "2.75%" in _words(texts.word_of(serial))
    assert "2.75%" in _words(texts.word_of(leaders)) or "高0.25个百分点" in _words(texts.word_of(leaders))
    book = load_workbook(io.BytesIO(texts.workbook_of(serial)))
    assert any("2.75" in str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line)


def test_every_bound_number_says_who_reported_and_who_verified_it(edition: Edition, enter: Enter) -> None:
    made = _draft(edition)
    keys = {key for key, _ in bound(texts.word_of(made)).values()}
    (source,) = [one for key, one in made.sources.items() if key in keys]
    assert (source["number"], source["reported_by"], source["verified_by"]) == ("2.1", "基教丁", "督查甲")
    assert (source["definition"], source["on"]) == ("学籍（当日）", "2021-09-30")
    page = enter("ducha").get(f"/bulletins/{made.pk}/").content.decode()
    assert f'href="/items/{source["item"]}/"' in page
    assert "基教丁 / 督查甲" in page


def test_headings_and_targets_are_said_as_in_an_official_text(edition: Edition) -> None:
    """The plan's own number of a section is left to the plan; signs are left to tables on a screen."""
    words = _words(texts.word_of(_draft(edition)))
    assert "补足学位" in words
    assert not re.search("）[一二三四五]、", words)
    assert "目标为不高于2.5%" in words
    assert "≤" not in words


def test_no_figure_without_verification_no_colour_and_no_school_is_printed(edition: Edition) -> None:
    words = _words(texts.word_of(_draft(edition)))
    assert "2.14" not in words  # a reported figure of the city's page, never verified
    assert not re.search("[红黄绿蓝橙][色灯牌]", words)
    assert "数据待核定" not in words or "2.14" not in words
    assert "已分班" not in words or "2.75%" in words
    counts = re.search(r"立项(?:督办|督查事项)(\d+)项", words)
    assert counts is not None
    assert int(counts[1]) == Commitment.objects.count()


def test_praise_stands_before_criticism_and_problems_name_office_figure_and_gap(edition: Edition) -> None:
    words = _words(texts.word_of(_draft(edition)))
    order = [words.index(one) for one in ("总体情况", "主要进展", "推进较好", "存在问题", "下步要求")]
    assert order == sorted(order)
    assert "斗城区" in words
    assert "缺教室" in words


def test_edited_words_stay_bound_where_the_number_still_stands(edition: Edition) -> None:
    made = _draft(edition)
    document = texts.document_of(made)
    (block,) = [part for part in document.blocks if "2.75%" in str(part) and hasattr(part, "text")][:1]
    edited = actions.edit(actor("ducha"), made.pk, made.version, {block.id: "大班额比例为2.75%，须抓紧。"})
    assert "大班额比例为2.75%，须抓紧。" in _words(texts.word_of(edited))
    assert any(words == "2.75%" for _, words in bound(texts.word_of(edited)).values())
    told = json.loads(Entry.objects.filter(action="bulletins.edit").latest("number").detail)
    assert told[f"段落 {block.id}"] == {"前": paragraph(document, block.id), "后": "大班额比例为2.75%，须抓紧。"}
    with witness.refused("bulletins.edit", "刚刚改过"):
        actions.edit(actor("ducha"), made.pk, made.version - 1, {block.id: "别人的话"})


def test_a_settled_text_has_no_bindings_publishes_its_figures_and_never_changes(edition: Edition) -> None:
    made = _draft(edition)
    with witness.refused("bulletins.settle", "没有上传签发件"):
        actions.settle(actor("ducha"), made.pk, made.version, Issued("", date(2021, 10, 11)))
    settled = actions.settle(actor("ducha"), made.pk, made.version, Issued("", date(2021, 10, 11), SCAN, "签发.pdf"))
    assert settled.file is not None
    content = files.content(settled.file)
    assert bound(content) == {}
    assert _words(content) == _words(texts.word_of(settled))
    assert "送审稿" not in _words(content)
    amount = Amount.objects.get()
    assert (amount.reported, amount.verified, amount.published) == (RATE, RATE, RATE)
    assert "第1期" in amount.published_in
    with witness.refused("bulletins.edit", "定稿、作废以后不再改"):
        actions.edit(actor("ducha"), made.pk, settled.version, {})
    with witness.refused("bulletins.draft", "期号不重复使用"):
        _draft(edition)
    assert texts.next_issue(edition) == 2


def test_a_red_head_owes_its_number_which_is_written_as_the_standard_writes_it(edition: Edition) -> None:
    made = _draft(edition, replace(TERMS, kind="red_head", code="星教督"))
    assert "星教督〔2021〕" in _words(texts.word_of(made))
    with witness.refused("bulletins.settle", "没有填发文字号"):
        actions.settle(actor("ducha"), made.pk, made.version, Issued("", date(2021, 10, 11), SCAN, "签发.pdf"))
    told = Issued("星教督[2021]007 号", date(2021, 10, 11), SCAN, "签发.pdf")
    assert actions.settle(actor("ducha"), made.pk, made.version, told).doc_no == "星教督〔2021〕7号"


def test_a_leaders_page_publishes_nothing_and_is_for_leaders(edition: Edition, enter: Enter) -> None:
    made = _draft(edition, replace(TERMS, kind="leaders"))
    actions.settle(actor("ducha"), made.pk, made.version, Issued("", date(2021, 10, 11)))
    assert Amount.objects.get().published is None
    assert enter("fenguan").get(f"/bulletins/{made.pk}/").status_code == 200
    assert enter("jijiao").get(f"/bulletins/{made.pk}/").status_code == 404
    assert enter("xianqu").get(f"/bulletins/{made.pk}/file.docx").status_code == 403


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (replace(TERMS, kind="poem"), "没有“poem”这种文种"),
        (replace(TERMS, on=date(2999, 1, 1)), "还没有到"),
        (replace(TERMS, issued=date(2021, 9, 1)), "先截至，后成文"),
    ],
)
def test_a_text_that_cannot_be_is_refused(edition: Edition, terms: Terms, said: str) -> None:
    with witness.refused("bulletins.draft", said):
        _draft(edition, terms)


def test_who_may_not_write_is_told_who_may(edition: Edition) -> None:
    items = ledger.items(edition.city, edition, ON)
    with witness.refused("bulletins.draft", "由督查室办理"):
        actions.draft(actor("jijiao"), edition, items, TERMS)
    made = _draft(edition)
    with witness.refused("bulletins.drop", "没有写理由"):
        actions.drop(actor("ducha"), made.pk, made.version, " ")
    assert actions.drop(actor("ducha"), made.pk, made.version, "另拟").stage == "dropped"


@pytest.mark.parametrize(
    ("comparator", "bound_at", "value", "unit", "said"),
    [
        (Comparator.AT_MOST, "2.5", "2.75", "%", "高0.25个百分点"),
        (Comparator.AT_MOST, "2.5", "2.5", "%", ""),
        (Comparator.AT_LEAST, "50", "41", "所", "差9所"),
        (Comparator.AT_LEAST, "85", "84.2", "%", "低0.8个百分点"),
        (Comparator.NONE, "0", "3", "个", "高3个"),
    ],
)
def test_how_far_a_figure_is_from_its_target_is_said_in_its_unit(
    comparator: Comparator, bound_at: str, value: str, unit: str, said: str
) -> None:
    target = Target(comparator, Decimal(bound_at), unit, 0, 1)
    figure = Measurement("x", ON, ON, Decimal(value), unit, "口径", Standing.VERIFIED, Source("", "", None, ""))
    assert gap(target, figure) == said


def test_the_pages_draft_edit_and_hand_out_what_they_say(edition: Edition, enter: Enter) -> None:
    browser = enter("ducha")
    sent = {"kind": "serial", "on": "2021-09-30", "issued": "2021-10-09", "issue": "3", "practices": "斗城区：集中建设"}
    answer = browser.post(f"/plans/{edition.pk}/bulletins/draft/", sent)
    made = Bulletin.objects.get()
    assert answer["Location"] == f"/bulletins/{made.pk}/"
    assert made.issue == 3
    for form in ("docx", "xlsx"):
        assert browser.get(f"/bulletins/{made.pk}/file.{form}").status_code == 200
    refused = browser.post(f"/plans/{edition.pk}/bulletins/draft/", {**sent, "practices": "没有单位的一句话"})
    assert refused.status_code == 409
    assert "没有写单位" in refused.content.decode()
    assert "第3期" in browser.get("/bulletins/").content.decode()
