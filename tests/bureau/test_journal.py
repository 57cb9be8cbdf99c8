"""操作日志: whoever changes it under the tables is found, by the number of the first entry that no longer holds."""

import random
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, transaction

from luoshi.bureau.journal.actions import act
from luoshi.bureau.journal.chain import DIGESTS, FIELDS, GENESIS, USUAL, Anchor, Harm, link
from luoshi.bureau.journal.models import Entry, Head
from luoshi.bureau.journal.queries import broken, first_break, head
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from tests.bureau.xingzhou import actor

LENGTH = 60
TABLE = Entry._meta.db_table
COLUMNS = [*FIELDS, "digest"]


@pytest.fixture
def journal(db: None) -> int:
    """Sixty entries, some of them refusals."""
    for number in range(LENGTH):
        with suppress(RefusedError), act(actor("ducha"), "ledger.confirm", "proposal", number, f"第{number}项") as note:
            note.detail = {"前": number, "后": ["甲", None]}
            require(actor("ducha" if number % 7 else "chayue"), "decide")
    assert broken() is None
    assert Entry.objects.count() == LENGTH
    return LENGTH


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _named(finding: Finding | None) -> int:
    """The number of the entry a finding names."""
    assert finding is not None, "nothing was found"
    assert all((finding.where, finding.what, finding.rule, finding.remedy))
    return int("".join(filter(str.isdigit, finding.where)))


_WORDS = ("actor", "actor_name", "office", "address", "subject", "subject_id", "detail", "reason", "action")
_CODES = {
    "outcome": ("done", "refused"),
    "role": ("admin", "viewer"),
    "previous": ("f" * 64, ""),
    "digest": ("0" * 64, ""),
    "digested_by": ("sm3", "md5"),
}
Harmed = tuple[int, Harm, int]
"""The first entry harmed, what was done, and the last of them or the other one; 0 where there is none."""


def _edit(chance: random.Random, length: int) -> Harmed:
    """One cell of one entry becomes something else."""
    number = chance.randint(1, length)
    if chance.random() < 0.5:
        column = chance.choice(_WORDS)
        _sql(f'UPDATE {TABLE} SET "{column}" = "{column}" || %s WHERE number = %s', chance.choice(" x0。"), number)
        return number, Harm.EDITED, 0
    column = chance.choice(list(_CODES))
    kept = Entry.objects.filter(number=number).values_list(column, flat=True).get()
    other = next(value for value in _CODES[column] if value != kept)
    _sql(f'UPDATE {TABLE} SET "{column}" = %s WHERE number = %s', other, number)
    return number, Harm.EDITED, 0


def _backdate(chance: random.Random, length: int) -> Harmed:
    """An entry is moved to another moment."""
    number = chance.randint(1, length)
    _sql(f"UPDATE {TABLE} SET at = %s WHERE number = %s", f"2021-0{chance.randint(1, 9)}-01 00:00:00+00:00", number)
    return number, Harm.EDITED, 0


def _rewrite(chance: random.Random, length: int) -> Harmed:
    """An entry is changed and given a digest that fits it: the next one no longer follows."""
    number = chance.randint(1, length)
    record = Entry.objects.filter(number=number).values(*FIELDS).get() | {"actor": "somebody"}
    record["digested_by"] = chance.choice(list(DIGESTS))
    values = (record["digested_by"], link(record), number)
    _sql(f"UPDATE {TABLE} SET actor = 'somebody', digested_by = %s, digest = %s WHERE number = %s", *values)
    unmarked = record["digested_by"] != USUAL and number > 1
    return number, Harm.UNMARKED if unmarked else Harm.REWRITTEN, 0


def _delete(chance: random.Random, length: int) -> Harmed:
    """One to three neighbouring entries vanish."""
    number, many = chance.randint(1, length), chance.randint(1, 3)
    last = min(number + many - 1, length)
    _sql(f"DELETE FROM {TABLE} WHERE number >= %s AND number <= %s", number, last)
    return number, Harm.CUT if last == length else Harm.DELETED, last


def _renumber(first: int, by: int) -> None:
    """Entries from a number on are numbered anew, so much further; through negative numbers, so that none meets another."""
    _sql(f"UPDATE {TABLE} SET number = -(number + %s) WHERE number >= %s", by, first)
    _sql(f"UPDATE {TABLE} SET number = -number WHERE number < 0")


def _close_up(chance: random.Random, length: int) -> Harmed:
    """Entries vanish and those behind them are numbered anew."""
    number, many = chance.randint(1, length), chance.randint(1, 3)
    last = min(number + many - 1, length)
    _sql(f"DELETE FROM {TABLE} WHERE number >= %s AND number <= %s", number, last)
    _renumber(last + 1, number - last - 1)
    return number, Harm.CUT if last == length else Harm.DELETED, last


def _swap(chance: random.Random, length: int) -> Harmed:
    """Two entries change places."""
    first, second = sorted(chance.sample(range(1, length + 1), 2))
    for before, after in ((first, 0), (second, first), (0, second)):
        _sql(f"UPDATE {TABLE} SET number = %s WHERE number = %s", after, before)
    return first, Harm.SWAPPED, second


def _insert(chance: random.Random, length: int) -> Harmed:
    """A copy of some entry is pushed in between, those behind it numbered anew."""
    number, model = chance.randint(1, length), chance.randint(1, length)
    copied = Entry.objects.filter(number=model).values(*COLUMNS).get()
    _renumber(number, 1)
    Entry.objects.create(**{**copied, "number": number, "digest": f"{chance.getrandbits(256):064x}"})
    return number, Harm.INSERTED, number


def _forge(chance: random.Random, length: int) -> Harmed:
    """An entry that follows faithfully is pushed in between; those behind it do not follow it."""
    number, model = chance.randint(1, length), chance.randint(1, length)
    copied = Entry.objects.filter(number=model).values(*COLUMNS).get()
    before = Entry.objects.filter(number=number - 1).values_list("digest", flat=True).first() or GENESIS
    _renumber(number, 1)
    forged = {**copied, "number": number, "previous": before, "actor": "somebody"}
    Entry.objects.create(**{**forged, "digest": link(forged)})
    return number, Harm.INSERTED, number


def _append(chance: random.Random, length: int) -> Harmed:
    """An entry that follows faithfully is added behind the last one, past the kept end."""
    last = Entry.objects.filter(number=length).values(*COLUMNS).get()
    forged = {**last, "number": length + 1, "previous": last["digest"], "actor": "somebody"}
    Entry.objects.create(**{**forged, "digest": link(forged)})
    return length + 1, Harm.ADDED, length + 1


HARMS: list[Callable[[random.Random, int], Harmed]] = [
    _edit, _backdate, _rewrite, _delete, _close_up, _swap, _insert, _forge, _edit, _append,
]  # fmt: skip


def test_a_thousand_changes_under_the_tables_are_each_named_by_place_and_kind(
    journal: int, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(2021)
    missed, named = [], Counter[Harm]()
    for turn in range(1000):
        harm = HARMS[turn % len(HARMS)]
        with transaction.atomic():
            expected = harm(chance, journal)
            found = first_break()
            transaction.set_rollback(True)
        assert found is not None, (harm.__name__, expected)
        assert _named(found.finding) == expected[0]
        named[found.harm] += 1
        if (found.number, found.harm, found.last) != expected:
            missed.append((harm.__name__, expected, found))
    assert missed == []
    assert broken() is None
    with capsys.disabled():
        sys.stdout.write(f"\n1000 changes named: {'，'.join(f'{kind} {count}' for kind, count in named.items())}\n")


@pytest.mark.only_on("sqlite")  # PostgreSQL keeps no such value in the column
@pytest.mark.parametrize(
    ("column", "value"),
    [("at", "2021-13-45 99:00:00"), ("at", "yesterday"), ("detail", b"\xff\xfe\x00"), ("at", ""), ("previous", 7)],
)
def test_an_entry_that_cannot_even_be_read_is_named(journal: int, column: str, value: object) -> None:
    _sql(f'UPDATE {TABLE} SET "{column}" = %s WHERE number = 37', value)
    assert _named(broken()) == 37


def _recomputed(upto: int, changed: int) -> None:
    """The whole chain computed anew after one entry was changed, and the kept end with it: nothing inside shows it."""
    previous = GENESIS
    for record in Entry.objects.order_by("number").values(*FIELDS)[:upto]:
        record["previous"] = previous
        if record["number"] == changed:
            record["actor"] = "somebody"
        previous = link(record)
        values = (record["actor"], record["previous"], previous, record["number"])
        _sql(f"UPDATE {TABLE} SET actor = %s, previous = %s, digest = %s WHERE number = %s", *values)
    Head.objects.update(number=upto, digest=previous)


@pytest.mark.parametrize("seed", range(50))
def test_a_cut_tail_is_caught_by_a_printed_anchor(journal: int, seed: int) -> None:
    chance = random.Random(seed)
    kept = chance.randint(0, journal - 1)
    printed = Anchor.parse(str(head()))
    last = Entry.objects.filter(number=kept).values_list("digest", flat=True).first() or GENESIS
    _sql(f"DELETE FROM {TABLE} WHERE number > %s", kept)
    Head.objects.update(number=kept, digest=last)
    assert broken() is None, "inside, nothing shows it"
    assert _named(broken(printed)) == kept + 1


@pytest.mark.parametrize("seed", range(50))
def test_a_chain_computed_anew_is_caught_by_a_printed_anchor(journal: int, seed: int) -> None:
    chance = random.Random(seed)
    at = chance.randint(1, journal)
    printed = Anchor.parse(f"{at}:{Entry.objects.get(number=at).digest}")
    _recomputed(journal, chance.randint(1, at))
    assert broken() is None, "inside, nothing shows it"
    assert _named(broken(printed)) == at


def test_an_end_that_was_taken_away_is_missed(journal: int) -> None:
    _sql(f"DELETE FROM {TABLE} WHERE number > 50")
    Head.objects.all().delete()
    assert _named(broken()) == 1


def test_an_empty_journal_is_whole(db: None) -> None:
    assert broken() is None
    assert _named(broken(Anchor(3, "f" * 64))) == 1


@pytest.mark.only_on("postgresql")  # a database in memory has one connection; the writers' test asks SQLite on a disk
@pytest.mark.django_db(transaction=True)
def test_the_very_first_entry_is_written_by_many_at_once() -> None:
    def write(number: int) -> None:
        with act(actor("ducha"), "ledger.confirm", "proposal", number):
            pass
        connection.close()

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(write, range(8)))
    assert sorted(Entry.objects.values_list("subject_id", flat=True)) == [str(number) for number in range(8)]
    assert broken() is None
