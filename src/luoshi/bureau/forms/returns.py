"""A form as a return: columns of declared returns beside free ones, one row a school, so the same engine asks, takes and checks."""

import copy
from collections.abc import Iterable, Sequence
from types import new_class
from typing import Any

from luoshi.bureau.forms.models import Request, RequestColumn
from luoshi.declared.returns import RETURNS
from luoshi.declared.returns.institutions import Institutions
from luoshi.spine import Return
from luoshi.words.returns import Amount, Basis, Choice, Count, Day, Flag, Grain, ReturnColumn, Words

FORMS = {"count": "整数", "amount": "数", "words": "文字", "choice": "选项", "flag": "是否", "day": "日期"}
"""What a free column may be."""

DEFINITION = "专项"
"""口径 of rows that a one-off form brought."""
_KIND = "form_"


def kind_of(of: Request) -> str:
    """Under which kind the lake keeps its rows."""
    return f"{_KIND}{of.pk}"


def titles(kinds: Iterable[str]) -> dict[str, str]:
    """What forms are called, by the kinds of their rows; one query where one of these is a form's."""
    numbers = [int(told) for kind in kinds if kind.startswith(_KIND) and (told := kind.removeprefix(_KIND)).isdecimal()]
    found = Request.objects.filter(pk__in=numbers) if numbers else ()
    return {kind_of(one): f"{one.title}（{one.number}）" for one in found}


def as_return(of: Request, columns: Sequence[RequestColumn]) -> type[Return]:
    """The form as a declaration; the school's code tells its rows apart."""

    def body(names: dict[str, Any]) -> None:
        names["school"] = copied(Institutions.columns["school"], key=True)
        names["name"] = copied(Institutions.columns["name"])
        taken = {"学校标识码", "学校名称"}
        for one in columns:
            label = one.label if one.label not in taken else f"{one.label}（第{one.place}栏）"
            taken.add(label)
            names[f"c{one.place}"] = _column(one, label)

    said = {
        "label": of.title[:60],
        "grain": Grain.YEAR,
        "basis": Basis.MONTHLY,
        "source": of.basis,
        "answers": ("M28.3",),
    }
    return new_class(f"Form{of.pk}", (Return,), said, body)


def copied(column: ReturnColumn, *, key: bool = False, label: str = "") -> ReturnColumn:
    """The same column for another return."""
    made = copy.copy(column)
    made.owner, made.name, made.key, made.needed = None, "", key, key
    made.label = label or column.label
    return made


def _column(one: RequestColumn, label: str) -> ReturnColumn:
    declared = RETURNS[one.kind].columns.get(one.column) if one.kind in RETURNS else None
    if declared is not None:
        return copied(declared, label=label)
    unit = one.unit or "个"
    made: dict[str, ReturnColumn] = {"count": Count(label, unit), "amount": Amount(label, unit)}
    if one.form == "choice" and one.choices:
        made["choice"] = Choice(label, {str(word): str(word) for word in one.choices})
    made |= {"flag": Flag(label), "day": Day(label)}
    return made.get(one.form, Words(label))
