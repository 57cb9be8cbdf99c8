"""The commands with their arguments, as the command line itself knows them."""

from collections.abc import Iterator

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from luoshi.describing.markdown import code, table


def page(app: typer.Typer) -> str:
    """Every command that does something."""
    head = """# Commands

Every refusal has four lines (位置, 情况, 规则, 处理) and exit code 2. `luoshi COMMAND --help` says the same in the
terminal.

"""
    return head + "\n".join(_section(name, one) for name, one in _leaves("luoshi", typer.main.get_command(app)))


def _leaves(name: str, command: object) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for below, one in command.commands.items():
            yield from _leaves(f"{name} {below}", one)
    elif isinstance(command, TyperCommand):
        yield name, command


def _section(name: str, command: TyperCommand) -> str:
    said = f"## `{name}`\n\n{(command.help or '').strip()}\n"
    rows = [_row(one) for one in command.params if one.name != "help"]
    return said + ("\n" + table(("argument", "default", "meaning"), rows) if rows else "")


def _row(one: object) -> tuple[str, str, str]:
    """An option by its names, an argument by its own in capitals; with its default and its sentence."""
    given = getattr(one, "default", None)
    default = "" if given in (None, False) or getattr(one, "required", False) else str(getattr(given, "value", given))
    names = getattr(one, "opts", [])
    shown = ", ".join(names) if isinstance(one, TyperOption) else str(getattr(one, "name", "")).upper()
    return code(shown), code(default), str(getattr(one, "help", "") or "")
