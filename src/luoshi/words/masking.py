"""Masking (脱敏): what is shown of a name or a number to whoever has no reason to see it all.

    张小明 → 张*明    4103**********0010    138****5678    z***@example.cn

What cannot be told apart is hidden whole: a mask that shows too much is worse than one that shows nothing.
"""

import re
from itertools import count

HIDDEN = "*"
_PHONE = re.compile(r"(?<![0-9])(\+?86[- ]?)?(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9])")
_IDENTITY = re.compile(r"([0-9]{4})([0-9]{7}|[0-9]{10})([0-9]{3}[0-9Xx])")
_DIGITS = re.compile(r"[0-9]")
_SHOWN, _LONG = 4, 8
_LAST = 2


def masked_name(name: str) -> str:
    """张*明, 张*; the first and the last character of three or more, a compound surname like any other."""
    told = name.strip()
    if len(told) <= 1:
        return HIDDEN * len(told)
    return told[0] + HIDDEN if len(told) == 2 else told[0] + HIDDEN * (len(told) - 2) + told[-1]  # noqa: PLR2004


def masked_identity(number: str) -> str:
    """The first four and the last four of an identity number; of anything else that is longer than eight the last four."""
    told = number.strip()
    found = _IDENTITY.fullmatch(told)
    if found:
        return found[1] + HIDDEN * len(found[2]) + found[3]
    return HIDDEN * (len(told) - _SHOWN) + told[-_SHOWN:] if len(told) > _LONG else HIDDEN * len(told)


def masked_phone(number: str) -> str:
    """138****5678; of any other number all but the last two digits; words around it stay."""
    told = _PHONE.sub(lambda one: f"{one[1] or ''}{one[2]}****{one[4]}", number)
    if told != number and not _DIGITS.search(_PHONE.sub("", number)):
        return told
    digits = len(_DIGITS.findall(number))
    left = count(digits, -1)
    return _DIGITS.sub(lambda one: one[0] if next(left) <= _LAST else HIDDEN, number)


def masked_email(address: str) -> str:
    """z***@example.cn; what is no address is hidden whole."""
    before, at, after = address.strip().rpartition("@")
    return f"{before[:1]}***@{after}" if at and before else HIDDEN * len(address.strip())
