"""What comes in by the forms of 报表备案 and 套表, checked in four parts."""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_noop

from luoshi.bureau.board.forms import BreakdownForm
from luoshi.bureau.forms.actions import Decision, Terms
from luoshi.bureau.forms.holding import kept
from luoshi.bureau.forms.recognising import fields
from luoshi.checking.tables import Binding, How, parse_filters
from luoshi.declared.returns import RETURNS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.returns import Amount

ROWS = "（行数）"
"""Said instead of a column where rows are counted."""
APART = "·"
SHIFTS = ((0, gettext_noop("个位")), (4, gettext_noop("万")), (8, gettext_noop("亿")))


class RequestForm(BreakdownForm):
    """A form that is asked for, or one step of it."""

    def terms(self) -> Terms:
        """All that a section says."""
        return Terms(
            self.written("title"),
            self.written("office"),
            self.written("basis"),
            self.several("kind"),
            self.several("county"),
            self.whole_number("times"),
            self.whole_number("month"),
            fields(self.written("fields"), kept()),
            self.written("outside"),
            self.written("consent"),
        )

    def decision(self) -> Decision:
        """What the approver says."""
        released = frozenset(int(one) for one in self.several("release") if one.isdecimal())
        return Decision(self.act == "approve", self.written("reason"), released)

    def written(self, name: str) -> str:
        """What was written in a field."""
        return self._sent.get(name, "").strip()

    def several(self, name: str) -> tuple[str, ...]:
        """What was ticked."""
        return tuple(words for words in self._sent.getlist(name) if isinstance(words, str))

    def bindings(self, asked: Sequence[str]) -> list[Binding]:
        """The mapping as it was confirmed; a field left empty stays blank.

        Raises:
            RefusedError: a return, column or condition that is not declared; all of them at once.
        """
        told, findings = list[Binding](), list[Finding]()
        for at, field in enumerate(asked):
            if not self.written(f"of-{at}"):
                continue
            try:
                told.append(self._binding(at, field))
            except RefusedError as refusal:
                findings += [Finding(field, one.what, one.rule, one.remedy) for one in refusal.findings]
        if findings:
            raise RefusedError(*findings)
        return told

    def _binding(self, at: int, field: str) -> Binding:
        kind, column = declared(self.written(f"of-{at}"))
        of = RETURNS[kind]
        how = How(self.written(f"how-{at}")) if self.written(f"how-{at}") in set(How) else How.SUM
        how = How.COUNT if how is How.SUM and not column else how
        shift = int(self.written(f"shift-{at}")) if re.fullmatch(r"[048]", self.written(f"shift-{at}")) else 0
        where, among = (parse_filters(self.written(f"{name}-{at}"), of) for name in ("where", "among"))
        places = 2 if shift or how is How.SHARE or isinstance(of.columns.get(column), Amount) else 0
        return Binding(field, kind, "" if how is How.COUNT else column, how, where, among, shift, places)


def declared(words: str) -> tuple[str, str]:
    """Return and column of what a person chose: 设备和图书·图书册数, 教职工名册·（行数）.

    Raises:
        RefusedError: it is neither.
    """
    label, _, heading = words.partition(APART)
    for key, of in RETURNS.items():
        if of.label == label.strip():
            if heading.strip() == ROWS:
                return key, ""
            name = next((name for name, one in of.columns.items() if one.label == heading.strip()), None)
            if name is not None:
                return key, name
    rule = f"写成“报表{APART}栏目”，数行数的写“报表{APART}{ROWS}”"
    raise RefusedError(Finding("对应", f"没有“{words[:40]}”", rule, "请从下拉提示中选"))


def said(one: Binding) -> str:
    """The same back in words."""
    of = RETURNS[one.kind]
    return f"{of.label}{APART}{of.columns[one.column].label if one.column else ROWS}"


def offered(kinds: Mapping[str, object]) -> list[str]:
    """Everything a field may be, the returns that are held first."""
    told = list[str]()
    for _, of in sorted(RETURNS.items(), key=lambda one: one[0] not in kinds):
        told.append(f"{of.label}{APART}{ROWS}")
        told += [f"{of.label}{APART}{one.label}" for one in of.columns.values() if one.kind != "string" and one.unit]
    return told
