"""Any file a plan comes in → its text in paragraphs, or a refusal that says what to do."""

from luoshi.reading.documents.document import Converter, Document, Paragraph
from luoshi.reading.documents.opening import LARGEST, open_document
from luoshi.reading.documents.secrecy import marks

__all__ = ["LARGEST", "Converter", "Document", "Paragraph", "marks", "open_document"]
