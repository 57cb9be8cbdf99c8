"""Which columns of which tables go to a county, and how a row travels. What is not listed here is never in a package.

What people write about an item as a whole (progress, trouble, notes) is left out: it may speak of other counties, and a county sees
its own answers. Telephones and names of contacts are left out everywhere.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, Model, QuerySet

from luoshi.bureau.agreements.models import Line, Round, Sheet
from luoshi.bureau.ledger.models import Breakdown, Commitment, Quote, Share, Target
from luoshi.bureau.people.models import City, Division, Institution, Office, SpecialDay, Succession
from luoshi.bureau.plans.models import Edition, Point, Proposal, TargetColumns
from luoshi.bureau.reports.models import Call, Period
from luoshi.bureau.returns.models import Window


@dataclass(frozen=True, slots=True)
class Table:
    """One model whose rows keep their numbers in a county's house, so that both houses speak of the same row."""

    model: type[Model]
    columns: tuple[str, ...]
    """Names of columns; of foreign keys with `_id`."""

    @property
    def name(self) -> str:
        """As it stands in a package: people.City."""
        return self.model._meta.label  # noqa: SLF001 -- Django documents it under this name

    def field(self, column: str) -> "Field[Any, Any]":
        """The column."""
        return self.model._meta.get_field(column.removesuffix("_id"))  # type: ignore[return-value]  # noqa: SLF001


_TARGET = tuple(one.name for one in TargetColumns._meta.fields)  # noqa: SLF001
_FIGURES = tuple(f"{of}_{part}" for of in ("reported", "verified", "published") for part in ("value", "numerator", "denominator"))  # fmt: skip
_UNIT = ("code", "name", "kind", "begun", "until", "longitude", "latitude")

TABLES = (
    Table(City, ("key", "name", "bureau", "imaginary", "opens", "begun")),
    Table(SpecialDay, ("city_id", "day", "works", "name")),
    Table(Office, ("city_id", "code", "name", "leader", "place")),
    Table(Division, ("city_id", *_UNIT, "place", "level", "parent", "county", "row", "column")),
    Table(Institution, ("city_id", *_UNIT, "operator", "county", "township", "host")),
    Table(Succession, ("city_id", "of_schools", "level", "before", "after", "on", "how")),
    Table(Edition, ("city_id", "title", "issuer", "year", "begun", "until", "text", "digest", "file_name", "file_digest", "form",
                    "kind", "document_number", "dated", "audience", "imaginary")),
    Table(Point, ("edition_id", "number", "title", "section", "section_title", "start", "end", "place")),
    Table(Proposal, ("edition_id", "point_id", "number", "place", "sentence_start", "sentence_end", "start", "end", "clause",
                     "action", "subject", "kind", "strength", "decision", "lead")),
    Table(Breakdown, ("edition_id", "place", "stage", "document_number", "issued_on")),
    Table(Commitment, ("edition_id", "point_id", "number", "place", "title", "kind", "strength", "scope", "divisions", "lead",
                       "leader", "begun", "due", "due_words", "audience", "breakdown_id", "source_number", "judged",
                       "judged_on", "closed_on", "words")),
    Table(Quote, ("commitment_id", "proposal_id", "sentence_start", "sentence_end", "start", "end", "text")),
    Table(Target, ("commitment_id", *_TARGET)),
    Table(Share, ("target_id", "division", "value", "due", "words", "place", "void", "by")),
    Table(Period, ("edition_id", "on", "reply_by", "opened_by", "closed_at")),
    Table(Call, ("period_id", "commitment_id", "office", "division", "why")),
    Table(Round, ("edition_id", "title", "on", "notice", "silence", "days", "opened", "sent", "reply_by", "closed", "stage", "by")),
    Table(Line, ("round_id", "number", "place", "indicator", "division", "lead", "unit", "definition", "on", "reported_by",
                 *_FIGURES, "state", "reason", "verified_by", "verified_on", "published_in", "published_on")),
    Table(Sheet, ("round_id", "division", "code", "rows")),
    Table(Window, ("city_id", "title", "returns", "period", "definition", "basis", "layout_year", "owers", "kinds", "due_school",
                   "due_county", "due_city", "office", "readers", "stage", "opened", "closed", "locked", "by")),
)  # fmt: skip
"""In the order in which rows can be written: what is pointed at stands before what points."""


SUMS = (
    *("target_id", "on", "definition", "unit", "about", "reported", "numerator", "denominator"),
    *("verified", "verified_by", "verified_why", "published", "published_in"),
)
"""Columns of a figure of an answer that lies with the city."""


def plain(value: object) -> object:
    """A value as JSON keeps it: dates, moments and decimals as text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def sent(table: Table, found: "QuerySet[Any]") -> list[dict[str, Any]]:
    """Rows as they travel, each with its number: one query."""
    rows = found.order_by("pk").values("pk", *table.columns)
    return [{name: plain(value) for name, value in row.items()} for row in rows]


def typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of a row that came, as Python has them."""
    told = {}
    for column in table.columns:
        value = row[column]
        told[column] = value if column.endswith("_id") else table.field(column).to_python(value)
    return told


def numbers(rows: Iterable[Mapping[str, Any]], column: str = "pk") -> set[int]:
    """The numbers in a column."""
    return {row[column] for row in rows if row[column] is not None}


def only(codes: Sequence[str], own: frozenset[str]) -> list[str]:
    """Of codes of divisions a county's own."""
    return [one for one in codes if one in own]
