"""What a citizen does without an account: follow a matter by number and code, take a step of it, bring one. Off until switched on."""

import secrets
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from luoshi.bureau.cases.actions.keeping import Bringing
from luoshi.bureau.cases.actions.opening import Opened, open_case
from luoshi.bureau.cases.actions.taking import Shown, take
from luoshi.bureau.cases.known import conducted
from luoshi.bureau.cases.models import Case
from luoshi.bureau.cases.parts import STRANGER, citizen
from luoshi.bureau.cases.queries import course_of, sent_before
from luoshi.bureau.entering.queries import MINUTES, MOST_FAILURES, WAIT, guesses_held_until
from luoshi.bureau.journal.actions import Actor, act
from luoshi.bureau.journal.models import Entry
from luoshi.bureau.people.models import City
from luoshi.bureau.people.rights import require
from luoshi.handling.courses import Course
from luoshi.handling.fields import FILES
from luoshi.words.errors import RefusedError
from luoshi.words.findings import Finding

MOST_WRONG = 20
"""Wrong tries from one address within a quarter of an hour, whatever numbers they name, after which it waits."""
MOST_BROUGHT = 10
"""Matters one address may bring within an hour."""
_NOBODY = "0" * 64
_NAME = STRANGER.name
_WRONG = Finding(
    "查进度", "编号或查询码不对", "凭登记时告知的编号和查询码查看", "请照受理时的告知核对；遗失的请问受理单位"
)


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody types to follow a matter."""

    number: str
    code: str

    @property
    def plain(self) -> str:
        """The number as it is kept, however wide its signs were typed."""
        return unicodedata.normalize("NFKC", self.number).strip()[:40]


def switch_public(actor: Actor, city: City, *, following: bool, bringing: bool) -> City:
    """Whether matters may be followed, and brought, without signing in.

    Raises:
        RefusedError: no right.
    """
    with act(actor, "cases.switch", "city", city.pk, city.bureau) as note:
        require(actor, "public")
        for label, before, after in (
            ("凭查询码查进度", city.following, following),
            ("网上信访", city.bringing, bringing),
        ):
            note.changed(label, *("开" if one else "关" for one in (before, after)))
        City.objects.filter(pk=city.pk).update(following=following, bringing=bringing)
        city.following, city.bringing = following, bringing
    return city


def follow(actor: Actor, city: City, proof: Proof) -> Case:
    """The matter of a number and its code; every try is in the journal, never the code.

    An unknown number, one nobody follows and a wrong code are refused in the same words and after the same work.

    Raises:
        RefusedError: wrong, or wrong too often at this address.
    """
    _off("查进度", on=city.following)
    number, who = proof.plain, replace(actor, name=actor.name if actor.login else _NAME)
    now = datetime.now(UTC)
    until = guesses_held_until("matter", number, "cases.follow", actor.address, now) or _many_wrong(actor.address, now)
    if until is not None:
        _keep_waiting(who, number, until)
    with act(who, "cases.follow", "matter", number[:60], number) as note:
        row = Case.objects.select_related("course", "city").filter(city=city, number=number).first()
        told = sha256(unicodedata.normalize("NFKC", proof.code).strip().upper().encode()).hexdigest()
        kept = row.code if row is not None and row.code else _NOBODY
        if not secrets.compare_digest(told, kept) or row is None:
            raise RefusedError(_WRONG)
        note.title = row.number
    return row


def _many_wrong(address: str, now: datetime) -> datetime | None:
    """Until when an address waits that was wrong with many numbers."""
    wrong = Entry.objects.filter(address=address, action="cases.follow", outcome="refused", at__gt=now - WAIT)
    times = list(wrong.order_by("-number").values_list("at", flat=True)[:MOST_WRONG])
    return times[-1] + WAIT if len(times) == MOST_WRONG else None


def _keep_waiting(actor: Actor, number: str, until: datetime) -> None:
    with act(actor, "cases.wait", "matter", number[:60], number):
        rule = f"同一台电脑{MINUTES}分钟内连续{MOST_FAILURES}次不对即暂停{MINUTES}分钟"
        what = f"在本机已暂停查询到 {timezone.localtime(until):%H:%M}"
        raise RefusedError(Finding("查进度", what, rule, "请到时再试，或问受理单位"))


def take_by_citizen(
    actor: Actor, city: City, proof: Proof, version: int, step: str, brought: Bringing, on: date
) -> Case:
    """A step that a procedure leaves to whoever brought the matter: a rating, a review asked for.

    Raises:
        RefusedError: as `follow`, and everything missing or wrong.
    """
    row = follow(actor, city, proof)
    who = replace(actor, name=_NAME, login="")
    return take(who, Shown(row.pk, version), step, _without_files(course_of(row), brought), on, citizen(row))


def open_by_citizen(actor: Actor, city: City, procedure: str, brought: Bringing, on: date) -> Opened:
    """A matter brought on the web by whoever has no account; files are handed in at the window. Sent twice, it is brought once.

    Raises:
        RefusedError: it is switched off, too many came from this address, and everything missing or wrong.
    """
    _off("网上信访", on=city.bringing)
    who = replace(actor, name=_NAME, login="", role="")
    how = conducted(city).get(procedure)
    told = _without_files(how.course, brought) if how else Bringing({})
    if sent_before(who, told.once):
        return open_case(who, city, procedure, told, on, STRANGER)
    since = datetime.now(UTC) - timedelta(hours=1)
    came = Entry.objects.filter(address=actor.address, action="cases.open", actor="", at__gt=since, outcome="done")
    if came.count() >= MOST_BROUGHT:
        with act(who, "cases.wait", "procedure", procedure, procedure):
            rule = f"同一台电脑一小时内至多提交{MOST_BROUGHT}件"
            raise RefusedError(Finding("网上信访", "提交过于频繁", rule, "请稍后再提交，或到窗口、来信办理"))
    return open_case(who, city, procedure, told, on, STRANGER)


def _without_files(course: Course, brought: Bringing) -> Bringing:
    """Neither files nor the numbers of files that others handed in."""
    files = {key for key, one in course.fields.items() if one.kind in FILES}
    told = {key: value for key, value in brought.answers.items() if key not in files}
    return Bringing(told, county=brought.county, once=brought.once)


def _off(where: str, *, on: bool) -> None:
    if not on:
        raise RefusedError(Finding(where, "没有打开", "由本局决定是否打开", "请到窗口、来信或电话办理"))
