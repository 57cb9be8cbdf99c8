"""Lists compared row by row in plain Python, slowly and plainly: what judges `luoshi.matching`."""

import hashlib
import hmac
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from luoshi.words.identifiers import is_person, person_check, roll_number
from tests.lists_of_persons import COLUMNS

BLANKS = set(" \t\r\n\v\f\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff")
QUOTES = set("'\"`‘’“”＇＂｀")
DOTS = set("•・･‧∙．.")
CROWD = 20


def _letters(cell):
    told = ""
    for one in cell or "":
        if one in BLANKS | QUOTES:
            continue
        wide = "０" <= one <= "９" or "Ａ" <= one <= "Ｚ" or "ａ" <= one <= "ｚ"
        half = chr(ord(one) - 0xFEE0) if wide else one
        told += half.upper() if half.isascii() else half
    return told


def _day(text):
    told = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text, re.ASCII)
    told = told or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", text, re.ASCII)
    try:
        return date(*map(int, told.groups())).isoformat() if told else None
    except ValueError:
        return None


def _name(cell):
    return _letters("".join("·" if one in DOTS else one for one in cell or "")) or None


def _number(written, on):
    """Key, flaw, day of birth in it."""
    if not written:
        return None, "missing", None
    if re.fullmatch(r"\d+(\.\d+)?E\+?\d+", written, re.ASCII):
        return None, "lost", None
    bare = written[1:] if re.fullmatch(r"G\d{17}[\dX]", written, re.ASCII) else written
    if re.fullmatch(r"\d{15}", bare, re.ASCII):
        longer = f"{bare[:6]}19{bare[6:]}"
        bare = longer + person_check(longer)
    if re.fullmatch(r"[JL]\d{17}[\dX]", bare, re.ASCII):
        born = _day(bare[7:15])
        return (bare, None, born) if roll_number(bare) else (None, "check", born)
    if not re.fullmatch(r"\d{17}[\dX]", bare, re.ASCII):
        return (None, "malformed", None) if not re.fullmatch(r"[JL]\d{15}", bare, re.ASCII) else (None, "?", None)
    born = _day(bare[6:14])
    if person_check(bare[:17]) != bare[17]:
        return None, "check", born
    return (bare, None, born) if is_person(bare, on) else (None, "born", born)


@dataclass(eq=False)
class Person:
    list: str
    line: int
    written: str | None
    name: str | None
    born: str | None
    guardian: str | None
    county: str
    key: str | None
    flaw: str | None
    standing: str = ""

    def content(self):
        said = (self.list, self.written, self.name, self.born, self.guardian, self.county)
        return "\x1f".join(one or "" for one in said)


@dataclass
class Slow:
    """What came of it."""

    outcomes: dict = field(default_factory=dict)
    """(list, line) → outcome, by."""
    found: dict = field(default_factory=dict)
    """(comparison, line) → standing by crossing."""
    doubts: set = field(default_factory=set)
    """(comparison, doubt, list, line, other, other line, pair)."""


class _Slow:
    def __init__(self, lists, plan, on, key, decided):
        self.plan, self.key, self.decided = plan, key, decided
        self.lists = {one.key: self._read(one, on) for one in lists}
        self.told = Slow()
        self.same_as, self.waiting = set(), set()

    def _read(self, one, on):
        people = []
        for place, row in enumerate(one.rows.iter_rows(named=True)):
            if not any((row[name] or "").strip() for name in COLUMNS):
                continue
            written = _letters(row["number"]) or None
            key, flaw, digits = _number(written, on)
            born = _day(re.sub(r"T?00:00:00(\.0+)?$", "", _letters(row["born"]))) or digits
            county = (row["county"] or "").strip() or one.county
            name, guardian = _name(row["name"]), _name(row["guardian"])
            people.append(Person(one.key, place + one.first, key or written, name, born, guardian, county, key, flaw))
        return people

    def code(self, kind, one, other):
        both = sorted((one.content(), other.content() if other else "\x1f" * 5))
        said = "\x1f".join((kind, *both)).encode()
        return hmac.new(self.key, said, hashlib.sha256).hexdigest()[:24]

    def judged(self, kind, one, other=None):
        told = self.decided.get(self.code(kind, one, other), "")
        return "" if kind == "alone" and told == "same" else told

    def doubt(self, comparison, doubt, one, other=None):
        code = self.code("pair" if other else "alone", one, other)
        other_line = other.line if other else None
        self.told.doubts.add((comparison, doubt, one.list, one.line, other.list if other else "", other_line, code))
        self.waiting.add((one.list, one.line))
        if other:
            self.waiting.add((other.list, other.line))

    def stand(self):
        for people in self.lists.values():
            for one in people:
                same = [other for other in people if one.key and other.key == one.key]
                if one.key is None:
                    one.standing = "bad"
                elif len(same) == 1:
                    one.standing = "clean"
                else:
                    open_ = any(self.judged("pair", other, same[0]) != "same" for other in same[1:])
                    one.standing = "crowded" if open_ else "clean" if one is same[0] else "merged"
                    partner = same[1] if one is same[0] else same[0]
                    if not self.judged("pair", one, partner):
                        self.doubt("", "twice", one, partner)

    def met(self, one, others):
        for other in others:
            for their in self.lists[other]:
                if their.standing == "clean" and their.key == one.key and one.key and not _unlike(one, their):
                    return other
        return None

    def pairs(self, one, loose, other):
        """Doubt and person."""
        mine = {each.key for each in self.lists[one.list] if each.key}
        free = [each for each in self.lists[other] if each.standing != "merged" and each.key not in mine]
        stems = Counter((each.name, each.born) for each in loose)
        wanted = Counter((each.name, each.born) for each in free)
        for their in self.lists[other]:
            if one.key and their.key == one.key and their.standing == "crowded":
                yield "crowded", their
            elif one.key and their.key == one.key and their.standing == "clean" and _unlike(one, their):
                yield "unlike", their
        for their in free:
            named = one.name and one.born and (one.name, one.born) == (their.name, their.born)
            near = (one.guardian and one.guardian == their.guardian) or (one.county and one.county == their.county)
            few = stems[one.name, one.born] <= CROWD and wanted[one.name, one.born] <= CROWD
            if named and near and few:
                yield "alike", their

    def compare(self, comparison):
        given = [each for each in comparison.clearing if each in self.lists]
        loose = []
        for one in self.lists[comparison.of]:
            by = self.met(one, given)
            if one.standing in {"crowded", "merged"}:
                self.told.outcomes[one.list, one.line] = {"crowded": "doubtful"}.get(one.standing, "merged"), None
            elif by:
                self.told.outcomes[one.list, one.line] = "met", by
            else:
                loose.append(one)
        found = [one for one in loose if self.settle(comparison, one, loose, given) == "found"]
        for one in found:
            self.told.found[comparison.key, one.line] = {}
        for crossing in self.plan.crossings:
            if comparison.key in crossing.of and crossing.within in self.lists:
                open_ = [one for one in found if not self.met(one, [crossing.within])]
                for one in found:
                    standing = self.cross(crossing, one, open_) if one in open_ else "yes"
                    self.told.found[comparison.key, one.line][crossing.key] = standing

    def settle(self, comparison, one, loose, given):
        pairs = [(*pair, other) for other in given for pair in self.pairs(one, loose, other)]
        same = [other for _, their, other in pairs if self.judged("pair", one, their) == "same"]
        self.same_as |= {(their.list, their.line) for _, their, _ in pairs if self.judged("pair", one, their) == "same"}
        open_ = [(doubt, their) for doubt, their, _ in pairs if not self.judged("pair", one, their)]
        lonely = one.key is None and not self.judged("alone", one)
        if same:
            told = "met", min(same, key=given.index)
        elif open_ or lonely:
            told = "doubtful", None
            for doubt, their in open_:
                self.doubt(comparison.key, doubt, one, their)
            if lonely:
                self.doubt(comparison.key, "number", one)
        else:
            told = "found", None
        self.told.outcomes[one.list, one.line] = told
        return told[0]

    def cross(self, crossing, one, loose):
        pairs = list(self.pairs(one, loose, crossing.within))
        same = {(their.list, their.line) for _, their in pairs if self.judged("pair", one, their) == "same"}
        self.same_as |= same
        open_ = [(doubt, their) for doubt, their in pairs if not self.judged("pair", one, their)]
        if same:
            return "yes"
        for doubt, their in open_:
            self.doubt(crossing.key, doubt, one, their)
        return "doubtful" if open_ else "no"

    def refer(self, name):
        lookers = [of for of, other in self.plan.pairs() if other == name and of in self.lists]
        keys = {one.key for of in lookers for one in self.lists[of] if one.key}
        waiting = set(self.waiting)
        for one in self.lists[name]:
            at = name, one.line
            lonely = one.key is None and not self.judged("alone", one)
            if one.standing in {"crowded", "merged"}:
                told = {"crowded": "doubtful"}.get(one.standing, "merged")
            elif one.key in keys or at in self.same_as:
                told = "met"
            else:
                told = "doubtful" if lonely or at in waiting else "unmet"
            if lonely and at not in self.same_as:
                self.doubt("", "number", one)
            self.told.outcomes[at] = told, None


def _unlike(one, other):
    return bool(one.name and other.name and one.name != other.name) or bool(
        one.born and other.born and one.born != other.born
    )


def slow(lists, plan, on, key, decided):
    """Compare, row by row."""
    told = _Slow(lists, plan, on, key, decided)
    told.stand()
    active = [one for one in plan.comparisons if {one.of, one.against} <= told.lists.keys()]
    for one in active:
        told.compare(one)
    for name in told.lists.keys() - {one.of for one in active}:
        told.refer(name)
    return told.told
