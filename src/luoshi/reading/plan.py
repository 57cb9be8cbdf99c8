"""A text read whole: points, sentences, promises, targets."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from luoshi.reading import kinds, mentions
from luoshi.reading.binding import Place, bind
from luoshi.reading.clauses import Group, promises
from luoshi.reading.grammar.context import Context
from luoshi.reading.grammar.period import headed, period
from luoshi.reading.grammar.strength import strength
from luoshi.reading.grammar.targets import find_targets
from luoshi.reading.outline import Outline, Part, outline
from luoshi.reading.repeats import Repeats, without_blanks
from luoshi.reading.reviews import review_spans
from luoshi.reading.sentences import find_sentences
from luoshi.reading.verbs import Act, find_act
from luoshi.spine import Commitment, Indicator, Plan, Point, Sentence, Target
from luoshi.words.provenance import digest


@dataclass(slots=True)
class _Reading:
    """What is known while one text is read."""

    text: str
    context: Context
    indicators: Sequence[Indicator]
    reviews: list[tuple[int, int]]
    brackets: list[tuple[int, int]]
    repeats: Repeats
    found: list[Commitment] = field(default_factory=list)
    outside: int = 0
    """How many commitments stood outside any point so far; they are numbered on through the text."""

    def in_review(self, start: int) -> bool:
        at = bisect_right(self.reviews, (start, len(self.text))) - 1
        return at >= 0 and start < self.reviews[at][1]


def read_text(text: str, *, indicators: Sequence[Indicator] = ()) -> Plan:
    """Read one plan. `text` is kept as it is; every offset is a character of it."""
    told = outline(text)
    context = period(told.title, text)
    reviews, brackets = review_spans(text, context), mentions.bracket_spans(text)
    reading = _Reading(text, context, indicators, reviews, brackets, Repeats(text, told.until))
    for part, whole in _stretches(told):
        reading.found.extend(_commitments(reading, part, whole=whole))
    return Plan(
        title=told.title,
        issuer=told.issuer,
        year=context.year,
        digest=digest(text.encode("utf-8", "surrogatepass")),
        text=text,
        points=tuple(Point(part.number, part.title, part.section, part.start, part.end) for part in told.points),
        commitments=tuple(reading.found),
        sections=tuple(Point(part.number, part.title, "", part.start, part.end) for part in told.sections),
        begun=context.begun,
        until=context.until,
    )


def _stretches(told: Outline) -> Iterator[tuple[Part, bool]]:
    """Points and what stands right below a heading, read whole; of a preamble only what carries a number is a promise."""
    for part in sorted([*told.points, *told.loose], key=lambda part: part.start):
        yield part, bool(part.number or part.section_title)


def _sentences(reading: _Reading, part: Part) -> Iterator[tuple[int, int, bool]]:
    """Spans of the part's sentences, its title first, and whether each is a title."""
    if part.title and part.body > part.start:
        for start, end in find_sentences(reading.text, part.start, part.body):
            yield start, end, True
    for start, end in find_sentences(reading.text, part.body, part.end):
        yield start, end, False


def _commitments(reading: _Reading, part: Part, *, whole: bool) -> Iterator[Commitment]:
    context = headed(reading.context, part.section_title, part.title)
    context = replace(context, review=reading.in_review(part.start))
    order = 0 if part.number else reading.outside
    for begun, end, is_title in _sentences(reading, part):
        start = _behind_brackets(reading, begun, end)
        words = without_blanks(reading.text[start:end])
        if not words or reading.in_review(start) or reading.repeats.is_read_elsewhere(words, start, part, whole=whole):
            continue
        sentence = Sentence(reading.text[start:end], start, end, part.number, part.section)
        until, printed = _before_brackets(reading, start, end), _printed(reading, part, start)
        targets = find_targets(reading.text, start, until, context)
        for group, act in _groups(reading, start, until, targets):
            if (is_title or not whole) and all(target.implicit for target in group.targets):
                continue
            order += 1
            reading.outside += not part.number
            yield _commitment(reading, part, sentence, (group, act), f"{part.number or '0'}.{order}", printed)


def _printed(reading: _Reading, part: Part, start: int) -> tuple[str, ...]:
    """Offices that the first bracket behind the start of a sentence prints, within its point."""
    at = bisect_left(reading.brackets, (start, 0))
    if at == len(reading.brackets) or reading.brackets[at][1] > part.end:
        return ()
    return mentions.printed_offices(reading.text[slice(*reading.brackets[at])])


def _behind_brackets(reading: _Reading, start: int, end: int) -> int:
    """Where a sentence begins behind a bracket that belongs to the one before (…。（责任科室：…）新建…)."""
    at = bisect_left(reading.brackets, (start, 0))
    while at < len(reading.brackets) and reading.brackets[at][0] == start and reading.brackets[at][1] <= end:
        start = reading.brackets[at][1]
        while start < end and reading.text[start] in " 　\t。；;，,":
            start += 1
        at = bisect_left(reading.brackets, (start, 0))
    return start


def _before_brackets(reading: _Reading, start: int, end: int) -> int:
    """Where a sentence ends before a bracket at its end that only prints offices."""
    at = bisect_left(reading.brackets, (start, 0))
    if at == len(reading.brackets) or reading.brackets[at][1] > end + 1:
        return end
    begun, closed = reading.brackets[at]
    return end if reading.text[closed:end].strip(" 。；;") else begun


def _groups(reading: _Reading, start: int, end: int, targets: list[Target]) -> Iterator[tuple[Group, Act]]:
    """The sentence's promises, each with its act."""
    for group in promises(reading.text, start, end, targets):
        act = find_act(reading.text[group.start : group.end])
        if group.targets or act.verb:
            yield group, act


def _commitment(
    reading: _Reading, part: Part, sentence: Sentence, promise: tuple[Group, Act], number: str, printed: tuple[str, ...]
) -> Commitment:
    group, act = promise
    clause = reading.text[group.start : group.end]
    alone = len(group.targets) == 1
    targets = tuple(
        bind(one, Place(clause, sentence.text, part.title, alone=alone), reading.indicators) for one in group.targets
    )
    return Commitment(
        id=number,
        sentence=sentence,
        start=group.start,
        end=group.end,
        action=act.verb,
        subject=targets[0].subject if targets else act.subject[:80] or clause[:80],
        kind=kinds.kind(clause, act, targets),
        strength=strength(clause),
        scope=mentions.scope(clause) or mentions.scope(sentence.text[: group.end - sentence.start]),
        offices=printed,
        organisations=mentions.organisations(clause),
        policies=mentions.policies(clause),
        programmes=mentions.programmes(clause),
        targets=targets,
        repeats=reading.repeats.elsewhere(without_blanks(sentence.text), sentence.start),
    )
