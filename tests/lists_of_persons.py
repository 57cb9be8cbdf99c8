"""Lists for tests: made-up children with right numbers. 演示数据（虚构）."""

import polars as pl

from luoshi.matching import Listed
from luoshi.words.identifiers import person_check

COLUMNS = ("number", "name", "born", "guardian", "county", "school")


def number(serial: int, born: str = "20120401", area: str = "999901") -> str:
    """A right number; the area is no place's."""
    seventeen = f"{area}{born}{serial:03d}"
    return seventeen + person_check(seventeen)


def child(serial: int, **changed: str | None) -> dict[str, str | None]:
    """A row."""
    born = str(changed.pop("born_in_number", "20120401"))
    row: dict[str, str | None] = {
        "number": number(serial, born),
        "name": f"童{chr(0x4E00 + serial)}",
        "born": f"{born[:4]}-{born[4:6]}-{born[6:]}",
        "guardian": None,
        "county": "星东县",
        "school": None,
    }
    return row | changed


def listed(key: str, rows, **also) -> Listed:
    """A list of rows, or of serials."""
    told = [child(one) if isinstance(one, int) else one for one in rows]
    return Listed(key, pl.DataFrame(told, schema=dict.fromkeys(COLUMNS, pl.String)), **also)
