"""操作日志 grown up: a million entries are looked through at the cost of a page, and verified as they stream by."""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from luoshi.bureau.journal.chain import GENESIS, link
from luoshi.bureau.journal.models import Entry, Head
from luoshi.bureau.journal.queries import broken
from luoshi.bureau.journal.searching import Asked, search
from tests.bureau.many import analyse
from tests.bureau.paging import SLOWEST, Waited
from tests.proving import told_on
from tests.yardstick import slowness

SLICE, WHOLE = 4_000, 1_000_000
ASKED = {
    "nothing": Asked(),
    "a word that is there": Asked(words="幼儿园"),
    "a word that is nowhere": Asked(words="从没写过的词", deep=True),
    "a person": Asked(people=("user7",)),
    "a kind of thing": Asked(kind="person"),
    "an outcome": Asked(outcome="refused"),
    "an address": Asked(address="10.0.3.3"),
    "a day": Asked(since=date(2021, 1, 1), until=date(2021, 1, 1)),
    "half a year": Asked(since=date(2021, 1, 1), until=date(2021, 6, 30)),
    "a person on a day": Asked(people=("user7",), since=date(2021, 1, 1), until=date(2021, 1, 1)),
}
RATE = 10_000
"""Entries verified in a second on a usual machine, at the least."""


def _entries(length: int) -> Iterator[Entry]:
    """One act every twenty seconds by three hundred people, every fiftieth refused. 演示数据（虚构）."""
    previous = GENESIS
    kinds = (("ledger.amend", "commitment"), ("reports.file", "commitment"), ("people.enter", "person"))
    for number in range(1, length + 1):
        action, kind = kinds[number % 3]
        record = {
            "number": number, "at": datetime(2021, 1, 1, tzinfo=UTC) + timedelta(seconds=20 * number),
            "actor": f"user{number % 300}", "actor_name": f"演示{number % 300}", "role": "section", "office": "JJ",
            "address": f"10.0.{number % 8}.{number % 250}", "action": action, "subject_kind": kind,
            "subject_id": str(number % 6000), "subject": f"{number % 6000} 新建、改扩建公办幼儿园（演示）",
            "detail": '{"完成情况": "本月新开工三所，累计开工二十一所，完成年度目标的百分之八十（演示）"}',
            "outcome": "done" if number % 50 else "refused", "reason": "按序时推进（演示）", "digested_by": "sha256",
            "previous": previous,
        }  # fmt: skip
        previous = link(record)
        yield Entry(**record, digest=previous)


def _fill(length: int, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list[Entry]()
    with transaction.atomic():
        for entry in told_on(_entries(length), length, "entries written", capsys):
            rows.append(entry)
            if len(rows) == SLICE:
                Entry.objects.bulk_create(rows)
                rows.clear()
        Entry.objects.bulk_create(rows)
        Head.objects.create(pk=1, number=entry.number, digest=entry.digest, by="sha256")
    analyse()


@pytest.mark.django_db
@pytest.mark.parametrize("length", [SLICE, pytest.param(WHOLE, marks=pytest.mark.prove)])
def test_a_search_costs_a_page_and_the_chain_is_verified_by_the_thousand(
    length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    _fill(length, capsys)
    told, late = [], {}
    for name, asked in ASKED.items():
        costs = []
        for _ in range(5):
            slow, waited, begun = slowness(), Waited(), time.process_time()
            with connection.execute_wrapper(waited):
                search(asked)
            costs.append((time.process_time() - begun + waited.seconds) / slow)
        told.append(f"{name:24} {min(costs) * 1000:6.1f} ms")
        if min(costs) >= SLOWEST:
            late[name] = min(costs)
    slow, begun = slowness(), time.process_time()
    assert broken() is None
    rate = length / ((time.process_time() - begun) / slow)
    with capsys.disabled():
        sys.stdout.write(f"\n{length} entries, {rate:.0f} verified a second\n" + "\n".join(told) + "\n")
    assert late == {}
    assert rate >= RATE
