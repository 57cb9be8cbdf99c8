"""The form of a case: sent twice it does it once, refused it asks nothing again, and it offers to each what they may choose."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from luoshi.bureau.board import case_forms, case_schools
from luoshi.bureau.board.drafting import owner, seal
from luoshi.bureau.cases.actions import Shown, drop_unsent, set_conduct, take
from luoshi.bureau.cases.actions.conducting import Setting
from luoshi.bureau.cases.actions.keeping import Bringing
from luoshi.bureau.cases.known import conducted
from luoshi.bureau.cases.models import Case, CasePaper, Happening, Unsent
from luoshi.bureau.cases.queries import choosable
from luoshi.bureau.files.models import File
from luoshi.bureau.files.queries import content, place
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City, Institution
from luoshi.handling.courses import Asked
from tests.bureau.test_cases import ACCEPTED, LETTER, PAPER, brought
from tests.bureau.xingzhou import actor

Enter = Callable[..., Client]
DANGER = {
    "found": "self", "found_on": "2020-09-16", "level": "major", "category": "fire", "place": "教学楼三层（演示）",
    "matter": "吊顶开裂（演示）", "stopped_on": "2020-09-16",
}  # fmt: skip
NEW = "/cases/new/hazard/"


@pytest.fixture
def native(city: City) -> City:
    """The city handles petitions, hazards and dropouts itself."""
    for key in ("petition", "hazard", "dropout"):
        set_conduct(actor("ducha"), city, key, Setting("native", "局长办公会2020年第3次", "JJ"))
    return city


def photograph(name: str = "隐患.jpg", grey: int = 200) -> SimpleUploadedFile:
    out, told = io.BytesIO(), Image.Exif()
    told.get_ifd(0x8825).update({1: "N", 2: (34.0, 37.0, 0.0)})
    Image.new("L", (40, 30), grey).save(out, "JPEG", exif=told)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def ticket(page: bytes) -> str:
    found = re.search(r'name="once" value="([^"]+)"', page.decode())
    assert found
    return found[1]


def test_the_same_form_sent_twice_makes_one_case_and_tells_its_code_again(native: City, enter: Enter) -> None:
    browser = enter("jijiao")
    form = {**LETTER, "once": ticket(browser.get("/cases/new/petition/").content)}
    first = browser.post("/cases/new/petition/", form, follow=True)
    again = browser.post("/cases/new/petition/", form, follow=True)
    assert Case.objects.count() == Happening.objects.count() == 1
    code = re.search(r"查询码 (\w{8})", first.content.decode())
    assert code
    assert code[0] in again.content.decode()
    assert "没有重复办理" in again.content.decode()
    assert Entry.objects.filter(action="cases.open").count() == 1
    other = browser.post("/cases/new/petition/", {**LETTER, "once": "another"}, follow=True)
    assert code[0] not in other.content.decode()
    assert Case.objects.count() == 2


def test_a_ticket_is_of_one_login(native: City, enter: Enter) -> None:
    for login in ("jijiao", "jijiaolian"):
        enter(login).post("/cases/new/petition/", {**LETTER, "once": "the same"})
    assert Case.objects.count() == 2


def test_a_step_sent_twice_is_taken_once_whatever_came_between(native: City, enter: Enter) -> None:
    row = brought(native).row
    by, told = actor("jijiao"), Bringing({"handler_unit": "RS"}, PAPER, once="b")
    take(by, Shown(row.pk, 1), "accept", told, ACCEPTED)
    take(by, Shown(row.pk, 2), "assign", Bringing({"handler_unit": "JJ"}, once="c"), ACCEPTED)
    assert take(by, Shown(row.pk, 1), "accept", told, ACCEPTED).version == 3
    assert [one.step for one in Happening.objects.all()] == ["", "accept", "assign"]


def test_a_refused_form_keeps_words_and_photographs_and_asks_for_neither_again(native: City, enter: Enter) -> None:
    browser = enter("xianqu")
    once = ticket(browser.get(NEW).content)
    sent = {**DANGER, "place": "", "once": once}
    refused = browser.post(NEW, {**sent, "photo_before": photograph()})
    page = refused.content.decode()
    assert refused.status_code == HTTPStatus.CONFLICT
    assert 'href="#f-place"' in page
    assert "吊顶开裂（演示）" in page
    assert ticket(refused.content) == once
    waits = Unsent.objects.get()
    assert f'name="held-photo_before" value="{waits.pk}" checked' in page
    browser.post(NEW, {**sent, "place": "三层（演示）", "held-photo_before": str(waits.pk)})
    kept = CasePaper.objects.get()
    assert kept.file == waits.file
    assert Unsent.objects.count() == 0
    assert not Image.open(io.BytesIO(content(kept.file))).getexif()


def test_a_number_of_anybody_elses_file_brings_nothing(native: City, enter: Enter) -> None:
    enter("xianqu").post(NEW, {**DANGER, "place": "", "once": "a", "photo_before": photograph()})
    waits = Unsent.objects.get()
    for login, once in (("jijiao", "a"), ("xianqu", "b")):
        answer = enter(login).post(NEW, {**DANGER, "once": once, "held-photo_before": str(waits.pk)})
        assert answer.status_code == HTTPStatus.CONFLICT
    assert CasePaper.objects.count() == 0


def test_a_file_that_may_not_be_kept_does_not_wait(native: City, enter: Enter) -> None:
    words = SimpleUploadedFile("说明.txt", "演示".encode(), "text/plain")
    page = enter("xianqu").post(NEW, {**DANGER, "once": "a", "photo_before": words}).content.decode()
    assert "不是照片" in page
    assert Unsent.objects.count() == File.objects.filter(name="说明.txt").count() == 0


def test_files_of_a_form_never_sent_again_are_gone_after_a_week_unless_something_names_them(
    native: City, enter: Enter
) -> None:
    browser = enter("xianqu")
    browser.post(NEW, {**DANGER, "place": "", "once": "a", "photo_before": photograph()})
    browser.post(NEW, {**DANGER, "once": "b", "photo_before": photograph()})
    browser.post(NEW, {**DANGER, "place": "", "once": "c", "photo_before": photograph("另.jpg", grey=9)})
    today = timezone.localdate()
    assert drop_unsent(actor("ducha"), today) == 0
    old = timezone.now() - timedelta(days=9)
    Unsent.objects.update(at=old)
    File.objects.update(kept=old)
    assert drop_unsent(actor("ducha"), today) == 2
    assert CasePaper.objects.get().file.destroyed is None, "a case has the same photograph"
    gone = File.objects.get(name="另.jpg")
    assert gone.destroyed is not None
    assert not place(gone.digest).exists()


def test_a_script_is_told_where_to_go_and_what_is_said_once_waits_for_the_page(native: City, enter: Enter) -> None:
    browser = enter("jijiao")
    answer = browser.post("/cases/new/petition/", {**LETTER, "once": "a"}, headers={"X-Luoshi-Form": "1"})
    assert answer.json() == {"to": f"/cases/{Case.objects.get().pk}/"}
    assert "查询码" in browser.get(answer.json()["to"]).content.decode()


def test_what_the_case_has_answered_is_asked_or_is_not(native: City, enter: Enter) -> None:
    browser = enter("jijiao")
    for number, reachable in enumerate(("yes", "no"), 1):
        browser.post("/cases/new/petition/", {**LETTER, "reachable": reachable, "once": reachable})
        page = browser.get(f"/cases/{Case.objects.order_by('-pk')[0].pk}/do/accept/").content.decode()
        assert ("f-accept_notice" in page) is (reachable == "yes"), number
        assert "data-where" not in page


def test_a_day_before_the_one_it_follows_cannot_be_chosen_and_is_refused_beside_its_field(
    native: City, enter: Enter
) -> None:
    browser = enter("xianqu")
    browser.post(NEW, {**DANGER, "level": "general", "once": "a"})
    page = f"/cases/{Case.objects.get().pk}/do/at_once/"
    assert 'type="date" value="" min="2020-09-16"' in browser.get(page).content.decode()
    sent = {"version": "1", "mended_on": "2020-09-15", "mended": "已换", "once": "b"}
    answer = browser.post(page, sent)
    said = answer.content.decode()
    assert (answer.status_code, "填的是2020-09-15，“发现日期”是2020-09-16" in said) == (409, True)
    assert "“整改完成日期”不早于“发现日期”" in said
    assert 'href="#f-mended_on"' in said
    browser.post(page, {**sent, "mended_on": "2020-09-16", "once": "c"})
    assert Case.objects.get().state == "checking"


def test_a_county_chooses_of_its_own_schools_and_the_bureau_of_all(native: City) -> None:
    for code, name, county in (("2199000001", "演示一小", "990121"), ("2199000002", "演示二小", "990102")):
        Institution.objects.create(city=native, code=code, name=name, kind="211", county=county)
    on = timezone.localdate()
    assert [one[1] for one in choosable(actor("xianqu"), native.pk, on)] == ["演示一小"]
    assert {one[1] for one in choosable(actor("jijiao"), native.pk, on)} >= {"演示一小", "演示二小"}
    assert choosable(actor("jijiao"), native.pk, on, "演示二小") == [("2199000002", "演示二小", "990102")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("演示一小（2199000001）", "2199000001"),
        ("2199000001", "2199000001"),
        ("演示一小", "2199000001"),
        ("没有小学", "没有小学"),
    ],
)
def test_a_school_is_known_by_what_was_chosen_by_its_code_or_by_its_name_alone(
    native: City, typed: str, kept: str
) -> None:
    Institution.objects.create(city=native, code="2199000001", name="演示一小", kind="211", county="990121")
    how = conducted(native)["dropout"].course
    of = case_schools.Asking(actor("xianqu"), native, how, timezone.localdate())
    request = RequestFactory().post("/", {"returned_to": typed})
    assert case_forms.brought(request, of).answers["returned_to"] == kept
    shown = case_forms.form(of, [Asked("returned_to")], {"returned_to": kept}, RequestFactory().get("/"))
    value = shown.sections[0].entries[0].value
    assert value == ("演示一小（2199000001）" if kept.isdecimal() else kept)


def test_a_form_costs_as_many_queries_with_a_hundred_schools_as_with_one(native: City, enter: Enter) -> None:
    browser = enter("jijiao")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get(NEW)
        return len(seen)

    few = asked()
    Institution.objects.bulk_create(
        Institution(city=native, code=f"21990{at:05}", name=f"演示{at}小", kind="211", county="990121")
        for at in range(100)
    )
    assert asked() == few


def test_pictures_of_a_case_are_shown_small_to_whoever_may_see_it(native: City, enter: Enter) -> None:
    browser = enter("xianqu")
    browser.post(NEW, {**DANGER, "once": "a", "photo_before": photograph()})
    row, kept = Case.objects.get(), CasePaper.objects.get()
    small = f"/cases/papers/{kept.pk}/thumbnail/"
    assert small in browser.get(f"/cases/{row.pk}/").content.decode()
    answer = browser.get(small)
    assert (answer.status_code, answer["Content-Type"]) == (HTTPStatus.OK, "image/jpeg")
    assert answer.content.startswith(b"\xff\xd8")


def test_what_seals_a_draft_is_told_to_nobody_else(native: City, enter: Enter) -> None:
    mine, others = (enter(login).get("/cases/new/petition/").content.decode() for login in ("jijiao", "jijiaolian"))
    assert seal("jijiao") in mine
    assert seal("jijiao") not in others
    assert owner("jijiao") in mine
    assert owner("jijiao") not in others
    assert seal("jijiao") != seal("jijiaolian")
    assert len(bytes.fromhex(seal("jijiao"))) == 32
