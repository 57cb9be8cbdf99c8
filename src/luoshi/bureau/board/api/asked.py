"""What every address of the API asks first: which city, who reads; and how its answers are paged and refused."""

from collections.abc import Sequence

from django.http import HttpRequest

from luoshi.bureau.board.api import shapes
from luoshi.bureau.board.frame import city_of
from luoshi.bureau.board.open_data import Reader
from luoshi.bureau.people.models import City
from luoshi.publishing.opening import MADE_UP
from luoshi.words.findings import Finding

REFUSED = frozenset({400, 401, 403, 404, 405, 422})


class ClosedError(Exception):
    """Nobody said who he is, and nothing is open to the public."""


class NoCityError(Exception):
    """The house is empty."""


class NotTheirsError(Exception):
    """Whoever's key it is may not."""

    def __init__(self, finding: Finding) -> None:
        """With why not."""
        super().__init__(finding.what)
        self.finding = finding


class MissingError(Exception):
    """There is no such thing, or it is not for whoever's key it is: both in the same words."""

    def __init__(self, finding: Finding) -> None:
        """With what is missing."""
        super().__init__(finding.what)
        self.finding = finding


def city_asked(request: HttpRequest) -> City:
    """The city of the house."""
    city = city_of(request)
    if city is None:
        raise NoCityError
    return city


def reader(request: HttpRequest) -> Reader:
    """Who asks."""
    return request.auth  # type: ignore[attr-defined, no-any-return]  # where the framework keeps it


def note(request: HttpRequest) -> str:
    """What a made-up city says of all its figures."""
    return MADE_UP if city_asked(request).imaginary else ""


def page(request: HttpRequest, asked: shapes.Paging, rows: Sequence[dict[str, object]]) -> dict[str, object]:
    """A page of rows."""
    start, end = (asked.page - 1) * asked.size, asked.page * asked.size
    query = request.GET.copy()
    query["page"] = str(asked.page + 1)
    return {
        "count": len(rows),
        "page": asked.page,
        "size": asked.size,
        "next": f"{request.path}?{query.urlencode()}" if end < len(rows) else None,
        "note": note(request),
        "items": rows[start:end],
    }
