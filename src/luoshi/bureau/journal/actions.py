"""Writing the journal: every act enters it in its own transaction, a refusal in one of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction

from luoshi.bureau.journal.chain import GENESIS, link
from luoshi.bureau.journal.models import Entry, Head
from luoshi.bureau.journal.turn import turn
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

STANDS = " 代 "
"""Between the name of who acts and the name of whoever is stood in for."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: kept by text, because a log must not change when an account does."""

    login: str
    name: str
    role: str
    office: str = ""
    division: str = ""
    address: str = ""
    post: str = ""
    """The post acted in, in words, where the person has several or stands in for somebody; empty where role and office say it."""
    stands_for: str = ""
    """Login of whoever is stood in for (代); the name then reads 乙 代 甲."""
    acts: tuple[str, ...] = ()
    """Rights a stand-in was given; empty is all that may be given."""

    @property
    def hand(self) -> str:
        """Whose hand it is: one's own name, also where one stands in for somebody."""
        return self.name.partition(STANDS)[0]


@dataclass(slots=True)
class Note:
    """What an act will say of itself."""

    kind: str
    id: str
    title: str
    detail: dict[str, object] = field(default_factory=dict)
    """What was before, what is after."""
    reason: str = ""


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def _words(told: str, most: int | None = None) -> str:
    """What people typed, as both databases keep it: PostgreSQL refuses a NUL and anything beyond the column."""
    return told.replace("\0", "")[:most]


def _end() -> Head:
    """The end of the chain, held until the transaction ends: entries follow one another, whoever writes them.

    It is taken last. Until then acts on different things go on side by side on PostgreSQL; acts on the same thing wait for
    its row. Rows are always locked in one order, proposal, commitment, end of the chain, so that nobody waits in a ring.
    """
    head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"number": 0, "digest": GENESIS})
    return head


def _append(actor: Actor, action: str, note: Note, outcome: str) -> Entry:
    """Add one entry at the end of the chain."""
    head = _end()
    entry = Entry(
        number=head.number + 1,
        at=datetime.now(UTC),
        actor=actor.login,
        actor_name=actor.name,
        role=actor.role,
        office=actor.office,
        address=actor.address,
        action=action,
        subject_kind=note.kind,
        subject_id=_words(note.id, 60),
        subject=_words(note.title, 300),
        detail=json.dumps(
            {**note.detail, "身份": actor.post} if actor.post else note.detail,
            ensure_ascii=False,
            sort_keys=True,
            default=_plain,
        ),
        outcome=outcome,
        reason=_words(note.reason),
        previous=head.digest,
    )
    entry.digest = link(vars(entry))
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    head.save(update_fields=["number", "digest"])
    return entry


def _refuse(actor: Actor, action: str, note: Note, refusal: RefusedError) -> None:
    note.reason = "\n".join(str(finding) for finding in refusal.findings)
    with transaction.atomic():
        _append(actor, action, note, "refused")


@contextmanager
def act(actor: Actor, action: str, kind: str, subject_id: object = "", title: str = "") -> Iterator[Note]:
    """Do something and enter it in the journal, both or neither.

    What is done inside belongs to one transaction with the entry. A RefusedError undoes it, is entered as refused in a
    transaction of its own, and goes on to the caller. What the database itself refuses becomes such a refusal.
    """
    note = Note(kind, str(subject_id), title)
    with turn():  # one place in the queue for both: whoever is refused does not wait twice
        try:
            with transaction.atomic():
                yield note
                _append(actor, action, note, "done")
        except RefusedError as refusal:
            _refuse(actor, action, note, refusal)
            raise
        except IntegrityError as error:
            conflict = RefusedError(
                Finding(title or kind, "与已有的记录冲突", "同一件事只记一次", "请刷新页面，看过现在的情况后再办")
            )
            _refuse(actor, action, note, conflict)
            raise conflict from error
