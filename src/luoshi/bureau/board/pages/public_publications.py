"""公布栏: what anybody may read without signing in, as it was approved; nothing where the bureau keeps the public page switched off."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.bureau.board import publication_told as told_of
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.pages.publications import content_told, files_of, handed
from luoshi.bureau.people.models import City
from luoshi.bureau.publications import queries
from luoshi.publishing.nouns import Edition, Publication


def _open_city(request: HttpRequest) -> City:
    city = city_of(request)
    if city is None or not city.public:
        raise Http404
    return city


@login_not_required
def publications(request: HttpRequest) -> HttpResponse:
    """Everything that was published, the newest first; what was withdrawn with its reason."""
    city = _open_city(request)
    told = {"publications": queries.public(city), "made_up": city.imaginary}
    return render(request, "board/public_publications.html", told)


def _found(city: City, year: int, serial: int, edition: int) -> tuple[Publication, Edition]:
    """A publication by its number, and the edition that is asked for, or its newest with 0."""
    told = queries.public_one(city, year, serial)
    wanted = [one for one in told.editions if edition in {0, one.number}] if told else []
    if told is None or not wanted:
        raise Http404
    return told, wanted[-1]


@login_not_required
def publication(request: HttpRequest, year: int, serial: int, edition: int = 0) -> HttpResponse:
    """One publication, its newest edition or the one that is asked for."""
    city = _open_city(request)
    told, here = _found(city, year, serial, edition)
    context = {
        **content_told(here),
        "one": told,
        "year": year,
        "serial": serial,
        "published": here.published,
        "files": [] if told.withdrawn else files_of(here),
        "others": [one for one in told.editions if one.number != here.number],
        "newest": here.number == told.now.number,
    }
    return render(request, "board/public_publication.html", {"publication": context, "made_up": city.imaginary})


@login_not_required
def file(request: HttpRequest, year: int, serial: int, edition: int, name: str) -> HttpResponse:
    """One file of an edition that is out."""
    told, here = _found(_open_city(request), year, serial, edition)
    if told.withdrawn:
        raise Http404
    return handed(told_of.files(told, here), name)
