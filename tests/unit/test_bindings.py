"""Targets matched to indicators: what is proposed, what is only offered, and what is left alone."""

import pytest

from luoshi.declared import INDICATORS
from luoshi.reading import read_text
from luoshi.reading.binding import SURE, Binding, Place, bindings
from luoshi.spine import Target

TWO_RATES = "高中阶段毛入学率达到93%。使三类残疾儿童少年义务教育入学率稳定在93%。"


def _first(text: str, title: str = "") -> tuple[Target, tuple[Binding, ...]]:
    """The first target of a one-sentence plan, with its bindings."""
    plan = read_text(f"工作要点\n1.{title or '重点任务'}。{text}", indicators=INDICATORS)
    (commitment,) = [one for one in plan.commitments if one.targets][:1]
    target = commitment.targets[0]
    clause = plan.text[commitment.start : commitment.end]
    place = Place(clause, commitment.sentence.text, title, alone=len(commitment.targets) == 1)
    return target, bindings(target, place, INDICATORS)


@pytest.mark.parametrize(
    ("text", "title", "key"),
    [
        ("将小学、初中大班额比例控制在2%以内。", "义务教育", "compulsory_large_class_rate"),
        ("普通高中大班额比例控制在8%以内。", "", "senior_large_class_rate"),
        ("新建公办幼儿园12所。", "", "kindergartens_added"),
        ("普惠性幼儿园覆盖率达到85%。", "", "affordable_share"),
        ("评选市级技能大师工作室5个。", "", "studios_recognised"),
        ("高中阶段毛入学率达到92%。", "", "senior_gross_enrolment"),
    ],
)
def test_a_phrase_that_names_what_is_counted_is_proposed_with_its_reason(text: str, title: str, key: str) -> None:
    target, told = _first(text, title)
    assert [(one.indicator, one.sure) for one in told] == [(key, True)]
    assert target.indicator == key
    assert told[0].score >= SURE
    assert "写有“" in told[0].because


@pytest.mark.parametrize(
    ("text", "title", "key", "doubt"),
    [
        ("培育产教融合型企业10家。", "", "industry_firms_recognised", "指标只计省级，原文未写"),
        ("新建义务教育学校9所。", "", "urban_schools_built", "指标只计中心城区，原文未写"),
        ("城镇大班额比例控制在5%以内。", "义务教育", "compulsory_large_class_rate", "原文另有限定“城镇”"),
        ("将大班额比例控制在5%以内。", "", "compulsory_large_class_rate", "原文和条目标题中未见“义务教育"),
        ("使义务教育大班额比例不低于5%。", "", "compulsory_large_class_rate", "要求的方向与指标相反"),
    ],
)
def test_what_speaks_against_a_match_leaves_it_to_a_person(text: str, title: str, key: str, doubt: str) -> None:
    target, told = _first(text, title)
    assert target.indicator is None
    assert not any(one.sure for one in told)
    found = next(one for one in told if one.indicator == key)
    assert doubt in found.because
    assert found.because.endswith("请核对后选定")


@pytest.mark.parametrize(
    "text",
    [
        "新建污水处理厂12座。",
        "新建托班学位800个。",
        "培育名师工作室8个。",
        "新建图书馆3所。",
        "农村自来水普及率达到93%。",
        "完成教师培训1000课时。",
    ],
)
def test_what_no_indicator_counts_is_bound_to_none(text: str) -> None:
    target, told = _first(text)
    assert target.indicator is None
    assert not any(one.sure for one in told)


def test_a_rate_is_never_offered_for_a_count_nor_persons_for_schools() -> None:
    for text in ("新建公办幼儿园12所。", "完成职业技能培训1万人次。", "普惠率达到85%。"):
        target, told = _first(text, "学前教育和职业教育")
        units = {one.key: one.unit for one in INDICATORS}
        rates = {"%", "‰"}
        assert told
        assert all((units[one.indicator] in rates) == (target.unit in rates) for one in told)


def test_two_targets_of_the_same_value_are_two_targets() -> None:
    plan = read_text(f"工作要点\n1.教育公平。{TWO_RATES}", indicators=INDICATORS)
    told = [(one.value, one.indicator) for each in plan.commitments for one in each.targets]
    assert told == [(93, "senior_gross_enrolment"), (93, "disabled_enrolment")]
