"""The reference, made from the code: what is declared, what runs, what the commands and the JSON mean. No time stamps."""

from pathlib import Path

from typer import Typer

from luoshi.describing import (
    commands,
    declarations,
    doors,
    glossary,
    interface,
    measured,
    mechanisms,
    nouns,
    private,
    procedures,
    publications,
    returns,
    rubrics,
    states,
)
from luoshi.reading.city import City
from luoshi.spine import Plan

__all__ = ["glossary", "pages", "write"]


def pages(city: City, plan: Plan, app: Typer) -> dict[str, str]:
    """Every page of the reference by its file name.

    Args:
        city: whose mechanisms are told; the one the plan belongs to.
        plan: the city's plan, read with the declared indicators.
        app: the commands.
    """
    return {
        "README.md": _INDEX,
        "spine.md": nouns.page(),
        "indicators.md": declarations.indicators(),
        "parameters.md": declarations.parameters(),
        "returns.md": returns.page(),
        "procedures.md": procedures.page(),
        "rubrics.md": rubrics.page(),
        "publications.md": publications.page(),
        "measures.md": measured.page(city),
        "mechanisms.md": mechanisms.page(city, plan),
        "read.md": interface.page(plan),
        "commands.md": commands.page(app),
        "rights.md": doors.page(),
        "states.md": states.page(),
        "private.md": private.page(),
    }


_INDEX = """# Reference

Made from the code by `make docs`; a house test fails when a page is stale. Change the code, never these pages.

- [The nouns](spine.md), in the order the work happens
- [Indicators](indicators.md) and [parameters](parameters.md), as declared
- [Returns](returns.md): what is reported, in which columns, held to which rules
- [Procedures and lists](procedures.md): each with its picture, its clocks and what is asked
- [Rubrics](rubrics.md): every criterion, what earns its points, where its figure comes from
- [Publications](publications.md): what is published by rule, made of which figures, lists and cases, and due when
- [Measures](measures.md): what is counted of which rows, by which document, and for which mechanism
- [Mechanisms](mechanisms.md): what runs for each of the plan's mechanisms
- [Personal information](private.md): every field about persons, with purpose, basis and term
- [States](states.md): the numbers the judgement turns on
- [`luoshi read --format json`](read.md), field by field
- [Commands](commands.md)
- [Rights](rights.md): who may do what, and who may come to which page
"""


def write(made: dict[str, str], folder: Path) -> list[str]:
    """Write the pages whose text changed, and give back their names."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = [name for name, text in made.items() if _held(folder / name) != text]
    for name in changed:
        (folder / name).write_text(made[name], encoding="utf-8", newline="\n")
    return changed


def _held(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
