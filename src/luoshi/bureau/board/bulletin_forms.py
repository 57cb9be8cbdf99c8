"""What a person says about an official text, checked in four parts."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from luoshi.bureau.board.forms import BreakdownForm, number_of
from luoshi.bureau.bulletins.actions import Issued
from luoshi.bureau.bulletins.gathering import Terms
from luoshi.reporting.composing import Practice
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


class BulletinForm(BreakdownForm):
    """A text that is drafted, edited, settled or dropped, as it was sent."""

    def terms(self, today: date, issue: int) -> Terms:
        """Kind, days, issue, practices, weights; a day that was not sent is today."""
        return Terms(
            kind=self._sent.get("kind", ""),
            on=self.day("on", "截至日") or today,
            issued=self.day("issued", "成文日期") or today,
            issue=self.whole_number("issue", issue),
            whole=self.whole_number("whole"),
            code=self._sent.get("code", "").strip()[:20],
            practices=tuple(self._practices()),
            answer_by=self.day("answer_by", "报送整改情况的日期"),
            ranked_by=self._sent.get("ranked_by", "").strip()[:60],
            named_by=self._sent.get("named_by", "").strip()[:60],
            weights=dict(self._weights()),
            cc=tuple(one.strip() for one in self._sent.get("cc", "").replace("，", "、").split("、") if one.strip()),
        )

    def _practices(self) -> Iterator[Practice]:
        """One a line: 斗城区：集中建设……."""
        for line in self._sent.get("practices", "").splitlines():
            unit, colon, words = line.replace(":", "：").partition("：")
            if line.strip() and not (colon and unit.strip() and words.strip()):
                raise RefusedError(
                    Finding("做法", f"“{line[:30]}”没有写单位", "每行写“单位：做法”", "请在单位后加冒号")
                )
            if line.strip():
                yield Practice(unit.strip(), words.strip())

    def _weights(self) -> Iterator[tuple[str, Decimal]]:
        """One a line or comma: 8.1=2."""
        for told in self._sent.get("weights", "").replace("，", ",").replace("\n", ",").split(","):
            number, sign, weight = told.replace("＝", "=").partition("=")
            if told.strip() and not sign:
                raise RefusedError(Finding("权重", f"“{told.strip()[:20]}”不是“序号=权重”", "每项写 8.1=2", "请改正"))
            if told.strip():
                yield number.strip(), number_of(weight, f"{number.strip()} 权重")

    def edited(self) -> dict[str, str]:
        """Words by block."""
        sent = ((name, words) for name, words in self._sent.items() if isinstance(words, str))
        return {name.removeprefix("block-"): words for name, words in sent if name.startswith("block-")}

    def issued(self, today: date, scan: bytes, name: str) -> Issued:
        """How it was issued."""
        return Issued(self._sent.get("doc_no", ""), self.day("settled_on", "定稿日期") or today, scan, name)
