"""What goes out of the house: CSV, Data Package and SDMX, each after its specification, and nothing that names a few persons."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from luoshi.publishing.opening import (
    MADE_UP,
    WITHHELD,
    Collection,
    Licence,
    OpenDivision,
    OpenFigure,
    OpenIndicator,
    data_package,
    figures_csv,
    sdmx,
    withhold,
)

VALUE = "2.944250871080139372822299651"
RATE = OpenFigure(
    "large_class_rate", "county", "990106", "角阳县", 2020, "2020-09-01", "2020-11-02", "年报",
    VALUE, "2.94 %", "%", "169", "5740", "measured", "国发〔2016〕40号", "", "a1",
)  # fmt: skip
PRESS = replace(
    RATE, level="city", division="990100", name="星州市", on="2020-09-01", value="2.75", shown="2.75 %", numerator="",
    denominator="", standing="press", source='通报, 有"引号"\n和换行', source_url="https://example.org/a", doubt="口径未核", version="b2",
)  # fmt: skip
TOLD = Collection(
    "xingzhou",
    "星州市教育指标",
    "星州市教育局",
    "指标值，各附口径、时点和来源",
    datetime(2021, 3, 1, 8, tzinfo=UTC),
    (RATE, PRESS),
    (
        OpenIndicator(
            "large_class_rate", "大班额比例", "Large classes", "%", "lower", "大班数", "班数", "国发", "M16.3"
        ),
    ),
    (OpenDivision("990100", "星州市", "city"), OpenDivision("990106", "角阳县", "county")),
    imaginary=True,
)
TYPES = {"string", "number", "year", "date", "boolean", "integer"}
READ = {
    "string": str,
    "number": Decimal,
    "year": int,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_a_value_goes_out_unrounded_with_both_counts_and_what_the_page_shows() -> None:
    first = _rows(figures_csv(TOLD))[0]
    assert (first["value"], first["shown"], first["numerator"], first["denominator"]) == (
        VALUE,
        "2.94 %",
        "169",
        "5740",
    )
    assert (first["label"], first["standing_label"], first["definition"]) == ("大班额比例", "按明细计算", "年报")


def test_every_line_of_every_file_of_a_made_up_city_says_so() -> None:
    for name, content in data_package(TOLD).items():
        rows = _rows(content) if name.endswith(".csv") else [content.decode()]
        assert all(MADE_UP in str(row) for row in rows), name
    assert all(MADE_UP in row["COMMENT"] for row in _rows(sdmx(TOLD)["figures.sdmx.csv"]))
    assert MADE_UP in sdmx(TOLD)["structure.json"].decode()
    assert MADE_UP not in figures_csv(replace(TOLD, imaginary=False)).decode()


def test_excel_gets_the_mark_and_chinese_headings_and_the_same_lines() -> None:
    plain, marked = figures_csv(TOLD), figures_csv(TOLD, excel=True)
    assert marked.startswith(b"\xef\xbb\xbf")
    assert not plain.startswith(b"\xef\xbb\xbf")
    assert marked.decode("utf-8-sig").split("\r\n")[0].startswith("指标代号,指标,")
    assert marked.decode("utf-8-sig").split("\r\n")[1:] == plain.decode().split("\r\n")[1:]


def test_the_descriptor_keeps_the_profile_of_a_tabular_data_package() -> None:
    told = json.loads(data_package(TOLD)["datapackage.json"])
    assert told["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", told["name"])
    assert datetime.fromisoformat(told["created"]).tzinfo is not None
    assert told["resources"]
    assert {"title": '通报, 有"引号"\n和换行', "path": "https://example.org/a"} in told["sources"]
    for one in told["resources"]:
        assert one["profile"] == "tabular-data-resource"
        assert re.fullmatch(r"[-a-z0-9._/]+", one["name"])
        assert not one["path"].startswith(("/", "."))
        names = [field["name"] for field in one["schema"]["fields"]]
        assert len(set(names)) == len(names)
        assert {field["type"] for field in one["schema"]["fields"]} <= TYPES
        assert all(value for field in one["schema"]["fields"] for value in (field["name"], field["title"]))


def test_the_tables_are_as_the_descriptor_says() -> None:
    files = data_package(TOLD)
    told = json.loads(files["datapackage.json"])
    tables = {one["name"]: _rows(files[one["path"]]) for one in told["resources"]}
    for one in told["resources"]:
        content, schema = files[one["path"]], one["schema"]
        assert one["bytes"] == len(content)
        assert list(tables[one["name"]][0]) == [field["name"] for field in schema["fields"]]
        for row in tables[one["name"]]:
            for field in schema["fields"]:
                cell, limits = row[field["name"]], field.get("constraints", {})
                assert cell or not limits.get("required"), field["name"]
                assert not cell or READ[field["type"]](cell) is not None
                assert cell in limits.get("enum", [cell])
        key = [schema["primaryKey"]] if isinstance(schema["primaryKey"], str) else schema["primaryKey"]
        keys = [tuple(row[name] for name in key) for row in tables[one["name"]]]
        assert len(set(keys)) == len(keys)
        for foreign in schema.get("foreignKeys", []):
            known = {row[foreign["reference"]["fields"]] for row in tables[foreign["reference"]["resource"]]}
            assert {row[foreign["fields"]] for row in tables[one["name"]]} <= known


def test_frictionless_itself_finds_nothing_wrong(tmp_path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is what benchmarks are measured beside")
    for name, content in data_package(TOLD).items():
        (tmp_path / name).write_bytes(content)
    told = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert told.valid, told.flatten(["rowNumber", "fieldName", "message"])


def test_the_licence_is_the_bureaus_to_write() -> None:
    told = json.loads(data_package(TOLD)["datapackage.json"])
    assert "licenses" not in told
    assert "使用许可由发布单位确定，尚未写明。" in told["description"]
    given = replace(TOLD, licence=Licence("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"))
    told = json.loads(data_package(given)["datapackage.json"])
    assert told["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    assert "尚未写明" not in told["description"]


def test_sdmx_names_its_structure_and_action_first_and_codes_everything() -> None:
    files = sdmx(TOLD)
    lines = files["figures.sdmx.csv"].decode().split("\r\n")
    assert lines[0].startswith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,")
    rows = _rows(files["figures.sdmx.csv"])
    first, press = rows
    assert (first["STRUCTURE"], first["STRUCTURE_ID"], first["ACTION"]) == (
        "dataflow",
        "XINGZHOU_EDU:DF_INDICATORS(1.0.0)",
        "I",
    )
    assert (first["FREQ"], first["TIME_PERIOD"], first["OBS_VALUE"]) == ("A", "2020", VALUE)
    assert (first["NUMERATOR"], first["DENOMINATOR"], first["UNIT_MEASURE"], first["OBS_STATUS"]) == (
        "169",
        "5740",
        "PT",
        "A",
    )
    assert (press["FREQ"], press["TIME_PERIOD"], press["OBS_STATUS"]) == ("D", "2020-09-01", "U")
    data = json.loads(files["structure.json"])["data"]
    listed = {one["id"]: {code["id"] for code in one["codes"]} for one in data["codelists"]}
    for row in rows:
        for concept in ("FREQ", "REF_AREA", "INDICATOR", "STANDING", "DEFINITION", "UNIT_MEASURE", "OBS_STATUS"):
            assert row[concept] in listed[f"CL_{concept}"]
            assert re.fullmatch(r"[A-Za-z0-9_@$\-]+", row[concept])
    parts = data["dataStructures"][0]["dataStructureComponents"]
    named = [one["id"] for one in parts["dimensionList"]["dimensions"]] + ["TIME_PERIOD"]
    named += [
        one["id"] for key in ("measureList", "attributeList") for one in parts[key][f"{key.removesuffix('List')}s"]
    ]
    assert ["STRUCTURE", "STRUCTURE_ID", "ACTION", *named] == lines[0].split(",")


def test_of_two_figures_with_one_key_sdmx_tells_the_one_known_last() -> None:
    corrected = replace(RATE, known="2021-01-05", value="2.9", version="a0")
    rows = _rows(sdmx(replace(TOLD, figures=(corrected, RATE)))["figures.sdmx.csv"])
    assert [row["OBS_VALUE"] for row in rows] == ["2.9"]
    assert len(_rows(figures_csv(replace(TOLD, figures=(corrected, RATE))))) == 2


def _heads(division: str, part: str, whole: str = "", level: str = "county") -> OpenFigure:
    value = part if not whole else str(Decimal(part) * 100 / Decimal(whole))
    return replace(
        RATE, persons=True, level=level, division=division, numerator=part, denominator=whole, value=value,
        unit="%" if whole else "人", version=division,
    )  # fmt: skip


@pytest.mark.parametrize(("part", "whole", "gone"), [
    ("4", "", True), ("5", "", False), ("0", "", False), ("4", "200", True), ("5", "200", False),
    ("195", "200", False), ("196", "200", True), ("200", "200", False), ("0", "4", True),
])  # fmt: skip
def test_counts_of_one_to_four_persons_are_not_told_nor_what_is_left_over(part: str, whole: str, gone: bool) -> None:  # noqa: FBT001
    (one,) = withhold([_heads("1", part, whole)], Decimal(5))
    assert one.withheld is gone
    assert (one.value == "", one.numerator == "", one.shown == WITHHELD) == (gone, gone, gone)


def test_a_single_gap_takes_another_county_with_it() -> None:
    told = [_heads("9", "40", level="city"), _heads("1", "3"), _heads("2", "30"), _heads("3", "7")]
    assert [one.withheld for one in withhold(told, Decimal(5))] == [False, True, False, True]
    assert [one.withheld for one in withhold(told[1:], Decimal(5))] == [True, False, False]


def test_counts_of_classes_and_schools_are_told_however_small() -> None:
    assert not any(
        one.withheld for one in withhold([replace(RATE, numerator="1"), replace(RATE, numerator="2")], Decimal(5))
    )


def test_the_catalogue_names_each_table_with_its_size_and_digest() -> None:
    files = data_package(TOLD)
    (dataset,) = json.loads(files["dcat.jsonld"])["dcat:dataset"]
    told = {one["dcat:downloadURL"]["@id"]: one["dcat:byteSize"]["@value"] for one in dataset["dcat:distribution"]}
    assert told == {name: str(len(content)) for name, content in files.items() if name.endswith(".csv")}
    assert dataset["dct:temporal"]["dcat:startDate"]["@value"] == "2020"
