"""An official text with its PDF: pages are counted by whoever lays them out, which is not this engine."""

import io
from collections.abc import Callable

from pypdf import PdfReader

from luoshi.reporting.official.document import OfficialDocument, on_even_page
from luoshi.reporting.official.writing import as_word


def as_word_and_pdf(
    document: OfficialDocument, *, draft: bool, printer: Callable[[bytes], bytes]
) -> tuple[bytes, bytes]:
    """The Word file and its PDF, with the 版记 on an even last page.

    Args:
        document: what stands in it.
        draft: True for the 送审稿.
        printer: makes PDF of a Word file.

    Raises:
        RefusedError: as as_word, and what the printer refuses.
    """
    word = as_word(document, draft=draft)
    pdf = printer(word)
    turned = on_even_page(document, len(PdfReader(io.BytesIO(pdf)).pages))
    if turned == document:
        return word, pdf
    word = as_word(turned, draft=draft)
    return word, printer(word)
