"""The same text laid out as offices lay it out: drawn numbers, headings, changes, tables, boxes, heads, page furniture."""

import io
import re
from html import escape

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

_SECTION, _POINT = re.compile(r"[一二三四五六七八九十]{1,3}、"), re.compile(r"\d{1,2}\.")


def _saved(made) -> bytes:
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def numbered_word(text: str) -> bytes:
    """A docx whose 一、 and 1. Word draws: they stand in its numbering part, not in its text."""
    made = docx.Document()
    root = made.part.numbering_part.element
    for key, (form, pattern) in {"901": ("chineseCounting", "%1、"), "902": ("decimal", "%1.")}.items():
        shape = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{key}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl></w:abstractNum>'
        )
        root.insert(0, shape)
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>'))
    for line in text.split("\n"):
        key = "901" if _SECTION.match(line) else "902" if _POINT.match(line) else ""
        written = made.add_paragraph((_SECTION if key == "901" else _POINT).sub("", line, count=1) if key else line)
        if key:
            drawn = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{key}"/></w:numPr>'
            written._p.get_or_add_pPr().append(parse_xml(drawn))
    return _saved(made)


def word_with_headings(text: str) -> bytes:
    """A docx with a title and heading styles."""
    made = docx.Document()
    for place, line in enumerate(text.split("\n")):
        if place == 0:
            made.add_heading(line, 0)
        elif _SECTION.match(line):
            made.add_heading(line, 1)
        else:
            made.add_paragraph(line)
    return _saved(made)


def reviewed_word(text: str) -> bytes:
    """A docx under review: the latter half of each line inserted, other words deleted, a whole paragraph struck out."""
    made = docx.Document()
    for line in text.split("\n"):
        written = made.add_paragraph(line[: len(line) // 2])
        added, gone = OxmlElement("w:ins"), OxmlElement("w:del")
        for change in (added, gone):
            change.set(qn("w:id"), "1")
            change.set(qn("w:author"), "科室")
            written._p.append(change)
        added.append(parse_xml(_run(line[len(line) // 2 :], "t")))
        gone.append(parse_xml(_run("新建学校99所。", "delText")))
    return _saved(made)


def _run(words: str, tag: str) -> str:
    return f'<w:r {nsdecls("w")}><w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r>'


def word_in_a_table(text: str) -> bytes:
    """A docx whose every paragraph stands in one cell of a table that only lays out."""
    made = docx.Document()
    cell = made.add_table(1, 1).cell(0, 0)
    first, *others = text.split("\n")
    cell.text = first
    for line in others:
        cell.add_paragraph(line)
    return _saved(made)


def box(lines: list[str], names: str) -> str:
    """A text box as Word writes it: the drawing and, for old programs, the same as a picture."""
    inside = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    held = f"<w:txbxContent>{inside}</w:txbxContent>"
    return (
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {names}>'
        f'<mc:Choice Requires="wps"><w:drawing>{held}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{held}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


def word_in_boxes(text: str) -> bytes:
    """A docx whose sections each stand in a text box."""
    made = docx.Document()
    lines, begun = text.split("\n"), [0]
    begun += [place for place, line in enumerate(lines) if _SECTION.match(line)]
    for start, end in zip(begun, [*begun[1:], len(lines)], strict=True):
        held = made.add_paragraph().add_run()
        held._r.append(parse_xml(box(lines[start:end], nsdecls("w"))))
    return _saved(made)


def portable_with_heads(text: str, head: str, *, width: int = 36) -> bytes:
    """A pdf set as official papers are: indented paragraphs, broken lines, a running head, a page number."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    kept = io.BytesIO()
    page = canvas.Canvas(kept)
    lines = []
    for paragraph in text.split("\n"):
        room = "　　" + paragraph if paragraph else ""
        lines += [room[at : at + width] for at in range(0, max(len(room), 1), width)]
    for number, first in enumerate(range(0, len(lines), 34), 1):
        page.setFont("STSong-Light", 9)
        page.drawString(60, 810, head)
        page.setFont("STSong-Light", 13)
        for place, line in enumerate(lines[first : first + 34]):
            page.drawString(60, 770 - 20 * place, line)
        page.setFont("STSong-Light", 9)
        page.drawString(280, 30, f"第 {number} 页")
        page.showPage()
    page.save()
    return kept.getvalue()


def government_page(text: str, encoding: str = "utf-8") -> bytes:
    """A government site's page: menus, the way here, sharing, a list of other news, contacts and the record number."""
    lines = text.split("\n")
    body = "".join(f"<p style='text-indent:2em'>{escape(line)}</p>" for line in lines[1:])
    other = "".join(f"<li><a href='/a{one}.html'>市教育局召开第{one}次会议</a></li>" for one in range(20))
    page = (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="{encoding}"><title>{escape(lines[0])}_某某教育信息网</title>'
        "<style>p{margin:0}</style><script>var n='1.假条目3所';</script></head><body>"
        "<div class='header'><ul class='nav'><li><a href='/'>首页</a></li><li><a>政务公开</a></li></ul></div>"
        "<div class='breadcrumb'>当前位置：<a>首页</a> &gt; <a>计划规划</a></div>"
        f"<div class='content'><h1>{escape(lines[0])}</h1><div class='info'>发布时间：2020-04-01 来源：某某 浏览次数：99</div>"
        f"<div id='zoom'>{body}</div></div><div class='share'>分享到：<a>微信</a></div>"
        f"<div class='sidebar'><h3>相关新闻</h3><ul>{other}</ul></div>"
        "<div class='footer'><p>版权所有：某某市教育局</p><p>ICP备00000000号</p><p>联系电话：0000-0000000</p></div></body></html>"
    )
    return page.encode(encoding, "xmlcharrefreplace")
