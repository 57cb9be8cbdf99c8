"""The manual of procedures and lists: each as picture and table, made from its declaration."""

import luoshi.declared.procedures
from luoshi.describing.markdown import cell, code, table
from luoshi.handling.bounds import said
from luoshi.handling.courses import Course, Timer, course
from luoshi.handling.declaring import Procedure
from luoshi.handling.diagrams import mermaid, steps_table, within_of
from luoshi.handling.fields import Field, Kind
from luoshi.handling.gathering import procedures, registers
from luoshi.handling.nouns import Every
from luoshi.handling.parts import LABELS
from luoshi.handling.registers import Register

_GUARDED = {
    "person": "Seen only by those who act in it.",
    "child": "Seen only by those who act in it; what is private never leaves the county without a purpose on the journal.",
}
_KINDS = {
    Kind.LINE: "一行", Kind.WORDS: "文字", Kind.DAY: "日期", Kind.NUMBER: "数", Kind.CHOICE: "选择", Kind.YES: "确认",
    Kind.PAPER: "文件", Kind.PHOTO: "照片", Kind.UNIT: "单位", Kind.SCHOOL: "学校", Kind.SHEET: "评分表",
}  # fmt: skip


_EVERY = {1: "a month", 3: "a quarter", 6: "a term", 12: "a year"}
_EACH = {"county": "county", "school": "school", "entry": "entry of the list"}


def page() -> str:
    """Every declared procedure and list."""
    known, lists = procedures(luoshi.declared.procedures), registers(luoshi.declared.procedures)
    head = f"""# Procedures and lists

{len(known)} procedures and {len(lists)} lists. A procedure is one file in `src/luoshi/declared/procedures`: from it come the pages, the
buttons with their refusals, the clocks and notices, the picture, the statistics and the API. A case keeps the course it began with.
A list changes by a decided case and by nothing else. Dashed on the page is what the clock does by itself.

"""
    told = [(one.key, one.label) for one in known.values()] + [(one.key, one.label) for one in lists.values()]
    contents = "".join(f"- [{label}](#{key}) `{key}`\n" for key, label in told)
    return head + contents + "".join(map(_procedure, known.values())) + "".join(map(_register, lists.values()))


def _said(one: type) -> str:
    return " ".join((one.__doc__ or "").split())


def _procedure(one: type[Procedure]) -> str:
    made = course(one)
    facts = [f"Answers {', '.join(one.answers)}." if one.answers else "Support."]
    if one.platform:
        facts.append(f"Kept by duty in {one.platform}: a bureau then imports its counts.")
    if made.guarded:
        facts.append(
            "Tells of a child or of whoever complains: masked, and never outside the county without a purpose."
        )
    if one.every:
        facts.append(
            f"The clock opens one {_EVERY[one.every.months]} for each {_EACH[one.every.unit]}{_whose(one.every)}{_rests(one.every)}."
        )
    head = f'\n<a id="{one.key}"></a>\n\n## {one.label}\n\n{_said(one)} {" ".join(facts)}\n'
    picture = f"\n```mermaid\n{mermaid(made)}```\n"
    steps = table(("from", "step", "who", "asks", "to"), steps_table(made))
    clocks = table(
        ("clock", "within", "warned", "longer", "source", "doubt"),
        (_clock(made, each) for each in made.clocks.values()),
    )
    owed = f"\n{'；'.join(said(each, made.fields) for each in made.bounds)}。\n" if made.bounds else ""
    return f"{head}{picture}\n{steps}\n{clocks if made.clocks else ''}\n{_fields(made)}{owed}"


def _whose(every: Every) -> str:
    kinds = f" of kind {', '.join(f'{one}x' for one in every.kinds)}" if every.kinds else ""
    return f"{kinds}, {every.operator} only" if every.operator else kinds


def _rests(every: Every) -> str:
    return f", but in months {' and '.join(map(str, every.rests))}" if every.rests else ""


def _clock(made: Course, one: Timer) -> tuple[str, ...]:
    longer = f"{one.extend.times}次，{one.extend.term}，{LABELS[one.extend.by]}批准" if one.extend else "——"
    return one.label, within_of(made, one), f"到期前{one.warn}" if one.warn else "——", longer, one.source, one.doubt


def _fields(made: Course) -> str:
    return table(("field", "kind", "options or ends", "private"), (_field(one) for one in made.fields.values()))


def _field(one: Field) -> tuple[str, ...]:
    ends = "至".join(str(end) for end in (one.least, one.most) if end is not None)
    told = "、".join(one.options.values()) or one.because or ends
    if one.reckoned or one.outcome:
        told = f"算得，不填{'：' if told else ''}{told}"
    return f"{one.label} {code(one.key)}", _KINDS[one.kind], told, "是" if one.private else ""


def _ends(one: type[Register]) -> str:
    told = str(one.valid or one.lasting or ("至“" + one.until.label + "”" if one.until else "长期，直至撤销"))
    return f"{told}；新旧相加，最长{one.adds}" if one.adds else told


def _register(one: type[Register]) -> str:
    valid = f"有效期{_ends(one)}。"
    public = "、".join(field.label for field in one.public) or "不公开"
    answers = f" Answers {', '.join(one.answers)}." if one.answers else ""
    fields = table(("field", "kind", "options or ends", "private"), (_field(field) for field in one.fields.values()))
    return f'\n<a id="{one.key}"></a>\n\n## {cell(one.label)}\n\n{_said(one)}{answers} {valid} 公开：{public}。\n\n{fields}'
