"""How often somebody may guess: refusals stand in the journal, so they are counted there and nothing is kept beside it."""

from datetime import timedelta

from django.utils import timezone

from luoshi.bureau.journal.models import Entry

MOST = 5
WAIT = timedelta(minutes=10)
_BY_ADDRESS = 30


def many_tries(login: str) -> bool:
    """Whether somebody typed wrong codes too often a moment ago."""
    return _refused(actor=login, action="training.attend") >= MOST


def many_checks(address: str) -> bool:
    """Whether one address asked for certificates that are none too often a moment ago."""
    return _refused(address=address, action="training.check") >= _BY_ADDRESS


def _refused(**told: str) -> int:
    rows = Entry.objects.filter(outcome="refused", at__gte=timezone.now() - WAIT, **told).order_by("-number")
    return len(rows.values_list("number")[:_BY_ADDRESS])
