"""Files as bureaus send them, made here from text: docx, pdf, html, ofd, zip. No binary fixture is kept."""

import io
import zipfile
from html import escape

import docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def word(text: str) -> bytes:
    """A docx with one paragraph a line."""
    made = docx.Document()
    for line in text.split("\n"):
        made.add_paragraph(line)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def portable(text: str, *, width: int = 40, password: str = "", numbered: bool = True) -> bytes:
    """A pdf with a text layer, its lines broken at `width` characters and its pages numbered."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = io.BytesIO()
    page = canvas.Canvas(kept, encrypt=password or None)
    lines = [line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width)]
    for number, first in enumerate(range(0, len(lines), 40), 1):
        page.setFont("STSong-Light", 12)
        for place, line in enumerate(lines[first : first + 40]):
            page.drawString(50, 800 - 18 * place, line)
        if numbered:
            page.drawString(280, 30, f"- {number} -")
        page.showPage()
    page.save()
    return kept.getvalue()


def web_page(text: str, encoding: str = "utf-8") -> bytes:
    """A saved page with navigation, a script and a footer around the text."""
    body = "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
    page = (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>x</title><script>var a = "1.假条目";</script></head>'
        f"<body><nav><a>首页</a></nav><div>{body}</div><footer>版权所有 ICP备1号</footer></body></html>"
    )
    return page.encode(encoding)


def ofd(text: str, *, width: int = 40) -> bytes:
    """An ofd with one text object a printed line."""
    lines = [line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width)]
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("OFD.xml", f"<ofd:OFD {_OFD}/>")
        for number, first in enumerate(range(0, len(lines), 40)):
            objects = "".join(
                f'<ofd:TextObject Boundary="20 {20 + 6 * place} 170 5"><ofd:TextCode X="0" Y="4">{escape(line)}</ofd:TextCode></ofd:TextObject>'
                for place, line in enumerate(lines[first : first + 40])
            )
            page = f"<ofd:Page {_OFD}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
            packed.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", page)
    return kept.getvalue()


def packed(entries: dict[str, bytes]) -> bytes:
    """A zip."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in entries.items():
            opened.writestr(name, content)
    return kept.getvalue()


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE container, as old Word and WPS write it: a header, one allocation sector, a directory, the streams.

    Streams are padded to 4096 bytes, so that none lies in the small allocation table; room for about 15 of them.
    """
    sector, free, end = 512, b"\xff\xff\xff\xff", 0xFFFFFFFE
    entries = [_entry("Root Entry", 5, child=1 if streams else None, start=end, size=0)]
    padded = {
        name: content.ljust(4096, b"\0") + b"\0" * (-max(len(content), 4096) % sector)
        for name, content in streams.items()
    }
    rooms = -(-(len(streams) + 1) // 4)
    chain, body, at = [0xFFFFFFFD, *range(2, rooms + 1), end], b"", rooms + 1
    for order, (name, content) in enumerate(padded.items(), 1):
        follows = order + 1 if order < len(padded) else None
        entries.append(_entry(name, 2, right=follows, start=at, size=len(content)))
        length = len(content) // sector
        chain += [*range(at + 1, at + length), end]
        body, at = body + content, at + length
    directory = b"".join(entries).ljust(rooms * sector, b"\0")
    table = b"".join(number.to_bytes(4, "little") for number in chain)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10
    header += b"".join(number.to_bytes(4, "little") for number in (1, 1, 0, 4096, end, 0, end, 0, 0)) + free * 108
    return header + table.ljust(sector, b"\xff") + directory + body


def _entry(name: str, kind: int, *, start: int, size: int, child: int | None = None, right: int | None = None) -> bytes:
    coded = name.encode("utf-16-le")
    links = (None, right, child)
    return (
        coded.ljust(64, b"\0")
        + (len(coded) + 2).to_bytes(2, "little")
        + bytes([kind, 1])
        + b"".join((0xFFFFFFFF if link is None else link).to_bytes(4, "little") for link in links)
        + b"\0" * 36
        + start.to_bytes(4, "little")
        + size.to_bytes(8, "little")
    )
