"""Code lists of the SDMX files: ids of plain letters for what pages say in Chinese."""

from collections.abc import Mapping

from luoshi.publishing.opening.figures import STANDINGS, Collection, OpenFigure
from luoshi.publishing.structures import Codes, SdmxCode
from luoshi.words.provenance import digest

DEFINITIONS = "DEFINITION"
_UNITS: Mapping[str, str] = {
    "%": "PT",
    "‰": "PT_1000",
    "人": "PS",
    "人次": "PS_TIMES",
    "元": "CNY",
    "平方米": "M2",
    "个": "NR",
    "所": "NR_SCHOOL",
    "家": "NR_FIRM",
    "项": "NR_ITEM",
    "间": "NR_ROOM",
    "台": "NR_SET",
    "册": "NR_VOLUME",
    "套": "NR_DWELLING",
    "小时/天": "H_DAY",
    "": "PURE_NUMB",
}
"""Ids of SDMX's own list where it has one; counted things are told apart by what is counted."""
_STATUS: Mapping[str, str] = {"A": "正常", "E": "约数", "U": "存疑", "M": "无数据", "Q": "人数过少，不公布"}
"""Ids of SDMX's CL_OBS_STATUS."""
_FREQ: Mapping[str, str] = {"A": "年", "D": "日"}


def code_of_unit(unit: str) -> str:
    """A unit's id; one that is not listed gets an id of its own from its name."""
    return _UNITS.get(unit) or f"U_{digest(unit.encode())[:8].upper()}"


def code_of_definition(words: str) -> str:
    """A 口径's id, from its words."""
    return f"D_{digest(words.encode())[:8].upper()}"


def status_of(one: OpenFigure) -> str:
    """What SDMX calls the state of an observation; the gravest when several hold."""
    if one.withheld:
        return "Q"
    if not one.value:
        return "M"
    if one.doubt:
        return "U"
    return "E" if one.about else "A"


def codes(told: Collection) -> list[Codes]:
    """Every code list, each with the codes these figures use, in the order they are listed."""
    divisions = tuple(SdmxCode(one.code, one.name) for one in told.divisions)
    indicators = tuple(SdmxCode(one.key, one.label) for one in told.indicators)
    standings = tuple(SdmxCode(key.upper(), label) for key, label in STANDINGS.items())
    definitions = dict.fromkeys(one.definition for one in told.figures)
    units = dict.fromkeys(one.unit for one in told.figures)
    return [
        Codes("FREQ", _listed(_FREQ)),
        Codes("REF_AREA", divisions),
        Codes("INDICATOR", indicators),
        Codes("STANDING", standings),
        Codes(DEFINITIONS, tuple(SdmxCode(code_of_definition(one), one or "未说明") for one in definitions)),
        Codes("UNIT_MEASURE", tuple(SdmxCode(code_of_unit(one), one or "无单位") for one in units)),
        Codes("OBS_STATUS", _listed(_STATUS)),
    ]


def _listed(of: Mapping[str, str]) -> tuple[SdmxCode, ...]:
    return tuple(SdmxCode(key, label) for key, label in of.items())
