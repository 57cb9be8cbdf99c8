"""任职: a post is begun and ended by a dated act with its reason; what a person is shown as follows from the posts of today."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Division, Institution, Office, Person, Role, standing
from luoshi.bureau.people.rights import require
from luoshi.bureau.posts.models import CountyOffice, Delegation, Post
from luoshi.bureau.posts.queries import held, words_of
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

EARLIEST, LATEST = date(1980, 1, 1), date(2100, 12, 31)
"""Days between which a post may begin and end."""
_LONGEST = 60
_STATE = Delegation.State
_IN_OFFICE = frozenset({Role.SECTION, Role.CONTACT})


@dataclass(frozen=True, slots=True)
class Term:
    """A post as it is to be held."""

    role: str
    begun: date
    office: str = ""
    """Code of the office."""
    division: str = ""
    """Code of the division; of a school's post that of its county, found by its code where it is left empty."""
    school: str = ""
    """Code of the institution of a school's post."""
    section: int | None = None
    """Number of the 股室."""
    title: str = ""
    phone: str = ""
    until: date | None = None
    main: bool = False


def appoint(actor: Actor, login: str, term: Term, on: date, reason: str) -> Post:
    """A post for a person. The first one is the main one; a new main one takes the place of the old.

    Args:
        actor: who enters it.
        login: whose.
        term: the post.
        on: today.
        reason: the document or decision.

    Raises:
        RefusedError: no right, no such person, office or division, days that cannot be, held already, or no reason.
    """
    with act(actor, "posts.appoint", "person", login) as note:
        require(actor, "posts")
        person = held_person(actor, login)
        note.title, note.reason = f"{login} {person.name}", reason.strip()[:300]
        refuse_unfit(actor, term)
        if term.school:
            term = replace(term, division=_county_of_school(term.school, on))
        if not note.reason:
            raise RefusedError(Finding(person.name, "没有写依据", "任职须写明依据", "请写明文件或会议"))
        keep_founding(actor, person, on)
        _refuse_held(person, term)
        first = not Post.objects.filter(held(on), person=person, stands_for=None).exists()
        if term.main or first:
            Post.objects.filter(person=person, main=True).update(main=False)
        post = Post(person=person, role=term.role, office=term.office, division=term.division, section_id=term.section)
        post.school = term.school
        post.title, post.phone, post.begun, post.until = term.title.strip(), term.phone.strip(), term.begun, term.until
        post.main, post.reason, post.by = term.main or first, note.reason, actor.name
        post.save()
        settle_person(actor, person, on)
        note.detail = {
            "任职": words_of([post])[post.pk],
            "起": term.begun,
            "止": term.until or "",
            "主要任职": post.main,
        }
    return post


def held_person(actor: Actor, login: str) -> Person:  # noqa: ARG001 (whoever writes is named in every action)
    """The person, locked.

    Raises:
        RefusedError: there is none.
    """
    person = Person.objects.select_for_update().filter(username=login).first()
    if person is None:
        raise RefusedError(Finding("人员", f"没有账号 {login[:60]}", "只能办理已登记的人员", "请核对账号，或先登记"))
    return person


def refuse_unfit(actor: Actor, term: Term) -> None:  # noqa: ARG001
    """A post that cannot be.

    Raises:
        RefusedError: each thing that is wrong with it.
    """
    wrong = [Finding("任职", what, rule, "请改正") for what, rule in _wrong(term)]
    if wrong:
        raise RefusedError(*wrong)


def _wrong(term: Term) -> Iterable[tuple[str, str]]:
    if term.role not in Role.values:
        yield f"没有“{term.role[:20]}”这种角色", "须为列出的角色之一"
    if term.role in _IN_OFFICE and not term.office:
        yield "没有选科室", "科室负责人和联络员须属于一个科室"
    if term.role == Role.COUNTY and not term.division:
        yield "没有选单位", "县(市、区)人员须属于一个单位"
    yield from _wrong_school(term)
    if term.office and not Office.objects.filter(code=term.office).exists():
        yield f"没有科室 {term.office[:20]}", "须为科室表里的科室"
    if term.division and not Division.objects.filter(code=term.division).exists():
        yield f"没有单位 {term.division[:20]}", "须为单位表里的单位"
    if term.section and not CountyOffice.objects.filter(pk=term.section, division=term.division).exists():
        yield "没有这个股室", "股室须是本单位的"
    if not EARLIEST <= term.begun <= (term.until or LATEST) <= LATEST:
        yield (
            f"起止日期 {term.begun} 至 {term.until or ''}",
            f"止日不早于起日，都在 {EARLIEST.year} 至 {LATEST.year} 年之间",
        )
    if len(term.title) > _LONGEST or len(term.phone) > _LONGEST:
        yield "职务或电话太长", f"各不超过{_LONGEST}个字"


def _wrong_school(term: Term) -> Iterable[tuple[str, str]]:
    if term.role == Role.SCHOOL and not term.school:
        yield "没有填学校标识码", "学校人员须属于一个学校"
    if term.school and term.role != Role.SCHOOL:
        yield f"填了学校标识码 {term.school[:20]}", "只有学校人员填学校标识码"
    elif term.school:
        county = _county_of_school(term.school, timezone.localdate())
        if not county:
            yield f"今天没有学校 {term.school[:20]}", "须为学校名录里现有的学校；已并入别校或改了代码的填新代码"
        elif term.division not in {"", county}:
            yield f"学校 {term.school} 不属于 {term.division[:20]}", "学校人员的单位是学校所在的县(市、区)"
    if term.role == Role.SCHOOL and (term.office or term.section):
        yield "选了科室或股室", "学校人员不属于科室和股室"


def _county_of_school(code: str, on: date) -> str:
    """Code of the county of a school as it stands on a day; empty where there is none."""
    rows = Institution.objects.filter(code=code)
    return standing(rows, on).values_list("county", flat=True).first() or ""


def _refuse_held(person: Person, term: Term) -> None:
    same = Post.objects.filter(person=person, stands_for=None, ended_on=None, role=term.role)
    same = same.filter(office=term.office, division=term.division, school=term.school, section=term.section)
    later = Q(until=None) | Q(until__gte=term.begun)
    found = same.filter(later, begun__lte=term.until or LATEST).first()
    if found:
        what = f"{found.begun} 起已任此职{f'，至 {found.until}' if found.until else ''}"
        raise RefusedError(Finding(person.name, what, "同一时间同一任职只登记一次", "请先结束原任职，或改起止日期"))


def keep_founding(actor: Actor, person: Person, on: date) -> None:  # noqa: ARG001
    """The post a founding account came with becomes a dated one, before another stands beside it or it is ended."""
    if not Post.objects.filter(person=person, stands_for=None).exists():
        told = {"role": person.role, "office": person.office, "division": person.division, "school": person.school}
        begun = min(timezone.localdate(person.date_joined), on)
        Post.objects.create(person=person, **told, begun=begun, main=True, reason="随账号登记", by="系统安装")


def end_posts(actor: Actor, person: Person, posts: Iterable[Post], on: date) -> list[Post]:
    """Posts given up on a day, with everybody who stood in for the person there; inside the act that asks for it."""
    ended = list(posts)
    keys = [one.pk for one in ended]
    for one in (*ended, *Post.objects.filter(stands_for__in=keys, ended_on=None)):
        one.ended_on, one.main = on, False
        one.save(update_fields=["ended_on", "main"])
    over = Q(post__in=keys) | Q(stand_in__in=keys)
    Delegation.objects.filter(over, state__in=(_STATE.ASKED, _STATE.APPROVED)).update(
        state=_STATE.ENDED, words="任职已结束"
    )
    settle_person(actor, person, on)
    return ended


def choose_main(actor: Actor, number: int, on: date) -> Post:
    """Mark another of a person's posts as the main one: what they act in unless they choose.

    Raises:
        RefusedError: no right, or it is not held.
    """
    with act(actor, "posts.main", "person") as note:
        require(actor, "posts")
        post = Post.objects.filter(held(on), pk=number, stands_for=None).select_related("person").first()
        if post is None:
            raise RefusedError(Finding("任职", "没有这一现任职务", "只能从现任职务中选主要的", "请刷新页面"))
        Post.objects.filter(person=post.person, main=True).update(main=False)
        post.main = True
        post.save(update_fields=["main"])
        settle_person(actor, post.person, on)
        note.id, note.title = post.person.username, f"{post.person.username} {post.person.name}"
        note.detail = {"主要任职": words_of([post])[post.pk]}
    return post


def settle_person(actor: Actor, person: Person, on: date) -> bool:  # noqa: ARG001
    """Let a person's own columns, by which lists and reminders know them, say the main post of a day; whether they changed."""
    posts = Post.objects.filter(held(on), person=person, stands_for=None)
    return _settled(person, sorted(posts, key=lambda one: (not one.main, one.pk)))


def _settled(person: Person, posts: list[Post]) -> bool:
    if not _differs(person, posts):
        return False
    person.role, person.office, person.division, person.school = _seat(posts)
    person.save(update_fields=["role", "office", "division", "school"])
    return True


def _seat(posts: list[Post]) -> tuple[str, str, str, str]:
    """Role, office, division and school of the main post; of nobody's post that of somebody who only looks."""
    if not posts:
        return (Role.VIEWER.value, "", "", "")
    return (posts[0].role, posts[0].office, posts[0].division, posts[0].school)


def settle_day(actor: Actor, on: date) -> int:
    """The same for everybody whose posts began or ended since: a part of the daily round. How many changed.

    At the door posts are judged by the day itself; this is for lists, counts and reminders.
    """
    people = {one.pk: one for one in Person.objects.filter(posts__stands_for=None, posts__isnull=False).distinct()}
    held_now: dict[int, list[Post]] = {}
    for post in Post.objects.filter(held(on), stands_for=None).order_by("-main", "id"):
        held_now.setdefault(post.person_id, []).append(post)
    changed = [one for pk, one in people.items() if _differs(one, held_now.get(pk, []))]
    return sum(settle_person(actor, one, on) for one in changed)


def _differs(person: Person, posts: list[Post]) -> bool:
    return (person.role, person.office, person.division, person.school) != _seat(posts)


def choose_post(actor: Actor, number: int, on: date) -> Post:
    """Act in another of one's posts from now on, or stand in for somebody; the session keeps it, the journal when.

    Raises:
        RefusedError: it is not held today.
    """
    with act(actor, "posts.act_as", "person", actor.login, actor.login) as note:
        post = Post.objects.filter(held(on), pk=number, person__username=actor.login).select_related("person").first()
        if post is None:
            rule = "只能以现任的职务、已批准的代办身份办理"
            raise RefusedError(Finding("身份", "没有这一任职，或已到期", rule, "请刷新页面，从列出的身份中选"))
        note.title = f"{actor.login} {post.person.name}"
        note.detail = {"改为": words_of([post])[post.pk]}
    return post
