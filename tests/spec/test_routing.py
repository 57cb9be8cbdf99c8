"""Routing to offices: the worked examples of section 23, on Luoyang's plan and its offices.

The handbook names external partners (住建) and "every section with items" too; the first is no office of the bureau and
the second is not in the clause, so people add both when they confirm.
"""

from pathlib import Path

import pytest

from luoshi.reading import read_text
from luoshi.reading.city import load
from luoshi.reading.offices import Routing, propose

LUOYANG = load(Path(__file__).resolve().parents[2] / "cities" / "luoyang")
TEXT = LUOYANG.plan.read_text("utf-8")
PLAN = read_text(TEXT)


def _routed(words: str) -> Routing:
    found = next(one for one in PLAN.commitments if words in TEXT[one.start : one.end])
    title = next(point.title for point in PLAN.points if point.number == found.sentence.point)
    return propose(found, title, LUOYANG.offices)


@pytest.mark.parametrize(
    ("words", "lead", "partners"),
    [
        pytest.param("消除义务教育大班额", "JJ", {"GH", "RS", "DD"}, id="TV-23a"),
        pytest.param("双随机、一公开", "FG", set(), id="TV-23b"),
        pytest.param("教师周转宿舍", "GH", {"RS", "CW"}, id="TV-23c"),
    ],
)
def test_tv_23_a_clause_goes_to_the_office_whose_duty_it_names(words, lead, partners) -> None:
    routed = _routed(words)
    assert routed.lead == lead
    assert set(routed.partners) >= partners
    assert "职责" in routed.because


def test_pay_in_the_same_point_goes_to_personnel() -> None:
    """Point 27 has three leads: pay, money and housing; each clause goes its own way."""
    assert _routed("教师平均工资收入").lead == "RS"
