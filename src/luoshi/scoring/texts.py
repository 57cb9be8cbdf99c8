"""A rubric as text, as it is kept for ever; and a bureau's own weights in place of the declared ones."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import TypeAdapter

from luoshi.scoring.nouns import Band, Group, Item, Level, Marking, Scheme
from luoshi.scoring.proving import wrongs
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_TEXT = TypeAdapter(Scheme)
_LABEL = 100
_Told = TypeVar("_Told", Group, Item)


def written(scheme: Scheme) -> str:
    """A rubric as text, the same text for the same rubric."""
    return _TEXT.dump_json(scheme).decode()


def version(text: str) -> str:
    """The first sixteen digits of SHA-256 of its text."""
    return sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=256)
def read_back(text: str) -> Scheme:
    """The rubric of a text.

    Raises:
        ValueError: it is no text of a rubric.
    """
    return _TEXT.validate_json(text)


def revised(scheme: Scheme, changes: Mapping[str, str]) -> Scheme:
    """A rubric with a bureau's own labels and numbers.

    Args:
        scheme: as it counts now.
        changes: by “key.what” the new words: of a group `label`, `points`; of a criterion besides `target`, `start`, `each`, and
            `levels.KEY` or `bands.N` for what each of these is worth; of a grade `grades.KEY`; unknown ones are refused.

    Raises:
        RefusedError: what cannot be read, and a rubric that does not add up, all at once.
    """
    groups, items, grades, wrong = dict(scheme.groups), dict(scheme.items), list(scheme.grades), list[Finding]()
    for name, typed in sorted(changes.items()):
        key, _, what = name.partition(".")
        try:
            if key == "grades":
                at = [one.key for one in grades].index(what)
                grades[at] = replace(grades[at], least=_number(typed))
            elif key in groups:
                groups[key] = _changed(groups[key], _GROUP, what, typed)
            else:
                items[key] = _item(items[key], what, typed)
        except (KeyError, ValueError, IndexError):
            wrong.append(Finding(scheme.label, f"没有“{name[:60]}”", "只改评价表中有的标签和数", "请从评价表页面修改"))
        except InvalidOperation:
            label = (groups.get(key) or items.get(key) or scheme).label
            wrong.append(Finding(label, f"填的是“{typed[:40]}”", "须为数字", "请改正这一项"))
    told = replace(scheme, groups=groups, items=items, grades=tuple(grades))
    wrong += wrongs(told) if not wrong else []
    if wrong:
        raise RefusedError(*wrong)
    return told


def _number(typed: str) -> Decimal:
    number = Decimal(typed.strip())
    if not number.is_finite():
        raise InvalidOperation
    return number


def _words(typed: str) -> str:
    told = " ".join(typed.split())[:_LABEL]
    if not told:
        raise ValueError(typed)
    return told


_GROUP: Mapping[str, Callable[[str], Any]] = {"label": _words, "points": _number}
_ITEM: Mapping[str, Callable[[str], Any]] = {
    **_GROUP, "target": _number, "start": _number, "each": _number
}  # fmt: skip


def _changed(one: _Told, how: Mapping[str, Callable[[str], Any]], what: str, typed: str) -> _Told:
    return replace(one, **{what: how[what](typed)})


def _item(one: Item, what: str, typed: str) -> Item:
    of, _, which = what.partition(".")
    if of == "levels" and one.marking is Marking.LEVELS:
        return replace(one, levels={**one.levels, which: Level(one.levels[which].label, _number(typed))})
    if of == "bands" and one.marking is Marking.BANDS:
        at, bands = int(which), list(one.bands)
        bands[at] = Band(bands[at].least, _number(typed))
        return replace(one, bands=tuple(bands))
    return _changed(one, _ITEM, what, typed)
