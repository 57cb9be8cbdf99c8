"""GLOSSARY.md: every public name with its 中文 and one sentence.

The sentence is the first of the docstring, so that it cannot differ from the code; the 中文 stands in names.csv, because
no program can give it. Sources are parsed, not imported: the website's models need no settings to be told.
"""

import ast
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from luoshi.describing.attributes import first_sentence, of
from luoshi.describing.markdown import code, table

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent
FLOORS = (
    "words",
    "spine",
    "keeping",
    "reading",
    "checking",
    "measuring",
    "tracking",
    "reporting",
    "handling",
    "matching",
    "scoring",
    "publishing",
    "learning",
    "declared",
    "imagining",
    "bureau",
)
_ENUMS = frozenset({"StrEnum", "Enum", "models.TextChoices"})
_SHOWN = ("models", "actions")
"""Of the website only these modules are told: what is kept and what can be done."""


@dataclass(frozen=True, slots=True)
class Name:
    """One public name of the house."""

    key: str
    """Module and name without the package: spine.State, bureau.ledger.actions.confirm."""
    said: str
    """First sentence of its docstring."""
    labels: tuple[tuple[str, str], ...] = ()
    """Members of an enumeration with the label the source itself gives; "" where it gives none."""

    @property
    def floor(self) -> str:
        """The floor it stands on."""
        return self.key.partition(".")[0]


@cache
def names(package: Path = PACKAGE) -> tuple[Name, ...]:
    """Every public class of the floors, and every function that another floor calls or that writes, floor by floor.

    Sources do not change while a process runs, so they are looked through once.
    """
    trees = {_module(path, package): ast.parse(path.read_text("utf-8")) for path in sorted(package.rglob("*.py"))}
    met = {module: _met(tree) for module, tree in trees.items()}
    passed_on = {f"{module}.{name}": key for module, (known, _) in met.items() for name, key in known.items()}
    asked = {key for module, (known, through) in met.items() for key in _calls(module, known, through)}
    called = {passed_on.get(key, key) for key in asked}
    told = [
        one
        for module, tree in trees.items()
        if _told(module)
        for one in _of(module, tree.body)
        if one.key[len(module) + 1 :][:1].isupper() or one.key in called or "actions" in module.split(".")
    ]
    return tuple(sorted(told, key=lambda one: FLOORS.index(one.floor)))


def _module(path: Path, package: Path) -> str:
    parts = path.relative_to(package).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


_NAMED = "declared.procedures."
"""Procedures and lists say their Chinese name themselves, and the manual tells of them."""


def _told(module: str) -> bool:
    if module.startswith(_NAMED):
        return False
    return _floor(module) in FLOORS and (_floor(module) != "bureau" or bool(set(module.split(".")) & set(_SHOWN)))


def _of(prefix: str, body: list[ast.stmt]) -> Iterator[Name]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name != "Meta":
            yield Name(f"{prefix}.{node.name}", _said(node), tuple(_members(node)))
            yield from (
                one for one in _of(f"{prefix}.{node.name}", node.body) if one.key.rpartition(".")[2][0].isupper()
            )
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield Name(f"{prefix}.{node.name}", _said(node))


def _said(node: ast.ClassDef | ast.FunctionDef) -> str:
    return first_sentence(ast.get_docstring(node) or "")


def _members(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    if not any(ast.unparse(base) in _ENUMS for base in node.bases):
        return
    for one in of(node):
        yield one.name, _label(ast.parse(one.default, mode="eval").body)


def _label(value: ast.expr) -> str:
    """What a member is called on the screen: the second of a pair, there as it stands or asked for as a translation."""
    if not isinstance(value, ast.Tuple):
        return ""
    said = value.elts[1].args[0] if isinstance(value.elts[1], ast.Call) else value.elts[1]
    return str(ast.literal_eval(said))


def _met(tree: ast.Module) -> tuple[dict[str, str], set[tuple[str, str]]]:
    """What a module knows of the house, by the name it knows it by, and the attributes it asks of names: one walk."""
    known, through = dict[str, str](), set[tuple[str, str]]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "luoshi":
            whence = f"{node.module}.".removeprefix("luoshi.")
            known |= {one.asname or one.name: whence + one.name for one in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            through.add((node.value.id, node.attr))
    return known, through


def _calls(module: str, known: Mapping[str, str], through: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names of other floors that a module asks for, by import or through an imported module."""
    others = {name: key for name, key in known.items() if _floor(key) != _floor(module)}
    yield from others.values()
    yield from (f"{others[name]}.{attribute}" for name, attribute in through if name in others)


def _floor(key: str) -> str:
    return key.partition(".")[0]


def chinese(path: Path = HERE / "names.csv") -> dict[str, str]:
    """The hand-written column: 中文 by name; a member of an enumeration is NAME.MEMBER."""
    with path.open(encoding="utf-8", newline="") as opened:
        return {row["name"]: row["中文"] for row in csv.DictReader(opened)}


def wanted(told: Sequence[Name]) -> set[str]:
    """Every name that needs a 中文 by hand."""
    members = (f"{one.key}.{member}" for one in told for member, label in one.labels if not label)
    return {one.key for one in told} | set(members)


def page(written: Mapping[str, str], told: Sequence[Name]) -> str:
    """The glossary: what to say on screen first, then the names of the code."""
    head = """# Glossary

One word, one thing. First what a screen or a paper says, and what it does not say; then every public name of the code
with its 中文 and one sentence. Made by `make docs` from the docstrings and two small tables in `src/luoshi/describing/`
(`terms.csv`, `names.csv`); a house test names what is missing.

## On screens and on paper

"""
    with (HERE / "terms.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    parts = [head, table(rows[0], rows[1:])]
    for floor in FLOORS:
        mine = [one for one in told if one.floor == floor]
        lines = (
            (code(one.key.partition(".")[2] or one.key), written.get(one.key, ""), _sentence(one, written))
            for one in mine
        )
        parts.append(f"\n## `{floor}`\n\n" + table(("name", "中文", "in one sentence"), lines))
    return "".join(parts)


def _sentence(one: Name, written: Mapping[str, str]) -> str:
    members = " · ".join(
        f"{code(member)} {label or written.get(f'{one.key}.{member}', '')}" for member, label in one.labels
    )
    return f"{one.said}. {members}" if members else f"{one.said}."
