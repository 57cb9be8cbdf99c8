"""A plan told as news, with a list of highlights before it and a site's furniture behind, gives the same commitments once."""

import os
from collections import Counter
from pathlib import Path

import pytest

from luoshi.reading import read_text
from luoshi.spine import Plan

ROOT = Path(__file__).resolve().parents[2]
NEWS = Path(os.environ.get("LUOSHI_NEWS", ""))
"""The plan as a site published it; not ours to keep, so whoever has it names the file."""
PLAN = (ROOT / "cities" / "luoyang" / "plan.txt").read_text("utf-8")
READ = read_text(PLAN)


def _promises(plan: Plan) -> Counter:
    """Every commitment by its point, its words and its targets, wherever it stands."""
    return Counter(
        (
            one.sentence.point,
            "".join(plan.text[one.start : one.end].split()),
            tuple((target.comparator, target.value, target.unit, target.due) for target in one.targets),
        )
        for one in plan.commitments
    )


def _as_news() -> str:
    """The plan as a site tells it: a lead, the sentences with numbers as highlights, the whole text, furniture."""
    highlights = [one.sentence.text for one in READ.commitments if one.targets and one.sentence.point]
    listed = "\n\n".join(dict.fromkeys(highlights))
    head = "某某网消息 4月1日,洛阳市教育局2020年工作要点发布。\n\n重点如下:\n\n"
    return f"{head}{listed}\n\n全文如下:\n\n{PLAN}\n\n责任编辑：某某\n版权所有 某某网\n"


def test_a_plan_told_as_news_gives_the_same_commitments_once() -> None:
    assert _promises(read_text(_as_news())) == _promises(READ)


def test_a_highlight_is_kept_as_a_repeat_of_its_sentence() -> None:
    news = read_text(_as_news())
    told = [one for one in news.commitments if one.targets and len(one.sentence.text) > 20]
    assert told
    for one in told:
        said = {"".join(news.text[start:end].split()) for start, end in one.repeats}
        assert said == {"".join(one.sentence.text.split())}


@pytest.mark.prove
def test_the_published_news_gives_the_commitments_of_the_published_plan_once() -> None:
    if not NEWS.is_file():
        pytest.skip("LUOSHI_NEWS names no file: the news text is not part of the project")
    news = read_text(NEWS.read_text("utf-8"))
    assert len(news.points) == len(READ.points) == 32
    assert _promises(news) == _promises(READ)
    assert any(one.repeats for one in news.commitments)
