"""What comes in by the forms of 参数 and 清单."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from unicodedata import normalize

from django.http import QueryDict

from luoshi.bureau.board.forms import is_number
from luoshi.declared import PARAMETERS
from luoshi.spine import Parameter
from luoshi.words.checklists import Holds
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,12})?")


class ParameterForm:
    """A value of the bureau's own, or a doubt that was verified."""

    def __init__(self, sent: QueryDict, key: str) -> None:
        """What was sent to the page of a parameter."""
        self._sent, self._dated = sent, [one for one in PARAMETERS if one.key == key]

    def typed(self, name: str) -> str:
        """One field, as it was typed: a form that is refused shows it again."""
        return self._sent.get(name, "")

    def own(self) -> Parameter:
        """The bureau's value.

        Raises:
            RefusedError: no number, no day, or no document named.
        """
        one = self._dated[-1]
        return replace(
            one,
            value=self._value(one),
            begun=self._day(one),
            until=None,
            source=self.typed("source"),
            region="",
            doubt="",
        )

    def declared(self) -> Parameter:
        """The declared value whose doubt is verified.

        Raises:
            RefusedError: there is none of this day and region.
        """
        asked = self.typed("begun"), self.typed("region")
        for one in self._dated:
            if (one.begun.isoformat(), one.region) == asked:
                return one
        label = self._dated[-1].label
        raise RefusedError(Finding(f"参数 {label}", "没有这个值", "只核实页面上列出的值", "请从参数页进入"))

    def _value(self, one: Parameter) -> Decimal:
        words = normalize("NFKC", self.typed("value")).strip()
        number = words.removesuffix(one.unit).strip() if one.unit else words
        if not _NUMBER.fullmatch(number) or not number.isascii():
            what = f"“{words[:40]}”不是数" if words else "没有写值"
            raise RefusedError(
                Finding(f"参数 {one.label}", what, "值须为数，不带别的单位", f"请写数，单位是{one.unit or '无'}")
            )
        return Decimal(number)

    def _day(self, one: Parameter) -> date:
        words = normalize("NFKC", self.typed("begun")).strip()
        try:
            return date.fromisoformat(words)
        except ValueError as error:
            what = f"“{words[:40]}”不是日期" if words else "没有写起用日"
            finding = Finding(f"参数 {one.label}", what, "起用日须写成 2020-09-01", "请改正")
            raise RefusedError(finding) from error


class JudgingForm:
    """What people judged of an item."""

    def __init__(self, sent: QueryDict) -> None:
        """What was sent to the page of a list."""
        self._sent = sent

    @property
    def item(self) -> str:
        """Key of the item."""
        return self._sent.get("item", "")

    @property
    def verdict(self) -> Holds:
        """达标, 未达标, 重新待核; anything else is told by the action as none."""
        sent = self._sent.get("verdict", "")
        return Holds(sent) if sent in set(Holds) else Holds.UNKNOWN

    @property
    def words(self) -> str:
        """The evidence."""
        return self._sent.get("words", "")

    @property
    def seen(self) -> int:
        """The judgement that was shown; 0 for none."""
        words = self._sent.get("seen", "")
        return int(words) if is_number(words) else 0
