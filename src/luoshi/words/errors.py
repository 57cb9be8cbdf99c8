"""The one exception that reaches people."""

from dataclasses import replace

from luoshi.words.findings import Finding


class RefusedError(Exception):
    """Something was asked that is not done; carries why, in four parts, all findings at once."""

    def __init__(self, *findings: Finding) -> None:
        """Keep the findings; at least one, because a refusal without a reason is not one."""
        if not findings:
            message = "a refusal carries at least one finding"
            raise ValueError(message)
        super().__init__("\n".join(str(finding) for finding in findings))
        self.findings = findings

    def within(self, name: str) -> "RefusedError":
        """The same, each place preceded by the name of what it is in: a file, a part of a command."""
        return RefusedError(*(replace(one, where=f"{name} {one.where}") for one in self.findings))
