"""Any file a plan comes in → its text in paragraphs, or a refusal that says what to do."""

from luoshi.reading.documents.document import Converter, Document, Paragraph
from luoshi.reading.documents.opening import LARGEST, LONGEST, open_document, refuse_marked
from luoshi.reading.documents.secrecy import Mark, marks

__all__ = [
    "LARGEST",
    "LONGEST",
    "Converter",
    "Document",
    "Mark",
    "Paragraph",
    "marks",
    "open_document",
    "refuse_marked",
]
