"""Returns as they are declared: columns, rules, and what a rule looks at."""

from luoshi.checking import LABELS
from luoshi.declared.returns import RETURNS
from luoshi.describing.markdown import code, table
from luoshi.spine import Return
from luoshi.words.returns import Choice, Code, ReturnColumn, Rule


def page() -> str:
    """Every declared return with its columns and its rules."""
    rules = sum(len(one.rules) for one in RETURNS.values())
    head = f"""# Returns

{len(RETURNS)} returns with {rules} rules. A frame holds one period of one return; its columns have the names and types below. Money is
kept in 元 and areas in 平方米 whatever a file prints. A *must* (逻辑校验) stops a return until it holds; a *should* (经验校验)
asks for a 填写说明. A rule that cannot be said of a row, because a cell is empty or nothing stands beside it, is no finding.
What follows from a column's type (filled, form, choice, bounds) is derived and not listed again under the rules.

A number in a should is a [parameter](parameters.md) with a day, a source and a doubt: rules show the value that is declared,
a finding the value that counted on the period's day, and a bureau sets its own.

"""
    contents = "".join(f"- [{one.label}](#{_anchor(one)}) `{one.key}`\n" for one in RETURNS.values())
    return head + contents + "".join(map(_section, RETURNS.values()))


def _anchor(of: type[Return]) -> str:
    return of.key.replace("_", "-")


def _section(of: type[Return]) -> str:
    said = " ".join((of.__doc__ or "").split())
    head = f"""
<a id="{_anchor(of)}"></a>

## {of.label}

{said} Key: {", ".join(map(code, of.keys))}. One period: {of.grain.value.replace("_", " ")}. 口径: {of.basis.value}. Answers {", ".join(of.answers)}.
Source: {of.source}.

"""
    columns = table(("column", "heading", "type", "unit", "meaning", "standard"), map(_column, of.columns.values()))
    written = [one for one in of.rules.values() if not one.derived]
    rules = table(("rule", "kind", "holds when", "beside", "parameters", "version", "source"), map(_rule, written))
    return f"{head}{columns}\n{rules}"


def _column(one: ReturnColumn) -> tuple[str, ...]:
    said = (("key", one.key), ("needed", one.needed and not one.key), ("names a person", one.identifies))
    marks = [word for word, so in said if so]
    kind = f"{one.called} {code(one.kind)}" + (f" ({', '.join(marks)})" if marks else "")
    return code(one.name), "<br>".join((one.label, *one.aliases)), kind, one.unit, _meaning(one), one.standard


def _meaning(one: ReturnColumn) -> str:
    said = [one.meaning] if one.meaning else []
    if isinstance(one, Choice):
        said.append("、".join(f"{code(key)} {word}" for key, word in one.choices.items()))
    if isinstance(one, Code) and one.form:
        said.append(one.form)
    bounds = (("≥", one.at_least or None), ("≤", one.at_most))
    said += [f"{sign} {bound}" for sign, bound in bounds if bound is not None]
    return "；".join(said)


def _rule(one: Rule) -> tuple[str, ...]:
    beside = "、".join(RETURNS[key].label for key in one.needs)
    before = "上年" if any(aside.last_year for aside in one.aside) else ""
    looks = "、".join(part for part in (before, beside) if part)
    reads = "<br>".join(code(part.key) for part in one.thresholds)
    return code(one.name), LABELS[one.severity], one.says(), looks, reads, str(one.version), one.source
