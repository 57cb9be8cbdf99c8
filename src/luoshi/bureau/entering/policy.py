"""密码规则: what a password must be. Django knows the common ones; the rest stands here, its numbers in the settings.

Source: GB/T 22239-2019 8.1.4.1 asks for complexity and periodic change without numbers; these are the customary ones.
"""

import string
from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

WHERE = "密码"
_CLASSES = (string.ascii_uppercase, string.ascii_lowercase, string.digits)


def rule() -> str:
    """The whole rule in one sentence, for pages and refusals."""
    return (
        f"至少{settings.PASSWORD_LENGTH}位，大写字母、小写字母、数字、其他字符四类中至少{settings.PASSWORD_CLASSES}类，"
        f"不能是常见密码，不能含账号，不能与最近{settings.PASSWORD_KEPT}次的相同，每{settings.PASSWORD_DAYS}天更换"
    )


def classes(words: str) -> int:
    """How many of the four classes of characters it has: capitals, small letters, digits, all others."""
    of_three = sum(any(one in known for one in words) for known in _CLASSES)
    return of_three + any(one not in "".join(_CLASSES) for one in words)


def _faults(words: str, login: str, earlier: Sequence[str]) -> list[str]:
    told = []
    if len(words) < settings.PASSWORD_LENGTH:
        told.append(f"不足{settings.PASSWORD_LENGTH}位")
    if classes(words) < settings.PASSWORD_CLASSES:
        told.append(f"只有{classes(words)}类字符")
    if login and login.lower() in words.lower():
        told.append("含有账号")
    try:
        validate_password(words)
    except ValidationError:
        told.append("是常见密码")
    if any(check_password(words, one) for one in earlier):
        told.append(f"与最近{settings.PASSWORD_KEPT}次用过的相同")
    return told


def hold(words: str, login: str, earlier: Sequence[str] = ()) -> None:
    """Refuse a password that breaks the rule, with all it breaks.

    Args:
        words: the password.
        login: of whom it is to be.
        earlier: hashes of the last ones.

    Raises:
        RefusedError: it breaks the rule.
    """
    told = _faults(words, login, earlier)
    if told:
        raise RefusedError(Finding(WHERE, "密码太容易猜到：" + "，".join(told), rule(), "请换一个密码，再设置一次"))
