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
