"""No regular expression of the reader takes more than its share of time, whatever stands in the text.

Each pattern is attacked with strings made from its own parts: what leads up to a repetition, the repeated thing many
times over, and a character that fits nothing.
"""

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from re import _constants as sre
from re import _parser

import pytest

import luoshi.reading
from tests.generative.texts import PROVE
from tests.yardstick import usual

SHORT, LONG = 1_000, 8_000
SLACK = 2.5
GIVES_UP = 0.5
"""Seconds after which one search is called endless."""
MOST_ATTACKS = 10_000 if PROVE else 12
"""Attacks on one pattern; make prove tries all."""
ANCHORED = {"match", "fullmatch"}
_CALLS = ANCHORED | {"search", "sub", "split", "findall", "finditer", "subn"}
SENTENCE = 2_000
"""Characters the longest sentence may have: find_sentences cuts one that never ends."""
WHOLE_TEXTS = {"outline", "reviews", "sentences", "period", "numerals", "city", "mentions._BRACKET"}
"""What looks at more than one sentence at once; so does everything under documents/."""
AT_THE_START = {"outline._MARKERS"}
"""Patterns in tables, tried at the start of a line only."""
STRIPPED = {"reviews._OPENS_PAST"}
"""Patterns that never see the blanks at the head of a line."""
SHOWN_LITTLE = {"documents.web._SITE": 200}
"""Patterns that grow with the square, and the characters they are shown at most."""
QUICK = 0.1
"""Seconds that one pattern may take for one sentence made to hurt it."""


def patterns() -> dict[str, tuple[re.Pattern, bool]]:
    """Every pattern of the reader by its place, and whether it is only ever tried at one place of a text."""
    found: dict[str, tuple[re.Pattern, bool]] = {}
    for listed in pkgutil.walk_packages(luoshi.reading.__path__, "luoshi.reading."):
        module = importlib.import_module(listed.name)
        room = listed.name.removeprefix("luoshi.reading.").removeprefix("grammar.")
        source = Path(module.__file__ or "").read_text("utf-8")
        for name, value in vars(module).items():
            used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)\(", source)) & _CALLS
            for place, pattern in enumerate(_inside(value)):
                at_start = f"{room}.{name}" in AT_THE_START or (bool(used) and used <= ANCHORED)
                found.setdefault(f"{room}.{name}.{place}", (pattern, at_start))
        for place, (told, call) in enumerate(_written_in_place(source)):
            found[f"{room}:{place}:{call}"] = (re.compile(told), call in ANCHORED)
    return found


def _written_in_place(source: str) -> Iterator[tuple[str, str]]:
    """Patterns written where they are used: re.search("…", words)."""
    for node in ast.walk(ast.parse(source)):
        called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS
        if called and ast.unparse(node.func.value) == "re" and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value, node.func.attr


def _inside(value: object) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (one for each in value.values() for one in _inside(each))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (one for each in value for one in _inside(each))


def attacks(pattern: re.Pattern) -> set[tuple[str, str, str]]:
    """Heads, units to repeat, and tails, from the pattern's own parts."""
    found: set[tuple[str, str, str]] = set()
    if isinstance(pattern.pattern, str):
        _attack(list(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)), "", found)
    return found


def _attack(parts: list, head: str, found: set[tuple[str, str, str]]) -> str:
    """Walk the parts, gathering attacks on the way; what the parts match comes back."""
    for kind, told in parts:
        inner = _children(kind, told)
        said = ""
        if kind in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            unit = _attack(list(told[2]), head, found) or "x"
            found |= {(head, unit, tail) for tail in ("", "\x01", "，\n")} | {("", head + unit, "\x01")}
            said = unit * max(told[0], 1 if told[1] else 0)
        elif inner:
            said = next(_attack(list(one), head, found) for one in inner)
        else:
            said = _one(kind, told)
        head += said
    found |= {("", head, "\x01")} if head else set()
    return head


def _children(kind: object, told: object) -> list:
    if kind is sre.SUBPATTERN:
        return [told[3]]
    if kind is sre.BRANCH:
        return told[1]
    return [told] if kind is sre.ATOMIC_GROUP else []


def _one(kind: object, told: object) -> str:
    """One character that a part matches; a look around and an edge match none."""
    if kind is sre.LITERAL:
        return chr(told)
    if kind is sre.IN:
        return _member(told)
    return {sre.ANY: "学", sre.NOT_LITERAL: "学"}.get(kind, "")


def _member(told: list) -> str:
    if told[0][0] is sre.NEGATE:
        spoilt = re.compile("[" + "".join(_shown(one) for one in told[1:]) + "]")
        return next(one for one in "学3a ，。（\n\x01" if not spoilt.match(one))
    kind, what = told[0]
    if kind is sre.RANGE:
        return chr(what[0])
    if kind is sre.CATEGORY:
        return {sre.CATEGORY_DIGIT: "3", sre.CATEGORY_SPACE: " "}.get(what, "学")
    return chr(what)


def _shown(one: tuple) -> str:
    kind, what = one
    if kind is sre.RANGE:
        return f"{re.escape(chr(what[0]))}-{re.escape(chr(what[1]))}"
    return (
        {sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_SPACE: r"\s"}.get(what, r"\w")
        if kind is sre.CATEGORY
        else re.escape(chr(what))
    )


class _EndlessError(Exception):
    """A search that did not come back in time."""


@contextmanager
def _given_up(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _EndlessError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _seconds(pattern: re.Pattern, text: str, *, anchored: bool, times: int = 2) -> float:
    best = GIVES_UP
    for _ in range(times):
        begun = time.process_time()
        try:
            with _given_up(GIVES_UP):
                if anchored:
                    pattern.match(text)
                else:
                    sum(1 for _ in pattern.finditer(text))
        except _EndlessError:
            return GIVES_UP
        best = min(best, time.process_time() - begun)
    return best


def growth(pattern: re.Pattern, *, anchored: bool, stripped: bool = False) -> tuple[float, str]:
    """How much longer eight times the worst attack takes, and that attack; 0 where nothing takes any time."""
    worst = (0.0, "")
    tried = sorted(attacks(pattern))
    for head, unit, tail in tried[:: len(tried) // MOST_ATTACKS + 1]:
        short, long = (head + unit * (length // len(unit)) + tail for length in (SHORT, LONG))
        if stripped:
            short, long = short.lstrip(), long.lstrip()
        many = _seconds(pattern, long, anchored=anchored, times=1)
        if many >= GIVES_UP:
            return (float("inf"), f"{head!r} + {unit!r} * n + {tail!r}")
        if many < 0.004:
            continue
        few = max(_seconds(pattern, short, anchored=anchored), 0.0002)
        many = min(many, _seconds(pattern, long, anchored=anchored))
        worst = max(worst, (many / few, f"{head!r} + {unit!r} * n + {tail!r}"))
    return worst


def _sees_whole_texts(name: str) -> bool:
    named = name.rpartition(".")[0] if name.rpartition(".")[2].isdigit() else name
    if named in SHOWN_LITTLE:
        return False
    return name.startswith("documents.") or named in WHOLE_TEXTS or re.split("[.:]", name)[0] in WHOLE_TEXTS


def _slowest(pattern: re.Pattern, *, anchored: bool) -> float:
    """Seconds the worst attack of one sentence takes."""
    tried = sorted(attacks(pattern))
    return max(
        (
            _seconds(pattern, (head + unit * (SENTENCE // len(unit)))[:SENTENCE] + tail, anchored=anchored, times=1)
            for head, unit, tail in tried[:: len(tried) // MOST_ATTACKS + 1]
        ),
        default=0.0,
    )


def test_what_looks_at_whole_texts_is_linear() -> None:
    met = {
        name: growth(one, anchored=at, stripped=name.rpartition(".")[0] in STRIPPED)
        for name, (one, at) in patterns().items()
        if _sees_whole_texts(name)
    }
    assert {name: told for name, told in met.items() if told[0] > SLACK * LONG / SHORT} == {}


def test_a_run_of_adverbs_is_soon_read() -> None:
    pattern, anchored = patterns()["verbs._OPENING.0"]
    assert usual(_seconds(pattern, "积极会同有关部门" * 40 + "\x01", anchored=anchored)) < QUICK


def test_what_looks_at_one_sentence_is_quick_with_the_longest() -> None:
    met = {name: _slowest(one, anchored=at) for name, (one, at) in patterns().items() if not _sees_whole_texts(name)}
    assert {name: seconds for name, seconds in met.items() if seconds > QUICK} == {}


def test_patterns_are_found_wherever_they_are_kept() -> None:
    assert len(patterns()) > 150
    assert list(_inside({"a": (re.compile("x"), [re.compile("y")])})) == [re.compile("x"), re.compile("y")]
    assert list(_written_in_place('import re\nre.search("a+b", words)\n')) == [("a+b", "search")]


@pytest.mark.parametrize("bad", [r"(a+)+b", r"(?:a|a)*b", r"\s+$", r"x*x*x*y", r"(?:[\d.]+天、)+$"])
def test_a_pattern_that_takes_more_is_found(bad: str) -> None:
    assert growth(re.compile(bad), anchored=False)[0] > SLACK * LONG / SHORT


@pytest.mark.parametrize("good", [r"[^。]+", r"\d{1,4}年", r"(?:[^，]{0,20})所"])
def test_a_pattern_that_takes_its_share_is_not_blamed(good: str) -> None:
    assert growth(re.compile(good), anchored=False)[0] <= SLACK * LONG / SHORT
