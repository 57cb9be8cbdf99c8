"""Markdown, as plain as it goes."""

from collections.abc import Iterable, Sequence


def cell(words: object) -> str:
    """Words that stay inside one cell of a table."""
    return " ".join(str(words).split()).replace("|", "\\|")


def code(words: object) -> str:
    """Words set as code; nothing for nothing."""
    return f"`{words}`" if str(words) else ""


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with its end of line."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(cell(one) for one in line)} |\n" for line in lines)
