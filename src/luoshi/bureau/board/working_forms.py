"""What comes in about working items by forms: shares, pauses, marks, staircases, decisions of meetings."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from luoshi.bureau.board.forms import BreakdownForm, is_number, number_of
from luoshi.bureau.ledger.actions import PauseVerdict, PauseWanted
from luoshi.bureau.ledger.resolutions import MOST, Decision, pasted
from luoshi.tracking import Share
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


class SharesForm(BreakdownForm):
    """A target divided among divisions, as it was sent."""

    @property
    def target(self) -> int:
        """Number of the target."""
        return self.whole_number("target")

    @property
    def why(self) -> str:
        """Why the sum differs."""
        return self._sent.get("why", "")

    @property
    def basis(self) -> str:
        """By what it is to be split."""
        return self._sent.get("basis", "")

    def fixed(self, divisions: Sequence[tuple[str, str]]) -> dict[str, Decimal]:
        """Values that were set by hand and stand, by code; empty fields do not stand.

        Raises:
            RefusedError: a value is no number.
        """
        held = [(code, name) for code, name in divisions if self.typed("fix", code)]
        return {one.division: one.value for one in self.portions(held) if one.value is not None}

    def column(self) -> list[str]:
        """A pasted column, one value a line; the last cell of each line where several were copied."""
        return [line.split("\t")[-1].strip() for line in self._sent.get("column", "").splitlines() if line.strip()]

    def typed(self, name: str, code: str) -> str:
        """One field of one division: value, due or words."""
        return self._sent.get(f"{name}-{code}", "")

    def portions(self, divisions: Sequence[tuple[str, str]]) -> list[Share]:
        """What was typed, a share a division; every field that cannot be read at once.

        Args:
            divisions: code and name, in order.

        Raises:
            RefusedError: a value that is no number, or a day that is none.
        """
        told, findings = list[Share](), list[Finding]()
        for code, name in divisions:
            try:
                value = self.typed("value", code).strip()
                number = number_of(value, f"{name} 分解数") if value else None
                due = self.day(f"due-{code}", f"{name} 完成时限")
                told.append(Share(code, number, due, self.typed("words", code).strip()))
            except RefusedError as refusal:
                findings += refusal.findings
        if findings:
            raise RefusedError(*findings)
        return told


class PauseForm(BreakdownForm):
    """暂缓 asked for, decided about, or ended, as it was sent."""

    @property
    def pause(self) -> int:
        """Number of the pause that is decided about or ended."""
        return self.whole_number("pause")

    @property
    def reason(self) -> str:
        """Why, or what is said about it."""
        return self._sent.get("reason", "")

    @property
    def marked(self) -> bool:
        """Whether the item is to be 协调事项."""
        return self._sent.get("marked", "") == "yes"

    @property
    def staircase(self) -> str:
        """Key of the chosen staircase."""
        return self._sent.get("staircase", "")

    def wanted(self) -> PauseWanted:
        """The pause that is asked for."""
        begun, until = self.day("begun", "暂缓起始日期"), self.day("until", "暂缓截止日期")
        return PauseWanted(begun, until, self.reason, self._sent.get("extends", "") == "yes")

    def pause_verdict(self, opens: date) -> PauseVerdict:
        """What the leader in charge says, without the scan."""
        approved = self._sent.get("approved", "") == "yes"
        return PauseVerdict(approved=approved, on=self.day("on", "批准日期") or opens, words=self.reason)

    def duties(self) -> dict[str, str]:
        """What each partner owes, by its code."""
        sent = ((name, words) for name, words in self._sent.items() if isinstance(words, str))
        return {name.removeprefix("duty-"): words for name, words in sent if name.startswith("duty-")}


class ResolutionsForm(BreakdownForm):
    """A meeting's decisions, typed in rows or pasted, as they were sent."""

    @property
    def meeting(self) -> int:
        """Number of the registered minutes."""
        return self.whole_number("meeting")

    def decisions(self) -> list[Decision]:
        """Every row that says anything, the typed ones before the pasted ones."""
        return [*self._rows(), *pasted(self._sent.get("rows", ""))]

    def _rows(self) -> Iterable[Decision]:
        lists = [self._sent.getlist(name)[: MOST + 1] for name in ("row-number", "row-words", "row-due", "row-lead")]
        versions = self._sent.getlist("row-version")
        for at, cells in enumerate(zip(*lists, strict=False)):
            number, words, due, lead = (str(cell).strip() for cell in cells)
            version = str(versions[at]) if at < len(versions) else ""
            if number or words or due or lead:
                yield Decision(number, words, due, lead, int(version) if is_number(version) else None)
