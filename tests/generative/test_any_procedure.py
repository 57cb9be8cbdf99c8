"""Random walks over every declared procedure: none gets stuck, none skips a signature, none is walked by who may not."""

import os
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import luoshi.declared.procedures
from luoshi.handling.courses import Course, course, read_back, version, written
from luoshi.handling.diagrams import mermaid, svg
from luoshi.handling.gathering import procedures
from tests.walks import walk, wrongs

COURSES = {key: course(one) for key, one in procedures(luoshi.declared.procedures).items()}
WHOLE = 10_000
SLICE = 400
WALKS = WHOLE if os.environ.get("LUOSHI_PROVE") else SLICE


@pytest.mark.parametrize("key", COURSES)
def test_no_walk_gets_stuck_or_skips_a_signature_or_is_walked_by_who_may_not(key: str) -> None:
    course, ends, seen = COURSES[key], Counter[str](), set[str]()
    for seed in range(-(-WALKS // len(COURSES))):
        told = walk(course, seed)
        assert list(wrongs(course, told)) == [], f"seed {seed}"
        ends[told.stood[-1].state] += 1
        seen |= {one.step for one in told.happened}
    if WALKS == WHOLE:
        for seed in range(WHOLE, 2 * WHOLE):  # on, until every step was walked: some are seldom
            if seen >= set(course.ways):
                break
            told = walk(course, seed)
            assert list(wrongs(course, told)) == [], f"seed {seed}"
            seen |= {one.step for one in told.happened}
        assert seen - {""} == set(course.ways), "every step is walked"
        assert sum(ends[key] for key, place in course.places.items() if place.kind == "end") > 0


@given(st.sampled_from(sorted(COURSES)), st.integers(min_value=0))
@settings(max_examples=WALKS // 10, deadline=None)
def test_a_walk_of_any_seed_holds(key: str, seed: int) -> None:
    assert list(wrongs(COURSES[key], walk(COURSES[key], seed))) == []


@pytest.mark.parametrize("told", COURSES.values(), ids=COURSES)
def test_a_course_comes_back_from_its_text_and_its_picture_says_every_step(told: Course) -> None:
    again = read_back(written(told))
    assert (again, version(written(again))) == (told, version(written(told)))
    picture, text = svg(told), mermaid(told)
    for way in told.ways.values():
        assert picture.count(f">{way.label}（") >= len(way.sources)
        assert text.count(f": {way.label}（") >= len(way.sources)
    assert all(f">{one.label}<" in picture and one.label in text for one in told.places.values())
