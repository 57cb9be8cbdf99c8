"""What comes in by forms, checked in four parts."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.http import QueryDict

from luoshi.bureau.ledger.actions import Correction, Verdict
from luoshi.bureau.plans.actions import Origin
from luoshi.spine import Comparator, State
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def number_of(words: str, where: str) -> Decimal:
    """A typed number with the places the ledger keeps.

    Raises:
        RefusedError: it is none, too large, or too fine.
    """
    try:
        value = Decimal(words.replace(",", "").replace("\u202f", "").replace(" ", "").strip())
    except InvalidOperation as error:
        raise RefusedError(
            Finding(where, f"“{words[:40]}”不是数字", "目标值须为数字", "请改为数字，如 3 或 2.5")
        ) from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        raise RefusedError(Finding(where, f"“{words[:40]}”太大", "目标值须在千万亿以内", "请检查是否多输了零"))
    if value != round(value, _PLACES):
        raise RefusedError(Finding(where, f"“{words[:40]}”小数位太多", f"最多{_PLACES}位小数", "请四舍五入后再填"))
    return value


def is_number(words: str) -> bool:
    """Whether the words name a row: digits, no more than a row can have."""
    return words.isdecimal() and len(words) <= _DIGITS


def _day(words: str, where: str) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise RefusedError(Finding(where, f"“{words[:40]}”不是日期", "日期须写成 2020-12-31", "请改正")) from error


_PLACES = 6
"""Decimals the ledger keeps."""
_DIGITS = 18


class VerdictForm:
    """One step of judging as it was sent."""

    def __init__(self, sent: QueryDict) -> None:
        self._sent = sent

    def version(self) -> int:
        """The version of the row that was shown."""
        return self.whole_number("version", -1)

    def whole_number(self, name: str, otherwise: int = 0) -> int:
        """A field that names a row or counts something.

        Args:
            name: of the field.
            otherwise: what it is when nothing, or no such number, was sent.
        """
        words = self._sent.get(name, "").strip()
        return int(words) if is_number(words) else otherwise

    def verdict(self, opens: date) -> Verdict:
        """The step on the day the page showed, else on the city's own; or a refusal of what cannot be one."""
        on = _day(self._sent.get("on", ""), "截至") or opens
        step, state = self._sent.get("step", ""), self._sent.get("state", "")
        if step not in {"self", "leader", "office", "back"}:
            raise RefusedError(Finding("核定", f"没有“{step[:20]}”这一步", "自评、审签、核定或退回", "请从页面上办理"))
        if state and state not in set(State):
            raise RefusedError(Finding("核定", f"没有“{state[:20]}”这一状态", "状态须从列表中选", "请重新选择"))
        return Verdict(
            step=step,
            on=on,
            reason=self._sent.get("reason", ""),
            state=State(state) if state and step != "back" else None,
            shown=self._sent.get("shown", ""),
            trouble=self._sent.get("trouble", ""),
        )


class MilestoneForm(VerdictForm):
    """A milestone as it was sent."""

    @property
    def reached(self) -> int:
        """Number of the milestone that was reached; 0 for a new one."""
        return self.whole_number("reached")

    @property
    def name(self) -> str:
        """What has to be there."""
        return self._sent.get("name", "")

    @property
    def shown(self) -> str:
        """What shows that it is there."""
        return self._sent.get("shown", "")

    def day(self) -> date | None:
        """By when, or since when."""
        return _day(self._sent.get("day", ""), "时间节点")


class DecisionForm(VerdictForm):
    """What was decided about a proposal."""

    @property
    def act(self) -> str:
        """confirm, dismiss, correct or undo."""
        return self._sent.get("act", "")

    @property
    def reason(self) -> str:
        """Why it is dismissed."""
        return self._sent.get("reason", "")

    def correction(self) -> Correction:
        """What was changed; a target's value keeps its comparator when only one of both was sent."""
        targets = {
            int(name.removeprefix("value-")): (self._comparator(name), number_of(words, "目标值") if words else None)
            for name, words in self._sent.items()
            if name.startswith("value-") and is_number(name.removeprefix("value-")) and isinstance(words, str)
        }
        title = self._sent.get("title", "").strip()
        day = _day(self._sent.get("due", ""), "完成时限")
        return Correction(title or None, self._sent.get("lead"), day, targets, bound=self._bound())

    def _bound(self) -> dict[int, str]:
        told = ((name.removeprefix("indicator-"), key) for name, key in self._sent.items() if isinstance(key, str))
        return {int(pk): key for pk, key in told if is_number(pk)}

    def _comparator(self, name: str) -> str:
        code = self._sent.get(name.replace("value-", "comparator-"), "")
        if code not in set(Comparator):
            raise RefusedError(Finding("目标值", f"没有“{code[:20]}”这一比较", "须从列表中选", "请重新选择"))
        return code


class BreakdownForm(VerdictForm):
    """One step of 草拟 → 征求意见 → 审定 → 印发 as it was sent."""

    @property
    def act(self) -> str:
        """consult, approve, reopen or issue."""
        return self._sent.get("act", "")

    @property
    def leader(self) -> str:
        """Whose items are approved."""
        return self._sent.get("leader", "")

    @property
    def words(self) -> str:
        """What the leader says, or why it goes back."""
        return self._sent.get("words", "")

    @property
    def number(self) -> str:
        """文号."""
        return self._sent.get("number", "")

    def day(self, name: str, said: str) -> date | None:
        """One of the days; None when it is empty."""
        return _day(self._sent.get(name, ""), said)


class ChangeForm(BreakdownForm):
    """Cells of an item, or a change of what was issued."""

    def cells(self) -> dict[str, str]:
        """What was typed, by column."""
        sent = ((name, words) for name, words in self._sent.items() if isinstance(words, str))
        return {name.removeprefix("cell-"): words for name, words in sent if name.startswith("cell-")}

    @property
    def change(self) -> int:
        """Number of the change that is decided about; 0 when one is asked for."""
        return self.whole_number("change")

    @property
    def approved(self) -> bool:
        """Whether it is approved."""
        return self._sent.get("approved", "") == "yes"

    @property
    def column(self) -> str:
        """Which column is to read otherwise."""
        return self._sent.get("column", "")

    @property
    def target(self) -> int:
        """Number of the target that is bound."""
        return self.whole_number("target")

    @property
    def indicator(self) -> str:
        """Key of the indicator it is to be measured by; empty for none."""
        return self._sent.get("indicator", "")

    @property
    def becomes(self) -> str:
        """What it is to say."""
        return self._sent.get("becomes", "")

    @property
    def reason(self) -> str:
        """Why, or what the leader says."""
        return self._sent.get("reason", "")


class DivisionForm(VerdictForm):
    """拆分, 归并, 照原文添加 as they were sent."""

    def pieces(self) -> list[str]:
        """The clause, cut where a line ends."""
        return self._sent.get("pieces", "").splitlines()

    def picks(self) -> list[tuple[int, int]]:
        """Id and shown version of every ticked proposal, “12:1”."""
        pairs = (words.partition(":") for words in self._sent.getlist("pick") if isinstance(words, str))
        return [(int(pk), int(version)) for pk, _, version in pairs if is_number(pk) and is_number(version)]

    @property
    def title(self) -> str:
        """What the gathered item is called."""
        return self._sent.get("title", "")

    @property
    def words(self) -> str:
        """What was marked in the text."""
        return self._sent.get("words", "").replace("\r\n", "\n")


class HandoutForm(BreakdownForm):
    """A paper that goes out, or the answer to what came back."""

    @property
    def form(self) -> str:
        """Xlsx or docx."""
        return "docx" if self._sent.get("form") == "docx" else "xlsx"

    @property
    def purpose(self) -> str:
        """Consult or edit."""
        return "consult" if self._sent.get("purpose") == "consult" else "edit"

    @property
    def office(self) -> str:
        """Code of the section it goes to; empty for all."""
        return self._sent.get("office", "")[:20]

    @property
    def to(self) -> str:
        """For whom, in words."""
        return self._sent.get("to", "").strip()

    @property
    def whole(self) -> str:
        """What telephone numbers are needed whole for; empty masks them."""
        return self._sent.get("whole", "").strip()

    def columns(self) -> tuple[str, ...]:
        """Keys of the columns on it."""
        return tuple(words for words in self._sent.getlist("column") if isinstance(words, str))

    def reply_by(self) -> date | None:
        """The day comments are wanted by."""
        return _day(self._sent.get("reply_by", ""), "反馈截止日")

    @property
    def remark(self) -> int:
        """Number of the remark that is answered."""
        return self.whole_number("remark")

    @property
    def value(self) -> str:
        """What the cell is to say where a remark is taken in part."""
        return self._sent.get("value", "")


class ImportForm(BreakdownForm):
    """How an old ledger enters, as it was sent."""

    @property
    def sent(self) -> bool:
        """Whether the columns were sent along."""
        return any(name.startswith("column-") for name in self._sent)

    @property
    def title(self) -> str:
        """What the ledger is called."""
        return self._sent.get("title", "").strip()

    @property
    def year(self) -> int:
        """Its year; 0 when none was written."""
        return self.whole_number("year")

    def mapping(self) -> dict[str, str]:
        """Column keys by heading."""
        paths = [words for words in self._sent.getlist("path") if isinstance(words, str)]
        return {path: self._sent.get(f"column-{at}", "") for at, path in enumerate(paths)}


class SourceForm(BreakdownForm):
    """What kind of text is read in, as it was sent."""

    @property
    def abstract(self) -> str:
        """The abstract of a document that is not kept itself."""
        return self._sent.get("abstract", "").strip()

    @property
    def title(self) -> str:
        """What a pasted abstract is called."""
        return self._sent.get("title", "").strip()[:200]

    def origin(self) -> Origin:
        """Kind, number, day and audience; a yearly plan for the system when nothing was chosen."""
        kind, audience = self._sent.get("kind", "") or "plan", self._sent.get("audience", "") or "system"
        return Origin(kind, self.number, self.day("dated", "日期"), audience)
