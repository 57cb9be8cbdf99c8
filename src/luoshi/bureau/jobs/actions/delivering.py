"""Sending what is in the outbox: claimed in one transaction, sent, marked in another.

Not acts in the journal: that a notice was caused stands there, that it went stands in the outbox. A message whose sender died
between claim and mark may have gone and may not have: nobody but a person sends it again.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from luoshi.bureau.jobs.channels import Carrier, NotSentError, RejectedError, UnsureError
from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.journal.turn import turn

CLAIM = timedelta(minutes=5)
"""Longer than any channel may take; after it a message that is still being sent is unsure."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
"""How long after each clear non-delivery it is tried again; after the last it has failed."""
_State = Message.State
BROKEN_OFF = "发送途中程序中断，对方可能已收到"


def deliver(actor: Actor, worker: str, carriers: Mapping[str, Carrier], ending: Callable[[], bool]) -> int:
    """Send everything that is due by the channels that are open; returns how many were tried."""
    _put_aside(actor, carriers)
    tried = 0
    while not ending() and (message := _claim(actor, worker, carriers)) is not None:
        _mark(message, **_carried(message, carriers[message.channel]))
        tried += 1
    return tried


def _put_aside(_: Actor, carriers: Mapping[str, Carrier]) -> None:
    """What nobody can send now, and what somebody was sending when he died."""
    now = timezone.now()
    over = Message.objects.filter(state=_State.SENDING, claimed_until__lt=now)
    shut = Message.objects.filter(state=_State.WAITING, next_try__lte=now).exclude(channel__in=list(carriers))
    if not over.exists() and not shut.exists():
        return
    with turn(), transaction.atomic():
        over.update(state=_State.UNSURE, error=BROKEN_OFF)
        shut.update(state=_State.SHUT, error="这条渠道没有开通")


def _claim(_: Actor, worker: str, carriers: Mapping[str, Carrier]) -> Message | None:
    now = timezone.now()
    due = Message.objects.filter(state=_State.WAITING, next_try__lte=now, channel__in=list(carriers))
    found = due.order_by("next_try", "pk").first()
    while found is not None:
        with turn(), transaction.atomic():
            claimed = due.filter(pk=found.pk).update(
                state=_State.SENDING, claimed_by=worker, claimed_until=now + CLAIM, attempts=found.attempts + 1
            )
        if claimed:
            return Message.objects.get(pk=found.pk)
        found = due.order_by("next_try", "pk").first()  # another worker was quicker
    return None


def _carried(message: Message, carrier: Carrier) -> dict[str, object]:
    """What became of it."""
    try:
        carrier(message)
    except NotSentError as error:
        if message.attempts > len(WAITS):
            return {"state": _State.FAILED, "error": str(error)[:300]}
        wait = WAITS[message.attempts - 1]
        return {"state": _State.WAITING, "error": str(error)[:300], "next_try": timezone.now() + wait}
    except RejectedError as error:
        return {"state": _State.FAILED, "error": str(error)[:300]}
    except UnsureError as error:
        return {"state": _State.UNSURE, "error": str(error)[:300]}
    except Exception as error:  # noqa: BLE001 (one letter that cannot be written must not hold up the others)
        return {"state": _State.UNSURE, "error": f"遇到没有预料的情况（{type(error).__name__}）"}
    return {"state": _State.SENT, "error": "", "sent_at": timezone.now()}


def _mark(message: Message, **changes: object) -> None:
    mine = Message.objects.filter(
        pk=message.pk, claimed_by=message.claimed_by, state__in=(_State.SENDING, _State.UNSURE)
    )
    with turn(), transaction.atomic():
        mine.update(**changes)
