"""Series as SDMX-CSV 2.0 and the structure it names.

Of one key only the figure known last is told: SDMX knows one value an observation.
"""

from collections.abc import Iterable, Mapping, Sequence

from luoshi.publishing.opening.codes import (
    DEFINITIONS,
    code_of_definition,
    code_of_unit,
    codes,
    status_of,
)
from luoshi.publishing.opening.figures import Collection, OpenFigure
from luoshi.publishing.structures import Structure, message, observations

_DAY = 10
"""Characters of a day."""
DIMENSIONS = ("FREQ", "REF_AREA", "INDICATOR", "STANDING", "DEFINITION")
MEASURES = ("OBS_VALUE",)
ATTRIBUTES = ("NUMERATOR", "DENOMINATOR", "UNIT_MEASURE", "OBS_STATUS", "COMMENT", "SOURCE")
_NAMES: Mapping[str, str] = {
    "FREQ": "频度",
    "REF_AREA": "单位",
    "INDICATOR": "指标",
    "STANDING": "性质",
    DEFINITIONS: "口径",
    "TIME_PERIOD": "时期",
    "OBS_VALUE": "指标值",
    "NUMERATOR": "分子",
    "DENOMINATOR": "分母",
    "UNIT_MEASURE": "计量单位",
    "OBS_STATUS": "数的状况",
    "COMMENT": "说明",
    "SOURCE": "来源",
}


def sdmx(told: Collection) -> dict[str, bytes]:
    """Files by name: the observations and their structure."""
    return {"figures.sdmx.csv": sdmx_csv(told), "structure.json": sdmx_structure(told)}


def sdmx_csv(told: Collection) -> bytes:
    """Observations, one a line."""
    return observations(_structure(told), (_observation(one, told.note) for one in _last(told.figures)))


def sdmx_structure(told: Collection) -> bytes:
    """Concepts, code lists, the data structure and the dataflow, as one SDMX-JSON structure message."""
    return message(_structure(told))


def agency(key: str) -> str:
    """Who keeps the structure: the city's name in capitals."""
    return f"{key.upper().replace('-', '_')}_EDU"


def _structure(told: Collection) -> Structure:
    return Structure(
        keeper=agency(told.key),
        publisher=told.publisher,
        stem="INDICATORS",
        title="　".join(one for one in (told.title, told.note) if one),
        label="指标值",
        names=_NAMES,
        dimensions=DIMENSIONS,
        measures=MEASURES,
        attributes=ATTRIBUTES,
        lists=tuple(codes(told)),
        decimals=frozenset({"OBS_VALUE", "NUMERATOR", "DENOMINATOR"}),
        prepared=told.made.isoformat(timespec="seconds"),
        message=f"{told.key}-structure",
        test=told.imaginary,
    )


def _last(figures: Iterable[OpenFigure]) -> list[OpenFigure]:
    """Of figures with the same key the one known last."""
    kept = dict[tuple[str, ...], OpenFigure]()
    for one in figures:
        key = _key(one)
        if key not in kept or (kept[key].known, kept[key].version) < (one.known, one.version):
            kept[key] = one
    return list(kept.values())


def _key(one: OpenFigure) -> tuple[str, ...]:
    yearly = one.standing == "measured"
    period = str(one.period) if yearly or len(one.on) != _DAY else one.on
    codes_of = (one.division, one.indicator, one.standing.upper(), code_of_definition(one.definition))
    return ("A" if len(period) < _DAY else "D", *codes_of, period)


def _observation(one: OpenFigure, note: str) -> Sequence[str]:
    said = "；".join(words for words in (note, one.doubt, one.shown if one.withheld else "") if words)
    return (
        *(*_key(one), one.value, one.numerator, one.denominator),
        *(code_of_unit(one.unit), status_of(one), said, one.source),
    )
