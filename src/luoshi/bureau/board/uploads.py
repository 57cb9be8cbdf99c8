"""Files that come in with a form: their names and bytes, read once."""

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest


def upload(request: HttpRequest, field: str, unnamed: str = "", most: int = -1) -> tuple[str, bytes] | None:
    """Name and content of the file that was sent in a field; None for none.

    Args:
        request: what came in.
        field: of the form.
        unnamed: what a file without a name is called; the field's name when nothing else is said.
        most: bytes that are read; all of them unless it is said.
    """
    sent = request.FILES.get(field)
    return (sent.name or unnamed or field, sent.read(most)) if isinstance(sent, UploadedFile) else None


def uploads(request: HttpRequest, field: str, unnamed: str = "") -> list[tuple[str, bytes]]:
    """The same of a field that takes several, in the order they were sent."""
    sent = (one for one in request.FILES.getlist(field) if isinstance(one, UploadedFile))
    return [(one.name or unnamed or field, one.read()) for one in sent]
