"""星州's returns for tests: a lake with the register and last year, and files as schools and counties send them. 演示数据（虚构）."""

from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

import polars as pl
from openpyxl import Workbook

from luoshi.bureau.lakes import lake
from luoshi.bureau.people.models import City
from luoshi.bureau.returns import actions
from luoshi.bureau.returns.models import Unit, Window
from luoshi.declared.returns import RETURNS
from luoshi.imagining import City as Imagined
from tests.bureau import xingzhou

YEAR = 2020
COUNTIES = ("990102", "990121")
"""斗城区, 角阳县: the counties of the small city."""
DUES = (date(2020, 9, 20), date(2020, 10, 15), date(2020, 10, 31))
NAMES = actions.Signatures("填表子", "统计丑", "校长寅", "0000-0000000", date(2020, 9, 18))
ON = date(2020, 9, 18)


@cache
def frames(schools: int = 240, year: int = YEAR) -> dict[str, pl.DataFrame]:
    """Register and bands of the city's two counties in one year."""
    made, told = Imagined(schools, 7, first=YEAR - 1), dict[str, list[pl.DataFrame]]()
    for some in made.slices():
        for key, frame in made.frames(some, year):
            if key in {"institutions", "kindergartens", "class_bands"}:
                told.setdefault(key, []).append(frame.filter(pl.col("county").is_in(COUNTIES)))
            if key == "class_bands":
                break
    return {key: pl.concat(parts) for key, parts in told.items()}


def accepted_before(key: str, period: str, county: str, rows: pl.DataFrame) -> None:
    """Rows that were accepted on an earlier day."""
    lake().deposit(
        rows,
        kind=key,
        period=period,
        division=county,
        definition="年报",
        source="演示数据（虚构）",
        key=RETURNS[key].keys,
        at=datetime(2020, 9, 1, 1, tzinfo=UTC),
        by="统计员",
    )


def fill_lake(schools: int = 240) -> None:
    """The register of this year and the bands of last year, accepted."""
    for key, year in (("institutions", YEAR), ("class_bands", YEAR - 1)):
        for county in COUNTIES:
            accepted_before(key, str(year), county, frames(schools, year)[key].filter(pl.col("county") == county))


def wanted(**other: object) -> actions.Wanted:
    """A window for the bands of this year, with the section for basic education."""
    told: dict[str, object] = {
        "title": "2020学年班额年报（演示）",
        "returns": ("class_bands",),
        "period": str(YEAR),
        "basis": "教育事业统计调查制度（演示）",
        "dues": DUES,
        "office": "JJ",
        "kinds": ("211", "311", "312"),
    }
    return actions.Wanted(**{**told, **other})  # type: ignore[arg-type]


def opened(city: City, **other: object) -> Window:
    """It, opened by the section."""
    return actions.open_window(xingzhou.actor("jijiao"), city, wanted(**other))


def rows(key: str = "class_bands", *codes: str, county: str = "") -> pl.DataFrame:
    """Rows of this year, of these schools or this county."""
    frame = frames()[key]
    if codes:
        frame = frame.filter(pl.col("school").is_in(codes))
    return frame.filter(pl.col("county") == county) if county else frame


def sheet(frame: pl.DataFrame, key: str = "class_bands") -> bytes:
    """A frame as the workbook somebody sends: headings as the return calls them."""
    out, book = BytesIO(), Workbook()
    page = book.active
    assert page is not None
    page.append([RETURNS[key].columns[name].label for name in frame.columns])
    for row in frame.iter_rows():
        page.append(row)
    book.save(out)
    return out.getvalue()


def table(frame: pl.DataFrame) -> bytes:
    """The same as a CSV, which is made faster."""
    return frame.write_csv().encode()


def broken(frame: pl.DataFrame, **cells: object) -> pl.DataFrame:
    """The same rows with some cells altered."""
    return frame.with_columns(pl.lit(value, frame.schema[name]).alias(name) for name, value in cells.items())


def seen(window: Window, *codes: str, county: str = "", state: str = "") -> dict[str, int]:
    """Units with their versions, as a page shows them."""
    found = Unit.objects.filter(window=window, merged_into="")
    found = found.filter(code__in=codes) if codes else found
    found = found.filter(county=county) if county else found
    found = found.filter(state=state) if state else found
    return dict(found.values_list("code", "version"))


def explained(window: Window, county: str) -> None:
    """Every finding that asks has its explanation."""
    from luoshi.bureau.returns.models import Breach

    for unit in Unit.objects.filter(window=window, county=county, filing__unexplained__gt=0):
        found = Breach.objects.filter(filing=unit.filing_id, severity="asks")
        words = {told["mark"]: "生源变化，情况属实（演示）" for one in found for told in one.told}
        actions.explain(xingzhou.actor("jijiao"), window.pk, unit.code, unit.version, words)


def carried(window: Window, county: str, to: str) -> None:
    """All schools of a county that sent something: brought, explained, and moved up: handed, county, accepted."""
    section = xingzhou.actor("jijiao")
    codes = seen(window, county=county)
    actions.bring(section, window.pk, table(rows("class_bands", *codes)), "班额.csv")
    explained(window, county)
    actions.hand_in(section, window.pk, seen(window, county=county, state="imported"), NAMES, ON)
    if to == "handed":
        return
    actions.check_county(section, window.pk, seen(window, county=county, state="handed"), ON)
    if to == "accepted":
        actions.accept(section, window.pk, county, seen(window, county=county, state="county"), ON)


def crowd(window: Window, schools: int) -> None:
    """So many schools more in fifteen counties, each with a try, two findings and an entry or two, as a window has them."""
    from luoshi.bureau.returns.models import Breach, Filing

    pattern = Filing.objects.filter(holder__window=window).first()
    assert pattern
    copied = {
        one: getattr(pattern, one)
        for one in ("file_digest", "file_name", "parts", "asked", "code", "by", "by_login", "at")
    }
    counties = [*COUNTIES, *(f"99{place:04}" for place in range(201, 214))]
    made = Unit.objects.bulk_create(
        Unit(
            window=window,
            code=f"{9900000000 + place}",
            label=f"虚构第{place}小学",
            county=counties[place % 15],
            kind="211",
        )
        for place in range(schools)
    )
    filings = Filing.objects.bulk_create(
        Filing(unit=one, number=1, rows=1, stops=place % 3 == 0, asks=1, unexplained=1, **copied)
        for place, one in enumerate(made)
    )
    for place, (one, filing) in enumerate(zip(made, filings, strict=True)):
        one.filing, one.state = filing, ("imported", "handed", "county", "returned")[place % 4]
        one.handed_on, one.late = (ON, place % 5) if place % 4 else (None, None)
    Unit.objects.bulk_update(made, ["filing", "state", "handed_on", "late"], batch_size=400)
    told = [{"key": ["x", "primary"], "where": "K2", "what": "班数总计为31；即30≠31", "mark": "m"}]
    Breach.objects.bulk_create(
        Breach(
            filing=filing, of="class_bands", rule=f"rule_{place % 12}", severity=("stops", "asks")[place % 3 != 0],
            sentence=f"第{place % 12}条规则成立（逻辑校验）", remedy="请核对", rows=1, told=told,
        )
        for place, filing in enumerate(filings)
    )  # fmt: skip
