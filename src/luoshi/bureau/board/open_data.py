"""公开数据: what is told whom of figures, divisions and commitments; the same for files, pages and the API."""

from dataclasses import dataclass

from django.utils import timezone

from luoshi.bureau.indicators.open_series import Asked, catalogue, divisions, open_figures
from luoshi.bureau.indicators.queries import least_told
from luoshi.bureau.journal.actions import Actor
from luoshi.bureau.ledger.models import Quote, Target
from luoshi.bureau.notices import queries as notices
from luoshi.bureau.notices.models import Notice
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import refused
from luoshi.declared.parameters import SMALL_CELL
from luoshi.publishing.opening import Collection, Licence, OpenDivision, OpenFigure, withhold
from luoshi.words.parameters import shown


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks for figures. Whoever says nothing of himself is the public."""

    actor: Actor | None = None

    @property
    def public(self) -> bool:
        """Whether only what was approved for the public is told."""
        return self.actor is None or self.actor.role in {"school", "teacher"}

    @property
    def measured(self) -> bool:
        """Whether what was summed from rows is told: to whom 县区概览 is."""
        return self.actor is not None and refused(self.actor, "overview") is None


@dataclass(frozen=True, slots=True)
class PublicLine:
    """One commitment as an approved public text tells it."""

    notice: Notice
    heading: str
    number: str
    title: str
    words: tuple[str, ...]
    """The plan's own words, verbatim."""
    target: str
    state: str
    """Key of a spine.State, as it was when the text was drafted; empty when nobody had verified it."""
    figure: str
    source: str


def public_lines(city: City) -> list[PublicLine]:
    """What published texts say, the newest text first: two queries."""
    texts = notices.shown(city)
    quoted = dict[tuple[int, str], list[str]]()
    found = Quote.objects.filter(commitment__edition__in={one.edition_id for one in texts})
    for edition, number, words in found.values_list("commitment__edition_id", "commitment__number", "text"):
        quoted.setdefault((edition, number), []).append(words)
    return [
        PublicLine(
            notice,
            section["heading"],
            line["number"],
            line["title"],
            tuple(quoted.get((notice.edition_id, line["number"]), ())),
            line["target"],
            line["state"],
            line["figure"],
            line["source"],
        )
        for notice in texts
        for section in notice.sections
        for line in section["lines"]
    ]


def printed(city: City) -> frozenset[tuple[str, str, str, str]]:
    """Figures that published texts print, each with the indicators their commitments set a target on: two queries."""
    texts = notices.shown(city)
    asked = dict[tuple[int, str], set[str]]()
    found = Target.objects.filter(commitment__edition__in={one.edition_id for one in texts}).exclude(indicator=None)
    for edition, number, key in found.values_list("commitment__edition_id", "commitment__number", "indicator"):
        asked.setdefault((edition, number), set()).add(key)
    return frozenset(
        (key, day, words, source)
        for notice in texts
        for section in notice.sections
        for line in section["lines"]
        for told in line["figure"].split("；")
        if told
        for day, _, words in (told.partition(" "),)
        for source in line["source"].split("；")
        for key in asked.get((notice.edition_id, line["number"]), ())
    )


def figures(city: City, reader: Reader, wanted: Asked) -> list[OpenFigure]:
    """Figures this reader may have; small counts of persons are withheld from the public."""
    asked = Asked(
        wanted.keys,
        "" if reader.public else wanted.level,
        wanted.years,
        "" if reader.public else wanted.division,
        measured=reader.measured,
        only_public=reader.public,
        printed=printed(city) if reader.public else frozenset(),
    )
    told = open_figures(city, asked)
    if not reader.public:
        return told
    # What is withheld depends on all counties together, so it is decided before a county is picked out.
    kept = withhold(told, least_told(city.pk, timezone.localdate()))
    levels = (wanted.level,) if wanted.level else ("city", "county")
    return [one for one in kept if one.level in levels and wanted.division in {"", one.division}]


def collection(city: City, reader: Reader, wanted: Asked, licence: Licence | None = None) -> Collection:
    """Figures with what is needed to read them: the indicators and divisions they speak of."""
    told = figures(city, reader, wanted)
    declared, spoken = catalogue(), {one.indicator for one in told}
    listed = divisions(city)
    strange = {one.division: one for one in told if one.division not in {each.code for each in listed}}
    return Collection(
        key=city.key,
        title=f"{city.name}教育指标",
        publisher=city.bureau,
        description=_said(city, reader),
        made=timezone.localtime(),
        figures=tuple(told),
        indicators=tuple(declared[key] for key in sorted(spoken)),
        divisions=(*listed, *(_strange(one) for one in strange.values())),
        imaginary=city.imaginary,
        licence=licence,
    )


def _said(city: City, reader: Reader) -> str:
    if not reader.public:
        return f"{city.bureau}的指标值，各附口径、时点、来源和存疑；含内部数，不得公开"
    least = shown(least_told(city.pk, timezone.localdate()), SMALL_CELL.unit)
    return f"{city.bureau}的发布数和公开稿登载的数，各附口径、时点和来源；不足{least}的人数不公布"


def _strange(one: OpenFigure) -> OpenDivision:
    """A division that figures speak of and no list of ours names."""
    return OpenDivision(one.division, one.name, "")
