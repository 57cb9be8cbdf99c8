"""Writing the journal: every act enters it in its own transaction, a refusal in one of its own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from luoshi.bureau.journal import outside
from luoshi.bureau.journal.chain import CHANGE, DIGESTS, GENESIS, Anchor, link, renewed
from luoshi.bureau.journal.models import DayEnd, Entry, Head
from luoshi.bureau.journal.queries import RENEWED, head, records_until
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
    school: str = ""
    """Code of the school of somebody who acts for one; empty for everybody else."""

    @property
    def hand(self) -> str:
        """Whose hand it is: one's own name, also where one stands in for somebody."""
        return self.name.partition(STANDS)[0]


BEFORE, AFTER = "前", "后"
"""How a changed field's two values are marked in the detail of an entry."""


@dataclass(slots=True)
class Note:
    """What an act will say of itself."""

    kind: str
    id: str
    title: str
    detail: dict[str, object] = field(default_factory=dict)
    """What is worth knowing of it, under Chinese words; a field that changed is told by `changed`. Never a password, a key, or
    what identifies a child."""
    reason: str = ""

    def changed(self, what: str, before: object, after: object) -> None:
        """One field's value before and after, as the history of the thing shows it; nothing where they are the same.

        Args:
            what: the field's Chinese label.
            before: its value, words or a number or a list of them; None where there was none.
            after: the same.
        """
        if before != after:
            self.detail = {**self.detail, what: {BEFORE: before, AFTER: after}}


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
    begun = {"number": 0, "digest": GENESIS, "by": settings.DIGEST}
    kept, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults=begun)
    return kept


def _append(actor: Actor, action: str, note: Note, outcome: str) -> Entry:
    """Add one entry at the end of the chain."""
    end = _end()
    entry = Entry(
        number=end.number + 1,
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
        digested_by=end.by,
        previous=end.digest,
    )
    entry.digest = link(vars(entry))
    entry.save(force_insert=True)
    end.number, end.digest = entry.number, entry.digest
    end.save(update_fields=["number", "digest"])
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


def change_digest(actor: Actor, by: str) -> bool:
    """From the next entry on another digest; whether it was changed.

    The entry that says so is the first made by the new one. It covers everything before it once more by the new digest,
    so that a weakness of the old one does not open the older part of the journal behind it.

    Raises:
        RefusedError: no such digest.
    """
    kept = head()
    if by not in DIGESTS:
        rule = f"可用的有 {'、'.join(DIGESTS)}"
        raise RefusedError(Finding("LUOSHI_DIGEST", f"没有“{by}”这种摘要算法", rule, "请更正环境变量 LUOSHI_DIGEST"))
    if kept is None or kept.by == by:
        return False
    with act(actor, CHANGE, "journal", "", "操作日志") as note:
        end = _end()
        note.changed("摘要算法", end.by, by)
        note.detail |= {RENEWED: renewed(records_until(end.number), by), "此前": end.number}
        Head.objects.filter(pk=1).update(by=by)
    return True


def keep_end(actor: Actor, on: date) -> str:
    """每日链尾: note the end of the chain for a day, in the list and in the folder outside; what was done, in Chinese.

    What lies outside for the day already is never overwritten: the list then names that one.

    Raises:
        RefusedError: the folder cannot be written to, or what it holds for the day is no end of this chain.
    """
    end = head()
    if end is None or DayEnd.objects.filter(day=on).exists():
        return ""
    with act(actor, "journal.anchor", "journal", on, f"{on} 每日链尾") as note:
        file = outside.write(Path(settings.ANCHORS), on, end) if settings.ANCHORS else None
        kept = file.anchor if file else end
        _stands(on, kept)
        told = {"number": kept.number, "digest": kept.digest, "by": kept.by, "file": file.name if file else ""}
        DayEnd.objects.create(day=on, at=datetime.now(UTC), **told)
        note.detail = {"链尾": str(kept), "存证文件": told["file"]}
    return f"链尾第 {kept.number} 条" + (f"，存为 {file.name}" if file else "")


def _stands(on: date, kept: Anchor) -> None:
    found = Entry.objects.filter(number=kept.number).values_list("digest", "digested_by").first()
    if found != (kept.digest, kept.by):
        what = f"已有的存证写的是第 {kept.number} 条，与日志不符"
        remedy = "请保留这份存证，停用系统，运行 luoshi journal verify --anchors 核查"
        raise RefusedError(Finding(f"{on} 链尾存证", what, "存证须是本日志某一时刻的链尾", remedy))
