"""What comes in on the forms of 进展反馈, checked in four parts."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from luoshi.bureau.board.forms import BreakdownForm, is_number, number_of
from luoshi.bureau.ledger.models import Target
from luoshi.bureau.reports.actions import Filled, Landing, Paper, Sum, Verified
from luoshi.bureau.reports.models import Amount
from luoshi.spine import State
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

CLAIMS = (State.DONE, State.AHEAD, State.ON_COURSE, State.BEHIND, State.OVERDUE, State.STANDING)
"""What a section may say of itself; 暂缓 is asked for, and 待核实 is what silence means."""


class ReportForm(BreakdownForm):
    """An answer, a step of one, or what is done with a reply, as it was sent."""

    def words_of(self, name: str) -> str:
        """A field as it was sent, "" for none."""
        return self._sent.get(name, "")

    def ids(self, name: str) -> list[int]:
        """Every ticked row."""
        return [int(one) for one in self._sent.getlist(name) if isinstance(one, str) and is_number(one)]

    def claimed(self) -> State | None:
        """自评; None when none was chosen."""
        words = self._sent.get("claimed", "")
        if words and words not in {one.value for one in CLAIMS}:
            raise RefusedError(Finding("自评", f"没有“{words[:20]}”这一状态", "状态须从列表中选", "请重新选择"))
        return State(words) if words else None

    def filled(self, targets: Iterable[Target], on: date) -> Filled:
        """The whole answer, figures for these targets; a figure without a day is of 截至日."""
        sums = ((target.pk, self._sum(target, on)) for target in targets)
        return Filled(
            words=self.words_of("words"),
            claimed=self.claimed(),
            trouble=self.words_of("trouble"),
            next_step=self.words_of("next_step"),
            expected=self.day("expected", "预计完成日"),
            contact=self.words_of("contact"),
            phone=self.words_of("phone"),
            sums={pk: told for pk, told in sums if told is not None},
        )

    def _sum(self, target: Target, on: date) -> Sum | None:
        told, where = self.words_of(f"value-{target.pk}").strip(), target.subject or "上报数"
        if not told:
            return None
        about = told.startswith("约") or told.endswith("余")
        value = number_of(told.removeprefix("约").removesuffix("余").removesuffix(target.unit), where)
        return Sum(
            value,
            self.day(f"on-{target.pk}", "时点") or on,
            self.words_of(f"definition-{target.pk}"),
            about,
            self._part(f"numerator-{target.pk}", f"{where}分子"),
            self._part(f"denominator-{target.pk}", f"{where}分母"),
        )

    def _part(self, name: str, where: str) -> Decimal | None:
        told = self.words_of(name).strip()
        return number_of(told, where) if told else None

    def landing(self, targets: Iterable[Target], on: date) -> Landing:
        """How a piece lands, with the figures of the item it was let land on."""
        filled = None if self.words_of("nothing_new") == "yes" else self.filled(targets, on)
        return Landing(self.whole_number("item"), filled)

    def verified(self, amounts: Iterable[Amount]) -> Verified:
        """What is verified; a figure left as it was reported needs no words."""
        values = {}
        for one in amounts:
            told = self.words_of(f"verified-{one.pk}").strip()
            if told:
                values[one.pk] = (number_of(told, "核定数"), self.words_of(f"why-{one.pk}"))
        state = self._sent.get("state", "")
        if state and state not in set(State):
            raise RefusedError(Finding("核定", f"没有“{state[:20]}”这一状态", "状态须从列表中选", "请重新选择"))
        return Verified(self.words, State(state) if state else None, values)

    def paper(self, name: str, scan: bytes) -> Paper:
        """A signed paper."""
        return Paper(scan, name, self.words_of("reviewed_by"), self.words_of("signed_by"))
