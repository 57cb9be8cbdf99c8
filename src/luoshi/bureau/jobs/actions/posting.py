"""Posting a notice: it is written in the transaction of what causes it, so neither is there without the other."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice before it is posted.

    Attributes:
        key: what makes it this notice and no other, at most 200 characters: `reminder/2020-09-28/item-12/jijiao/mail`.
            Whoever posts the same key again posts nothing.
        channel: "inbox", "mail" or "hook".
        to: a login for the inbox; an address, or the login of whoever has one, for mail; a name for the hook.
        subject: one line.
        body: plain text.
        ics: an iCalendar text that goes along with mail and hook.
        link: the page it speaks of, a path of this website: `/items/12/`.
        due: not before this moment; None is at once.
    """

    key: str
    channel: str
    to: str
    subject: str
    body: str
    ics: str = ""
    link: str = ""
    due: datetime | None = None


def post(actor: Actor, letter: Letter) -> Message | None:
    """The message that was posted; None when one with this key was posted before.

    Called inside an act it belongs to the act's transaction: undone with it, kept with it. Called outside it has a
    transaction of its own. It is no act of its own in the journal: the act that causes it is.

    Whoever posts several letters in one act posts them in the order of their keys: then two who post the same ones
    never wait for each other in a ring.

    Raises:
        RefusedError: the key, the addressee or the subject is missing, too long or has line breaks, or nobody knows
            the channel.
    """
    _refuse_unfit(letter)
    now = timezone.now()
    due = letter.due or now
    inbox = letter.channel == Message.Channel.INBOX
    with turn(), transaction.atomic():
        message, fresh = Message.objects.get_or_create(
            key=letter.key,
            defaults={
                "channel": letter.channel,
                "to": letter.to,
                "subject": letter.subject[:300],
                "body": letter.body.replace("\0", ""),
                "ics": letter.ics.replace("\0", ""),
                "link": letter.link,
                "due": due,
                "next_try": due,
                "state": Message.State.SENT if inbox else Message.State.WAITING,
                "sent_at": due if inbox else None,
                "posted_by": actor.name,
            },
        )
    return message if fresh else None


_LONGEST = {"key": 200, "to": 200, "link": 300}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def _refuse_unfit(letter: Letter) -> None:
    """One line each, as both databases and every mail header keep it."""
    wrong = [
        name
        for name, value in (("key", letter.key), ("to", letter.to), ("subject", letter.subject), ("link", letter.link))
        if (not value.strip() and name != "link")
        or _CONTROL.search(value)
        or len(value) > _LONGEST.get(name, len(value))
    ]
    if letter.channel not in Message.Channel.values:
        wrong.append("channel")
    if wrong:
        raise RefusedError(
            Finding(
                f"通知 {letter.key[:60]}",
                "、".join(f"{name}“{getattr(letter, name)[:60]}”" for name in wrong) + "不合要求",
                "key、to、subject 各为一行且不空，key、to 不超过200字，channel 为 inbox、mail 或 hook",
                "请更正后再发",
            )
        )
