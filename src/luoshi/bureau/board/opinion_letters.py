"""意见书草稿: what an evaluation came to, group by group, and what is to be mended, as an official letter that somebody finishes and signs.

Layout: GB/T 9704-2012, 信函格式. The house drafts, a person sends.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from luoshi.bureau.board.sheets_told import Column, columns_of, plain, visible
from luoshi.bureau.cases import queries, sheets
from luoshi.bureau.cases.models import Case
from luoshi.bureau.cases.sheets import Veil
from luoshi.reporting.official.document import (
    Attachment,
    Block,
    Grid,
    GridColumn,
    GridRow,
    LetterHead,
    OfficialDocument,
    Part,
)
from luoshi.scoring import comparing
from luoshi.scoring.nouns import Item, Mark, Scheme
from luoshi.scoring.scores import Score

_OPEN = Veil({}, frozenset())
"""Who drafts the letter sees every sheet."""


def letter(row: Case, on: date) -> OfficialDocument | None:
    """The draft; None while nothing is settled.

    Args:
        row: an evaluation.
        on: the day of the draft.
    """
    course = queries.course_of(row)
    criteria = sheets.scheme_of(course)
    if criteria is None or row.score is None:
        return None
    told = visible(course, queries.happened(row), _OPEN)
    columns = columns_of(course, criteria, told)
    last = columns[-1]
    if isinstance(last.score, comparing.Joint):
        return None
    name = queries.unit_name(row) or row.title
    return OfficialDocument(
        title=f"关于{name}{row.opened_on.year}年{course.label}的意见书",
        dated=on,
        head=LetterHead(row.city.bureau),
        to=name if row.school else f"{name}人民政府" if row.county.isdecimal() else name,
        blocks=tuple(_body(criteria, last.score, columns)),
        attachments=(Attachment(f"{course.label}得分表", (_grid(criteria, columns),), across=True),),
        signer=row.city.bureau,
        seal=True,
        made_up=row.city.imaginary,
    )


def _body(criteria: Scheme, score: Score, columns: Sequence[Column]) -> Iterator[Part]:
    own = columns[0]
    said = f"按照《{criteria.label}》，经自评、核查、终评，得{plain(score.total)}分，等次为{score.grade.label}。"
    if own is not columns[-1]:
        said += f"自评{own.total}分。"
    yield Block("result", (said,))
    for at, effect in enumerate(score.effects):
        yield Block(f"effect.{at}", (f"因{effect.item.label}，等次由{effect.before.label}定为{effect.after.label}。",))
    yield Block("groups.title", ("各项情况",), level=1)
    for group in criteria.children(""):
        part = score.parts[group.key]
        words = "不适用" if part.absent else f"{plain(part.points)}分（满分{plain(part.full)}分）"
        yield Block(f"group.{group.key}", (f"{group.label}：{words}。",), level=3)
    yield Block("mend.title", ("需要整改的问题",), level=1)
    wanting = [one for one in criteria.items.values() if _lost(one, score)]
    sheet = columns[-1].sheets[-1]
    for one in wanting:
        yield Block(f"mend.{one.key}", (_wanting(one, score, sheet.get(one.key, Mark())),), level=3)
    if not wanting:
        yield Block("mend.none", ("各项指标均得满分，请继续保持。",))
    yield Block(
        "term",
        ("请于　　年　月　日前报送整改方案，并于　　年　月　日前报送整改报告。如有异议，可在规定期限内书面提出。",),
    )


def _lost(one: Item, score: Score) -> Fraction:
    """How many points a criterion lost."""
    part = score.parts.get(one.key)
    if part is None or part.absent:
        return Fraction(0)
    return part.full - part.points if one.counted else max(Fraction(0), -part.points)


def _wanting(one: Item, score: Score, mark: Mark) -> str:
    why = f"：{mark.why}" if mark.why else ""
    return f"{one.label}失{plain(_lost(one, score))}分{why}。"


def _grid(criteria: Scheme, columns: Sequence[Column]) -> Grid:
    heads = (GridColumn("指标"), GridColumn("分值", "right"), *(GridColumn(one.label, "right") for one in columns))
    rows = [
        GridRow(
            (
                (f"{'　' * depth}{one.label}",),
                (plain(Fraction(one.points)),),
                *((column.points(one.key),) for column in columns),
            )
        )
        for depth, one in criteria.walk()
    ]
    rows.append(GridRow((("合计",), (plain(Fraction(criteria.full)),), *((one.total,) for one in columns))))
    return Grid("scores", heads, tuple(rows), small=True)
