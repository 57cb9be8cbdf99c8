"""Boundaries a bureau has approved: GeoJSON with the number of the map's approval, made small enough to be drawn.

No boundary is shipped with the house. 测绘法 and 地图管理条例 want a map that is shown to carry its 审图号, so none is drawn without.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from luoshi.words.divisions import plain_code
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

LARGEST = 20 << 20
WIDTH = 640
"""Units of the drawing from west to east."""
_NUMBER = re.compile(r"(?:GS[一-鿿]?|[一-鿿]{1,3}S)[(（\[〔]\d{4}年?[)）\]〕]\d{1,5}号?")
_CODES = ("code6", "code", "adcode", "区划代码", "代码", "county_code")
_NAMES = ("name", "名称", "NAME")
_FINE = 0.6
"""A point that lies nearer than this to the line between its neighbours is left out, in units of the drawing."""

Ring = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Outlines to draw."""

    number: str
    """审图号."""
    height: int
    shapes: tuple[tuple[str, str, tuple[tuple[tuple[float, float], ...], ...]], ...]
    """Code, name and rings of each, in units of the drawing, y downwards."""


def read_boundaries(content: bytes, number: str, codes: Mapping[str, str]) -> Boundaries:
    """Outlines of counties.

    Args:
        content: GeoJSON of Polygons or MultiPolygons.
        number: 审图号.
        codes: counties by name.

    Raises:
        RefusedError: no 审图号, not such a file, or an outline of nobody.
    """
    number = number.strip()
    if not _NUMBER.fullmatch(number):
        rule = "公开展示的地图须有审图号（《地图管理条例》）"
        raise RefusedError(
            Finding("审图号", f"“{number[:40]}”不是审图号", rule, "请写成 豫S(2020年)001号 或 GS(2020)4619号")
        )
    found = [(*_named(one, codes, at), _rings(one, at)) for at, one in enumerate(_features(content), 1)]
    east = [x for *_, rings in found for ring in rings for x, _ in ring]
    north = [y for *_, rings in found for ring in rings for _, y in ring]
    if not east or max(east) - min(east) < 1e-6 or max(north) - min(north) < 1e-6:  # noqa: PLR2004  # a centimetre
        raise RefusedError(Finding("边界文件", "没有面", "须有各县(市、区)的面", "请选对文件"))
    left, top = min(east), max(north)
    narrow = cos(radians((top + min(north)) / 2))
    scale = WIDTH / ((max(east) - left) * narrow)
    shapes = tuple(
        (
            code,
            name,
            tuple(
                tuple(simplified([((x - left) * narrow * scale, (top - y) * scale) for x, y in ring])) for ring in rings
            ),
        )
        for code, name, rings in found
    )
    return Boundaries(number, round((top - min(north)) * scale), shapes)


def _features(content: bytes) -> list[Any]:
    try:
        told = json.loads(content.decode("utf-8-sig")) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        told = None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        what = f"不是 GeoJSON，或大于 {LARGEST >> 20} MB"
        raise RefusedError(
            Finding("边界文件", what, "须为 GeoJSON 的 FeatureCollection", "请用地图软件导出 GeoJSON（UTF-8）")
        )
    return features


def _named(one: Any, codes: Mapping[str, str], at: int) -> tuple[str, str]:
    told = one.get("properties") if isinstance(one, dict) else None
    told = told if isinstance(told, dict) else {}
    name = next((str(told[key]) for key in _NAMES if told.get(key)), "")
    code = next((plain_code(str(told[key])) for key in _CODES if told.get(key)), "")
    code = code if code in codes.values() else codes.get(name, "")
    if not code:
        remedy = f"属性里写 {_CODES[0]}（区划代码）或 {_NAMES[0]}（名称）"
        raise RefusedError(
            Finding(f"边界文件 第{at}个面", f"“{name}”不在区划名册中", "每个面是一个登记的县(市、区)", remedy)
        )
    return code, name


def _rings(one: Any, at: int) -> list[Ring]:
    told = one.get("geometry") if isinstance(one, dict) else None
    kind, places = (told.get("type"), told.get("coordinates")) if isinstance(told, dict) else ("", None)
    try:
        polygons: Any = {"Polygon": [places], "MultiPolygon": places}[str(kind)]
        rings = [[(float(x), float(y)) for x, y, *_ in ring] for polygon in polygons for ring in polygon]
        if all(abs(x) <= 180 and abs(y) <= 90 for ring in rings for x, y in ring):  # noqa: PLR2004  # degrees
            return rings
    except (KeyError, TypeError, ValueError):
        pass
    remedy = "请导出为经纬度的 Polygon 或 MultiPolygon"
    raise RefusedError(
        Finding(f"边界文件 第{at}个面", "不是经纬度的面", "须为 Polygon 或 MultiPolygon，经纬度", remedy)
    )


def simplified(ring: Sequence[tuple[float, float]], fine: float = _FINE) -> Ring:
    """A ring without the points nobody would see: Douglas and Peucker, without recursion."""
    keep = [False] * len(ring)
    todo = [(0, len(ring) - 1)] if ring else []
    for end in (0, len(ring) - 1) if ring else ():
        keep[end] = True
    if len(ring) > 2 and ring[0] == ring[-1]:  # noqa: PLR2004  # a closed ring has no line to measure from: cut it at its farthest point
        far = max(range(len(ring)), key=lambda at: hypot(ring[at][0] - ring[0][0], ring[at][1] - ring[0][1]))
        keep[far], todo = True, [(0, far), (far, len(ring) - 1)]
    while todo:
        first, last = todo.pop()
        at, apart = max(_apart(ring, first, last), key=lambda pair: pair[1], default=(0, 0.0))
        if apart > fine:
            keep[at] = True
            todo += [(first, at), (at, last)]
    return [(round(x, 1), round(y, 1)) for (x, y), kept in zip(ring, keep, strict=True) if kept]


def _apart(ring: Sequence[tuple[float, float]], first: int, last: int) -> Iterator[tuple[int, float]]:
    (x, y), (to_x, to_y) = ring[first], ring[last]
    long = hypot(to_x - x, to_y - y)
    for at in range(first + 1, last):
        px, py = ring[at]
        yield at, abs((to_x - x) * (y - py) - (x - px) * (to_y - y)) / long if long else hypot(px - x, py - y)
