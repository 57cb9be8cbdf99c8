"""A small picture of a paper: the first page of a pdf, or a picture turned the right way up.

Run as a program (`python -m luoshi.reading.evidence.pictures`) it takes a file on standard input and gives a picture on
standard output, within limits of memory and time: what reads foreign pictures is best kept in a process of its own, which
may fail without anybody noticing more than a missing picture.
"""

import io
import sys
import warnings

import pypdfium2
from PIL import Image, ImageOps

from luoshi.reading.documents.recognition import is_pdf

BOX = 360
"""Points the longer side comes to: twice what is shown, for sharp screens."""
MOST_PIXELS = 100_000_000
_MEMORY, _SECONDS = 1 << 30, 20


def thumbnail(content: bytes) -> bytes | None:
    """A jpeg of at most BOX points either way, on white, without anything the camera wrote; None when none can be made."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _written(_page(content) if is_pdf(content) else _picture(content))
    except Exception:  # noqa: BLE001 (a broken picture simply has no small one)
        return None


def _page(content: bytes) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    longer = max(page.get_size())
    made: Image.Image = page.render(scale=BOX / longer, may_draw_forms=False).to_pil()
    return made


def _picture(content: bytes) -> Image.Image:
    opened = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    if opened.width * opened.height > MOST_PIXELS:
        raise ValueError
    opened.draft("RGB", (2 * BOX, 2 * BOX))  # a jpeg is decoded no larger than it is needed
    return ImageOps.exif_transpose(opened)


def _written(picture: Image.Image) -> bytes:
    picture.thumbnail((BOX, BOX))
    seen = picture.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    told = io.BytesIO()
    ground.convert("RGB").save(told, "JPEG", quality=80)
    return told.getvalue()


def _limit() -> None:
    """Where the system can: so much memory and time, no more."""
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def main() -> None:
    """One file in, one picture out; nothing comes out where none can be made."""
    _limit()
    sys.stdout.buffer.write(thumbnail(sys.stdin.buffer.read()) or b"")


if __name__ == "__main__":
    main()
