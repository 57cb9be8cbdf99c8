"""Destroying: what is said where rows were destroyed or cannot be, and one person taken out of all editions."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import polars as pl

from luoshi.keeping.deposits import Deposit
from luoshi.keeping.entries import OFFICE_TIME, Destruction, Edition
from luoshi.keeping.manifest import Manifest
from luoshi.keeping.partitions import EDITION
from luoshi.keeping.refusing import refused
from luoshi.words.errors import RefusedError

if TYPE_CHECKING:
    from luoshi.keeping.lake import Lake


@dataclass(frozen=True, slots=True)
class Act:
    """What a destruction follows from."""

    why: str
    """Which approval, in words."""
    at: datetime
    by: str
    """Name of who carries it out."""


def told_of(edition: Edition, destruction: Destruction) -> RefusedError:
    """Why the rows of an edition cannot be read any more."""
    on = destruction.at.astimezone(OFFICE_TIME)
    return refused(
        f"{edition.kind} {edition.period} {edition.division} 第 {edition.number} 版",
        f"已销毁：{on:%Y-%m-%d} {destruction.by}，{destruction.why}（入库清单第 {destruction.number} 条）",
        "销毁的明细不能恢复；行数、摘要和已算出的指标值保留",
        "请使用已算出的指标值；需要明细的，请重新报送",
    )


def refuse_destroyed(manifest: Manifest, editions: Iterable[Edition]) -> None:
    """Refuse to read what was destroyed.

    Raises:
        RefusedError: one of them was.
    """
    for edition in editions:
        destruction = manifest.destroyed(edition.number)
        if destruction is not None:
            raise told_of(edition, destruction)


def refuse_unsealed(manifest: Manifest, numbers: Iterable[int]) -> None:
    """Refuse to destroy what lies in the clear: no key could be taken away.

    Raises:
        RefusedError: one of the editions is not sealed.
    """
    for number in numbers:
        edition, merged = manifest.edition(number), manifest.merged(number)
        if not (merged.seal if merged else edition.seal):
            rule = "只有加密的分区可以销毁"
            raise refused(f"第 {number} 版", "没有加密", rule, "请先合并这个报告期（合并时加密），再销毁")


def erase(lake: "Lake", kind: str, column: str, values: Collection[object], act: Act) -> list[Edition]:
    """Take persons out of every edition that can be read: where it counts an edition without them follows, then it is destroyed.

    Asked again after a crash it goes on.

    Args:
        lake: where the rows lie.
        kind: key of the return.
        column: that names a person.
        values: of the persons who go.
        act: why, when and by whom.

    Returns:
        The editions that were destroyed.
    """
    found, counting = list[Edition](), {one.number for one in lake.counting()}
    for edition in [one for one in lake.all_editions() if one.kind == kind and not lake.destroyed(one.number)]:
        rows = lake.rows_of(edition).collect()
        left = rows.filter(~pl.col(column).is_in(list(values))).drop(EDITION)
        if left.height == rows.height:
            continue
        found.append(edition)
        if edition.number in counting:
            names = (edition.kind, edition.period, edition.division, edition.definition)
            lake.deposit_all([Deposit(left, *names, edition.source, edition.key)], at=act.at, by=act.by)
    lake.destroy([one.number for one in found], why=act.why, at=act.at, by=act.by)
    return found
