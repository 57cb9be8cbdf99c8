"""What cannot or may not be read is refused in four parts within seconds, and nothing of a marked file is repeated."""

import io
import resource
import subprocess
import sys
import time
import zipfile
from html import escape

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from luoshi.reading.documents import open_document
from luoshi.reading.documents.libreoffice import converter
from luoshi.words.errors import RefusedError
from tests import files, layouts
from tests.yardstick import usual

TEXT = "某市教育局2021年工作要点\n1.新建学校3所，完成甲乙丙丁工程。\n2.培训教师200名。"
SECRET = "甲乙丙丁"
SECONDS = 5.0
_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_ENTITIES = '<!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
_OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def _refused(content: bytes, name: str = "") -> str:
    begun = time.process_time()
    with pytest.raises(RefusedError) as refusal:
        open_document(content, name)
    assert usual(time.process_time() - begun) < SECONDS
    for finding in refusal.value.findings:
        assert all((finding.where, finding.what, finding.rule, finding.remedy))
        assert "Traceback" not in str(finding)
        assert "Error" not in str(finding)
    return "\n".join(map(str, refusal.value.findings))


def _repacked(content: bytes, **changed: str) -> bytes:
    """The docx with parts replaced, document and header written as their file's name."""
    parts = {"document": "word/document.xml", "types": "[Content_Types].xml", "rels": "_rels/.rels"}
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        entries = {name: opened.read(name) for name in opened.namelist()}
    return files.packed({**entries, **{parts[key]: told.encode() for key, told in changed.items()}})


def _many_entries(count: int) -> bytes:
    return files.packed({f"word/{number}.xml": b"" for number in range(count)})


def _overlapping(copies: int = 300) -> bytes:
    """One packed megabyte of zeros listed many times in the directory, each name pointing to the same bytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("word/document.xml", b"0" * (1 << 20))
        first = opened.filelist[0]
        for number in range(copies):
            copy = zipfile.ZipInfo(f"word/{number}.xml")
            for name in ("header_offset", "compress_type", "CRC", "compress_size", "file_size", "flag_bits"):
                setattr(copy, name, getattr(first, name))
            opened.filelist.append(copy)
        opened._didModify = True
    return kept.getvalue()


def _nested() -> bytes:
    inner = files.packed({"a.xml": b"0" * (100 << 20)})
    for _ in range(5):
        inner = files.packed({"word/document.xml": inner, "inner.zip": inner})
    return inner


def _lying() -> bytes:
    """A directory that declares one byte where three hundred million wait."""
    content = files.packed({"word/document.xml": b"0" * (300 << 20)})
    return content.replace((300 << 20).to_bytes(4, "little"), (1).to_bytes(4, "little"))


BOMBS = {
    "a huge ratio": lambda: files.packed({"word/document.xml": b"0" * (300 << 20)}),
    "under the limit but far too well packed": lambda: files.packed({"word/document.xml": b"0" * (90 << 20)}),
    "zips in zips": _nested,
    "overlapping entries": _overlapping,
    "a hundred thousand entries": lambda: _many_entries(100_000),
    "sizes that lie": _lying,
    "entities in a docx": lambda: _repacked(files.word(TEXT), document=f"{_ENTITIES}]><a>&a11;</a>"),
    "entities from outside in a docx": lambda: _repacked(files.word(TEXT), document=f"{_OUTSIDE}<a>&x;</a>"),
    "entities from outside in the types of a docx": lambda: _repacked(files.word(TEXT), types=f"{_OUTSIDE}<a>&x;</a>"),
    "entities in utf-16": lambda: files.packed(
        {"[Content_Types].xml": b"<Types/>", "word/document.xml": f"{_ENTITIES}]><a>&a11;</a>".encode("utf-16")}
    ),
    "entities in an ofd": lambda: files.packed({"OFD.xml": f"{_ENTITIES}]><ofd:OFD {_OFD}>&a11;</ofd:OFD>".encode()}),
    "entities from outside in an ofd": lambda: files.packed(
        {"OFD.xml": f"{_OUTSIDE}<ofd:OFD {_OFD}><DocRoot>&x;</DocRoot></ofd:OFD>".encode()}
    ),
    "entities in a bare file": f'<?xml version="1.0"?>{_ENTITIES}]><a>&a11;</a>'.encode,
    "a million brackets in a pdf": lambda: (
        b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000 + b"\nendobj\ntrailer<</Root 1 0 R>>"
    ),
    "a million tags deep": lambda: b"<html><body>" + b"<div>" * 1_000_000 + "学".encode(),
    "a tag of a million attributes": lambda: b"<html><body><p " + b"a=1 " * 1_000_000 + b">",
    "a title of a million blanks": lambda: b"<html><title>a" + b" " * 1_000_000 + b"b</title><body></body>",
    "two hundred megabytes": lambda: b"a" * (200 << 20),
    "two hundred megabytes of zeros": lambda: b"\0" * (200 << 20),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_within_seconds(kind: str) -> None:
    assert "处理：" in _refused(BOMBS[kind]())


HARD = {
    "unfinished comments": lambda: b"<!--" * 500_000,
    "a row of empty cells": lambda: b"<html><body><table><tr>" + b"<td>" * 90_000 + "<td>学</table>".encode(),
    "a title of blanks": f"<html><title>a{' ' * 1_000_000}b</title><body><p>新建学校，</p></body>".encode,
    "blanks before a word": (" " * 300_000 + "新建学校3所。").encode,
    "a pdf line of blanks": lambda: files.portable("- 1" + " " * 3_000 + "x", width=4_000),
}


@pytest.mark.parametrize("kind", HARD)
def test_an_odd_file_is_read_or_refused_within_seconds(kind: str) -> None:
    content, begun = HARD[kind](), time.process_time()
    try:
        opened = open_document(content)
    except RefusedError as refusal:
        told = refusal.findings
    else:
        told = ()
        assert opened.text.strip()
    assert all(one.where and one.what and one.rule and one.remedy for one in told)
    assert usual(time.process_time() - begun) < SECONDS


UNREADABLE = {
    "nothing": b"",
    "blanks": b" \r\n\t" * 50,
    "zeros": bytes(5_000),
    "a scan": files.portable("", numbered=False),
    "a locked pdf": files.portable(TEXT, password="secret"),
    "a locked docx": files.compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}),
    "noise": bytes((place * 7919 + 13) % 256 for place in range(5_000)),
    "text in two encodings": "工作要点".encode() * 300 + "新建学校".encode("gb18030") * 300,
    "an old document without a converter": files.compound({"WordDocument": b"\xec\xa5"}),
    "a wps document without a converter": files.compound({"WordDocument": b"\xec\xa5", "WpsCustomData": b"x"}),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_the_unreadable_is_refused_with_what_to_do(kind: str) -> None:
    assert "处理：" in _refused(UNREADABLE[kind], "要点.docx")


VALID = {
    "docx": files.word(TEXT),
    "pdf": files.portable(TEXT),
    "ofd": files.ofd(TEXT),
    "doc": files.compound({"WordDocument": b"\xec\xa5".ljust(2_000, b"\1")}),
}


@pytest.mark.parametrize("form", VALID)
def test_a_file_cut_short_anywhere_is_refused_or_read(form: str) -> None:
    whole, refusals = VALID[form], 0
    for cut in sorted({len(whole) * part // 40 for part in range(40)}):
        try:
            open_document(whole[:cut])
        except RefusedError:
            refusals += 1
    assert refusals >= 35


def _word_with(where: str, mark: str) -> bytes:
    made = docx.Document()
    if where == "header":
        made.sections[0].header.paragraphs[0].text = mark
    elif where == "footer":
        made.sections[0].footer.paragraphs[0].text = mark
    elif where == "first page's header":
        made.sections[0].different_first_page_header_footer = True
        made.sections[0].first_page_header.paragraphs[0].text = mark
    for line in TEXT.split("\n"):
        made.add_paragraph(line)
    if where == "text box":
        made.paragraphs[0].runs[0]._r.append(parse_xml(layouts.box([mark], nsdecls("w"))))
    elif where == "table":
        made.add_table(1, 1).cell(0, 0).text = mark
    elif where == "hidden":
        made.add_paragraph().add_run(mark).font.hidden = True
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


PLACES = {
    "txt": lambda mark: f"{mark}\n{TEXT}".encode(),
    "txt in gbk": lambda mark: f"{mark}\n{TEXT}".encode("gb18030"),
    "docx body": lambda mark: files.word(f"{mark}\n{TEXT}"),
    **{
        f"docx {where}": lambda mark, where=where: _word_with(where, mark)
        for where in ("header", "footer", "first page's header", "text box", "hidden")
    },
    "pdf first page": lambda mark: files.portable(f"{mark}\n{TEXT}"),
    "pdf running head": lambda mark: layouts.portable_with_heads(TEXT * 40, mark),
    "html": lambda mark: files.web_page(f"{mark}\n{TEXT}"),
    "html with furniture": lambda mark: layouts.government_page(f"某市要点\n{mark}\n{TEXT}"),
    "html in a menu": lambda mark: files.web_page(TEXT).replace(b"<nav>", f"<nav>{escape(mark)}</nav><nav>".encode()),
    "ofd": lambda mark: files.ofd(f"{mark}\n{TEXT}"),
    "old word": lambda mark: files.compound(
        {"WordDocument": b"\xec\xa5".ljust(12, b"\0") + f"{mark}\r{TEXT}".encode("utf-16-le")}
    ),
}
MARKS = ("绝密★长期", "机密★", "秘密★1年", "内部资料 注意保存")


STARRED_ONLY = {"old word", "html in a menu"}
"""Where 内部资料 may be a menu's name, or where only bytes are looked at before anything is converted."""


@pytest.mark.parametrize(
    ("mark", "place"), [(mark, place) for mark in MARKS for place in PLACES if "★" in mark or place not in STARRED_ONLY]
)
def test_a_marked_file_is_refused_and_nothing_of_it_is_said(mark: str, place: str) -> None:
    said = _refused(PLACES[place](mark), f"{SECRET}.docx")
    assert "标志" in said
    assert SECRET not in said


@pytest.mark.parametrize("name", ["秘密★1年 要点.docx", "（内部资料）要点.txt", "机密-要点.pdf"])
def test_a_file_marked_by_its_name_is_refused_before_it_is_opened(name: str) -> None:
    assert "标志" in _refused(TEXT.encode(), name)


def test_the_command_reads_no_more_of_a_huge_file_than_a_plan_may_have(tmp_path) -> None:
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as opened:
        opened.truncate(4 << 30)
    begun = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-m", "luoshi", "read", str(huge)],
        capture_output=True,
        check=False,
        timeout=60,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
    )
    assert ran.returncode == 2
    assert "50 MB" in ran.stdout.decode() + ran.stderr.decode()
    assert b"Traceback" not in ran.stdout + ran.stderr
    assert usual(time.perf_counter() - begun, time.perf_counter) < SECONDS


@pytest.mark.parametrize("kind", ["old word", "nothing"])
def test_the_command_refuses_in_four_parts_with_code_two(tmp_path, kind: str) -> None:
    sent = tmp_path / "要点.doc"
    sent.write_bytes({"old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "nothing": b""}[kind])
    ran = subprocess.run(
        [sys.executable, "-m", "luoshi", "read", str(sent)], capture_output=True, check=False, timeout=60
    )
    said = ran.stdout.decode() + ran.stderr.decode()
    assert ran.returncode == 2
    assert "Traceback" not in said
    assert "要点.doc" in said


@pytest.mark.skipif(converter() is None, reason="LibreOffice is not installed: old files are refused with what to do")
@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_an_old_document_reads_through_libreoffice(tmp_path, kind: str) -> None:
    source = tmp_path / "plan.docx"
    source.write_bytes(files.word(TEXT))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            str(source),
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        timeout=60,
    )
    opened = open_document((tmp_path / f"plan.{kind}").read_bytes(), office=converter())
    assert opened.text.strip() == TEXT
    assert opened.format == kind


BODY = "某市教育局2021年工作要点\n" + "\n".join(f"{number}.新建学校{number}所。" for number in range(1, 40))


@pytest.mark.parametrize("text", ["内 部 资 料\n" + BODY, BODY + "\n机密", BODY + "\n内部资料 注意保存\n"])
def test_a_mark_spaced_out_or_at_the_end_is_seen(text: str) -> None:
    assert "标志" in _refused(text.encode())


@pytest.mark.parametrize(
    "last", ["（此件公开发布）", "做好保密工作，严禁外传", "加强内部审计工作", "40.机密级场所管理到位"]
)
def test_words_about_secrecy_at_the_end_are_no_mark(last: str) -> None:
    assert open_document(f"{BODY}\n{last}".encode()).text.endswith(last)
