"""What an import of rolls tells, asks and refuses, by line and without the numbers."""

from datetime import date

import polars as pl
import pytest
from typer.testing import CliRunner

from luoshi.checking.rosters import Coder, Rostered, import_roster
from luoshi.cli import app
from luoshi.declared.returns import RETURNS
from luoshi.declared.rosters import ROSTERS
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.identifiers import person_check
from luoshi.words.sheets import Sheet

REGISTER = pl.DataFrame(
    {
        "school": ["2199000001", "3199000002", "1199000003"],
        "name": ["角阳县虚拟小学", "角阳县虚拟九年制学校", "角阳县虚拟幼儿园"],
        "county": ["990121"] * 3,
        "kind": ["211", "312", "111"],
        "operator": ["public"] * 3,
        "urban": ["121"] * 3,
    }
)
HEADINGS = ("学校名称", "年级", "班级", "姓名", "身份证件号", "性别", "就读状态")
RIGHT = "99010120140301001" + person_check("99010120140301001")


def _taken(*rows: tuple[str | None, ...], headings: tuple[str, ...] = HEADINGS, **more) -> Rostered:
    frame = pl.DataFrame([headings, *rows], schema=[f"c{place}" for place in range(len(headings))], orient="row")
    given = {"coder": Coder(b"a key of the bureau"), **more}
    return import_roster([Sheet("花名册", frame)], ROSTERS, REGISTER, on=date(2021, 9, 10), returns=RETURNS, **given)


def _pupil(number: str | None, status: str = "在读", grade: str = "二年级") -> tuple[str | None, ...]:
    return ("角阳县虚拟小学", grade, "1班", "虚构甲子山", number, "男", status)


def _said(told: Rostered, words: str) -> list[tuple[str, Severity]]:
    return [(one.where, one.severity) for one in told.told if words in one.what]


def test_each_kind_of_doubt_about_a_number_is_told_by_its_line_and_not_by_the_number() -> None:
    wrong = RIGHT[:17] + ("0" if RIGHT[17] != "0" else "1")
    old, lost = "990101140301003", "9.90101E+17"
    told = _taken(*(_pupil(one) for one in (RIGHT, wrong, old, lost, None, RIGHT.replace("1001", "1101"), RIGHT)))
    assert _said(told, "校验码不符")[0] == ("花名册 第3、7行", Severity.ASKS)
    assert _said(told, "15位") == [("花名册 第4行", Severity.TELLS)]
    assert _said(told, "科学计数") == [("花名册 第5行", Severity.ASKS)]
    assert _said(told, "没有代号")[0][0] == "花名册 第6行"
    assert _said(told, "同一号码") == [("花名册 第2、8行", Severity.ASKS)]
    assert [one for one in (RIGHT, wrong, old, lost) if one in repr(told) + told.rows("pupils").write_csv()] == []
    assert told.rows("pupils")["pupil"].null_count() == 2
    assert told.rows("classes")["size"].to_list() == [7]


def test_those_who_left_the_roll_are_not_counted() -> None:
    told = _taken(_pupil(RIGHT), _pupil(None, "毕业"), _pupil(None, "转出"), _pupil(None, "休学"))
    assert told.rows("classes")["size"].to_list() == [2]
    assert told.rows("pupils")["status"].to_list() == ["present", "suspended"]
    assert _said(told, "2行已不在籍")


def test_pupils_of_no_known_grade_make_no_large_class() -> None:
    rows = [("角阳县虚拟九年制学校", "2020级", "1班", "虚构甲子山", None, "女", "在读")] * 80
    told = _taken(*rows, _pupil(RIGHT))
    assert told.rows("classes")["size"].to_list() == [1]
    assert _said(told, "80名学生的年级不明") == [("花名册", Severity.ASKS)]


def test_the_class_name_and_the_grade_may_not_contradict() -> None:
    told = _taken(("角阳县虚拟小学", "三年级", "四(2)班", "45"), headings=("学校", "年级", "班级", "人数"))
    assert _said(told, "年级是第3级，班级名称是第4级") == [("花名册 第2行", Severity.ASKS)]
    assert told.rows("classes")["grade"].to_list() == [3]


def test_a_file_of_one_school_needs_no_column_for_it() -> None:
    told = _taken(("三年级", "2班", "45"), headings=("年级", "班级", "人数"), school="2199000001")
    assert told.rows("classes").select("class_id", "size").rows() == [("219900000103002", 45)]
    with pytest.raises(RefusedError, match="学校"):
        _taken(("三年级", "2班", "45"), headings=("年级", "班级", "人数"))


def test_children_of_a_kindergarten_are_counted_and_never_listed() -> None:
    rows = [("角阳县虚拟幼儿园", "小(1)班", "虚构甲子山", f"201{8 - age}-05-01", RIGHT) for age in (0, 0, 1)]
    told = _taken(*rows, headings=("园所名称", "班级编码", "姓名", "出生日期", "身份证件号码"))
    assert [one.of.key for one in told.parts] == ["kindergartens"]
    shown = told.rows("kindergartens").select("children", "age_3", "age_4", "classes", "junior_classes", "within_norm")
    assert shown.rows() == [(3, 2, 1, 1, 1, 1)]


def test_the_command_asks_for_what_is_missing_in_four_parts(tmp_path) -> None:
    (tmp_path / "a.csv").write_text(
        "学校,年级,班级,人数\n角阳县虚拟小学,三年级,2班,45\n没有的小学,一年级,1班,30\n", "utf-8"
    )
    REGISTER.write_parquet(tmp_path / "register")
    asked = ["import-roster", str(tmp_path / "a.csv"), "--register", str(tmp_path / "register"), "--on", "2021-09-10"]
    ran = CliRunner().invoke(app, asked)
    assert (ran.exit_code, "没有的小学" in ran.output, "“班级名册”读入 1 行" in ran.output) == (1, True, True)
    for wrong in (
        ["--against", "classes=x"],
        ["--layouts", str(tmp_path / "none")],
        ["--key", str(tmp_path / "none")],
    ):
        ran = CliRunner().invoke(app, [*asked, *wrong])
        assert ran.exit_code == 2
        assert "处理：" in ran.output
