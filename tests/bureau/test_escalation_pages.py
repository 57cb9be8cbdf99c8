"""The pages of 督办, as the people of the house meet them."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from luoshi.bureau.escalations import queries
from luoshi.bureau.escalations.models import Closing, Paper, Rectification, RuleSet, Switch
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.reporting.official import bound
from luoshi.spine import Standing
from luoshi.tracking.ladder import DEFAULT_LADDER, Grade
from tests.bureau import witness
from tests.bureau.conftest import Enter
from tests.bureau.proofs import prove
from tests.bureau.scans import PDF
from tests.bureau.test_escalations import judged_done, paper, reported, row

__all__ = ["paper", "row"]
MOST_QUERIES = 12


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("签发件.pdf", PDF, "application/pdf")


def sent(browser: Client, paper: Paper, **changes: object) -> int:
    told = {
        "act": "send",
        "version": 1,
        "on": "2021-10-13",
        "signer": "甲副局长",
        "number": "星教督〔2021〕3号",
        "scan": scan(),
    }
    return browser.post(f"/escalations/{paper.pk}/act/", told | changes).status_code


def test_a_paper_goes_from_the_list_to_its_answer(row: Commitment, edition: Edition, enter: Enter) -> None:
    ducha, section = enter("ducha"), enter("xueqian")
    assert "没有拟稿" in ducha.get("/escalations/?on=2021-10-12").content.decode()
    ducha.post(f"/escalations/draft/?plan={edition.pk}", {"on": "2021-10-12"})
    page = ducha.get("/escalations/?on=2021-10-12").content.decode()
    assert "2021年8月、9月连续2个月欠进度" in page
    one = Paper.objects.get()
    assert "2021年8月" not in section.get("/escalations/?on=2021-10-12").content.decode()
    assert section.get(f"/escalations/{one.pk}/").status_code == 404
    with witness.entered_as_refused("escalations.send", "没有文号"):
        assert sent(ducha, one, number="") == 409
    assert sent(ducha, one) == 302
    page = section.get("/escalations/?on=2021-10-18").content.decode()
    assert "还有 2 个工作日" in page
    assert "已超 1 个工作日" in section.get("/escalations/?on=2021-10-21").content.decode()
    answer = {"act": "answer", "version": 2, "on": "2021-10-18", "words": "三所园月底交付"}
    assert section.post(f"/escalations/{one.pk}/act/", answer).status_code == 302
    assert "三所园月底交付" in ducha.get("/escalations/").content.decode()
    told = enter("ducha").get(f"/items/{row.pk}/").content.decode()
    assert "批示与督办记录" in told
    assert "三所园月底交付" in told
    one.refresh_from_db()
    assert one.scan is not None
    assert ducha.get(f"/scans/{one.scan.digest}/").status_code == 200


def test_nobody_sees_what_is_not_his(paper: Paper, enter: Enter) -> None:
    sent(enter("ducha"), paper)
    for login, status in (
        ("ducha2", 200), ("fenguan", 200), ("xueqian", 200),
        ("guanli", 404), ("jijiao", 404), ("xianqu", 404), ("chayue", 404),
    ):  # fmt: skip
        assert enter(login).get(f"/escalations/{paper.pk}/").status_code == status, login
        listed = enter(login).get("/escalations/").content.decode()
        assert (f"/escalations/{paper.pk}/" in listed) == (status == 200), login
    assert enter().get("/escalations/").status_code == 302


def test_a_county_sees_the_papers_of_its_own_items(paper: Paper, row: Commitment, enter: Enter) -> None:
    sent(enter("ducha"), paper)
    Commitment.objects.filter(pk=row.pk).update(divisions=["990121"])
    assert enter("xianqu").get(f"/escalations/{paper.pk}/").status_code == 200
    assert (
        enter("xianqu")
        .post(f"/escalations/{paper.pk}/act/", {"act": "answer", "version": 2, "on": "2021-10-18", "words": "已开工"})
        .status_code
        == 302
    )
    paper.refresh_from_db()
    assert (paper.stage, paper.answered_by) == ("answered", "县区己")


def test_words_are_edited_and_copied(paper: Paper, enter: Enter) -> None:
    changed = {
        "act": "edit",
        "version": 1,
        "title": "关于新增学位的催办单",
        "to": "学前教育科",
        "words": "第一段\n第二段",
        "answer_days": "3",
    }
    assert enter("ducha").post(f"/escalations/{paper.pk}/act/", changed).status_code == 302
    paper.refresh_from_db()
    words = queries.paper_words(paper)
    assert words.paragraphs == ("第一段", "第二段")
    assert queries.told(words) == "关于新增学位的催办单\n学前教育科：\n第一段\n第二段\n星州市教育局"
    with witness.entered_as_refused("escalations.edit", "别人刚刚办理过"):
        assert enter("ducha2").post(f"/escalations/{paper.pk}/act/", changed).status_code == 409


@pytest.mark.parametrize(
    "sent_act", [{"act": "burn"}, {"act": "edit", "answer_days": "三"}, {"act": "send", "on": "soon"}]
)
def test_what_no_page_sends_is_told_calmly(paper: Paper, enter: Enter, sent_act: dict[str, str]) -> None:
    answer = enter("ducha").post(f"/escalations/{paper.pk}/act/", {"version": "1"} | sent_act)
    assert answer.status_code == 409
    assert "处理" in answer.content.decode()


def _word(content: bytes) -> str:
    """Everything a Word file says, tables too."""
    made = Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def test_a_paper_is_downloaded_as_word_with_its_number_only_once_it_was_sent(paper: Paper, enter: Enter) -> None:
    """The words as they stand on the page, the item's target, 回执; 送审稿 and no number before it was sent."""
    ducha, url = enter("ducha"), f"/escalations/{paper.pk}/file.docx"
    assert "下载 Word（送审稿）" in ducha.get(f"/escalations/{paper.pk}/").content.decode()
    assert enter("xueqian").get(url).status_code == 404
    draft = _word(ducha.get(url).content)
    assert "送审稿" in draft
    assert "星教督〔2021〕3号" not in draft
    for line in paper.words.splitlines():
        assert line in draft
    assert sent(ducha, paper) == 302
    out = enter("xueqian").get(url)
    told = _word(out.content)
    assert "送审稿" not in told
    for words in ("星教督〔2021〕3号", "催办单回执", "星州市教育局催办单", "5200个"):
        assert words in told
    assert bound(out.content) == {}  # the section reported its figure, and nobody has verified it yet


def test_a_reminder_is_a_message_and_no_word_file(paper: Paper, enter: Enter) -> None:
    Paper.objects.filter(pk=paper.pk).update(step="reminder", name="提醒")
    ducha = enter("ducha")
    assert "下载 Word" not in ducha.get(f"/escalations/{paper.pk}/").content.decode()
    assert ducha.get(f"/escalations/{paper.pk}/file.docx").status_code == 404


def test_a_problem_goes_from_a_paper_to_the_look_back(paper: Paper, edition: Edition, enter: Enter) -> None:
    ducha, section, url = enter("ducha"), enter("xueqian"), f"/plans/{edition.pk}/rectifications/"
    sent(ducha, paper)
    assert paper.because in ducha.get(f"{url}?paper={paper.pk}").content.decode()
    told = {"act": "add", "paper": paper.pk, "problem": "三所园未交付", "source": "ledger", "due": "2021-11-05"}
    assert ducha.post(f"{url}act/", told).status_code == 302
    kept = Rectification.objects.get()
    assert (kept.lead, kept.paper_id) == ("XQ", paper.pk)
    assert "三所园未交付" in section.get(url).content.decode()
    assert "三所园未交付" not in enter("jijiao").get(url).content.decode()
    mended = {
        "act": "mend",
        "row": kept.pk,
        "version": 1,
        "measure": "倒排工期",
        "evidence": "验收单",
        "claimed": "yes",
    }
    assert section.post(f"{url}act/", mended).status_code == 302
    looked = {
        "act": "look",
        "row": kept.pk,
        "version": 2,
        "on": "2021-11-10",
        "who": "督查甲",
        "found": "已开园",
        "kept": "yes",
    }
    assert ducha.post(f"{url}act/", looked).status_code == 302
    assert "已开园" in section.get(url).content.decode()
    assert ducha.post(f"{url}act/", {**told, "act": "burn"}).status_code == 409
    assert ducha.post(f"{url}act/", {**looked, "row": "999"}).status_code == 409


def test_an_item_is_closed_on_its_page_and_the_ledger_says_so(row: Commitment, edition: Edition, enter: Enter) -> None:
    section, ducha, url = enter("xueqian"), enter("ducha"), f"/items/{row.pk}/"
    assert "核定为已完成后，由牵头科室申请销号" in section.get(url).content.decode()
    reported(edition, 5210, date(2021, 10, 31), Standing.VERIFIED)
    row = judged_done(row)
    assert "佐证缺口" in section.get(url).content.decode()
    prove(row, "xueqian")
    assert "佐证缺口" not in section.get(url).content.decode()

    def post(browser: Client, **told: object) -> int:
        row.refresh_from_db()
        return browser.post(
            f"{url}closing/", {"version": row.version, "on": "2021-11-12", "words": "同意"} | told
        ).status_code

    with witness.entered_as_refused("escalations.close", "现在应由牵头科室签字"):
        assert post(ducha, step="office") == 409
    assert post(section, step="section", shown="验收单") == 302
    assert post(ducha, step="leader", name="甲副局长", scan=scan()) == 302
    assert "督查甲代录" in ducha.get(url).content.decode()
    assert post(ducha, step="office") == 302
    assert "已销号" in ducha.get(url).content.decode()
    assert "已销号 2021-11-12" in ducha.get(f"/?plan={edition.pk}").content.decode()
    assert post(ducha, act="reopen", words="两所未开园") == 302
    assert "两所未开园" in ducha.get(url).content.decode()
    assert Closing.objects.get().ended


def test_the_rules_are_edited_and_compared(city: City, edition: Edition, enter: Enter) -> None:
    ducha, url = enter("ducha"), "/escalations/rules/"
    assert "产品默认值，未核" in ducha.get(url).content.decode()
    told: dict[str, object] = {
        "act": "rules",
        "version": 0,
        "report_day": 10,
        "begun": "2021-06-01",
        "words": "局督查办法",
    }
    for rung in DEFAULT_LADDER.rungs:
        key = rung.step.value
        told |= {
            f"{key}-name": rung.name,
            f"{key}-months": rung.months,
            f"{key}-days_ahead": rung.days_ahead,
            f"{key}-answer_days": rung.answer_days,
            f"{key}-used": "1",
        }
        told |= {f"{key}-{grade.value}": "1" for grade in Grade if grade in rung.grades}
        told |= {f"{key}-jumps": "1"} if rung.jumps else {}
        told |= {f"{key}-again": "1"} if rung.again else {}
    assert ducha.post(f"{url}act/", told | {"urging-name": "蓝色督查单", "urging-months": 3}).status_code == 302
    page = ducha.get(url).content.decode()
    assert "<ins>蓝色督查单</ins>" in page
    assert "<del>催办单</del>" in page
    assert ducha.post(f"{url}act/", told).status_code == 409
    assert ducha.post(f"{url}act/", told | {"version": 1, "talk-months": "两"}).status_code == 409
    assert RuleSet.objects.count() == 1


def test_nothing_of_cards_and_ranking_is_shown_before_it_is_switched_on(
    city: City, edition: Edition, enter: Enter
) -> None:
    ducha, url = enter("ducha"), "/escalations/rules/"
    assert ducha.get(url).content.decode().count("未开") >= 3
    asked = {
        "act": "switch",
        "what": "cards",
        "to": "on",
        "approver": "甲副局长",
        "until": "2999-01-01",
        "words": "局长办公会",
    }
    assert ducha.post(f"{url}act/", asked).status_code == 409
    assert ducha.post(f"{url}act/", asked | {"scan": scan()}).status_code == 302
    assert "甲副局长批准" in ducha.get(url).content.decode()
    assert Switch.objects.count() == 1


def test_a_card_is_shown_only_while_cards_are_switched_on(paper: Paper, city: City, enter: Enter) -> None:
    ducha = enter("ducha")
    sent(ducha, paper)
    late = "/escalations/?on=2021-10-21"
    assert "黄牌" not in ducha.get(late).content.decode()
    Switch.objects.create(
        city=city, what="cards", on=True, approver="甲副局长", reason="局长办公会",
        begun=date(2021, 10, 1), until=date(2021, 10, 31), by="督查甲",
    )  # fmt: skip
    assert "<li>学前教育科：黄牌</li>" in ducha.get(late).content.decode()
    assert "学前教育科：黄牌" not in ducha.get("/escalations/?on=2021-10-20").content.decode()
    assert "学前教育科：黄牌" not in ducha.get("/escalations/?on=2021-11-01").content.decode()


def test_pages_ask_little(paper: Paper, row: Commitment, edition: Edition, enter: Enter) -> None:
    sent(enter("ducha"), paper)
    for login in ("ducha", "xueqian"):
        browser = enter(login)
        for url in (
            "/escalations/",
            f"/escalations/{paper.pk}/",
            f"/plans/{edition.pk}/rectifications/",
            "/escalations/rules/",
        ):
            browser.get(url)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert browser.get(url).status_code == 200
            assert len(asked) <= MOST_QUERIES, (url, len(asked))
