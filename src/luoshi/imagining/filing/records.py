"""What a made-up city reports, brought together by institution."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from luoshi.declared.returns import codes

Row = Mapping[str, Any]
_NAMED = {"preschool": "幼儿园", "primary": "小学", "junior": "初中", "senior": "普通高中"}


@dataclass(slots=True)
class Record:
    """One institution in one year; rows by stage where a return has stages."""

    register: Row
    kindergarten: Row = field(default_factory=dict)
    bands: dict[str, Row] = field(default_factory=dict)
    aid: dict[str, Row] = field(default_factory=dict)
    staff: dict[str, Row] = field(default_factory=dict)
    premises: Row = field(default_factory=dict)
    equipment: Row = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """办学类型 in words."""
        return codes.KINDS[str(self.register["kind"])]

    @property
    def founder(self) -> tuple[str, str]:
        """举办者类型 and its code; of a 公办性质园 a community."""
        if self.register["operator"] == "private":
            return "民办", "999"
        return ("集体", "893") if self.kindergarten.get("nature") == "quasi_public" else ("县级教育部门", "831")

    @property
    def stages(self) -> list[str]:
        """Stages that are taught."""
        return list(self.staff)


def records(frames: Mapping[str, pl.DataFrame]) -> list[Record]:
    """One for each row of the register, in its order.

    Args:
        frames: the returns of one year by their keys.
    """
    told = {str(row["school"]): Record(row) for row in frames["institutions"].iter_rows(named=True)}
    for key, name in (("kindergartens", "kindergarten"), ("premises", "premises"), ("equipment", "equipment")):
        for row in _rows(frames, key):
            setattr(told[str(row["school"])], name, row)
    for key, name in (("class_bands", "bands"), ("aid", "aid"), ("staff_counts", "staff")):
        for row in _rows(frames, key):
            getattr(told[str(row["school"])], name)[row["stage"]] = row
    return list(told.values())


def _rows(frames: Mapping[str, pl.DataFrame], key: str) -> Iterator[Row]:
    yield from frames[key].iter_rows(named=True)


def stage_named(stage: str) -> str:
    """A stage as the titles of tables call it."""
    return _NAMED.get(stage, codes.STAGES[stage])
