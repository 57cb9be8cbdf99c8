"""The reading engine: a file → its text → points → sentences → promises → targets, each with its place."""

from collections.abc import Sequence

from luoshi.reading.documents import Converter, open_document
from luoshi.reading.plan import read_text
from luoshi.spine import Indicator, Plan

__all__ = ["read", "read_text"]


def read(
    content: bytes, name: str = "", *, indicators: Sequence[Indicator] = (), office: Converter | None = None
) -> Plan:
    """Read a plan out of any file a bureau has.

    Raises:
        RefusedError: in four parts, when the file cannot or may not be read.
    """
    return read_text(open_document(content, name, office=office).text, indicators=indicators)
