"""账号表: a workbook of accounts and posts, read once, every finding told by its cell, and held against what is known.

A row is one post of one person; several rows of one account are several posts. People who are not in it stay as they are.
"""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.utils import timezone

from luoshi.bureau.people.models import Division, Institution, Office, Person, Role, Succession, standing
from luoshi.bureau.posts.models import CountyOffice, Post
from luoshi.reading.tables import BOOK, Row, Table
from luoshi.words.divisions import How
from luoshi.words.findings import Finding

NEEDED = ("账号", "姓名", "角色", "起")
OPTIONAL = ("科室", "单位", "学校标识码", "股室", "职务", "电话", "止", "主要任职")
COLUMNS = ("账号", "姓名", "角色", "科室", "单位", "股室", "职务", "电话", "起", "止", "主要任职", "学校标识码")
"""In the order of the template; what only schools fill stands last, so that a filled workbook of before is pasted as it was."""
YES = ("是", "否")
MOST_FINDINGS = 500
_LOGIN_LONGEST, _NAME_LONGEST, _WORDS_LONGEST, _CODE_LONGEST = 60, 60, 60, 14
_LOGIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._@+-")
_AT_ONCE = 400
"""Accounts asked for in one query: SQLite takes 999 values."""


@dataclass(frozen=True, slots=True)
class Account:
    """One row: a post of a person."""

    line: int
    login: str
    name: str
    role: str
    office: str
    division: str
    school: str
    section: int | None
    title: str
    phone: str
    begun: date
    until: date | None
    main: bool

    @property
    def place(self) -> tuple[str, str, str, str, int | None]:
        """What makes it the same post when it is brought again."""
        return (self.role, self.office, self.division, self.school, self.section)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A workbook as it was read."""

    rows: tuple[Account, ...]
    findings: tuple[Finding, ...]

    def record(self) -> list[dict[str, Any]]:
        """Its rows as JSON keeps them."""
        return [asdict(one) | {"begun": str(one.begun), "until": str(one.until or "")} for one in self.rows]


def from_record(told: Iterable[Mapping[str, Any]]) -> list[Account]:
    """Rows as JSON kept them."""
    day = date.fromisoformat
    return [
        Account(
            **{"school": "", **one, "begun": day(one["begun"]), "until": day(one["until"]) if one["until"] else None}
        )
        for one in told
    ]


class Places:
    """Offices, divisions and 股室 by what people write: code or name. Schools by code alone: names are given twice."""

    @cached_property
    def offices(self) -> dict[str, str]:
        """Codes by code and by name."""
        told = list(Office.objects.values_list("code", "name"))
        return {words: code for code, name in told for words in (code, name)}

    @cached_property
    def divisions(self) -> dict[str, str]:
        """Codes by code and by name."""
        told = list(Division.objects.values_list("code", "name"))
        return {words: code for code, name in told for words in (code, name)}

    @cached_property
    def schools(self) -> dict[str, str]:
        """County by code of the schools that stand today: one query, however many."""
        return dict(standing(Institution.objects.all(), timezone.localdate()).values_list("code", "county"))

    @cached_property
    def gone(self) -> dict[str, tuple[str, str]]:
        """What came of schools that are no more: how, and the code that stands for it, by the old code."""
        steps = Succession.objects.filter(of_schools=True).exclude(how=How.PART).order_by("on")
        told = steps.values_list("before", "how", "after")
        return {before: (How(how).label, after) for before, how, after in told if before != after}

    @cached_property
    def sections(self) -> dict[tuple[str, str], int]:
        """Numbers of 股室 by code of the division and name."""
        return {(one.division, one.name): one.pk for one in CountyOffice.objects.filter(until=None)}


def roles() -> dict[str, str]:
    """Roles by what people write: 联络员, or its key."""
    return {words: value for value, label in Role.choices for words in (value, str(label))}


def read_accounts(name: str, content: bytes) -> Sheet:
    """Read a workbook or CSV. Reading never fails: what is wrong is told, cell by cell and all at once."""
    findings: list[Finding] = []
    known, places, rows = roles(), Places(), list[Account]()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "账号表.csv"
        (path.with_suffix(BOOK) if content.startswith(b"PK") else path).write_bytes(content)
        table = Table(path, findings)
        for row in table.rows(NEEDED, OPTIONAL):
            before = len(findings)
            told = _account(row, known, places)
            if told is not None and len(findings) == before:
                rows.append(told)
    if not rows and not findings:
        findings.append(Finding(name[:60], "没有一行账号", "第一行列名，以下每行一个任职", "请按模板填写"))
    findings += _across(rows)
    return Sheet(tuple(rows), tuple(findings))


def _account(row: Row, known: Mapping[str, str], places: Places) -> Account | None:
    login = row.text("账号", longest=_LOGIN_LONGEST)
    if set(login) - _LOGIN:
        row.tell("账号", f"“{login}”里有不能用的字", "只用字母、数字和 . _ @ + -")
    name = row.text("姓名", longest=_NAME_LONGEST)
    role = known.get(row.one_of("角色", known, "角色下拉里的角色"), "")
    office = places.offices.get(row.one_of("科室", places.offices, "科室表里的科室", needed=False), "")
    unit = places.divisions.get(row.one_of("单位", places.divisions, "单位表里的单位", needed=False), "")
    school, unit = _school(row, role, unit, places)
    section = _section(row, unit, places)
    if role in {Role.SECTION, Role.CONTACT} and not row.cells["科室"]:
        row.tell("科室", "是空的", "科室负责人和联络员须写科室", "请选科室")
    if role == Role.COUNTY and not row.cells["单位"]:
        row.tell("单位", "是空的", "县(市、区)人员须写单位", "请选单位")
    begun, until = row.day("起"), row.day("止", needed=False)
    if begun and until and until < begun:
        row.tell("止", f"{until} 早于起 {begun}", "止日不早于起日")
    main = row.one_of("主要任职", YES, "是、否", needed=False) == "是"
    title, phone = (row.text(one, needed=False, longest=_WORDS_LONGEST) for one in ("职务", "电话"))
    row.once("账号", "角色", "科室", "单位", "学校标识码", "股室")
    if begun is None:
        return None
    return Account(row.line, login, name, role, office, unit, school, section, title, phone, begun, until, main)


def _school(row: Row, role: str, unit: str, places: Places) -> tuple[str, str]:
    """Code of the school of a row, and its county where the row names none."""
    code = row.text("学校标识码", needed=False, longest=_CODE_LONGEST)
    if role != Role.SCHOOL:
        if code:
            row.tell("学校标识码", f"角色不是学校，填了“{code}”", "只有学校人员填学校标识码", "请改角色，或清空这一格")
        return "", unit
    if not code:
        row.tell("学校标识码", "是空的", "学校人员须填学校标识码", "请照学校名录填写")
        return "", unit
    for other in ("科室", "股室"):
        if row.cells[other]:
            row.tell(other, f"学校人员填了“{row.cells[other]}”", "学校人员不属于科室和股室", "请清空这一格")
    county = places.schools.get(code)
    if county is None:
        became = places.gone.get(code)
        what = f"“{code}”已{became[0]}，现为 {became[1]}" if became else f"学校名录里今天没有“{code}”"
        remedy = f"请改填 {became[1]}" if became else "请核对标识码，或先在“区划与学校”登记这所学校"
        row.tell("学校标识码", what, "须为学校名录里今天存在的学校", remedy)
    elif unit not in {"", county}:
        what = f"“{row.cells['单位']}”不是 {code} 所在的单位"
        row.tell("单位", what, "学校人员的单位是学校所在的县(市、区)", "请改正，或清空这一格由系统填")
    return code, county or unit


def _section(row: Row, unit: str, places: Places) -> int | None:
    words = row.text("股室", needed=False)
    found = places.sections.get((unit, words))
    if words and found is None:
        row.tell("股室", f"本单位没有“{words}”", "股室须先在单位的股室页登记", "请先登记股室，或改正")
    return found


def _across(rows: Sequence[Account]) -> list[Finding]:
    """What only several rows together show: one account with two names, or two main posts."""
    told, first = list[Finding](), dict[str, Account]()
    mains: dict[str, int] = {}
    for one in rows:
        other = first.setdefault(one.login, one)
        if other.name != one.name:
            what = f"账号 {one.login} 在第{other.line}行是“{other.name}”，在这里是“{one.name}”"
            told.append(Finding(f"第{one.line}行 姓名", what, "一个账号一个人", "请改正账号或姓名"))
        if one.main and mains.setdefault(one.login, one.line) != one.line:
            what = f"账号 {one.login} 在第{mains[one.login]}行已有主要任职"
            told.append(Finding(f"第{one.line}行 主要任职", what, "一人一个主要任职", "请只留一个“是”"))
    return told


@dataclass(frozen=True, slots=True)
class Difference:
    """What a row does: nothing, or something new, changed or ended, in words."""

    account: Account
    kind: str
    """person, post, changed, ended, same."""
    words: str = ""
    post: Post | None = None


@dataclass(slots=True)
class Compared:
    """A workbook beside what is known."""

    differences: list[Difference] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """By kind; new people, not their rows."""
        told = dict.fromkeys(("person", "post", "changed", "ended", "same"), 0)
        for one in self.differences:
            told[one.kind] += 1
        told["person"] = len({one.account.login for one in self.differences if one.kind == "person"})
        return told


def refusals(compared: Compared, on: date) -> list[Finding]:
    """What a workbook may not do to people who are known: end a post in the past, for then nobody could hand over any more."""
    return [
        Finding(
            f"第{one.account.line}行 止",
            f"{one.account.name}现任此职，止日 {one.account.until} 已过",
            "离任须办交接，名下事项都有人接手",
            "请在人员页办理交接；或把止写成今天以后的日期",
        )
        for one in compared.differences
        if one.kind == "ended" and one.account.until is not None and one.account.until < on
    ]


def compare(rows: Sequence[Account], on: date) -> Compared:
    """Hold rows against the people and posts that are known, in a few queries however many they are."""
    logins = list(dict.fromkeys(one.login for one in rows))
    people: dict[str, Person] = {}
    posts: dict[int, list[Post]] = {}
    for at in range(0, len(logins), _AT_ONCE):
        part = logins[at : at + _AT_ONCE]
        people |= {one.username: one for one in Person.objects.filter(username__in=part)}
        for post in Post.objects.filter(person__username__in=part, stands_for=None, ended_on=None).order_by("id"):
            posts.setdefault(post.person_id, []).append(post)
    return Compared([_difference(one, people.get(one.login), posts, on) for one in rows])


def _place(post: Post) -> tuple[str, str, str, str, int | None]:
    return (post.role, post.office, post.division, post.school, post.section_id)


def _difference(one: Account, person: Person | None, posts: Mapping[int, list[Post]], on: date) -> Difference:
    if person is None:
        return Difference(one, "person")
    own = [post for post in posts.get(person.pk, []) if (post.until or on) >= min(one.begun, on)]
    same = next((post for post in own if _place(post) == one.place), None)
    if same is None:
        return Difference(one, "post")
    told = [
        f"{label} {before or '空'} → {after or '空'}"
        for label, before, after in (
            ("姓名", person.name, one.name),
            ("职务", same.title, one.title),
            ("电话", same.phone, one.phone),
            ("起", same.begun, one.begun),
            ("止", same.until, one.until),
        )
        if before != after
    ]
    ends = one.until is not None and one.until != same.until
    return Difference(one, "ended" if ends else "changed" if told else "same", "；".join(told), same)
