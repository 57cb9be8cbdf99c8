"""Refusals, findings of files and what disabled buttons say, on English pages: no Chinese but names and what people wrote."""

import json
import re
from html import unescape
from time import process_time

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.bureau.board import english
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.ledger.actions import confirm
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Proposal
from luoshi.bureau.returns.models import Unit
from luoshi.words.findings import Finding
from luoshi.words.sayings import HAN, Sayings
from tests.bureau import collected, xingzhou
from tests.bureau.collected import COUNTIES, rows, table
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

HERE = COUNTIES[1]


def _in_english(client: Client) -> Client:
    client.post("/language/", {"language": "en", "next": "/"})
    return client


def _words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html)).strip()


def _findings(page: str) -> list[str]:
    """The four parts of everything a page refuses or finds."""
    told = re.findall(r'<div class="told bad" role="alert"><dl>(.*?)</dl></div>', page, re.DOTALL)
    return [_words(part) for one in told for part in re.findall(r"<dd>(.*?)</dd>", one, re.DOTALL)]


def _disabled(page: str) -> list[str]:
    """What disabled buttons say: their titles, and the small words behind them."""
    titles = re.findall(r'disabled title="([^"]*)"', page)
    behind = re.findall(r" disabled[^>]*>(?:(?!<small|<button|<input).){0,200}<small>(.*?)</small>", page, re.DOTALL)
    return [_words(one) for one in (*titles, *behind) if _words(one)]


def _names() -> list[str]:
    """What is somebody's or of the city: people, and 星州's own words in refusals."""
    return [member.name for member in xingzhou.MEMBERS]


def _chinese(told: list[str], *data: str) -> list[str]:
    """What stays Chinese when names and data are taken away."""
    names = sorted((*_names(), *data), key=len, reverse=True)
    said = [re.sub("|".join(map(re.escape, names)), "", one) for one in told]
    return [one for one in said if HAN.search(one)]


@pytest.mark.parametrize("login", ["xianqu", "guanli", "shenji", "jijiaolian"])
def test_what_is_refused_is_said_in_english(proposals: dict[str, Proposal], enter: Enter, login: str) -> None:
    confirm(actor("ducha"), proposals["2.1"].pk, 1)
    client, told = enter(login), list[str]()
    closed = (
        "/journal/",
        "/doubts/",
        "/leader/",
        "/entrants/",
        "/pivot/",
        "/marks/",
        "/bulletins/",
        "/evidence/",
        "/people/",
    )
    for page in closed:
        _in_english(client)
        answer = client.get(page)
        told += _findings(answer.content.decode()) if answer.status_code == 403 else []
    assert len(told) >= 8
    assert _chinese(told) == []
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    refused = [one for page in closed if (one := client.get(page)).status_code == 403]
    assert all(HAN.search(part) for part in _findings(refused[0].content.decode()))


def test_disabled_buttons_say_why_in_english(proposals: dict[str, Proposal], enter: Enter) -> None:
    row, told = confirm(actor("ducha"), proposals["2.1"].pk, 1), list[str]()
    for login in ("chayue", "jijiaolian", "xueqian", "fenguan", "guanli"):
        client = _in_english(enter(login))
        for page in (
            f"/items/{row.pk}/",
            f"/items/{row.pk}/edit/",
            f"/plans/{row.edition_id}/breakdown/",
            "/plans/",
            "/people/",
        ):
            told += _disabled(client.get(page).content.decode())
    assert len(set(told)) > 5, told
    assert _chinese(told) == []


def test_what_is_found_in_a_file_is_said_in_english(city: City, enter: Enter) -> None:
    collected.fill_lake()
    window = collected.opened(city)
    unit = Unit.objects.filter(window=window, county=HERE, kind="211").first()
    assert unit
    faulty = rows("class_bands", unit.code).with_columns(pl.col("classes") + 1, pl.col("girls") + 9999)
    client, at = _in_english(enter("xianqu")), f"/returns/{window.pk}/units/{unit.code}/"
    client.post(f"{at}act/", {"act": "bring", "file": SimpleUploadedFile("班额.csv", table(faulty))})
    page = client.get(at).content.decode()
    told = [_words(one) for one in re.findall(r'<div class="found-row">(.*?)</div>', page, re.DOTALL)]
    assert len(told) >= 2
    assert _chinese(told, unit.label) == []
    assert "Girls are at most all pupils" in " ".join(told)
    assert "女生数不多于在校学生数" in enter("xianqu").get(at).content.decode(), "kept in Chinese"


def test_what_is_kept_is_told_in_the_language_of_whoever_reads_it(city: City, enter: Enter) -> None:
    where, what, rule, remedy = "第3行", "没有写理由", "修订须写理由", "请写明理由"
    Job.objects.create(kind="x", title="用新密钥重新加密", state="failed", asked_by="guanli", words="备份：文件 3/7",
        findings=[[where, what, rule, remedy]], asker={"name": "管理辛"})  # fmt: skip
    client = enter("guanli")
    assert f"{where}：{what}。规则：{rule}。处理：{remedy}。" in client.get("/jobs/").content.decode()
    page = _in_english(client).get("/jobs/").content.decode()
    assert "row 3: No reason is written. Rule: A revision needs a reason. What to do: Write the reason." in unescape(
        page
    )
    assert "Encrypt again with the new key" in page
    assert "Backup: file 3/7" in page


def test_what_a_job_said_by_gettext_is_told_again_when_it_is_read() -> None:
    with override("zh-hans"):
        made = [
            _("操作日志完整，共 %(number)s 条，链尾 %(end)s") % {"number": 7, "end": "7:ab"},
            _("已截止，可以核定。"),
        ]
    with override("en"):
        again = [
            _("操作日志完整，共 %(number)s 条，链尾 %(end)s") % {"number": 7, "end": "7:ab"},
            _("已截止，可以核定。"),
        ]
        assert [english.told(one) for one in made] == again
        assert not any(map(HAN.search, again))


def test_what_somebody_typed_is_never_taken_for_markup(city: City, enter: Enter) -> None:
    typed = "<b>{0}%s</b>{{ x }}"
    with override("en"):
        assert english.told(f"没有账号 {typed}") == f"There is no account {typed}"
    client = _in_english(enter("guanli"))
    Job.objects.create(
        kind="x",
        title="x",
        state="failed",
        asked_by="guanli",
        asker={},
        findings=[[typed, f"没有账号 {typed}", "", ""]],
    )
    page = client.get("/jobs/").content.decode()
    assert "There is no account &lt;b&gt;{0}%s&lt;/b&gt;{{ x }}" in page
    assert typed not in page


def test_a_program_that_asks_for_english_is_refused_in_english(city: City, enter: Enter) -> None:
    client = enter()
    told = client.get("/api/v1/indicators", headers={"accept-language": "en-GB,en;q=0.9"})
    assert not HAN.search(json.dumps(json.loads(told.content), ensure_ascii=False))
    assert told.status_code == 401
    assert "Accept-Language" in told["Vary"]
    for wanted in ("", "zh-CN,en"):
        answer = client.get("/api/v1/indicators", headers={"accept-language": wanted})
        assert "没有带密钥" in json.loads(answer.content)["findings"][0]["what"]


def _two_hundred() -> list[Finding]:
    rule = "各段班数之和等于班数总计（逻辑校验 class_bands.adds_up 第1版，教育事业统计校验：行列平衡）"
    return [
        Finding(
            f"B{row}、C{row}（学校标识码 21410{row:05d}，年级 {row % 9 + 1}）班数总计等8格",
            f"班数总计为{row}，25人及以下为{row + 1}；即{row}＞{row + 2}",
            rule,
            "请核对这几格并改正",
        )
        for row in range(1, 201)
    ]


def test_a_page_of_two_hundred_findings_is_told_within_five_milliseconds() -> None:
    found, spent = _two_hundred(), list[float]()
    for _again in range(7):
        sayings = Sayings(english.rows())
        sayings.told("没有这一项")
        begun = process_time()
        told = [sayings.told(part) for one in found for part in (one.where, one.what, one.rule, one.remedy)]
        spent.append(process_time() - begun)
    assert not [one for one in told if HAN.search(one)]
    assert min(spent) < 0.005, spent


def test_a_chinese_page_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    one = _two_hundred()[0]
    monkeypatch.setattr(english, "_sayings", lambda: pytest.fail("the table was opened"))
    with override("zh-hans"):
        assert english.in_words(one) is one
        assert english.told(one.what) is one.what
        assert english.why(one) == f"{one.rule}。{one.remedy}"
