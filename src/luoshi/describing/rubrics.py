"""The manual of rubrics: every criterion with what earns its points, made from the declarations."""

import luoshi.declared.procedures
from luoshi.describing.markdown import cell, code, table
from luoshi.handling.declaring import Procedure
from luoshi.handling.gathering import procedures
from luoshi.scoring.declaring import Rubric
from luoshi.scoring.nouns import Group, Item, Scheme
from luoshi.scoring.wording import effect, grade_rule, panel_rule, rule


def rubrics() -> dict[type[Rubric], list[type[Procedure]]]:
    """Every declared rubric with the procedures that score by it."""
    found: dict[type[Rubric], list[type[Procedure]]] = {}
    for one in procedures(luoshi.declared.procedures).values():
        if isinstance(one.rubric, type) and issubclass(one.rubric, Rubric):
            found.setdefault(one.rubric, []).append(one)
    return found


def page() -> str:
    """Every declared rubric."""
    known = rubrics()
    head = f"""# Rubrics

{len(known)} rubrics. Each stands in the file of the procedure that scores by it (`src/luoshi/declared/procedures`). What does not
apply gives its points to the others of its group; deductions and extra points follow, then the grade, then flags: lowered, capped,
vetoed. Points are exact fractions and rounded only where they are shown. A bureau changes labels, weights and grades on the
rubric's page; a case keeps the version it began with.

"""
    contents = "".join(f"- [{cell(one.label)}](#{one.key}) `{one.key}`\n" for one in known)
    return head + contents + "".join(_rubric(one, by) for one, by in known.items())


def _rubric(one: type[Rubric], by: list[type[Procedure]]) -> str:
    told = one.scheme
    said = " ".join((one.__doc__ or "").split())
    facts = [f"Scores {', '.join(f'[{each.label}](procedures.md#{each.key})' for each in by)}."]
    facts.append(f"{grade_rule(told)}。{panel_rule(told)}。")
    facts += [f"来源：{told.source}。"] if told.source else []
    facts += [f"存疑：{told.doubt}。"] if told.doubt else []
    head = f'\n<a id="{one.key}"></a>\n\n## {cell(one.label)}\n\n{said} {" ".join(facts)}\n\n'
    rows = [_row(told, depth, line) for depth, line in told.walk()] + [_row(told, 0, line) for line in told.beside()]
    return head + table(("criterion", "points", "what earns them", "from", "proof"), rows)


def _row(scheme: Scheme, depth: int, one: Group | Item) -> tuple[str, ...]:
    if isinstance(one, Group):
        return f"{'— ' * depth}**{one.label}**", str(one.points), "", "", ""
    absent = "；可不适用" if one.absent else ""
    held = code(one.measured) if one.measured else (f"名单“{one.barred}”" if one.barred else "")
    worth = str(one.points) if one.points else "——"
    return (
        f"{'— ' * depth}{one.label} {code(one.key)}",
        worth,
        (rule(one) or effect(scheme, one)) + absent,
        held,
        one.proof,
    )
