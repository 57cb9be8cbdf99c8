"""Rows of the API's answers, and what its parameters mean."""

from django.utils import timezone

from luoshi.bureau.board.open_data import PublicLine
from luoshi.publishing.opening import LEVELS, MADE_UP, STANDINGS, OpenFigure, OpenIndicator
from luoshi.spine import State


def indicator_row(one: OpenIndicator) -> dict[str, object]:
    """An indicator."""
    return {name: getattr(one, name) for name in OpenIndicator.__dataclass_fields__}


def figure_row(one: OpenFigure) -> dict[str, object]:
    """A figure; its numbers stay text."""
    told = {name: getattr(one, name) for name in _SAME}
    numbers = {name: getattr(one, name) or None for name in ("value", "numerator", "denominator")}
    return told | numbers | {"division_name": one.name or LEVELS[one.level], "standing_label": STANDINGS[one.standing]}


_SAME = (
    *("indicator", "level", "division", "period", "on", "known", "definition", "shown", "unit", "standing"),
    *("source", "source_url", "doubt", "about", "withheld", "version"),
)


def commitment_row(one: PublicLine) -> dict[str, object]:
    """A line of a public text."""
    edition, published = one.notice.edition, one.notice.published_at
    return {
        "number": one.number,
        "plan": edition.title,
        "heading": one.heading,
        "title": one.title,
        "words": list(one.words),
        "target": one.target,
        "state": one.state,
        "state_label": State(one.state).label if one.state else "",
        "figure": one.figure,
        "source": one.source,
        "notice": one.notice.title,
        "as_of": one.notice.on.isoformat(),
        "published": timezone.localtime(published).isoformat(timespec="seconds") if published else "",
        "note": MADE_UP if edition.imaginary or edition.city.imaginary else "",
    }
