"""One page of rows and where the next begins."""

from typing import Any, TypeVar

from django.db.models import QuerySet

_Row = TypeVar("_Row", bound=Any)


def cut(rows: QuerySet[_Row], most: int) -> tuple[list[_Row], int | None]:
    """So many rows at most, and the number of the last one where there are more: one query.

    Args:
        rows: in the order of the page, each of which has a `pk`.
        most: rows of a page.
    """
    page = list(rows[: most + 1])
    return page[:most], page[most - 1].pk if len(page) > most else None
