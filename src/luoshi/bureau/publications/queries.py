"""Publications asked for: lists for the desk, what the public may read, and what is owed by a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from luoshi.bureau.cases.models import Case
from luoshi.bureau.indicators.models import Measuring
from luoshi.bureau.indicators.parameters.queries import own_rows, values_on
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.people.models import City, Person
from luoshi.bureau.people.queries import calendar_of
from luoshi.bureau.people.rights import sees
from luoshi.bureau.publications.known import known, offices_of
from luoshi.bureau.publications.listed import untold
from luoshi.bureau.publications.models import Publication
from luoshi.publishing import nouns
from luoshi.publishing.declaring import Kind, OfCases, OfMeasures, OfPoints, Since, period_of, span_of
from luoshi.tracking.dues import Due, DueKind
from luoshi.words.calendars import Calendar

_STAGE = Publication.Stage
_HEAVY = ("content", "changes", "left_out")


def number_of(row: Publication) -> str:
    """As it is cited; empty until it is out."""
    stem = "公布" if row.audience == "public" else f"{row.get_audience_display()}通报"
    return f"{stem}〔{row.year}〕{row.serial}号" if row.serial else ""


def key_of(row: Publication) -> str:
    """What it is called in addresses and file names: 2021-3; the same for all its editions."""
    return f"{row.year}-{row.serial}"


def desk(actor: Actor, city: City) -> list[Publication]:
    """All editions somebody may see, without what is in them, the newest first: one query."""
    rows = Publication.objects.filter(city=city, audience__in=sees(actor)).defer(*_HEAVY)
    return list(rows.order_by("-pk"))


def publication(actor: Actor, number: int) -> Publication | None:
    """One edition somebody may see, with its city and what it corrects."""
    rows = Publication.objects.select_related("city", "corrects", "scan")
    return rows.filter(pk=number, audience__in=sees(actor)).first()


def editions_of(row: Publication) -> list[Publication]:
    """Every edition under its number that is out, the first first; itself alone before it is: one query."""
    if row.serial is None:
        return [row]
    rows = Publication.objects.filter(city=row.city_id, year=row.year, audience=row.audience, serial=row.serial)
    return list(rows.filter(stage__in=[_STAGE.PUBLISHED, _STAGE.WITHDRAWN]).order_by("edition"))


def words_of(row: Publication) -> Iterator[str]:
    """All words and numbers of what would be read."""
    content = nouns.content_of(row.content)
    yield from (content.title, *content.text, content.basis, content.doubt)
    for table in content.tables:
        yield from (table.title, table.note, *(cell for line in table.rows for cell in line))


def public(city: City) -> list[nouns.Publication]:
    """What everybody may read, the newest first: published or withdrawn in the open, each edition as it was approved. One query."""
    rows = Publication.objects.filter(
        city=city, audience="public", stage__in=[_STAGE.PUBLISHED, _STAGE.WITHDRAWN], serial__isnull=False
    ).order_by("-year", "-serial", "edition")
    by_key = dict[str, list[Publication]]()
    for row in rows:
        by_key.setdefault(key_of(row), []).append(row)
    return [one for editions in by_key.values() if (one := _whole(city, editions))]


def public_one(city: City, year: int, serial: int) -> nouns.Publication | None:
    """One that everybody may read, by its number: one query."""
    rows = Publication.objects.filter(city=city, year=year, serial=serial, audience="public").order_by("edition")
    return _whole(city, list(rows.filter(stage__in=[_STAGE.PUBLISHED, _STAGE.WITHDRAWN])))


def _whole(city: City, rows: list[Publication]) -> nouns.Publication | None:
    """The editions of one number; one whose content is not what was approved is left out."""
    whole = [row for row in rows if nouns.digest_of(row.content) == row.digest]
    return as_readers_have_it(city, whole) if whole else None


def as_readers_have_it(city: City, rows: Sequence[Publication]) -> nouns.Publication:
    """The editions of one number, the first first, as a publication."""
    last = rows[-1]
    gone = last.stage == _STAGE.WITHDRAWN
    return nouns.Publication(
        key=key_of(last),
        number=last.doc_no or number_of(last),
        kind=last.kind,
        kind_label=known()[last.kind].label if last.kind in known() else last.kind,
        city=city.key,
        publisher=city.bureau,
        editions=tuple(edition_of(row) for row in rows),
        imaginary=city.imaginary,
        withdrawn=last.withdrawn_on.isoformat() if gone and last.withdrawn_on else "",
        reason=last.why_withdrawn if gone else "",
    )


def edition_of(row: Publication) -> nouns.Edition:
    """One edition as readers have it."""
    return nouns.Edition(
        number=row.edition,
        published=row.published_on.isoformat() if row.published_on else "",
        content=nouns.content_of(row.content),
        reason=row.reason,
        changes=tuple(nouns.Change(**one) for one in row.changes),
    )


@dataclass(frozen=True, slots=True)
class Owed:
    """What has to be public by a day and is not."""

    kind: Kind
    period: str
    """Empty for cases."""
    many: int
    """Cases that wait; 0 for a period."""
    on: date
    """The last day."""
    office: str

    @property
    def what(self) -> str:
        """In one line."""
        return f"{self.kind.label}：{self.many}件待公开" if self.many else f"{self.kind.label}：{self.period}"


def owed(city: City, on: date) -> list[Owed]:
    """What is not public yet of all that is held and has a day, the first day first: some eight queries."""
    clocks = [one for one in known().values() if one.due]
    if not clocks:
        return []
    calendar, offices, values = calendar_of(city), offices_of(city), values_on(on, own_rows(city.pk))
    published = Publication.objects.filter(city=city, kind__in=[one.key for one in clocks], stage=_STAGE.PUBLISHED)
    out = set(published.values_list("kind", "period"))
    told = list[Owed]()
    for kind in clocks:
        if kind.due is None:
            continue
        many, period = int(values[kind.due.days.key]), period_of(kind.every, on)
        if kind.due.since is Since.CASE:
            told += _cases(city, kind, many, calendar, offices[kind.key])
        elif (kind.key, period) not in out and _held(city, kind, period):
            last = span_of(kind.every, period)[1]
            told.append(Owed(kind, period, 0, kind.due.last(last, many, calendar), offices[kind.key]))
    return sorted(told, key=lambda one: (one.on, one.kind.key))


def _cases(city: City, kind: Kind, many: int, calendar: Calendar, office: str) -> Iterator[Owed]:
    for asked in kind.tables:
        if isinstance(asked, OfCases) and kind.due:
            ended = untold(city, asked.procedure).values_list("ended_on").annotate(Count("pk")).order_by("ended_on")
            for day, waiting in ended:
                yield Owed(kind, "", waiting, kind.due.last(day, many, calendar), office)


def _held(city: City, kind: Kind, period: str) -> bool:
    """Whether anything is held that it would be made of: nobody owes what the house does not know."""
    first, last = span_of(kind.every, period)
    for asked in kind.tables:
        if isinstance(asked, OfMeasures) and Measuring.objects.filter(city=city, year=first.year).exists():
            return True
        if isinstance(asked, OfPoints):
            ended = Case.objects.filter(city=city, procedure=asked.procedure, decided=True)
            return ended.filter(ended_on__gte=first, ended_on__lte=last).exists()
    return False


def publications_owed(city: City, on: date) -> Iterator[Due]:
    """The same for digests and calendars, told to the office whose duties name it, else to 督查室."""
    waiting = owed(city, on)
    if not waiting:
        return
    people = Person.objects.filter(is_active=True, role="supervisor").order_by("username")
    logins = tuple(people.values_list("username", flat=True))
    for one in waiting:
        key = one.period or one.on.isoformat()
        yield Due(
            f"publication/{one.kind.key}/{key}",
            DueKind.REPORT,
            f"公布{one.what}",
            one.on,
            one.office,
            people=() if one.office else logins,
            link="/publications/",
        )
