"""账号表 carried out in pieces, each one transaction with its entry in the journal: what is there has its entry, whatever stops it.

New people have no entry of their own: ten thousand of them would be ten thousand entries that say what one says, and their posts
name the workbook they came in. Whoever was known before and reads otherwise now has an entry of their own, because it is there
that a later reader looks.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_noop

from luoshi.bureau.files.actions import keep
from luoshi.bureau.jobs.actions import enqueue
from luoshi.bureau.jobs.models import Job
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.people.models import Person
from luoshi.bureau.people.rights import require
from luoshi.bureau.posts.accounts import Account, Difference, Sheet, compare, refusals
from luoshi.bureau.posts.actions.appointing import keep_founding, settle_person
from luoshi.bureau.posts.models import Intake, Post
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding
from luoshi.words.provenance import digest

KIND = "posts.accounts"
LABELS = {
    "person": gettext_noop("新账号"),
    "post": gettext_noop("新任职"),
    "changed": gettext_noop("更改"),
    "ended": gettext_noop("到期"),
    "same": gettext_noop("无变化"),
}
_GOES_ON = frozenset({"person", "post", "changed", "ended"})


def keep_sheet(actor: Actor, sheet: Sheet) -> str:
    """Put the rows of a workbook aside until they are carried out; the digest under which they lie."""
    require(actor, "accounts")
    content = json.dumps(sheet.record(), ensure_ascii=False).encode()
    return keep(actor, content, "accounts.json", "application/json").digest


def ask_for_accounts(actor: Actor, aside: str, name: str, told: str) -> Job:
    """The job that carries a workbook out; the same one when it is asked for again.

    Args:
        actor: who.
        aside: where its rows lie.
        name: of the file.
        told: its digest.
    """
    require(actor, "accounts")
    arguments = {"aside": aside, "name": name[:200], "digest": told}
    return enqueue(actor, KIND, arguments, f"账号表 {name[:100]}", key=f"{KIND}/{told}/{digest(aside.encode())[:12]}")


def open_intake(actor: Actor, name: str, told: str, rows: int, on: date) -> Intake:
    """The record that posts of a workbook name."""
    with act(actor, "posts.accounts", "intake", "", name[:200]) as note:
        require(actor, "accounts")
        made = Intake.objects.create(name=name[:200], digest=told, rows=rows, on=on, by=actor.name)
        note.id, note.detail = str(made.pk), {"文件摘要": told, "行数": rows}
    return made


def close_intake(actor: Actor, number: int) -> Intake:
    """Say in the journal what became of it in all.

    Raises:
        RefusedError: there is none.
    """
    with act(actor, "posts.accounts_done", "intake", number) as note:
        made = Intake.objects.select_for_update().filter(pk=number).first()
        if made is None:
            raise RefusedError(Finding("账号表", "没有这份账号表", "须先开始办理", "请重新上传"))
        note.title = made.name
        told = {LABELS[kind]: count for kind, count in made.counts.items()}
        note.detail = {"文件摘要": made.digest, "行数": made.rows, **told}
    return made


def add_accounts(actor: Actor, number: int, rows: Sequence[Account], on: date) -> dict[str, int]:
    """One piece of a workbook: all rows of some accounts. Rows that say nothing new do nothing, so it may be done again.

    Args:
        actor: who.
        number: of the record of the workbook.
        rows: the piece.
        on: today.

    Returns:
        How many of each kind.

    Raises:
        RefusedError: no right.
    """
    with act(actor, "posts.accounts_piece", "intake", number) as note:
        require(actor, "accounts")
        made = Intake.objects.select_for_update().get(pk=number)
        compared = compare(rows, on)
        if wrong := refusals(compared, on):
            raise RefusedError(*wrong)
        wanted = [one for one in compared.differences if one.kind in _GOES_ON]
        people = _people(actor, wanted, on)
        _posts(actor, made, wanted, people, on)
        _told_apart(actor, wanted)
        counts = compared.counts
        made.done += len(rows)
        made.counts = {kind: made.counts.get(kind, 0) + count for kind, count in counts.items()}
        made.save(update_fields=["done", "counts"])
        note.title = f"{made.name} 第{rows[0].line}至{rows[-1].line}行"
        note.detail = {"文件摘要": made.digest, **{LABELS[kind]: count for kind, count in counts.items() if count}}
    return counts


def _people(actor: Actor, wanted: Sequence[Difference], on: date) -> dict[str, Person]:
    """Everybody of the piece; the new ones without a password, until a first code is issued to them."""
    fresh: dict[str, list[Account]] = {}
    for one in wanted:
        if one.kind == "person":
            fresh.setdefault(one.account.login, []).append(one.account)
    Person.objects.bulk_create(_person(posts, on) for posts in fresh.values())
    found = {one.username: one for one in Person.objects.filter(username__in={one.account.login for one in wanted})}
    for login in {one.account.login for one in wanted if one.kind == "post"}:
        keep_founding(actor, found[login], on)
    return found


def _person(posts: Sequence[Account], on: date) -> Person:
    now = [one for one in posts if one.begun <= on <= (one.until or on)]
    main = next((one for one in now if one.main), now[0] if now else None)
    person = Person(username=posts[0].login, name=posts[0].name, password=make_password(None), must_change=True)
    if main:
        person.role, person.office = main.role, main.office
        person.division, person.school = main.division, main.school
    return person


def _posts(actor: Actor, made: Intake, wanted: Sequence[Difference], people: Mapping[str, Person], on: date) -> None:
    """New posts together; known ones as they are to read now."""
    mains = {one.account.login for one in wanted if one.account.main}
    met = set[str]()
    fresh = list[Post]()
    for one in wanted:
        row, person = one.account, people[one.account.login]
        first = one.kind == "person" and row.login not in mains and row.login not in met
        met.add(row.login)
        if row.main and one.kind != "person":
            Post.objects.filter(person=person, main=True).update(main=False)
        post = one.post or Post(person=person, by=made.by, intake=made, reason=f"账号表 {made.name}"[:300])
        post.role, post.office, post.division, post.school, post.section_id = row.place
        post.title, post.phone, post.begun, post.until = row.title, row.phone, row.begun, row.until
        post.main = row.main or first or (one.post is not None and post.main and row.login not in mains)
        if one.post is None:
            fresh.append(post)
        else:
            post.save()
    Post.objects.bulk_create(fresh)
    for login in {one.account.login for one in wanted if one.kind != "person"}:
        settle_person(actor, people[login], on)


def _told_apart(actor: Actor, wanted: Sequence[Difference]) -> None:
    """An entry for everybody who was known before and reads otherwise now."""
    for one in wanted:
        if one.kind == "person":
            continue
        row = one.account
        with act(actor, "posts.account_changed", "person", row.login, f"{row.login} {row.name}") as note:
            Person.objects.filter(username=row.login).exclude(name=row.name).update(name=row.name)
            note.detail = {
                LABELS[one.kind]: one.words or f"{row.office or row.school or row.division} {row.role} 自 {row.begun}"
            }
