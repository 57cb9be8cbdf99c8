"""The whole site, file by file: its sections, its first page, and what machines read of it."""

from collections.abc import Callable, Iterator
from importlib.resources import files as package_files

from django.utils.translation import gettext as _
from django.utils.translation import override

from luoshi.bureau.board import publication_told as told_of
from luoshi.bureau.board.site.gathering import Told
from luoshi.bureau.board.site.rendering import Pen
from luoshi.bureau.board.site.sections import SECTIONS, File, address_of
from luoshi.publishing.cataloguing import Dataset, Distribution, catalog
from luoshi.publishing.feeding import Entry, atom, sitemap
from luoshi.publishing.nouns import Publication
from luoshi.publishing.opening import MADE_UP, data_package
from luoshi.publishing.opening.catalogue import dataset
from luoshi.publishing.packaging import json_of
from luoshi.publishing.searching import Page, index

Say = Callable[[str], None]
_STATIC = package_files("luoshi.bureau.board") / "static" / "luoshi"
_STYLE = ("ledger.css", "site.css", "seal.svg", "search.js")
SUMS = "SHA256SUMS"
"""The list of digests; by it a folder is known as a site that may be replaced."""
_SOME = 500
"""So many files apart progress is told."""


def rooms() -> dict[str, str]:
    """The menu."""
    return {
        _("工作进展"): "items/index.html",
        _("公布栏"): "publications/index.html",
        _("指标"): "indicators/index.html",
        _("名单"): "lists/index.html",
        _("学校"): "schools/index.html",
        _("机制对照"): "mechanisms/index.html",
        _("数据与核对"): "about/index.html",
    }


def site(told: Told, say: Say) -> Iterator[File]:
    """Every file but the list of digests; the same day and database make the same files in the same order."""
    with override("zh-hans"):
        pen, made = Pen(told.note, rooms()), 0
        for label, section in SECTIONS:
            begun = made
            for file in section(told, pen):
                yield file
                made += 1
                if (made - begun) % _SOME == 0:
                    say(f"{label}：{made - begun} 个文件")
            say(f"{label}：{made - begun} 个文件，办完")
        yield from _front(told, pen)
        yield from _machines(told, pen.pages)


def _front(told: Told, pen: Pen) -> Iterator[File]:
    about = {"sums": SUMS, "base": told.base, "licence": told.licence, "figures": bool(told.figures.figures)}
    yield (
        "about/index.html",
        pen.draw("about/index.html", "about", about, Page("about/index.html", _("数据与核对"), _("页"))),
    )
    context = {
        "publications": told.publications[:10],
        "texts": told.texts[:5],
        "counts": [
            (_("工作进展"), "items/index.html", len(told.lines)),
            (_("公布件"), "publications/index.html", len(told.publications)),
            (_("指标"), "indicators/index.html", len(told.figures.indicators)),
            (_("名单"), "lists/index.html", len(told.lists)),
            (_("学校"), "schools/index.html", len(told.schools)),
        ],
    }
    yield "index.html", pen.draw("index.html", "index", context)
    yield "search.html", pen.draw("search.html", "search", {"letters": sorted(rooms().items())})


def _machines(told: Told, pages: list[Page]) -> Iterator[File]:
    yield from ((f"style/{name}", (_STATIC / name).read_bytes()) for name in _STYLE)
    yield from ((f"search/{name}", content) for name, content in index(pages).items())
    yield "feed.atom", _feed(told)
    yield "dcat.jsonld", json_of(catalog(_title(told), told.city.bureau, _datasets(told)))
    yield "sitemap.xml", sitemap([told.base + one for one in sorted({"index.html", *(page.path for page in pages)})])


def _title(told: Told) -> str:
    return "　".join(filter(None, (f"{told.city.bureau}公开数据", MADE_UP if told.city.imaginary else "")))


def _feed(told: Told) -> bytes:
    entries = [entry for one in told.publications for entry in _entries(told, one)]
    texts = [
        Entry(_tag(told, f"items/{one.pk}"), one.title, f"{told.base}items/{one.pk}.html", one.on.isoformat())
        for one in told.texts
    ]
    newest = sorted([*entries, *texts], key=lambda one: (one.on, one.id), reverse=True)
    return atom(
        _title(told), told.city.bureau, _tag(told, "feed"), newest, f"{told.base}feed.atom" if told.base else ""
    )


def _entries(told: Told, one: Publication) -> Iterator[Entry]:
    where = told.base + address_of(one)
    if one.withdrawn:
        yield Entry(_tag(told, f"{one.key}/withdrawn"), f"撤回：{one.title}", where, one.withdrawn, one.reason)
        return
    for edition in one.editions:
        title = f"更正：{edition.content.title}" if edition.number > 1 else edition.content.title
        summary = edition.reason or "".join(edition.content.text)
        yield Entry(_tag(told, f"{one.key}/{edition.number}"), title, where, edition.published, summary)


def _tag(told: Told, what: str) -> str:
    """A URI by RFC 4151 that needs no address: the city's key in a name nobody can own."""
    return f"tag:{told.city.key}.invalid,2020:{what}"


def _datasets(told: Told) -> Iterator[Dataset]:
    if told.figures.figures:
        tables = {name: content for name, content in data_package(told.figures).items() if name.endswith(".csv")}
        yield dataset(told.figures, tables, f"{told.base}indicators/", f"{told.base}indicators/index.html")
    for one in told.publications:
        if not one.withdrawn:
            yield _dataset(told, one)


def _dataset(told: Told, one: Publication) -> Dataset:
    edition, beside = one.now, f"{told.base}publications/{one.key}/{one.now.number}/"
    files = told_of.files(one, edition)
    note = MADE_UP if one.imaginary else ""
    year = int(edition.content.on[:4])
    return Dataset(
        key=f"{told.city.key}-{one.key}",
        title=one.title,
        description="。".join(filter(None, (note, *edition.content.text, edition.content.doubt))),
        issued=one.editions[0].published,
        modified=edition.published if edition.number > 1 else "",
        files=tuple(Distribution(beside + name, content, name) for name, content in files.items()),
        keywords=(one.kind_label,),
        years=(year, year),
        licence=(told.licence.path or told.licence.name) if told.licence else "",
        page=told.base + address_of(one),
    )
