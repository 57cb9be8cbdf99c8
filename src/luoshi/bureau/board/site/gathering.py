"""What the site tells, gathered once: approved texts, public figures, publications. Nothing that nobody approved is asked for at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from django.utils import timezone

from luoshi.bureau.board import answering, open_data
from luoshi.bureau.board.open_data import PublicLine, Reader
from luoshi.bureau.indicators.open_series import Asked, catalogue
from luoshi.bureau.ledger import queries as ledger
from luoshi.bureau.notices import queries as notices
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.models import City
from luoshi.bureau.plans import queries as plans
from luoshi.bureau.publications import queries as publications
from luoshi.bureau.publications.known import known
from luoshi.bureau.publications.listed import expanded
from luoshi.publishing.declaring import OfRegister, OfRoster
from luoshi.publishing.nouns import Edition, Publication, Table
from luoshi.publishing.opening import Collection, Licence
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding


@dataclass(frozen=True, slots=True)
class School:
    """One institution as the published roster tells it."""

    code: str
    name: str
    county: str
    township: str
    kind: str
    run_by: str
    host: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A published table that names somebody."""

    publication: Publication
    table: Table
    row: Sequence[str]


class Told:
    """What everybody may read of a city on a day."""

    def __init__(self, city: City, on: date, base: str = "", licence: Licence | None = None) -> None:
        """Nothing is asked yet.

        Args:
            city: whose public page is open.
            on: the day the site is made; it stands on every page, so that the same day makes the same bytes.
            base: the address the site will have, with its last stroke; empty where nobody knows yet.
            licence: under which terms the figures may be used; the bureau says so.

        Raises:
            RefusedError: the bureau keeps its public page switched off.
        """
        if not city.public:
            what, rule = "公开页没有打开", "公开网站只登载公开页上的内容，由本局决定是否打开"
            raise RefusedError(Finding("公开网站", what, rule, "请由督查室在“公开稿”页打开公开页，再运行一次"))
        self.city, self.on, self.base, self.licence = city, on, base, licence

    @cached_property
    def texts(self) -> list[Notice]:
        """公开稿, the newest first."""
        return notices.shown(self.city)

    @cached_property
    def publications(self) -> list[Publication]:
        """Everything published, the newest first."""
        return publications.public(self.city)

    @cached_property
    def figures(self) -> Collection:
        """The public series, small counts withheld."""
        told = open_data.collection(self.city, Reader(), Asked(tuple(catalogue())), self.licence)
        zone = timezone.get_current_timezone()
        return replace(told, made=datetime.combine(self.on, time(), zone))

    @cached_property
    def lists(self) -> list[tuple[Publication, Edition, Table]]:
        """Of each register the newest published table."""
        newest = self._newest()
        return [
            (one, one.now, table)
            for one in newest.values()
            for asked in expanded(known()[one.kind].tables)
            if isinstance(asked, OfRegister)
            for table in one.now.content.tables
            if table.key == asked.key
        ]

    def _newest(self) -> Mapping[str, Publication]:
        """By sort the newest publication that stands."""
        told = dict[str, Publication]()
        for one in self.publications:
            if not one.withdrawn and one.kind in known():
                told.setdefault(one.kind, one)
        return told

    @cached_property
    def roster(self) -> Publication | None:
        """The newest roster of institutions; None where none was published."""
        for one in self._newest().values():
            if any(isinstance(asked, OfRoster) for asked in known()[one.kind].tables):
                return one
        return None

    @cached_property
    def schools(self) -> list[School]:
        """The institutions of that roster, by county and code."""
        tables = self.roster.now.content.tables if self.roster else ()
        return [School(*row[:7]) for table in tables for row in table.rows]

    @cached_property
    def mentions(self) -> Mapping[str, list[Mention]]:
        """By name what is published of it: lists it is on, results of checks; the roster itself is none."""
        told = dict[str, list[Mention]]()
        names = {one.name for one in self.schools}
        for one in self._newest().values():
            for table in one.now.content.tables if one is not self.roster else ():
                for row in table.rows:
                    for name in names.intersection(row):
                        told.setdefault(name, []).append(Mention(one, table, row))
        return told

    @cached_property
    def lines(self) -> list[PublicLine]:
        """Commitments as the approved texts tell them."""
        return open_data.public_lines(self.city)

    @cached_property
    def mechanisms(self) -> list[answering.Answer]:
        """Mechanisms of the plan of the newest approved text, with what runs for each; none without such a text."""
        if not self.texts:
            return []
        edition = plans.edition(self.texts[0].edition_id)
        if edition is None:
            return []
        rows, points = ledger.commitments(edition.pk), plans.headings(edition.pk)
        return answering.answered(plans.mechanisms(self.city), edition.text, points, rows)

    @property
    def note(self) -> dict[str, Any]:
        """What stands on every page."""
        return {
            "city": self.city.name,
            "bureau": self.city.bureau,
            "on": self.on.isoformat(),
            "imaginary": self.city.imaginary,
        }
