"""Grades, classes, schools and numbers of persons, as the national systems' files write them."""

from datetime import date

import polars as pl
import pytest

from luoshi.checking.rosters import Coder
from luoshi.checking.rosters.coding import numbers
from luoshi.checking.rosters.grades import place, young
from luoshi.checking.rosters.schools import Register
from luoshi.checking.rosters.scrubbing import scrub
from luoshi.words.errors import RefusedError
from luoshi.words.identifiers import RollNumber, person_check, roll_number

ON = date(2021, 9, 10)


@pytest.mark.parametrize(
    ("grade", "klass", "kind", "stood"),
    [
        ("三年级", "2班", "211", ("primary", 3, 2)),
        ("3", "03", "211", ("primary", 3, 3)),
        ("三年级", "三年级(2)班", "211", ("primary", 3, 2)),
        ("", "三(2)班", "211", ("primary", 3, 2)),
        ("", "三年级２班", "211", ("primary", 3, 2)),
        ("三年级", "301", "211", ("primary", 3, 1)),
        ("初二", "（4）班", "311", ("junior", 8, 4)),
        ("", "七（1）班", "312", ("junior", 7, 1)),
        ("", "七1班", "312", ("junior", 7, 1)),
        ("", "初三5班", "341", ("junior", 9, 5)),
        ("初中一年级", "十二班", "341", ("junior", 7, 12)),
        ("", "高一(3)班", "342", ("senior", 10, 3)),
        ("一年级", "3班", "342", ("senior", 10, 3)),
        ("二年级", "3", "311", ("junior", 8, 3)),
        ("2018级", "1班", "211", ("primary", 4, 1)),
        ("", "2018级1班", "211", ("primary", 4, 1)),
        ("2020级", "2班", "342", ("senior", 11, 2)),
        ("", "高2020级2班", "341", ("senior", 11, 2)),
        ("2022届", "6", "311", ("junior", 9, 6)),
        ("2018级", "2班", "312", ("primary", 4, 2)),
        ("高二", "1班", "365", ("vocational", 11, 1)),
        ("五年级", "1班", "514", ("special", 5, 1)),
        ("小六", "1", "211", ("primary", 6, 1)),
    ],
)
def test_a_grade_and_a_class_are_read_as_schools_write_them(grade, klass, kind, stood) -> None:
    told = place(grade, klass, "", "", kind, ON)
    assert (told.stage, told.grade, told.number, told.doubt) == (*stood, "")


@pytest.mark.parametrize(
    ("grade", "klass", "kind"),
    [
        ("2020级", "1班", "312"),
        ("", "1班", "211"),
        ("一年级", "2班", "341"),
        ("三年级", "四(2)班", "211"),
        ("七年级", "1班", "211"),
        ("2030级", "1班", "211"),
        ("初五", "1班", "311"),
    ],
)
def test_what_can_be_read_two_ways_or_not_at_all_is_asked(grade, klass, kind) -> None:
    assert place(grade, klass, "", "", kind, ON).doubt


def test_a_year_of_entry_is_another_grade_on_another_day() -> None:
    grades = [place("2018级", "1班", "", "", "211", day).grade for day in (date(2021, 8, 31), date(2021, 9, 1))]
    assert grades == [3, 4]


def test_a_class_without_a_number_keeps_its_name() -> None:
    told = place("一年级", "向日葵班", "", "", "211", ON)
    assert (told.grade, told.number, told.name) == (1, None, "向日葵班")


@pytest.mark.parametrize(
    ("words", "kind"),
    [("小(1)班", "junior"), ("小二班", "junior"), ("中班", "middle"), ("大２班", "senior"), ("混龄1班", "mixed"), ("托班", "nursery"), ("向日葵班", "")],
)  # fmt: skip
def test_a_class_of_a_kindergarten_says_its_kind(words, kind) -> None:
    assert young(words) == kind


def _register() -> Register:
    rows = {
        "school": ["2199000001", "2199000002", "2199000003", "2199000004"],
        "name": ["星州市第一小学", "角阳县实验小学", "亢川县实验小学", "角阳县甲子镇中心小学"],
        "county": ["990101", "990121", "990122", "990121"],
    }
    return Register(pl.DataFrame(rows))


def test_a_school_is_found_by_code_or_by_a_name_that_only_it_has() -> None:
    register = _register()
    assert register.find("２１９９０００００１", "").code == "2199000001"
    assert register.find("'2199000001.0", "").code == "2199000001"
    assert register.find("", "角阳县 实验小学").code == "2199000002"
    near = register.find("", "甲子镇中心小学")
    assert (near.code, bool(near.told)) == ("2199000004", True)


def test_between_two_schools_of_one_name_nobody_guesses() -> None:
    assert _register().find("", "实验小学").code is None
    assert "2所" in _register().find("", "实验小学").doubt
    assert _register().find("", "没有的学校").code is None
    other = _register().find("2199000001", "角阳县实验小学")
    assert other.code == "2199000001"
    assert other.told, "the name says another school"


KEY = b"0123456789abcdef"
SEVENTEEN = "41030020120401001"


def test_tv_19c_one_child_has_one_code_whichever_number_the_file_carries() -> None:
    identity = SEVENTEEN + person_check(SEVENTEEN)
    assert identity == "410300201204010010"
    coder = Coder(KEY)
    by_roll = coder.coded(numbers(pl.Series([f"G{identity}"]), None, 1).of)
    by_identity = coder.coded(numbers(None, pl.Series([f"'{identity}"]), 1).of)
    wide = coder.coded(numbers(None, pl.Series(["４１０３００２０１２０４０１００１０"]), 1).of)
    assert by_roll.to_list() == by_identity.to_list() == wide.to_list()
    assert identity not in by_roll[0]
    assert Coder(KEY + b"2").coded(pl.Series([identity]))[0] != by_roll[0]


def test_tv_19a_a_small_x_is_the_same_number() -> None:
    some = numbers(None, pl.Series(["11010519491231002X", "11010519491231002x"]), 2)
    assert some.of.n_unique() == 1
    assert not some.wrong.any()


def test_tv_19e_roll_numbers_keep_their_letter_unless_it_says_identity() -> None:
    given = ["G410300201204010010", "L410300201204011234", "X410300201204010010", "J410300201204010010"]
    told = numbers(pl.Series(given), None, 4)
    assert told.of.to_list() == ["410300201204010010", "L410300201204011234", None, "J410300201204010010"]
    assert [roll_number(one) for one in given[:3]] == [RollNumber.IDENTITY, RollNumber.TEMPORARY, None]


def test_tv_19_a_wrong_check_an_old_number_and_a_lost_one_are_each_seen() -> None:
    given = ["410300201204010011", "410300120401001", "4.10300201204E+17", "410300201204010010"]
    told = numbers(None, pl.Series(given), 4)
    assert told.wrong.to_list() == [True, False, False, False]
    assert told.old.to_list() == [False, True, False, False]
    assert told.lost.to_list() == [False, False, True, False]
    assert told.of[1] == "41030019120401001" + person_check("41030019120401001")
    assert told.of[2] is None


def test_a_code_is_an_hmac_and_another_digest_may_be_taken() -> None:
    import hashlib
    import hmac

    for hashed in {"sha256", "sm3"} & hashlib.algorithms_available:
        for key in (KEY, KEY * 9):
            told = Coder(key, hashed).coded(pl.Series(["410300201204010010", None]))
            assert told.to_list() == [hmac.new(key, b"410300201204010010", hashed).hexdigest()[:24], None]


def test_a_short_key_and_an_unknown_digest_are_refused() -> None:
    with pytest.raises(RefusedError, match="密钥"):
        Coder(b"short")
    with pytest.raises(RefusedError, match="md5"):
        Coder(KEY, "md5")


def test_numbers_of_persons_in_other_columns_are_blanked() -> None:
    cells = pl.DataFrame(
        {
            "class": [
                "三班",
                "张某410300201204010010",
                "电话１３８００００１２３４",
                "410300120401001",
                "139-0000-1234",
            ],
            "class_code": ["219900000001001", "219900101012001", "2199000001", "13800001234", "1班"],
        }
    )
    told, found = scrub(cells, ["class", "class_code"])
    assert told["class"].to_list() == ["三班", None, None, None, None]
    assert told["class_code"].to_list() == ["219900000001001", "219900101012001", "2199000001", None, "1班"]
    assert found["class"].sum() == 4
