"""通行密钥 on a page: what the browser is asked, and what it says, as JSON that a script of ours carries."""

import json
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest

from luoshi.bureau.entering.queries import factors
from luoshi.bureau.people.models import Person
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_LONGEST = 20_000


def passkey_asked(person: Person) -> str:
    """What the browser signs to show that its passkey is this person's; empty where they have none."""
    if not any(one.type == "webauthn" for one in factors(person)):
        return ""
    return json.dumps(auth.begin_authentication(person))


def passkey_wanted(person: Person) -> str:
    """What the browser makes a new passkey by."""
    return json.dumps(auth.begin_registration(person, passwordless=False))


def passkey_told(words: str) -> Mapping[str, Any]:
    """What the browser said.

    Raises:
        RefusedError: it is no JSON object.
    """
    try:
        told = json.loads(words) if len(words) <= _LONGEST else None
    except ValueError:
        told = None
    if not isinstance(told, dict):
        remedy = "请用本页的按钮重试；浏览器须允许脚本"
        raise RefusedError(Finding("通行密钥", "浏览器没有给出通行密钥", "须由本页的按钮取得", remedy))
    return told


def allowed(request: HttpRequest) -> bool:
    """Whether browsers let a page reached like this use passkeys at all: by HTTPS under a name, or as localhost."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    return host == "localhost" or (request.is_secure() and not _number(host))


def _number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
