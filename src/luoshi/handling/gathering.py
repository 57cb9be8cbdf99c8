"""All procedures and lists of a package: a file that stands there runs, and nothing else has to be told of it."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

from luoshi.handling.declaring import Procedure
from luoshi.handling.registers import Register

_Told = TypeVar("_Told", Procedure, Register)


def procedures(package: ModuleType) -> dict[str, type[Procedure]]:
    """The procedures of a package by key, in the order of its files.

    Raises:
        ValueError: two are called by one key.
    """
    return _by_key(found for module in _modules(package) for found in _defined(module, Procedure))


def answering(package: ModuleType) -> list[tuple[str, str, str]]:
    """Which mechanism each procedure of a package runs: mechanism, key and label of the procedure."""
    return [(one, key, told.label) for key, told in procedures(package).items() for one in told.answers]


def registers(package: ModuleType) -> dict[str, type[Register]]:
    """The lists of a package by key, in the order of its files.

    Raises:
        ValueError: two are called by one key.
    """
    return _by_key(found for module in _modules(package) for found in _defined(module, Register))


def of_file(path: Path) -> tuple[type[Procedure], ...]:
    """The procedures of one file that stands nowhere yet: whoever runs this runs what is written there.

    Raises:
        DeclarationError: a procedure that cannot be right.
        TypeError: a list that cannot be right.
        SyntaxError: it is no Python.
    """
    source = path.read_text("utf-8")
    module = ModuleType(path.stem)
    exec(compile(source, str(path), "exec"), vars(module))  # noqa: S102 -- the file is the program
    return tuple(_defined(module, Procedure))


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in sorted(iter_modules(package.__path__), key=lambda one: one.name):
        yield import_module(f"{package.__name__}.{found.name}")


def _defined(module: ModuleType, kind: type[_Told]) -> Iterator[type[_Told]]:
    for one in vars(module).values():
        if isinstance(one, type) and issubclass(one, kind) and one.__module__ == module.__name__ and one.key:
            yield one


def _by_key(found: Iterator[type[_Told]]) -> dict[str, type[_Told]]:
    told = dict[str, type[_Told]]()
    for one in found:
        if one.key in told:
            message = f"{told[one.key].__name__} and {one.__name__} are both called {one.key}"
            raise ValueError(message)
        told[one.key] = one
    return told
