"""A reply against what the ledger wants: each stretch → its item, its figures, its words, and what has to be asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from luoshi.reading.replies.cell import read_cell
from luoshi.reading.replies.choosing import Choice, choose, measures, stretch
from luoshi.reading.replies.claims import Claims, claims, is_done_by_act, only_nothing, says_nothing, without_next
from luoshi.reading.replies.cutting import cut
from luoshi.reading.replies.doubting import about_days, about_items, about_values, once_each, question
from luoshi.reading.replies.likeness import grams
from luoshi.reading.replies.naming import Named, Naming
from luoshi.reading.replies.prose import until
from luoshi.reading.replies.reply import Answer, Claim, Manner, Part, Reply, Stated, Wanted
from luoshi.reading.replies.roles import Number, Role, find_numbers
from luoshi.words.calendars import month_end

_ALL_ITEMS = re.compile(r"(?:各项|所有|其他|其余|承担的?|牵头的?|以上|均|都)[^，,。；;]{0,16}(?:无|没)")
_CODE = re.compile(
    r"(?:^|(?<=[；;。，,\n]))\s{0,4}(?:(?:19|20)\d\d-\d{1,3}-\d{1,3}|\d{1,3}[.．]\d{1,3})(?=[\s：:、\u4e00-\u9fff（(])"
)
_FIRST = re.compile(r"[，,。；;：:\s]")
_HEADING = re.compile(
    r"(?:[【\[（(][^】\]）)]{1,20}[】\]）)])?(?:(?:20\d\d年)?\d{1,2}月份?|本月|上月)?"
    r"(?:各项|重点|主要)?(?:工作|任务)?(?:进展|推进|完成|落实)?(?:情况)?(?:汇报|反馈|报告)?(?:如下)?[:：。]?"
)
"""11月进展：stands above what is told and tells nothing itself."""
_ALL_NAMED = 0.85
_SHORT = 30
"""Words that claim nothing and are no longer than this are rather a name than a report."""
_NO_SUM = ("只有各县（市、区）的数，没有合计", "须报合计", "请核对并填合计数")
_SEVERAL = "这一行像是说了几项"
_HALF_YEAR = 183
_ALONE = 0.5
"""From here on a paragraph names its item without its heading."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a part, with what it was found to mean."""

    part: Part
    words: str
    numbers: Sequence[Number]
    named: Named
    printed: bool


def match(reply: Reply, wanted: Sequence[Wanted], *, office: str = "", on: date) -> tuple[Answer, ...]:
    """What a reply says about the items of a ledger.

    An item is found by the number the reply prints, else by its words; what is not certain is in `doubts`.

    Args:
        reply: as it was read.
        wanted: the items it may speak of.
        office: name of the section or county that sent it, when a person said so; else the reply's own word is taken.
        on: the day of asking; a day behind it is doubted, an earlier year is past.
    """
    naming = Naming(wanted, office or reply.sender)
    divisions = sorted({name for one in wanted for name in one.divisions})
    pieces = _beside([one for part in reply.parts for one in _pieces(part, naming, on, divisions)], naming)
    told = [_answer(one, naming, reply.day, on, divisions) for one in pieces]
    return once_each([one for one in told if _is_told(one)], wanted)


def _pieces(part: Part, naming: Naming, on: date, divisions: Sequence[str]) -> Iterator[_Piece]:
    words = _words(part)
    if part.manner is Manner.ROW:
        yield from _of_row(part, words, naming, on, divisions)
        return
    coded = _by_codes(words, naming)
    if len(coded) > 1:
        for line in coded:
            yield _piece(part, line, naming, naming.printed("", line), on, divisions)
        return
    printed, exact = naming.printed(part.number or _leading(part.title), words)
    if printed and exact:
        yield _piece(part, words, naming, (printed, exact), on, divisions)
        return
    for one in cut(words, part.title, naming):
        yield _piece(part, words[one.start : one.end], naming, (printed, exact), on, divisions)


def _by_codes(words: str, naming: Naming) -> list[str]:
    """A line that goes from item to item by their numbers (6.1 累计19所；6.2 …), cut before each; else all of it."""
    places = [
        found.start()
        for found in _CODE.finditer(words)
        if naming.printed("", words[found.start() : found.end() + 12])[0]
    ]
    if len(places) < 2:  # noqa: PLR2004
        return [words]
    places[0] = 0
    return [words[begun:end] for begun, end in zip(places, [*places[1:], len(words)], strict=True)]


def _leading(title: str) -> str:
    return title[:24]


def _words(part: Part) -> str:
    """The words of a part; of a row also what stands in its value and note cells."""
    if part.manner is not Manner.ROW or part.words:
        return part.words
    return "；".join(part.cells.get(key, "") for key in ("value", "note", "state") if part.cells.get(key))


def _of_row(part: Part, words: str, naming: Naming, on: date, divisions: Sequence[str]) -> Iterator[_Piece]:
    """A row speaks of one item, unless its task names several."""
    printed = naming.printed(part.number, part.title)
    whole = _piece(part, words, naming, printed, on, divisions)
    others = [] if printed[0] or not part.title else list(_also_named(part.title, whole.named.at, naming, on))
    for named in [whole.named, *others]:
        yield replace(whole, named=replace(named, why=named.why or _SEVERAL) if others else named)


def _also_named(title: str, but: int | None, naming: Naming, on: date) -> Iterator[Named]:
    """Further items that the task of a row names clause by clause."""
    for one in cut(title, "", naming):
        piece = title[one.start : one.end]
        named = naming.decide(naming.scores(piece, "", find_numbers(piece, on)), [], exact=False)
        if one.at is not None and named.sure and named.at != but and named.score > 0.6:  # noqa: PLR2004
            yield named


def _piece(
    part: Part, words: str, naming: Naming, printed: tuple[list[int], bool], on: date, divisions: Sequence[str]
) -> _Piece:
    numbers = find_numbers(words, on, divisions)
    title = part.title if part.manner is Manner.ROW or _names(part.title) else ""
    telling = "" if only_nothing(words) else words
    aim = f"{title} {part.cells.get('target', '')}"
    asked = [*numbers, *find_numbers(aim, on)]
    named = naming.decide(naming.scores(title, telling, asked), printed[0], exact=printed[1])
    if part.manner is Manner.ROW and printed[0] and not named.why:
        named = replace(named, why=naming.strange(printed[0][0], part.title))
    elif not printed[0] and named.sure:
        named = replace(named, why=naming.told_apart(named, title or _head(telling), asked))
    if title and part.manner is not Manner.ROW and not printed[0]:
        # A heading may name the item, or only the field its paragraphs belong to.
        alone = naming.decide(naming.scores("", telling, numbers), [], exact=False)
        named = alone if alone.sure and alone.score > _ALONE else named
    return _Piece(part, words, numbers, named, bool(printed[0]))


def _head(words: str) -> str:
    """The first clause of a paragraph that says something: there it names its item."""
    return next((clause for clause in _FIRST.split(words.strip()) if grams(clause)), "")


def _names(title: str) -> bool:
    """Whether a heading may name a task."""
    return bool(title) and not re.fullmatch(
        r"(?:主要|重点)?(?:工作|任务)?(?:进展|推进|完成|落实|开展)?(?:情况|工作)?", title
    )


def _beside(pieces: list[_Piece], naming: Naming) -> list[_Piece]:
    """Undecided pieces once more, with what was found next to them: a reply goes through a point item by item."""
    told = []
    for place, one in enumerate(pieces):
        around = [near.named for near in pieces[max(0, place - 2) : place + 3] if near is not one]
        points = [
            naming.wanted[near.at].number.partition(".")[0] for near in around if near.at is not None and near.sure
        ]
        if one.named.sure or one.printed or not points:
            told.append(one)
            continue
        title = one.part.title if _names(one.part.title) else ""
        named = naming.decide(
            naming.scores(title, "" if only_nothing(one.words) else one.words, one.numbers, points), [], exact=False
        )
        if named.at is None and place and _carries_on(pieces[place - 1], one):
            before = told[-1].named
            named = replace(before, sure=False, why="没有写明事项，按上一段算") if before.at is not None else named
        told.append(replace(one, named=named))
    return told


def _carries_on(before: _Piece, one: _Piece) -> bool:
    """Whether a stretch that names nothing may go on about the one before: both prose under one heading."""
    if not (before.part.manner is one.part.manner is Manner.PROSE and before.part.title == one.part.title):
        return False
    said = claims(one.words)
    names = next((held for clause in _FIRST.split(one.words.strip()) if (held := grams(clause))), None)
    if names and len(names) > 2:  # noqa: PLR2004 (it names something of its own)
        return False
    return bool(said.nothing_new or any(number.role in {Role.TOTAL, Role.NOW} for number in one.numbers))


def _answer(one: _Piece, naming: Naming, stated: Stated | None, on: date, divisions: Sequence[str]) -> Answer:
    part = one.part
    said = claims(one.words, part.cells.get("trouble", ""), part.cells.get("next", ""), part.cells.get("state", ""))
    source = without_next(one.words)
    day = resolved(until(one.words) or part.day or stated, on)
    item = None if one.named.at is None else naming.wanted[one.named.at]
    here = stretch(source, part, on, day, said.claim, divisions)
    if item and not item.targets and said.claim is not Claim.DONE and is_done_by_act(one.words, item.title):
        said = replace(said, claim=Claim.DONE)
    choices = choose(here, item) if item and part.manner in {Manner.ROW, Manner.PROSE} else []
    if "counties" in part.cells and not part.cells.get("value"):
        choices = [Choice(asks=[_NO_SUM]) for _ in choices]
    doubts = [
        *([question(part.place, one.named.why, "每段须对上一个督查事项", "请选定是哪一项")] if one.named.why else []),
        *(question(part.place, *asked) for choice in choices for asked in choice.asks),
    ]
    if item is not None and one.named.at is not None:
        if not any(choice.told for choice in choices) and _only_names(one, said, naming):
            doubts.append(
                question(part.place, f"“{one.words.strip()[:24]}”没有写进展", "须写明进展", "请补问，或核对是否这一项")
            )
        if not choices and (other := _counted_elsewhere(one, naming)):
            doubts.append(question(part.place, f"文中的数像是 {other}的", "每个数须记在它所说的一项", "请核对是哪一项"))
        doubts += about_items(part, item, naming.is_away(one.named.at), naming.office or naming.division)
        doubts += about_values(part, item, choices, nothing_new=said.nothing_new)
        doubts += about_days(part, day, on, any(choice.told for choice in choices))
    return _put_together(one, item, said, choices, tuple(doubts))


def _counted_elsewhere(one: _Piece, naming: Naming) -> str:
    """Another item nearly as like, whose target a number of the stretch may be; "" when there is none."""
    for other in one.named.candidates[1:]:
        item = naming.by_id[other.item]
        fits = any(measures(number.unit, target.unit) == 1 for number in one.numbers for target in item.targets)
        if fits and other.score > 0.6 * one.named.score:
            return f"{item.number}“{item.title[:16]}”"
    return ""


def _only_names(one: _Piece, said: Claims, naming: Naming) -> bool:
    """Whether a stretch of prose names its item and says no more."""
    if one.part.manner is not Manner.PROSE or said.nothing_new or one.named.at is None:
        return False
    if naming.says_only(one.named.at, one.words):  # 按时办结率: what sounds like an end is the item's own name
        return True
    if said.claim:
        return False
    if said.trouble or said.next_step:
        return False
    return len(one.words.strip()) <= _SHORT or naming.likeness.inside(one.named.at, grams(one.words)) > _ALL_NAMED


def _put_together(
    one: _Piece, item: Wanted | None, said: Claims, choices: Sequence[Choice], doubts: tuple[object, ...]
) -> Answer:
    rows = _cells_said(one.part.cells)
    return Answer(
        part=one.part,
        item=item.id if item else None,
        sure=one.named.sure,
        score=round(one.named.score, 3),
        candidates=one.named.candidates,
        words=said.progress or rows,
        source=one.words,
        figures=tuple(choice.told for choice in choices),
        claim=said.claim,
        trouble=said.trouble,
        next_step=said.next_step,
        nothing_new=said.nothing_new or says_nothing(one.part.cells.get("value", "")),
        doubts=doubts,  # type: ignore[arg-type]
    )


def _cells_said(cells: Mapping[str, str]) -> str:
    return "；".join(cells[key] for key in ("value", "state", "note") if cells.get(key))[:200]


def _is_told(one: Answer) -> bool:
    """Whether an answer is worth showing: stretches of trouble and plans, and idle talk without an item, are not."""
    if one.part.manner in {Manner.TROUBLE, Manner.NEXT}:
        return False
    if one.item is not None:
        return bool(one.words or one.figure or one.nothing_new or one.claim)
    numbered = read_cell(one.part.cells.get("value", ""), "", "") is not None
    if _HEADING.fullmatch(one.words.strip()):
        return False
    told = re.search(r"\d|完成|已|正在|推进", one.words)
    return bool(one.part.title and one.words) or numbered or one.nothing_new or bool(told)


def resolved(stated: Stated | None, on: date) -> date | None:
    """The day that is meant: a day without a year lies in the year of asking, or in the one before when that is nearer."""
    if stated is None:
        return None
    day = _in_year(stated, stated.year or on.year)
    if stated.year is None and (day - on).days > _HALF_YEAR:
        day = _in_year(stated, on.year - 1)
    return day


def _in_year(stated: Stated, year: int) -> date:
    last = month_end(year, stated.month)
    return last.replace(day=min(stated.day or last.day, last.day))


def speaks_for_all(answer: Answer) -> bool:
    """Whether a stretch says for all items of its sender that nothing is new (各项工作均无新进展)."""
    return answer.item is None and answer.nothing_new and bool(_ALL_ITEMS.search(answer.source))
