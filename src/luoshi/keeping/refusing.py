"""How this floor refuses."""

from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def refused(where: str, what: str, rule: str, remedy: str) -> RefusedError:
    """A refusal in four parts."""
    return RefusedError(Finding(where, what, rule, remedy))
