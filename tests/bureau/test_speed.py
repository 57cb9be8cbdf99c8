"""Every page in under 150 ms and twelve queries: 20 plans of 300 commitments."""

from urllib.parse import quote

import pytest

from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.wsgi import settle
from tests.bureau import many
from tests.bureau.conftest import Enter
from tests.bureau.paging import holds


def _pages(edition_id: int, commitment_id: int) -> list[str]:
    plan = f"/plans/{edition_id}/"
    return [
        "/",
        "/?data=unknown",
        "/?q=" + quote("幼儿园"),
        "/?point=5&kind=quantity",
        "/?paper=A3",
        "/plans/",
        f"{plan}points/5/",
        f"{plan}points/-/",
        f"{plan}weak/",
        f"{plan}breakdown/",
        f"{plan}quality/",
        "/jobs/",
        "/messages/",
        f"{plan}handouts/",
        f"{plan}notices/",
        f"{plan}compare/",
        f"{plan}rectifications/",
        "/escalations/",
        "/escalations/rules/",
        f"/items/{commitment_id}/edit/",
        "/public/",
        f"/items/{commitment_id}/",
        "/mechanisms/",
        "/figures/",
        "/journal/",
        "/journal/?q=" + quote("星州"),
        "/journal/?outcome=refused&kind=commitment&since=2021-01-01",
        f"/journal/plan/{edition_id}/",
        "/journal/ends/",
        "/enter/",
    ]


@pytest.fixture
def full(city: City) -> Commitment:
    """One commitment of the last of the 20 plans."""
    edition = many.fill(city)[-1]
    return Commitment.objects.filter(edition=edition)[150]


def test_every_page_is_quick_and_asks_little(full: Commitment, enter: Enter, capsys: pytest.CaptureFixture) -> None:
    assert Commitment.objects.count() >= 20 * 300
    City.objects.update(public=True)
    settle()
    holds([(enter("ducha"), "ducha", page) for page in _pages(full.edition_id, full.pk)], capsys)
