"""A file with bytes flipped, cut out, doubled or spliced is read or refused in four parts: never a traceback, never a hang."""

import random
import time
import zipfile
from collections.abc import Iterable
from io import BytesIO

import pytest

from luoshi.reading import read_text
from luoshi.reading.documents import open_document
from luoshi.words.errors import RefusedError
from tests import files, layouts
from tests.proving import told_on
from tests.yardstick import usual

TEXT = "某市教育局2021年工作要点\n一、推进公平\n1.新建学校3所，毛入园率达到93%。\n2.培训教师200名，9月底前完成。\n" * 3
SECONDS = 5.0
SLICE, LONG = 16, 4_000
"""Mutations of each kind of file."""

VALID = {
    "txt": TEXT.encode,
    "txt in gbk": lambda: TEXT.encode("gbk"),
    "txt in utf-16": lambda: TEXT.encode("utf-16"),
    "docx": lambda: layouts.numbered_word(TEXT),
    "docx under review": lambda: layouts.reviewed_word(TEXT),
    "pdf": lambda: files.portable(TEXT),
    "html": lambda: layouts.government_page(TEXT),
    "ofd": lambda: files.ofd(TEXT),
    "doc": lambda: files.compound({"WordDocument": b"\xec\xa5".ljust(3_000, b"\1"), "1Table": b"x" * 500}),
}


def mutated(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """One to six small accidents; the zeros and ones of numbers, and what a length field can hold, among them."""
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) or 1)
        length = chance.choice([1, 2, 4, 16, 300])
        match chance.randrange(6):
            case 0 if made:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[chance.randrange(len(made) or 1) :][:length]
            case 3:
                made[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\1\0\0\0"])
            case 4:
                start = chance.randrange(len(other))
                made[at : at + length] = other[start : start + length]
            case _:
                made[at : at + length] = bytes(chance.randrange(256) for _ in range(length))
    return bytes(made)


def inside_zip(content: bytes, chance: random.Random, other: bytes) -> bytes:
    """The same accidents to one part of a zip, packed again with right sums, so that they reach the parser behind."""
    with zipfile.ZipFile(BytesIO(content)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    name = chance.choice(sorted(parts))
    return files.packed({**parts, name: mutated(parts[name], chance, other)})


def _survived(content: bytes) -> str:
    """read or refused; anything else is a fault of ours."""
    begun, told = time.process_time(), ()
    try:
        read_text(open_document(content, "要点.docx").text)
    except RefusedError as refusal:
        told = refusal.findings
    end = "refused" if told else "read"
    assert all(one.where and one.what and one.rule and one.remedy for one in told)
    assert usual(time.process_time() - begun) < SECONDS
    return end


def _ends(form: str, mutations: Iterable[int], seed: str) -> set[str]:
    content, other = VALID[form](), files.portable(TEXT)
    ends = set()
    for number in mutations:
        chance = random.Random(f"{seed} {form} {number}")
        zipped = content.startswith(b"PK") and number % 2
        spoilt = (inside_zip if zipped else mutated)(content, chance, other)
        try:
            ends.add(_survived(spoilt))
        except Exception as error:
            raise AssertionError(f"mutation {seed!r} {form!r} {number}") from error
    return ends


@pytest.mark.parametrize("form", VALID)
def test_a_damaged_file_is_read_or_refused(form: str) -> None:
    assert _ends(form, range(SLICE), "always") <= {"read", "refused"}


def test_the_accidents_reach_both_ends() -> None:
    assert _ends("docx", range(SLICE), "always") == {"read", "refused"}


@pytest.mark.prove
@pytest.mark.parametrize("form", VALID)
def test_thousands_of_damaged_files_are_read_or_refused(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _ends(form, told_on(range(LONG), LONG, f"damaged files ({form})", capsys), "prove") <= {"read", "refused"}
