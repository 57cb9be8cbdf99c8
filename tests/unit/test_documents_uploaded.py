"""The door of the website: what cannot or may not be read is refused on the page, and nothing of it is kept."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from luoshi.bureau.board.opening import INSTALLER
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.actions import add_members
from luoshi.bureau.people.models import Person
from luoshi.bureau.plans.actions import open_city
from luoshi.bureau.plans.models import Edition
from luoshi.reading import city as folders
from tests import files

LUOYANG = Path(__file__).resolve().parents[2] / "cities" / "luoyang"
SECRET = "甲乙丙丁"

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    """The supervision office's browser, signed in."""
    told = folders.load(LUOYANG)
    open_city(INSTALLER, told)
    add_members(INSTALLER, told.people, demo=True)
    client = Client(HTTP_HOST="localhost", raise_request_exception=True)
    client.force_login(Person.objects.get(role="supervisor"))
    return client


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a" * (200 << 20),
        files.packed({"word/document.xml": b"0" * (90 << 20)}),
        files.portable("内容", password="secret"),
        files.word("要点")[:300],
        f"秘密★1年\n1.新建{SECRET}学校3所。".encode(),
        files.word(f"机密★\n1.新建{SECRET}学校3所。"),
    ],
    ids=["nothing", "200 MB", "a bomb", "a locked pdf", "cut short", "a marked text", "a marked docx"],
)
def test_a_file_that_may_not_be_read_is_refused_on_the_page_and_not_kept(desk: Client, content: bytes) -> None:
    sent = SimpleUploadedFile(f"{SECRET}.docx" if SECRET.encode() in content else "要点.docx", content)
    answer = desk.post(reverse("plans"), {"file": sent})
    page = answer.content.decode()
    assert answer.status_code in {400, 422}
    assert "Traceback" not in page
    assert SECRET not in page
    assert not Edition.objects.exists()
    assert not any(SECRET in str(vars(entry)) for entry in Entry.objects.all())
