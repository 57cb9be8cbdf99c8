"""评分 on its pages: a sheet filled in and refused, all sheets side by side, the rubric and its weights, a round and its judges."""

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.bureau.cases.models import Case
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.rubrics.models import Judge, Panel, Weighing
from luoshi.scoring.nouns import Mark
from luoshi.scoring.sheets import marks
from tests.bureau.conftest import Enter
from tests.bureau.scoring_year import SCHEME, begun, best, judging, marks_of, step
from tests.bureau.test_scored_cases import IN, MARKED, marked, own

LOW = {"meetings": Mark("2", why="纪要只见两次（演示）")}


def filled(key: str, sheet: str, **other: Any) -> dict[str, Any]:
    """What a browser sends of a sheet."""
    told: dict[str, Any] = {key: "form", **other}
    for name, mark in marks(sheet).items():
        told |= {f"{key}.{name}.v": mark.value, f"{key}.{name}.why": mark.why}
        if mark.absent:
            told[f"{key}.{name}.na"] = "1"
    return told


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch, city: City) -> None:
    city.opens = IN
    city.save()


def test_a_sheet_is_filled_in_on_its_page_with_proof_and_what_was_wrong_stays(city: City, enter: Enter) -> None:
    row = begun(city)
    client = enter("xianqu")
    page = client.get(f"/cases/{row.pk}/do/hand_in/").content.decode()
    assert "党委、政府专题研究教育" in page
    assert "满0次得0分" in page
    assert page.count('name="own_sheet.') > 60
    wrong = filled("own_sheet", best(meetings=Mark("很多")), version=row.version, once="a1")
    wrong["own_sheet/meetings"] = SimpleUploadedFile("纪要.txt", "纪要（演示）".encode())
    refused = client.post(f"/cases/{row.pk}/do/hand_in/", wrong)
    told = refused.content.decode()
    assert refused.status_code == 409
    assert 'href="#f-own_sheet-meetings"' in told
    assert 'value="很多"' in told
    held = re.search(r'name="held-own_sheet/meetings" value="(\d+)"', told)
    assert held, "the file waits for the form"
    again = filled("own_sheet", best(), version=row.version, once="a1") | {"held-own_sheet/meetings": held[1]}
    done = client.post(f"/cases/{row.pk}/do/hand_in/", again)
    assert done.status_code == 302
    assert marks_of(Case.objects.get(pk=row.pk), "own_sheet")["meetings"]["proof"]
    after = client.get(f"/cases/{row.pk}/").content.decode()
    assert "100" in after
    assert "纪要.txt" in after


def test_all_sheets_stand_side_by_side_with_the_reasons(city: City, enter: Enter) -> None:
    row = marked(city, **LOW)
    row = step(row, "conclude", "jijiao", MARKED, final_sheet=best(**LOW))
    page = enter("xianqu").get(f"/cases/{row.pk}/").content.decode()
    assert "自评可信度" in page
    assert "99.0%" in page
    assert "纪要只见两次（演示）" in page
    assert "评委1" in page
    assert "学前丙" not in page, "the county never reads who judged"
    assert "学前丙" in enter("jijiao").get(f"/cases/{row.pk}/").content.decode()


def test_the_letter_is_drafted_as_an_official_document(city: City, enter: Enter) -> None:
    row = marked(city, **LOW)
    client = enter("jijiao")
    assert client.get(f"/cases/{row.pk}/letter.docx").status_code == 404, "nothing is settled yet"
    row = step(row, "conclude", "jijiao", MARKED, final_sheet=best(**LOW))
    assert "意见书草稿（Word）" in client.get(f"/cases/{row.pk}/").content.decode()
    sent = client.get(f"/cases/{row.pk}/letter.docx")
    words = "\n".join(one.text for one in docx.Document(io.BytesIO(sent.content)).paragraphs)
    assert "得99分，等次为优秀" in words
    assert "党委、政府专题研究教育失1分：纪要只见两次（演示）" in words
    assert "演示数据" in "".join(
        zipfile.ZipFile(io.BytesIO(sent.content)).read(one).decode("utf-8", "ignore")
        for one in ("word/document.xml", "word/header1.xml")
    )
    assert enter("xianqu").get(f"/cases/{row.pk}/letter.docx").status_code == 403


def test_before_it_is_concluded_a_judge_reads_no_other_judges_marks(city: City, enter: Enter) -> None:
    row = step(own(city), "mark", "jijiaolian", MARKED, found_sheet=best(meetings=Mark("1", why="独家理由（演示）")))
    for login, seen in (("xueqian", False), ("xianqu", False), ("jijiao", True), ("jijiaolian", True), ("ducha", True)):
        page = enter(login).get(f"/cases/{row.pk}/").content.decode()
        assert ("独家理由（演示）" in page) is seen, login


def test_a_judges_sheet_begins_as_the_own_marks_and_the_last_one_as_the_judges(city: City, enter: Enter) -> None:
    row = step(own(city), "mark", "jijiaolian", MARKED, found_sheet=best(**LOW))
    page = enter("xueqian").get(f"/cases/{row.pk}/do/mark/").content.decode()
    assert (
        'name="found_sheet.meetings.v" inputmode="decimal" size="6" maxlength="20" autocomplete="off" value="4"' in page
    )
    step(row, "mark", "xueqian", MARKED, found_sheet=best(**LOW))
    page = enter("jijiao").get(f"/cases/{row.pk}/do/conclude/").content.decode()
    assert (
        'name="final_sheet.meetings.v" inputmode="decimal" size="6" maxlength="20" autocomplete="off" value="2"' in page
    )
    assert "核查（2人均分）" in page


def test_the_rubric_is_read_by_whoever_works_on_cases_and_changed_by_its_host(city: City, enter: Enter) -> None:
    begun(city)
    page = enter("xianqu").get("/rubrics/county_duty/")
    assert page.status_code == 200
    assert "存疑" in page.content.decode()
    assert 'name="meetings.points"' not in page.content.decode()
    client = enter("jijiao")
    assert 'name="meetings.points"' in client.get("/rubrics/county_duty/").content.decode()
    refused = client.post("/rubrics/county_duty/", {"meetings.points": "2", "reason": "局长办公会"})
    assert refused.status_code == 409
    assert "下级分值合计" in refused.content.decode()
    sent = {"meetings.points": "2", "meetings.bands.3": "2", "meetings.bands.2": "2", "planned.points": "4",
            "planned.levels.full": "4", "reason": "局长办公会2021年第2次"}  # fmt: skip
    assert client.post("/rubrics/county_duty/", sent).status_code == 302
    assert Weighing.objects.get().reason == "局长办公会2021年第2次"
    assert enter("xianqu").post("/rubrics/county_duty/", sent).status_code == 403
    assert client.get("/rubrics/petition/").status_code == 404


def test_a_round_names_judges_draws_once_and_ranks_nobody(city: City, enter: Enter) -> None:
    row = step(marked(city), "conclude", "jijiao", MARKED, final_sheet=best())
    client = enter("jijiao")
    Person.objects.create(username="jiaoshi", name="教师乙（演示）", role="teacher")
    page = client.get("/panels/county_duty/2021/").content.decode()
    assert 'value="ducha2"' in page
    assert "jiaoshi" not in page, "who may not work on cases judges none"
    assert page.index("斗城区") < page.index("角阳县"), "by code, not by points"
    assert "优秀" in page
    url = "/panels/county_duty/2021/act/"
    assert client.post(url, {"act": "name", "login": "nobody"}).status_code == 409
    assert client.post(url, {"act": "name", "login": "ducha2", "leads": "1"}).status_code == 302
    seat = Judge.objects.get(login="ducha2")
    told = {"act": "recuse", "judge": seat.pk, "unit": "990121", "reason": "曾在该县任职（演示）"}
    assert client.post(url, told).status_code == 302
    assert client.post(url, {"act": "release", "judge": seat.pk}).status_code == 302
    assert client.post(url, {"act": "draw", "seed": "483920", "count": "1", "must": "990121"}).status_code == 302
    assert Panel.objects.get().visits == ["990121"]
    assert client.post(url, {"act": "draw", "seed": "1", "count": "1"}).status_code == 409
    assert client.post(url, {"act": "else"}).status_code == 409
    assert enter("xianqu").get("/panels/county_duty/2021/").status_code == 403
    assert row.grade == "优秀"


def test_a_judge_steps_back_from_a_case_by_themselves(city: City, enter: Enter) -> None:
    row = own(city)
    client = enter("xueqian")
    assert "我要回避" in client.get(f"/cases/{row.pk}/").content.decode()
    assert client.post(f"/cases/{row.pk}/recuse/", {"reason": ""}).status_code == 302
    assert not Judge.objects.get(login="xueqian").recusals.exists()
    assert client.post(f"/cases/{row.pk}/recuse/", {"reason": "亲属在该县任职（演示）"}).status_code == 302
    assert Judge.objects.get(login="xueqian").recusals.get().unit == "990121"
    assert '<button class="first" disabled' in client.get(f"/cases/{row.pk}/do/mark/").content.decode()
    assert client.post(f"/cases/{row.pk}/recuse/", {"reason": "再来一次"}).status_code == 404


def test_a_round_asks_no_more_questions_for_more_units(
    city: City, enter: Enter, django_assert_max_num_queries: Any
) -> None:
    row = begun(city)
    for number in range(40):
        Case.objects.create(
            city=city, course=row.course, procedure=row.procedure, number=f"x{number}", title="演示", state="due",
            since=IN, opened_on=IN, last_on=IN, county="990102", period=f"p{number}",
        )  # fmt: skip
    client = enter("jijiao")
    client.get("/panels/county_duty/2021/")
    with django_assert_max_num_queries(30):
        client.get("/panels/county_duty/2021/")
    assert Person.objects.count() > 5
    assert judging(city).year == 2021
    assert len(SCHEME.items) == 35
