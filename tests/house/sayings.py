"""What the house says of what is wrong: every Chinese sentence of the source that can come into a finding or a refusal.

A sentence is followed back from where a finding is made: through variables, arguments, tables and what functions return, as far
as names tell. Run as a program it prints what has no English yet and what nobody says any more.
"""

import ast
import re
import sys
from collections.abc import Sequence

from luoshi.bureau.board.english import rows
from tests.house.sources import Sources, called, declared, parameters, returned

HAN = re.compile(r"[\u3400-\u9fff]")
_GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_CARRIED = {"strip", "rstrip", "lstrip", "removesuffix", "removeprefix", "capitalize", "replace", "split"}
"""Methods that give their own text back, more or less."""
_KEPT = {"get", "values", "items", "pop", "setdefault"}
"""Methods that give back what is in a table, or what else they are told to."""
_SAME = {"str", "sorted", "list", "tuple", "next", "set", "enumerate", "zip", "reversed", "filter", "dict"}
"""What gives back what it is given."""
_HELD = {"what", "rule", "remedy", "said", "why", "where", "because", "lacking"}
"""Fields that carry sentences: what is given to any of them, under its name or in its place, is followed."""
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
ROOTS = {
    "luoshi.bureau.people.rights": ("MAY", "_WHO"),
    "luoshi.checking.wording": ("LABELS", "_called", "said"),
    "luoshi.words.returns.rules": ("Rule.edition",),
    "luoshi.words.findings": ("Finding.__str__",),
    "luoshi.bureau.posts.queries": ("acts_said",),
    "luoshi.scoring.wording": ("rule", "effect", "panel_rule", "grade_rule"),
    "luoshi.handling.terms": ("Term.__str__",),
    "luoshi.handling.registers": ("Lasting.__str__",),
    "luoshi.handling.diagrams": ("within_of", "_called", "_CLOCK", "_signed", "_needs"),
}
"""Tables and functions whose words are shown by themselves."""
SILENT = ("luoshi.commands", "luoshi.cli", "luoshi.imagining", "luoshi.telling", "luoshi.describing")
"""Floors that only a terminal or a drill sees."""
_PARAMETER = re.compile(r"\{\w+\}")
"""A parameter as the sentence of a rule names it."""


class Said:
    """The sentences, collected once."""

    def __init__(self) -> None:
        """Read the source; nothing is collected yet."""
        self._source = Sources(SILENT)
        self._found = dict[str, str]()
        self._seen = set[tuple[int, int | None]]()

    def collect(self) -> dict[str, str]:
        """Every template with the first place that says it; `{}` stands for a value."""
        for name, (places, words) in SINKS.items():
            for call in self._source.calls.get(name, []):
                given = [one for at, one in enumerate(call.args) if at in places or isinstance(one, ast.Starred)]
                for one in [*given, *(word.value for word in call.keywords if word.arg in words)]:
                    self._follow(one)
        for one in self._source.classes:
            if any(getattr(base, "id", "") == "Return" for base in one.bases):
                self._follow(next((word.value for word in one.keywords if word.arg == "label"), None))
        for module, names in ROOTS.items():
            for name in names:
                self._root(module, name)
        for words, where in declared():
            self._found.setdefault(words.replace("{", "{{").replace("}", "}}"), where)
        return self._found

    def _root(self, module: str, name: str) -> None:
        owner, _, member = name.partition(".")
        found = self._source.defined(self._source.modules[module], owner)
        node = self._source.method(found, member) if member and found else found
        for one in returned(node) if isinstance(node, ast.FunctionDef) else [node]:
            self._follow(one)

    def _follow(self, node: ast.AST | None, at: int | None = None) -> None:
        """Keep what an expression, or one element of it, can say."""
        if node is None or (id(node), at) in self._seen:
            return
        self._seen.add((id(node), at))
        step = getattr(self, f"_of_{type(node).__name__.lower()}", None)
        if step is not None:
            step(node, at)

    def _all(self, nodes: Sequence[ast.AST], at: int | None = None) -> None:
        for one in nodes:
            self._follow(one, at)

    def _keep(self, words: str, node: ast.AST) -> None:
        words = re.sub(r"(\{\})+", "{}", words)
        if HAN.search(words):
            self._found.setdefault(words, f"{self._source.home[id(node)].name}:{getattr(node, 'lineno', 0)}")

    # What an expression says, by its kind.

    def _of_constant(self, node: ast.Constant, at: int | None) -> None:
        if isinstance(node.value, str):
            self._keep(_PARAMETER.sub("{}", node.value), node)

    def _of_joinedstr(self, node: ast.JoinedStr, at: int | None) -> None:
        words = _template(node)
        self._keep(words, node)
        if not HAN.search(words):
            self._framed(node)
        self._all([one.value for one in node.values if isinstance(one, ast.FormattedValue)])

    def _framed(self, node: ast.JoinedStr) -> None:
        """A text that only frames values: one template for each word of a declared table that stands in it."""
        for at, one in enumerate(node.values):
            held = (
                one.value.value
                if isinstance(one, ast.FormattedValue) and isinstance(one.value, ast.Subscript)
                else None
            )
            found = self._source.defined(self._source.home[id(node)], held.id) if isinstance(held, ast.Name) else None
            for word in found.values if isinstance(found, ast.Dict) else ():
                self._keep("".join(map(_template, (*node.values[:at], word, *node.values[at + 1 :]))), node)

    def _of_binop(self, node: ast.BinOp, at: int | None) -> None:
        if not isinstance(node.op, ast.Add):
            self._all([node.left, node.right])
            return
        self._keep(_template(node), node)
        for one in (node.left, node.right):
            if isinstance(one, ast.JoinedStr):
                self._all([part.value for part in one.values if isinstance(part, ast.FormattedValue)])
            elif not isinstance(one, ast.Constant):
                self._follow(one)

    def _of_ifexp(self, node: ast.IfExp, at: int | None) -> None:
        self._all([node.body, node.orelse], at)

    def _of_boolop(self, node: ast.BoolOp, at: int | None) -> None:
        self._all(node.values, at)

    def _of_tuple(self, node: ast.Tuple | ast.List | ast.Set, at: int | None) -> None:
        row = not any(isinstance(one, ast.Tuple) for one in node.elts)
        if at is not None and row and at < len(node.elts):
            self._follow(node.elts[at])
        else:
            self._all(node.elts, at)

    _of_list = _of_set = _of_tuple

    def _of_dict(self, node: ast.Dict, at: int | None) -> None:
        self._all(node.values, at)

    def _of_listcomp(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp, at: int | None) -> None:
        self._follow(node.elt, at)

    _of_generatorexp = _of_setcomp = _of_listcomp

    def _of_starred(self, node: ast.Starred | ast.NamedExpr | ast.YieldFrom, at: int | None) -> None:
        self._follow(node.value, at)

    _of_namedexpr = _of_yieldfrom = _of_starred

    def _of_subscript(self, node: ast.Subscript, at: int | None) -> None:
        index = node.slice.value if isinstance(node.slice, ast.Constant) else None
        self._follow(node.value, index if isinstance(index, int) else at)

    def _of_name(self, node: ast.Name, at: int | None) -> None:
        module = self._source.home[id(node)]
        scope = module.scope(node)
        while True:
            bound = self._source.bindings.get((id(scope), node.id), [])
            for value, inner in bound:
                self._follow(value, at if inner is None else inner)
            if node.id in parameters(scope) and isinstance(scope, ast.FunctionDef):
                self._argument(scope, node.id, at)
                return
            if bound:
                return
            if isinstance(scope, ast.Module):
                break
            scope = module.scope(scope)
        found = self._source.defined(module, node.id)
        if isinstance(found, ast.expr):
            self._follow(found, at)

    def _argument(self, function: ast.FunctionDef, name: str, at: int | None) -> None:
        """What a function can be given under a name: its default, and the argument of every call of it."""
        args = function.args
        places = [one.arg for one in (*args.posonlyargs, *args.args)]
        defaults = dict(zip(reversed(places), reversed(args.defaults), strict=False))
        defaults |= {one.arg: value for one, value in zip(args.kwonlyargs, args.kw_defaults, strict=True) if value}
        self._follow(defaults.get(name), at)
        first = int(places[:1] in (["self"], ["cls"]))
        place = places.index(name) - first if name in places else len(places) - first
        for call in self._source.calls_of(function):
            named = [word.value for word in call.keywords if word.arg == name]
            if named:
                self._follow(named[0], at)
            elif args.vararg and args.vararg.arg == name:
                self._all(call.args[place:], at)
            elif name in places:
                self._placed(call.args, place, at)

    def _placed(self, given: Sequence[ast.expr], place: int, at: int | None) -> None:
        stars = [number for number, one in enumerate(given) if isinstance(one, ast.Starred)]
        if stars and stars[0] <= place:
            self._follow(given[stars[0]], place - stars[0])
        elif 0 <= place < len(given):
            self._follow(given[place], at)

    def _of_call(self, node: ast.Call, at: int | None) -> None:
        name = called(node)
        if name in _GETTEXT:
            return
        if isinstance(node.func, ast.Attribute) and name in {"join", *_KEPT, *_CARRIED}:
            if name != "join":
                self._follow(node.func.value, at)
            self._all(node.args[1:] if name in _KEPT else node.args if name == "join" else [], at)
        elif isinstance(node.func, ast.Name) and name in _SAME:
            self._all(node.args, None if name in {"enumerate", "zip"} else at)
        elif (function := self._source.function_of(node)) is not None:
            self._all(list(returned(function)), at)

    def _of_attribute(self, node: ast.Attribute, at: int | None) -> None:
        module = self._source.home[id(node)]
        other = self._source.imported(module, node.value)
        if other is not None:
            found = self._source.defined(other, node.attr)
            self._follow(found if isinstance(found, ast.expr) else None, at)
            return
        if isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}:
            owner = module.scope(module.scope(node))
            for value, inner in self._source.bindings.get((id(owner), node.attr), []):
                self._follow(value, inner)
        if node.attr in _HELD:
            self._field(node.attr)

    def _field(self, name: str) -> None:
        for of, fields in self._source.fields.items():
            for call in self._source.calls.get(of, []):
                self._all([word.value for word in call.keywords if word.arg == name])
                if name in fields and fields.index(name) < len(call.args):
                    self._follow(call.args[fields.index(name)])


def _template(node: ast.AST) -> str:
    """An expression as a template: what is written in it, and `{}` for everything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value.replace("{", "{{").replace("}", "}}")
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_template, node.values))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _template(node.left) + _template(node.right)
    return "{}"


def said() -> dict[str, str]:
    """Every template of the source with the first place that says it."""
    return Said().collect()


def main() -> None:
    """Print what has no English, with its place, and what has English and no place."""
    asked, told = said(), {chinese for chinese, _ in rows()}
    for words in asked.keys() - told:
        sys.stdout.write(f"+ {words}\t{asked[words]}\n")
    for words in sorted(told - asked.keys()):
        sys.stdout.write(f"- {words}\n")


if __name__ == "__main__":
    main()
