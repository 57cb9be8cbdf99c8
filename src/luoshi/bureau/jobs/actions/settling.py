"""What a person decides about a notice that did not go by itself."""

from django.utils import timezone

from luoshi.bureau.jobs.models import Message
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.rights import require
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_State = Message.State
RESENDABLE = (_State.UNSURE, _State.FAILED, _State.SHUT)


def resend(actor: Actor, number: int) -> Message:
    """Send once more what failed, or may have gone; under the same key, so that the other side can know it again."""
    with act(actor, "jobs.resend", "message", number) as note:
        message = _held(actor, number)
        note.title, note.detail = message.subject, {"key": message.key, "state": message.state}
        if message.state not in RESENDABLE:
            raise RefusedError(_astray(message, "只有没有发出、可能已发出和渠道未开通的通知可以重发"))
        message.state, message.attempts, message.error = _State.WAITING, 0, ""
        message.next_try, message.claimed_by, message.claimed_until = timezone.now(), "", None
        message.save(update_fields=["state", "attempts", "error", "next_try", "claimed_by", "claimed_until"])
    return message


def settle(actor: Actor, number: int) -> Message:
    """Take what may have gone as sent, after asking the addressee."""
    with act(actor, "jobs.settle", "message", number) as note:
        message = _held(actor, number)
        note.title, note.detail = message.subject, {"key": message.key, "state": message.state}
        if message.state != _State.UNSURE:
            raise RefusedError(_astray(message, "只有可能已发出的通知可以视为已发"))
        message.state, message.sent_at, message.claimed_by = _State.SENT, timezone.now(), ""
        message.save(update_fields=["state", "sent_at", "claimed_by"])
    return message


def _held(actor: Actor, number: int) -> Message:
    require(actor, "outbox")
    message = Message.objects.select_for_update().filter(pk=number).first()
    if message is None:
        raise RefusedError(Finding(f"通知 {number}", "没有这条通知", "须从通知列表里选", "请刷新页面再办"))
    return message


def _astray(message: Message, rule: str) -> Finding:
    state = message.get_state_display()
    return Finding(message.subject, f"现在是“{state}”", rule, "请刷新页面，看过现在的情况后再办")


def mark_read(actor: Actor, numbers: list[int] | None = None) -> int:
    """This person has read these messages of theirs, or all of them; returns how many were new.

    Not an act in the journal: what a person reads, and when, is nobody's business.
    """
    mine = Message.objects.filter(
        channel=Message.Channel.INBOX, to=actor.login, state=_State.SENT, due__lte=timezone.now()
    )
    return (mine if numbers is None else mine.filter(pk__in=numbers)).update(state=_State.READ)
