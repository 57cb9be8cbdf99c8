"""Pages of the site drawn: one frame, every link from where the page lies, so that the folder may lie anywhere."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.template.loader import get_template
from django.utils.safestring import SafeString

from luoshi.publishing.searching import Page


@cache
def _template(name: str) -> Any:
    return get_template(f"board/site/{name}.html")


class Pen:
    """Draws pages and remembers what the search finds."""

    def __init__(self, note: Mapping[str, Any], rooms: Mapping[str, str]) -> None:
        """Nothing is drawn yet.

        Args:
            note: what stands on every page.
            rooms: the menu: where each entry leads, by what it is called.
        """
        self._note, self._rooms = note, rooms
        self.pages: list[Page] = []

    def draw(self, path: str, name: str, told: Mapping[str, Any], page: Page | None = None) -> bytes:
        """One page.

        Args:
            path: where it lies, from the site's root.
            name: of its template.
            told: what it tells.
            page: how the search finds it; None for what nobody looks for.
        """
        if page is not None:
            self.pages.append(page)
        root = "../" * path.count("/")
        here = path.partition("/")[0]
        rooms = [(label, root + where, where.partition("/")[0] == here) for label, where in self._rooms.items()]
        frame = {"site": self._note, "root": SafeString(root), "rooms": rooms}
        return str(_template(name).render({**frame, **told})).encode()
