"""核对表: one workbook a unit, always from what was kept when it went out; all of them in one archive."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from luoshi.bureau.agreements.models import Line, Round, Sheet
from luoshi.bureau.agreements.queries import label, rated
from luoshi.reporting.papers import Paper, PaperRow
from luoshi.reporting.workbook import as_workbook
from luoshi.words.columns import Column, Fill
from luoshi.words.rounding import rounded

ANSWER, OWN, OWN_TOP, OWN_BOTTOM, WORDS = "answer", "own", "own_numerator", "own_denominator", "words"
FILLED = (ANSWER, OWN, OWN_TOP, OWN_BOTTOM, WORDS)
"""What a unit may fill; everything else is locked."""
AGREED, DISPUTED = "无异议", "有异议"
COLUMNS = (
    Column("number", "序号", Fill.TEXT, width=4),
    Column("indicator", "指标（计量单位）", Fill.TEXT, width=12),
    Column("definition", "口径", Fill.TEXT, width=18),
    Column("on", "时点", Fill.TEXT, width=6),
    Column("reported_by", "谁报", Fill.TEXT, width=8),
    Column("value", "上报数", Fill.TEXT, width=6),
    Column("numerator", "分子", Fill.TEXT, width=6),
    Column("denominator", "分母", Fill.TEXT, width=6),
    Column(ANSWER, "核对结果", Fill.CHOICE, width=6),
    Column(OWN, "本单位数", Fill.TEXT, width=6),
    Column(OWN_TOP, "本单位分子", Fill.TEXT, width=6),
    Column(OWN_BOTTOM, "本单位分母", Fill.TEXT, width=6),
    Column(WORDS, "依据说明", Fill.TEXT, width=14),
)
_MOMENT = (2020, 1, 1, 0, 0, 0)
"""Every entry of the archive bears this time: the same sheets make the same archive."""


def as_sent(line: Line) -> dict[str, str]:
    """The cells of a line as they go out; what the unit fills is empty."""
    amount = line.amount("reported")
    told = (amount.value, amount.numerator, amount.denominator) if amount else (None, None, None)
    value, numerator, denominator = ("" if one is None else f"{rounded(one, 6).normalize():f}" for one in told)
    return {
        "number": str(line.number),
        "indicator": f"{label(line.indicator)}（{line.unit}）",
        "definition": line.definition,
        "on": line.on.isoformat(),
        "reported_by": line.reported_by,
        "value": value or "（空缺，请补报）",
        "numerator": numerator,
        "denominator": denominator,
        "rated": "是" if rated(line.indicator, line.unit) else "",
        **dict.fromkeys(FILLED, ""),
    }


def printed(sheet: Sheet, of: Round, name: str) -> bytes:
    """The workbook of a unit.

    Args:
        sheet: as it was kept.
        of: its round with plan and city.
        name: what the unit is called.
    """
    until = f"请于{_day(of.reply_by)}前反馈。" if of.reply_by else ""
    how = f"浅色格可填：“{AGREED}”或“{DISPUTED}”；有异议的填本单位数（率另填分子、分母）和依据，佐证另附。"
    paper = Paper(
        code=sheet.code,
        title=f"{of.title}核对表",
        subtitle=f"发往：{name}　时点：{of.on}　{until}\n{of.notice}\n{how}",
        columns=COLUMNS,
        rows=[PaperRow(number, cells, frozenset(_open(cells))) for number, cells in sheet.rows.items()],
        made_up=of.edition.imaginary or of.edition.city.imaginary,
        choices={ANSWER: (AGREED, DISPUTED)},
    )
    return as_workbook(paper, "A4", name="核对表")


def _open(cells: Mapping[str, str]) -> Iterable[str]:
    """What may be filled in a row: counts only where the figure is a rate; sheets that went out before that was asked took them."""
    return FILLED if cells.get("rated", "是") else (ANSWER, OWN, WORDS)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def file_name(of: Round, name: str) -> str:
    """What the file of a unit is called, without characters a disk refuses."""
    told = f"{of.title}-{name}"
    return "".join("_" if sign in '\\/:*?"<>|\r\n\t' else sign for sign in told)[:120] + ".xlsx"


def archive(papers: Sequence[tuple[str, bytes]]) -> bytes:
    """Files under their names in one zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in papers:
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o644 << 16  # else nobody may read it once it is unpacked on Kylin
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
