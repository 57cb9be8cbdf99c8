"""What no rubric may be is refused where it is written."""

from decimal import Decimal

import pytest

from luoshi.scoring.declaring import Rubric, RubricError, area, deduct, flag, veto
from luoshi.scoring.nouns import Grade

GRADES = (Grade("yes", "达标", Decimal(60)), Grade("no", "未达标", Decimal(0)))


def test_points_that_do_not_add_up_are_refused_with_all_that_is_wrong() -> None:
    with pytest.raises(RubricError) as refused:

        class Wrong(Rubric, key="wrong", label="不对"):
            first = area("第一组", 60)
            one = first.yes("一", 50)
            lost = deduct("扣分", each=0, most=1)
            idle = flag("没有后果")
            far = flag("限到哪里", cap="gone")
            grades = (Grade("low", "低", Decimal(10)), Grade("high", "高", Decimal(20)))

    told = str(refused.value)
    for said in (
        "下级分值合计60",
        "下级分值合计50",
        "每次0分",
        "没有说明后果",
        "限到“gone”",
        "等级没有到0分",
        "等级下限依次为10、20",
    ):
        assert said in told


def test_a_criterion_has_the_name_it_is_declared_under() -> None:
    class Right(Rubric, key="right", label="对"):
        first = area("第一组", 100)
        one = first.yes("一", 100)
        over = 0
        gone = veto("否决")
        grades = GRADES

    assert list(Right.scheme.items) == ["one", "gone"]
    assert Right.scheme.items["one"].group == "first"


def test_judges_must_be_more_than_those_left_out() -> None:
    with pytest.raises(RubricError, match="至少留一份"):

        class Few(Rubric, key="few", label="评委太少"):
            first = area("第一组", 100)
            one = first.judged("一", 100)
            judges, trim = 2, 1
            grades = GRADES


def test_a_base_is_part_of_the_full_points() -> None:
    class Points(Rubric, key="points", label="积分"):
        base = 80
        late = deduct("缺席", each=2, most=20)
        grades = (Grade("pass", "合格", Decimal(60)), Grade("fail", "不合格", Decimal(0)))

    assert Points.scheme.base == 80
