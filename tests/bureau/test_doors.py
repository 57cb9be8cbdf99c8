"""Every address for every role, with what is one county's or school's own and what is another's: what is declared is what happens.

A few addresses answer 404 or 409 to whoever may come in, because the house of the test keeps no such thing; that is no refusal.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from django.utils import timezone

from luoshi.bureau.agreements.models import Answer, Line
from luoshi.bureau.board import owners
from luoshi.bureau.board.door_shapes import Door
from luoshi.bureau.board.doors import DOORS
from luoshi.bureau.board.school_doors import SCHOOLS
from luoshi.bureau.board.teacher_doors import TEACHERS
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.evidence.models import Piece
from luoshi.bureau.exchanges.models import Package
from luoshi.bureau.files.models import File
from luoshi.bureau.forms.models import Filing as FormFiling
from luoshi.bureau.forms.models import Request, Sheet
from luoshi.bureau.handouts.models import Handback, Handout
from luoshi.bureau.jobs.models import Job, Message
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City, Institution, Person
from luoshi.bureau.people.rights import roles_of
from luoshi.bureau.plans.models import Edition, Proposal
from luoshi.bureau.reports.models import Call, Period, Reply
from luoshi.bureau.returns.models import Filing, Unit, Window
from luoshi.bureau.urls import urlpatterns
from tests.bureau import agreed, history, xingzhou
from tests.bureau.addresses import ROUTES, Side
from tests.bureau.conftest import Enter
from tests.bureau.remembered import build_once
from tests.bureau.sides import cases_of, comparison_of, entry, taught

pytestmark = pytest.mark.django_db
OWN, OTHER = agreed.CODES[5], agreed.CODES[6]
OUTSIDE = {
    "enter": 200, "start": 404, "language": 302, "public": 404, "public_figures": 404, "public_publications": 404, "public_publication": 404, "public_edition": 404,
    "public_publication_file": 404, "calendar": 404, "api": 404,
    "api_v1": 401,
    "enter_second": 302, "portal": 405, "portal_back": 404,
    "matters": 404, "matter_new": 404, "certificates": 200,
}  # fmt: skip
"""What the open doors answer to whoever did not sign in, in a house with a city that keeps everything to itself."""
STATISTICS = {"return_findings_csv", "return_county", "risk_sheet", "risk_county"}
"""Inside, single schools' rows are for who needs them (教育部令第44号, art. 31): `returns.seeing`, `cases.risks.why_not`, with their own
tests."""
SECRET = "只有本县知道（演示）"
"""What a county wrote and no other county may read."""
NEIGHBOUR = "只有邻校知道（演示）"
"""What a school of the same county wrote and no other school may read."""
SCHOOL = "xuexiao"
"""The account of the one school that has one."""
TEACHER = "laoshi"
"""The account of a teacher of that school."""


Sides = tuple[Side, ...]


def _returned(city: City) -> dict[str, dict[str, int]]:
    """A window of a return with a school of each county that filed, and a form that both filled."""
    on, kept = date(2021, 9, 20), File.objects.first()
    window = Window.objects.create(
        city=city, title="演示", period="2021", definition="年报", basis="演示", due_school=on, due_county=on, due_city=on,
        office="JJ", opened=on, returns=["class_bands"],
    )  # fmt: skip
    form = Request.objects.create(
        city=city,
        year=2021,
        title="演示",
        office="JJ",
        basis="演示",
        times=1,
        month=9,
        schools=2,
        by="演示",
        state="approved",
    )
    told: dict[str, dict[str, int]] = {}
    schools = ((f"S{OWN}", "本县校", OWN), (f"S{OTHER}", SECRET, OTHER), (f"T{OWN}", NEIGHBOUR, OWN))
    for code, label, county in schools:
        Institution.objects.create(city=city, code=code, name=label, kind="211", county=county)
        unit = Unit.objects.create(window=window, code=code, label=label, county=county)
        filing = Filing.objects.create(
            unit=unit, number=1, rows=1, stops=0, asks=0, unexplained=0, asked=1, file_digest="0" * 64, file_name="a.csv",
            code="0", by="演示", at=timezone.now(),
        )  # fmt: skip
        sheet = Sheet.objects.create(
            request=form, period="2021", unit=unit.code, name=unit.label, county=county, by="演示"
        )
        filled = FormFiling.objects.create(sheet=sheet, file=kept, file_name="a.xlsx", by="演示")
        told[code] = {
            "return": window.pk,
            "return_file": filing.pk,
            "form": form.pk,
            "form_filing": filled.pk,
            "form_sheet": sheet.pk,
        }
    return told


def _item() -> int:
    """The item with the most on it, of which counties know."""
    found = (
        Commitment.objects.filter(audience__in=("public", "system"))
        .annotate(many=Count("pieces"))
        .order_by("-many", "pk")
    )
    return found[0].pk


def _mine(county: str) -> dict[str, int]:
    """What one county was asked, said and brought."""
    call = Call.objects.filter(division=county).order_by("-pk")[0]
    call.reports.update(words=SECRET if county == OTHER else "本县")
    answer = Answer.objects.filter(line__division=county).select_related("line").order_by("-pk")[0]
    Answer.objects.filter(pk=answer.pk).update(proof=File.objects.first(), words=SECRET if county == OTHER else "本县")
    piece = Piece.objects.filter(commitment=_item()).order_by("pk")[0 if county == OWN else 1]
    Piece.objects.filter(pk=piece.pk).update(division=county, name=SECRET if county == OTHER else "本县佐证")
    package = Package.objects.create(
        city=City.objects.get(), county=county, way="down", kind="issue", number=1, digest="0" * 64,
        file=File.objects.first(), state="made", by=SECRET if county == OTHER else "本县",
    )  # fmt: skip
    compared = comparison_of(City.objects.get(), county, SECRET if county == OTHER else "本县")
    told = {"comparison": compared, "packages": package.pk, "call": call.pk, "agreed": answer.line_id}
    return {**told, "agreed_proof": answer.pk, "evidence": piece.pk}


@pytest.fixture
def sides(city: City) -> Sides:
    """A year of work in 星州: what is the county's that looks, and what is another's."""
    build_once("doors", lambda: history.fill(City.objects.get(), (2021,)))
    Person.objects.filter(role="county").update(division=OWN)
    returned, whose = _returned(City.objects.get()), ((f"S{OWN}", OWN, "本县"), (f"S{OTHER}", OTHER, SECRET))
    cases = cases_of(City.objects.get(), (*whose, (f"T{OWN}", OWN, NEIGHBOUR)))
    listed = {
        code: entry(City.objects.get(), county, code, title)
        for code, county, title in (
            (f"S{OWN}", OWN, "本县校"),
            (f"S{OTHER}", OTHER, SECRET),
            (f"T{OWN}", OWN, NEIGHBOUR),
        )
    }
    Person.objects.create(username=SCHOOL, name="校务寅", role="school", division=OWN, school=f"S{OWN}")
    whose_teachers = (
        (f"S{OWN}", OWN, TEACHER, "本校师"),
        (f"S{OTHER}", OTHER, "waixian", SECRET),
        (f"T{OWN}", OWN, "linxiao", NEIGHBOUR),
    )
    for code, county, login, name in whose_teachers:
        listed[code] |= taught(City.objects.get(), county, code, login, name)
    edition = Commitment.objects.first().edition_id
    item = _item()
    house = {
        "": 1, **dict.fromkeys(("plan", "point", "weak", "breakdown", "quality", "compare", "carry", "gather", "add", "month",
        "notices", "decisions", "year", "next", "rectifications", "bulletin_draft", "ledger", "handouts", "handout_send",
        "handback_take", "evidence_export", "month_open"), edition),
        **dict.fromkeys(("item", "milestone", "judge", "edit", "save", "change", "bind", "working", "shares", "closing",
        "evidence_attach"), item),
        **dict.fromkeys(("split", "decide"), Proposal.objects.first().pk), "period": Period.objects.first().pk,
        **dict.fromkeys(("month_close", "month_bring", "month_land", "month_drop", "nothing_new"), Period.objects.first().pk),
        "reply": Reply.objects.first().pk, "jobs": Job.objects.first().pk, "job": Job.objects.first().pk,
        "message": Message.objects.first().pk, "escalation": Paper.objects.first().pk, "agreement": Line.objects.first().round_id,
        "bulletin": 1,
    }  # fmt: skip
    own, other = {**house, **_mine(OWN)}, {**house, **_mine(OTHER)}
    return (
        Side(OWN, {**own, **cases[f"S{OWN}"], **returned[f"S{OWN}"], **listed[f"S{OWN}"]}, f"S{OWN}"),
        Side(OTHER, {**other, **cases[f"S{OTHER}"], **returned[f"S{OTHER}"], **listed[f"S{OTHER}"]}, f"S{OTHER}"),
        Side(OWN, {**own, **cases[f"T{OWN}"], **returned[f"T{OWN}"], **listed[f"T{OWN}"]}, f"T{OWN}"),
    )


def _browsers(enter: Enter) -> Iterator[tuple[str, Client]]:
    for member in xingzhou.MEMBERS:
        yield member.role, enter(member.login)
    yield "school", enter(SCHOOL)
    yield "teacher", enter(TEACHER)


def _sides(role: str, sides: Sides) -> Sides:
    """A county has its own and another's; a school and a teacher besides a neighbour's of the same county; the others have one house."""
    return {"county": sides[:2], "school": sides, "teacher": sides}.get(role, sides[:1])


def _declared(door: Door, role: str, *, sent: bool, theirs: bool) -> bool:
    """Whether a door is open to a role, by the declaration alone."""
    wanted = door.wanted(sent=sent)
    if wanted and not any(role in roles_of(one) for one in wanted):
        return False
    if role == "school" and not door.anyone:
        return door.school is owners.nobody or (door.school is not None and not theirs)
    if role == "teacher" and not door.anyone:
        return door.teacher is owners.nobody or (door.teacher is not None and not theirs)
    return not (theirs and role == "county" and door.owner is not None)


def _turned_away() -> int:
    return Entry.objects.filter(action="people.turn_away", outcome="refused").count()


def test_every_address_has_a_door_and_every_door_an_address() -> None:
    assert set(ROUTES) == set(DOORS)
    assert {str(one.name) for one in get_resolver().url_patterns} == set(DOORS)
    for one in urlpatterns:
        assert getattr(one.callback, "login_required", True) is not DOORS[str(one.name)].anyone, one.name


@pytest.mark.parametrize("everybody", [False, pytest.param(True, marks=pytest.mark.prove)])
def test_every_address_answers_every_role_as_declared(sides: Sides, enter: Enter, *, everybody: bool) -> None:
    """Every closed door for every role; what is behind the open ones for two in every run, for all as proof."""
    agreed_on, astray = 0, list[str]()
    for role, browser in _browsers(enter):
        for side in _sides(role, sides):
            for name, door in DOORS.items():
                opened = _declared(door, role, sent=False, theirs=side is not sides[0])
                if opened and not (everybody or role in {"county", "auditor", "school", "teacher"}):
                    continue
                before = _turned_away()
                status = browser.get(side.address(name)).status_code
                shut = _turned_away() > before
                if shut is opened or status >= 500 or (status == 403 and not shut and name not in STATISTICS):
                    astray.append(f"{role} {side.address(name)} {status}")
                agreed_on += 1
    assert astray == [], "\n".join(astray)
    assert agreed_on == len(DOORS) * (len(xingzhou.MEMBERS) + 7) if everybody else agreed_on > 3 * len(DOORS)
    assert broken() is None


def test_a_kept_file_that_is_gone_is_refused_in_four_parts_wherever_it_is_opened(sides: Sides, enter: Enter) -> None:
    """No file of this house has bytes: every page that opens one says so, and none breaks."""
    kept, digest = File.objects.order_by("pk")[0], re.compile("0{64}")
    Paper.objects.filter(pk=sides[0].ids["escalation"]).update(scan=kept)
    sent = Handout.objects.create(
        edition=Edition.objects.get(pk=sides[0].ids["plan"]),
        code="0",
        form="xlsx",
        purpose="edit",
        role="section",
        by="演示",
    )
    back = Handback.objects.create(handout=sent, file=kept, by="演示")
    Job.objects.filter(pk=sides[0].ids["job"]).update(state="done", result={"file": kept.digest}, asked_by="ducha")
    tried = [
        digest.sub(kept.digest, sides[0].address(name))
        for name in ("evidence_file", "agreed_proof", "form_filing", "reply_original", "import_columns", "table", "table_filled", "divisions_import", "job_result", "scan")
    ]  # fmt: skip
    Filing.objects.filter(pk=sides[0].ids["return_file"]).update(scan=kept)
    tried += [f"/handbacks/{back.pk}/file/", sides[0].address("return_file")]
    wrong = dict[str, int]()
    for address in tried:
        answer = enter("jijiao" if address.startswith("/returns/") else "ducha").get(address)
        told = answer.content.decode()
        if answer.status_code not in {409, 422} or "从备份中恢复" not in told or "存档的文件缺失" not in told:
            wrong[address] = answer.status_code
    assert wrong == {}


def test_whoever_did_not_sign_in_finds_the_declared_doors_open_and_no_other(sides: Sides, enter: Enter) -> None:
    browser = enter()
    for name, door in DOORS.items():
        for method in ("GET", "POST"):
            answer = browser.generic(method, sides[0].address(name))
            if door.anyone:
                assert method == "POST" or answer.status_code == OUTSIDE[name], name
            else:
                assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/enter/"), name


def test_what_is_sent_without_the_right_changes_nothing(sides: Sides, enter: Enter) -> None:
    """Whatever is sent: an empty form here; forms that would do something stand beside each action's own tests."""
    for role, browser in _browsers(enter):
        for side in _sides(role, sides):
            for name, door in DOORS.items():
                if door.anyone or name == "leave" or _declared(door, role, sent=True, theirs=side is not sides[0]):
                    continue
                before = _turned_away()
                with CaptureQueriesContext(connection) as asked:
                    answer = browser.post(side.address(name))
                assert answer.status_code == 403, (role, name)
                assert _turned_away() == before + 1, (role, name)
                written = [
                    one["sql"]
                    for one in asked.captured_queries
                    if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
                ]
                assert [sql for sql in written if '"journal_' not in sql] == [], (role, name)


def test_nothing_of_another_county_is_on_any_page_of_a_county(sides: Sides, enter: Enter) -> None:
    browser, bureau = enter("xianqu"), enter("ducha")
    pages = {side.address(name) for side in sides[:2] for name in DOORS if name not in {"leave", "language"}}
    leaks = {page for page in pages if SECRET.encode() in browser.get(page).content}
    assert leaks == set()
    for name in ("call", "agreed_line", "item"):
        assert SECRET.encode() in bureau.get(sides[1].address(name)).content, "it is there to be seen"


def test_nothing_of_another_school_is_on_any_page_of_a_school(sides: Sides, enter: Enter) -> None:
    browser, county = enter(SCHOOL), enter("xianqu")
    pages = {side.address(name) for side in sides for name in DOORS if name not in {"leave", "language"}}
    told = {page: browser.get(page).content for page in pages}
    assert {
        page for page, content in told.items() if SECRET.encode() in content or NEIGHBOUR.encode() in content
    } == set()
    own = told[sides[0].address("return_unit")]
    assert "本县校".encode() in own, "its own is there"
    assert NEIGHBOUR.encode() in county.get(sides[2].address("return_unit")).content, "it is there to be seen"


def test_nothing_of_anybody_else_is_on_any_page_of_a_teacher(sides: Sides, enter: Enter) -> None:
    browser, school = enter(TEACHER), enter(SCHOOL)
    pages = {side.address(name) for side in sides for name in DOORS if name not in {"leave", "language"}}
    told = {page: browser.get(page).content for page in pages}
    hidden = (SECRET.encode(), NEIGHBOUR.encode())
    assert {page for page, content in told.items() if any(one in content for one in hidden)} == set()
    assert "本校师".encode() in told["/hours/"], "their own is there"
    assert "本校师".encode() in school.get(sides[0].address("teacher")).content, "their school sees the name whole"
    assert "本校师".encode() not in enter("xianqu").get(sides[0].address("teacher")).content, "a county sees it masked"


def test_what_is_open_to_teachers_is_declared_by_name_and_nothing_else() -> None:
    assert {name for name, door in DOORS.items() if door.teacher} == set(TEACHERS)
    assert not set(TEACHERS) & {
        "teachers",
        "teacher",
        "trainings",
        "hours_owed",
        "sessions",
        "cases",
        "returns",
        "api_keys",
        "jobs",
    }


def test_a_school_is_refused_in_a_sentence_and_the_try_is_entered(sides: Sides, enter: Enter) -> None:
    browser = enter(SCHOOL)
    for side, name, said in (
        (sides[0], "county", "学校只看和办理本校的事项"),
        (sides[0], "returns", "学校只看和办理本校的事项"),
        (sides[0], "return_county", "请从本校首页进入"),
        (sides[1], "return_unit", "不是校务寅本校的"),
        (sides[2], "return_unit", "不是校务寅本校的"),
        (sides[2], "form_filing", "不是校务寅本校的"),
    ):
        answer = browser.get(side.address(name))
        assert answer.status_code == 403, name
        assert said in answer.content.decode(), name
        last = Entry.objects.latest("number")
        assert (last.action, last.outcome, last.actor) == ("people.turn_away", "refused", SCHOOL), name


def test_what_is_open_to_schools_is_declared_by_name_and_nothing_else() -> None:
    assert {name for name, door in DOORS.items() if door.school} == set(SCHOOLS)
    assert not set(SCHOOLS) & {
        "returns",
        "return_window",
        "return_county",
        "forms",
        "mine",
        "overview",
        "item",
        "api_keys",
    }


def test_an_address_without_a_door_is_not_opened() -> None:
    from luoshi.bureau.board.doors import door

    with pytest.raises(KeyError):
        door("new/", lambda request: request, name="new")


def test_tv_21b_a_county_that_asks_for_what_is_anothers_gets_403_and_an_entry(sides: Sides, enter: Enter) -> None:
    for name in ("call", "evidence_file", "return_unit", "agreed_line", "county"):
        assert enter("xianqu").get(sides[1].address(name)).status_code == 403, name
        last = Entry.objects.latest("number")
        assert (last.action, last.outcome, last.actor, last.subject) == (
            "people.turn_away",
            "refused",
            "xianqu",
            sides[1].address(name),
        )
