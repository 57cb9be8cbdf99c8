"""A return is declared once; what is wrong in a declaration is refused where it is written."""

import csv
import subprocess
import sys

import polars as pl
import pytest

from luoshi.declared.returns import RETURNS, ClassBands, Classes, Institutions, Pupils
from luoshi.spine import Return
from luoshi.words.findings import Severity
from luoshi.words.returns import Basis, Choice, Count, Grain, Key, RuleKind, Words, beside, last_year, must, should
from tests.house.house import ROOT

MECHANISMS = {
    row["key"] for row in csv.DictReader((ROOT / "cities" / "luoyang" / "mechanisms.csv").open(encoding="utf-8"))
}
SAID = {"label": "试", "grain": Grain.YEAR, "basis": Basis.ANNUAL, "source": "试", "answers": ()}


def _declared(**body: object) -> type[Return]:
    made = type(Return).__prepare__("Trial", (Return,))
    for name, one in body.items():
        made[name] = one
    return type(Return)("Trial", (Return,), made, **SAID)


def test_a_name_that_stands_twice_is_refused() -> None:
    with pytest.raises(TypeError, match="school stands twice"):

        class Twice(Return, **SAID):
            school = Key("学校标识码")
            school = Key("另一个")  # noqa: PIE794


def test_two_columns_of_one_heading_are_refused() -> None:
    with pytest.raises(TypeError, match="two columns are headed 人数"):
        _declared(key_=Key("代号"), one=Count("人数", "人"), other=Count("人数", "人"))


def test_a_return_without_a_key_is_refused() -> None:
    with pytest.raises(TypeError, match="tells its rows apart"):
        _declared(one=Count("人数", "人"))


def test_a_rule_that_names_a_column_of_another_table_is_refused() -> None:
    with pytest.raises(TypeError, match=r"Classes.size, which is no column of it"):
        _declared(code=Key("代号"), rule=must(Classes.size > 1, "够大"))


def test_a_rule_without_a_sentence_is_refused() -> None:
    size = Count("人数", "人")
    with pytest.raises(TypeError, match="a sentence"):
        must(size > 1, " ")


def test_a_rule_that_is_no_expression_is_refused() -> None:
    with pytest.raises(TypeError, match="an expression over columns"):
        should(True, "总是")  # type: ignore[arg-type]


def test_python_s_own_and_and_chains_are_refused() -> None:
    size = Count("人数", "人")
    with pytest.raises(TypeError, match=r"write &, \|, ~"):
        must(1 < size < 3, "在中间")  # type: ignore[operator]


def test_a_method_ibis_would_not_know_is_refused_where_it_is_written() -> None:
    size = Count("人数", "人")
    with pytest.raises(AttributeError):
        size.roughly(3)  # type: ignore[attr-defined]


def test_many_rows_beside_one_must_be_summed() -> None:
    school = Key("学校标识码")
    with pytest.raises(TypeError, match="say sum, count or max"):
        _declared(school=school, rule=must(beside(Classes.size, on=[school]) > 1, "够大"))


def test_a_sum_outside_beside_is_refused() -> None:
    code, size = Key("代号"), Count("人数", "人")
    with pytest.raises(TypeError, match="sums rows outside"):
        _declared(code=code, size=size, rule=must(size.sum() > 1, "够大"))


def test_rows_beside_are_found_by_columns_both_have() -> None:
    code = Key("代号")
    with pytest.raises(TypeError, match="institutions has no column code"):
        _declared(code=code, rule=must(beside(Institutions.school, on=[code]).notnull(), "在册"))


def test_a_column_belongs_to_one_return() -> None:
    with pytest.raises((TypeError, RuntimeError)):
        _declared(code=Classes.class_id)


def test_a_choice_has_no_word_twice() -> None:
    with pytest.raises(TypeError, match="no word twice"):
        Choice("学段", {"a": "小学", "b": "小学"})


def test_bounds_forms_and_words_become_rules_of_themselves() -> None:
    made = _declared(
        code=Key("代号", "[0-9]{2}", "2位数字"), age=Count("年龄", "岁", at_least=3, at_most=5), note=Words("备注")
    )
    assert list(made.rules) == ["one_row_a_key", "code.filled", "code.form", "age.at_least", "age.at_most"]
    assert all(rule.derived and rule.severity is Severity.STOPS for rule in made.rules.values())


def test_what_a_rule_looks_at_says_its_kind() -> None:
    rules = ClassBands.rules
    assert rules["bands_add_up"].kind is RuleKind.ROW
    assert rules["steady"].kind is RuleKind.LAST_YEAR
    assert rules["roll"].kind is RuleKind.BESIDE
    assert rules["roll"].needs == ("classes",)
    assert rules["one_row_a_key"].kind is RuleKind.TABLE
    assert Classes.rules["roster"].needs == ("pupils",)
    assert last_year(ClassBands.pupils).last_year


@pytest.mark.parametrize("of", RETURNS.values(), ids=RETURNS)
def test_every_return_says_where_it_comes_from_and_whose_county_a_row_is(of) -> None:
    assert of.label
    assert of.source
    assert of.answers
    assert set(of.answers) <= MECHANISMS
    assert "county" in of.columns
    assert {rule.severity for rule in of.rules.values() if not rule.derived} == {Severity.STOPS, Severity.ASKS}
    assert [name for name, one in of.columns.items() if one.key and one.identifies] == []
    assert of.schema().names() == of.arrow_schema().names == list(of.columns)
    assert pl.DataFrame(schema=of.schema()).to_arrow().schema.names == list(of.table().columns)


def test_persons_are_named_only_in_columns_that_say_so() -> None:
    named = {one.name for one in Pupils if one.identifies}
    assert named == {"roll_number", "name", "identity"}


def test_the_nouns_load_no_engine() -> None:
    asked = "import sys, luoshi.spine; print(sorted({'ibis', 'polars', 'duckdb', 'pyarrow'} & sys.modules.keys()))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
