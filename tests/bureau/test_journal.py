"""操作日志: whoever changes it under the tables is found, by the number of the first entry that no longer holds."""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from luoshi.bureau.journal import outside
from luoshi.bureau.journal.actions import act, change_digest, keep_end
from luoshi.bureau.journal.chain import DIGESTS, FIELDS, GENESIS, USUAL, Anchor, Harm, link, renewed
from luoshi.bureau.journal.models import DayEnd, Entry, Head
from luoshi.bureau.journal.queries import RENEWED, anchor_of, broken, first_break, head, records_until
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
    _told(capsys, f"1000 changes named: {'，'.join(f'{kind} {count}' for kind, count in named.items())}")


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
    for record in list(Entry.objects.order_by("number").values(*FIELDS)[:upto]):
        record["previous"] = previous
        if record["number"] == changed:
            record["actor"] = "somebody"
        previous = link(record)
        values = (record["actor"], record["previous"], previous, record["number"])
        _sql(f"UPDATE {TABLE} SET actor = %s, previous = %s, digest = %s WHERE number = %s", *values)
    Head.objects.update(number=upto, digest=previous)


@pytest.fixture
def days(journal: int, settings: Settings, tmp_path: Path) -> Path:
    """Six days of ten acts and more, the end of each written into a folder outside by the daily round."""
    settings.ANCHORS = str(tmp_path / "outside")
    for day in range(1, 7):
        for number in range(9):
            with act(actor("ducha"), "ledger.confirm", "proposal", number, f"第{number}项"):
                pass
        assert keep_end(actor("guanli"), date(2021, 10, day))
    for number in range(5):
        with act(actor("ducha"), "ledger.confirm", "proposal", number, f"第{number}项"):
            pass
    assert broken(*_outside(tmp_path / "outside")) is None
    return tmp_path / "outside"


def _outside(folder: Path) -> list[Anchor]:
    return [one.anchor for one in outside.found(folder)]


def _told(capsys: pytest.CaptureFixture[str], words: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{words}\n")


def test_a_hundred_cut_tails_are_caught_by_the_daily_anchors(days: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance, kept = random.Random(2022), _outside(days)
    last = max(one.number for one in kept)
    for _ in range(100):
        left = chance.randint(0, last - 1)
        with transaction.atomic():
            digest = Entry.objects.filter(number=left).values_list("digest", flat=True).first() or GENESIS
            _sql(f"DELETE FROM {TABLE} WHERE number > %s", left)
            Head.objects.update(number=left, digest=digest)
            DayEnd.objects.filter(number__gt=left).delete()
            assert broken() is None, "inside, nothing shows it"
            found = first_break(*kept)
            transaction.set_rollback(True)
        assert found is not None
        assert (found.number, found.harm, found.last) == (left + 1, Harm.CUT, last)
    _told(capsys, "100 cut tails caught by the daily anchors")


def test_a_hundred_chains_computed_anew_are_caught_by_the_daily_anchors(
    days: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, kept, length = random.Random(2023), _outside(days), Entry.objects.count()
    last = max(one.number for one in kept)
    for _ in range(100):
        changed = chance.randint(1, last)
        with transaction.atomic():
            _recomputed(length, changed)
            assert broken() is None, "inside, nothing shows it"
            found = first_break(*kept)
            transaction.set_rollback(True)
        assert found is not None
        assert (found.number, found.harm) == (min(one.number for one in kept if one.number >= changed), Harm.FORGED)
    _told(capsys, "100 chains computed anew caught by the daily anchors")


def test_what_came_after_the_last_anchor_is_what_one_trusts(days: Path) -> None:
    last = max(_outside(days), key=lambda one: one.number)
    _recomputed(Entry.objects.count(), last.number + 1)
    assert broken(*_outside(days)) is None


def test_a_day_is_written_once_and_the_list_names_what_lies_outside(days: Path, settings: Settings) -> None:
    files = {path.name: path.read_bytes() for path in days.iterdir()}
    assert sorted(files) == [f"2021-10-0{day}.txt" for day in range(1, 7)]
    assert keep_end(actor("guanli"), date(2021, 10, 3)) == ""
    DayEnd.objects.all().delete()  # as if the round was cut off between the file and its commit
    assert keep_end(actor("guanli"), date(2021, 10, 3)) != ""
    assert {path.name: path.read_bytes() for path in days.iterdir()} == files
    kept = DayEnd.objects.get()
    assert anchor_of(kept) == outside.read(days / "2021-10-03.txt")
    assert kept.file == "2021-10-03.txt"


def test_an_anchor_of_another_chain_is_not_taken_for_the_days(days: Path) -> None:
    (days / "2021-11-01.txt").write_text(f"链尾 3:{'a' * 64}\n", encoding="utf-8")
    with pytest.raises(RefusedError, match="与日志不符"):
        keep_end(actor("guanli"), date(2021, 11, 1))
    assert not DayEnd.objects.filter(day=date(2021, 11, 1)).exists()


def test_two_anchors_that_contradict_each_other_are_both_asked(journal: int) -> None:
    true = head()
    assert true is not None
    assert broken(true, true) is None
    for pair in ((true, replace(true, digest="a" * 64)), (replace(true, digest="a" * 64), true)):
        assert _named(broken(*pair)) == true.number


def test_a_folder_with_a_file_that_tells_of_no_end_is_refused_by_its_name(days: Path) -> None:
    (days / "2021-10-09.txt").write_text("链尾 （看不清）\n", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"2021-10-09\.txt"):
        outside.found(days)
    with pytest.raises(RefusedError, match="没有链尾存证文件"):
        outside.found(days / "nowhere")


@pytest.fixture
def changed(journal: int) -> int:
    """Thirty more entries, half of them by SM3: the number of the one that changed to it."""
    assert change_digest(actor("guanli"), "sm3")
    assert not change_digest(actor("guanli"), "sm3"), "once is enough"
    for number in range(30):
        with act(actor("ducha"), "ledger.confirm", "proposal", number, f"第{number}项"):
            pass
    return journal + 1


def test_a_chain_that_changed_its_digest_half_way_is_whole(changed: int) -> None:
    assert broken() is None
    made = Entry.objects.order_by("number").values_list("digested_by", flat=True)
    assert list(made) == ["sha256"] * (changed - 1) + ["sm3"] * 31
    end = head()
    assert end is not None
    assert str(end).split(":")[1] == "sm3"
    assert Anchor.parse(str(end)) == end
    assert broken(end, Anchor(30, Entry.objects.get(number=30).digest)) is None


def test_the_digest_changes_only_by_an_act(changed: int) -> None:
    """Whoever rewrites the newest entries by a digest he can break is seen, and so is one who hides the act that changed."""
    for number, action, expected in ((changed + 5, "ledger.confirm", Harm.UNMARKED), (changed, "x", Harm.UNMARKED)):
        with transaction.atomic():
            record = Entry.objects.filter(number=number).values(*FIELDS).get()
            record |= {"action": action, "digested_by": "sha256" if number > changed else "sm3"}
            values = (record["action"], record["digested_by"], link(record), number)
            _sql(f"UPDATE {TABLE} SET action = %s, digested_by = %s, digest = %s WHERE number = %s", *values)
            found = first_break()
            transaction.set_rollback(True)
        assert found is not None
        assert (found.number, found.harm) == (number, expected)


def test_the_older_part_replaced_behind_a_broken_digest_is_caught_at_the_change(changed: int) -> None:
    """As if SHA-256 were broken: the last old entry keeps its digest, though everything before it is another."""
    kept = Entry.objects.filter(number=changed - 1).values(*FIELDS, "digest").get()
    others = [{**one, "actor": "somebody"} for one in Entry.objects.values(*FIELDS, "digest")[: changed - 2]]
    told = json.loads(Entry.objects.get(number=changed).detail)[RENEWED]
    assert told == renewed(records_until(changed - 1), "sm3")
    assert told != renewed([*others, kept], "sm3")
    detail = Entry.objects.get(number=changed).detail.replace(told, "0" * 64)
    _sql(f"UPDATE {TABLE} SET detail = %s WHERE number = %s", detail, changed)
    _recomputed(Entry.objects.count(), 0)
    found = first_break()
    assert found is not None
    assert (found.number, found.harm) == (changed, Harm.FORGED)


def test_a_digest_nobody_knows_is_refused_before_anything_is_written(journal: int) -> None:
    with pytest.raises(RefusedError, match="LUOSHI_DIGEST"):
        change_digest(actor("guanli"), "md5")
    assert Entry.objects.count() == journal


@pytest.mark.django_db
def test_a_new_house_begins_with_the_digest_that_is_set(settings: Settings) -> None:
    settings.DIGEST = "sm3"
    with act(actor("ducha"), "ledger.confirm", "proposal", 1):
        pass
    assert Entry.objects.get().digested_by == "sm3"
    assert broken() is None


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
