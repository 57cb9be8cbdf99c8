"""Teaching points are added to their schools once, and the mapping is remembered."""

import polars as pl

from luoshi.checking import import_sheets, merged
from luoshi.declared.layouts import LAYOUTS
from luoshi.imagining.filing.exports import Manner, flat_export
from tests.spec.annual_files import sheet, told, truth


def _taken(manner: Manner, **more):
    return import_sheets([sheet(flat_export(told(), manner, **more))], LAYOUTS)


def _parents() -> dict[str, str]:
    register = truth()["institutions"].filter(~pl.col("counted"))
    return dict(register.select("school", "parent").iter_rows())


def test_teaching_points_are_added_to_their_schools_and_what_was_taken_stays() -> None:
    imported, parents = _taken(Manner()), _parents()
    told_ = merged(imported.parts, parents)
    before, after = ({one.of.key: one.rows for one in some} for some in (told_.unmerged, told_.parts))
    assert told_.orphans == ()
    assert told_.parents == parents
    assert set(after["institutions"]["school"]) == set(before["institutions"]["school"]) - set(parents)
    assert after["class_bands"]["pupils"].sum() == before["class_bands"]["pupils"].sum()
    home = next(iter(parents.values()))
    own = [home, *(point for point, at in parents.items() if at == home)]
    bands = before["class_bands"].filter(pl.col("school").is_in(own) & (pl.col("stage") == "primary"))
    one = after["class_bands"].filter((pl.col("school") == home) & (pl.col("stage") == "primary")).row(0, named=True)
    assert bands.height > 1
    assert one["pupils"] == bands["pupils"].sum()
    assert one["urban"] == bands.filter(pl.col("school") == home)["urban"][0]
    land = before["premises"].filter(pl.col("school").is_in(own))["land"].sum()
    assert after["premises"].filter(pl.col("school") == home)["land"][0] == land


def test_bandwidth_is_no_stock_and_is_not_summed() -> None:
    after = {one.of.key: one.rows for one in merged(_taken(Manner()).parts, _parents()).parts}
    assert after["equipment"]["bandwidth"].unique().to_list() == [200]


def test_points_nobody_has_given_a_school_are_listed_and_stand_alone() -> None:
    imported, parents = _taken(Manner()), _parents()
    point = next(iter(parents))
    told_ = merged(imported.parts, {one: home for one, home in parents.items() if one != point})
    assert [one.school for one in told_.orphans] == [point]
    register = next(one.rows for one in told_.parts if one.of.key == "institutions")
    assert point in register["school"].to_list()


def test_a_school_that_is_not_in_the_register_is_told() -> None:
    point = next(iter(_parents()))
    told_ = merged(_taken(Manner()).parts, {**_parents(), point: "2199999999"})
    assert [point in one.where and "2199999999" in one.what for one in told_.told] == [True]
