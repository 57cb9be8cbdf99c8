"""What is handed in: rows with the four names they are kept under, and where they were taken from."""

import os
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, islice

import polars as pl
import pyarrow as pa

from luoshi.keeping.entries import part_path, schema_path, source_said
from luoshi.keeping.partitions import Partition, made
from luoshi.keeping.refusing import refused
from luoshi.words.provenance import Source, digest

_FORMS = {
    "kind": (re.compile(r"[a-z][a-z0-9_.-]{0,79}"), "报表", "小写字母、数字、下划线、点和连字符，以字母开头"),
    "period": (re.compile(r"\d{4}(-[A-Za-z0-9]{1,12})?"), "报告期", "写成 2020 或 2020-09"),
    "division": (re.compile(r"\w[\w-]{0,39}"), "单位代码", "字母、数字、汉字和连字符，至多 40 个字"),
    "definition": (re.compile(r"\S(.{0,38}\S)?"), "口径", "至多 40 个字，如 年报、学籍、月报、督导"),
}


@dataclass(frozen=True, slots=True)
class Deposit:
    """Rows of one return, period and division under one 口径."""

    table: pa.Table | pl.DataFrame
    """Rows × columns, flat. Columns named as OWN must say what the fields here say; they are added where missing."""
    kind: str
    """Key of the return."""
    period: str
    """2020 or 2020-09."""
    division: str
    """Code of the division whose rows they are."""
    definition: str
    """口径."""
    source: Source | str
    """What they were taken from: a published place, the digest of a kept file, or words."""
    key: Sequence[str]
    """Columns that together name a row once."""

    @property
    def series(self) -> tuple[str, str, str, str]:
        """What it will be an edition of."""
        return (self.kind, self.period, self.division, self.definition)


@dataclass(frozen=True, slots=True)
class Ready:
    """A deposit as it will be kept: what its entry says, and its file."""

    series: tuple[str, str, str, str]
    record: dict[str, object]
    """The entry without act, moment, name and what it supersedes."""
    part: Partition

    @property
    def files(self) -> dict[str, bytes]:
        """Contents by path below the lake's folder."""
        kind, period, division, _ = self.series
        schema = self.part.schema.encode()
        return {
            part_path(kind, period, division, self.part.digest, sealed="seal" in self.record): self.part.content,
            schema_path(digest(schema)): schema,
        }


def ready(deposit: Deposit) -> Ready:
    """Make the file; nothing is written yet.

    Raises:
        RefusedError: a name, a column or the key is none that can be kept.
    """
    names = dict(zip(_FORMS, deposit.series, strict=True))
    _check_names(names)
    own = {name: said for name, said in names.items() if name != "kind"}
    part = made(deposit.table, own, deposit.key)
    told, words = source_said(deposit.source)
    record: dict[str, object] = {
        **names,
        "key": list(deposit.key),
        "source": told,
        "told": words,
        "rows": part.rows,
        "content": part.digest,
        "size": len(part.content),
        "schema": digest(part.schema.encode()),
        "total": part.total,
    }
    return Ready(deposit.series, record, part)


def ready_all(deposits: Iterable[Deposit]) -> list[Ready]:
    """Make the files of many, one on each processor; what takes time in it are libraries that let others run.

    Raises:
        RefusedError: as `ready`, of the first that cannot be kept.
    """
    rest = iter(deposits)
    told = list(islice(rest, 2))
    if len(told) < 2:  # noqa: PLR2004 -- one alone needs no crew
        return [ready(one) for one in told]
    with ThreadPoolExecutor(os.cpu_count()) as crew:
        waiting = [crew.submit(ready, one) for one in chain(told, rest)]
        return [one.result() for one in waiting]


def check_once(told: Sequence[Ready]) -> None:
    """One edition of each series at a time.

    Raises:
        RefusedError: two deposits have the same four names.
    """
    seen = set[tuple[str, str, str, str]]()
    for one in told:
        if one.series in seen:
            rule = "一次入库的各份，报表、报告期、单位和口径不能全同"
            raise refused(" ".join(one.series), "一次入库里有两份", rule, "请只留一份，或分两次入库")
        seen.add(one.series)


def check_key(one: Ready, before: Sequence[str]) -> None:
    """Refuse another key than that of the edition before."""
    key = one.record["key"]
    if list(before) != key:
        raise refused(
            " ".join(one.series),
            f"主键是“{'、'.join(map(str, key))}”，前一版是“{'、'.join(before)}”",  # type: ignore[call-overload]
            "同一份报表各版的主键相同，才能逐行比较",
            "请按前一版的主键入库",
        )


def _check_names(names: dict[str, str]) -> None:
    for name, (form, label, rule) in _FORMS.items():
        if not form.fullmatch(names[name]):
            raise refused(label, f"“{names[name]}”", f"{label}须为{rule}", f"请改正{label}，再入库一次")
