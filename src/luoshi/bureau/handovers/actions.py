"""办理交接: everything a person has in hand changes hands, what is theirs alone ends, all in one act or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from luoshi.bureau.handovers.models import Handover, Line
from luoshi.bureau.handovers.owned import KINDS, LOGIN, NAME, Kind, Thing, in_hand, needing
from luoshi.bureau.handovers.queries import seal
from luoshi.bureau.jobs.actions import Letter, post
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.ledger.models import Commitment
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.queries import acting
from luoshi.bureau.people.rights import require
from luoshi.bureau.posts.actions.appointing import end_posts, held_person, keep_founding
from luoshi.bureau.posts.models import FirstCode, Post
from luoshi.bureau.posts.queries import held, words_of
from luoshi.bureau.reminders.models import Preference
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

_MOST_SAID = 50
_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who leaves what, and who takes over."""

    on: date
    reason: str
    post: int = 0
    """Number of the one post that is given up; 0 leaves the bureau: the account is closed."""
    to: str = ""
    """Login of who takes over everything that is not named apart."""
    apart: Mapping[str, str] = field(default_factory=dict)
    """Logins by kind, or by kind and number: "job", "item_contact/12"."""
    seen: str = ""
    """Seal of the list that was looked at; empty is not compared."""


def hand_over(actor: Actor, login: str, leaving: Leaving) -> Handover:
    """Carry a handover out: things to their successors, keys revoked, sessions and posts ended, 交接单 made.

    Raises:
        RefusedError: no right, no reason, something nobody takes over (each is told), a successor who cannot, the list
            changed since it was looked at, or the last administrator would go.
    """
    with act(actor, "handovers.hand_over", "person", login) as note:
        require(actor, "handover")
        person = held_person(actor, login)
        keep_founding(actor, person, leaving.on)
        note.title, note.reason = f"{login} {person.name}", leaving.reason.strip()[:300]
        posts = _posts(person, leaving)
        things = in_hand(person, _where(posts[0]) if leaving.post else "")
        _refuse(actor, person, leaving, things, posts)
        takers = _takers(person, leaving, needing(things))
        made = Handover.objects.create(
            person=person, whole=not leaving.post, post="；".join(words_of(posts).values())[:200], on=leaving.on,
            reason=note.reason, by=actor.name,
        )  # fmt: skip
        _take(actor, person, made, needing(things), takers)
        made.ended = _end(actor, person, posts, things, leaving)
        made.save(update_fields=["ended"])
        _tell(actor, made, takers)
        note.detail = {"任职": made.post, "移交": len(takers), "止": made.ended, "交接单": made.pk}
    return made


def _where(post: Post) -> str:
    """Code of the office, school or division whose things go with a post."""
    return post.office or post.school or post.division


def _posts(person: Person, leaving: Leaving) -> list[Post]:
    own = Post.objects.filter(person=person, stands_for=None, ended_on=None)
    if not leaving.post:
        return list(own)
    found = list(own.filter(held(leaving.on), pk=leaving.post))
    if not found:
        raise RefusedError(Finding(person.name, "没有这一现任职务", "只能交出现任职务", "请刷新页面"))
    return found


def _refuse(actor: Actor, person: Person, leaving: Leaving, things: Sequence[Thing], posts: Sequence[Post]) -> None:
    if not leaving.reason.strip():
        raise RefusedError(Finding(person.name, "没有写依据", "交接须写明依据", "请写明，例如：调动、退休的文件"))
    if not leaving.post and not person.is_active:
        raise RefusedError(Finding(person.name, "账号已停用", "一人离任只办一次", "请看已办的交接单"))
    if person.username == actor.login:
        raise RefusedError(Finding(person.name, "是本人的交接", "本人的交接由另一名管理员办理", "请另一名管理员办理"))
    if leaving.seen and leaving.seen != seal(things):
        what = "清单在您看过以后变了"
        raise RefusedError(Finding(person.name, what, "看过的清单就是办理的清单", "请重新看过清单，再办一次"))
    for role in {one.role for one in posts} & {"admin", "security", "auditor"}:
        others = Person.objects.filter(is_active=True, role=role).exclude(pk=person.pk)
        if not others.exists():
            what = f"{person.name}是最后一名此类管理员"
            raise RefusedError(Finding(person.name, what, "每类管理员至少一名", "请先任命另一名，再办交接"))


def _takers(person: Person, leaving: Leaving, things: Sequence[Thing]) -> dict[Thing, Person]:
    """Who takes what; every thing nobody takes is told at once."""
    wanted = {
        one: leaving.apart.get(f"{one.kind}/{one.pk}") or leaving.apart.get(one.kind) or leaving.to for one in things
    }
    logins = set(wanted.values()) - {""}
    known = {one.username: one for one in Person.objects.filter(username__in=logins, is_active=True)}
    wrong = [
        Finding(login[:60], "不能接手", "接手人须在岗，且不是本人", "请另选接手人")
        for login in sorted(logins)
        if login not in known or login == person.username
    ]
    wrong += [
        Finding(one.name, "不是本校的人员", "学校的事项由本校人员接手", "请另选本校的接手人，或先为接手人登记本校任职")
        for one in known.values()
        if person.school and one.school != person.school
    ]
    labels = {one.key: str(one.label) for one in KINDS}
    ownerless = [one for one, login in wanted.items() if not login]
    wrong += [
        Finding(f"{labels[one.kind]} {one.title}"[:200], "没有人接手", "离任前名下事项都须有人接手", "请选接手人")
        for one in ownerless[:_MOST_SAID]
    ]
    if len(ownerless) > _MOST_SAID:
        rest = f"另有 {len(ownerless) - _MOST_SAID} 件没有人接手"
        wrong.append(Finding(person.name, rest, "离任前名下事项都须有人接手", "请选一名接手人接手全部"))
    if wrong:
        raise RefusedError(*wrong)
    return {one: known[login] for one, login in wanted.items()}


def _take(
    actor: Actor, person: Person, made: Handover, things: Sequence[Thing], takers: Mapping[Thing, Person]
) -> None:
    kinds = {one.key: one for one in KINDS}
    for one in things:
        _change(actor, kinds[one.kind], one, person, takers[one])
    Line.objects.bulk_create(
        Line(handover=made, kind=one.kind, thing=str(one.pk), title=one.title, to=takers[one]) for one in things
    )


def _change(actor: Actor, kind: Kind, thing: Thing, person: Person, to: Person) -> None:
    """The column says the successor. An item's own history tells of it too, and who edits it meanwhile is told."""
    column = kind.columns[0]
    if kind.model is Commitment:
        with act(actor, "handovers.take", "commitment", thing.pk, thing.title) as note:
            told: dict[str, Any] = {column: to.name, "version": F("version") + 1}
            Commitment.objects.filter(pk=thing.pk).update(**told)
            note.detail = {str(kind.label): [person.name, to.name]}
    elif kind.how == NAME:
        kind.model.objects.filter(pk=thing.pk).update(**{column: to.name})
    elif kind.how == LOGIN:
        told = {column: to.username}
        if "asker" in kind.columns:
            asked = acting(to)
            told["asker"] = {key: getattr(asked, key) for key in ("login", "name", "role", "office", "division")}
        kind.model.objects.filter(pk=thing.pk).update(**told)


def _end(
    actor: Actor, person: Person, posts: Sequence[Post], things: Sequence[Thing], leaving: Leaving
) -> dict[str, int]:
    """What is the person's own ends: posts with everybody standing in; and of who leaves for good keys, sessions, calendar."""
    end_posts(actor, person, posts, leaving.on)
    told = {"任职": len(posts)}
    if leaving.post:
        return told
    now = timezone.now()
    told["接口密钥"] = person.keys.filter(revoked_at=None).update(revoked_at=now, revoked_by=actor.name)
    end_posts(
        actor, person, Post.objects.filter(person=person, ended_on=None), leaving.on
    )  # where they stood in for others
    Preference.objects.filter(person=person).update(token=None, token_at=None, email="")
    FirstCode.objects.filter(person=person).delete()
    told["委托代办"] = sum(one.kind == "delegation" for one in things)
    person.set_unusable_password()  # every session carries a digest of the password: none goes on
    person.is_active, person.must_change = False, False
    person.save(update_fields=["password", "is_active", "must_change"])
    return told


def _tell(actor: Actor, made: Handover, takers: Mapping[Thing, Person]) -> None:
    counts: dict[str, int] = {}
    for one in takers.values():
        counts[one.username] = counts.get(one.username, 0) + 1
    for login in sorted(counts):
        subject = f"{made.person.name}移交给您 {counts[login]} 件"
        body = f"{made.on} 起由您接手，明细见交接单。依据：{made.reason}"
        post(actor, Letter(f"handover/{made.pk}/{login}", "inbox", login, subject, body, link=f"/handovers/{made.pk}/"))


def warn_leaving(actor: Actor, on: date) -> int:
    """Tell every administrator, once, whose post ends within a week or ended within the last one while things are in hand.

    For the daily round: a post that ends by its day asks nobody, so somebody is asked before. How many such people there are.
    """
    near = Post.objects.filter(until__range=(on - _SOON, on + _SOON), ended_on=None, stands_for=None)
    near = near.filter(person__is_active=True).select_related("person")
    told = [(one, needing(in_hand(one.person, _where(one)))) for one in near.order_by("pk")]
    leaving = [(one, len(things)) for one, things in told if things]
    admins = Person.objects.filter(is_active=True, role="admin").order_by("username").values_list("username", flat=True)
    for login in admins if leaving else ():
        for one, count in leaving:
            name = one.person.name
            subject = f"{name}的任职到 {one.until} 为止，名下还有 {count} 件"
            link = f"/people/{one.person.username}/handover/?post={one.pk}"
            post(
                actor,
                Letter(f"leaving/{one.pk}/{one.until}/{login}", "inbox", login, subject, "请办理交接。", link=link),
            )
    return len(leaving)
