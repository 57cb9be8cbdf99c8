"""Whatever the text, every place it is given is right, nothing is read twice, and nothing breaks."""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.documents import Document, open_document
from luoshi.reading.documents.document import Piece, Reading, compose
from luoshi.reading.sentences import find_clauses, find_sentences
from luoshi.spine import Commitment, Plan
from luoshi.words.errors import RefusedError
from tests.compiled import COMPILED
from tests.generative.texts import LONG, SLICE, anything, official, texts

PLAN = (Path(__file__).resolve().parents[2] / "cities" / "luoyang" / "plan.txt").read_text("utf-8")
LONGEST_NUMBER = 60


def faults(text: str) -> list[str]:
    """What is wrong with the reading of a text; the same questions whatever the text is."""
    plan = read_text(text, indicators=INDICATORS)
    return [*_misplaced(plan), *_read_twice(plan), *_lost(plan)]


def _misplaced(plan: Plan) -> Iterator[str]:
    for one in plan.commitments:
        said = one.sentence
        if plan.text[said.start : said.end] != said.text or not said.text:
            yield f"{one.id}: the sentence is not what stands at {said.start}-{said.end}"
        if not said.start <= one.start < one.end <= said.end:
            yield f"{one.id}: the clause leaves its sentence"
        for target in one.targets:
            if not one.start <= target.start < target.end <= one.end:
                yield f"{one.id}: the target {plan.text[target.start : target.end]!r} leaves its clause"
            if not target.implicit and target.end - target.start > LONGEST_NUMBER:
                yield f"{one.id}: a number of more than {LONGEST_NUMBER} characters"
        if {_squeezed(plan.text[start:end]) for start, end in one.repeats} - {_squeezed(said.text)}:
            yield f"{one.id}: a repeat says something else"
    outside = [one for one in (*plan.points, *plan.sections) if not 0 <= one.start < one.end <= len(plan.text)]
    yield from (f"point {one.number} lies outside the text" for one in outside)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _read_twice(plan: Plan) -> Iterator[str]:
    placed = sorted(plan.commitments, key=lambda one: one.start)
    for before, after in pairwise(placed):
        if before.end > after.start:
            yield f"{before.id} and {after.id} share {plan.text[after.start : before.end]!r}"
    identities = [one.id for one in plan.commitments]
    if len(set(identities)) != len(identities):
        yield "two commitments bear one id"


def _lost(plan: Plan) -> Iterator[str]:
    """Clauses with a target or an act of a sentence that was read, and that no commitment holds."""
    read: dict[tuple[int, int], list[Commitment]] = {}
    for one in plan.commitments:
        read.setdefault((one.sentence.start, one.sentence.end), []).append(one)
    for (start, end), commitments in read.items():
        first, last = min(one.start for one in commitments), max(one.end for one in commitments)
        for begun, until in find_clauses(plan.text, start, end):
            holders = [one for one in commitments if one.start <= begun and until <= one.end]
            if first <= begun and until <= last and _OPENS.match(plan.text[begun:until]) and len(holders) != 1:
                yield f"{plan.text[begun:until]!r} is in {len(holders)} commitments"


_OPENS = re.compile(r"(?:推进|建立|出台|开展|消除|新建|制定|举办)[\u4e00-\u9fff]{2}")

given_any_text = [
    example("1.新建3所学校\x00。\r\n2.新建3所\u2028学校。\u2029\x85"),
    example("一、一、一、一、"),
    example("1.推进学校建设，1.推进学校建设，（（（（《《“"),
    example("1.新建３所学校，新建٣所学校，新建三所学校。\n2.a\u0301"),
]


def _with_examples(test):
    for one in given_any_text:
        test = one(test)
    return test


@_with_examples
@SLICE
@given(texts)
def test_any_text_reads_with_every_place_right_and_nothing_twice(text: str) -> None:
    assert faults(text) == []


@pytest.mark.prove
@LONG
@given(texts)
def test_any_of_twenty_thousand_texts_reads_right(text: str) -> None:
    assert faults(text) == []


def test_the_questions_are_ones_a_wrong_reading_fails() -> None:
    plan = read_text("某市2021年工作要点\n1.新建3所学校，推进教师培训。\n2.消除大班额。")
    assert [*_misplaced(plan), *_read_twice(plan), *_lost(plan)] == []
    one = plan.commitments[0]
    shifted = Plan(**{name: getattr(plan, name) for name in Plan.__slots__} | {"text": "乱" + plan.text})
    assert list(_misplaced(shifted))
    doubled = Plan(**{name: getattr(plan, name) for name in Plan.__slots__} | {"commitments": (one, one)})
    assert list(_read_twice(doubled))


def test_half_a_surrogate_pair_reads_like_any_character() -> None:
    assert faults("1.推进\ud800学校。\n2.新建3所\udfff学校。") == []


@SLICE
@given(texts)
def test_the_sentences_of_any_text_hold_every_character_but_white_space(text: str) -> None:
    at = 0
    for start, end in find_sentences(text, 0, len(text)):
        assert start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@SLICE
@given(
    st.lists(
        st.sampled_from(["开展检查", "建立机制", "新建3所学校", "出台办法", "消除大班额", "举办比赛2场"]), min_size=1
    ),
    st.data(),
)
def test_every_clause_that_promises_is_in_exactly_one_commitment(acts: list[str], data: st.DataObject) -> None:
    marks = data.draw(st.lists(st.sampled_from("，,；;。"), min_size=len(acts), max_size=len(acts)))
    clauses = [f"{act}第{place}批" for place, act in enumerate(acts)]
    body = "".join(clause + mark for clause, mark in zip(clauses, marks, strict=True))
    plan = read_text(f"某市教育局2021年工作要点\n1.做好各项工作。{body}\n2.完成。")
    for clause in clauses:
        at = plan.text.index(clause)
        holders = [one for one in plan.commitments if one.start <= at and at + len(clause) <= one.end]
        assert len(holders) == 1, clause


@SLICE
@given(st.one_of(official, anything))
def test_paragraphs_rejoin_to_the_text_whatever_a_file_held(text: str) -> None:
    document = compose(Reading((Piece(text), Piece(text[::-1], "heading")), "txt"))
    assert _rejoined(document) == document.text == text + "\n" + text[::-1]


@SLICE
@given(official)
def test_a_text_file_gives_its_own_characters_with_line_ends_made_alike(text: str) -> None:
    try:
        document = open_document(text.encode("utf-8", "replace"))
    except RefusedError as refusal:
        told = refusal.findings
        document = None
    if document is None:
        assert all(one.where and one.what and one.rule and one.remedy for one in told)
        return
    assert _rejoined(document) == document.text
    kept = text.encode("utf-8", "replace").decode("utf-8-sig")
    assert document.text in {kept.replace("\r\n", "\n").replace("\r", "\n"), document.text.strip("\ufeff")}


def _rejoined(document: Document) -> str:
    assert all(document.text[one.start : one.end] == one.text for one in document.paragraphs)
    assert all("\n" not in one.text for one in document.paragraphs)
    return "\n".join(one.text for one in document.paragraphs)


@SLICE
@given(official)
def test_a_text_reads_the_same_twice(text: str) -> None:
    assert read_text(text) == read_text(text)


def test_a_plan_reads_the_same_in_another_process() -> None:
    program = (
        "import sys; from luoshi.reading import read_text; from luoshi.declared import INDICATORS;"
        "sys.stdout.write(repr(read_text(sys.stdin.buffer.read().decode(), indicators=INDICATORS)))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=PLAN.encode(),
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8", **COMPILED},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert repr(read_text(PLAN, indicators=INDICATORS)).encode() in told
