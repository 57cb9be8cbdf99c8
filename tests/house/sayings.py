"""What the house says of what is wrong: every Chinese sentence of the source that can come into a finding or a refusal.

Run as a program it prints what has no English yet, and what nobody says any more.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "luoshi"
HAN = re.compile(r"[\u3400-\u9fff]")
_SCOPES = ast.FunctionDef | ast.Lambda | ast.ClassDef | ast.Module
_GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_CARRIED = {"strip", "rstrip", "lstrip", "removesuffix", "removeprefix", "ljust", "capitalize"}
"""Methods that give their own text back, more or less."""
_HELD = {"what", "rule", "remedy", "said", "why", "where", "because", "lacking"}
"""Fields that carry sentences: what is given to any of them under its name, or in its place, is followed."""
ROOTS = {
    "luoshi.bureau.people.rights": ("MAY", "_WHO"),
    "luoshi.checking.wording": ("LABELS", "_called", "said"),
    "luoshi.words.returns.rules": ("Rule.edition",),
    "luoshi.words.findings": ("Finding.__str__",),
}
"""Tables and functions whose words are shown by themselves."""
SINKS: dict[str, tuple[Sequence[int], Sequence[str]]] = {
    "Finding": (range(4), ("where", "what", "rule", "remedy")),
    "must": ((1,), ("remedy", "source")),
    "should": ((1,), ("remedy", "source")),
    "Rule": ((1, 3), ("remedy", "source")),
    "reached": ((2,), ("words",)),
    "tell": ((2,), ("words",)),
    "_say": ((), ("words",)),
    "enqueue": ((3,), ("title",)),
    "hand_over": ((3,), ("title",)),
    **dict.fromkeys(("Key", "Code"), ((0, 2), ("form",))),
    **dict.fromkeys(("Words", "Choice", "Count", "Amount", "Day", "Flag"), ((0, 1), ("choices",))),
}
"""What is called with words that are shown: their places and names."""
SILENT = ("luoshi.commands", "luoshi.cli", "luoshi.imagining", "luoshi.telling", "luoshi.describing")
"""Floors that only a terminal or a drill sees."""


_PARAMETER = re.compile(r"\{\w+\}")
"""A parameter as the sentence of a rule names it."""


def escaped(words: str) -> str:
    """Literal words as they stand in a template."""
    return words.replace("{", "{{").replace("}", "}}")


class Module:
    """One file, its names and whom each node stands in."""

    def __init__(self, path: Path) -> None:
        """Read and index it."""
        self.name = ".".join(("luoshi", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.parents = {id(kid): node for node in ast.walk(self.tree) for kid in ast.iter_child_nodes(node)}
        self.imports = dict[str, tuple[str, str]]()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for one in node.names:
                    self.imports[one.asname or one.name] = (node.module, one.name)

    def scope(self, node: ast.AST) -> ast.AST:
        """The function, class or module a node stands in."""
        at = self.parents[id(node)]
        while not isinstance(at, _SCOPES):
            at = self.parents[id(at)]
        return at


class Said:
    """All modules at once, and what flows where."""

    def __init__(self, root: Path = SOURCE) -> None:
        """Read every file but migrations."""
        files = [path for path in sorted(root.rglob("*.py")) if "migrations" not in path.parts]
        self.modules = {one.name: one for one in map(Module, files)}
        self.home = {id(node): one for one in self.modules.values() for node in ast.walk(one.tree)}
        self.found = dict[str, str]()
        self._seen = set[tuple[int, int | None]]()

    # -- index ------------------------------------------------------------------------------------------------------

    @cached_property
    def bindings(self) -> dict[tuple[int, str], list[tuple[ast.AST, int | None]]]:
        """By scope and name: what is bound to it, and which element of that."""
        told = dict[tuple[int, str], list[tuple[ast.AST, int | None]]]()
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                for target, value, inner in _bound(node):
                    scope = id(module.scope(target))
                    for name, at in _names(target):
                        told.setdefault((scope, name), []).append((value, at if at is not None else inner))
        return told

    @cached_property
    def calls(self) -> dict[str, list[ast.Call]]:
        """Every call by the last name of what is called."""
        told = dict[str, list[ast.Call]]()
        for module in self.modules.values():
            if module.name.startswith(SILENT):
                continue
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call):
                    told.setdefault(_called(node), []).append(node)
                    if _called(node) in {"partial", "map"} and node.args and isinstance(node.args[0], ast.Name):
                        told.setdefault(node.args[0].id, []).append(
                            ast.Call(func=node.args[0], args=node.args[1:], keywords=node.keywords)
                            if _called(node) == "partial"
                            else node
                        )
                        self.home[id(told[node.args[0].id][-1])] = module
        return told

    @cached_property
    def fields(self) -> dict[str, dict[str, list[str]]]:
        """By class: its annotated fields in order (what a dataclass or a named tuple is called with)."""
        told = dict[str, dict[str, list[str]]]()
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ClassDef):
                    mine = [one.target.id for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
                    told[node.name] = {"fields": mine}
        return told

    def defined(self, module: Module, name: str, depth: int = 0) -> tuple[Module, ast.AST] | None:
        """What a name at the top of a module stands for: a function, a class or an expression."""
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return module, node
        if (id(module.tree), name) in self.bindings:
            return module, self.bindings[id(module.tree), name][0][0]
        if name in module.imports and depth < 4:
            of, original = module.imports[name]
            if of in self.modules:
                return self.defined(self.modules[of], original, depth + 1)
        return None

    # -- flow -------------------------------------------------------------------------------------------------------

    def collect(self) -> dict[str, str]:
        """Every template with the first place that says it."""
        for called, (places, names) in SINKS.items():
            for call in self.calls.get(called, []):
                for at, one in enumerate(call.args):
                    if at in places or isinstance(one, ast.Starred):
                        self.follow(one)
                for word in call.keywords:
                    if word.arg in names:
                        self.follow(word.value)
        for module in self.modules.values():
            for node in ast.walk(module.tree):
                if isinstance(node, ast.ClassDef) and any(getattr(base, "id", "") == "Return" for base in node.bases):
                    self.follow(next((word.value for word in node.keywords if word.arg == "label"), None))
        for module, tables in ROOTS.items():
            for table in tables:
                self._root(module, table)
        return self.found

    def _root(self, module: str, name: str) -> None:
        owner, _, member = name.partition(".")
        found = self.defined(self.modules[module], owner)
        node = found[1] if found else None
        if isinstance(node, ast.ClassDef):
            node = next(one for one in node.body if isinstance(one, ast.FunctionDef) and one.name == member)
        for one in _returned(node) if isinstance(node, ast.FunctionDef) else [node]:
            self.follow(one)

    def follow(self, node: ast.AST | None, at: int | None = None) -> None:
        """Keep what this expression can say."""
        if node is None or (id(node), at) in self._seen:
            return
        self._seen.add((id(node), at))
        for kind, step in self._steps:
            if isinstance(node, kind):
                step(self, node, at)
                return

    def _keep(self, words: str, node: ast.AST) -> None:
        words = re.sub(r"(\{\})+", "{}", words)
        if HAN.search(words):
            where = self.home.get(id(node))
            self.found.setdefault(words, f"{where.name if where else '?'}:{getattr(node, 'lineno', 0)}")

    def _constant(self, node: ast.Constant, at: int | None) -> None:
        if isinstance(node.value, str):
            shown = _PARAMETER.sub("{}", node.value)
            self._keep(escaped(node.value) if shown == node.value else shown, node)

    def _joined(self, node: ast.JoinedStr, at: int | None) -> None:
        words = self._template(node)
        self._keep(words, node)
        if not HAN.search(words):
            self._framed(node)
        for one in node.values:
            if isinstance(one, ast.FormattedValue):
                self.follow(one.value)

    def _framed(self, node: ast.JoinedStr) -> None:
        """A text that only frames values: one template for each word of a declared table that stands in it."""
        for at, one in enumerate(node.values):
            if isinstance(one, ast.FormattedValue) and isinstance(one.value, ast.Subscript):
                of = one.value.value
                found = self.defined(self.home[id(node)], of.id) if isinstance(of, ast.Name) else None
                if found and isinstance(found[1], ast.Dict):
                    before, after = node.values[:at], node.values[at + 1 :]
                    for word in found[1].values:
                        self._keep("".join(self._template(part) for part in (*before, word, *after)), node)

    def _template(self, node: ast.AST) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return escaped(node.value)
        if isinstance(node, ast.JoinedStr):
            return "".join(self._template(one) for one in node.values)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return self._template(node.left) + self._template(node.right)
        return "{}"

    def _sum(self, node: ast.BinOp, at: int | None) -> None:
        if isinstance(node.op, ast.Add):
            self._keep(self._template(node), node)
        for one in (node.left, node.right):
            if not isinstance(one, ast.Constant) and not (isinstance(one, ast.JoinedStr) and isinstance(node.op, ast.Add)):
                self.follow(one)
            elif isinstance(one, ast.JoinedStr):
                for part in one.values:
                    if isinstance(part, ast.FormattedValue):
                        self.follow(part.value)

    def _choice(self, node: ast.IfExp, at: int | None) -> None:
        self.follow(node.body, at)
        self.follow(node.orelse, at)

    def _either(self, node: ast.BoolOp, at: int | None) -> None:
        for one in node.values:
            self.follow(one, at)

    def _row(self, node: ast.Tuple | ast.List | ast.Set, at: int | None) -> None:
        rows = [one for one in node.elts if isinstance(one, ast.Tuple)]
        if at is not None and not rows and at < len(node.elts):
            self.follow(node.elts[at])
            return
        for one in node.elts:
            self.follow(one, at)

    def _table(self, node: ast.Dict, at: int | None) -> None:
        for one in node.values:
            self.follow(one, at)
        
    def _made(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp, at: int | None) -> None:
        self.follow(node.elt, at)

    def _starred(self, node: ast.Starred | ast.FormattedValue | ast.NamedExpr | ast.YieldFrom, at: int | None) -> None:
        self.follow(node.value, at)

    def _name(self, node: ast.Name, at: int | None) -> None:
        module = self.home[id(node)]
        scope: ast.AST = module.scope(node)
        while True:
            if (id(scope), node.id) in self.bindings:
                for value, inner in self.bindings[id(scope), node.id]:
                    self.follow(value, inner if inner is not None else at)
                if not _parameter(scope, node.id):
                    return
            if _parameter(scope, node.id):
                self._argument(module, scope, node.id, at)
                return
            if isinstance(scope, ast.Module):
                break
            scope = module.scope(scope)
        found = self.defined(module, node.id)
        if found and not isinstance(found[1], ast.FunctionDef | ast.ClassDef):
            self.follow(found[1], at)

    def _argument(self, module: Module, scope: ast.AST, name: str, at: int | None) -> None:
        if not isinstance(scope, ast.FunctionDef):
            return
        args = scope.args
        places = [*args.posonlyargs, *args.args]
        for one, default in zip(places[len(places) - len(args.defaults) :], args.defaults, strict=True):
            if one.arg == name:
                self.follow(default, at)
        for one, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            if one.arg == name:
                self.follow(default, at)
        index = next((n for n, one in enumerate(places) if one.arg == name), None)
        method = places and places[0].arg in {"self", "cls"}
        for call in self.calls.get(_callable(module, scope), []):
            if not self._is(call, module, scope):
                continue
            given = next((one.value for one in call.keywords if one.arg == name), None)
            if given is not None:
                self.follow(given, at)
            elif args.vararg and args.vararg.arg == name:
                for one in call.args[len(places) - bool(method) :]:
                    self.follow(one, at)
            elif index is not None:
                place = index - bool(method)
                stars = [n for n, one in enumerate(call.args) if isinstance(one, ast.Starred)]
                if stars and stars[0] <= place:
                    self.follow(call.args[stars[0]], place - stars[0])
                elif 0 <= place < len(call.args):
                    self.follow(call.args[place], at)

    def _is(self, call: ast.Call, module: Module, scope: ast.FunctionDef) -> bool:
        """Whether a call is one of this function."""
        at = self.home.get(id(call))
        if at is None:
            return False
        if isinstance(call.func, ast.Name):
            found = self.defined(at, call.func.id)
            if found is None or isinstance(module.scope(scope), ast.FunctionDef):
                return at is module
            owner = module.scope(scope)
            return found[1] is (owner if isinstance(owner, ast.ClassDef) else scope)
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            name = call.func.value.id
            if name in at.imports:
                of, original = at.imports[name]
                if f"{of}.{original}" in self.modules:
                    return self.modules[f"{of}.{original}"] is module
        return isinstance(module.scope(scope), ast.ClassDef)

    def _call(self, node: ast.Call, at: int | None) -> None:
        name, module = _called(node), self.home[id(node)]
        if name in _GETTEXT:
            return
        if isinstance(node.func, ast.Attribute):
            if name == "join" or name == "format":
                if name == "join":
                    for one in node.args:
                        self.follow(one)
                return
            if name in {"get", "values", "items", "pop", "setdefault"}:
                self.follow(node.func.value, at)
                for one in node.args[1:]:
                    self.follow(one, at)
                return
            if name in _CARRIED or name in {"replace", "split"}:
                self.follow(node.func.value, at)
                return
        if name in {"str", "sorted", "list", "tuple", "next", "set", "enumerate", "zip", "reversed", "filter", "dict"}:
            for one in node.args:
                self.follow(one, None if name in {"enumerate", "zip"} else at)
            return
        if name == "replace" or name == "Finding":
            return
        for of, function in self._functions(node, module):
            for one in _returned(function):
                if self.home.get(id(one)) is of:
                    self.follow(one, at)

    def _functions(self, node: ast.Call, module: Module) -> Iterator[tuple[Module, ast.FunctionDef]]:
        if isinstance(node.func, ast.Name):
            found = self.defined(module, node.func.id)
            if found and isinstance(found[1], ast.FunctionDef):
                yield found[0], found[1]
            return
        if isinstance(node.func, ast.Attribute):
            if isinstance(node.func.value, ast.Name) and node.func.value.id in module.imports:
                of, original = module.imports[node.func.value.id]
                if f"{of}.{original}" in self.modules:
                    found = self.defined(self.modules[f"{of}.{original}"], node.func.attr)
                    if found and isinstance(found[1], ast.FunctionDef):
                        yield found[0], found[1]
                    return
            if isinstance(node.func.value, ast.Name) and node.func.value.id == "self":
                owner = module.scope(module.scope(node))
                for one in getattr(owner, "body", ()):
                    if isinstance(one, ast.FunctionDef) and one.name == node.func.attr:
                        yield module, one

    def _attribute(self, node: ast.Attribute, at: int | None) -> None:
        module = self.home[id(node)]
        if isinstance(node.value, ast.Name) and node.value.id in module.imports:
            of, original = module.imports[node.value.id]
            if f"{of}.{original}" in self.modules:
                found = self.defined(self.modules[f"{of}.{original}"], node.attr)
                if found and not isinstance(found[1], ast.FunctionDef | ast.ClassDef):
                    self.follow(found[1], at)
                return
        if isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}:
            owner = module.scope(module.scope(node))
            for value, inner in self.bindings.get((id(owner), node.attr), []):
                self.follow(value, inner)
        if node.attr in _HELD:
            self._field(node.attr)

    def _field(self, name: str) -> None:
        for called, calls in self.calls.items():
            fields = self.fields.get(called, {"fields": []})["fields"]
            for call in calls:
                for word in call.keywords:
                    if word.arg == name and called in self.fields:
                        self.follow(word.value)
                if name in fields and fields.index(name) < len(call.args):
                    self.follow(call.args[fields.index(name)])

    def _subscript(self, node: ast.Subscript, at: int | None) -> None:
        if isinstance(node.slice, ast.Slice):
            self.follow(node.value, at)
            return
        index = node.slice.value if isinstance(node.slice, ast.Constant) else None
        self.follow(node.value, index if isinstance(index, int) else at)

    _steps = (
        (ast.Constant, _constant),
        (ast.JoinedStr, _joined),
        (ast.BinOp, _sum),
        (ast.IfExp, _choice),
        (ast.BoolOp, _either),
        (ast.Tuple | ast.List | ast.Set, _row),
        (ast.Dict, _table),
        (ast.ListComp | ast.GeneratorExp | ast.SetComp, _made),
        (ast.Starred | ast.FormattedValue | ast.NamedExpr | ast.YieldFrom, _starred),
        (ast.Name, _name),
        (ast.Call, _call),
        (ast.Attribute, _attribute),
        (ast.Subscript, _subscript),
    )


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _callable(module: Module, scope: ast.FunctionDef) -> str:
    owner = module.scope(scope)
    return owner.name if scope.name in {"__init__", "__new__"} and isinstance(owner, ast.ClassDef) else scope.name


def _parameter(scope: ast.AST, name: str) -> bool:
    if not isinstance(scope, ast.FunctionDef | ast.Lambda):
        return False
    args = scope.args
    all_of_them = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg]
    return any(one is not None and one.arg == name for one in all_of_them)


def _returned(function: ast.FunctionDef) -> Iterator[ast.AST]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield) and node.value is not None:
            yield node.value


def _bound(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, int | None]]:
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from ((one, value, None) for one, value in zip(target.elts, node.value.elts, strict=False))
            else:
                yield target, node.value, None
    elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value, None
    elif isinstance(node, ast.For | ast.comprehension):
        yield node.target, node.iter, None
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"append", "add", "extend"}:
        if isinstance(node.func.value, ast.Name) and node.args:
            yield node.func.value, node.args[0], None


def _names(target: ast.AST) -> Iterator[tuple[str, int | None]]:
    if isinstance(target, ast.Name):
        yield target.id, None
    elif isinstance(target, ast.Tuple | ast.List):
        for at, one in enumerate(target.elts):
            for name, inner in _names(one):
                yield name, at if inner is None else inner


def said() -> dict[str, str]:
    """Every template of the source with the first place that says it."""
    return Said().collect()


def main(arguments: Iterable[str]) -> None:
    """Print templates and where they are said."""
    for words, where in said().items():
        sys.stdout.write(f"{where}\t{words!r}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
