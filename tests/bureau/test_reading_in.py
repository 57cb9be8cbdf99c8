"""读入: a plan is stored once, by those who may, verbatim; of a marked file nothing stays."""

from dataclasses import fields

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.actions import store_plan
from luoshi.bureau.plans.models import Edition, Mechanism, Point, Proposal, ProposedTarget
from luoshi.reading.documents import LARGEST
from luoshi.spine import Plan
from luoshi.words.provenance import digest
from tests.bureau import witness, xingzhou
from tests.bureau.conftest import Enter
from tests.bureau.xingzhou import actor

DUCHA = actor("ducha")


def _store(city: City, plan: Plan, login: str = "ducha") -> Edition:
    return store_plan(actor(login), city, plan, file_name="要点.txt", file_digest=digest(b"x"), form="txt")


def _file(text: str, name: str = "要点.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


def test_a_plan_is_stored_verbatim_with_everything_that_was_read(city: City, read: Plan) -> None:
    with witness.done("plans.store"):
        edition = _store(city, read)
    assert edition.text == read.text
    assert digest(edition.text.encode()) == edition.digest == read.digest
    assert Point.objects.filter(edition=edition).count() == len(read.points)
    kept = Proposal.objects.filter(edition=edition)
    assert [one.number for one in kept] == [one.id for one in read.commitments]
    assert all(edition.text[one.start : one.end] == one.clause for one in kept)
    assert ProposedTarget.objects.count() == sum(len(one.targets) for one in read.commitments)
    entry = Entry.objects.latest("number")
    assert (entry.subject_id, entry.subject) == (str(edition.pk), read.title)
    assert edition.digest in entry.detail


def test_the_same_text_is_stored_once(city: City, read: Plan) -> None:
    _store(city, read)
    with witness.refused("plans.store", "同一文字只存一份"):
        _store(city, read)
    assert Edition.objects.count() == 1


def test_a_text_without_a_promise_is_not_stored(city: City) -> None:
    with witness.refused("plans.store", "没有读出承诺"):
        _store(city, xingzhou.plan("今天天气晴。\n"))


@pytest.mark.parametrize("login", ["xueqian", "fenguan", "xianqu", "chayue"])
def test_only_the_supervision_office_and_the_administrator_read_plans(city: City, read: Plan, login: str) -> None:
    with witness.refused("plans.store", "没有这项权限"):
        _store(city, read, login)


def test_a_plan_comes_in_by_the_page(city: City, enter: Enter) -> None:
    with witness.done("plans.store"):
        answer = enter("ducha").post("/plans/", {"file": _file(xingzhou.TEXT)})
    edition = Edition.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/plans/{edition.pk}/")
    assert (edition.file_name, edition.form) == ("要点.txt", "txt")
    assert edition.file_digest == digest(xingzhou.TEXT.encode())


def _everything_kept() -> str:
    """Every cell of every table of the database, sessions and framework tables too."""
    told = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told += [str(row) for row in cursor.fetchall()]
    return "\n".join(told)


SECRET = "秘密★1年\n\n星州市教育局2021年内部工作安排\n\n1．专项核查。全年核查学校77所。\n"


def test_nothing_of_a_marked_file_stays_but_its_mark(city: City, enter: Enter) -> None:
    client, rest = enter("ducha"), witness.everything_else()
    answer = client.post("/plans/", {"file": _file(SECRET, "专项核查安排.txt")})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "秘密★1年" in shown
    assert "专项核查" not in shown
    assert witness.everything_else() == rest
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.outcome, entry.actor) == ("plans.store", "refused", "ducha")
    assert "秘密★1年" in entry.reason
    kept = _everything_kept()
    for piece in ("专项核查", "内部工作安排", "77所", digest(SECRET.encode())[:12]):
        assert piece not in kept, piece


def test_an_uploaded_file_never_touches_the_disk(city: City, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def watched(*args: object, **kwargs: object) -> None:
        raise AssertionError("a temporary file was opened")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, watched)
    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", watched)
    text = "秘密★1年\n" + "全年核查学校77所。\n" * 200_000
    assert len(text.encode()) > 2.5 * 2**20
    assert enter("ducha").post("/plans/", {"file": _file(text)}).status_code == 422


def test_the_largest_plan_fits_into_memory_and_a_larger_one_is_refused(city: City, enter: Enter) -> None:
    assert settings.FILE_UPLOAD_MAX_MEMORY_SIZE > LARGEST
    with witness.entered_as_refused("plans.store", "文件太大"):
        answer = enter("ducha").post("/plans/", {"file": SimpleUploadedFile("a.txt", b"x" * (52 * 2**20))})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("sent", "saying"),
    [
        ({}, "没有选文件"),
        ({"file": ("空.txt", b"")}, "0 字节"),
        ({"file": ("图.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)}, ""),
        ({"file": ("乱.docx", b"PK\x03\x04" + b"\xff" * 80)}, ""),
        ({"file": ("零.txt", "1．建设。新建学校3所\x00\x00。".encode())}, ""),
    ],
)
def test_what_cannot_be_read_is_refused_in_four_parts(
    city: City, enter: Enter, sent: dict[str, tuple[str, bytes]], saying: str
) -> None:
    files = {name: SimpleUploadedFile(*told) for name, told in sent.items()}
    answer = enter("ducha").post("/plans/", files)
    if answer.status_code == 302:
        assert "\0" not in Edition.objects.get().text
        return
    assert answer.status_code == 422
    (finding,) = answer.context["findings"]
    assert all((finding.where, finding.what, finding.rule, finding.remedy))
    assert saying in finding.what
    assert Entry.objects.latest("number").outcome == "refused"


def test_who_may_not_read_is_told_before_the_file_is_opened(city: City, enter: Enter) -> None:
    with witness.entered_as_refused("people.turn_away", "没有这项权限"):
        answer = enter("chayue").post("/plans/", {"file": _file(SECRET)})
    assert "秘密" not in "".join(finding.what for finding in answer.context["findings"])


def test_a_city_its_people_and_figures_enter_once(db: None) -> None:
    from luoshi.bureau.indicators.actions import add_figures
    from luoshi.bureau.indicators.models import Figure
    from luoshi.bureau.people.actions import add_members
    from luoshi.bureau.people.models import Division, Office, Person
    from luoshi.bureau.plans.actions import open_city

    with witness.done("plans.open_city"):
        city = open_city(xingzhou.INSTALLER, xingzhou.FOLDER)
    assert (Office.objects.count(), Division.objects.count(), Mechanism.objects.count()) == (3, 2, 1)
    before = Entry.objects.count()
    assert add_members(xingzhou.INSTALLER, xingzhou.MEMBERS, demo=True) == len(xingzhou.MEMBERS)
    assert list(Entry.objects.values_list("action", "subject_id")[before:]) == [
        ("people.add", one.login) for one in xingzhou.MEMBERS
    ]
    assert not any(person.has_usable_password() for person in Person.objects.all())
    with witness.done("indicators.add"):
        assert add_figures(DUCHA, city, xingzhou.FIGURES) == 1
    assert open_city(xingzhou.INSTALLER, xingzhou.FOLDER) == city
    assert add_members(xingzhou.INSTALLER, xingzhou.MEMBERS, demo=True) == 0
    assert add_figures(DUCHA, city, xingzhou.FIGURES) == 0
    assert (City.objects.count(), Office.objects.count(), Person.objects.count(), Figure.objects.count()) == (
        1,
        3,
        len(xingzhou.MEMBERS),
        1,
    )


def test_a_corrected_figure_is_another_figure(city: City) -> None:
    from luoshi.bureau.indicators.actions import add_figures
    from luoshi.bureau.indicators.queries import measurements

    again = xingzhou.figure("compulsory_large_class_rate", "2.31", "%")
    assert add_figures(DUCHA, city, [again]) == 1
    kept = measurements(city.pk)
    assert {str(one.value.normalize()) for one in kept} == {"2.14", "2.31"}
    told = next(one for one in kept if one.value == again.value)
    assert all(getattr(told, one.name) == getattr(again, one.name) for one in fields(again))


@pytest.mark.parametrize("login", ["xueqian", "fenguan", "xianqu", "chayue"])
def test_others_add_no_figures_people_or_city(city: City, login: str) -> None:
    from luoshi.bureau.entering.actions.signing_in import unlock
    from luoshi.bureau.indicators.actions import add_figures
    from luoshi.bureau.people.actions import add_members
    from luoshi.bureau.plans.actions import open_city
    from luoshi.reading.city import Member

    who = actor(login)
    with witness.refused("indicators.add", "没有这项权限"):
        add_figures(who, city, [xingzhou.figure("compulsory_large_class_rate", "9", "%")])
    with witness.refused("people.add", "没有这项权限"):
        add_members(who, [Member("x", "x", "admin", "", "")], demo=False)
    with witness.refused("people.unlock", "没有这项权限"):
        unlock(who, "ducha")
    with witness.refused("plans.open_city", "没有这项权限"):
        open_city(who, xingzhou.FOLDER)
