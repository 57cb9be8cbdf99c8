"""Which indicators a target may be bound to."""

from luoshi.declared import INDICATORS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def refuse_undeclared(where: str, key: str) -> None:
    """Refuse a key that is in no catalogue; an empty one stands for no indicator.

    Raises:
        RefusedError: nobody declared it.
    """
    if key and key not in {one.key for one in INDICATORS}:
        raise RefusedError(Finding(where, f"没有“{key[:40]}”这个指标", "绑定的指标须在指标目录里", "请从列表中选"))
