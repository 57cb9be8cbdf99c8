"""参数 as their pages tell them: grouped by what they serve, each with what counts on a day, its doubt, and what reads it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.bureau.board import shown as named_things
from luoshi.bureau.board.indicated import label_of, questions
from luoshi.bureau.board.parameter_picture import Values, picture
from luoshi.bureau.indicators.models import Measuring, OwnParameter
from luoshi.bureau.indicators.parameters.queries import Apart, Counting, Doubted, confirmed
from luoshi.bureau.indicators.parameters.readers import readers
from luoshi.declared import PARAMETERS
from luoshi.declared.checklists import CHECKLISTS
from luoshi.declared.measures import THEMES
from luoshi.declared.returns import RETURNS
from luoshi.spine import Parameter
from luoshi.words.parameters import shown

_CHECKLIST, _RULES, _PATHS, _ROOM, _NOTHING = "checklists", "returns", "paths", "rooms", "nothing"
_REGIONS: Mapping[str, str] = {"41": "河南省"}


@dataclass(frozen=True, slots=True)
class Row:
    """One parameter of the table."""

    key: str
    label: str
    value: str
    """With its unit; empty where none counts on the day."""
    begun: date
    until: date | None
    coming: str
    """The value that follows and its first day; empty for none."""
    source: str
    region: str
    own: bool
    doubt: str
    verified: str
    """The document the doubt was verified on; empty while it is open."""
    read_by: str
    """How many of what."""

    @property
    def doubtful(self) -> bool:
        """Whether the doubt is open."""
        return bool(self.doubt and not self.verified)


@dataclass(frozen=True, slots=True)
class Group:
    """What serves the same."""

    key: str
    label: str
    rows: tuple[Row, ...]


def rows_of(counting: Iterable[Counting], own: Iterable[OwnParameter]) -> list[Row]:
    """Each parameter as it counts, with what follows it."""
    dated = dict[str, list[tuple[date, str]]]()
    for one in PARAMETERS:
        dated.setdefault(one.key, []).append((one.begun, shown(one.value, one.unit)))
    units = {one.key: one.unit for one in PARAMETERS}
    mine = dict[str, list[tuple[date, str]]]()
    for set_ in own:
        if set_.key in units:
            mine.setdefault(set_.key, []).append((set_.begun, shown(set_.value, units[set_.key])))
    return [
        _row(one, sorted(mine.get(one.key, []) if one.own else [*dated[one.key], *mine.get(one.key, [])]))
        for one in counting
    ]


def _row(one: Counting, dated: Sequence[tuple[date, str]]) -> Row:
    begun = one.own.begun if one.own else one.declared.begun
    later = [(day, value) for day, value in dated if day > begun]
    until = later[0][0] - timedelta(days=1) if later else None if one.own else one.declared.until
    return Row(
        one.key,
        one.declared.label,
        shown(one.value, one.declared.unit) if one.counts else "",
        begun,
        until,
        f"{later[0][0]} {later[0][1]}" if later else "",
        one.own.source if one.own else one.declared.source,
        "" if one.own else region(one.declared.region),
        one.own is not None,
        one.declared.doubt,
        one.confirmed.source if one.confirmed else "",
        _read_by(one.key),
    )


def region(code: str) -> str:
    """The name of a region; its code where no name is known."""
    return _REGIONS.get(code, code)


def _read_by(key: str) -> str:
    read = readers()[key]
    counted = (
        (len(read.measures), _("%(many)s 项指标")),
        (len(read.items), _("%(many)s 条清单")),
        (len(read.rules), _("%(many)s 条校验")),
        (len(read.paths), _("%(many)s 项序时进度")),
    )
    told = [words % {"many": many} for many, words in counted if many]
    return " · ".join([*told, *([room_of(read.room)] if read.room else [])])


def room_of(room: str) -> str:
    """What a room is called."""
    return {
        "forms": _("报表备案"),
        "public": _("公开稿"),
        "doubts": _("口径核对"),
        "cases": _("办件"),
        "trainings": _("培训"),
    }.get(room, "")


def groups(rows: Iterable[Row]) -> list[Group]:
    """Themes of the measures first, then lists, checks, paths and rooms; what nothing reads comes last."""
    labels = {
        **{one.key: label_of(one) for one in THEMES},
        _CHECKLIST: _("评估清单"),
        _RULES: _("报表校验"),
        _PATHS: _("序时进度"),
        _ROOM: _("报表备案、公开和核对"),
        _NOTHING: _("还没有指标、清单和校验读取"),
    }
    told = dict[str, list[Row]]()
    for row in rows:
        told.setdefault(_group_of(row.key), []).append(row)
    return [Group(key, label, tuple(told[key])) for key, label in labels.items() if key in told]


def _group_of(key: str) -> str:
    read = readers()[key]
    if read.measures:
        return questions()[read.measures[0]].theme.key
    by = ((read.items, _CHECKLIST), (read.rules, _RULES), (read.paths, _PATHS), (read.room, _ROOM))
    return next((group for some, group in by if some), _NOTHING)


def found(rows: Iterable[Row], words: str, *, doubtful: bool, own: bool) -> list[Row]:
    """Those that are asked for."""
    wanted = words.lower().split()
    return [
        row
        for row in rows
        if (row.doubtful or not doubtful)
        and (row.own or not own)
        and all(word in f"{row.key} {row.label} {row.source} {row.doubt}".lower() for word in wanted)
    ]


def dated(key: str, own: Iterable[OwnParameter], known: Mapping[Doubted, Any]) -> list[dict[str, Any]]:
    """Every value of one parameter, of documents and of the bureau, the oldest first."""
    declared = [one for one in PARAMETERS if one.key == key]
    unit = declared[0].unit
    told: list[dict[str, Any]] = [
        {
            "own": False,
            "value": shown(one.value, unit),
            "begun": one.begun,
            "until": one.until or _before_next(one, declared),
            "source": one.source,
            "region": region(one.region),
            "code": one.region,
            "doubt": one.doubt,
            "confirmed": confirmed(one, known),
        }
        for one in declared
    ]
    mine = sorted((one for one in own if one.key == key), key=lambda one: one.begun)
    after = [one.begun - timedelta(days=1) for one in mine[1:]]
    told += [
        {
            "own": True,
            "value": shown(one.value, unit),
            "begun": one.begun,
            "until": until,
            "source": one.source,
            "set": one,
        }
        for one, until in zip_longest(mine, after)
    ]
    return sorted(told, key=lambda row: (row["begun"], row["own"]))


def _before_next(one: Parameter, declared: Iterable[Parameter]) -> date | None:
    later = [other.begun for other in declared if other.begun > one.begun and other.region == one.region]
    return min(later) - timedelta(days=1) if later else None


def drawn(key: str, own: Iterable[OwnParameter], known: Mapping[Doubted, Any], on: date) -> Values:
    """The picture of its values; a doubt that was verified is drawn as none."""
    declared = [replace(one, doubt="" if confirmed(one, known) else one.doubt) for one in PARAMETERS if one.key == key]
    lanes = [
        (region(code) or _("文件"), [one for one in declared if one.region == code])
        for code in sorted({one.region for one in declared})
    ]
    mine = [
        replace(declared[0], value=one.value, begun=one.begun, until=None, source=one.source, region="", doubt="")
        for one in own
        if one.key == key
    ]
    return picture(lanes, mine, _("本局"), on)


def read_by(key: str) -> dict[str, Any]:
    """What reads it, with doors."""
    read = readers()[key]
    return {
        "measures": [questions()[one] for one in read.measures],
        "items": [_item(one, item) for one, item in read.items],
        "rules": [_rule(of, name) for of, name in read.rules],
        "paths": [(named_things.indicator(one), named_things.door_of(one)) for one in read.paths],
        "room": room_of(read.room),
        "many": read.many,
    }


def _item(checklist: str, key: str) -> dict[str, str]:
    one = CHECKLISTS[checklist]
    item = next(item for item in one.items if item.key == key)
    door = reverse("checklist", args=[checklist])
    return {"list": named_things.named(one), "key": key, "label": named_things.named(item), "url": door}


def _rule(of: str, name: str) -> dict[str, str]:
    told = RETURNS[of]
    return {"of": told.label, "sentence": told.rules[name].says(None)}


def apart_told(apart: Iterable[Apart], runs: Mapping[int, Measuring]) -> list[dict[str, Any]]:
    """Years that were measured with another value, one line a year, with what was read and when."""
    by_year = dict[int, list[Apart]]()
    for one in apart:
        by_year.setdefault(one.year, []).append(one)
    labels = {one.key: (one.label, one.unit) for one in PARAMETERS}
    return [
        {
            "year": year,
            "at": runs[year].at,
            "said": "；".join(
                _("%(label)s：算时 %(used)s，现为 %(now)s")
                % {
                    "label": labels[one.key][0],
                    "used": shown(one.used, labels[one.key][1]),
                    "now": shown(one.now, labels[one.key][1]),
                }
                for one in some
            ),
            "measures": len({key for one in some for key in one.measures}),
        }
        for year, some in by_year.items()
    ]
