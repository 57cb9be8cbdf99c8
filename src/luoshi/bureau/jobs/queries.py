"""Jobs, rounds and the outbox, read back."""

import secrets

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from luoshi.bureau.jobs.models import Job, Message, Round
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.rights import refused

PAGE = 50
_State = Message.State
_FIRST = (_State.UNSURE, _State.FAILED, _State.SENDING, _State.WAITING, _State.SHUT)


def jobs_for(actor: Actor) -> list[Job]:
    """The newest jobs this person may see: all for whoever minds all, else their own."""
    seen = Job.objects.all() if refused(actor, "jobs") is None else Job.objects.filter(asked_by=actor.login)
    return list(seen.defer("checkpoint", "arguments")[:PAGE])


def job_for(actor: Actor, number: int) -> Job | None:
    """One of them."""
    found = Job.objects.filter(pk=number).first()
    mine = found is not None and (found.asked_by == actor.login or refused(actor, "jobs") is None)
    return found if mine else None


def outbox(actor: Actor) -> list[Message]:
    """What left or is to leave the house, what needs a person first; empty for whoever may not see it."""
    if refused(actor, "outbox") is not None:
        return []
    order = Case(
        *(When(state=state, then=Value(place)) for place, state in enumerate(_FIRST)),
        default=Value(len(_FIRST)),
        output_field=IntegerField(),
    )
    leaving = Message.objects.exclude(channel=Message.Channel.INBOX).defer("body", "ics")
    return list(leaving.order_by(order, "-pk")[:PAGE])


def rounds(most: int = 10) -> list[Round]:
    """The newest parts of the daily round."""
    return list(Round.objects.order_by("-day", "name")[:most])


def inbox(login: str, most: int = PAGE) -> list[Message]:
    """A person's messages that are due, unread ones first, then the newest."""
    mine = Message.objects.filter(channel=Message.Channel.INBOX, to=login, due__lte=timezone.now())
    unread = Case(When(state=_State.SENT, then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(mine.order_by(unread, "-due", "-pk")[:most])


def message_to(login: str, number: int) -> Message | None:
    """One message of this person's inbox."""
    return Message.objects.filter(channel=Message.Channel.INBOX, to=login, pk=number).first()


def ticket() -> str:
    """What a form carries so that sending it twice asks once."""
    return secrets.token_urlsafe(12)


def _unread() -> QuerySet[Message]:
    return Message.objects.filter(channel=Message.Channel.INBOX, state=_State.SENT, due__lte=timezone.now())


def unread(login: str) -> int:
    """How many messages wait for this person: one query."""
    return _unread().filter(to=login).count()


def unread_of(login: str) -> Coalesce:
    """The same as a column of a query over people.

    Args:
        login: the name of the column that holds the login.
    """
    waiting = _unread().filter(to=OuterRef(login)).order_by().values("to")
    return Coalesce(Subquery(waiting.annotate(number=Count("pk")).values("number")), 0)
