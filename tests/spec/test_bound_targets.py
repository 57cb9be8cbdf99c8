"""What every measurable target of Luoyang's plan of 2020 is measured by, or honestly by nothing; other texts where they are at hand."""

import os
from decimal import Decimal
from pathlib import Path

import pytest

from luoshi.declared import INDICATORS
from luoshi.reading import read_text

ROOT = Path(__file__).resolve().parents[2]
BOUND = (
    # kind of bound, value, unit, indicator; each looked at in its sentence. Without an indicator where nothing declared counts it:
    # organisations of the Party in schools and its work in them, pupils who were chosen, the network of community education,
    # one ceremony, and what is done for the poor. Enrolment against the rules in public schools is only offered: it counts all schools.
    ("all", "100", "%", "party_affiliation_settled"),
    ("all", "100", "%", ""),
    ("all", "100", "%", ""),
    ("all", "100", "%", "schools_with_moral_plan"),
    ("ge", "1", "小时/天", "daily_exercise"),
    ("eq", "9", "所", "complete_schools_separated"),
    ("eq", "50", "所", "kindergartens_added"),
    ("eq", "8000", "个", "kindergarten_places_added"),
    ("none", "0", "个", "blank_townships"),
    ("all", "100", "%", "preschool_coverage"),
    ("all", "100", "%", "estate_kindergartens_rectified"),
    ("all", "100", "%", "unlicensed_kindergartens_rectified"),
    ("eq", "8", "所", "urban_schools_built"),
    ("eq", "98", "所", "rural_boarding_schools_built"),
    ("le", "3", "%", "compulsory_large_class_rate"),
    ("none", "0", "个", "compulsory_super_large_classes"),
    ("none", "0", "个", "senior_super_large_classes"),
    ("le", "10", "%", "senior_large_class_rate"),
    ("ge", "93", "%", "senior_gross_enrolment"),
    ("eq", "2", "所", "demonstration_schools"),
    ("eq", "3", "所", "innovation_base_schools"),
    ("eq", "6", "个", "demonstration_subjects"),
    ("eq", "8", "项", "research_topics"),
    ("none", "0", "起", ""),
    ("none", "0", "起", ""),
    ("all", "100", "%", "vocational_schools_at_standard"),
    ("between", "3", "个", "industry_alliances"),
    ("between", "3", "个", "training_bases"),
    ("between", "1", "所", "industry_schools_recognised"),
    ("between", "1", "家", "industry_firms_recognised"),
    ("eq", "10000", "人次", "skill_training"),
    ("between", "2", "个", "provincial_disciplines"),
    ("all", "100", "%", ""),
    ("all", "100", "%", "community_colleges"),
    ("eq", "70", "%", "adult_schools_converted"),
    ("eq", "1", "场", ""),
    ("all", "100", "%", ""),
    ("ge", "93", "%", "disabled_enrolment"),
    ("between", "3", "个", "studios_recognised"),
    ("ge", "100", "%", "teacher_pay_ratio"),
    ("ge", "100", "%", "rural_pay_ratio"),
    ("eq", "1302", "套", "dormitories_built"),
    ("eq", "870", "套", "dormitories_rebuilt"),
    ("eq", "4637", "套", "teacher_homes"),
    ("nondecreasing", "None", "", "two_only_increase"),
    ("nondecreasing", "None", "%", "education_budget_share"),
)
PROPOSED = {
    "03-wuhan-2012-ten": ("50 所 kindergartens_added", "10000 名 kindergarten_places_added"),
    "06-ganzhou-2020": (
        "119 所 kindergartens_added",
        "0 个 unlicensed_kindergartens_rectified",
        "0 个 compulsory_super_large_classes",
        "92 % senior_gross_enrolment",
    ),
    "10-fyp13-edu-health-2016": (
        "95 % nine_year_retention",
        "85 % preschool_gross_enrolment",
        "90 % senior_gross_enrolment",
    ),
    "17-jiangxi-2008-minsheng": (),
}
"""What is proposed in texts that may not stand here, in their order; each was looked at in its sentence."""


def test_every_target_of_luoyang_is_bound_to_a_right_indicator_or_to_none() -> None:
    plan = read_text((ROOT / "cities/luoyang/plan.txt").read_text("utf-8"), indicators=INDICATORS)
    told = [
        (one.comparator.value, str(one.value), one.unit, one.indicator or "")
        for commitment in plan.commitments
        for one in commitment.targets
    ]
    assert told == list(BOUND)
    assert len(told) == 46
    assert sum(bool(indicator) for *_, indicator in told) == 39


def test_the_two_different_93_percent_stay_apart() -> None:
    both = [indicator for _, value, unit, indicator in BOUND if (value, unit) == ("93", "%")]
    assert both == ["senior_gross_enrolment", "disabled_enrolment"]


@pytest.mark.prove
@pytest.mark.parametrize("name", PROPOSED)
def test_what_is_proposed_in_other_texts_is_right(name: str) -> None:
    folder = os.environ.get("LUOSHI_PRACTICE", "")
    text = Path(folder) / f"{name}.txt"
    if not folder or not text.is_file():
        pytest.skip("这些文本不随项目发布：LUOSHI_PRACTICE 指向它们所在的文件夹时才核对")
    plan = read_text(text.read_text("utf-8"), indicators=INDICATORS)
    told = [
        f"{Decimal(one.value or 0).normalize():f} {one.unit} {one.indicator}"
        for commitment in plan.commitments
        for one in commitment.targets
        if one.indicator
    ]
    assert told == list(PROPOSED[name])
