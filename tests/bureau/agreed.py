"""A city of 17 units with three figures each, to be agreed. 演示数据（虚构）."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl

from luoshi.bureau.agreements import actions
from luoshi.bureau.agreements.models import Line, Round, Sheet
from luoshi.bureau.agreements.printing import COLUMNS, printed
from luoshi.bureau.indicators.actions import add_figures
from luoshi.bureau.people.models import City
from luoshi.bureau.plans.models import Edition
from luoshi.reading.handbacks import read_handback
from luoshi.spine import Measurement, Standing
from luoshi.words.calendars import national
from luoshi.words.divisions import Division
from luoshi.words.provenance import Source
from tests.bureau import xingzhou

NAMES = (
    "斗城区、奎西区、参河区、璧东区、娄湖区、角阳县、亢南县、氐川县、房岭县、尾山县、箕水县、轸台市、翼桥市、"
    "高新区、鬼金湾新区、张月新区、市直"
).split("、")
UNITS = tuple(
    Division(f"9901{at:02}" if name != "市直" else "ZZ01", name, "direct" if name == "市直" else "county")
    for at, name in enumerate(NAMES, 1)
)
CODES = tuple(one.code for one in UNITS)
LARGE, PLACES, SHARE = "compulsory_large_class_rate", "kindergarten_places_added", "affordable_share"
ASKED = {LARGE: "", PLACES: "", SHARE: ""}
ON, SENT = date(2021, 8, 31), date(2021, 9, 15)
DUCHA, INSTALLER = xingzhou.actor("ducha"), xingzhou.INSTALLER
NOTICE = "请核对下列上报数，按期反馈。"
SILENT = NOTICE + "逾期未反馈的，视为无异议。"
TERMS = actions.Terms("2021年8月对数", ON, SILENT, 5, silence=True)


def county(code: str) -> "xingzhou.Actor":
    """Somebody of a unit."""
    return replace(xingzhou.actor("xianqu"), login=code, name=f"{code} 联络员", division=code)


def reported(code: str, indicator: str, value: str, unit: str, *counts: str) -> Measurement:
    """What a unit reported."""
    top, bottom = (Decimal(one) for one in counts) if counts else (None, None)
    return Measurement(
        indicator=indicator,
        on=ON,
        known=date(2021, 9, 6),
        value=Decimal(value),
        unit=unit,
        definition="演示口径（虚构）",
        standing=Standing.REPORTED,
        source=Source("8月报表（虚构）"),
        division=code,
        numerator=top,
        denominator=bottom,
    )


def held() -> list[Measurement]:
    """Three figures of each of 17 units: 2 of 100 classes, 100 places, 80 of 100 children; the first has 10 times the classes."""
    first = [reported(CODES[0], LARGE, "5", "%", "50", "1000")]
    rest = [reported(code, LARGE, "2", "%", "2", "100") for code in CODES[1:]]
    places = [reported(code, PLACES, "100", "个") for code in CODES]
    shares = [reported(code, SHARE, "80", "%", "80", "100") for code in CODES]
    return [*first, *rest, *places, *shares]


def opened(edition: Edition, terms: actions.Terms = TERMS) -> Round:
    """A round of all of it, in draft."""
    add_figures(INSTALLER, edition.city, held())
    return actions.open_round(DUCHA, edition, terms, ASKED, (), date(2021, 9, 14))


def grown(city: City) -> City:
    """The city of the other tests with 17 units."""
    city.divisions.all().delete()
    for place, unit in enumerate(UNITS):
        city.divisions.create(code=unit.code, name=unit.name, kind=unit.kind, place=place)
    return city


def sent(edition: Edition, terms: actions.Terms = TERMS) -> Round:
    """The same, sent on a Wednesday."""
    of = opened(edition, terms)
    return actions.send(DUCHA, of.pk, of.version, SENT, national())


def filled(of: Round, code: str, cells: dict[int, dict[str, str]]) -> bytes:
    """The sheet of a unit as it comes back: typed into by label of the column, by number of the line."""
    sheet = Sheet.objects.get(round=of, division=code)
    book = openpyxl.load_workbook(io.BytesIO(printed(sheet, of, NAMES[CODES.index(code)])))
    page = book.worksheets[0]
    top = next(row for row in range(1, 12) if page.cell(row, 2).value == "序号")
    at = {page.cell(top, place).value: place for place in range(1, page.max_column + 1)}
    for number, typed in cells.items():
        row = next(one for one in range(top + 1, page.max_row + 1) if page.cell(one, 1).value == str(number))
        for label, words in typed.items():
            cell = page.cell(row, at[label])
            cell.value, cell.data_type = words, "s"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def brought(
    of: Round, content: bytes, name: str = "核对表.xlsx", on: date = date(2021, 9, 17)
) -> "actions.answering.Reply":  # type: ignore[name-defined]
    """A file brought to the drop page of a round."""
    told = read_handback(content, name, COLUMNS)
    return actions.take_back(DUCHA, of.pk, name, content, told, "", on)


def line(of: Round, code: str, indicator: str = LARGE) -> Line:
    """One line as it stands now."""
    return Line.objects.get(round=of, division=code, indicator=indicator)


def again(of: Round) -> Round:
    """The round as it stands now."""
    return Round.objects.select_related("edition", "edition__city").get(pk=of.pk)
