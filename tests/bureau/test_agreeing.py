"""对数: 3 figures of 17 units go out, come back, are verified, published, and revised in the open."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from luoshi.bureau.agreements import actions, queries
from luoshi.bureau.agreements.actions import Proof, Ruling, Told
from luoshi.bureau.agreements.models import Line, Revision, Round, Sheet
from luoshi.bureau.agreements.printing import archive, file_name, printed
from luoshi.bureau.indicators.models import Figure
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.plans.models import Edition, Proposal
from tests.bureau import agreed, witness
from tests.bureau.agreed import CODES, DUCHA, LARGE, PLACES, SHARE
from tests.bureau.scans import PDF
from tests.bureau.xingzhou import actor

A, B, C = CODES[5], CODES[6], CODES[7]
AFTER = date(2021, 9, 26)
"""The day after the last day to answer: five working days from 15 September, past 中秋 and its make-up day."""


@pytest.fixture
def plan(edition: Edition, proposals: dict[str, Proposal]) -> Edition:
    """The plan in a city of 17 units, the large-class promise confirmed."""
    agreed.grown(edition.city)
    confirm(DUCHA, proposals["2.1"].pk, 1)
    return edition


def _agree_all(of: Round, *without: str) -> None:
    for code in CODES:
        if code not in without:
            cells = {number: {"核对结果": "无异议"} for number in (1, 2, 3)}
            assert agreed.brought(of, agreed.filled(of, code, cells)).taken == 3


def test_three_figures_of_seventeen_units_are_agreed_and_published_and_a_later_change_leaves_them(
    plan: Edition,
) -> None:
    """users.md §11, scenario 7, by its text."""
    of = agreed.sent(plan)
    # 3 figures × 17 units out as one xlsx each
    sheets = list(Sheet.objects.filter(round=of))
    assert (len(sheets), Line.objects.filter(round=of).count()) == (17, 51)
    packed = archive([(file_name(of, one.division), printed(one, of, one.division)) for one in sheets])
    names = zipfile.ZipFile(io.BytesIO(packed)).namelist()
    assert len(names) == 17
    assert of.reply_by == date(2021, 9, 23)
    # county A 无异议, B objects with file, C silent
    _agree_all(of, B, C)
    back = agreed.brought(
        of,
        agreed.filled(
            of,
            B,
            {
                1: {"核对结果": "有异议", "本单位分子": "１", "本单位分母": "1,00", "本单位数": "1"},
                2: {"核对结果": "无异议"},
                3: {"核对结果": "无异议"},
            },
        ),
    )
    assert back.taken == 2
    assert "1,00" in back.findings[0][1]
    objection = {
        1: {
            "核对结果": "有异议",
            "本单位分子": "１",
            "本单位分母": "100",
            "本单位数": "1.00％",
            "依据说明": "八年级已拆班",
        }
    }
    assert agreed.brought(of, agreed.filled(of, B, objection), "再报.xlsx").taken == 1
    disputed = agreed.line(of, B)
    told = Told("有异议", "", "1", "100", "八年级已拆班，附班级名册")
    kept = actions.answer(agreed.county(B), disputed.pk, disputed.version, told, Proof("名册.pdf", PDF), AFTER)
    assert kept.proof is not None
    assert [one.division for one in queries.open_disputes(plan)] == [B]
    assert queries.summary(plan) == queries.Summary(1, 3, 1)
    assert [(one.figures, one.reply_by) for one in queries.waiting(C)] == [(3, date(2021, 9, 23))]
    of = actions.close(DUCHA, of.pk, agreed.again(of).version, AFTER)
    assert agreed.line(of, A).state == Line.State.AGREED
    assert {one.state for one in Line.objects.filter(round=of, division=C)} == {Line.State.SILENT}
    assert queries.by_urgency(queries.lines(of))[0].pk == disputed.pk
    # 核定 with reason
    assert actions.verify_agreed(DUCHA, of.pk, of.version, AFTER) == 50
    disputed = agreed.line(of, B)
    with witness.refused("agreements.verify", "没有写理由"):
        actions.verify(DUCHA, disputed.pk, disputed.version, Ruling("1", "1", "100"), AFTER)
    with witness.done("agreements.verify"):
        actions.verify(DUCHA, disputed.pk, disputed.version, Ruling("1", "1", "100", "名册与学籍一致"), AFTER)
    total = agreed.line(of, "")
    assert (total.verified_numerator, total.verified_denominator) == (Decimal(81), Decimal(2600))
    assert total.verified_value == Decimal("3.115385"), "summed, 50+1+2×15 of 1000+1600; never the mean of rates"
    verified = Figure.objects.get(division=B, indicator=LARGE, standing="verified")
    assert (verified.value, verified.definition, verified.on) == (Decimal(1), "演示口径（虚构）", agreed.ON)
    with witness.done("agreements.publish"):
        assert actions.publish(DUCHA, of.pk, agreed.again(of).version, "教育督查通报第8期（虚构）", AFTER) == 54
    # later change of one row shows 发布数 unaffected, 修订 listed
    disputed = agreed.line(of, B)
    with witness.done("agreements.revise"):
        actions.revise(
            agreed.DUCHA,
            disputed.pk,
            disputed.version,
            Ruling("3", "3", "100", "复核发现漏报2个班"),
            date(2021, 10, 11),
        )
    disputed = agreed.line(of, B)
    assert (disputed.published_value, disputed.verified_value) == (Decimal(1), Decimal(3))
    change = disputed.revisions.get()
    assert (change.was_value, change.becomes_value, change.reason, change.by) == (1, 3, "复核发现漏报2个班", "督查甲")
    total = agreed.line(of, "")
    assert (total.published_numerator, total.verified_numerator) == (Decimal(81), Decimal(83))
    assert total.revisions.get().reason == "随单位数修订重新汇总"
    assert Figure.objects.filter(standing="published", division=B, indicator=LARGE).get().value == 1
    assert broken() is None


def test_a_sheet_is_locked_but_for_what_the_unit_says(plan: Edition) -> None:
    of = agreed.sent(plan)
    sheet = Sheet.objects.get(round=of, division=A)
    page = openpyxl.load_workbook(io.BytesIO(printed(sheet, of, "亢南县"))).worksheets[0]
    top = next(row for row in range(1, 12) if page.cell(row, 2).value == "序号")
    open_at = {page.cell(top, c.column).value for c in page[top + 1] if not c.protection.locked}
    assert open_at == {"核对结果", "本单位数", "本单位分子", "本单位分母", "依据说明"}
    counted = {page.cell(top, c.column).value for c in page[top + 2] if not c.protection.locked}
    assert counted == {"核对结果", "本单位数", "依据说明"}, "a bare count has no counts beside it"
    assert page.protection.sheet
    (rule,) = page.data_validations.dataValidation
    assert rule.formula1 == '"无异议,有异议"'
    words = [str(cell.value or "") for row in page.iter_rows() for cell in row]
    assert any(sheet.code in one for one in words)
    assert any("视为无异议" in one and "2021年9月23日" in one for one in words)
    assert any("演示数据（虚构）" in one for one in words)
    assert "演示口径（虚构）" in words


def test_the_sheet_of_another_round_is_told_where_it_belongs(plan: Edition) -> None:
    of = agreed.sent(plan)
    terms = actions.Terms("2021年7月对数", date(2021, 7, 31), agreed.NOTICE, 5)
    other = actions.open_round(DUCHA, plan, terms, {LARGE: ""}, (A,), agreed.SENT)
    content = agreed.filled(of, A, {1: {"核对结果": "无异议"}})
    with witness.refused("agreements.take_back", "这是“2021年8月对数”的核对表"):
        agreed.brought(other, content)


def test_a_changed_locked_cell_is_told_and_not_taken(plan: Edition) -> None:
    of = agreed.sent(plan)
    back = agreed.brought(of, agreed.filled(of, A, {1: {"上报数": "1.5", "口径": "另一种口径", "核对结果": "无异议"}}))
    assert back.taken == 1
    assert ["发出时为“2”，交回时为“1.5”" in one[1] for one in back.findings].count(True) == 1
    assert len(back.findings) == 2
    line = agreed.line(of, A)
    assert (line.reported_value, line.definition) == (Decimal(2), "演示口径（虚构）")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"核对结果": "有异议", "本单位数": "=cmd|'/c calc'!A1", "依据说明": "x"}, "不是一个准确数"),
        ({"核对结果": "有异议", "本单位数": "约1.5", "依据说明": "x"}, "不是一个准确数"),
        ({"核对结果": "有异议", "本单位数": "-1", "依据说明": "x"}, "不是一个准确数"),
        ({"核对结果": "有异议", "本单位数": "1.5个", "依据说明": "x"}, "单位是“个”"),
        ({"核对结果": "有异议", "本单位分子": "3", "依据说明": "x"}, "分子、分母只填了一个"),
        ({"核对结果": "有异议", "本单位分子": "3", "本单位分母": "0", "依据说明": "x"}, "分母为零"),
        (
            {"核对结果": "有异议", "本单位数": "5", "本单位分子": "3", "本单位分母": "100", "依据说明": "x"},
            "分子、分母算出",
        ),
        ({"核对结果": "有异议", "本单位数": "1.5"}, "没有写依据"),
        ({"核对结果": "有异议", "依据说明": "不对"}, "没有填本单位数"),
        ({"核对结果": "有异议", "本单位数": "2", "依据说明": "x"}, "与上报数相同"),
        ({"核对结果": "无异议", "本单位数": "1.5"}, "又填了不同的本单位数"),
        ({"核对结果": "差不多"}, "核对结果是“差不多”"),
        ({"本单位数": "1.5"}, "没有写核对结果"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_told_and_not_taken(plan: Edition, cells: dict[str, str], said: str) -> None:
    of = agreed.sent(plan)
    back = agreed.brought(of, agreed.filled(of, A, {1: cells}))
    assert back.taken == 0
    assert said in back.findings[0][1]
    assert "第1项" in back.findings[0][0]
    assert agreed.line(of, A).state == Line.State.WAITING


@pytest.mark.parametrize("words", ["1.50％", "１.５", " 1.5 ", "1.5%"])
def test_numbers_typed_as_text_are_numbers(plan: Edition, words: str) -> None:
    of = agreed.sent(plan)
    cells = {1: {"核对结果": "有异议 ", "本单位数": words, "依据说明": "拆班"}}
    assert agreed.brought(of, agreed.filled(of, A, cells)).taken == 1
    own = queries.latest(agreed.line(of, A))
    assert own is not None
    assert own.own_value == Decimal("1.5")


def test_a_bare_count_takes_no_counts(plan: Edition) -> None:
    of = agreed.sent(plan)
    cells = {2: {"核对结果": "有异议", "本单位分子": "3", "本单位分母": "100", "依据说明": "x"}}
    back = agreed.brought(of, agreed.filled(of, A, cells))
    assert (back.taken, "是个数，不是率" in back.findings[0][2]) == (0, True)


def test_words_that_begin_like_a_formula_stay_words(plan: Edition) -> None:
    of = agreed.sent(plan)
    cells = {2: {"核对结果": "有异议", "本单位数": "1,234", "依据说明": '=HYPERLINK("http://x")'}}
    assert agreed.brought(of, agreed.filled(of, A, cells)).taken == 1
    own = queries.latest(agreed.line(of, A, PLACES))
    assert own is not None
    assert (own.own_value, own.words) == (Decimal(1234), '=HYPERLINK("http://x")')


def test_the_same_file_is_taken_once(plan: Edition) -> None:
    of = agreed.sent(plan)
    content = agreed.filled(of, A, {1: {"核对结果": "无异议"}})
    agreed.brought(of, content)
    with witness.refused("agreements.take_back", "已经收过"):
        agreed.brought(of, content, "另一个名字.xlsx")


def test_a_sheet_does_not_overwrite_what_was_answered_on_a_page(plan: Edition) -> None:
    of = agreed.sent(plan)
    line = agreed.line(of, A)
    with witness.done("agreements.answer"):
        actions.answer(agreed.county(A), line.pk, line.version, Told("有异议", "1.5", words="拆班"), None, agreed.SENT)
    back = agreed.brought(of, agreed.filled(of, A, {1: {"核对结果": "无异议"}, 2: {"核对结果": "无异议"}}))
    assert back.taken == 1
    assert "在页面上答“有异议 1.5 %”" in back.findings[0][1]
    assert agreed.line(of, A).state == Line.State.DISPUTED


def test_nothing_is_answered_before_sending_or_after_closing(plan: Edition) -> None:
    of = agreed.opened(plan)
    line = agreed.line(of, A)
    with witness.refused("agreements.answer", "现在是“草拟”"):
        actions.answer(agreed.county(A), line.pk, line.version, Told("无异议"), None, agreed.SENT)
    of = actions.send(DUCHA, of.pk, of.version, agreed.SENT, agreed.national())
    content = agreed.filled(of, A, {1: {"核对结果": "无异议"}})
    actions.close(DUCHA, of.pk, of.version, AFTER)
    with witness.refused("agreements.take_back", "现在是“已截止”"):
        agreed.brought(of, content)
    line = agreed.line(of, A)
    with witness.refused("agreements.answer", "现在是“已截止”"):
        actions.answer(agreed.county(A), line.pk, line.version, Told("无异议"), None, AFTER)


def test_it_is_not_closed_while_a_unit_may_still_answer(plan: Edition) -> None:
    of = agreed.sent(plan)
    with witness.refused("agreements.close", "还没有反馈，反馈截止日是 2021-09-23"):
        actions.close(DUCHA, of.pk, of.version, date(2021, 9, 23))


def test_silence_that_was_not_announced_is_not_agreement(plan: Edition) -> None:
    of = agreed.sent(plan, actions.Terms("2021年8月对数", agreed.ON, agreed.NOTICE, 5))
    of = actions.close(DUCHA, of.pk, of.version, AFTER)
    assert {one.state for one in Line.objects.filter(round=of)} == {Line.State.UNHEARD}
    with witness.refused("agreements.verify", "没有可照上报数核定的"):
        actions.verify_agreed(DUCHA, of.pk, of.version, AFTER)
    line = agreed.line(of, A)
    with witness.refused("agreements.verify", "没有写明视为无异议"):
        actions.verify(DUCHA, line.pk, line.version, Ruling("2"), AFTER)
    actions.verify(DUCHA, line.pk, line.version, Ruling("2", reason="电话核实（虚构）"), AFTER)
    assert agreed.line(of, A).verified_denominator == 100, "the counts of the reported figure stay with it"


def test_silence_is_announced_in_the_notice_and_cannot_be_switched_on_afterwards(plan: Edition) -> None:
    quiet = actions.Terms("对数", agreed.ON, agreed.NOTICE, 5, silence=True)
    with witness.refused("agreements.open", "通知里没有“视为无异议”"):
        actions.open_round(DUCHA, plan, quiet, agreed.ASKED, (), agreed.SENT)
    loud = actions.Terms("对数", agreed.ON, agreed.SILENT, 5)
    with witness.refused("agreements.open", "却没有勾选"):
        actions.open_round(DUCHA, plan, loud, agreed.ASKED, (), agreed.SENT)
    of = agreed.opened(plan, actions.Terms("对数", agreed.ON, agreed.NOTICE, 5))
    of = actions.amend(DUCHA, of.pk, of.version, actions.Terms("八月对数", agreed.ON, agreed.NOTICE, 3))
    of = actions.send(DUCHA, of.pk, of.version, agreed.SENT, agreed.national())
    assert (of.title, of.reply_by) == ("八月对数", date(2021, 9, 18))
    with witness.refused("agreements.amend", "草拟"):
        actions.amend(DUCHA, of.pk, of.version, actions.Terms("对数", agreed.ON, agreed.SILENT, 5, silence=True))


def test_two_who_verify_at_once_are_told(plan: Edition) -> None:
    of = agreed.sent(plan)
    of = actions.close(DUCHA, of.pk, of.version, AFTER)
    line = agreed.line(of, A)
    actions.verify(DUCHA, line.pk, line.version, Ruling("2", "2", "100"), AFTER)
    with witness.refused("agreements.verify", "别人刚刚办理过"):
        actions.verify(actor("ducha2"), line.pk, line.version, Ruling("3", "3", "100", "另一个数"), AFTER)
    with witness.refused("agreements.verify", "核定只办一次"):
        actions.verify(actor("ducha2"), line.pk, line.version + 1, Ruling("3", "3", "100", "另一个数"), AFTER)


def test_a_county_answers_for_itself_only(plan: Edition) -> None:
    of = agreed.sent(plan)
    line = agreed.line(of, A)
    with witness.refused("agreements.answer", "县（市、区）只反馈本单位的数"):
        actions.answer(agreed.county(B), line.pk, line.version, Told("无异议"), None, agreed.SENT)


def test_a_section_verifies_what_it_leads_and_nothing_else(plan: Edition) -> None:
    of = agreed.sent(plan)
    of = actions.close(DUCHA, of.pk, of.version, AFTER)
    lead = agreed.line(of, A).lead
    assert lead == "JJ"
    mine, other = agreed.line(of, A), agreed.line(of, A, SHARE)
    actions.verify(actor("jijiao"), mine.pk, mine.version, Ruling("2", "2", "100"), AFTER)
    with witness.refused("agreements.verify", "不是这一项的牵头科室"):
        actions.verify(actor("jijiao"), other.pk, other.version, Ruling("80", "80", "100"), AFTER)
    with witness.refused("agreements.verify", "没有这项权限"):
        actions.verify(agreed.county(A), other.pk, other.version, Ruling("80"), AFTER)


def test_a_held_figure_is_not_typed_again(plan: Edition) -> None:
    of = agreed.opened(plan)
    same = actions.Entered(A, LARGE, "2.0%")
    assert actions.enter(DUCHA, of.pk, of.version, [same], agreed.SENT) == 0
    other = actions.Entered(A, LARGE, "1.9")
    with witness.refused("agreements.enter", "系统已有上报数 2 %"):
        actions.enter(DUCHA, of.pk, agreed.again(of).version, [other], agreed.SENT)


def test_a_missing_figure_is_entered_or_asked_for(plan: Edition) -> None:
    of = actions.open_round(DUCHA, plan, agreed.TERMS, {SHARE: "普惠口径（虚构）"}, (A, B), agreed.SENT)
    entered = [actions.Entered(A, SHARE, "", "１，234", "1,500", "张三")]
    assert actions.enter(DUCHA, of.pk, of.version, entered, agreed.SENT) == 1
    line = agreed.line(of, A, SHARE)
    assert (line.reported_value, line.reported_by) == (Decimal("82.266667"), "张三")
    assert Figure.objects.get(division=A, indicator=SHARE).standing == "reported"
    of = actions.send(DUCHA, of.pk, agreed.again(of).version, agreed.SENT, agreed.national())
    back = agreed.brought(of, agreed.filled(of, B, {1: {"核对结果": "无异议"}}))
    assert "上报数空缺" in back.findings[0][1]
    assert agreed.brought(of, agreed.filled(of, B, {1: {"本单位分子": "9", "本单位分母": "10"}})).taken == 1
    own = queries.latest(agreed.line(of, B, SHARE))
    assert own is not None
    assert (own.own_value, own.words) == (Decimal(90), "补报")


def test_the_city_has_no_total_while_a_unit_lacks(plan: Edition) -> None:
    agreed.opened(plan)
    terms = actions.Terms("部分单位", agreed.ON, agreed.SILENT, 5, silence=True)
    of = actions.open_round(DUCHA, plan, terms, {LARGE: ""}, CODES[:16], agreed.SENT)
    of = actions.send(DUCHA, of.pk, of.version, agreed.SENT, agreed.national())
    of = actions.close(DUCHA, of.pk, of.version, AFTER)
    actions.verify_agreed(DUCHA, of.pk, of.version, AFTER)
    assert not Line.objects.filter(round=of, division="").exists()
    assert queries.lacking(queries.units_of(plan.city), queries.lines(of), 1) == "本轮没有市直"
    assert not Figure.objects.filter(standing="verified", division="").exists()


def test_the_bulletin_gets_counts_rate_last_month_and_distance(plan: Edition) -> None:
    of = agreed.sent(plan)
    of = actions.close(DUCHA, of.pk, of.version, AFTER)
    actions.verify_agreed(DUCHA, of.pk, of.version, AFTER)
    actions.publish(DUCHA, of.pk, agreed.again(of).version, "第8期（虚构）", AFTER)
    terms = actions.Terms("2021年9月对数", date(2021, 9, 30), agreed.SILENT, 5, silence=True)
    later = actions.open_round(DUCHA, plan, terms, {LARGE: "演示口径（虚构）"}, (), date(2021, 10, 8))
    entered = [actions.Entered(code, LARGE, "", "1", "100") for code in CODES]
    actions.enter(DUCHA, later.pk, later.version, entered, date(2021, 10, 8))
    later = actions.send(DUCHA, later.pk, agreed.again(later).version, date(2021, 10, 8), agreed.national())
    later = actions.close(DUCHA, later.pk, later.version, date(2021, 10, 20))
    actions.verify_agreed(DUCHA, later.pk, later.version, date(2021, 10, 20))
    told = {(one.division, one.indicator): one for one in queries.unit_figures(plan, date(2021, 10, 31))}
    one = told[A, LARGE]
    assert (one.amount.numerator, one.amount.denominator, one.amount.value) == (1, 100, 1)
    assert (one.change, one.target, one.distance) == (Decimal(-1), Decimal("2.5"), Decimal("-1.5"))
    assert told["", LARGE].amount.denominator == 1700
    august = {(one.division, one.indicator): one for one in queries.unit_figures(plan, date(2021, 9, 15))}
    assert august[A, LARGE].published == agreed.line(of, A).amount("published")
    assert len(queries.verified(plan)) == 54 + 18


def test_a_figure_is_agreed_once_for_one_day(plan: Edition) -> None:
    agreed.sent(plan)
    with witness.refused("agreements.open", "只对一次"):
        actions.open_round(DUCHA, plan, agreed.TERMS, {LARGE: ""}, (A,), agreed.SENT)


def test_what_was_revised_back_and_forth_is_three_changes(plan: Edition) -> None:
    of = agreed.sent(plan)
    of = actions.close(DUCHA, of.pk, of.version, AFTER)
    actions.verify_agreed(DUCHA, of.pk, of.version, AFTER)
    for top in ("3", "2", "3"):
        line = agreed.line(of, A)
        actions.revise(DUCHA, line.pk, line.version, Ruling("", top, "100", "复核（虚构）"), AFTER)
    assert Revision.objects.filter(line=agreed.line(of, A)).count() == 3
    assert Figure.objects.filter(division=A, indicator=LARGE, standing="verified").count() == 4
    line = agreed.line(of, A)
    with witness.refused("agreements.revise", "数没有变"):
        actions.revise(DUCHA, line.pk, line.version, Ruling("", "3", "100", "x"), AFTER)
