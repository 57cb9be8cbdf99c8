"""What comes in by the forms of 督办."""

from typing import Any

from django.utils import timezone

from luoshi.bureau.board.forms import BreakdownForm, is_number
from luoshi.bureau.escalations.actions import Edited, Found, Looked, Mending, Problem, Signing, Switching, Wanted
from luoshi.tracking.ladder import Grade, Step
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


class PaperForm(BreakdownForm):
    """One step of a paper."""

    def typed(self, name: str) -> str:
        """One field."""
        return self._sent.get(name, "")

    @property
    def signer(self) -> str:
        """签发人."""
        return self.typed("signer")

    def count(self, name: str, said: str) -> int:
        """A whole number.

        Raises:
            RefusedError: it is none.
        """
        words = self.typed(name).strip()
        if not is_number(words):
            raise RefusedError(Finding(said, f"“{words[:20]}”不是整数", f"{said}须为整数", "请改正"))
        return int(words)

    def whole(self, name: str) -> int | None:
        """Number of a row; None when none was chosen."""
        words = self.typed(name)
        return int(words) if is_number(words) else None

    def edited(self) -> Edited:
        """The words of a draft."""
        return Edited(self.typed("title"), self.typed("to"), self.words, self.count("answer_days", "答复工作日"))


class MendingForm(PaperForm):
    """A line of 整改台账."""

    def problem(self) -> Problem:
        """A new one."""
        return Problem(
            self.typed("problem"),
            self.typed("source"),
            self.day("due", "整改时限"),
            self.typed("lead")[:20],
            self.typed("measure"),
            self.whole("commitment"),
            self.whole("paper"),
        )

    def mending(self, file: tuple[str, bytes] | None) -> Mending:
        """What the section reports."""
        return Mending(self.typed("measure"), self.typed("evidence"), self.typed("claimed") == "yes", file)

    def looked(self) -> Looked:
        """What was found on the spot."""
        on = self.day("on", "回头看日期") or timezone.localdate()
        return Looked(on, self.typed("who"), self.typed("found"), self.typed("kept") == "yes")


class ClosingForm(PaperForm):
    """One signature of 销号."""

    def signing(self, scan: tuple[str, bytes] | None) -> Signing:
        """As it was sent."""
        on = self.day("on", "签字日期") or timezone.localdate()
        return Signing(self.typed("step"), on, self.words, self.typed("name"), self.typed("shown"), scan)


class RulesForm(PaperForm):
    """The rules of 督办, or a switch."""

    def wanted(self) -> Wanted:
        """A new version."""
        begun = self.day("begun", "起用日")
        if begun is None:
            raise RefusedError(Finding("起用日", "没有写起用日", "规则须有起用日", "请填写日期"))
        rungs = [self._rung(step) for step in Step]
        return Wanted(rungs, self.count("report_day", "月报到齐日"), begun, self.words)

    def _rung(self, step: Step) -> dict[str, Any]:
        key = step.value
        return {
            "step": key,
            "name": self.typed(f"{key}-name"),
            "grades": [grade.value for grade in Grade if self.typed(f"{key}-{grade.value}")],
            "months": self.count(f"{key}-months", "连续月数"),
            "days_ahead": self.count(f"{key}-days_ahead", "提前天数"),
            "answer_days": self.count(f"{key}-answer_days", "答复工作日"),
            "jumps": bool(self.typed(f"{key}-jumps")),
            "again": bool(self.typed(f"{key}-again")),
            "used": bool(self.typed(f"{key}-used")),
        }

    def switching(self, scan: tuple[str, bytes] | None) -> Switching:
        """What is switched."""
        return Switching(
            self.typed("what"),
            self.typed("to") == "on",
            self.typed("approver"),
            self.words,
            self.day("begun", "起始日") or timezone.localdate(),
            self.day("until", "截止日"),
            self.typed("shown"),
            scan,
        )


class MarksForm(PaperForm):
    """What a leader established about a section."""

    def found(self, scan: tuple[str, bytes] | None) -> Found:
        """As it was sent."""
        on = self.day("on", "认定日期") or timezone.localdate()
        return Found(
            self.typed("office"), self.typed("what"), on, self.typed("approver"), self.words, self.typed("item"), scan
        )
