"""Drafts on a telephone: whose they are and what seals them, told only to pages of somebody who is signed in."""

from django.utils.crypto import salted_hmac


def owner(login: str) -> str:
    """A name for a login by which nobody else knows it: drafts are kept under it, and cleared at sign-out."""
    return _told("owner", login)[:16]


def seal(login: str) -> str:
    """The key of a login's drafts, 32 bytes as hex: whoever takes up the telephone afterwards can read none of them."""
    return _told("seal", login)


def _told(what: str, login: str) -> str:
    return salted_hmac(f"luoshi.drafts.{what}", login, algorithm="sha256").hexdigest()
