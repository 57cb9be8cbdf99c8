"""What a measure counts, written out: in names for a digest that shows a changed definition, in headings for people."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from functools import partial

from luoshi.words.measures import (
    Blank,
    Covered,
    Measure,
    Passing,
    PerPupil,
    Rate,
    Standard,
    Term,
    Total,
    Variation,
)
from luoshi.words.provenance import digest
from luoshi.words.returns.columns import Choice, ReturnColumn
from luoshi.words.returns.expressions import Beside, Call, Expression, Threshold
from luoshi.words.units import Celled, CellsPassing, CountiesPassing, Posts, Standardised, Weighted

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
    return [*_rule(measure), *_sums(measure)]


def _sums(measure: Measure) -> list[tuple[str, str]]:
    """Of what stands for itself its terms; of what is made of measures, theirs."""
    made_of = measure.between if isinstance(measure, CellsPassing) else measure
    inner = [(word, one) for word, one in _inner(made_of) if isinstance(one, Measure)]
    if inner:
        return [(f"{word}{heading}", told) for word, one in _worded(inner) for heading, told in readable(one)]
    places = ("覆盖条件" if isinstance(measure, Covered) else "空白条件", "范围")
    headings = places if isinstance(measure, Blank) else ("分子", "分母", "各学段合计")
    pairs = []
    for heading, term in zip(headings, measure.terms(), strict=False):
        back = f"，{term.years_back}年前" if term.years_back else ""
        pairs.append((heading, f"{term.of.label}{back}：{_written(term.amount, _label, words=True)}"))
        if term.where is not None:
            pairs.append((f"{heading}的行", _written(term.where, _label, words=True)))
    return pairs


def _worded(inner: list[tuple[str, Measure]]) -> Iterator[tuple[str, Measure]]:
    """What each of several is called before its own headings; one alone needs no name."""
    for _, one in inner:
        yield f"“{one.label}”" if len(inner) > 1 else "", one


def _rule(measure: Measure) -> list[tuple[str, str]]:
    """What is done with the sums, where it is more than a division."""
    if isinstance(measure, Variation):
        return [("差异系数", "各校之间按学生数加权的标准差 ÷ 均值")]
    if isinstance(measure, Passing):
        return _of_schools(measure)
    if isinstance(measure, CountiesPassing):
        least = measure.least if isinstance(measure.least, int) else _label(measure.least)
        weight = "按各县(市、区)分母加权" if measure.by_heads else "一县(市、区)计一"
        return [("判定", f"县(市、区)“{measure.judged.label}”不低于{least}，{weight}")]
    if isinstance(measure, Posts):
        return _of_posts(measure)
    return _of_cells(measure) if isinstance(measure, Celled) else []


def _of_schools(measure: Passing) -> list[tuple[str, str]]:
    standards = "；".join(f"“{one.of.label}”不低于{_label(one.least)}" for one in measure.standards)
    told = [("学校标准", standards)]
    if measure.may_miss is not None:
        told.append(("允许不达标项数", _label(measure.may_miss)))
    if measure.rest is not None:
        told.append(("不达标项不低于标准的百分之", _label(measure.rest)))
    return told


def _of_posts(measure: Posts) -> list[tuple[str, str]]:
    told = [
        ("标准编制", f"学生数 ÷ {_label(measure.ratio)}，{'逐校' if measure.by_school else '按县(市、区)总数'}进一取整")
    ]
    if measure.small is not None and measure.a_class is not None:
        told.append(("小规模学校", f"学生少于{_label(measure.small)}的，不少于班数 × {_label(measure.a_class)}"))
    return told


def _of_cells(measure: Celled) -> list[tuple[str, str]]:
    shape = measure.between if isinstance(measure, CellsPassing) else measure
    told = [("分组", f"县(市、区)内按{'、'.join(one.label for one in shape.cells)}分组，两边都有数的组才计")]
    if isinstance(measure, Standardised):
        told.append(("折算", "后者各组的平均数按前者各组的人数合成"))
    if isinstance(measure, CellsPassing):
        told.append(("判定", "前者的平均数不低于后者的组，占两边都有数的组"))
    if isinstance(measure, Weighted):
        told.append(("加权", f"各组的比率按“{measure.weight.label}”加权"))
    return told


_SHOWN = frozenset(("key", "label", "label_en", "unit", "better", "source", "answers", "indicator", "places", "scale"))
"""What names a measure or tells how it is shown: it may be mended without breaking a series."""


def _inner(measure: Measure) -> list[tuple[str, Measure | Standard]]:
    """The measures and standards it is made of, each with the field that holds it."""
    told = [(one.name, getattr(measure, one.name)) for one in fields(measure)]
    flat = [(name, one) for name, value in told for one in (value if isinstance(value, tuple) else (value,))]
    return [(name, one) for name, one in flat if isinstance(one, Measure | Standard)]


def _terms(measure: Measure, mark: str) -> list[str]:
    inner = _inner(measure)
    lines = [*_settings(measure, mark)]
    for name, one in inner:
        if isinstance(one, Standard):
            lines += [*_terms(one.of, f"{mark}{name} "), f"{mark}{name} least {_name(one.least)}"]
        else:
            lines += _terms(one, f"{mark}{name} ")
    if inner:
        return lines
    together = f" together {measure.together}" if isinstance(measure, Rate) else ""
    return [*lines, *(f"{mark}{_term(one)}{together}" for one in measure.terms())]


def _settings(measure: Measure, mark: str) -> Iterator[str]:
    """Thresholds, switches and columns that a rule reads beside its terms."""
    if isinstance(measure, Total | Rate | PerPupil):
        return  # their terms say it all
    for one in fields(measure):
        value = getattr(measure, one.name)
        if one.name in _SHOWN:
            continue
        if isinstance(value, tuple):
            columns = [part.name for part in value if isinstance(part, ReturnColumn)]
            if columns:
                yield f"{mark}{one.name} {' '.join(columns)}"
        elif isinstance(value, Threshold | ReturnColumn):
            yield f"{mark}{one.name} {_name(value)}"
        elif isinstance(value, int):
            yield f"{mark}{one.name} {value}"


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
    if words and call.name == "fill_null":
        return f"{inner[0]}（未填按{arguments[1]}）"
    if words and call.name == "substr":
        return f"{inner[0]}第{int(arguments[1]) + 1}位起{arguments[2]}位"
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
