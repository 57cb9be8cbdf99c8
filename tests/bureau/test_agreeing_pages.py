"""The pages of 对数: a person walks the round, a county answers, refusals stand in place."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.agreements import actions, queries
from luoshi.bureau.agreements.models import Line, Reply, Round
from luoshi.bureau.board.agreeing import open_examples
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.people.models import Person
from luoshi.bureau.plans.models import Edition, Proposal
from tests.bureau import agreed
from tests.bureau.agreed import CODES, DUCHA, LARGE
from tests.bureau.conftest import Enter
from tests.bureau.scans import JPEG

A, B = CODES[5], CODES[6]
ROUND = {
    "title": "2021年8月对数",
    "on": "2021-08-31",
    "days": "5",
    "notice": agreed.SILENT,
    "silence": "yes",
    "indicator": [LARGE],
    f"definition-{LARGE}": "演示口径（虚构）",
    "unit": [A, B],
}


@pytest.fixture
def plan(edition: Edition, proposals: dict[str, Proposal]) -> Edition:
    """17 units, the large-class promise in the ledger, one county person of a unit that is asked."""
    agreed.grown(edition.city)
    confirm(DUCHA, proposals["2.1"].pk, 1)
    Person.objects.filter(username="xianqu").update(division=A)
    return edition


def test_a_person_walks_a_round_from_draft_to_revision(plan: Edition, enter: Enter) -> None:
    client = enter("ducha")
    assert "还没有对过数" in client.get("/agreeing/").content.decode()
    url = client.post("/agreeing/start/?on=2021-09-14", ROUND)["Location"]
    of = Round.objects.get()
    assert "还空缺 2 个" in client.get(url).content.decode()
    pasted = "单位\t指标\t分子\t分母\t上报数\t填报人\n角阳县教育局\t义务教育大班额比例\t2\t1,00\t\t李\n合计\t\t\t\t\t"
    refused = client.post(f"{url}act/", {"act": "enter", "version": "1", "pasted": pasted})
    assert refused.status_code == 409
    assert "不是一个准确数" in refused.content.decode()
    pasted = pasted.replace("1,00", "1００")
    assert (
        client.post(f"{url}act/?on=2021-09-14", {"act": "enter", "version": "1", "pasted": pasted}).status_code == 302
    )
    line = agreed.line(of, A)
    assert (line.reported_value, line.reported_by) == (2, "李")
    other = agreed.line(of, B)
    typed = {"act": "enter", "version": "2", f"top-{other.pk}": "３", f"bottom-{other.pk}": "100"}
    assert client.post(f"{url}act/?on=2021-09-14", typed).status_code == 302
    assert client.post(f"{url}act/?on=2021-09-15", {"act": "send", "version": "3"}).status_code == 302
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{url}sheets.zip").content))
    assert sorted(packed.namelist()) == ["2021年8月对数-亢南县.xlsx", "2021年8月对数-角阳县.xlsx"]
    files = [
        SimpleUploadedFile("角阳.xlsx", agreed.filled(agreed.again(of), A, {1: {"核对结果": "无异议"}})),
        SimpleUploadedFile("别的.txt", b"x"),
        SimpleUploadedFile(
            "亢南.xlsx",
            agreed.filled(
                agreed.again(of),
                B,
                {1: {"核对结果": "有异议", "本单位分子": "1", "本单位分母": "100", "依据说明": "已拆班"}},
            ),
        ),
    ]
    told = client.post(f"{url}take/?on=2021-09-17", {"file": files, "sender": "群里"}).content.decode()
    assert told.count("记入反馈 1 条") == 2
    assert "没有收" in told
    assert Reply.objects.count() == 2
    assert client.post(f"{url}act/?on=2021-09-17", {"act": "close", "version": "4"}).status_code == 302
    shown = client.get(url).content.decode()
    assert shown.index("亢南县</a>") < shown.index("角阳县</a>"), "disputes stand first"
    assert "−2 个百分点" in shown
    assert client.post(f"{url}act/?on=2021-09-17", {"act": "verify_agreed", "version": "5"}).status_code == 302
    settle = f"/agreeing/lines/{other.pk}/settle/?on=2021-09-17"
    version = agreed.line(of, B).version
    without = client.post(settle, {"act": "verify_own", "version": version, "reason": ""})
    assert (without.status_code, "没有写理由" in without.content.decode()) == (409, True)
    client.post(settle, {"act": "verify_own", "version": version, "reason": "照名册"})
    assert agreed.line(of, B).verified_numerator == 1
    assert "本轮没有斗城区" in client.get(url).content.decode()
    client.post(f"{url}act/?on=2021-09-18", {"act": "publish", "version": "6", "published_in": "第8期（虚构）"})
    version = agreed.line(of, B).version
    client.post(settle, {"act": "revise", "version": version, "top": "2", "bottom": "100", "reason": "复核"})
    shown = client.get(url).content.decode()
    assert "修订为" in shown
    assert "<del>1 %</del>" in shown
    one = client.get(f"/agreeing/lines/{other.pk}/").content.decode()
    assert "发布数保持原样" in one
    assert "第8期（虚构）" in one


def test_a_refused_form_keeps_what_was_ticked(plan: Edition, enter: Enter) -> None:
    refused = enter("ducha").post("/agreeing/start/", {**ROUND, "notice": "请核对。"})
    page = refused.content.decode()
    assert refused.status_code == 409
    assert f'value="{LARGE}" checked' in page
    assert f'value="{CODES[0]}"> ' in page
    assert "通知里没有“视为无异议”" in page


def test_a_county_answers_on_its_own_page_with_a_file(plan: Edition, enter: Enter) -> None:
    of = agreed.sent(plan)
    client = enter("xianqu")
    page = client.get("/agreeing/").content.decode()
    assert "还有 3 个数待反馈" in page
    assert "斗城区" not in page
    line = agreed.line(of, A)
    told = {"act": "answer", "answer": "disputed", "version": line.version, "value": "1.2.3", "words": "名册"}
    wrong = client.post(f"/agreeing/lines/{line.pk}/settle/?on=2021-09-17", told)
    assert (wrong.status_code, "不是一个准确数" in wrong.content.decode()) == (409, True)
    assert 'value="1.2.3"' in wrong.content.decode(), "what was typed is still there"
    told |= {"value": "1.5％", "proof": SimpleUploadedFile("名册.jpg", JPEG)}
    kept = client.post(f"/agreeing/lines/{line.pk}/settle/?on=2021-09-17", told)
    assert kept["Location"] == f"/agreeing/#l-{line.pk}"
    answer = queries.latest(agreed.line(of, A))
    assert answer is not None
    assert client.get(f"/agreeing/proofs/{answer.pk}/").content == JPEG
    assert client.post(f"/agreeing/{of.pk}/agree/?on=2021-09-17").status_code == 302
    assert Line.objects.filter(round=of, division=A, state="waiting").count() == 0
    assert "没有待反馈的数" in client.get("/agreeing/").content.decode()
    assert client.get(f"/agreeing/{of.pk}/sheets/{A}.xlsx").status_code == 200
    marked = SimpleUploadedFile("机密★名册.jpg", JPEG)
    secret = {**told, "version": agreed.line(of, A).version, "proof": marked}
    assert client.post(f"/agreeing/lines/{line.pk}/settle/?on=2021-09-17", secret).status_code == 409


def test_a_county_sees_nothing_of_another(plan: Edition, enter: Enter) -> None:
    of = agreed.sent(plan)
    other = agreed.line(of, B)
    told = actions.Told("有异议", "1.5", words="名册")
    proof = actions.Proof("名册.jpg", JPEG)
    made = actions.answer(agreed.county(B), other.pk, other.version, told, proof, agreed.SENT)
    client = enter("xianqu")
    assert client.get(f"/agreeing/{of.pk}/").status_code == 403
    assert client.get(f"/agreeing/lines/{other.pk}/").status_code == 403
    assert client.get(f"/agreeing/proofs/{made.pk}/").status_code == 403
    assert client.get(f"/agreeing/{of.pk}/sheets/{B}.xlsx").status_code == 403
    assert client.get(f"/agreeing/{of.pk}/sheets.zip").status_code == 403
    sent = {"act": "answer", "answer": "agreed", "version": agreed.line(of, B).version}
    assert client.post(f"/agreeing/lines/{other.pk}/settle/", sent).status_code == 403
    assert enter("chayue").get("/agreeing/").status_code == 403


def test_every_page_of_it_takes_at_most_twelve_queries(plan: Edition, enter: Enter) -> None:
    of = agreed.sent(plan)
    actions.close(DUCHA, of.pk, of.version, date(2021, 9, 26))
    actions.verify_agreed(DUCHA, of.pk, agreed.again(of).version, date(2021, 9, 26))
    line, took = agreed.line(of, A), {}
    for login, url in (
        ("ducha", "/agreeing/"),
        ("ducha", f"/agreeing/{of.pk}/"),
        ("ducha", f"/agreeing/lines/{line.pk}/"),
        ("xianqu", "/agreeing/"),
    ):
        client = enter(login)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        took[login, url] = len(asked)
    assert max(took.values()) <= 12, took


def test_the_demo_meets_every_state(plan: Edition, enter: Enter) -> None:
    settled, under_way = open_examples(DUCHA, plan, date(2021, 12, 20))
    assert settled.stage == "closed"
    assert queries.summary(plan).disputes == 2
    assert {one.state for one in Line.objects.filter(round=settled)} >= {"agreed", "disputed", "silent", "total"}
    assert Line.objects.filter(round=settled, revisions__isnull=False).exists()
    assert under_way.reply_by is not None
    assert enter("ducha").get(f"/agreeing/{under_way.pk}/?state=disputed").status_code == 200


def test_what_no_page_sends_is_refused_calmly(plan: Edition, enter: Enter) -> None:
    of = agreed.sent(plan)
    client, line = enter("ducha"), agreed.line(of, A)
    assert client.post(f"/agreeing/{of.pk}/act/", {"act": "burn", "version": "x"}).status_code == 409
    assert client.post(f"/agreeing/lines/{line.pk}/settle/", {"act": "burn"}).status_code == 409
    assert client.post(f"/agreeing/{of.pk}/take/", {}).status_code == 409
    assert client.get("/agreeing/999/").status_code == 404
    assert client.get("/agreeing/lines/999/").status_code == 404
    assert client.get(f"/agreeing/{of.pk}/sheets/nowhere.xlsx").status_code == 404
    assert client.post("/agreeing/start/", {**ROUND, "days": "many", "indicator": ["x"]}).status_code == 409
    assert client.post("/agreeing/start/", {**ROUND, "indicator": ["x"]}).status_code == 409
    assert client.get(f"/agreeing/{of.pk}/?state=nothing").status_code == 200
