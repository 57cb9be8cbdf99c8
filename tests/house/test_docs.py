"""The reference says what the code says today, and no mechanism is claimed to run that does not."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from typer.testing import CliRunner

import luoshi.declared.procedures
import luoshi.declared.trainings
from luoshi import describing
from luoshi.bureau.board.opening import open_demo
from luoshi.cli import app
from luoshi.declared import INDICATORS, JUDGED, PAGES, ROOMS, TRAINED, WALKED
from luoshi.describing import glossary
from luoshi.describing import mechanisms as described
from luoshi.handling.gathering import answering
from luoshi.learning.declaring import answering as trained
from luoshi.reading import read_text
from luoshi.reading.answering import Carried
from luoshi.reading.city import load
from tests.house.house import ROOT

LUOYANG = load(ROOT / "cities" / "luoyang", {one.key for one in INDICATORS})
PLAN = read_text(LUOYANG.plan.read_text("utf-8"), indicators=INDICATORS)
ANSWERS = described.answers(LUOYANG, PLAN)
MENDED = "run make docs and commit what it changes"


def test_the_reference_is_what_the_code_says() -> None:
    folder = ROOT / "docs" / "reference"
    made = describing.pages(LUOYANG, PLAN, app)
    assert sorted(made) == sorted(path.name for path in folder.iterdir()), MENDED
    stale = [name for name, text in made.items() if (folder / name).read_text("utf-8") != text]
    assert stale == [], MENDED


def test_the_command_writes_what_is_committed_and_leaves_what_is_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    asked = ["docs", str(tmp_path / "reference"), "--glossary", str(tmp_path / "GLOSSARY.md")]
    first, second = (CliRunner().invoke(app, asked) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "改写" in first.output
    assert "没有改写" in second.output
    for made in (tmp_path / "reference").iterdir():
        assert made.read_text("utf-8") == (ROOT / "docs" / "reference" / made.name).read_text("utf-8"), MENDED
    assert (tmp_path / "GLOSSARY.md").read_text("utf-8") == (ROOT / "GLOSSARY.md").read_text("utf-8"), MENDED


def test_the_glossary_is_what_the_code_says() -> None:
    page = glossary.page(glossary.chinese(), glossary.names())
    assert (ROOT / "GLOSSARY.md").read_text("utf-8") == page, MENDED


def test_every_public_name_has_its_chinese_and_no_name_is_stale() -> None:
    told = glossary.names()
    written, wanted = glossary.chinese(), glossary.wanted(told)
    assert sorted(wanted - written.keys()) == [], "write their 中文 in src/luoshi/describing/names.csv"
    assert sorted(written.keys() - wanted) == [], "these names are gone; take them out of names.csv"
    assert [name for name, words in written.items() if not re.search(r"[\u3400-\u9fff]", words)] == []
    assert [one.key for one in told if not one.said] == []


def test_a_new_name_would_be_missed(tmp_path: Path) -> None:
    (tmp_path / "spine.py").write_text('class Draw:\n    """抽签."""\n\n\ndef _hidden(): ...\n', encoding="utf-8")
    (tmp_path / "tracking.py").write_text(
        'def pace():\n    """序时."""\n\n\ndef inner():\n    """内."""\n', encoding="utf-8"
    )
    (tmp_path / "telling.py").write_text("from luoshi import tracking\n\ntracking.pace()\n", encoding="utf-8")
    assert {one.key for one in glossary.names(tmp_path)} == {"spine.Draw", "tracking.pace"}


def test_no_indicator_answers_a_mechanism_that_does_not_exist() -> None:
    keys = {one.key for one in LUOYANG.mechanisms}
    answers = [(one.key, one.answers) for one in INDICATORS if one.answers] + [
        (one.label, one.answers) for one in ROOMS
    ]
    answers += [(label, one) for one, _, label in answering(luoshi.declared.procedures)]
    answers += [(label, one) for one, _, label in trained(luoshi.declared.trainings)]
    assert [pair for pair in answers if pair[1] not in keys] == []


def test_every_room_and_every_indicator_the_plan_sets_a_target_for_runs() -> None:
    running = {one.mechanism.key for one in ANSWERS if one.carried is Carried.RUNS}
    bound = {target.indicator for one in PLAN.commitments for target in one.targets}
    asked = {one.answers for one in INDICATORS if one.key in bound and one.answers}
    handled = {one for one, _, _ in answering(luoshi.declared.procedures)}
    taught = {one for one, _, _ in trained(luoshi.declared.trainings)}
    assert asked | handled | taught | {one.answers for one in ROOMS} == running


def test_what_runs_has_a_page_and_a_test() -> None:
    assert [name for name, path in PAGES.items() if resolve(path).url_name != name] == []
    assert {room.page for room in ROOMS} <= PAGES.keys()
    for proof in (JUDGED, TRAINED, WALKED, *(room.proof for room in ROOMS)):
        file, _, function = proof.partition("::")
        tree = ast.parse((ROOT / file).read_text("utf-8"))
        assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, proof


def test_every_phrase_of_a_mechanism_stands_in_its_point() -> None:
    points = {point.number: PLAN.text[point.start : point.end] for point in PLAN.points}
    absent = [
        f"{one.key} {phrase}"
        for one in LUOYANG.mechanisms
        for phrase in one.phrases
        if phrase not in points.get(one.point, "")
    ]
    assert absent == []


@pytest.mark.django_db
def test_the_page_and_the_reference_agree(settings) -> None:
    settings.DEMO = True
    open_demo(ROOT / "cities" / "luoyang", lambda _: None)
    visitor = Client()
    visitor.post("/enter/", {"person": "ducha"})
    page = visitor.get("/mechanisms/").content.decode()
    rows = re.findall(r'<tr id="(M[\d.]+)">.*?<span class="st (\w+)">', page, re.DOTALL)
    marks = {Carried.RUNS: "done", Carried.LINE: "standing", Carried.NOT_YET: "unknown"}
    assert dict(rows) == {one.mechanism.key: marks[one.carried] for one in ANSWERS}
    reference = (ROOT / "docs" / "reference" / "mechanisms.md").read_text("utf-8")
    counted = Counter(mark for _, mark in rows)
    for carried, said in described.SAID.items():
        assert f"{counted[marks[carried]]} {said}" in reference
