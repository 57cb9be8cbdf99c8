"""The source as one thing: every module, what each name in it is bound to, and everything that is called."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from luoshi.declared import procedures as declarations
from luoshi.describing.rubrics import rubrics
from luoshi.handling.courses import INTO, REASON
from luoshi.handling.fields import Field
from luoshi.handling.gathering import procedures, registers
from luoshi.handling.nouns import Begin
from luoshi.handling.parts import PARTS
from luoshi.scoring.nouns import Scheme

SOURCE = Path(__file__).resolve().parents[2] / "src" / "luoshi"
Function = ast.FunctionDef
_SCOPES = (ast.FunctionDef, ast.Lambda, ast.ClassDef, ast.Module)
_HAN = re.compile(r"[\u3400-\u9fff]")
_FOLLOWED = 4
"""A name is imported from where it is imported from, and so on: so often at most."""


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def parameters(scope: ast.AST) -> list[str]:
    """Names of what a function is given, in their order; none for anything else."""
    if not isinstance(scope, ast.FunctionDef | ast.Lambda):
        return []
    args = scope.args
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, *([args.vararg] if args.vararg else ())]
    return [one.arg for one in every]


def returned(function: ast.AST) -> Iterator[ast.expr]:
    """What a function gives back or yields."""
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            yield node.value


def _bound(node: ast.AST) -> Iterator[tuple[ast.AST, ast.expr]]:
    """Targets with the value each is given; a list with what is added to it."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from zip(target.elts, node.value.elts, strict=False)
            else:
                yield target, node.value
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.Call) and called(node) in {"append", "add", "extend"} and node.args:
        holder = node.func.value if isinstance(node.func, ast.Attribute) else None
        if isinstance(holder, ast.Name):
            yield holder, node.args[0]


def _names(target: ast.AST) -> Iterator[tuple[str, int | None]]:
    """Names in a target, each with which element of the value it is."""
    if isinstance(target, ast.Name):
        yield target.id, None
    elif isinstance(target, ast.Tuple | ast.List):
        for at, one in enumerate(target.elts):
            for name, inner in _names(one):
                yield name, at if inner is None else inner


class Module:
    """One file, its names, and what each node stands in."""

    def __init__(self, path: Path) -> None:
        """Read and index it."""
        parts = ("luoshi", *path.relative_to(SOURCE).with_suffix("").parts)
        self.name = ".".join(parts).removesuffix(".__init__")
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.nodes = list(ast.walk(self.tree))
        self._parents = {id(kid): node for node in self.nodes for kid in ast.iter_child_nodes(node)}
        self.imports = {
            one.asname or one.name: (node.module, one.name)
            for node in self.nodes
            if isinstance(node, ast.ImportFrom) and node.module
            for one in node.names
        }

    def scope(self, node: ast.AST) -> ast.AST:
        """The function, class or module a node stands in."""
        at = self._parents[id(node)]
        while not isinstance(at, _SCOPES):
            at = self._parents[id(at)]
        return at


class Sources:
    """All modules at once."""

    def __init__(self, silent: tuple[str, ...] = ()) -> None:
        """Read every file but migrations.

        Args:
            silent: beginnings of names of modules whose calls do not count.
        """
        files = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
        self.modules = {one.name: one for one in map(Module, files)}
        self.home = {id(node): one for one in self.modules.values() for node in one.nodes}
        self._silent = silent

    @cached_property
    def bindings(self) -> dict[tuple[int, str], list[tuple[ast.expr, int | None]]]:
        """By scope and name: what is bound to it, and which element of that."""
        told = defaultdict[tuple[int, str], list[tuple[ast.expr, int | None]]](list)
        for module in self.modules.values():
            for node in module.nodes:
                for target, value in _bound(node):
                    for name, at in _names(target):
                        told[id(module.scope(target)), name].append((value, at))
        return dict(told)

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """Every call by the last name of what is called; a partial is a call of what it holds."""
        told = defaultdict[str, list[ast.Call]](list)
        for module in self.modules.values():
            if module.name.startswith(self._silent):
                continue
            for node in module.nodes:
                if isinstance(node, ast.Call):
                    told[called(node)].append(node)
                    if called(node) == "partial" and node.args and isinstance(held := node.args[0], ast.Name):
                        told[held.id].append(ast.Call(func=held, args=node.args[1:], keywords=node.keywords))
                        self.home[id(told[held.id][-1])] = module
        return dict(told)

    @cached_property
    def classes(self) -> list[ast.ClassDef]:
        """Every class."""
        return [node for module in self.modules.values() for node in module.nodes if isinstance(node, ast.ClassDef)]

    @cached_property
    def fields(self) -> dict[str, list[str]]:
        """By class: its annotated fields in the order in which a record of it is made."""
        return {
            one.name: [
                row.target.id for row in one.body if isinstance(row, ast.AnnAssign) and isinstance(row.target, ast.Name)
            ]
            for one in self.classes
        }

    def defined(self, module: Module, name: str, depth: int = 0) -> ast.AST | None:
        """What a name at the top of a module stands for: a function, a class or an expression; None where that is not ours."""
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return node
        if (id(module.tree), name) in self.bindings:
            return self.bindings[id(module.tree), name][0][0]
        if name in module.imports and depth < _FOLLOWED:
            of, original = module.imports[name]
            if of in self.modules:
                return self.defined(self.modules[of], original, depth + 1)
        return None

    def imported(self, module: Module, node: ast.AST) -> Module | None:
        """The module of ours that a name stands for; None where it stands for anything else."""
        if isinstance(node, ast.Name) and node.id in module.imports:
            return self.modules.get(".".join(module.imports[node.id]))
        return None

    def is_call_of(self, call: ast.Call, function: Function) -> bool:
        """Whether a call by this function's name calls this function; of methods the name alone is known."""
        at, home = self.home.get(id(call)), self.home[id(function)]
        if at is None:
            return False
        owner = home.scope(function)
        if isinstance(call.func, ast.Name):
            found = self.defined(at, call.func.id)
            if found is None or isinstance(owner, ast.FunctionDef):
                return at is home
            return found is (owner if isinstance(owner, ast.ClassDef) else function)
        module = self.imported(at, call.func.value) if isinstance(call.func, ast.Attribute) else None
        return module is home if module is not None else isinstance(owner, ast.ClassDef)

    def calls_of(self, function: Function) -> list[ast.Call]:
        """Every call of a function; of a class where the function makes its objects."""
        owner = self.home[id(function)].scope(function)
        makes = function.name in {"__init__", "__new__"} and isinstance(owner, ast.ClassDef)
        name = owner.name if makes and isinstance(owner, ast.ClassDef) else function.name
        return [one for one in self.calls.get(name, []) if self.is_call_of(one, function)]

    def function_of(self, call: ast.Call) -> Function | None:
        """The function of ours that is called; None where that is not known."""
        module = self.home[id(call)]
        found: ast.AST | None = None
        if isinstance(call.func, ast.Name):
            found = self.defined(module, call.func.id)
        elif isinstance(call.func, ast.Attribute):
            other = self.imported(module, call.func.value)
            if other is not None:
                found = self.defined(other, call.func.attr)
            elif isinstance(call.func.value, ast.Name) and call.func.value.id == "self":
                found = self.method(module.scope(module.scope(call)), call.func.attr)
        return found if isinstance(found, ast.FunctionDef) else None

    def method(self, owner: ast.AST, name: str) -> Function | None:
        """A method of a class by its name."""
        body = owner.body if isinstance(owner, ast.ClassDef) else ()
        return next((one for one in body if isinstance(one, ast.FunctionDef) and one.name == name), None)


def declared() -> Iterator[tuple[str, str]]:
    """Every Chinese text that procedures and lists declare, and what declares it: data, so the objects are asked."""
    told = [("every procedure", [*(part.label for part in PARTS), REASON.label, INTO.label])]
    for key, procedure in procedures(declarations).items():
        what = procedure.declaration
        begun = [one for one in what.states.values() if isinstance(one, Begin)]
        words = [procedure.label, procedure.platform, *(one.opens for one in begun), *_of_fields(what.fields.values())]
        words += [one for clock in what.clocks.values() for one in (clock.label, clock.source, clock.doubt)]
        words += [one.label for one in what.states.values()]
        words += [one for step in what.steps.values() for one in (step.label, step.source)]
        told.append((f"procedure {key}", words))
    told += [(f"rubric {one.key}", list(_of_rubric(one.scheme))) for one in rubrics()]
    for key, register in registers(declarations).items():
        told.append((f"list {key}", [register.label, *register.bars, *_of_fields(register.fields.values())]))
    return ((one, where) for where, words in told for one in words if _HAN.search(one))


def _of_rubric(scheme: Scheme) -> Iterator[str]:
    yield from (scheme.label, scheme.source, scheme.doubt)
    yield from (one.label for one in (*scheme.groups.values(), *scheme.grades))
    for item in scheme.items.values():
        yield from (item.label, item.unit, item.proof, item.barred, item.source)
        yield from (level.label for level in item.levels.values())


def _of_fields(fields: Iterable[Field]) -> Iterator[str]:
    for one in fields:
        yield from (one.label, one.hint, one.because, *one.options.values())
