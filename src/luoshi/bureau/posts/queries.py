"""Who holds which post on a day, and as whom a person acts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from luoshi.bureau.people.hats import Hat, chosen
from luoshi.bureau.people.models import ApiKey, Division, Institution, Office, Person, Role
from luoshi.bureau.people.rights import given_to_stand_ins
from luoshi.bureau.posts.models import CountyOffice, Delegation, Post
from luoshi.words.provenance import digest


def held(on: date, through: str = "") -> Q:
    """That a post is held on a day.

    Args:
        on: the day.
        through: the way to the post: "" for posts themselves, "posts__" for people.
    """
    begun = Q(**{f"{through}begun__lte": on, f"{through}ended_on": None})
    return begun & (Q(**{f"{through}until": None}) | Q(**{f"{through}until__gte": on}))


def _name(model: Any, code: str) -> Coalesce:
    return Coalesce(Subquery(model.objects.filter(code=OuterRef(code)).values("name")[:1]), Value(""))


def with_posts(found: QuerySet[Person], on: date) -> QuerySet[Person]:
    """The people with the posts held on a day, a row for each: no query more. `worn` makes one person of the rows."""
    joined = found.annotate(
        hat=FilteredRelation("posts", condition=held(on, "posts__")),
        ever=Exists(Post.objects.filter(person=OuterRef("pk"), stands_for=None)),
    )
    told = {
        "hat_post": "hat__id", "hat_role": "hat__role", "hat_office": "hat__office", "hat_division": "hat__division",
        "hat_main": "hat__main", "hat_title": "hat__title", "hat_acts": "hat__acts", "hat_section": "hat__section__name",
        "hat_school": "hat__school",
        "hat_giver": "hat__stands_for__person__name", "hat_login": "hat__stands_for__person__username",
    }  # fmt: skip
    named = {"hat_office_name": _name(Office, "hat__office"), "hat_division_name": _name(Division, "hat__division")}
    named["hat_school_name"] = _name(Institution, "hat__school")
    return joined.annotate(**{name: F(way) for name, way in told.items()}, **named)


def worn(rows: Iterable[Person], wanted: object = None) -> Person | None:
    """The person of such rows, wearing the post they act in; None of nobody, and of somebody whose posts are all over.

    Somebody who was never given a post acts as their own columns say: the founding accounts of a city's folder.
    """
    listed: list[Any] = list(rows)
    if not listed:
        return None
    person = listed[0]
    person.hats = tuple(_hat(one) for one in listed if one.hat_post is not None)
    if person.hats and not person.ever:  # a founding account that stands in for somebody
        own = (0, person.role, person.office, person.division, str(Role(person.role).label))
        person.hats = (Hat(*own, main=True, school=person.school), *person.hats)
    put_on(person, wanted)
    return person if person.hat or not person.ever else None


def _hat(row: Any) -> Hat:
    where = row.hat_office_name or row.hat_school_name or row.hat_school or row.hat_division_name
    where = where or row.hat_office or row.hat_division
    parts = (where, row.hat_section, row.hat_title or str(Role(row.hat_role).label))
    words = " ".join(one for one in parts if one)
    told = (row.hat_post, row.hat_role, row.hat_office, row.hat_division, words)
    return Hat(*told, row.hat_main, row.hat_giver or "", row.hat_login or "", row.hat_school, tuple(row.hat_acts or ()))


def put_on(person: Any, wanted: object = None) -> None:
    """Let a person of `worn` act in a post: role, office and division become the post's."""
    person.hat = hat = chosen(person.hats, wanted)
    if hat is not None:
        person.role, person.office = hat.role, hat.office
        person.division, person.school = hat.division, hat.school


def bearer(secret: str, on: date) -> Person | None:
    """Whose key this is, in their own main post; None when it opens nothing on that day."""
    keys = ApiKey.objects.filter(token=digest(secret.encode()), revoked_at=None, until__gte=on)
    return worn(with_posts(Person.objects.filter(keys__in=keys, is_active=True), on))


def person_of(login: str, on: date) -> Person | None:
    """A person by account in their own main post, whether they may come in or not; None when there is none."""
    rows = list(with_posts(Person.objects.filter(username=login), on))
    if not rows:
        return None
    worn(rows)
    return rows[0]


PAGE = 50


def people(wanted: str = "", office: str = "", after: str = "", *, gone: bool = False) -> list[Person]:
    """A page of people by account, one more than it shows when there are others after it.

    Args:
        wanted: part of the name or the beginning of the account.
        office: code of an office, a division or a school.
        after: the last account of the page before.
        gone: those who may not come in any more instead.
    """
    found = Person.objects.filter(is_active=not gone, username__gt=after).order_by("username")
    if wanted:
        found = found.filter(Q(name__contains=wanted) | Q(username__startswith=wanted))
    if office:
        found = found.filter(Q(office=office) | Q(division=office) | Q(school=office))
    return list(found[: PAGE + 1])


def posts_of(person: Person) -> list[Post]:
    """All posts of a person, the newest first, those that are over too."""
    return list(Post.objects.filter(person=person).select_related("section", "stands_for__person", "intake"))


MOST_SHOWN = 100
"""People a page of an office or a county names; there is a list of all of them."""


def holders(on: date, *, office: str = "", division: str = "") -> list[Post]:
    """Who holds a post of an office or a division on a day: by role, then name; at most so many. Of a county not its schools'."""
    found = Post.objects.filter(held(on), stands_for=None, person__is_active=True).select_related("person", "section")
    found = found.filter(office=office, role__in=Role.values) if office else found.filter(division=division, school="")
    listed = found.order_by("id")[:MOST_SHOWN]
    return sorted(listed, key=lambda one: (Role.values.index(one.role), one.person.name, one.pk))


def founders(*, office: str = "", division: str = "") -> list[Person]:
    """Those of an office or a division who were never given a dated post: the founding accounts, the oldest of all."""
    found = Person.objects.filter(is_active=True)
    found = found.filter(office=office) if office else found.filter(division=division, school="")
    oldest = list(found.order_by("id")[:MOST_SHOWN])
    dated = set(Post.objects.filter(person__in=oldest, stands_for=None).values_list("person", flat=True))
    return [one for one in oldest if one.pk not in dated]


def county_offices(division: str, on: date | None = None) -> list[CountyOffice]:
    """股室 of a division; with a day only those that stand on it."""
    found = CountyOffice.objects.filter(division=division)
    return list(found.filter(Q(until=None) | Q(until__gte=on)) if on else found)


def delegations_of(login: str) -> list[Delegation]:
    """What a person gave or was given, the newest first."""
    mine = Q(post__person__username=login) | Q(taker__username=login)
    return list(_delegations().filter(mine))


def _delegations() -> QuerySet[Delegation]:
    return Delegation.objects.select_related("post__person", "taker", "stand_in")


def delegations_asked() -> list[Delegation]:
    """What waits for approval."""
    return list(_delegations().filter(state=Delegation.State.ASKED))


def words_of(posts: Sequence[Post]) -> dict[int, str]:
    """Posts in words, by number: 基础教育科 科长."""
    offices = dict(Office.objects.filter(code__in={one.office for one in posts} - {""}).values_list("code", "name"))
    units = dict(Division.objects.filter(code__in={one.division for one in posts} - {""}).values_list("code", "name"))
    codes = {one.school for one in posts} - {""}
    rows = Institution.objects.filter(code__in=codes).order_by("begun") if codes else Institution.objects.none()
    schools = dict(rows.values_list("code", "name"))
    return {one.pk: _words(one, offices, units, schools) for one in posts}


def _words(one: Post, offices: dict[str, str], units: dict[str, str], schools: dict[str, str]) -> str:
    where = offices.get(one.office, one.office) or schools.get(one.school, one.school)
    where = where or units.get(one.division, one.division)
    section = one.section.name if one.section else ""
    return " ".join(part for part in (where, section, one.title or str(Role(one.role).label)) if part)


def contacts(on: date) -> list[Post]:
    """联络员 of the offices on a day, from their posts."""
    found = Post.objects.filter(held(on), role=Role.CONTACT, stands_for=None, person__is_active=True)
    return list(found.select_related("person").order_by("office", "person__name"))


def acts_said(role: str, acts: Iterable[str]) -> str:
    """What a stand-in may do, in words."""
    given = given_to_stand_ins(role)
    return "、".join(given[one] for one in acts if one in given) or "可以委托的全部事项"
