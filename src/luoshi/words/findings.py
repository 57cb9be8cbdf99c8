"""What is wrong, said so that an officer can mend it: where, what, which rule, what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs."""

    STOPS = "stops"
    """逻辑校验: nothing goes on until it is mended."""
    ASKS = "asks"
    """经验校验: goes on with a written explanation."""
    TELLS = "tells"
    """提示: said once, nothing is asked."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding in four parts, each a sentence in Chinese for the person who has to act."""

    where: str
    """The cell, paragraph, step or file."""
    what: str
    """What was met there, with the value."""
    rule: str
    """Which rule it breaks, and where the rule comes from."""
    remedy: str
    """What to do now."""
    severity: Severity = Severity.STOPS

    def __str__(self) -> str:
        """One line for a terminal."""
        return f"{self.where}：{self.what}。规则：{self.rule}。处理：{self.remedy}。"
