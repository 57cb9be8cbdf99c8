"""What an action left behind: the journal before and after, and every other table."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from luoshi.bureau.journal.models import Entry
from luoshi.bureau.journal.queries import broken
from luoshi.words.errors import RefusedError
from tests.bureau.remembered import Rows, tables


def everything_else() -> dict[str, Rows]:
    """Every row of every table but the journal's."""
    return {table: rows for table, rows in tables().items() if not table.startswith("journal_")}


@contextmanager
def done(action: str) -> Iterator[None]:
    """Exactly one entry more, of this action, done; and the chain is whole."""
    before = Entry.objects.count()
    yield
    assert list(Entry.objects.order_by("number").values_list("action", "outcome")[before:]) == [(action, "done")]
    assert broken() is None


@contextmanager
def entered_as_refused(action: str, saying: str = "") -> Iterator[None]:
    """One entry more, of a refusal with these words, and nothing else changed anywhere: what a page leaves behind."""
    before, rest = Entry.objects.count(), everything_else()
    yield
    new = Entry.objects.order_by("number")[before:]
    assert [(entry.action, entry.outcome) for entry in new] == [(action, "refused")]
    assert saying in new[0].reason
    assert everything_else() == rest
    assert broken() is None


@contextmanager
def refused(action: str, saying: str = "") -> Iterator[None]:
    """The same for an action, which says so to its caller."""
    with entered_as_refused(action, saying), pytest.raises(RefusedError) as refusal:
        yield
    assert saying in "\n".join(str(finding) for finding in refusal.value.findings)
