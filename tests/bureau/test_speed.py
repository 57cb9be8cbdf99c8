"""Every page in under 150 ms and twelve queries, with 20 plans of 300 commitments in the house."""

import sys
import time
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City
from luoshi.bureau.wsgi import settle
from tests.bureau import many
from tests.bureau.conftest import Enter

SLOWEST = 0.150
"""Seconds at the 95th percentile."""
MOST_QUERIES = 12
TIMES = 20
ROUNDS = 8
"""The quietest round counts: neighbours on the same processor slow it to a third, and that is not the page's doing."""


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
        "/enter/",
    ]


class Waited:
    """Seconds spent waiting for the database, its own work in this process left out."""

    seconds = 0.0

    def __call__(self, execute: Callable[..., object], *told: object) -> object:
        begun, busy = time.perf_counter(), time.process_time()
        try:
            return execute(*told)
        finally:
            self.seconds += max(time.perf_counter() - begun - (time.process_time() - busy), 0)


def _seconds(client: Client, page: str) -> tuple[float, float]:
    """What the page costs at the 95th percentile, and the same by the clock on the wall.

    The cost is processor time and waiting for the database: what a person waits on a machine that does nothing else.
    """
    rounds = []
    for _ in range(ROUNDS):
        costs, walls = [], []
        for _ in range(TIMES):
            waited = Waited()
            begun, busy = time.perf_counter(), time.process_time()
            with connection.execute_wrapper(waited):
                client.get(page)
            costs.append(time.process_time() - busy + waited.seconds)
            walls.append(time.perf_counter() - begun)
        at = int(TIMES * 0.95) - 1
        rounds.append((sorted(costs)[at], sorted(walls)[at]))
        if rounds[-1][0] < SLOWEST:
            break
        time.sleep(1)
    return min(rounds)


@pytest.fixture
def full(city: City) -> Commitment:
    """One commitment of the last of the 20 plans."""
    edition = many.fill(city)[-1]
    return Commitment.objects.filter(edition=edition)[150]


def test_every_page_is_quick_and_asks_little(full: Commitment, enter: Enter, capsys: pytest.CaptureFixture) -> None:
    assert Commitment.objects.count() >= 20 * 300
    client, told, late, chatty = enter("ducha"), [], {}, {}
    City.objects.update(public=True)
    settle()
    for page in _pages(full.edition_id, full.pk):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200, page
        statements = [one["sql"][:90] for one in asked.captured_queries]
        seconds, wall = _seconds(client, page)
        told.append(f"{page:40} {len(statements):3} queries {seconds * 1000:6.0f} ms, wall {wall * 1000:.0f} ms")
        if seconds >= SLOWEST:
            late[page] = seconds
        if len(statements) > MOST_QUERIES:
            chatty[page] = statements
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(told) + "\n")
    assert late == {}
    assert chatty == {}
