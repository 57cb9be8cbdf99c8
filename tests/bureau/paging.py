"""What a page costs, and that it costs little: seconds at the 95th percentile and queries."""

import sys
import time
from collections.abc import Callable
from typing import NamedTuple

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.yardstick import slowness

SLOWEST = 0.150
"""Seconds at the 95th percentile."""
MOST_QUERIES = 12
TIMES = 20
ROUNDS = 8
"""The quietest round counts: neighbours on the same processor slow it to a third, and that is not the page's doing."""


class Waited:
    """Seconds spent waiting for the database, its own work in this process left out."""

    seconds = 0.0

    def __call__(self, execute: Callable[..., object], *told: object) -> object:
        begun, busy = time.perf_counter(), time.process_time()
        try:
            return execute(*told)
        finally:
            self.seconds += max(time.perf_counter() - begun - (time.process_time() - busy), 0)


class Cost(NamedTuple):
    """What a page costs at the 95th percentile, in seconds."""

    usual: float
    """Processor time and waiting for the database, by the speed the machine usually has: what is judged."""
    raw: float
    """The same as it was just now."""
    slowness: float
    """How many times slower than usual the machine was, at the middle."""


def cost(client: Client, page: str) -> Cost:
    """What a person waits for a page on a machine that does nothing else, at the quietest of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        costs, slow = [], []
        for _ in range(TIMES):
            slow.append(slowness())
            waited, busy = Waited(), time.process_time()
            with connection.execute_wrapper(waited):
                client.get(page)
            costs.append(time.process_time() - busy + waited.seconds)
        at = int(TIMES * 0.95) - 1
        usual = sorted(cost / factor for cost, factor in zip(costs, slow, strict=True))
        rounds.append(Cost(usual[at], sorted(costs)[at], sorted(slow)[TIMES // 2]))
        if rounds[-1].usual < SLOWEST:
            break
        time.sleep(1)
    return min(rounds)


def holds(asked: list[tuple[Client, str, str]], capsys: pytest.CaptureFixture, *, timed: bool = True) -> None:
    """Each page as each person asks little and, where it is timed, is quick; what was measured is told."""
    told, late, chatty = [], {}, {}
    assert connection.features.supports_json_field  # asked once a connection, which is no page's doing
    for client, login, page in asked:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, page
        statements = [one["sql"][:90] for one in queries.captured_queries]
        spent = cost(client, page) if timed else Cost(0, 0, 1)
        told.append(
            f"{login:10} {page:40} {len(statements):3} queries {spent.usual * 1000:6.0f} ms"
            f" ({spent.raw * 1000:.0f} ms on a machine {spent.slowness:.1f} times slower than usual)"
        )
        if spent.usual >= SLOWEST:
            late[login, page] = spent
        if len(statements) > MOST_QUERIES:
            chatty[login, page] = statements
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(told) + "\n")
    assert late == {}
    assert chatty == {}
