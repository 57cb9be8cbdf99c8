"""Whatever was held, filled and sorted: what comes back is what was held and what was filled, and nothing else."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from luoshi.checking.workbooks import Asked, AskedRow, Held, as_workbook, taken_back
from luoshi.checking.workbooks.layout import heading_row, shown
from tests.filled import changed, sheets
from tests.unit.test_workbooks_asked import Canteens

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "meals": st.integers(0, 10**9),
    "area": st.decimals(0, 10**9, places=2),
    "operator": st.sampled_from(["own", "let"]),
    "licence": st.booleans(),
    "until": st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    "place": st.text('东西南北院楼ab1=+-@"<&', min_size=1, max_size=12),
}
ROW = st.fixed_dictionaries({}, optional={name: st.tuples(st.booleans(), value) for name, value in VALUES.items()})


# Writing and reading a workbook takes most of a second, so a failing example is told as it was met and not made smaller.
@settings(
    deadline=None,
    max_examples=8,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(ROW, min_size=1, max_size=5), st.randoms(use_true_random=False))
def test_sorted_rows_come_back_as_they_were_held_and_filled(rows: list[dict[str, Any]], chance: Any) -> None:
    asked_rows = [
        AskedRow(
            {
                "school": Held("2199000001", "名录"),
                "canteen": Held(f"K{at}", "台账"),
                **{name: Held(value, "台账") for name, (held, value) in row.items() if held},
            }
        )
        for at, row in enumerate(rows)
    ]
    asked = Asked(Canteens, "2020", "2199000001", "一小", tuple(asked_rows))
    order = list(range(len(rows)))
    chance.shuffle(order)
    top, names = heading_row(asked), list(asked.columns)

    def work(book: Workbook) -> None:
        page = book.worksheets[0]
        lines = [
            [page.cell(top + 1 + at, place).value for place in range(1, len(names) + 2)] for at in range(len(rows))
        ]
        for at, row in enumerate(rows):
            for name, (held, value) in row.items():
                if not held:
                    lines[at][names.index(name) + 1] = shown(Canteens.columns[name], value)
        for line, at in enumerate(order, top + 1):
            for place, value in enumerate(lines[at], 1):
                cell = page.cell(line, place)
                cell.value = float(value) if isinstance(value, Decimal) else value
                if isinstance(value, str):
                    cell.data_type = "s"

    back = taken_back(sheets(changed(as_workbook(asked), work)), asked)
    assert back.told == ()
    assert back.at == tuple(range(len(rows)))
    for row, told in zip(rows, back.taken.rows.iter_rows(named=True), strict=True):
        for name in VALUES:
            assert told[name] == (row[name][1] if name in row else None), name
