"""What a measure counts, written out: in names for a digest that shows a changed definition, in headings for people."""

from collections.abc import Callable, Mapping
from functools import partial

from luoshi.words.measures import Blank, Comparison, Measure, Rate, Term, Variation
from luoshi.words.provenance import digest
from luoshi.words.returns.columns import Choice, ReturnColumn
from luoshi.words.returns.expressions import Beside, Call, Expression, Threshold

Name = Callable[[Expression], str]
"""What a column or a parameter is called."""

_SIGNS = {
    "eq": "=",
    "ne": "≠",
    "lt": "<",
    "le": "≤",
    "gt": ">",
    "ge": "≥",
    "add": "+",
    "sub": "-",
    "mul": "×",
    "mod": "mod",
    "and_": "&",
    "or_": "|",
}
_WORDS = {"&": "且", "|": "或", "mod": "除余"}
_CALLS = {"notnull": "已填", "isnull": "未填", "sum": "合计", "count": "个数", "max": "最大值", "abs": "绝对值"}


def formula(measure: Measure) -> str:
    """All that its value depends on but the parameters' values, one line each; the same for the same definition.

    Labels, sources and places for show are left out: these may be mended without breaking a series.
    """
    return "\n".join((type(measure).__name__, f"scale {measure.scale}", f"unit {measure.unit}", *_terms(measure, "")))


def definition(measure: Measure, values: Mapping[str, object]) -> str:
    """Digest of the formula and of the values of the parameters it reads, as text, in 64 digits.

    Args:
        measure: which.
        values: of parameters by key.
    """
    read = (f"{key}={values.get(key, '')}" for key in sorted(measure.thresholds()))
    return digest("\n".join((formula(measure), *read)).encode())


def readable(measure: Measure) -> list[tuple[str, str]]:
    """Pairs of what is summed (分子, 分母, of which rows) and how, in the headings of the returns."""
    if isinstance(measure, Variation):
        return [("差异系数", "各校之间按学生数加权的标准差 ÷ 均值"), *readable(measure.between)]
    if isinstance(measure, Comparison):
        parts = ((word, readable(rate)) for word, rate in (("一", measure.one), ("二", measure.other)))
        return [(f"{heading}{word}", told) for word, pairs in parts for heading, told in pairs]
    headings = ("空白条件", "范围") if isinstance(measure, Blank) else ("分子", "分母", "各学段合计")
    pairs = []
    for heading, term in zip(headings, measure.terms(), strict=False):
        back = f"，{term.years_back}年前" if term.years_back else ""
        pairs.append((heading, f"{term.of.label}{back}：{_written(term.amount, _label, words=True)}"))
        if term.where is not None:
            pairs.append((f"{heading}的行", _written(term.where, _label, words=True)))
    return pairs


def _terms(measure: Measure, mark: str) -> list[str]:
    if isinstance(measure, Comparison):
        return [*_terms(measure.one, "one "), *_terms(measure.other, "other ")]
    if isinstance(measure, Variation):
        return _terms(measure.between, "between ")
    together = f" together {measure.together}" if isinstance(measure, Rate) else ""
    return [f"{mark}{_term(one)}{together}" for one in measure.terms()]


def _term(one: Term) -> str:
    where = "" if one.where is None else f" where {_written(one.where, _name)}"
    return f"{one.of.key} -{one.years_back}: {_written(one.amount, _name)}{where}"


def _name(one: Expression) -> str:
    return f"{{{one.key}}}" if isinstance(one, Threshold) else repr(one)


def _label(one: Expression) -> str:
    if isinstance(one, Threshold):
        return f"“{one.dated[-1].label}”"
    return one.label if isinstance(one, ReturnColumn) else repr(one)


def _written(value: object, name: Name, *, words: bool = False) -> str:
    told = partial(_written, name=name, words=words)
    if isinstance(value, Call):
        return _called(value, told, words=words)
    if isinstance(value, Beside):
        where = "上期" if value.last_year else "、".join(map(told, value.on))
        return f"{told(value.of)}〔{where}〕"
    if isinstance(value, Expression):
        return name(value)
    if isinstance(value, list | tuple):
        return f"({'、'.join(map(told, value))})"
    return str(value)


def _called(call: Call, told: Callable[[object], str], *, words: bool) -> str:
    sign = _SIGNS.get(call.name)
    spoken = _spoken(call) if words else call
    arguments = [told(one) for one in spoken.arguments]
    inner = [f"({one})" if isinstance(of, Call) and of.name in _SIGNS else one for of, one in _pairs(call, arguments)]
    if sign:
        return f" {_WORDS.get(sign, sign) if words else sign} ".join(inner)
    if call.name == "invert":
        return f"{'非' if words else '~'}({arguments[0]})"
    if words and call.name in _CALLS:
        where = f"，{told(call.named['where'])}" if call.named.get("where") is not None else ""
        return f"{inner[0]}{_CALLS[call.name]}{where}"
    if words and call.name == "isin":
        return f"{inner[0]}为{arguments[1]}之一"
    if words and call.name == "between":
        return f"{inner[0]}在{arguments[1]}至{arguments[2]}之间"
    named = [f"{key}={told(one)}" for key, one in call.named.items()]
    return f"{inner[0]}.{call.name}({', '.join((*arguments[1:], *named))})"


def _pairs(call: Call, arguments: list[str]) -> list[tuple[object, str]]:
    return list(zip(call.arguments, arguments, strict=True))


def _spoken(call: Call) -> Call:
    """With the words of a choice for its codes."""
    first = call.arguments[0]
    if not isinstance(first, Choice):
        return call
    words = first.choices
    rest = [
        [words.get(one, one) for one in value]
        if isinstance(value, list)
        else words.get(value, value)
        if isinstance(value, str)
        else value
        for value in call.arguments[1:]
    ]
    return Call(call.name, (first, *rest), call.named)
