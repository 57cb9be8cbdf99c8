"""Somebody with a password of their own, and a browser they have signed in with by it."""

from django.test import Client

from luoshi.bureau.entering.actions import passwords
from luoshi.bureau.people.models import Person
from tests.bureau import xingzhou

GOOD, BETTER = "Xingzhou-2021-演示", "Doucheng-2022-演示"


def with_password(login: str) -> Person:
    """Gives them a password as if they had chosen it themselves."""
    passwords.set_password(xingzhou.INSTALLER, login, GOOD, issued=False)
    return Person.objects.get(username=login)


def inside(
    login: str = "ducha", password: str = GOOD, browser: str = "Mozilla/5.0 (Windows NT 10.0) Chrome/78"
) -> Client:
    """A browser whose account and password were right; what comes after them is the test's."""
    client = Client(HTTP_USER_AGENT=browser)
    assert client.post("/enter/", {"username": login, "password": password}).status_code == 302
    return client
