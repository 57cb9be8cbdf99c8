"""What the forms of 报表 send."""

from collections.abc import Mapping
from datetime import date

from django.http import QueryDict

from luoshi.bureau.returns.actions import Signatures, Wanted
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


def day(sent: QueryDict, name: str, label: str) -> date:
    """A day.

    Raises:
        RefusedError: it is none.
    """
    words = sent.get(name, "").strip()
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        what = f"“{words[:20]}”不是日期" if words else "没有填"
        raise RefusedError(Finding(label, what, "写成 2020-09-20", "请改正日期")) from error


def number(sent: QueryDict, name: str) -> int:
    """A whole number that the page itself wrote; 0 for anything else."""
    words = sent.get(name, "")
    return int(words) if words.isdecimal() and len(words) < 10 else 0  # noqa: PLR2004 -- what a column holds


def wanted(sent: QueryDict) -> Wanted:
    """A window."""
    return Wanted(
        title=sent.get("title", ""),
        returns=tuple(sent.getlist("return")),
        period=sent.get("period", "").strip(),
        basis=sent.get("basis", ""),
        dues=dues(sent),
        office=sent.get("office", ""),
        readers=tuple(code for code in sent.getlist("reader") if code != sent.get("office")),
        owers="counties" if sent.get("owers") == "counties" else "schools",
        kinds=tuple(sent.getlist("kind")),
        layout_year=_year(sent.get("layout_year", "").strip()),
    )


def _year(words: str) -> int | None:
    if words and not (words.isdecimal() and len(words) == 4):  # noqa: PLR2004 -- a year has four digits
        raise RefusedError(Finding("版式年份", f"“{words[:20]}”不是年份", "写成 2021，或空着不填", "请改正版式年份"))
    return int(words) if words else None


def dues(sent: QueryDict) -> tuple[date, date, date]:
    """The days of schools, counties, the city."""
    told = (("due_school", "学校截止日"), ("due_county", "县(市、区)截止日"), ("due_city", "市截止日"))
    first, second, third = (day(sent, name, label) for name, label in told)
    return first, second, third


def signatures(sent: QueryDict) -> Signatures:
    """Who answers for a return."""
    return Signatures(
        filler=sent.get("filler", ""),
        statistician=sent.get("statistician", ""),
        head=sent.get("head", ""),
        phone=sent.get("phone", ""),
        reported=day(sent, "reported", "报出日期"),
    )


def units(sent: QueryDict) -> Mapping[str, int]:
    """The ticked units with their versions, as the page showed them."""
    told = (one.rpartition(":") for one in sent.getlist("unit"))
    return {code: int(version) for code, _, version in told if code and version.isdecimal()}


def explanations(sent: QueryDict) -> Mapping[str, str]:
    """What was written, by mark of the finding."""
    return {name.removeprefix("why-"): sent.get(name, "") for name in sent if name.startswith("why-")}
