"""A 督办 paper as a Word file: the words as they were signed, the item with its verified figure, the slip it is answered on."""

from dataclasses import replace
from datetime import date

from luoshi.bureau.bulletins.gathering import Terms, gather
from luoshi.bureau.escalations.models import Paper
from luoshi.bureau.escalations.queries import PaperWords, paper_words
from luoshi.bureau.ledger import queries as ledger
from luoshi.reporting.composing import Urging, urging_slip
from luoshi.reporting.official import Block, Grid, OfficialDocument

_STAGE = Paper.Stage


def slip_of(kept: Paper) -> OfficialDocument:
    """The paper laid out: about a dozen queries.

    The item stands as the ledger judged it on the day the paper went out, or was drafted; a figure that is not verified is
    not printed. A draft bears no 文号.
    """
    row, words = kept.commitment, paper_words(kept)
    edition, on = row.edition, kept.sent_on or kept.drafted_on
    item, _ = ledger.judged(edition.city, edition, on, row)
    told = gather(edition, [item], Terms("", on, on)).progress
    urging = Urging(
        kind=kept.name,
        bureau=words.bureau,
        code="",
        to=words.to,
        items=told.items,
        issued=on,
        answer_by=kept.answer_by or on,
        doc_no=words.document_number if is_out(kept) else "",
        made_up=edition.imaginary,
    )
    return _worded(urging_slip(urging), words, kept)


def is_out(kept: Paper) -> bool:
    """Whether it was sent, so that it has its number and is no 送审稿 any more."""
    return kept.stage in {_STAGE.SENT, _STAGE.ANSWERED}


def _worded(document: OfficialDocument, words: PaperWords, kept: Paper) -> OfficialDocument:
    """Signed words stand in place of composed ones: the first paragraph, the table, what follows, and where to answer."""
    lines = [Block(f"words-{at}", (line,)) for at, line in enumerate(words.paragraphs)]
    table = [part for part in document.blocks if isinstance(part, Grid)]
    title = document.title if words.title.startswith(f"{kept.name}：") else words.title
    parts = document.attachments if kept.answer_by else ()
    return replace(document, title=title, blocks=(*lines[:1], *table, *lines[1:]), attachments=parts)


def name_of(kept: Paper, on: date) -> str:
    """What the file is called: 催办单 8.1（送审稿）20211210.docx."""
    stage = "" if is_out(kept) else "（送审稿）"
    return f"{kept.name} {kept.commitment.number}{stage}{on:%Y%m%d}.docx"
