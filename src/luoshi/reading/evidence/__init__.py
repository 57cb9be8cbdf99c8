"""Files that are to show something: what they are by looking inside, and a small picture of them. Nothing here is believed."""

from luoshi.reading.evidence.looking import look
from luoshi.reading.evidence.pictures import thumbnail

__all__ = ["look", "thumbnail"]
