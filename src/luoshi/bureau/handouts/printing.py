"""A paper as a file, always from what was kept when it went out: the same paper twice says the same."""

from datetime import date

from luoshi.bureau.handouts.models import Handout
from luoshi.bureau.handouts.queries import columns_of, recipient, with_cells
from luoshi.bureau.ledger.actions.amending import barred
from luoshi.bureau.ledger.cells import COLUMNS
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import City, Division, Office
from luoshi.reporting.papers import Paper, PaperRow
from luoshi.reporting.word import as_word_table
from luoshi.reporting.workbook import as_workbook


def printed(paper: Handout, reply_by: date | None = None) -> bytes:
    """The workbook or the Word table of a paper.

    Args:
        paper: as it was kept.
        reply_by: the day comments are wanted by, printed on a 征求意见稿; the breakdown's own when None.
    """
    city, consult = paper.edition.city, paper.purpose == Handout.Purpose.CONSULT
    told = Paper(
        code=paper.code,
        title=paper.edition.title + ("任务分解表" if consult else "督查台账"),
        subtitle=f"发往：{paper.to}" if paper.to else "",
        columns=columns_of(["number", *(key for key in paper.columns if key != "number")]),
        rows=_rows(paper),
        made_up=paper.edition.imaginary,
        choices=_choices(city),
    )
    if paper.form == "xlsx":
        return as_workbook(told)
    day = reply_by or (paper.breakdown.reply_by if paper.breakdown else None)
    asks = f"请于{day.year}年{day.month}月{day.day}日前反馈修改意见；没有意见的，请写“无意见”。" if day else ""
    return as_word_table(told, asks=asks, issuer=city.bureau, day=_day(paper.at.date()))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _rows(paper: Handout) -> list[PaperRow]:
    held = {row.pk: row for row in with_cells(Commitment.objects.filter(pk__in=paper.rows))}
    consult, whose = paper.purpose == Handout.Purpose.CONSULT, recipient(paper)
    told = []
    for pk, kept in paper.rows.items():
        row = held[int(pk)]
        may = [key for key in paper.columns if consult or barred(whose, COLUMNS[key], row) is None]
        group = f"{row.point.number} {row.point.title}" if row.point else ""
        told.append(PaperRow(kept["number"], kept, frozenset(may) - {"number"}, group))
    return told


def _choices(city: City) -> dict[str, list[str]]:
    """What a drop-down of each column offers."""
    offered = {key: [word for _, word in column.choices] for key, column in COLUMNS.items() if column.choices}
    offices = [one.name for one in Office.objects.filter(city=city)]
    divisions = [one.name for one in Division.objects.filter(city=city)]
    return {**offered, "lead": offices, "units": ["各县（市、区）", *divisions]}
