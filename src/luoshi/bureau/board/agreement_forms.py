"""What comes in by the forms of 对数, checked in four parts."""

from collections.abc import Mapping
from datetime import date

from luoshi.bureau.agreements.actions import Entered, Ruling, Terms, Told
from luoshi.bureau.agreements.printing import AGREED, DISPUTED
from luoshi.bureau.board.forms import BreakdownForm
from luoshi.bureau.ledger.cells import Known
from luoshi.reading.unit_figures import UnitFigure
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


class RoundForm(BreakdownForm):
    """A round that is drafted, or one step of it."""

    def terms(self) -> Terms:
        """Title, 时点, notice, days, silence."""
        on = self.day("on", "时点")
        if on is None:
            raise RefusedError(Finding("时点", "没有填时点", "每个数都有统计时点", "请填统计时点"))
        return Terms(
            self._sent.get("title", ""),
            on,
            self._sent.get("notice", "").replace("\r\n", "\n"),
            self.whole_number("days"),
            silence=self._sent.get("silence", "") == "yes",
        )

    def asked(self) -> dict[str, str]:
        """口径 by indicator."""
        keys = [words for words in self._sent.getlist("indicator") if isinstance(words, str)]
        return {key: self._sent.get(f"definition-{key}", "") for key in keys}

    def units(self) -> tuple[str, ...]:
        """Codes of the divisions that were ticked."""
        return tuple(words for words in self._sent.getlist("unit") if isinstance(words, str))

    def cells(self, lines: Mapping[int, tuple[str, str]]) -> list[Entered]:
        """Figures typed into the table of a draft.

        Args:
            lines: division and indicator of each line by its id.
        """
        told = []
        for pk, (division, indicator) in lines.items():
            value, top, bottom = (self._sent.get(f"{name}-{pk}", "").strip() for name in ("value", "top", "bottom"))
            if value or top or bottom:
                told.append(Entered(division, indicator, value, top, bottom))
        return told

    @property
    def pasted(self) -> str:
        """Cells copied from a sheet."""
        return self._sent.get("pasted", "")

    @property
    def published_in(self) -> str:
        """The bulletin the figures stand in."""
        return self._sent.get("published_in", "")

    @property
    def sender(self) -> str:
        """Who sent the sheets."""
        return self._sent.get("sender", "")


class LineForm(BreakdownForm):
    """One line answered, verified or revised."""

    def told(self) -> Told:
        """The unit's answer."""
        said, *cells = (self._sent.get(name, "") for name in ("answer", "value", "top", "bottom", "words"))
        return Told({"agreed": AGREED, "disputed": DISPUTED}.get(said, said), *cells)

    def ruling(self) -> Ruling:
        """The verified or revised figure with its reason."""
        value, top, bottom, reason = (self._sent.get(name, "") for name in ("value", "top", "bottom", "reason"))
        return Ruling(value, top, bottom, reason)


def entered(rows: list[UnitFigure], known: Known) -> list[Entered]:
    """Pasted rows with the codes of their units.

    Raises:
        RefusedError: with every unit nobody knows.
    """
    told, findings = list[Entered](), list[Finding]()
    for row in rows:
        code = known.unit(row.unit)
        if code is None:
            rule = "单位须是本市的县（市、区）、功能区或市直"
            findings.append(Finding(row.where, f"不认识单位“{row.unit[:40]}”", rule, "请照单位名录写"))
            continue
        told.append(Entered(code, row.indicator, row.value, row.numerator, row.denominator, row.reporter))
    if findings:
        raise RefusedError(*findings)
    return told


def suggested_notice(city_on: date) -> str:
    """What a notice says when nobody wrote another."""
    day = f"{city_on.year}年{city_on.month}月{city_on.day}日"
    return (
        f"现将{day}有关指标的上报数送你单位核对。请对照口径和时点逐项答复：无异议的，填“无异议”；"
        "有异议的，填本单位数，说明依据并附佐证材料。"
    )
