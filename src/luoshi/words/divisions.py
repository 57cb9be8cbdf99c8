"""Cities, counties, districts: the tree that figures are summed along."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Division:
    """One unit of the tree 市 → 县(市、区) → 乡镇/街道, also 市直 and functional zones. Codes by GB/T 2260."""

    code: str
    name: str
    kind: str
    """city, county (县), city_county (县级市), district (区), zone (功能区, no GB/T 2260 code) or direct (市直)."""
    parent: str = ""
    doubt: str = ""
    begun: date | None = None
    until: date | None = None
    successor: str = ""
    row: int | None = None
    """Its place on the tile map, rows from 1 at the north; None where the city's folder gives none."""
    column: int | None = None
    """Columns from 1 at the west."""
