"""首次进入码: drawn by chance, printed once, kept as a keyed digest.

A slow digest (PBKDF2) protects what people think up: passwords that can be guessed. A code has 59 bits of chance, so that
nobody who stole the table could try them all, and whoever has not the key of this house (SECRET_KEY) cannot even try one. So
10 000 codes cost a tenth of a second instead of an hour, and expire.
"""

import hmac
import secrets
from datetime import date, timedelta

from django.utils.crypto import salted_hmac

from luoshi.bureau.people.models import Person

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Digits and letters that nobody takes for one another on paper."""
LENGTH = 12
DAYS = 14
"""How long a code opens the door."""


def draw() -> str:
    """A new code as it is printed: three groups of four."""
    drawn = [secrets.choice(ALPHABET) for _ in range(LENGTH)]
    return "-".join("".join(drawn[at : at + 4]) for at in range(0, LENGTH, 4))


def sealed(login: str, code: str) -> str:
    """What is kept of a code. Spaces, hyphens and small letters do not matter."""
    plain = "".join(code.upper().replace("-", "").split())
    return salted_hmac("luoshi.posts.first_code", f"{login}\0{plain}", algorithm="sha256").hexdigest()


def last_day(on: date) -> date:
    """Until when a code that is issued on a day opens the door."""
    return on + timedelta(days=DAYS)


def opens(login: str, code: str, on: date) -> Person | None:
    """Whose code this is; None when it opens nothing: wrong, too old, or a password was set meanwhile."""
    person = Person.objects.filter(username=login, first_code__until__gte=on).select_related("first_code").first()
    kept = person.first_code.digest if person else ""
    right = hmac.compare_digest(sealed(login, code), kept)
    return person if person and right and not person.has_usable_password() else None
