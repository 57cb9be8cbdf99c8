"""A city's own values of parameters, as its folder has them: read in the declared units, slips told with their places."""

from datetime import date
from pathlib import Path

import pytest

from luoshi.declared import PARAMETERS
from luoshi.reading.city import load
from luoshi.words.errors import RefusedError

OWN = "key,value,begun,source\nlarge_class,50,2021-09-01,局发〔2021〕3号\nlarge_class,46,2022/9/1,局发〔2022〕1号\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A made-up city of two files."""
    (tmp_path / "plan.txt").write_text("演示数据（虚构）\n1.学校建设。新建学校3所。\n", encoding="utf-8")
    (tmp_path / "city.toml").write_text(
        'name = "星海市"\nbureau = "星海市教育局"\nimaginary = true\n', encoding="utf-8"
    )
    return tmp_path


def test_a_city_s_own_values_follow_the_declared_parameters(folder: Path) -> None:
    assert load(folder, parameters=PARAMETERS).parameters == ()
    (folder / "parameters.csv").write_text(OWN, encoding="utf-8")
    one, other = load(folder, parameters=PARAMETERS).parameters
    assert (one.key, one.value, one.unit, one.begun) == ("large_class", 50, "人", date(2021, 9, 1))
    assert (other.value, other.source, other.doubt) == (46, "局发〔2022〕1号", "")


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("large_class,50", "large_clas,50", "parameters.csv 第2行 key"),
        (",50,", ",五十,", "parameters.csv 第2行 value"),
        (",50,", ",-1,", "parameters.csv 第2行 value"),
        ("2021-09-01", "", "parameters.csv 第2行 begun"),
        ("局发〔2021〕3号", "", "parameters.csv 第2行 source"),
        ("2022/9/1", "2021-09-01", "parameters.csv 第3行 key、begun"),
    ],
)
def test_a_slip_in_the_own_values_is_told_with_its_place(folder: Path, old: str, new: str, where: str) -> None:
    (folder / "parameters.csv").write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RefusedError) as refusal:
        load(folder, parameters=PARAMETERS)
    assert [one.where for one in refusal.value.findings] == [where]
