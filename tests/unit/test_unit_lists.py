"""Lists of divisions and schools as offices keep them: what they say, and everything that is wrong in them at once."""

import io
from datetime import date

import openpyxl
import pytest

from luoshi.declared.returns.codes import KINDS
from luoshi.reading.units import Changes, Register, hold_against, read_register
from luoshi.reading.units.changes import after
from luoshi.words.divisions import Division, How, Succession
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Severity
from luoshi.words.identifiers import school_code
from luoshi.words.institutions import STAGES_OF, code_fault
from luoshi.words.successions import tree
from tests.real_places import luoyang

ON = date(2021, 9, 1)


def read(text: str, on: date = ON) -> Register:
    """A list typed into a test."""
    return read_register(text.encode(), "名册.csv", on, KINDS)


def said(told: Register | Changes, weight: Severity = Severity.STOPS) -> list[str]:
    """Where and what of its findings of one weight."""
    return [f"{one.where}：{one.what}" for one in told.findings if one.severity is weight]


def test_the_sixteen_counties_of_luoyang_in_2020_with_the_zone_that_has_no_national_code() -> None:
    told = read_register(luoyang("luoyang_counties_2020.csv"), "县.csv", date(2020, 6, 30), KINDS)
    assert len(told.units) == told.rows == 16
    assert said(told) == []
    assert {one.code: one.kind for one in told.units}["410371"] == "zone"
    assert {one.kind for one in told.units} == {"district", "county", "city_county", "zone"}


def test_two_lists_of_townships_become_changes_with_their_day() -> None:
    known, steps = list[Division](), list[Succession]()
    found = Changes()
    for year, day, many in (
        ("2020-06-30", "counties_2020", 16),
        ("2019-10-31", "townships_2019", 193),
        ("2020-06-30", "townships_2020", 194),
    ):
        on = date.fromisoformat(year)
        told = read_register(luoyang(f"luoyang_{day}.csv"), "册.csv", on, KINDS)
        assert told.rows == many
        found = hold_against(told, known, steps, on, whole=True)
        assert said(found) == []
        known, steps = [one for one in after(known, found) if isinstance(one, Division)], [*steps, *found.steps]
    assert {one.name for one in found.added} == {"重渡沟生态旅游示范区", "陆浑镇", "徐家营街道", "丰李镇"}
    assert {one.begun for one in found.added} == {date(2020, 6, 30)}
    assert {(one.name, one.until) for one in found.ended} == {
        (name, date(2020, 6, 29)) for name in ("徐家营街道", "丰李镇", "库区乡")
    }
    assert {(one.before, one.after, one.how) for one in found.steps} == {
        ("410305009000", "410371003000", How.RECODED),
        ("410311108000", "410371101000", How.RECODED),
    }
    assert found.same == 190
    of = tree(known, steps)
    assert len([one for one in of.standing(date(2019, 12, 31)) if one.level == 2]) == 193
    assert len([one for one in of.standing(date(2020, 12, 31)) if one.level == 2]) == 194


def test_mengjin_and_jili_became_one_district_and_yanshi_another() -> None:
    told = read_register(luoyang("luoyang_gbt2260_history.csv"), "沿革.csv", ON, KINDS)
    found = hold_against(told, [], [], ON, whole=False)
    assert said(found) == []
    of = tree((one for one in found.added if isinstance(one, Division)), found.steps)
    then, now = date(2020, 6, 30), date(2021, 6, 30)
    assert of.answered("410308", now) == {"410308", "410322", "410306"}
    assert of.heirs("410322", then, now) == of.heirs("410306", then, now) == ["410308"]
    assert of.heirs("410381", then, now) == ["410307"]
    assert {one.how for one in of.broken("410308", then, now)} == {How.MERGED}
    assert of.broken("410307", then, now) == []
    assert [(one.before, one.after) for one in of.broken("410311", date(2010, 1, 1), now)] == [("410327", "410311")]
    assert {"410322", "410306", "410381"} <= {one.code for one in of.standing(then)}
    assert {"410322", "410306", "410381"}.isdisjoint(one.code for one in of.standing(now))


def test_everything_that_is_wrong_is_told_at_once_with_its_cell() -> None:
    told = read(
        "统计用区划代码,名称,类型,上级代码,启用日期,终止日期,经度\n"
        "99010,斗城区,区,,,,\n990102,,区,,,,\n990103,奎西区,区,,去年,,\n990104,参河区,区,,2020-01-01,2019-01-01,\n"
        "990105,璧东区,区,,,,两度\n990106,娄湖,,,,,\n990107,甲区,区,,,,\n990107,乙区,区,,,,\n990102001,一镇,镇,990103,,,\n"
    )
    assert said(told) == [
        "名册.csv 第2行 A列：“99010”不是区划代码",
        "名册.csv 第3行 B列：是空的",
        "名册.csv 第4行 E列：“去年”不是日期",
        "名册.csv 第5行 F列：最后一天 2019-01-01 早于第一天 2020-01-01",
        "名册.csv 第6行 G列：“两度”不是度数",
        "名册.csv 第7行 C列：“娄湖”的类型看不出来",
        "名册.csv 第9行 A列：“990107”与第8行重复",
        "名册.csv 第10行 D列：代码的前6位 990102 不是上级 990103",
    ]  # fmt: skip


def test_a_file_without_headings_says_so_and_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(RefusedError, match="没有列名"):
        read("410302001000,西关街道,街道\n410302002000,西南隅街道,街道\n")
    with pytest.raises(RefusedError, match="缺少列 办学类型"):
        read("学校标识码,学校名称\n2199000123,一小\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_any_encoding_and_a_workbook_say_the_same(encoding: str) -> None:
    text = "统计用区划代码,名称,类型\n990102,斗城区,区\n990102001,瀍镇,镇\n"
    told = read_register(text.encode(encoding), "册.csv", ON, KINDS)
    book = openpyxl.Workbook()
    for row in text.splitlines():
        book.active.append(row.split(","))
    made = io.BytesIO()
    book.save(made)
    assert told.units == read_register(made.getvalue(), "册.xlsx", ON, KINDS).units
    assert [one.code for one in told.units] == ["990102", "990102001000"]


def test_a_parent_nobody_knows_overlapping_days_and_a_ring_are_told() -> None:
    lost = read("统计用区划代码,名称,类型\n990109001,一镇,镇\n")
    assert said(hold_against(lost, [], [], ON, whole=False)) == ["第2行 990109001000：“一镇”的上级 990109 不在名册中"]
    twice = read("统计用区划代码,名称,启用日期,终止日期\n990101,甲县,2000-01-01,2010-12-31\n990101,甲区,2010-06-01,\n")
    assert said(hold_against(twice, [], [], ON, whole=False)) == ["第2行 990101：“甲县”与“甲区”的起止日期重叠"]
    ring = read(
        "统计用区划代码,名称,启用日期,变更日期,新代码\n990101,甲县,2000-01-01,2010-01-01,990102\n990102,乙县,2000-01-01,2010-01-01,990101\n"
    )
    assert "第2行 990101：接续成环" in said(hold_against(ring, [], [], ON, whole=False))


def test_the_school_code_by_number_and_what_contradicts_its_kind() -> None:
    primary, adult, nowhere = (school_code(code) for code in ("2141000123", "2241000123", "2199000123"))
    assert (primary and (primary.kind, primary.province), adult and adult.kind) == (("小学", "41"), "成人小学")
    assert nowhere is not None
    assert nowhere.province == ""
    assert code_fault("2198000123") == "第3、4位 98 不是省级代码"
    assert code_fault("2141000123-2") == ""
    told = read(
        "学校标识码,学校名称,办学类型,区划代码\n2141000123,一小,小学,410302\n3141000124,二小,211,410302\n2141000125,三班,219,410302\n"
    )
    assert said(told) == []
    assert said(told, Severity.ASKS) == [
        "名册.csv 第3行 A列：标识码以 31 开头，办学类型是 211",
        "名册.csv 第4行：教学点或附设班没有写主校",
    ]
    assert STAGES_OF["312"] == ("primary", "junior")
    assert STAGES_OF.keys() == KINDS.keys()


def test_a_whole_list_that_loses_half_the_units_ends_none() -> None:
    known = [Division(f"9901{at:02}", f"县{at}", "county") for at in range(10, 30)]
    told = read("统计用区划代码,名称,类型\n990110,县10,县\n")
    found = hold_against(told, known, [], ON, whole=True)
    assert said(found) == ["名册：名册里没有的单位有 19 个，多于名册的 1 个"]
    assert found.ended == []
