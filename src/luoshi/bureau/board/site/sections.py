"""The sections of the site, each a run of files: approved texts, publications, figures, lists, schools, mechanisms."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from luoshi.bureau.board import publication_told as told_of
from luoshi.bureau.board import shown
from luoshi.bureau.board.pages.publications import content_told
from luoshi.bureau.board.site.gathering import School, Told
from luoshi.bureau.board.site.rendering import Pen
from luoshi.publishing.lettering import by_letter
from luoshi.publishing.nouns import Edition, Publication, name_of_row
from luoshi.publishing.opening import OpenFigure, OpenIndicator, data_package, figures_csv, sdmx
from luoshi.publishing.packaging import table_csv, zipped
from luoshi.publishing.searching import Page

File = tuple[str, bytes]
"""Where a file lies, from the site's root, and what is in it."""
Section = Callable[[Told, Pen], Iterator[File]]
_ROWS = 400
"""Rows of a table a page of the site shows; lists are shown whole by county."""


def items(told: Told, pen: Pen) -> Iterator[File]:
    """工作进展: each approved text as a page."""
    texts = [{"number": one.pk, "title": one.title, "on": one.on, "published": one.published_at} for one in told.texts]
    yield (
        "items/index.html",
        pen.draw("items/index.html", "items", {"texts": texts}, Page("items/index.html", _("工作进展公开"), _("页"))),
    )
    for notice in told.texts:
        lines = [one for one in told.lines if one.notice.pk == notice.pk]
        groups = [(head, [_line(one) for one in group]) for head, group in groupby(lines, key=lambda one: one.heading)]
        path = f"items/{notice.pk}.html"
        words = "".join(f"{one.number}{one.title}" for one in lines)
        page = Page(path, notice.title, _("工作进展"), words)
        yield path, pen.draw(path, "item", {"notice": notice, "groups": groups}, page)


def _line(one: Any) -> dict[str, Any]:
    return {
        "number": one.number,
        "title": one.title,
        "words": one.words,
        "target": one.target,
        "state": shown.worded(one.state),
        "figure": one.figure,
        "source": one.source,
    }


def publications(told: Told, pen: Pen) -> Iterator[File]:
    """公布栏: every publication with all its editions and their files; of what was withdrawn the number and the reason."""
    yield (
        "publications/index.html",
        pen.draw(
            "publications/index.html",
            "publications",
            {"publications": told.publications},
            Page("publications/index.html", _("公布栏"), _("页")),
        ),
    )
    for one in told.publications:
        for edition in one.editions[-1:] if one.withdrawn else one.editions:
            yield from _edition(one, edition, pen)


def address_of(one: Publication) -> str:
    """Where a publication's newest edition lies."""
    return f"publications/{one.key}/index.html"


def _edition(one: Publication, edition: Edition, pen: Pen) -> Iterator[File]:
    newest = edition.number == one.now.number
    path = address_of(one) if newest else f"publications/{one.key}/{edition.number}/index.html"
    files = {} if one.withdrawn else told_of.files(one, edition)
    beside = f"publications/{one.key}/{edition.number}/"
    context = {
        "publication": {
            **content_told(edition, _ROWS),
            "one": one,
            "published": edition.published,
            "downloads": told_of.downloads(files),
            "newest": newest,
            "others": [each for each in one.editions if each.number != edition.number and not one.withdrawn],
        },
        "beside": f"{edition.number}/" if newest else "",
        "above": "" if newest else "../",
    }
    words = "".join((edition.content.title, one.number, one.kind_label, *edition.content.text))
    yield path, pen.draw(path, "publication", context, Page(path, one.title, one.kind_label, words) if newest else None)
    for name, content in files.items():
        yield beside + name, content


def indicators(told: Told, pen: Pen) -> Iterator[File]:
    """指标: every public series as a page and a table, and all of them as one package."""
    labels = {one.key: one for one in told.figures.indicators}
    by_key = {key: list(group) for key, group in groupby(told.figures.figures, key=lambda one: one.indicator)}
    rows = [(labels[key], group[-1]) for key, group in by_key.items()]
    yield (
        "indicators/index.html",
        pen.draw(
            "indicators/index.html", "indicators", {"rows": rows}, Page("indicators/index.html", _("指标"), _("页"))
        ),
    )
    for key, group in by_key.items():
        yield from _series(labels[key], group, pen)
    if by_key:
        package = data_package(told.figures)
        files = {**package, **sdmx(told.figures), "figures-excel.csv": figures_csv(told.figures, excel=True)}
        yield from ((f"indicators/{name}", content) for name, content in files.items())
        yield "indicators/datapackage.zip", zipped(package)


def _series(one: OpenIndicator, figures: list[OpenFigure], pen: Pen) -> Iterator[File]:
    path = f"indicators/{one.key}.html"
    yield (
        path,
        pen.draw(path, "indicator", {"one": one, "figures": figures}, Page(path, one.label, _("指标"), one.label_en)),
    )


def lists(told: Told, pen: Pen) -> Iterator[File]:
    """名单: of each register what stands by its newest publication, by county."""
    told_lists = [(f"lists/{table.key}.html", one, edition, table) for one, edition, table in told.lists]
    yield (
        "lists/index.html",
        pen.draw("lists/index.html", "lists", {"lists": told_lists}, Page("lists/index.html", _("名单"), _("页"))),
    )
    for path, one, edition, table in told_lists:
        counties = [(county, list(rows)) for county, rows in groupby(table.rows, key=lambda row: row[0])]
        context = {
            "one": one,
            "table": table,
            "on": edition.content.on,
            "where": address_of(one),
            "counties": [(county, told_of.drawn(table, rows)) for county, rows in counties],
        }
        words = "".join(name_of_row(table, row) for row in table.rows)
        yield path, pen.draw(path, "list", context, Page(path, table.title, _("名单"), words))
        yield f"lists/{table.key}.csv", table_csv(table, told.figures.note)


def mechanisms(told: Told, pen: Pen) -> Iterator[File]:
    """机制对照: which mechanism of the plan runs; of the plan's words only those that an approved text quotes."""
    quoted = "".join(words for one in told.lines for words in one.words)
    names = {"done": _("在运行"), "standing": _("台账一行"), "unknown": _("尚未")}
    rows = [
        {
            "key": one.mechanism.key,
            "name": one.mechanism.name,
            "phrases": [phrase for phrase in one.mechanism.phrases if phrase in quoted],
            "mark": one.mark,
            "label": names[one.mark],
        }
        for one in told.mechanisms
    ]
    words = "".join(str(row["name"]) for row in rows)
    page = Page("mechanisms/index.html", _("机制对照"), _("页"), words)
    yield "mechanisms/index.html", pen.draw("mechanisms/index.html", "mechanisms", {"rows": rows}, page)


def schools(told: Told, pen: Pen) -> Iterator[File]:
    """学校: by county, by the first letter of the name, and each by itself."""
    by_county = {county: list(group) for county, group in groupby(told.schools, key=lambda one: one.county)}
    letters = by_letter(told.schools, lambda one: one.name)
    counties = [(f"county-{at}.html", county, group) for at, (county, group) in enumerate(by_county.items(), 1)]
    places = [
        (f"letter-{'other' if len(letter) > 1 else letter}.html", letter, group) for letter, group in letters.items()
    ]
    context = {"counties": counties, "letters": places, "many": len(told.schools), "roster": told.roster}
    context["where"] = address_of(told.roster) if told.roster else ""
    yield (
        "schools/index.html",
        pen.draw("schools/index.html", "schools", context, Page("schools/index.html", _("学校"), _("页"))),
    )
    for name, title, group in (*counties, *places):
        path = f"schools/{name}"
        yield path, pen.draw(path, "school_list", {"title": title, "schools": group}, None)
    hosts = {one.code: one for one in told.schools}
    county_page = {county: name for name, county, _group in counties}
    for one in told.schools:
        path = f"schools/{one.code}.html"
        context = {
            "school": one,
            "host": hosts.get(one.host),
            "county_page": county_page[one.county],
            "mentions": _mentions(told, one),
        }
        yield path, pen.draw(path, "school", context, Page(path, one.name, one.county, f"{one.code}{one.kind}"))


def _mentions(told: Told, school: School) -> list[dict[str, Any]]:
    return [
        {
            "title": one.publication.title,
            "where": address_of(one.publication),
            "table": one.table.title,
            "cells": [
                (column.label, told_of.shown(column, value))
                for column, value in zip(one.table.columns, one.row, strict=True)
                if value and value not in {school.name, school.county}
            ],
        }
        for one in told.mentions.get(school.name, [])
    ]


SECTIONS: tuple[tuple[str, Section], ...] = (
    ("工作进展", items),
    ("公布栏", publications),
    ("指标", indicators),
    ("名单", lists),
    ("学校", schools),
    ("机制对照", mechanisms),
)
"""What the site is made of, with what its progress calls each."""
